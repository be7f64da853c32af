"""Two adapters put together add what both add, and the engine serves the sum over the bare model."""

import json
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import torch
from peft import PeftModel
from safetensors.torch import load_file, save_file

from model.engine import LocalEngine
from model.generation import Request, Sampling
from model.stacking import merge, read, stack
from tests import tiny

TOKENS = torch.tensor([[9, 10, 11, 12, 40, 41, 42]])
PROMPT = (9, 10, 11, 12)


@pytest.fixture(autouse=True)
def peft_may_warn() -> Iterator[None]:
    with warnings.catch_warnings():
        # peft asks transformers by the old name; it is peft's to mend.
        warnings.filterwarnings("ignore", "`is_gradient_checkpointing` is deprecated", FutureWarning)
        yield


def with_adapter(model: Any, folder: Path) -> Any:
    return PeftModel.from_pretrained(model, str(folder)).eval()


def logits(model: Any) -> torch.Tensor:
    with torch.inference_mode():
        found: torch.Tensor = model(input_ids=TOKENS).logits
    return found


def merged_with(start: Path) -> Any:
    model = tiny.llama()
    merge(model, start)
    return model


def in_half(folder: Path) -> Path:
    """The same adapter, its numbers rounded to float16, so that a sum can be exact."""
    path = folder / "adapter_model.safetensors"
    save_file({name: one.half() for name, one in load_file(path).items()}, path)
    return folder


def test_merging_is_what_peft_does(tmp_path: Path) -> None:
    start = tiny.adapter(tmp_path / "start", seed=1, rank=8, use_rslora=True)

    assert torch.allclose(logits(merged_with(start)), logits(with_adapter(tiny.llama(), start)), atol=1e-4)


def test_the_sum_over_the_bare_model_is_the_second_over_the_merged_one(tmp_path: Path) -> None:
    """To rounding in float32: numbers of float16 and scales of 2 and 4 lose nothing on the way."""
    start = in_half(tiny.adapter(tmp_path / "start", seed=1))
    fitted = in_half(tiny.adapter(tmp_path / "fitted", seed=2, rank=8, lora_alpha=32))

    stack(start, fitted, tmp_path / "sum", base="tiny")

    expected = logits(with_adapter(merged_with(start), fitted))
    found = logits(with_adapter(tiny.llama(), tmp_path / "sum"))
    assert torch.allclose(found, expected, atol=1e-4)
    assert not torch.allclose(found, logits(with_adapter(tiny.llama(), fitted)), atol=1e-1), "the start is in it"


def test_what_float16_rounds_off_hardly_shows(tmp_path: Path) -> None:
    start = tiny.adapter(tmp_path / "start", seed=1)
    fitted = tiny.adapter(tmp_path / "fitted", seed=2, rank=8, lora_alpha=24)

    stack(start, fitted, tmp_path / "sum", base="tiny")

    expected = logits(with_adapter(merged_with(start), fitted))
    found = logits(with_adapter(tiny.llama(), tmp_path / "sum"))
    assert (found - expected).abs().max() < 0.01 * expected.abs().max()


def test_the_engine_writes_with_the_sum_as_the_merged_model_does_with_the_second(tmp_path: Path) -> None:
    start = in_half(tiny.adapter(tmp_path / "start", seed=1))
    fitted = in_half(tiny.adapter(tmp_path / "fitted", seed=2, rank=8, lora_alpha=32))
    stack(start, fitted, tmp_path / "sum", base="tiny")
    model = with_adapter(merged_with(start), fitted)
    ones = torch.ones(1, len(PROMPT))
    written = model.generate(input_ids=torch.tensor([PROMPT]), attention_mask=ones, max_new_tokens=20, do_sample=False)

    engine = LocalEngine(tiny.llama(), tiny.tokenizer(), name="tiny", slots=2)
    try:
        engine.load_adapter("v0001", tmp_path / "sum")
        request = Request(PROMPT, max_tokens=20, sampling=Sampling(temperature=0), adapter="v0001")
        text, _ = tiny.texts(engine.submit(request))[0]
    finally:
        engine.close()

    assert text == tiny.tokenizer().decode(written[0, len(PROMPT) :], skip_special_tokens=True)


def test_a_layer_that_only_one_adapts_gets_that_ones_part(tmp_path: Path) -> None:
    start = in_half(tiny.adapter(tmp_path / "start", seed=1))
    fitted = in_half(tiny.adapter(tmp_path / "fitted", seed=2))
    path = fitted / "adapter_model.safetensors"
    save_file({name: one for name, one in load_file(path).items() if "v_proj" not in name}, path)

    stack(start, fitted, tmp_path / "sum", base="tiny")

    parts = read(tmp_path / "sum")
    assert {down.shape[0] for down, _ in parts.pairs.values()} == {8}, "an adapter has one rank"
    model = merged_with(start)
    merge(model, fitted)
    bare = tiny.llama()
    merge(bare, tmp_path / "sum")
    assert torch.allclose(logits(bare), logits(model), atol=1e-4)


def test_without_a_start_the_sum_is_the_fitted_one(tmp_path: Path) -> None:
    fitted = in_half(tiny.adapter(tmp_path / "fitted", seed=2))

    stack(None, fitted, tmp_path / "sum", base="tiny")

    found, expected = (load_file(folder / "adapter_model.safetensors") for folder in (tmp_path / "sum", fitted))
    assert {name: one.tolist() for name, one in found.items()} == {name: one.tolist() for name, one in expected.items()}
    config = json.loads((tmp_path / "sum" / "adapter_config.json").read_text("utf-8"))
    assert (config["base_model_name_or_path"], config["r"], config["lora_alpha"]) == ("tiny", 4, 8)
    assert sorted(path.name for path in (tmp_path / "sum").iterdir()) == [
        "adapter_config.json",
        "adapter_model.safetensors",
    ], "nothing that runs code"


def test_numbers_too_large_for_float16_are_refused(tmp_path: Path) -> None:
    fitted = tiny.adapter(tmp_path / "fitted", seed=2)
    path = fitted / "adapter_model.safetensors"
    save_file({name: one * 1e6 for name, one in load_file(path).items()}, path)

    with pytest.raises(ValueError, match="don't fit float16"):
        stack(None, fitted, tmp_path / "sum", base="tiny")


def test_what_is_no_plain_lora_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no plain LoRA: its 'use_dora'"):
        read(tiny.adapter(tmp_path / "dora", seed=1, use_dora=True))


def test_an_adapter_for_another_model_is_not_merged(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="for another model"):
        merge(tiny.llama(), tiny.adapter(tmp_path / "wide", seed=1, width=64))
