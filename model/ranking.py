"""Which of the drafts that pass is best: how near it is to the brief, what it adds, and what the soft checks say."""

import math
import re
from collections.abc import Sequence
from typing import Protocol

from model.brief import Brief
from model.keeping import share
from model.revision import keeps
from model.words import stem, stems, words

WEIGHTS = {
    "language": 3.0,
    "product": 2.0,
    "keeps the draft": 2.0,
    "as asked": 2.0,
    "spelling": 2.0,
    "claims": 1.5,
    "opt-out": 1.0,
    "call to action": 0.5,
}
OTHER_WEIGHT = 0.4
# Chosen on 400 drafts that were read one by one: bench/results/sense.md, which also says what was left out.
NEAR_WEIGHT = 4.0
ADDED_WEIGHT = 0.9
COVERAGE_WEIGHT = 2.0
KEPT_WEIGHT = 4.0
"""A version that keeps what a draft says is to be as near to the draft as to the brief."""
KEPT_WORDS_WEIGHT = 2.0
NARRATOR_WEIGHT = 0.7
CHECKS_WEIGHT = 0.5
_NARRATOR = re.compile(r"\bI\b(?!\.)|\b(?:my|me|myself)\b")
_PERSONAL = re.compile(r"\b(?:I|my|me|first[ -]person|CEO|founder|personal)\b", re.IGNORECASE)
_SHORTEST = 4
_LABEL = re.compile(r"(?m)^[A-Z][a-z]+(?: [a-z]+)?:\s")
# Words that any copy needs, whatever it is about.
_PLAIN = frozenset(
    words(
        "a an the and or but so for of to in on at by with from as is are was were be been it's it its you your you're "
        "you'll we our we're we'll they they're their them this that there here i my me us if when what who how not "
        "no don't can't won't isn't doesn't can will would could should have has had do does did get got go come one "
        "out up more most just now new too also than then all any some every about into over after before until"
    )
)


TASTE_WEIGHT = 4.0
"""What one log-odds of being liked is worth; chosen on simulated teams (bench/results/learning.md)."""


class Verdict(Protocol):
    """What ranking needs to know of a check."""

    @property
    def name(self) -> str:
        """The check's name."""
        ...

    @property
    def ok(self) -> bool:
        """Whether it passes."""
        ...

    @property
    def hard(self) -> bool:
        """Whether failing it drops a draft."""
        ...


def score(
    text: str, brief: Brief, checks: Sequence[Verdict], near: float | None = None, kept: float | None = None
) -> float:
    """Score a draft; only comparable between drafts of one brief, and with `near` for all of them or for none.

    `near` is the product of the draft's vector with the brief's, and `kept` that with the vector of the old draft which
    a new version keeps. Without them the shares of the brief's and of the old draft's words decide.
    """
    lost = sum(WEIGHTS.get(one.name, OTHER_WEIGHT) for one in checks if not one.hard and not one.ok)
    explained = COVERAGE_WEIGHT * coverage(text, brief) if near is None else NEAR_WEIGHT * near
    doubtful = ADDED_WEIGHT * math.log1p(added(text, brief)) + NARRATOR_WEIGHT * narrates(text, brief)
    if keeps(brief):
        explained += KEPT_WORDS_WEIGHT * share(text, brief) if kept is None else KEPT_WEIGHT * kept
    return explained - doubtful - CHECKS_WEIGHT * lost


def liked(log_odds: float) -> float:
    """What being liked adds to a score."""
    return TASTE_WEIGHT * log_odds


def added(text: str, brief: Brief) -> int:
    """How many words of the copy neither the brief has nor any copy needs; each is a chance to be wrong.

    The words of a draft that a new version keeps are no addition.

    >>> added("Fresh bread from a warm oven", Brief("bakery, fresh bread"))
    2
    """
    said = (brief.request, brief.tone, brief.instruction, *brief.must_say, *brief.known)
    given = set(stems(" ".join((*said, brief.rejected) if keeps(brief) else said)))
    return sum(word not in _PLAIN and stem(word) not in given for word in words(_LABEL.sub("", text)))


def narrates(text: str, brief: Brief) -> bool:
    """Whether the copy tells of an "I" that the brief doesn't know; brands say "we"."""
    return bool(_NARRATOR.search(text)) and not _PERSONAL.search(f"{brief.product} {brief.tone} {brief.instruction}")


def coverage(text: str, brief: Brief) -> float:
    """How many of the brief's longer words the copy uses, from 0 to 1."""
    asked = {word for word in stems(brief.product) if len(word) >= _SHORTEST}
    return len(asked & set(stems(text))) / len(asked) if asked else 0.0
