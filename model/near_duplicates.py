"""Finds texts that are nearly the same: those that share most of their pairs of words."""

from collections import Counter, defaultdict
from collections.abc import Set

from model.words import shingles

PAIR = 2


def likeness(one: Set[tuple[str, ...]], other: Set[tuple[str, ...]]) -> float:
    """The share of pairs of words in both among those in either (Jaccard's index), from 0 to 1."""
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared) if shared else 0.0


class Nearby:
    """An index of texts by their pairs of words, in which a text finds those like it without meeting all the others."""

    def __init__(self, least: float) -> None:
        self._least = least
        self._pairs: list[Set[tuple[str, ...]]] = []
        self._holders: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)

    def like(self, text: str) -> list[int]:
        """The numbers of the texts put in so far that are at least so alike, the most alike first."""
        pairs = shingles(text, PAIR)
        met = Counter(holder for pair in pairs for holder in self._holders.get(pair, ()))
        found = ((likeness(pairs, self._pairs[holder]), holder) for holder in met)
        return [holder for share, holder in sorted(found, key=lambda one: (-one[0], one[1])) if share >= self._least]

    def put(self, text: str) -> int:
        """Put a text in; returns its number, from 0."""
        pairs = shingles(text, PAIR)
        for pair in pairs:
            self._holders[pair].append(len(self._pairs))
        self._pairs.append(pairs)
        return len(self._pairs) - 1
