"""How much each person's say counts: nobody's more than thirty per cent where there are people enough for that."""

from collections import defaultdict
from collections.abc import Sequence
from math import ceil

MOST = 0.3
ENOUGH = ceil(1 / MOST)
"""How many people it takes that none of them need be above MOST."""


def capped(users: Sequence[str], says: Sequence[float] | None = None, *, whole: float = 0.0) -> list[float]:
    """A weight per say, so that no person's weights exceed MOST of the sum; says count 1 each unless told otherwise.

    Where there are fewer than ENOUGH people they can't all stay below MOST, and nothing is taken off. With `whole`,
    whoever has said less than that is as large a part of a person, and what one may be sinks from all to MOST while
    the last one needed comes to be a whole one: else the first say of a fourth would make all else next to nothing.

    >>> capped(["ana"] * 6 + ["ben", "eve", "kim", "lou"])[:1], capped(["ana", "ana", "ben"])
    ([0.28571428571428575], [1.0, 1.0, 1.0])
    >>> three = ["ana"] * 50 + ["ben"] * 50 + ["eve"] * 50
    >>> round(sum(capped([*three, "kim"]))), sum(capped([*three, "kim"], whole=10))
    (10, 151.0)
    """
    own = list(says) if says is not None else [1.0] * len(users)
    totals: dict[str, float] = defaultdict(float)
    for user, say in zip(users, own, strict=True):
        totals[user] += say
    people = sum(min(1.0, total / whole) if whole else 1.0 for total in totals.values())
    most = MOST + (1 - MOST) * min(1.0, max(0.0, ENOUGH - people))
    ceiling = _ceiling(sorted(totals.values()), most)
    return [say * min(1.0, ceiling / totals[user]) for user, say in zip(users, own, strict=True)]


def _ceiling(totals: Sequence[float], most: float) -> float:
    """The most that one person may count to be no more than `most`, given everyone's totals in ascending order."""
    if most >= 1 or totals[-1] <= most * sum(totals):
        return float("inf")
    ceiling = 0.0
    for held in range(1, ceil(1 / most)):
        # Where so many people are held down to one ceiling, it is their share of what the others say.
        ceiling = sum(totals[:-held]) * most / (1 - held * most)
        if ceiling >= totals[-held - 1]:
            break
    return ceiling
