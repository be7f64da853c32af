"""Which of the drafts that pass is best: what the soft checks say, and how much of the brief is in it."""

import re
from collections.abc import Sequence
from typing import Protocol

from model.brief import Brief
from model.words import shingles, stems

WEIGHTS = {"language": 3.0, "product": 2.0, "claims": 1.5, "opt-out": 1.0, "call to action": 0.5}
OTHER_WEIGHT = 0.4
COVERAGE_WEIGHT = 4.0
ECHO_WEIGHT = 0.5
NARRATOR_WEIGHT = 0.7
_NARRATOR = re.compile(r"\bI\b(?!\.)|\b(?:my|me|myself)\b")
_PERSONAL = re.compile(r"\b(?:I|my|me|first[ -]person|CEO|founder|personal)\b", re.IGNORECASE)
_SHORTEST = 4


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


def score(text: str, brief: Brief, checks: Sequence[Verdict]) -> float:
    """Score a draft; only comparable between drafts of one brief."""
    lost = sum(WEIGHTS.get(one.name, OTHER_WEIGHT) for one in checks if not one.hard and not one.ok)
    liked = COVERAGE_WEIGHT * coverage(text, brief) - ECHO_WEIGHT * echo(text, brief)
    return liked - NARRATOR_WEIGHT * narrates(text, brief) - lost


def narrates(text: str, brief: Brief) -> bool:
    """Whether the copy tells of an "I" that the brief doesn't know; brands say "we"."""
    return bool(_NARRATOR.search(text)) and not _PERSONAL.search(f"{brief.product} {brief.tone} {brief.instruction}")


def coverage(text: str, brief: Brief) -> float:
    """How many of the brief's longer words the copy uses, from 0 to 1."""
    asked = {word for word in stems(brief.product) if len(word) >= _SHORTEST}
    return len(asked & set(stems(text))) / len(asked) if asked else 0.0


def echo(text: str, brief: Brief) -> float:
    """How much of the copy is the brief's own wording, from 0 to 1: runs of four words in both."""
    runs = shingles(text, 4)
    return len(runs & shingles(brief.product, 4)) / len(runs) if runs else 0.0
