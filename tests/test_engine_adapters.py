"""Each request runs on the adapter it names, and gets what peft would give it."""

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import torch

from model.engine import LocalEngine
from model.generation import EngineError, Request, Sampling, Stream
from tests import tiny

PROMPT = (9, 10, 11, 12)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    root = tmp_path_factory.mktemp("adapters")
    return {
        "v1": tiny.adapter(root / "v1", seed=1),
        "v2.1": tiny.adapter(root / "v2", seed=2, rank=8, use_rslora=True),
    }


@pytest.fixture(scope="module")
def expected(folders: dict[str, Path]) -> dict[str | None, list[int]]:
    """What transformers and peft write, greedily, one at a time."""

    def write(model: Any) -> list[int]:
        ones = torch.ones(1, len(PROMPT))
        output = model.generate(
            input_ids=torch.tensor([PROMPT]), attention_mask=ones, max_new_tokens=20, do_sample=False
        )
        tokens: list[int] = output[0, len(PROMPT) :].tolist()
        return tokens

    found: dict[str | None, list[int]] = {None: write(tiny.llama())}
    for name, folder in folders.items():
        found[name] = write(tiny.with_adapter(folder))
    assert len({tuple(tokens) for tokens in found.values()}) == 3
    return found


@pytest.fixture
def engine() -> Iterator[LocalEngine]:
    engine = LocalEngine(tiny.llama(), tiny.tokenizer(), name="tiny", slots=4)
    yield engine
    engine.close()


def ask(engine: LocalEngine, adapter: str | None, n: int = 1) -> Stream:
    return engine.submit(Request(PROMPT, n=n, max_tokens=20, sampling=Sampling(temperature=0), adapter=adapter))


def written(stream: Stream) -> set[str]:
    found: dict[int, str] = {}
    for event in stream:
        found[event.sequence] = found.get(event.sequence, "") + event.text
    return set(found.values())


def text(tokens: list[int]) -> str:
    decoded: str = tiny.tokenizer().decode(tokens, skip_special_tokens=True)
    return decoded.rstrip("\ufffd")


def test_each_request_is_written_by_its_adapter(
    engine: LocalEngine, folders: dict[str, Path], expected: dict[str | None, list[int]]
) -> None:
    """All in one batch, with the same prompt: none may read what another's adapter computed."""
    for name, folder in folders.items():
        engine.load_adapter(name, folder)

    asked = ("v1", None, "v2.1", "v1", None)
    streams = [ask(engine, adapter, n=2) for adapter in asked]

    for adapter, stream in zip(asked, streams, strict=True):
        assert written(stream) == {text(expected[adapter])}
    assert engine.adapters() == ("v1", "v2.1")


def test_a_name_can_be_given_to_another_adapter(
    engine: LocalEngine, folders: dict[str, Path], expected: dict[str | None, list[int]]
) -> None:
    engine.load_adapter("live", folders["v1"])
    before = ask(engine, "live")
    engine.load_adapter("live", folders["v2.1"])
    after = ask(engine, "live")

    assert written(before) == {text(expected["v1"])}
    assert written(after) == {text(expected["v2.1"])}


def test_an_unloaded_adapter_finishes_its_requests(
    engine: LocalEngine, folders: dict[str, Path], expected: dict[str | None, list[int]]
) -> None:
    engine.load_adapter("v1", folders["v1"])
    stream = ask(engine, "v1", n=6)

    engine.unload_adapter("v1")

    assert written(stream) == {text(expected["v1"])}
    assert engine.adapters() == ()
    with pytest.raises(EngineError, match="'v1' is not loaded"):
        ask(engine, "v1")
    with pytest.raises(EngineError, match="'v1' is not loaded"):
        engine.unload_adapter("v1")


def begun(engine: LocalEngine, gate: tiny.Gate, asked: Sequence[str | None], steps: int) -> list[Stream]:
    """Requests on these adapters, that many steps on their way, with the model standing still."""
    gate.reached.clear()
    gate.closes_before = gate.steps + steps
    streams = [ask(engine, adapter) for adapter in asked]
    assert gate.reached.wait(10)
    return streams


@pytest.mark.parametrize(("before", "after"), [(None, "v1"), ("v1", "v2.1"), ("v2.1", "v1")])
def test_what_runs_while_another_adapter_is_merged_ends_as_it_would_have(
    folders: dict[str, Path], expected: dict[str | None, list[int]], before: str | None, after: str
) -> None:
    """Its cache was made with the old weights; what is asked with the same prompt afterwards must not read it."""
    model, asked = tiny.llama(), ("v1", None, "v2.1")
    gate = tiny.Gate(model)
    with contextlib.closing(LocalEngine(model, tiny.tokenizer(), name="tiny", slots=4)) as engine:
        for name, folder in folders.items():
            engine.load_adapter(name, folder)
        if before:
            engine.merge_adapter(before)

        running = begun(engine, gate, asked, steps=9)
        engine.merge_adapter(after)
        waiting = [ask(engine, adapter) for adapter in asked]
        assert (engine.state().running, engine.state().queued) == (3, 3)
        gate.open.set()

        for streams in (running, waiting, [ask(engine, adapter) for adapter in asked]):
            assert [written(stream) for stream in streams] == [{text(expected[adapter])} for adapter in asked]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"width": 64}, "doesn't fit 'tiny'"),
        ({"base_model_name_or_path": "/models/another-model"}, "is for '/models/another-model'"),
        ({"peft_type": "LOHA"}, "only 'LORA'"),
        ({"use_dora": True}, "'use_dora'"),
        ({"modules_to_save": ["lm_head"]}, "'modules_to_save'"),
        ({"lora_alpha": None}, "'lora_alpha'"),
    ],
)
def test_an_adapter_that_does_not_fit_is_refused(
    engine: LocalEngine, tmp_path: Path, changes: dict[str, Any], sentence: str
) -> None:
    folder = tiny.adapter(tmp_path / "odd", seed=3, **changes)

    with pytest.raises(EngineError, match=sentence):
        engine.load_adapter("odd", folder)

    assert engine.adapters() == ()


@pytest.mark.parametrize("gone", ["adapter_config.json", "adapter_model.safetensors"])
def test_an_adapter_with_a_file_missing_is_refused(engine: LocalEngine, tmp_path: Path, gone: str) -> None:
    folder = tiny.adapter(tmp_path / "half", seed=3)
    (folder / gone).unlink()

    with pytest.raises(EngineError, match=f"no readable '{gone}'"):
        engine.load_adapter("half", folder)


def test_an_adapter_of_a_moved_base_folder_fits(engine: LocalEngine, tmp_path: Path) -> None:
    folder = tiny.adapter(tmp_path / "moved", seed=3, base_model_name_or_path="/elsewhere/models/tiny")

    engine.load_adapter("moved", folder)

    assert engine.adapters() == ("moved",)
