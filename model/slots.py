"""The keys and values of every slot, in fixed buffers, and the tokens they stand for."""

import math
import mmap
from typing import Any

import torch
from torch import Tensor

ROW_MULTIPLE = 2
PIECE_MULTIPLE = 4
COLUMN_MULTIPLE = 32
KEPT_PROMPTS = 4


def round_up(number: int, multiple: int) -> int:
    """Round up to a multiple: the same shapes keep the matrix kernels on the same path, so results repeat."""
    return -(-number // multiple) * multiple


class SlotCache:
    """What a transformers model takes for its cache, as a fixed buffer per layer with one row per slot.

    Slots come first; a few rows after them keep recent prompts, so that a prompt that begins like one of them need
    not be read again. `tokens` says what each row holds, `adapters` the serial of the
    adapter that computed it, 0 for none. The column after the
    last is a place for rows that take part in a step without being in use. Knows only full attention.
    """

    def __init__(self, config: Any, *, slots: int, capacity: int, dtype: torch.dtype, device: torch.device) -> None:
        self.slots = slots
        self.capacity = capacity
        self._rows = round_up(slots, ROW_MULTIPLE)
        rows = self._rows + KEPT_PROMPTS
        heads = getattr(config, "num_key_value_heads", None) or config.num_attention_heads
        size = getattr(config, "head_dim", None) or config.hidden_size // config.num_attention_heads
        shape = (rows, heads, capacity + 1, size)
        layers = range(config.num_hidden_layers)
        # Zeros, not empty: a masked column still takes part with weight 0, and 0 times NaN is NaN.
        self._keys = [_zeros(shape, dtype, device) for _ in layers]
        self._values = [_zeros(shape, dtype, device) for _ in layers]
        self.tokens: list[list[int]] = [[] for _ in range(rows)]
        self.adapters = [0] * rows
        self._used = [0] * rows
        self._clock = 0
        self._target: tuple[Tensor, Tensor] | None = None
        self._view: tuple[slice | Tensor, slice] = (slice(0), slice(0))

    def aim(self, rows: Tensor, columns: Tensor, *, view: slice | Tensor, window: int) -> None:
        """Say where the next forward writes (`rows` and `columns`, one entry per token) and what it reads."""
        self._target = (rows, columns)
        self._view = (view, slice(window))

    def update(
        self, key_states: Tensor, value_states: Tensor, layer_idx: int, *_: Any, **__: Any
    ) -> tuple[Tensor, Tensor]:
        """Store what a layer computed and return what its attention reads; transformers calls this."""
        assert self._target is not None, "aim() comes before every forward"
        rows, columns = self._target
        keys, values = self._keys[layer_idx], self._values[layer_idx]
        keys[rows, :, columns] = key_states.transpose(1, 2)
        values[rows, :, columns] = value_states.transpose(1, 2)
        view, window = self._view
        return keys[view, :, window], values[view, :, window]

    def copy(self, source: int, target: int, length: int) -> None:
        """Make a row begin with the first tokens of another one."""
        if source != target:
            for buffer in (*self._keys, *self._values):
                buffer[target, :, :length] = buffer[source, :, :length]
        self.tokens[target] = self.tokens[source][:length]
        self.adapters[target] = self.adapters[source]

    def clear(self, row: int, adapter: int) -> None:
        """Start a row anew under an adapter."""
        self.tokens[row] = []
        self.adapters[row] = adapter

    def longest_prefix(self, tokens: list[int], adapter: int) -> tuple[int, int]:
        """The row that shares most tokens from the start, and how many; (0, 0) when none does."""
        best, longest = 0, 0
        for row, held in enumerate(self.tokens):
            if self.adapters[row] == adapter and (common := shared(held, tokens)) > longest:
                best, longest = row, common
        self._clock += 1
        self._used[best] = self._clock
        return best, longest

    def keep(self, slot: int) -> None:
        """Keep a slot's prompt for later ones: over the kept prompt most like it, else over the oldest."""
        tokens, adapter = self.tokens[slot], self.adapters[slot]
        kept = range(self._rows, len(self.tokens))
        common = {r: shared(self.tokens[r], tokens) for r in kept if self.adapters[r] == adapter}
        alike = max(common, key=lambda row: common[row], default=None)
        if alike is None or common[alike] * 2 < len(self.tokens[alike]):
            alike = min(kept, key=lambda row: self._used[row])
        self._clock += 1
        self._used[alike] = self._clock
        self.copy(slot, alike, len(tokens))


def _zeros(shape: tuple[int, ...], dtype: torch.dtype, device: torch.device) -> Tensor:
    """Zeros that take no memory on the CPU until they are written: torch's own touch every page at once."""
    if device.type != "cpu":
        return torch.zeros(shape, dtype=dtype, device=device)
    return torch.frombuffer(mmap.mmap(-1, math.prod(shape) * dtype.itemsize), dtype=dtype).view(shape)


def shared(left: list[int], right: list[int]) -> int:
    """How many tokens two of them share from the start."""
    for index, (one, other) in enumerate(zip(left, right, strict=False)):
        if one != other:
            return index
    return min(len(left), len(right))
