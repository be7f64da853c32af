"""Lean layers say what transformers' own say, prompt by prompt and step by step, and leave adapters' rows to those."""

from typing import Any

import pytest
import torch
from torch import Tensor
from transformers import Qwen2Config, Qwen2ForCausalLM, Qwen3Config, Qwen3ForCausalLM

from model.lean_layers import lighten
from model.lora import Adapted, Adapter
from model.packing import can_pack, pack
from model.slots import SlotCache
from model.steps import Stepper
from tests import tiny

pytestmark = pytest.mark.skipif(not can_pack(torch.device("cpu")), reason="this CPU has no FBGEMM")

SIZES: dict[str, Any] = {
    "vocab_size": 300,
    "hidden_size": 32,
    "intermediate_size": 48,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "initializer_range": 0.4,
}
PROMPTS = ([5, 9, 200, 31, 7], [8, 8, 40], [100, 3, 250, 251, 252, 7, 1])


def qwen2() -> Any:
    torch.manual_seed(1)
    model: Any = Qwen2ForCausalLM(Qwen2Config(**SIZES))
    for layer in model.model.layers:  # transformers begins with biases of 0, which would hide a lost one
        for one in (layer.self_attn.q_proj, layer.self_attn.k_proj, layer.self_attn.v_proj):
            torch.nn.init.normal_(one.bias, std=0.4)
    return model.eval().requires_grad_(False)


def qwen3() -> Any:
    torch.manual_seed(1)
    model: Any = Qwen3ForCausalLM(Qwen3Config(**SIZES, head_dim=8))
    return model.eval().requires_grad_(False)


def stepped(model: Any, adapted: Adapted, adapters: dict[int, Adapter | None]) -> list[Tensor]:
    """The logits after three prompts of different lengths, and after each of four further tokens."""
    cache = SlotCache(model.config, slots=3, capacity=64, dtype=model.dtype, device=model.device)
    stepper = Stepper(model, cache, adapted)
    with torch.inference_mode():
        logits = [stepper.read(dict(enumerate(PROMPTS)), adapters)]
        for _ in range(4):
            following = dict(enumerate(logits[-1].argmax(dim=-1).tolist()))
            logits.append(stepper.extend(following, adapters))
    return logits


@pytest.mark.parametrize("make", [tiny.llama, qwen2])
def test_a_lean_layer_says_what_the_usual_one_says(make: Any) -> None:
    model = make()
    adapted, nobody = Adapted(model, "tiny"), dict.fromkeys(range(3))
    pack(model)
    usual = stepped(model, adapted, nobody)
    layers = list(model.model.layers)

    lighten(model, adapted.adds)

    assert all("forward" in vars(layer) for layer in layers)
    for lean, wanted in zip(stepped(model, adapted, nobody), usual, strict=True):
        assert torch.allclose(lean, wanted, rtol=1e-3, atol=1e-2)  # one input may be rounded to the next bfloat16
        assert lean.argmax(dim=-1).tolist() == wanted.argmax(dim=-1).tolist()


def test_what_an_adapter_adds_is_not_lost(tmp_path: Any) -> None:
    model = tiny.llama()
    adapted = Adapted(model, "tiny")
    one = adapted.load(tiny.adapter(tmp_path / "one", seed=1))
    pack(model)
    nobody = stepped(model, adapted, dict.fromkeys(range(3)))
    usual = stepped(model, adapted, {0: one, 1: None, 2: None})

    lighten(model, adapted.adds)

    found = stepped(model, adapted, {0: one, 1: None, 2: None})
    assert all(torch.equal(lean, wanted) for lean, wanted in zip(found, usual, strict=True))
    assert not torch.allclose(found[0][0], nobody[0][0], atol=1e-2)


@pytest.mark.parametrize("packed", [True, False])
def test_other_layers_are_left_as_they_are(packed: bool) -> None:
    """Qwen3 has norms between, which the lean one knows nothing of; plain weights have no product of many."""
    model = qwen3() if packed else tiny.llama()
    if packed:
        pack(model)

    lighten(model, lambda: False)

    assert not any("forward" in vars(layer) for layer in model.model.layers)
