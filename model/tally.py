"""From people's signals to the two arms of a trial, so that nobody and no brief counts too much."""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from model.canary import Arm, Matched
from model.signals import Signal
from model.voices import capped

ALIKE = 0.15
"""How alike the signals on drafts of one brief are taken to be, as an intraclass correlation: an assumption."""


@dataclass(frozen=True, slots=True)
class Tally:
    """The signals of a trial, counted."""

    incumbent: Arm
    candidate: Arm
    matched: Matched


def opinion(signal: Signal) -> int:
    """Whether a person liked a draft: 1, -1, or 0 for no word; who voted means the vote, who rewrote it did not."""
    if signal.value:
        return signal.value
    return -1 if signal.edited else int(signal.used)


def tally(incumbent: Iterable[Signal], candidate: Iterable[Signal]) -> Tally:
    """Count what people thought of the drafts that either wrote during the trial.

    One person counts once per draft, and nobody more than `voices.MOST`; signals on drafts of one brief are alike and
    count less each.
    """
    before, now = _once(incumbent), _once(candidate)
    return Tally(_arm(before), _arm(now), _matched(before, now))


def _once(signals: Iterable[Signal]) -> list[Signal]:
    newest = {(one.user, one.draft): one for one in sorted(signals, key=lambda one: one.at) if opinion(one)}
    return sorted(newest.values(), key=lambda one: one.at)


def _arm(signals: Sequence[Signal]) -> Arm:
    together = Counter(one.brief for one in signals)
    shares = [1 / (1 + ALIKE * (together[one.brief] - 1)) for one in signals]
    says = capped([one.user for one in signals], shares)
    up = sum(say for say, one in zip(says, signals, strict=True) if opinion(one) > 0)
    return Arm(up, sum(says) - up)


def _matched(before: Sequence[Signal], now: Sequence[Signal]) -> Matched:
    """Pair each person's word on a brief with their next on one of the other arm in the same format.

    A person has one word on a brief, the sum over its drafts: several would not be independent.
    """
    waiting: dict[tuple[str, str], tuple[deque[int], deque[int]]] = defaultdict(lambda: (deque(), deque()))
    wins = losses = 0
    for at, signal, word in _words(before, now):
        lines = waiting[(signal.user, signal.brief.format)]
        if not lines[1 - at]:
            lines[at].append(word)
            continue
        other = lines[1 - at].popleft()
        ahead = (word - other) if at else (other - word)
        wins, losses = wins + (ahead > 0), losses + (ahead < 0)
    return Matched(wins, losses)


def _words(before: Sequence[Signal], now: Sequence[Signal]) -> list[tuple[int, Signal, int]]:
    """Each person's word on each brief, 1 or -1, with the arm it is on, in the order that they were given."""
    sums: dict[tuple[int, str, object], int] = defaultdict(int)
    last: dict[tuple[int, str, object], Signal] = {}
    for at, one in chain(((0, one) for one in before), ((1, one) for one in now)):
        key = (at, one.user, one.brief)
        sums[key] += opinion(one)
        last[key] = one
    found = [(key[0], last[key], 1 if total > 0 else -1) for key, total in sums.items() if total]
    return sorted(found, key=lambda one: one[1].at)
