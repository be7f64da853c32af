"""How many tokens a slot of the engine holds and how many slots there are: fixed on a CPU, by free memory on a GPU."""

from dataclasses import dataclass
from typing import Any

import torch

from model.slots import KEPT_PROMPTS

CONTEXT, SLOTS = 2048, 16
"""Tokens of a slot, prompt and answer together where the model allows as many, and slots: what a CPU has."""
LARGEST_CONTEXT, MOST_SLOTS, SLOT_MULTIPLE = 8192, 64, 4
STEP = 1024
SHARE = 0.5
"""Of the memory that is free beside the weights; the rest is for a step's own numbers, and for a round beside it."""


@dataclass(frozen=True, slots=True)
class Capacity:
    """Tokens that a slot holds, and slots."""

    context: int
    slots: int


def capacity_of(model: Any, *, context: int | None = None, slots: int | None = None) -> Capacity:
    """What an engine over a loaded model has; what is given stays as it is given."""
    if model.device.type != "cuda":
        return Capacity(context or CONTEXT, slots or SLOTS)
    free, _ = torch.cuda.mem_get_info(model.device)
    longest = int(model.config.max_position_embeddings)
    return fitting(free, token_bytes(model.config, model.dtype), longest=longest, context=context, slots=slots)


def fitting(
    free: int, per_token: int, *, longest: int, context: int | None = None, slots: int | None = None
) -> Capacity:
    """As long a context as the model knows and sixteen slots leave room for, and then as many slots as fit.

    >>> fitting(40 << 30, 23_000, longest=8192), fitting(16 << 30, 150_000, longest=32_768)
    (Capacity(context=8192, slots=64), Capacity(context=2048, slots=20))
    """
    tokens = int(SHARE * free) // per_token
    if context is None:
        most = tokens // ((slots or SLOTS) + KEPT_PROMPTS) // STEP * STEP
        context = min(longest, LARGEST_CONTEXT, max(CONTEXT, most))
    if slots is None:
        fit = (tokens // context - KEPT_PROMPTS) // SLOT_MULTIPLE * SLOT_MULTIPLE
        slots = min(MOST_SLOTS, max(SLOT_MULTIPLE, fit))
    return Capacity(context, slots)


def token_bytes(config: Any, dtype: torch.dtype) -> int:
    """What a token of a slot takes: its keys and values, and those of one layer again, once for every head.

    Attention with a mask repeats them so while it works.
    """
    heads = config.num_attention_heads
    kept = getattr(config, "num_key_value_heads", None) or heads
    size = getattr(config, "head_dim", None) or config.hidden_size // heads
    return int(2 * dtype.itemsize * size * (config.num_hidden_layers * kept + heads))
