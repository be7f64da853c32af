"""How much of an old draft a new version still says, beyond what the brief says anyway."""

import math
from functools import lru_cache

from model.brief import Brief
from model.language import SMALL
from model.revision import keeps
from model.words import stem, words

_SMALL = SMALL["en"] | frozenset(
    words("all an and any as because been before after but can could did does had has he her his how if into its just")
    + words("more most no now only out over our should so some than their them then there they too up was were what")
    + words("when where which while who why would you'll you're don't it's we're we'll")
)
FEWEST = 4
"""Of a draft with fewer words of its own nothing can be told."""
ENOUGH = 1 / 3
"""The share of a draft's own words, or of the version's where it has fewer, that tells a change from other copy.

Of versions that a person would call the same message most keep half; what a model wrote without seeing the draft keeps
a word or two by chance.
"""
WRITTEN_IN = "en"
"""Endings are forgiven in English alone; of other languages nothing is said."""


def fault(text: str, brief: Brief) -> str:
    """Say when a version that should keep what the draft says has little of it left."""
    own = own_words(brief) if keeps(brief) and brief.language == WRITTEN_IN else frozenset()
    if len(own) < FEWEST:
        return ""
    there = _of_weight(text)
    left = len(own & there)
    needed = math.ceil(ENOUGH * min(len(own), len(there)))
    return "" if left >= needed else f"{left or 'none'} of the draft's own {len(own)} words {_are(left)} left"


def share(text: str, brief: Brief) -> float:
    """How much of the draft's own words a text has, from 0 to 1; 1 where the draft has none."""
    own = own_words(brief)
    return len(own & _of_weight(text)) / len(own) if own else 1.0


@lru_cache(maxsize=256)
def own_words(brief: Brief) -> frozenset[str]:
    """The stems that the draft has and the brief has not, without the words that any copy has."""
    said = (brief.request, brief.tone, *brief.must_say, *brief.must_not_say, *brief.known)
    return _of_weight(brief.rejected) - _of_weight(" ".join(said))


def _of_weight(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words(text) if word not in _SMALL and len(word) > 2)


def _are(number: int) -> str:
    return "is" if number <= 1 else "are"
