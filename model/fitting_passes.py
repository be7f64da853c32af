"""A block of lessons in passes: so few tokens at once go through the model that their activations have room."""

from collections.abc import Mapping
from itertools import pairwise

import torch
from torch import Tensor

Batch = dict[str, Tensor]
SIDES = ("", "KL_")


def passes(batch: Mapping[str, Tensor], most: int) -> list[Batch]:
    """Rows of like length, in passes of at most so many tokens with their padding, or of a single row.

    `batch` is as TRL's collator makes it: `(rows, width)` or `(rows,)`; the padding is cut to each pass's longest row.
    """
    lengths = batch["attention_mask"].sum(1)
    order = torch.argsort(lengths, stable=True)
    ends = [0]
    for place, length in enumerate(lengths[order].tolist(), 1):
        if (place - ends[-1]) * length > most and place - 1 > ends[-1]:
            ends.append(place - 1)
    return [_cut(batch, order[start:end]) for start, end in pairwise([*ends, len(order)])]


def _cut(batch: Mapping[str, Tensor], rows: Tensor) -> Batch:
    """Some of a batch's rows, without the columns in which all of them are padded."""
    part = {name: one[rows] for name, one in batch.items()}
    for side in SIDES:
        if f"{side}attention_mask" in part:
            width = int(part[f"{side}attention_mask"].sum(1).max())
            for name in ("input_ids", "attention_mask", "completion_mask"):
                part[f"{side}{name}"] = part[f"{side}{name}"][:, :width]
    return part
