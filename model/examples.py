"""Training examples: a team's signals made into lessons, redacted, split by time and balanced, with a report."""

import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TypedDict

from model import data_quality
from model.balancing import balanced
from model.brief import Brief
from model.data_quality import Counted, Report, Tally, by_size
from model.generation import Message
from model.ledger import Dropped, Ledger
from model.lessons import Lesson, Source, from_jsonl, to_jsonl
from model.merging import Entry, merge
from model.opinions import Opinion, opinions
from model.personal_data import Kind
from model.redaction import redact_brief
from model.signals import Signal
from model.splitting import Split, split

__all__ = [
    "Collected",
    "Dropped",
    "Lesson",
    "Lessons",
    "Report",
    "collect",
    "from_jsonl",
    "to_jsonl",
]

NO_TIME = "a time that can't be read"

Prompt = Callable[[Brief], tuple[Message, ...]]


@dataclass(frozen=True, slots=True)
class Picked:
    """A text that becomes a lesson once it is known how the model is asked; `brief` has stand-ins for personal data.

    The other fields are those of `model/lessons.py`.
    """

    brief: Brief
    text: str
    label: bool
    user: str
    at: str
    draft: str
    source: Source

    def lesson(self, chat: tuple[Message, ...]) -> Lesson:
        """The lesson, with the chat that asks for the text."""
        return Lesson(chat, self.text, self.label, self.user, self.at, self.draft, self.brief.format, self.source)


@dataclass(frozen=True, slots=True)
class Lessons:
    """What is learnt, in the order to learn it in, and what is judged by, oldest first."""

    train: tuple[Lesson, ...]
    held: tuple[Lesson, ...]


@dataclass(frozen=True, slots=True)
class Collected:
    """What a round learns from, in the order to learn it in, what it is judged by, oldest first, and the report.

    A recent text may be in `train` twice.
    """

    train: tuple[Picked, ...]
    held: tuple[Picked, ...]
    report: Report

    def lessons(self, prompt: Prompt) -> Lessons:
        """The lessons; `prompt` makes the chat that asks for a brief's copy."""
        chats = {one.brief: prompt(one.brief) for one in (*self.train, *self.held)}
        train, held = (tuple(one.lesson(chats[one.brief]) for one in side) for side in (self.train, self.held))
        return Lessons(train, held)


def collect(signals: Sequence[Signal], *, now: datetime, seed: int) -> Collected:
    """Choose what signals teach, the same for the same signals in any order, time and seed.

    Where `report.missing` isn't empty, nothing should be trained.
    """
    ledger = Ledger(len(signals))
    ordered = _ordered(signals, ledger)
    clean, found = _redacted(opinions(ordered, ledger))
    entries = merge(clean, ledger)
    parts = split(entries, ledger)
    train = balanced(parts.train, now=now, order=random.Random(seed), ledger=ledger)
    names = _pseudonyms(ordered)

    def picked(entry: Entry) -> Picked:
        person = names[entry.user]
        return Picked(entry.brief, entry.text, entry.label, person, entry.at, entry.draft, entry.source)

    report = _report(ordered, entries, parts, train, ledger, names, found)
    return Collected(tuple(map(picked, train)), tuple(map(picked, parts.held)), report)


def _ordered(signals: Sequence[Signal], ledger: Ledger) -> list[Signal]:
    """The signals in the order of time, their stamps in UTC; those whose stamp can't be read are left out."""
    timed = [(at, one) for one in signals if (at := _instant(one.at))]
    ledger.drop(range(len(timed), len(signals)), NO_TIME)
    ordered = sorted(timed, key=lambda pair: (pair[0], repr(pair[1])))
    return [replace(one, at=at.isoformat(timespec="microseconds")) for at, one in ordered]


def _instant(stamp: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(stamp)
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _redacted(given: Iterable[Opinion]) -> tuple[list[Opinion], frozenset[tuple[Kind, str]]]:
    """The opinions with stand-ins for personal data, and what was replaced."""
    clean: list[Opinion] = []
    found: frozenset[tuple[Kind, str]] = frozenset()
    for one in given:
        brief, (text,), there = redact_brief(one.signal.brief, one.text)
        clean.append(replace(one, signal=replace(one.signal, brief=brief), text=text))
        found |= there
    return clean, found


def _pseudonyms(ordered: Iterable[Signal]) -> Mapping[str, str]:
    """A name for each person that says nothing of them, numbered by who spoke first."""
    people = dict.fromkeys(one.user for one in ordered)
    return {user: f"person {number}" for number, user in enumerate(people, 1)}


def _report(
    ordered: Sequence[Signal],
    entries: Sequence[Entry],
    parts: Split,
    train: Sequence[Entry],
    ledger: Ledger,
    names: Mapping[str, str],
    found: frozenset[tuple[Kind, str]],
) -> Report:
    used = frozenset(number for entry in (*train, *parts.held) for number in entry.numbers)
    dropped = ledger.dropped(used)
    given = len(used) + sum(one.rows for one in dropped)
    return Report(
        given=given,
        used=len(used),
        edits=sum(entry.source == "edit" and entry.label for entry in entries),
        merged=sum(len(entry.numbers) for entry in entries) - len(entries),
        dropped=dropped,
        leaks=parts.leaks,
        **_labels(entries, parts, train),
        **_spread(ordered, entries, train, names),
        redactions=_redactions(found),
        missing=_missing(entries, train, parts, given),
    )


def _redactions(found: frozenset[tuple[Kind, str]]) -> tuple[Counted, ...]:
    return tuple(Counted(kind, number) for kind, number in Counter(kind for kind, _ in sorted(found)).items())


def _missing(entries: Sequence[Entry], train: Sequence[Entry], parts: Split, given: int) -> str:
    labels = _by_label(entries)
    return data_quality.missing(
        given=given,
        signals=len(frozenset(number for entry in entries for number in entry.numbers)),
        up=labels[True],
        down=labels[False],
        people=len({entry.user for entry in entries}),
        learnt=_by_label(set(train)),
        held=len(parts.held),
    )


class _Labels(TypedDict):
    up: int
    down: int
    votes_up: int
    votes_down: int
    train_up: int
    train_down: int
    held_up: int
    held_down: int


def _labels(entries: Sequence[Entry], parts: Split, train: Sequence[Entry]) -> _Labels:
    """How many of each label there are, in all, as votes that teach or judge, to learn and to judge by."""
    labels, learnt, held = _by_label(entries), _by_label(train), _by_label(parts.held)
    votes = Counter(entry.label for entry in {*train, *parts.held} for _ in entry.numbers)
    return {
        "up": labels[True],
        "down": labels[False],
        "votes_up": votes[True],
        "votes_down": votes[False],
        "train_up": learnt[True],
        "train_down": learnt[False],
        "held_up": held[True],
        "held_down": held[False],
    }


class _Spread(TypedDict):
    formats: tuple[Tally, ...]
    people: tuple[Tally, ...]
    largest_share: float
    first: str
    last: str


def _spread(
    ordered: Sequence[Signal], entries: Sequence[Entry], train: Sequence[Entry], names: Mapping[str, str]
) -> _Spread:
    """Over which formats, people and time they are spread."""
    shares = Counter(entry.user for entry in train)
    return {
        "formats": _tallies((entry.brief.format, entry.label) for entry in entries),
        "people": _tallies((names[entry.user], entry.label) for entry in entries),
        "largest_share": max(shares.values(), default=0) / max(1, len(train)),
        "first": ordered[0].at if ordered else "",
        "last": ordered[-1].at if ordered else "",
    }


def _by_label(entries: Iterable[Entry]) -> Mapping[bool, int]:
    counts = Counter(entry.label for entry in entries)
    return {label: counts[label] for label in (True, False)}


def _tallies(rows: Iterable[tuple[str, bool]]) -> tuple[Tally, ...]:
    counts = Counter(rows)
    return by_size([Tally(name, counts[name, True], counts[name, False]) for name in {name for name, _ in counts}])
