"""Balances what a round learns from: recent before old, nobody more than their share, both labels, well mixed."""

import random
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from fractions import Fraction

from model.ledger import Ledger
from model.merging import Entry

LARGEST_SHARE = Fraction(3, 10)
"""What one person may be of a training set, so that no one's taste becomes the team's, and no one can poison it."""
HALF_LIFE = timedelta(days=180)
"""How long until a vote counts half, for seasons and campaigns change; a judgement, as no published figure is known."""
LEAST_WEIGHT = 1 / 8
"""What a vote counts at least, however old it is."""
WEIGHED_FROM = 100
"""Below so many examples each is learnt once, whatever its age: there are none to spare."""
MOST_COPIES = 2
"""How often one text may be learnt in an epoch, so that the newest few aren't learnt by heart."""
MOST_UNEQUAL = 10
"""How many times the rarer label the other may be: KTO was shown to bear the loss of nine in ten liked texts
(Ethayarajh and others 2024); beyond that a weight would make a handful of texts outvote all."""

OLD = "older, and left out by the sampling for recency"
TOO_MUCH_OF_ONE = "more than 30 % from one person"
TOO_FEW_PEOPLE = "from so few people that one would be more than 30 %"
TOO_UNEQUAL = "more than ten times as many as of the other label"


def balanced(train: Sequence[Entry], *, now: datetime, order: random.Random, ledger: Ledger) -> list[Entry]:
    """Choose what is learnt in one epoch, and in which order; a recent entry may be there twice.

    The caps hold for what is returned, repeats counted. They are applied in turn until both hold: each only takes away.
    """
    chosen = list(train)
    if len(train) >= WEIGHED_FROM:
        sides = ([entry for entry in train if entry.label == label] for label in (True, False))
        chosen = [entry for side in sides for entry in _sampled(side, now, order)]
    _note(train, chosen, OLD, ledger)
    left = -1
    while left != len(chosen):
        left = len(chosen)
        chosen = _within_share(chosen, ledger)
        chosen = _less_unequal(chosen, ledger)
    return _mixed(chosen, order)


def limit(counts: Sequence[int]) -> int:
    """How many each person may give at most: the largest number that is no more than 30 % of what all then give.

    0 when there is none, which is so for three people and fewer, whatever they give.

    >>> limit([40, 30, 20, 10]), limit([100, 100, 100, 1]), limit([5, 5, 5])
    (22, 3, 0)
    """
    allowed = (most for most in range(max(counts, default=0), 0, -1) if _holds(most, counts))
    return next(allowed, 0)


def _holds(most: int, counts: Sequence[int]) -> bool:
    return most <= LARGEST_SHARE * sum(min(count, most) for count in counts)


def _sampled(entries: Sequence[Entry], now: datetime, order: random.Random) -> list[Entry]:
    """As many draws as entries, each entry as often as its age lets it: systematic sampling, from the newest on.

    Entries of one age are all there once; otherwise a recent one may be there twice and an old one not at all.
    """
    weighed = [(entry, _weight(entry, now)) for entry in reversed(entries)]
    total = sum(weight for _, weight in weighed)
    reached, start, chosen = 0.0, order.uniform(0.25, 0.75), []
    for entry, weight in weighed:
        before = int(reached + start)
        reached += len(weighed) * weight / total
        chosen += [entry] * min(MOST_COPIES, int(reached + start) - before)
    return chosen[::-1]


def _within_share(chosen: Sequence[Entry], ledger: Ledger) -> list[Entry]:
    """Without the oldest of those who give more than their share."""
    counts = Counter(entry.user for entry in chosen)
    most = limit(list(counts.values()))
    kept, given = [], Counter[str]()
    for entry in sorted(chosen, key=_newest_first):
        given[entry.user] += 1
        if given[entry.user] <= most:
            kept.append(entry)
    _note(chosen, kept, TOO_MUCH_OF_ONE if most else TOO_FEW_PEOPLE, ledger)
    return kept[::-1]


def _less_unequal(chosen: Sequence[Entry], ledger: Ledger) -> list[Entry]:
    """Without the oldest of the label of which there are too many beside the other."""
    rarer = min(sum(entry.label == label for entry in chosen) for label in (True, False))
    if not rarer:
        return list(chosen)
    kept, given = [], Counter[bool]()
    for entry in sorted(chosen, key=_newest_first):
        given[entry.label] += 1
        if given[entry.label] <= MOST_UNEQUAL * rarer:
            kept.append(entry)
    _note(chosen, kept, TOO_UNEQUAL, ledger)
    return kept[::-1]


def _mixed(chosen: Sequence[Entry], order: random.Random) -> list[Entry]:
    """Shuffled, with the labels spread evenly, as trainers take the batches in this order; repeats lie far apart."""
    spread = []
    for label in (True, False):
        seen: Counter[Entry] = Counter()
        turns: tuple[list[Entry], ...] = tuple([] for _ in range(MOST_COPIES))
        for entry in chosen:
            if entry.label == label:
                turns[seen[entry]].append(entry)
                seen[entry] += 1
        for turn in turns:
            order.shuffle(turn)
        lined = [entry for turn in turns for entry in turn]
        spread += [((at + 0.5) / len(lined), label, entry) for at, entry in enumerate(lined)]
    return [entry for _, _, entry in sorted(spread, key=lambda one: one[:2])]


def _newest_first(entry: Entry) -> tuple[int, bool, str]:
    number, label = entry.place
    return -number, label, entry.text


def _weight(entry: Entry, now: datetime) -> float:
    age = max(timedelta(), now - datetime.fromisoformat(entry.at))
    return max(LEAST_WEIGHT, float(0.5 ** (age / HALF_LIFE)))


def _note(before: Sequence[Entry], after: Sequence[Entry], reason: str, ledger: Ledger) -> None:
    stays = set(after)
    for entry in before:
        if entry not in stays:
            ledger.drop(entry.numbers, reason)
