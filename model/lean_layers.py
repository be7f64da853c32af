"""Decoder layers of Llama's kind on a CPU: what stands between their products, in half as many operations."""

import math
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

    With six rows a step is a fifth faster: where a product takes a tenth of a millisecond, calling modules and
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
    usual, lean = layer.forward, _Lean(layer)

    def forward(hidden_states: Tensor, **others: Any) -> Tensor:
        output: Tensor = usual(hidden_states, **others) if adds() else lean(hidden_states, **others)
        return output

    layer.forward = forward


class _Lean:
    """A layer's parts at hand; what they are packed in is looked up at each call, for a merged adapter replaces it."""

    def __init__(self, layer: Any) -> None:
        attention, mlp = layer.self_attn, layer.mlp
        self._before, self._between = _Norm(layer.input_layernorm), _Norm(layer.post_attention_layernorm)
        self._first, self._last = attention.q_proj, attention.o_proj
        self._gate, self._down, self._act = mlp.gate_proj, mlp.down_proj, mlp.act_fn
        self._at, self._size, self._scaling = attention.layer_idx, attention.head_dim, attention.scaling
        self._values = attention.v_proj.out_features // attention.head_dim

    def __call__(
        self,
        hidden: Tensor,
        *,
        attention_mask: Tensor,
        position_embeddings: tuple[Tensor, Tensor],
        past_key_values: Any,
        **_: Any,
    ) -> Tensor:
        heads = self._heads(self._before(hidden), attention_mask, position_embeddings, past_key_values)
        hidden = hidden + self._last.packed.rounded(heads)
        gate, up = self._gate.packed.wide.times(self._between(hidden)).chunk(2, dim=-1)
        output: Tensor = hidden + self._down.packed.rounded(self._act(gate) * up)
        return output

    def _heads(self, normal: Tensor, mask: Tensor, turns: tuple[Tensor, Tensor], cache: Any) -> Tensor:
        """What the heads say, (rows, tokens, heads x size)."""
        whole = self._first.packed.wide.times(normal).view(*normal.shape[:2], -1, self._size)
        queries_and_keys, value = whole[:, :, : -self._values], whole[:, :, -self._values :]
        cos, sin = (one.unsqueeze(2) for one in turns)
        one, other = queries_and_keys.chunk(2, dim=-1)
        turned = torch.addcmul(queries_and_keys * cos, torch.cat((-other, one), dim=-1), sin)
        query, key = turned[:, :, : -self._values].transpose(1, 2), turned[:, :, -self._values :].transpose(1, 2)
        key, value = cache.update(key, value.transpose(1, 2), self._at)
        heads = nn.functional.scaled_dot_product_attention(
            query, key, value, attn_mask=mask, scale=self._scaling, enable_gqa=True
        )
        said: Tensor = heads.transpose(1, 2).flatten(2)
        return said


class _Norm:
    """RMSNorm in four operations; torch's own takes six on a CPU, and two and a half times as long for a few rows.

    For n numbers, x / sqrt(mean(x^2) + eps) is x * sqrt(n) / hypot(|x|, sqrt(n * eps)).
    """

    def __init__(self, norm: Any) -> None:
        size = norm.weight.numel()
        self._weight = norm.weight.detach() * math.sqrt(size)
        self._least = torch.tensor(math.sqrt(size * norm.variance_epsilon), device=norm.weight.device)

    def __call__(self, hidden: Tensor) -> Tensor:
        length = torch.linalg.vector_norm(hidden, dim=-1, keepdim=True)
        normal: Tensor = hidden * self._weight / torch.hypot(length, self._least)
        return normal
