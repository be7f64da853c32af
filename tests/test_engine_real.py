"""The embedded model itself: fetched, converted, and run by the engine."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import torch

from model.engine import LocalEngine, open_engine
from model.fetch import fetch_embedded
from model.generation import Message, Request, Sampling
from model.packing import can_pack, pack
from model.weights import load

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

CHAT: tuple[Message, ...] = (
    {"role": "system", "content": "You write short advertising copy."},
    {"role": "user", "content": "A tweet for a bakery that opens at six."},
)

MOST_APART = 0.01  # nats of KL divergence at one token; bfloat16 in the layers makes 0.0012, float16 next to none


@pytest.fixture(scope="module")
def folder(embedded_data: Path) -> Path:
    return fetch_embedded(embedded_data, quiet=True)


@pytest.fixture(scope="module")
def engine(folder: Path) -> Iterator[LocalEngine]:
    engine = open_engine(folder, device="cpu", slots=6)
    yield engine
    engine.close()


def texts(engine: LocalEngine, request: Request) -> list[str]:
    found: dict[int, str] = {}
    for event in engine.submit(request):
        found[event.sequence] = found.get(event.sequence, "") + event.text
    return [text for _, text in sorted(found.items())]


@pytest.fixture(scope="module")
def exact(folder: Path) -> Any:
    from transformers import AutoModelForCausalLM

    model: Any = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32)
    return model


def test_greedy_text_is_what_generate_writes(folder: Path, exact: Any) -> None:
    from transformers import AutoTokenizer

    tokenizer: Any = AutoTokenizer.from_pretrained(folder)
    inputs = tokenizer.apply_chat_template(CHAT, add_generation_prompt=True, return_tensors="pt", return_dict=True)
    output = exact.generate(**inputs, max_new_tokens=24, do_sample=False)
    expected = tokenizer.decode(output[0, inputs["input_ids"].shape[1] :], skip_special_tokens=True)

    engine = LocalEngine(exact, tokenizer, name="exact", slots=4)
    try:
        written = texts(engine, Request(CHAT, n=3, max_tokens=24, sampling=Sampling(temperature=0)))
    finally:
        engine.close()

    assert written == [expected] * 3


@pytest.mark.skipif(not can_pack(torch.device("cpu")), reason="this CPU has no FBGEMM")
def test_two_bytes_a_weight_hardly_move_what_comes_next(folder: Path, exact: Any) -> None:
    """Rounding turns a close call now and then, so the chances are compared, not a text."""
    packed, tokenizer = load(folder, "cpu")
    pack(packed)
    tokens = torch.tensor([tokenizer.encode("Fresh bread every morning, baked by people who care. We open at six.")])

    with torch.inference_mode():
        wanted, found = (model(input_ids=tokens).logits.log_softmax(-1) for model in (exact, packed))

    apart = (wanted.exp() * (wanted - found)).sum(-1)
    assert 0 < apart.max() < MOST_APART


def test_a_seed_repeats_in_company(engine: LocalEngine) -> None:
    request = Request(CHAT, n=2, max_tokens=24, sampling=Sampling(seed=5))
    by_itself = texts(engine, request)

    company = engine.submit(Request(CHAT[1:], n=3, max_tokens=40))
    beside_others = texts(engine, request)
    company.cancel()

    assert beside_others == by_itself
    assert len(set(by_itself)) == 2


def test_the_folder_is_found_again_at_once(folder: Path) -> None:
    assert fetch_embedded(folder.parent.parent) == folder
    assert sorted(path.suffix for path in folder.iterdir()) == [
        ".jinja",
        ".json",
        ".json",
        ".json",
        ".json",
        ".safetensors",
    ]
