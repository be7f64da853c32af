"""Layers that read the same input, multiplied in one product of which each takes its columns."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from model.half_weights import HalfWeights, half

FAMILIES = (("q_proj", "k_proj", "v_proj"), ("gate_proj", "up_proj"))
"""How transformers names layers of one input, in the order in which a model asks for them."""

Matrix = tuple[Tensor, Tensor | None]
"""A layer's weight, (out, in), and its bias."""


class Wide:
    """The packed weights of a family, and the product with the last input until every member has taken its columns.

    A model asks its layers one by one. On two cores the products of a decoder's block take a fifth less as four wide
    ones than as seven, at 4 to 16 rows. A member that is asked with another input than the one before it gets a product
    of its own, so that what comes out is right whatever the model does between.
    """

    def __init__(self, packed: HalfWeights, members: int) -> None:
        self._packed, self._members = packed, members
        self._input: Tensor | None = None
        self._product: Tensor | None = None
        self._taken: set[int] = set()

    def take(self, start: int, stop: int, input: Tensor) -> Tensor:  # noqa: A002 (torch's own name)
        """The product's columns from `start` to `stop`, which are a member's, as float32."""
        product = self._product
        if product is None or input is not self._input:
            self._input, self._taken = input, set()
            product = self._product = self.times(input)
        self._taken.add(start)
        if len(self._taken) == self._members:  # nobody else will ask: let go of what may be a long prompt's
            self._input, self._product = None, None
        return product[..., start:stop]

    def times(self, input: Tensor) -> Tensor:  # noqa: A002
        """What all members make of an input, side by side."""
        return self._packed.times(input)

    @property
    def bias(self) -> Tensor | None:
        """The biases of all members, one after the other."""
        return self._packed.bias

    def unpacked(self) -> Matrix:
        """The weights of all members, one under the other."""
        return self._packed.unpacked()


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """One layer's part of a wide product."""

    wide: Wide
    start: int
    stop: int

    def times(self, input: Tensor) -> Tensor:  # noqa: A002
        """Multiply; input as output in float32."""
        return self.wide.take(self.start, self.stop, input)

    def rounded(self, input: Tensor) -> Tensor:  # noqa: A002
        """Multiply; a member's columns are float32."""
        return self.times(input)

    @property
    def bias(self) -> Tensor | None:
        """The layer's own part of the biases."""
        return None if self.wide.bias is None else self.wide.bias[self.start : self.stop]

    def unpacked(self) -> Matrix:
        """The weight and the bias, as they are held."""
        return self.wide.unpacked()[0][self.start : self.stop], self.bias


def families(paths: Collection[str]) -> list[tuple[str, ...]]:
    """Group layers' paths: those of one input together, in the order of FAMILIES, and every other one alone."""
    found, left = [], dict.fromkeys(paths)
    for path in paths:
        parent, _, name = path.rpartition(".")
        family = next((names for names in FAMILIES if name in names), (name,))
        whole = tuple(f"{parent}.{one}" if parent else one for one in family)
        group = whole if all(one in left for one in whole) else (path,) if path in left else ()
        found += [group] if group else []
        for one in group:
            del left[one]
    return found


def pack_together(path: str, matrices: Sequence[Matrix]) -> list[HalfWeights]:
    """Pack the layers of a family, of which `path` is one, in the order of their matrices.

    They are packed apart where they can't be one: of other widths, or with a bias here and none there.
    """
    widths, biased = {weight.shape[1] for weight, _ in matrices}, {bias is not None for _, bias in matrices}
    if len(matrices) == 1 or len(widths) > 1 or len(biased) > 1:
        return [half(path, weight, bias) for weight, bias in matrices]
    biases = [bias for _, bias in matrices if bias is not None]
    wide = Wide(
        half(path, torch.cat([one for one, _ in matrices]), torch.cat(biases) if biases else None), len(matrices)
    )
    ends = torch.tensor([len(weight) for weight, _ in matrices]).cumsum(0).tolist()
    return [Columns(wide, start, end) for start, end in zip([0, *ends], ends, strict=False)]
