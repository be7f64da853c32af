"""Adds up readings as they come, in memory that doesn't grow with their number, and makes the summary of them."""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from bot.sentiment_drivers import Words
from bot.sentiment_quotes import Quotes
from bot.sentiment_rows import Row
from bot.sentiment_source import Source
from bot.sentiment_summary import AspectCounts, Counts, Group, Quote, Summary
from bot.sentiment_trend import trend
from model.sentiment import UNSURE, Feeling, Reading, Sentiment
from model.sentiment_reader import NO_ASPECTS

SKIPPED = "skipped"
UNDATED = "{rows} something in “{column}” that can't be read as a date."
MOST_GROUPS = 200
"""Groups; of a column with more of them, as one of numbers is, the later ones are one group."""
LONGEST_GROUP = 200
NO_GROUP, OTHER_GROUPS = "no group", "all later groups"
MOST_REASONS = 50
OTHER_REASONS = "Other reasons."

Tallied = Counter[str]


class Tally:
    """Rows and their readings, in order; `chance` draws the sample of which the typical comments are chosen."""

    def __init__(self, sentiment: Sentiment, source: Source, aspects: Sequence[str], chance: random.Random) -> None:
        self._sentiment, self._source = sentiment, source
        # Of a model that has no answer about aspects, nothing is said of them but that.
        self.aspects = tuple(aspects) if sentiment.answers_aspects else ()
        self._unanswered = len(aspects) > len(self.aspects)
        self.rows = self._undated = 0
        self._at = source.columns.index(source.date) if source.date else None
        self._all: Tallied = Counter()
        self._reasons: Counter[str] = Counter()
        self._on: dict[str, Tallied] = {aspect: Counter() for aspect in self.aspects}
        self._days: dict[date, Tallied] = {}
        self._groups: dict[str, tuple[Tallied, dict[str, Tallied]]] = {}
        self._words, self._quotes = Words(), Quotes(chance)

    def add(self, row: Row, reading: Reading) -> None:
        """Count a row."""
        self.rows += 1
        feeling = reading.feeling
        shown = SKIPPED if feeling is None else feeling.shown
        self._all[shown] += 1
        if feeling is None:
            self._skip(reading.skipped)
        if self._source.group:
            self._group(row.group)[0][shown] += 1
        if row.on is None and self._at is not None and row.cells[self._at].strip():
            self._undated += 1
        if row.on is not None:
            self._days.setdefault(row.on, Counter())[shown] += 1
        for line in reading.aspects:
            self._on.setdefault(line.aspect, Counter())[line.feeling.shown] += 1
            if self._source.group:
                self._group(row.group)[1].setdefault(line.aspect, Counter())[line.feeling.shown] += 1
        if feeling is not None and feeling.sure:
            self._quote(row, feeling)

    def summary(self) -> Summary:
        """What all of it says together."""
        found = Summary(
            name=self._source.name,
            model=self._sentiment.name,
            threshold=self._sentiment.threshold,
            counts=_counts(self._all),
            reasons=tuple(self._reasons.most_common()),
            notes=(*self._source.notes, *self._notes()),
            group_column=self._source.group,
        )
        return self._whole(found) if found.is_enough else found

    def _notes(self) -> Iterator[str]:
        if self._unanswered:
            yield NO_ASPECTS.format(self._sentiment.name)
        if self._undated:
            rows = "1 row has" if self._undated == 1 else f"{self._undated:,} rows have"
            yield UNDATED.format(rows=rows, column=self._source.date)

    def _whole(self, found: Summary) -> Summary:
        course, no_trend = trend({day: _counts(tallied) for day, tallied in self._days.items()})
        return replace(
            found,
            aspects=_lines(self._on),
            typical=self._quotes.typical(),
            extreme=self._quotes.extreme(),
            complaints=self._words.drivers("negative"),
            praise=self._words.drivers("positive"),
            trend=course,
            no_trend=no_trend if self._source.date else "",
            groups=self._by_size(),
        )

    def _skip(self, reason: str) -> None:
        known = reason in self._reasons or len(self._reasons) < MOST_REASONS
        self._reasons[reason if known else OTHER_REASONS] += 1

    def _group(self, name: str) -> tuple[Tallied, dict[str, Tallied]]:
        name = name[:LONGEST_GROUP] or NO_GROUP
        if name not in self._groups and len(self._groups) >= MOST_GROUPS:
            name = OTHER_GROUPS
        return self._groups.setdefault(name, (Counter(), {}))

    def _quote(self, row: Row, feeling: Feeling) -> None:
        self._words.add(row.text, feeling.label)
        text = " ".join(row.text.split())
        self._quotes.add(Quote(row.number, text, feeling.label, feeling.probability))

    def _by_size(self) -> tuple[Group, ...]:
        made = [Group(name, _counts(own), _lines(on)) for name, (own, on) in self._groups.items()]
        return tuple(sorted(made, key=lambda group: (-group.counts.total, group.name)))


def _lines(on: dict[str, Tallied]) -> tuple[AspectCounts, ...]:
    """The aspects, the most mentioned first: an order by feeling would be a ranking."""
    lines = (AspectCounts(aspect, _counts(tallied)) for aspect, tallied in on.items())
    return tuple(sorted(lines, key=lambda line: -line.mentions))


def _counts(tallied: Tallied) -> Counts:
    return Counts(tallied["negative"], tallied["neutral"], tallied["positive"], tallied[UNSURE], tallied[SKIPPED])
