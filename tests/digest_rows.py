"""A desk with a week behind it, and a clock that a test sets, for tests of the digest."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.weeks import Week, ending
from storage import digests, drafts, votes
from storage.database import Storage, stamp
from storage.digests import SubscriptionRow
from storage.drafts import DraftRow
from tests.desk_rows import WORKSPACE, add_brief, add_draft

DUE = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Europe/London"))
"""A Monday."""
WEEK: Week = ending(DUE)
LAST_WEEK = DUE - timedelta(days=10)
WEDNESDAY = DUE - timedelta(days=5)
PEOPLE = ("U0ANA", "U0BEN", "U0CHLOE", "U1", "U2", "U3", "U4", "U5", "U6")
SUBSCRIBED = SubscriptionRow(
    WORKSPACE, "C0LAUNCH", "U0BEN", 0, "09:00", "Europe/London", stamp(DUE - timedelta(days=60))
)


@dataclass
class Clock:
    """A clock that stands still until a test sets it."""

    now: datetime = DUE

    def __call__(self) -> datetime:
        """The moment that it shows, as everywhere in UTC."""
        return self.now.astimezone(UTC)


def add_voted(
    storage: Storage,
    name: str,
    *,
    up: int = 0,
    down: int = 0,
    at: datetime = WEDNESDAY,
    reasons: tuple[str, ...] = (),
    brief: dict[str, Any] | None = None,
    **draft: Any,
) -> DraftRow:
    """A draft with votes by as many different people; the first of those who voted it down gave the reasons."""
    with storage.write() as db:
        asked = add_brief(db, name, asked_at=stamp(at), **(brief or {}))
        row = add_draft(db, asked, written_at=stamp(at), **draft)
        for number, user in enumerate(PEOPLE[: up + down]):
            votes.cast(db, row, user=user, value=1 if number < up else -1, source="button", at=at)
        for user, reason in zip(PEOPLE[up:], reasons, strict=False):
            votes.give_reason(db, row.id, user=user, reason=reason, words="")
        found = drafts.get(db, row.id)
    assert found is not None, "inserted in this transaction"
    return found


def subscribe(storage: Storage, row: SubscriptionRow = SUBSCRIBED) -> None:
    """Subscribe a channel."""
    with storage.write() as db:
        digests.subscribe(db, row)


def status(storage: Storage, channel: str = "C0LAUNCH", week: str = WEEK.name) -> str | None:
    """What is recorded of a week's digest."""
    with storage.read() as db:
        found = digests.digest(db, WORKSPACE, channel, week)
    return found.status if found else None
