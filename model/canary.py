"""The canary: which briefs a candidate writes, and whether people's signals say that it should write them all."""

import hashlib
import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

SHARE = 0.4
"""The share of briefs that a candidate writes while it is on trial. It has passed the held-out gate, so that it is
likelier better than worse; from two fifths one learns nearly as much as from half, and from a fifth two thirds of it
(bench/gate.py)."""
DAYS = 14.0
LOOKS = (2.0, 4.0, 7.0, DAYS)
"""The days on which the odds may promote a candidate, fixed before any trial; on others they can only send it back."""
FEWEST = 20
"""The signals that each arm must have before a candidate is promoted by its odds; half as many before it goes."""
ALPHA = 0.05
"""The chance that the first trial against an incumbent promotes a candidate which is no better, by whatever way."""
MATCHED = 0.1
"""The part of that chance that matched pairs may take; the rest is for the looks."""
WORSE = 0.05
"""Below this probability of being better a candidate is rolled back."""
GRID = 4001

Action = Literal["promote", "go on", "roll back", "expire"]


@dataclass(frozen=True, slots=True)
class Arm:
    """How many signals liked what one adapter wrote, and how many didn't, as far as they count."""

    up: float
    down: float

    @property
    def number(self) -> float:
        """How many signals it has."""
        return self.up + self.down

    @property
    def liked(self) -> float:
        """The share that liked; 0 of none."""
        return self.up / self.number if self.number else 0.0


@dataclass(frozen=True, slots=True)
class Matched:
    """Pairs of one person's signals in one format, a draft of each arm, that differ: how many each arm won."""

    wins: int = 0
    losses: int = 0


@dataclass(frozen=True, slots=True)
class Decision:
    """What happens to the candidate, and why, in a sentence."""

    action: Action
    reason: str


def on_trial(brief: str, candidate: str, share: float = SHARE) -> bool:
    """Whether the candidate writes this brief: always the same answer, spread evenly over briefs' ids."""
    digest = hashlib.sha256(f"{candidate}\n{brief}".encode()).digest()
    return int.from_bytes(digest[:8], "big") < share * 2**64


def level(attempt: int) -> float:
    """The chance of a false promotion that the nth trial against one incumbent may take: ALPHA / n^2.

    A round every week is many trials; however many there are, their chances sum to less than ALPHA pi^2 / 6, 0.083.

    >>> level(1), level(2), sum(level(n) for n in range(1, 100_000)) < 0.083
    (0.05, 0.0125, True)
    """
    return ALPHA / attempt**2


def chance(days: float, attempt: int = 1) -> float:
    """What of level(attempt) the odds may take that many days into a trial; 0 where no look is due.

    What is taken up to a day grows with its cube (Kim & DeMets 1987), so that most is left for the last look, when
    most is known. Each look takes its own part, so the sum bounds the chance however alike the looks are. Looks are a
    day apart or more, and each is due for a day: so none is taken twice.

    >>> [round(chance(day), 4) for day in (1, 2, 3, 4, 7, 14)], chance(8.0)
    ([0.0, 0.0001, 0.0, 0.0009, 0.0046, 0.0394], 0.0)
    >>> round(sum(chance(day) for day in range(1, 15)) + MATCHED * level(1), 12) == ALPHA
    True
    """
    look = max((day for day in LOOKS if day <= days), default=0.0)
    if not look or (days >= look + 1 and look < DAYS):
        return 0.0
    before = max((day for day in LOOKS if day < look), default=0.0)
    return (1 - MATCHED) * level(attempt) * (look**3 - before**3) / DAYS**3


def e_value(wins: int, losses: int) -> float:
    """The evidence of matched pairs against "no better": 2^n w! l! / (n + 1)!, whatever the order they come in.

    It is a mixture of likelihood ratios over every chance of winning, so by Ville's inequality it exceeds 1/a with
    probability at most a, however often one looks.

    >>> e_value(8, 0) > 20 > e_value(7, 0)
    True
    """
    total = wins + losses
    log = total * math.log(2) + math.lgamma(wins + 1) + math.lgamma(losses + 1) - math.lgamma(total + 2)
    return math.exp(min(log, 700.0))


def better(incumbent: Arm, candidate: Arm) -> float:
    """The probability that more of what the candidate writes is liked, with a uniform prior for both.

    >>> round(better(Arm(0, 1), Arm(1, 0)), 3), better(Arm(5, 5), Arm(5, 5)) == 0.5
    (0.833, True)
    """
    shares = (np.arange(GRID) + 0.5) / GRID
    logs = [arm.up * np.log(shares) + arm.down * np.log1p(-shares) for arm in (incumbent, candidate)]
    low, high = (np.exp(one - one.max()) for one in logs)
    below = np.cumsum(low) - low / 2
    return round(float(high @ below / (high.sum() * low.sum())), 12)


def canary(
    incumbent: Arm,
    candidate: Arm,
    *,
    days: float,
    matched: Matched = Matched(),
    attempt: int = 1,
    names: tuple[str, str] = ("the incumbent", "the candidate"),
) -> Decision:
    """Decide a trial that has run for so many days; `attempt` counts the trials against this incumbent, from 1.

    Promoted by either of two: on the days of LOOKS by the odds, once both arms have FEWEST signals; on any day by the
    e-value of matched pairs. Together they promote one that is no better with the chance level(attempt) at most.
    To be called a day apart or more.
    """
    odds, evidence = better(incumbent, candidate), e_value(matched.wins, matched.losses)
    spent, enough = chance(days, attempt), 1 / (MATCHED * level(attempt))
    numbers = min(incumbent.number, candidate.number)
    won, lost = matched.wins > matched.losses, matched.wins < matched.losses
    told = f"After {days:.1f} days people {_told(candidate, incumbent, names)}: {names[1]} is better"
    told += f" with probability {odds:.4f}"
    if spent and numbers >= FEWEST and odds >= 1 - spent:
        return Decision("promote", f"{told}, and {1 - spent:.4f} is enough.")
    if won and evidence >= enough:
        pairs = f"it won {matched.wins} of {matched.wins + matched.losses} matched pairs"
        return Decision("promote", f"{told}; {pairs}, an e-value of {evidence:.0f}, and {enough:.0f} is enough.")
    if (numbers >= FEWEST / 2 and odds <= WORSE) or (lost and evidence >= 1 / (2 * WORSE)):
        return Decision("roll back", f"{told}, and it wins {matched.wins} of {_pairs(matched)}: it is worse.")
    if days >= DAYS:
        return Decision("expire", f"{told}; {DAYS:.0f} days were not enough to tell, so {names[0]} stays.")
    return Decision("go on", f"{told}; {_wanted(days, numbers, attempt)}.")


def _wanted(days: float, numbers: float, attempt: int) -> str:
    """What is missing for a promotion."""
    look = min(day for day in LOOKS if day > days)
    due = look if not chance(days, attempt) or numbers < FEWEST else days
    said = f"{1 - chance(due, attempt):.4f} "
    said += "is needed now" if due == days else f"is needed after {due:.0f} days"
    return f"{said}, from {FEWEST} judgements of each" if numbers < FEWEST else said


def _told(candidate: Arm, incumbent: Arm, names: tuple[str, str]) -> str:
    if not (candidate.number or incumbent.number):
        return f"have judged no draft by {names[1]} or {names[0]} yet"
    return f"{_liked(candidate, names[1])} and {_liked(incumbent, names[0])}"


def _liked(arm: Arm, name: str) -> str:
    if not arm.number:
        return f"have judged no draft by {name} yet"
    return f"liked drafts by {name} in {100 * arm.liked:.0f} % of {arm.number:.0f} judgements"


def _pairs(matched: Matched) -> str:
    return f"{matched.wins + matched.losses} matched pairs"
