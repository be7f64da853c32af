"""Choosing drafts that are different ideas: the best of those that are not near one chosen before."""

from collections.abc import Sequence

from model.embedding import Vector, nearness
from model.words import overlap

Idea = Vector | str

# Read off pairs of drafts for one brief: bench/results/sense.md has the figures.
NEAR_VECTORS = 0.92
NEAR_WORDS = 0.5


def distinct(scores: Sequence[float], ideas: Sequence[Idea], wanted: int, *, earlier: Sequence[Idea] = ()) -> list[int]:
    """The places of the `wanted` best, best first; one near a better or an `earlier` one comes after all that aren't.

    An idea is the draft's vector, or its text where there is no encoder; all are of one kind. Where too few differ,
    the list is filled up with the best of the rest, so that it is as long as it can be.

    >>> distinct([3, 2, 1], ["Come in for tea", "Come in for tea today", "Pears are back"], 2)
    [0, 2]
    """
    ranked = sorted(range(len(scores)), key=lambda at: -scores[at])
    chosen: list[int] = []
    for at in ranked:
        if len(chosen) < wanted and not any(near(ideas[at], one) for one in (*earlier, *(ideas[i] for i in chosen))):
            chosen.append(at)
    rest = [at for at in ranked if at not in chosen]
    return (chosen + rest)[:wanted]


def near(one: Idea, other: Idea) -> bool:
    """Whether two drafts say the same: by their vectors, or by the pairs of words they share."""
    if isinstance(one, str) or isinstance(other, str):
        return overlap(str(one), str(other)) >= NEAR_WORDS
    return nearness(one, other) >= NEAR_VECTORS
