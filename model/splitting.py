"""Splits entries by time: the newest are held out to judge by, and nothing stands on both sides."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from model.ledger import Ledger
from model.merging import Entry
from model.near_duplicates import Nearby

HELD_OUT, HELD_AT_MOST = 0.25, 0.4
"""The share held out, the newest, and how much it may be where one label is rare among the newest. With a fifth of 300
votes the held-out gate misses a fifth of the candidates that are better by 25 points, with a quarter a seventh
(bench/gate.py)."""
HELD_OF_EACH = 10
"""How many of each label are held out where there are three times as many: fewer can't tell a better model by."""
SAME_TEXT = 0.7
SAME_BRIEF = 0.8
"""Texts, and briefs, that share so many of their pairs of words would tell a model what it is asked later."""

LEAKED = "the same draft, text or brief on the other side of the split"
_CUTS = 60


@dataclass(frozen=True, slots=True)
class Split:
    """What is learnt from and what is held out, oldest first, and how many stood on both sides and were removed."""

    train: tuple[Entry, ...]
    held: tuple[Entry, ...]
    leaks: int


def split(entries: Sequence[Entry], ledger: Ledger) -> Split:
    """Hold out the newest entries, and remove from one side what is alike on the other.

    Entries belong together that share a draft, a brief or nearly a text. Where such a group spans the cut, the smaller
    part of it is removed. Of the possible cuts the one is taken that holds out enough of both labels and loses least.
    """
    ordered = sorted(entries, key=lambda entry: (*entry.place, entry.text))
    groups = _groups(ordered)
    wanted = min(HELD_OF_EACH, *(sum(entry.label == label for entry in ordered) // 3 for label in (True, False)))
    tried = [_cut(ordered, groups, number) for number in _cuts(ordered)]
    if not tried:
        return Split(tuple(ordered), (), 0)

    def cost(one: tuple[list[Entry], list[Entry]]) -> tuple[int, int]:
        labels, least = Counter(entry.label for entry in one[1]), _least(ordered)
        lost = len(ordered) - len(one[0]) - len(one[1])
        return sum(max(0, wanted - labels[label]) for label in (True, False)), lost + abs(len(one[1]) - least)

    train, held = min(tried, key=cost)
    stays = {entry.place for entry in (*train, *held)}
    leaked = [entry for entry in ordered if entry.place not in stays]
    for entry in leaked:
        ledger.drop(entry.numbers, LEAKED)
    return Split(tuple(train), tuple(held), len(leaked))


def _cuts(ordered: Sequence[Entry]) -> list[int]:
    """The numbers of the signals from which on entries might be held out: a quarter of all, up to two fifths."""
    least = _least(ordered)
    more = HELD_AT_MOST / HELD_OUT - 1
    places = (len(ordered) - round(least * (1 + more * step / _CUTS)) for step in range(_CUTS + 1))
    return list(dict.fromkeys(ordered[place].place[0] for place in places if 0 < place < len(ordered)))


def _least(ordered: Sequence[Entry]) -> int:
    return ceil(HELD_OUT * len(ordered))


def _cut(ordered: Sequence[Entry], groups: Sequence[int], number: int) -> tuple[list[Entry], list[Entry]]:
    is_held = [entry.place[0] >= number for entry in ordered]
    sizes = Counter(zip(groups, is_held, strict=True))
    stays = [
        sizes[group, held] > sizes[group, not held] or (held and sizes[group, True] == sizes[group, False])
        for group, held in zip(groups, is_held, strict=True)
    ]
    rows = list(zip(ordered, is_held, stays, strict=True))
    return [one for one, held, stay in rows if stay and not held], [one for one, held, stay in rows if stay and held]


def _groups(entries: Sequence[Entry]) -> list[int]:
    """The group of each entry, as the number of one of its members."""
    leaders = list(range(len(entries)))

    def leader(member: int) -> int:
        while leaders[member] != member:
            leaders[member] = member = leaders[leaders[member]]
        return member

    texts, products = Nearby(SAME_TEXT), Nearby(SAME_BRIEF)
    first: dict[tuple[str, str], int] = {}
    briefs: list[int] = []
    for at, entry in enumerate(entries):
        alike = texts.like(entry.text)
        texts.put(entry.text)
        for brief in sorted(entry.briefs):
            alike += [briefs[number] for number in products.like(brief)]
            products.put(brief)
            briefs.append(at)
        marks = [("draft", draft) for draft in entry.drafts] + [("brief", brief) for brief in entry.briefs]
        alike += [first.setdefault(mark, at) for mark in marks]
        for other in alike:
            leaders[leader(other)] = leader(at)
    return [leader(at) for at in range(len(entries))]
