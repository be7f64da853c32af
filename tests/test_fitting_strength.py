"""A fitted adapter is weakened until general text is nearly as likely as before, and no further."""

import math
from typing import Any

import pytest
import torch
from peft import LoraConfig, get_peft_model

from model.fitting_strength import RISE, STRENGTHS, temper
from model.suite import GENERAL
from tests import tiny

# peft asks transformers by a name that it will drop.
pytestmark = pytest.mark.filterwarnings("ignore:.is_gradient_checkpointing:FutureWarning")

PIECE = 200
"""Tokens: few enough to be read at once."""


def fitted(size: float) -> Any:
    """A tiny model with an adapter whose ups are random numbers of this size."""
    torch.manual_seed(0)
    model: Any = get_peft_model(tiny.llama(), LoraConfig(r=4, lora_alpha=8, target_modules=["q_proj", "down_proj"]))
    with torch.no_grad():
        for up in ups(model).values():
            up.copy_(size * torch.randn_like(up))
    return model.eval()


def ups(model: Any) -> dict[str, torch.Tensor]:
    return {name: one for name, one in model.named_parameters() if "lora_B" in name}


def text() -> str:
    tokens = tiny.tokenizer().encode(GENERAL.read_text("utf-8")[:600], add_special_tokens=False)[:PIECE]
    found: str = tiny.tokenizer().decode(tokens)
    return found


def rise(model: Any, strength: float) -> float:
    """How much the adapter at a strength raises the text's perplexity, as transformers itself reckons the loss."""
    tokens = torch.tensor([tiny.tokenizer().encode(text(), add_special_tokens=False)])
    with torch.no_grad():
        for up in ups(model).values():
            up.mul_(strength)
        now = float(model(input_ids=tokens, labels=tokens).loss)
        with model.disable_adapter():
            before = float(model(input_ids=tokens, labels=tokens).loss)
    return math.exp(now - before) - 1


def test_what_hurts_nothing_keeps_its_full_strength() -> None:
    model = fitted(1e-4)
    before = {name: up.clone() for name, up in ups(model).items()}

    assert temper(model, tiny.tokenizer(), text()) == 1.0
    assert all(torch.equal(up, before[name]) for name, up in ups(model).items())


@pytest.mark.parametrize("size", [1.0, 2.0])
def test_what_makes_general_text_unlikely_is_weakened_until_it_is_within_reach(size: float) -> None:
    model = fitted(size)
    before = {name: up.clone() for name, up in ups(model).items()}

    strength = temper(model, tiny.tokenizer(), text())

    stronger = STRENGTHS[: STRENGTHS.index(strength)]
    assert stronger
    assert all(rise(fitted(size), one) > RISE for one in stronger)
    assert rise(fitted(size), strength) <= RISE
    assert all(torch.equal(up, before[name] * strength) for name, up in ups(model).items())


def test_the_weakest_is_left_where_none_is_within_reach() -> None:
    assert temper(fitted(4.0), tiny.tokenizer(), text()) == STRENGTHS[-1]
    assert rise(fitted(4.0), STRENGTHS[-1]) > RISE


def test_a_model_in_training_goes_on_training() -> None:
    model = fitted(0.1).train()

    temper(model, tiny.tokenizer(), text())

    assert model.training
