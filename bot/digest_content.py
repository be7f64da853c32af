"""What a digest tells of one week: gathered from the rows, and linked to where the drafts stand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC
from itertools import islice
from typing import Protocol

from bot.approval import Approval, Change, change
from bot.weeks import Week
from storage import weeks
from storage.database import stamp
from storage.digests import SubscriptionRow
from storage.sqlite import Database
from storage.weeks import FormatVotes, JudgedRow, Numbers

WEEKS_SHOWN = 8
BEST = 3
LOOKED_AT = 12
"""How many drafts are tried at most for the best ones: each costs a question to Slack."""
OTHER = "something else"
"""The reason that people explain in their own words."""
MOST_WORDS = 3


@dataclass(frozen=True, slots=True)
class Sentiment:
    """How many comments of customers were read this week, by label, and what they were about in a few phrases."""

    positive: int
    neutral: int
    negative: int
    unsure: int = 0
    topics: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Learned:
    """What other parts of the desk know: beliefs about the team's taste, the last round's verdict, sentiment."""

    beliefs: Sequence[str] = ()
    verdict: str = ""
    sentiment: Sentiment | None = None


@dataclass(frozen=True, slots=True)
class Best:
    """A draft that people liked, and a link to its message; without one it was not looked for."""

    text: str
    format: str
    up: int
    down: int
    uses: int
    link: str


@dataclass(frozen=True, slots=True)
class Worst:
    """The draft that people liked least, how often they said why, and a link to its message."""

    text: str
    format: str
    up: int
    down: int
    reasons: dict[str, int]
    link: str


@dataclass(frozen=True, slots=True)
class Past:
    """One week of the history."""

    week: Week
    numbers: Numbers

    @property
    def approval(self) -> Approval:
        """Its votes."""
        return Approval(self.numbers.up, self.numbers.down)


@dataclass(frozen=True, slots=True)
class Digest:
    """One week as a digest tells it; `history` ends with it, and begins where the workspace's own begins.

    `words` are what people wrote who had another reason for a 👎 than those that the form names.
    """

    history: tuple[Past, ...]
    reasons: dict[str, int]
    formats: tuple[FormatVotes, ...]
    best: tuple[Best, ...]
    learned: Learned
    subscription: SubscriptionRow | None
    worst: Worst | None = None
    words: tuple[str, ...] = ()

    @property
    def week(self) -> Week:
        """The week itself."""
        return self.history[-1].week

    @property
    def numbers(self) -> Numbers:
        """What it held."""
        return self.history[-1].numbers

    @property
    def approval(self) -> Approval:
        """Its votes."""
        return self.history[-1].approval

    @property
    def change(self) -> Change | None:
        """How approval changed against the week before; None when either week had no votes."""
        return change(self.approval, self.history[-2].approval) if len(self.history) > 1 else None

    @property
    def is_quiet(self) -> bool:
        """Whether nobody did anything."""
        return not (self.numbers.drafts or self.numbers.people)


class Places(Protocol):
    """Where drafts stand in Slack."""

    def is_open(self, channel: str, /) -> bool:
        """Whether everybody in the workspace may read a channel; False when that is not known."""
        ...

    def link(self, channel: str, ts: str, /) -> str | None:
        """A link to a message; None when it is gone."""
        ...


def gather(
    db: Database,
    workspace: str,
    channel: str,
    week: Week,
    *,
    places: Places,
    learned: Learned,
    subscription: SubscriptionRow | None = None,
) -> Digest:
    """The digest of one week for one channel."""
    span = _span(week)
    return Digest(
        history=_history(db, workspace, week),
        reasons=weeks.reasons(db, workspace, **span),
        formats=tuple(weeks.formats(db, workspace, **span)),
        best=tuple(_best(weeks.judged(db, workspace, value=1, **span), channel, places)),
        learned=learned,
        subscription=subscription,
        worst=_worst(db, weeks.judged(db, workspace, value=-1, **span), channel, places),
        words=tuple(_words(weeks.words(db, workspace, reason=OTHER, **span), channel, places)),
    )


def _history(db: Database, workspace: str, week: Week) -> tuple[Past, ...]:
    past = []
    for _ in range(WEEKS_SHOWN):
        past.append(Past(week, weeks.numbers(db, workspace, **_span(week))))
        week = week.before
    while len(past) > 1 and not past[-1].numbers.people:
        past.pop()
    return tuple(reversed(past))


def _best(liked: Sequence[JudgedRow], channel: str, places: Places) -> list[Best]:
    """The drafts that are most surely liked."""
    ranked = [row for row in sorted(liked, key=_rank, reverse=True) if row.up > row.down]
    shown = islice(_linked(ranked, channel, places), BEST)
    return [Best(row.text, row.format, row.up, row.down, row.uses, link) for row, link in shown]


def _worst(db: Database, disliked: Sequence[JudgedRow], channel: str, places: Places) -> Worst | None:
    """The draft that is most surely not liked."""
    ranked = [row for row in sorted(disliked, key=_rank_against, reverse=True) if row.down > row.up]
    for row, link in _linked(ranked, channel, places):
        return Worst(row.text, row.format, row.up, row.down, weeks.reasons_of(db, row.draft), link)
    return None


def _linked(rows: Sequence[JudgedRow], channel: str, places: Places) -> Iterator[tuple[JudgedRow, str]]:
    """Drafts that the channel's readers may all see, each with a link to where it still stands."""
    for row in rows[:LOOKED_AT]:
        link = places.link(row.channel, row.ts) if row.channel == channel or places.is_open(row.channel) else None
        if link is not None:
            yield row, link


def _words(given: Sequence[tuple[str, str]], channel: str, places: Places) -> Iterator[str]:
    """What people wrote of drafts that the channel's readers may all see, each only once."""
    seen = [words for where, words in given[:LOOKED_AT] if where == channel or places.is_open(where)]
    return islice(dict.fromkeys(seen), MOST_WORDS)


def _rank_against(row: JudgedRow) -> tuple[float, str]:
    return Approval(row.down, row.up).interval[0], row.ts


def _rank(row: JudgedRow) -> tuple[float, int, str]:
    """The interval's lower end: five of five is surer than one of one. Among equals what was used, then the newer."""
    return Approval(row.up, row.down).interval[0], row.uses, row.ts


def _span(week: Week) -> dict[str, str]:
    return {"since": stamp(week.start.astimezone(UTC)), "until": stamp(week.end.astimezone(UTC))}
