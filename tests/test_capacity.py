"""The engine is as large as a GPU's free memory lets it be, and on a CPU as large as it always was."""

from types import SimpleNamespace

import pytest
import torch

from model.capacity import (
    CONTEXT,
    LARGEST_CONTEXT,
    MOST_SLOTS,
    SHARE,
    SLOT_MULTIPLE,
    SLOTS,
    Capacity,
    capacity_of,
    fitting,
    token_bytes,
)
from model.slots import KEPT_PROMPTS

GIB = 1 << 30


@pytest.mark.parametrize(
    ("free", "per_token", "longest", "found"),
    [
        (130 * GIB, 24_000, 8192, Capacity(8192, 64)),
        (130 * GIB, 150_000, 262_144, Capacity(8192, 52)),
        (40 * GIB, 150_000, 262_144, Capacity(6144, 16)),
        (16 * GIB, 150_000, 262_144, Capacity(2048, 20)),
        (6 * GIB, 24_000, 8192, Capacity(6144, 16)),
        (3 * GIB, 150_000, 32_768, Capacity(2048, 4)),
        (0, 150_000, 32_768, Capacity(2048, 4)),
        (130 * GIB, 24_000, 1024, Capacity(1024, 64)),
    ],
)
def test_a_gpu_has_the_longest_context_that_sixteen_slots_leave_room_for(
    free: int, per_token: int, longest: int, found: Capacity
) -> None:
    assert fitting(free, per_token, longest=longest) == found


@pytest.mark.parametrize("free", [gib * GIB for gib in (2, 5, 9, 20, 44, 80, 141)])
@pytest.mark.parametrize("per_token", [12_000, 60_000, 200_000])
def test_it_fits_its_share_of_the_memory_wherever_the_smallest_does(free: int, per_token: int) -> None:
    found = fitting(free, per_token, longest=32_768)

    taken = found.context * (found.slots + KEPT_PROMPTS) * per_token
    smallest = CONTEXT * (SLOT_MULTIPLE + KEPT_PROMPTS) * per_token
    assert taken <= max(SHARE * free, smallest)
    assert CONTEXT <= found.context <= LARGEST_CONTEXT
    assert SLOT_MULTIPLE <= found.slots <= MOST_SLOTS


def test_what_is_set_stays_as_it_is_set() -> None:
    free, per_token = 40 * GIB, 150_000

    assert fitting(free, per_token, longest=32_768, context=3000).context == 3000
    assert fitting(free, per_token, longest=32_768, context=3000).slots > fitting(free, per_token, longest=32_768).slots
    assert fitting(free, per_token, longest=32_768, slots=40) == Capacity(3072, 40)
    assert fitting(free, per_token, longest=32_768, context=16_000, slots=3) == Capacity(16_000, 3)


def test_a_cpu_keeps_its_size_unless_one_is_set() -> None:
    model = SimpleNamespace(device=torch.device("cpu"))

    assert capacity_of(model) == Capacity(CONTEXT, SLOTS) == Capacity(2048, 16)
    assert capacity_of(model, context=4096, slots=8) == Capacity(4096, 8)


def test_a_tokens_memory_is_its_keys_and_values_and_once_more_for_every_head() -> None:
    config = SimpleNamespace(num_attention_heads=9, num_key_value_heads=3, hidden_size=576, num_hidden_layers=30)

    assert token_bytes(config, torch.bfloat16) == 2 * 2 * 64 * (30 * 3 + 9)
