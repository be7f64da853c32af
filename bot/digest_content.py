"""What a digest tells of one week: gathered from the rows, and linked to where the drafts stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Protocol

from sqlite_utils import Database

from bot.approval import Approval, Change, change
from bot.weeks import Week
from storage import weeks
from storage.database import stamp
from storage.digests import SubscriptionRow
from storage.weeks import FormatVotes, LikedRow, Numbers

WEEKS_SHOWN = 8
BEST = 3
LOOKED_AT = 12
"""How many drafts are tried at most for the best ones: each costs a question to Slack."""


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
    """One week as a digest tells it; `history` ends with it, and begins where the workspace's own begins."""

    history: tuple[Past, ...]
    reasons: dict[str, int]
    formats: tuple[FormatVotes, ...]
    best: tuple[Best, ...]
    learned: Learned
    subscription: SubscriptionRow | None

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
        best=tuple(_best(weeks.liked(db, workspace, **span), channel, places)),
        learned=learned,
        subscription=subscription,
    )


def _history(db: Database, workspace: str, week: Week) -> tuple[Past, ...]:
    past = []
    for _ in range(WEEKS_SHOWN):
        past.append(Past(week, weeks.numbers(db, workspace, **_span(week))))
        week = week.before
    while len(past) > 1 and not past[-1].numbers.people:
        past.pop()
    return tuple(reversed(past))


def _best(liked: Sequence[LikedRow], channel: str, places: Places) -> list[Best]:
    """The drafts that are most surely liked, of those that the channel's readers may all see."""
    found: list[Best] = []
    ranked = sorted(liked, key=_rank, reverse=True)
    for row in [one for one in ranked if one.up > one.down][:LOOKED_AT]:
        if row.channel != channel and not places.is_open(row.channel):
            continue
        link = places.link(row.channel, row.ts)
        if link is not None:
            found.append(Best(row.text, row.format, row.up, row.down, row.uses, link))
        if len(found) == BEST:
            break
    return found


def _rank(row: LikedRow) -> tuple[float, int, str]:
    """The interval's lower end: five of five is surer than one of one. Among equals what was used, then the newer."""
    return Approval(row.up, row.down).interval[0], row.uses, row.ts


def _span(week: Week) -> dict[str, str]:
    return {"since": stamp(week.start.astimezone(UTC)), "until": stamp(week.end.astimezone(UTC))}
