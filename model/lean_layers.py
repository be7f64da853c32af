"""Decoder layers of Llama's kind on a CPU: what stands between their products, in half as many operations."""

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn

from model.packing import HalfLinear
from model.wide_weights import Columns

KINDS = frozenset({"LlamaDecoderLayer", "Qwen2DecoderLayer"})
"""What transformers calls them: SmolLM2, Llama and Qwen2.5 are made of these; by name, as importing takes seconds."""


def lighten(model: nn.Module, adds: Callable[[], bool]) -> None:
    """Compute the packed layers of these kinds lean, but for those forwards in which an adapter `adds` something.

    With six rows a step is a tenth faster: where a product takes a tenth of a millisecond, calling modules and
    operations one by one takes as long. Every other kind of layer is left as transformers has it.
    """
    for layer in model.modules():
        if type(layer).__name__ in KINDS and _is_lean(layer):
            _lighten(layer, adds)


def _is_lean(layer: Any) -> bool:
    firsts, lasts = (layer.self_attn.q_proj, layer.mlp.gate_proj), (layer.self_attn.o_proj, layer.mlp.down_proj)
    is_packed = all(isinstance(one, HalfLinear) for one in (*firsts, *lasts))
    return is_packed and all(isinstance(one.packed, Columns) for one in firsts)


def _lighten(layer: Any, adds: Callable[[], bool]) -> None:
    usual = layer.forward

    def forward(hidden_states: Tensor, **others: Any) -> Tensor:
        output: Tensor = usual(hidden_states, **others) if adds() else _forward(layer, hidden_states, **others)
        return output

    layer.forward = forward


def _forward(
    layer: Any,
    hidden: Tensor,
    *,
    attention_mask: Tensor,
    position_embeddings: tuple[Tensor, Tensor],
    past_key_values: Any,
    **_: Any,
) -> Tensor:
    hidden = hidden + _attention(layer, hidden, attention_mask, position_embeddings, past_key_values)
    mlp, normal = layer.mlp, _normal(layer.post_attention_layernorm, hidden)
    gate, up = _product(mlp.gate_proj, normal).chunk(2, dim=-1)
    down: Tensor = mlp.down_proj.packed.times(mlp.act_fn(gate) * up)
    return hidden + down


def _normal(norm: Any, hidden: Tensor) -> Tensor:
    return nn.functional.rms_norm(hidden, norm.weight.shape, norm.weight, norm.variance_epsilon)


def _attention(layer: Any, hidden: Tensor, mask: Tensor, turns: tuple[Tensor, Tensor], cache: Any) -> Tensor:
    attention, size = layer.self_attn, layer.self_attn.head_dim
    whole = _product(attention.q_proj, _normal(layer.input_layernorm, hidden)).view(*hidden.shape[:2], -1, size)
    values = attention.v_proj.out_features // size
    queries_and_keys, value = whole[:, :, :-values], whole[:, :, -values:]
    cos, sin = (one.unsqueeze(2) for one in turns)
    one, other = queries_and_keys.chunk(2, dim=-1)
    turned = queries_and_keys * cos + torch.cat((-other, one), dim=-1) * sin
    query, key = turned[:, :, :-values].transpose(1, 2), turned[:, :, -values:].transpose(1, 2)
    key, value = cache.update(key, value.transpose(1, 2), attention.layer_idx)
    heads = nn.functional.scaled_dot_product_attention(
        query, key, value, attn_mask=mask, scale=attention.scaling, enable_gqa=True
    )
    output: Tensor = attention.o_proj.packed.times(heads.transpose(1, 2).flatten(2))
    return output


def _product(first: Any, input: Tensor) -> Tensor:  # noqa: A002 (torch's own name)
    """What all members of a family make of the input, side by side; `first` is the first of them."""
    product: Tensor = first.packed.wide.times(input)
    return product
