"""How much each person's say counts: nobody's more than thirty per cent where there are people enough for that."""

from collections import defaultdict
from collections.abc import Sequence

MOST = 0.3


def capped(users: Sequence[str], says: Sequence[float] | None = None) -> list[float]:
    """A weight per say, so that no person's weights exceed MOST of the sum; says count 1 each unless told otherwise.

    Three people or fewer can't all stay below MOST, so there nothing is taken off.

    >>> capped(["ana"] * 6 + ["ben", "eve", "kim", "lou"])[:1], capped(["ana", "ana", "ben"])
    ([0.2857142857142857], [1.0, 1.0, 1.0])
    """
    own = list(says) if says is not None else [1.0] * len(users)
    totals: dict[str, float] = defaultdict(float)
    for user, say in zip(users, own, strict=True):
        totals[user] += say
    ceiling = _ceiling(sorted(totals.values()))
    return [say * min(1.0, ceiling / totals[user]) for user, say in zip(users, own, strict=True)]


def _ceiling(totals: Sequence[float]) -> float:
    """The most that one person may count, given everyone's totals in ascending order."""
    if len(totals) * MOST <= 1 or totals[-1] <= MOST * sum(totals):
        return float("inf")
    ceiling = 0.0
    for held in range(1, int(1 / MOST) + 1):
        # Where so many people are held down to one ceiling, it is their share of what the others say.
        ceiling = sum(totals[:-held]) * MOST / (1 - held * MOST)
        if ceiling >= totals[-held - 1]:
            break
    return ceiling
