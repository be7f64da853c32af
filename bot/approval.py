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
        return wilson(self.up, self.votes)


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


def wilson(hits: int, number: int, z: float = Z) -> tuple[float, float]:
    """Wilson's interval for the share of hits among a number, which holds 0 to 1 when that is 0; 95 % by default."""
    if not number:
        return 0.0, 1.0
    square, misses = z * z, number - hits
    middle = (hits + square / 2) / (number + square)
    half = z * sqrt(hits * misses / number + square / 4) / (number + square)
    # Exactly so, where rounding would leave a crumb.
    return (middle - half if hits else 0.0), (middle + half if misses else 1.0)


def change(now: Approval, before: Approval) -> Change | None:
    """The change of approval; None when either has no votes.

    The interval is Newcombe's tenth method (Statistics in Medicine 17, 1998), built from the two Wilson intervals.
    """
    return newcombe((now.up, now.votes), (before.up, before.votes))


def newcombe(one: tuple[int, int], other: tuple[int, int], z: float = Z) -> Change | None:
    """By how much one share, as hits among a number, exceeds another; None when either number is 0."""
    if not one[1] or not other[1]:
        return None
    share, share_other = one[0] / one[1], other[0] / other[1]
    (low, high), (low_other, high_other) = wilson(*one, z), wilson(*other, z)
    difference = share - share_other
    return Change(
        difference,
        difference - sqrt((share - low) ** 2 + (high_other - share_other) ** 2),
        difference + sqrt((high - share) ** 2 + (share_other - low_other) ** 2),
    )
