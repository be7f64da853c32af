"""The real thing behind the address: vLLM's CPU build with the embedded model, and adapters loaded while it runs."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import torch

from model.brief import Brief
from model.engine import LocalEngine
from model.fetch import fetch_embedded
from model.generation import EngineError, EngineUnavailable, Finish, Message, Request, Sampling
from model.remote import RemoteEngine
from model.writer import Writer
from model.writing import Draft
from tests.test_cli import BRIEF, ROOT
from tests.tiny import texts
from tests.vllm_server import CONTEXT, PYTHON, adapter, serving

CHAT: tuple[Message, ...] = (
    {"role": "system", "content": "You write short advertising copy."},
    {"role": "user", "content": "One sentence for Brewline cold brew, free shipping this week."},
)
GREEDY = Sampling(temperature=0.0)

pytestmark = [
    pytest.mark.skipif(not PYTHON, reason="COPYDESK_VLLM_PYTHON names no Python that has vLLM; use `make test-vllm`"),
    pytest.mark.slow,
    pytest.mark.timeout(900),
]


@pytest.fixture(scope="module")
def folder(embedded_data: Path) -> Path:
    return fetch_embedded(embedded_data, quiet=True)


@pytest.fixture(scope="module")
def url(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(folder, tmp_path_factory.mktemp("vllm") / "vllm.log") as (url, _):
        yield url


@pytest.fixture(scope="module")
def remote(url: str) -> Iterator[RemoteEngine]:
    engine = RemoteEngine(url)
    yield engine
    engine.close()


@pytest.fixture(scope="module")
def local(folder: Path) -> Iterator[LocalEngine]:
    from transformers import AutoModelForCausalLM, AutoTokenizer

    model: Any = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32)
    engine = LocalEngine(model.eval(), AutoTokenizer.from_pretrained(folder), name="smol", slots=8, context=CONTEXT)
    yield engine
    engine.close()


def one(engine: RemoteEngine, request: Request) -> tuple[str, Finish | None]:
    return texts(engine.submit(request))[0]


@pytest.mark.parametrize("prompt", [CHAT, (504, 7042, 282, 4649, 314), (1, 4093, 198)], ids=["chat", "tokens", "short"])
def test_the_likeliest_words_are_those_of_our_own_engine(
    remote: RemoteEngine, local: LocalEngine, prompt: tuple[Message, ...] | tuple[int, ...]
) -> None:
    request = Request(prompt, max_tokens=20, sampling=GREEDY)

    assert texts(remote.submit(request)) == texts(local.submit(request))
    assert remote.model == "smol"


def test_seeded_samples_differ_from_each_other_and_repeat_exactly(remote: RemoteEngine) -> None:
    request = Request(CHAT, n=4, max_tokens=24, sampling=Sampling(seed=7))

    first, second = texts(remote.submit(request)), texts(remote.submit(request))

    assert first == second
    assert len(set(first.values())) == 4
    assert texts(remote.submit(Request(CHAT, n=4, max_tokens=24, sampling=Sampling(seed=70)))) != first


def test_the_settings_of_sampling_reach_the_server(remote: RemoteEngine) -> None:
    likeliest, _ = one(remote, Request(CHAT, max_tokens=20, sampling=GREEDY))

    top, _ = one(remote, Request(CHAT, max_tokens=20, sampling=Sampling(temperature=1.0, top_k=1)))
    nucleus, _ = one(remote, Request(CHAT, max_tokens=20, sampling=Sampling(temperature=1.0, top_p=1e-6)))
    other, _ = one(remote, Request(CHAT, max_tokens=20, sampling=Sampling(0.0, repetition_penalty=3.0)))

    assert top == nucleus == likeliest != other


def test_a_stop_string_ends_the_text_before_it(remote: RemoteEngine, local: LocalEngine) -> None:
    whole, finish = one(remote, Request(CHAT, max_tokens=20, sampling=GREEDY))
    stop = whole.split(" ")[4]
    request = Request(CHAT, max_tokens=20, sampling=GREEDY, stop=(stop,))

    assert finish == "length"
    assert texts(remote.submit(request)) == texts(local.submit(request)) == {0: (whole.partition(stop)[0], "stop")}


def test_a_banned_word_is_avoided(remote: RemoteEngine) -> None:
    """vLLM bans the usual tokens of a word, and a model may spell it with others: the checks have the last word."""
    whole, _ = one(remote, Request(CHAT, max_tokens=20, sampling=GREEDY))
    before, word, _ = whole.partition(whole.split(" ")[2])

    avoiding, _ = one(remote, Request(CHAT, max_tokens=20, sampling=GREEDY, banned=(word.upper(),)))

    assert avoiding.startswith(before)
    assert avoiding != whole


def test_an_adapter_writes_as_it_does_in_our_own_engine(
    remote: RemoteEngine, local: LocalEngine, folder: Path, tmp_path: Path
) -> None:
    made = adapter(tmp_path / "v1", folder, seed=1)
    for engine in (remote, local):
        engine.load_adapter("v1", made)
    plain = Request(CHAT, max_tokens=24, sampling=GREEDY)
    adapted = Request(CHAT, max_tokens=24, sampling=GREEDY, adapter="v1")

    assert remote.adapters() == ("v1",)
    assert texts(remote.submit(adapted)) == texts(local.submit(adapted))
    assert texts(remote.submit(adapted)) != texts(remote.submit(plain))
    for engine in (remote, local):
        engine.unload_adapter("v1")


def test_other_weights_by_the_same_name_and_path_are_not_mixed_with_cached_prompts(
    remote: RemoteEngine, local: LocalEngine, folder: Path, tmp_path: Path
) -> None:
    request = Request(CHAT, max_tokens=24, sampling=GREEDY, adapter="v2")
    remote.load_adapter("v2", adapter(tmp_path / "v2", folder, seed=2))
    before = texts(remote.submit(request))
    made = adapter(tmp_path / "v2", folder, seed=3)
    for engine in (remote, local):
        engine.load_adapter("v2", made)

    assert texts(remote.submit(request)) == texts(local.submit(request)) != before
    for engine in (remote, local):
        engine.unload_adapter("v2")


def test_a_request_finishes_on_an_adapter_that_is_unloaded_meanwhile(
    remote: RemoteEngine, folder: Path, tmp_path: Path
) -> None:
    remote.load_adapter("v3", adapter(tmp_path / "v3", folder, seed=4))
    request = Request(CHAT, n=2, max_tokens=24, sampling=Sampling(seed=1), adapter="v3")
    undisturbed = texts(remote.submit(request))
    stream = remote.submit(request)
    events = iter(stream)
    said = [next(events)]

    remote.unload_adapter("v3")
    said += events

    found = ["".join(event.text for event in said if event.sequence == number) for number in range(2)]
    assert found == [text for text, _ in undisturbed.values()]
    with pytest.raises(EngineError, match="'v3' is not loaded"):
        texts(remote.submit(request))


def test_an_adapter_that_does_not_fit_is_refused(remote: RemoteEngine, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "adapter_model.safetensors").write_bytes(b"nothing")
    (tmp_path / "adapter_config.json").write_text("{}", "utf-8")

    with pytest.raises(EngineError, match="can't load the adapter"):
        remote.load_adapter("bad", tmp_path)

    assert remote.adapters() == ()


def test_cancelling_frees_the_server(remote: RemoteEngine, url: str) -> None:
    stream = remote.submit(Request(CHAT, n=4, max_tokens=900, sampling=Sampling(temperature=1.5)))
    next(iter(stream))
    assert remote.state().running + remote.state().queued >= 1

    stream.cancel()

    assert [event.finish for event in stream].count("cancelled") >= 1
    for _ in range(200):
        if remote.state().running == 0:
            break
        texts(remote.submit(Request(CHAT, max_tokens=1)))
    assert remote.state().running == 0


def test_what_has_no_room_is_said_and_what_has_little_room_is_written(remote: RemoteEngine) -> None:
    long: tuple[Message, ...] = ({"role": "user", "content": "word " * 3000},)
    with pytest.raises(EngineError, match="too long for the model server"):
        texts(remote.submit(Request(long)))

    _, finish = one(remote, Request(tuple(range(100, 1120)), max_tokens=5000))

    assert finish in ("length", "stop")


def test_the_writer_writes_three_drafts_with_it(remote: RemoteEngine) -> None:
    brief = Brief(product="Brewline cold brew, free shipping this week", format="tweet", variants=3)

    drafts = [item for item in Writer(remote).write(brief, seed=3) if isinstance(item, Draft)]

    assert len({draft.text for draft in drafts}) == 3
    assert {draft.model for draft in drafts} == {"smol"}


def test_the_terminal_writes_with_it(url: str, data: Path) -> None:
    environ = {**os.environ, "COPYDESK_MODEL": url, "COPYDESK_DATA": str(data)}
    command = [sys.executable, "-m", "bot", "draft", BRIEF, "--variants", "2", "--seed", "7", "--json"]

    answer = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True)

    assert answer.returncode == 0, answer.stderr
    assert len(json.loads(answer.stdout)["drafts"]) == 2


def test_a_server_that_is_killed_while_it_writes_is_gone_and_not_forgotten(folder: Path, tmp_path: Path) -> None:
    with serving(folder, tmp_path / "vllm.log") as (url, process):
        engine = RemoteEngine(url, waits=(0.1,))
        events = iter(engine.submit(Request(CHAT, n=2, max_tokens=900)))
        next(events)

        process.kill()

        with pytest.raises(EngineUnavailable, match="broke off") as caught:
            list(events)
        assert caught.value.began
        with pytest.raises(EngineUnavailable, match="can't be reached"):
            texts(engine.submit(Request(CHAT)))
        engine.close()
