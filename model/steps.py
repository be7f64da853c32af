"""One forward over the slots: reading pieces of prompts, or one further token for every running sequence."""

from collections.abc import Mapping, Sequence
from typing import Any

import torch
from torch import Tensor

from model.lora import Adapted, Adapter
from model.slots import COLUMN_MULTIPLE, PIECE_MULTIPLE, ROW_MULTIPLE, SlotCache, round_up


class Stepper:
    """Runs the model on the slots' buffers; only the engine's thread calls it."""

    def __init__(self, model: Any, cache: SlotCache, adapted: Adapted) -> None:
        self._model = model
        self._cache = cache
        self._adapted = adapted

    def read(self, pieces: Mapping[int, Sequence[int]], adapters: Mapping[int, Adapter | None]) -> Tensor:
        """Add a piece of a prompt to each of these slots; the logits after their last tokens, in the mapping's order.

        Shorter pieces are filled up in front, so that all end together and the head is asked for one row each.
        """
        cache, slots = self._cache, list(pieces)
        width = round_up(max(len(piece) for piece in pieces.values()), PIECE_MULTIPLE)
        inputs, columns, positions = [], [], []
        for slot, piece in pieces.items():
            spare, start = width - len(piece), len(cache.tokens[slot])
            places = range(start, start + len(piece))
            inputs.append([*[0] * spare, *piece])
            columns.append([*[cache.capacity] * spare, *places])
            positions.append([*[0] * spare, *places])
        window = max(len(cache.tokens[slot]) + len(piece) for slot, piece in pieces.items())
        window = min(round_up(window, COLUMN_MULTIPLE), cache.capacity)
        view = slice(slots[0], slots[-1] + 1) if slots == [*range(slots[0], slots[-1] + 1)] else self._long(slots)
        cache.aim(self._long(slots)[:, None], self._long(columns), view=view, window=window)
        at = self._long(positions)
        visible = torch.arange(window, device=self._device) <= at[:, :, None]
        logits = self._forward([adapters[slot] for slot in slots], self._long(inputs), at, visible)
        for slot, piece in pieces.items():
            cache.tokens[slot].extend(piece)
        return logits[:, -1]

    def extend(self, following: Mapping[int, int], adapters: Mapping[int, Adapter | None]) -> Tensor:
        """Add one token to each of these slots; their logits, in the mapping's order."""
        cache = self._cache
        rows = round_up(max(following) + 1, ROW_MULTIPLE)
        used = [len(cache.tokens[slot]) if slot in following else None for slot in range(rows)]
        inputs = self._long([[following.get(slot, 0)] for slot in range(rows)])
        columns = self._long([[cache.capacity if place is None else place] for place in used])
        positions = self._long([[place or 0] for place in used])
        window = max(place for place in used if place is not None) + 1
        window = min(round_up(window, COLUMN_MULTIPLE), cache.capacity)
        targets = torch.arange(rows, device=self._device)[:, None]
        cache.aim(targets, columns, view=slice(rows), window=window)
        visible = torch.arange(window, device=self._device)[None, None] <= positions[:, :, None]
        # A row that is not in use has no say, so that one adapter for all stays one.
        spare = next(iter(adapters.values()))
        chosen = [adapters.get(slot, spare) for slot in range(rows)]
        logits = self._forward(chosen, inputs, positions, visible)
        for slot, token in following.items():
            cache.tokens[slot].append(token)
        in_order = list(following) == list(range(rows))
        return logits[:, -1] if in_order else logits[list(following), -1]

    @property
    def _device(self) -> torch.device:
        device: torch.device = self._model.device
        return device

    def _long(self, values: Any) -> Tensor:
        return torch.tensor(values, dtype=torch.long, device=self._device)

    def _forward(
        self,
        adapters: Sequence[Adapter | None],
        inputs: Tensor,
        positions: Tensor,
        visible: Tensor,
    ) -> Tensor:
        # A mask with four dimensions is used as it is; transformers would otherwise ask the cache for one length.
        dtype = self._model.dtype
        mask = torch.zeros(visible.shape, dtype=dtype, device=self._device)
        mask.masked_fill_(~visible, torch.finfo(dtype).min)
        self._adapted.choose(adapters)
        output = self._model(
            input_ids=inputs,
            attention_mask=mask[:, None],
            position_ids=positions,
            past_key_values=self._cache,
            use_cache=True,
            logits_to_keep=1,
        )
        logits: Tensor = output.logits
        return logits
