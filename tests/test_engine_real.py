"""The embedded model itself: fetched, converted, and run by the engine."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import torch

from model.engine import LocalEngine, open_engine
from model.fetch import fetch_embedded
from model.generation import Message, Request, Sampling

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

CHAT: tuple[Message, ...] = (
    {"role": "system", "content": "You write short advertising copy."},
    {"role": "user", "content": "A tweet for a bakery that opens at six."},
)


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


def test_greedy_text_is_what_generate_writes(engine: LocalEngine, folder: Path) -> None:
    from transformers import AutoModelForCausalLM, AutoTokenizer

    tokenizer: Any = AutoTokenizer.from_pretrained(folder)
    model: Any = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32)
    inputs = tokenizer.apply_chat_template(CHAT, add_generation_prompt=True, return_tensors="pt", return_dict=True)
    output = model.generate(**inputs, max_new_tokens=24, do_sample=False)
    expected = tokenizer.decode(output[0, inputs["input_ids"].shape[1] :], skip_special_tokens=True)

    written = texts(engine, Request(CHAT, n=3, max_tokens=24, sampling=Sampling(temperature=0)))

    assert written == [expected] * 3


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
