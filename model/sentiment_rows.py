"""Texts to rows of tokens for a network: in windows, with an aspect or without, in batches of like length."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

OVERLAP = 16  # tokens at least that two windows share, so that no phrase is torn in both
WASTE = 16  # of so many tokens in a full batch, one may be padding; a forward of its own costs about as much


@dataclass(frozen=True, slots=True)
class Row:
    """What the network sees at once: tokens, their types, and whether an aspect is asked about.

    `heard` is what a lexicon hears in the text.
    """

    tokens: list[int]
    types: list[int]
    asks: bool
    heard: float = 0.0


@dataclass(frozen=True, slots=True)
class Frame:
    """What a tokenizer puts around a text, and between a text and an aspect."""

    around: tuple[list[int], list[int]]
    with_pair: tuple[list[int], list[int], list[int]]
    pair_type: int

    def room(self, length: int, aspect: Sequence[int] = ()) -> int:
        """How many tokens of a text go into a row of that length."""
        return length - (sum(map(len, self.with_pair)) + len(aspect) if aspect else sum(map(len, self.around)))

    def row(self, text: list[int], aspect: list[int] | None = None, heard: float = 0.0) -> Row:
        """The row of a text's tokens, and of an aspect's; about the text alone, with what a lexicon hears in it."""
        if not aspect:
            before, after = self.around
            tokens = before + text + after
            return Row(tokens, [0] * len(tokens), asks=False, heard=heard)
        before, between, after = self.with_pair
        first, second = before + text + between, aspect + after
        return Row(first + second, [0] * len(first) + [self.pair_type] * len(second), asks=True)


def frame_of(tokenizer: Any) -> Frame:
    """What a fast tokenizer adds, seen from what it makes of a letter and of a pair of letters."""
    one, pair = tokenizer.encode("a"), tokenizer.encode("a", "b")
    before, after = _outside(one, 0)
    start, rest = _outside(pair, 0)
    _, end = _outside(pair, 1)
    second = [at for at, sequence in enumerate(pair.sequence_ids) if sequence == 1]
    between = rest[: second[0] - (len(pair.ids) - len(rest))]
    return Frame((before, after), (start, between, end), pair.type_ids[second[0]])


def _outside(encoding: Any, sequence: int) -> tuple[list[int], list[int]]:
    inside = [at for at, one in enumerate(encoding.sequence_ids) if one == sequence]
    return list(encoding.ids[: inside[0]]), list(encoding.ids[inside[-1] + 1 :])


def windows(tokens: list[int], room: int) -> list[list[int]]:
    """A text's tokens in as few windows of equal length as hold them all, neighbours sharing OVERLAP or more.

    >>> [len(one) for one in windows(list(range(100)), 60)], len(windows([1, 2], 60))
    ([60, 60], 1)
    """
    if len(tokens) <= room:
        return [tokens]
    step = max(1, room - OVERLAP)
    steps = -(-(len(tokens) - room) // step)
    starts = [round(at * (len(tokens) - room) / steps) for at in range(steps + 1)]
    return [tokens[start : start + room] for start in starts]


def batches(rows: Sequence[Row], limit: int) -> Iterator[list[int]]:
    """The rows' numbers in batches of like length, the longest first: at most `limit` tokens, hardly any padding."""
    batch: list[int] = []
    longest = waste = 0
    for at in sorted(range(len(rows)), key=lambda at: -len(rows[at].tokens)):
        length = len(rows[at].tokens)
        if batch and (longest * (len(batch) + 1) > limit or waste + longest - length > limit // WASTE):
            yield batch
            batch, waste = [], 0
        longest = longest if batch else length
        waste += longest - length
        batch.append(at)
    if batch:
        yield batch
