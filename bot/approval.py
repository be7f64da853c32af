"""The share of 👍 among votes, its interval, and whether a change is more than chance; pure."""

from dataclasses import dataclass
from math import sqrt

Z = 1.959963984540054
"""Both tails of the normal distribution outside this hold 5 %."""


@dataclass(frozen=True, slots=True)
class Approval:
    """Votes up and down. The interval takes votes as independent: with few people who vote much it is too narrow."""

    up: int
    down: int

    @property
    def votes(self) -> int:
        """How many votes there are."""
        return self.up + self.down

    @property
    def share(self) -> float:
        """The share of 👍, from 0 to 1; 0 when there are no votes."""
        return self.up / self.votes if self.votes else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval of Wilson (1927), which keeps inside 0 and 1 and holds for few votes, too.

        >>> low, high = Approval(8, 2).interval
        >>> round(low, 3), round(high, 3)
        (0.49, 0.943)
        """
        if not self.votes:
            return 0.0, 1.0
        n, square = self.votes, Z * Z
        middle = (self.up + square / 2) / (n + square)
        half = Z * sqrt(self.up * self.down / n + square / 4) / (n + square)
        # Exactly so, where rounding would leave a crumb.
        return (middle - half if self.up else 0.0), (middle + half if self.down else 1.0)


@dataclass(frozen=True, slots=True)
class Change:
    """By how much approval differs from before, from -1 to 1, with the 95 % interval of the difference."""

    difference: float
    low: float
    high: float

    @property
    def is_within_chance(self) -> bool:
        """Whether no difference at all is among what the votes allow."""
        return self.low <= 0.0 <= self.high


def change(now: Approval, before: Approval) -> Change | None:
    """The change of approval; None when either has no votes.

    The interval is Newcombe's tenth method (Statistics in Medicine 17, 1998), built from the two Wilson intervals.
    """
    if not now.votes or not before.votes:
        return None
    (low, high), (low_before, high_before) = now.interval, before.interval
    difference = now.share - before.share
    return Change(
        difference,
        difference - sqrt((now.share - low) ** 2 + (high_before - before.share) ** 2),
        difference + sqrt((high - now.share) ** 2 + (before.share - low_before) ** 2),
    )
