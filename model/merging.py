"""Makes one entry of all opinions on one text: the majority's label, near-duplicates folded together."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from model.brief import Brief
from model.ledger import Ledger
from model.lessons import Source
from model.near_duplicates import Nearby
from model.opinions import Opinion
from model.words import words

FOLDED = 0.85
"""Texts of one format and label that share so many of their pairs of words teach the same thing."""

CHANGED_MIND = "the same person said otherwise later"
TIED = "as many people for the text as against it"
OUTVOTED = "outvoted on the same text"
_STRENGTH: tuple[Source, ...] = ("use", "vote", "edit")


@dataclass(frozen=True, slots=True)
class Entry:
    """One text with one label, and everything that stands behind it: the signals, people, drafts and briefs.

    `brief` and `at` are those of the newest signal, and `user` is the person in whose name it counts.
    """

    brief: Brief
    text: str
    label: bool
    source: Source
    at: str
    draft: str
    numbers: frozenset[int]
    people: frozenset[str]
    drafts: frozenset[str]
    briefs: frozenset[str]
    user: str = ""

    @property
    def place(self) -> tuple[int, bool]:
        """Where it stands in time; no two entries stand in the same place with the same label and text."""
        return max(self.numbers), self.label


def merge(opinions: Sequence[Opinion], ledger: Ledger) -> list[Entry]:
    """Make entries of opinions, oldest first, each in the name of one person; two people on one text are one entry.

    Each person has one voice on a text, their newest. The majority's label stands; where as many are for a text as
    against it, nobody's does.
    """
    on_text = defaultdict(list)
    for one in opinions:
        on_text[one.signal.brief.format, " ".join(one.text.split())].append(one)
    decided = (_decided(_newest_of_each(about, ledger), ledger) for about in on_text.values())
    entries = sorted((_entry(agreed) for agreed in decided if agreed), key=_order)
    return _named(_folded(entries))


def brief_key(brief: Brief) -> str:
    """What two briefs have in common that ask for the same thing, in whatever format."""
    return " ".join(words(brief.product)) or brief.product.strip()


def _order(entry: Entry) -> tuple[int, bool, str]:
    return *entry.place, entry.text


def _newest_of_each(about: Iterable[Opinion], ledger: Ledger) -> list[Opinion]:
    """Each person's opinions on a text that agree with their newest."""
    newest: dict[str, Opinion] = {}
    ordered = sorted(about, key=lambda one: (one.number, one.label))
    newest.update((one.signal.user, one) for one in ordered)
    agreeing = [one for one in ordered if one.label == newest[one.signal.user].label]
    ledger.drop((one.number for one in ordered if one not in agreeing), CHANGED_MIND)
    return agreeing


def _decided(about: Sequence[Opinion], ledger: Ledger) -> list[Opinion]:
    """The opinions of the majority."""
    sides = {label: {one.signal.user for one in about if one.label == label} for label in (True, False)}
    if len(sides[True]) == len(sides[False]):
        ledger.drop((one.number for one in about), TIED)
        return []
    label = len(sides[True]) > len(sides[False])
    ledger.drop((one.number for one in about if one.label != label), OUTVOTED)
    return [one for one in about if one.label == label]


def _entry(agreed: Sequence[Opinion]) -> Entry:
    newest = agreed[-1]
    return Entry(
        brief=newest.signal.brief,
        text=newest.text,
        label=newest.label,
        source=max((one.source for one in agreed), key=_STRENGTH.index),
        at=newest.signal.at,
        draft=newest.signal.draft,
        numbers=frozenset(one.number for one in agreed),
        people=frozenset(one.signal.user for one in agreed),
        drafts=frozenset(one.signal.draft for one in agreed),
        briefs=frozenset(brief_key(one.signal.brief) for one in agreed),
    )


def _folded(entries: Sequence[Entry]) -> list[Entry]:
    """The newest of each lot of near-duplicates, with what stands behind all of them."""
    near: defaultdict[tuple[str, bool], Nearby] = defaultdict(lambda: Nearby(FOLDED))
    kept: dict[tuple[str, bool], list[Entry]] = defaultdict(list)
    for entry in reversed(entries):
        group = entry.brief.format, entry.label
        if like := near[group].like(entry.text):
            kept[group][like[0]] = _with(kept[group][like[0]], entry)
        else:
            near[group].put(entry.text)
            kept[group].append(entry)
    return sorted((entry for group in kept.values() for entry in group), key=_order)


def _with(entry: Entry, older: Entry) -> Entry:
    return replace(
        entry,
        source=max(entry.source, older.source, key=_STRENGTH.index),
        numbers=entry.numbers | older.numbers,
        people=entry.people | older.people,
        drafts=entry.drafts | older.drafts,
        briefs=entry.briefs | older.briefs,
    )


def _named(entries: Iterable[Entry]) -> list[Entry]:
    """Each entry in the name of one of its people, whoever has the fewest so far.

    A text on which several agree is no one person's, and would have been learnt from any of them alone; so it counts
    where it strains nobody's share.
    """
    given: Counter[str] = Counter()
    named = []
    for entry in entries:
        user = min(entry.people, key=lambda person: (given[person], person))
        given[user] += 1
        named.append(replace(entry, user=user))
    return named
