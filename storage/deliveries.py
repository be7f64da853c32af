"""Remembers what Slack has delivered, so that a delivery repeated is a delivery ignored."""

from datetime import datetime, timedelta

from storage.database import stamp
from storage.sqlite import Database

KEPT = timedelta(days=2)
"""Slack repeats an event for at most a day (https://docs.slack.dev/apis/events-api, delayed events)."""


def claim(db: Database, key: str, at: datetime) -> bool:
    """Take a delivery; False when it was taken before. Call it in the transaction of what the delivery changes."""
    cursor = db.execute("INSERT OR IGNORE INTO deliveries (key, at) VALUES (?, ?)", [key, stamp(at)])
    return cursor.rowcount == 1


def let_go(db: Database, key: str) -> None:
    """Give a claim back, because what was claimed could not be done: the next delivery may try."""
    db.execute("DELETE FROM deliveries WHERE key = ?", [key])


def purge(db: Database, now: datetime) -> int:
    """Forget deliveries that Slack can't repeat any more; returns how many."""
    return db.execute("DELETE FROM deliveries WHERE at < ?", [stamp(now - KEPT)]).rowcount
