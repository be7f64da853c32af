"""The books of a collection: which signals no longer teach, each with the reason, so that none is lost unseen."""

from collections import Counter
from collections.abc import Iterable, Set
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dropped:
    """How many signals were left out for one reason."""

    reason: str
    rows: int


class Ledger:
    """Keeps the last reason for which each signal, by its number, was left out of something."""

    def __init__(self, given: int) -> None:
        self._given = given
        self._reasons: dict[int, str] = {}

    def drop(self, numbers: Iterable[int], reason: str) -> None:
        """Note why signals are left out; one that still teaches through another text isn't counted in the end."""
        self._reasons.update(dict.fromkeys(numbers, reason))

    def dropped(self, used: Set[int]) -> tuple[Dropped, ...]:
        """The signals that are not used, by reason, the most frequent first."""
        counts = Counter(self._reasons[number] for number in range(self._given) if number not in used)
        return tuple(
            Dropped(reason, rows) for reason, rows in sorted(counts.items(), key=lambda one: (-one[1], one[0]))
        )
