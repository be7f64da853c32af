"""Digests: which channels asked for the weekly post, and which weeks were posted where."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.database import stamp
from storage.sqlite import Database

LEASE = timedelta(minutes=10)
"""How long a claim holds; Slack's slowest answer, with every retry, takes far less."""


@dataclass(frozen=True, slots=True)
class SubscriptionRow:
    """A channel's wish for a digest: `weekday` 0 is Monday, `time` is local as in "09:00", `timezone` an IANA name."""

    workspace: str
    channel: str
    user: str
    weekday: int
    time: str
    timezone: str
    at: str


@dataclass(frozen=True, slots=True)
class DigestRow:
    """One week's digest in one channel; `week` is an ISO week such as 2026-W47.

    `status` is waiting (to be tried again), preparing, posting, posted, refused (Slack said no, with the reason), or
    unsure (the process died, or Slack gave no answer, while it was being posted; it is not posted again by itself).
    """

    workspace: str
    channel: str
    week: str
    status: str
    claim: str
    claimed_at: str
    ts: str | None = None
    reason: str | None = None


def subscribe(db: Database, row: SubscriptionRow) -> None:
    """Keep a channel's subscription; a later one replaces it."""
    record = {name: getattr(row, name) for name in row.__dataclass_fields__}
    db.table("subscriptions").upsert(record, pk=("workspace", "channel"))


def unsubscribe(db: Database, workspace: str, channel: str) -> SubscriptionRow | None:
    """End a channel's subscription; returns what it was, or None when there was none."""
    found = subscription(db, workspace, channel)
    if found is not None:
        db.execute("DELETE FROM subscriptions WHERE workspace = ? AND channel = ?", [workspace, channel])
    return found


def subscription(db: Database, workspace: str, channel: str) -> SubscriptionRow | None:
    """A channel's subscription."""
    sql = "SELECT * FROM subscriptions WHERE workspace = ? AND channel = ?"
    return next((SubscriptionRow(**found) for found in db.query(sql, [workspace, channel])), None)


def subscriptions(db: Database, workspace: str | None = None) -> list[SubscriptionRow]:
    """Every subscription of a workspace, or of all of them, oldest first."""
    sql = "SELECT * FROM subscriptions WHERE ? IS NULL OR workspace = ? ORDER BY at, channel"
    return [SubscriptionRow(**found) for found in db.query(sql, [workspace, workspace])]


def digest(db: Database, workspace: str, channel: str, week: str) -> DigestRow | None:
    """What is known of one week's digest in a channel."""
    sql = "SELECT * FROM digests WHERE workspace = ? AND channel = ? AND week = ?"
    return next((DigestRow(**found) for found in db.query(sql, [workspace, channel, week])), None)


def settled(db: Database, workspace: str, channel: str) -> set[str]:
    """The weeks of a channel that will not be posted any more by themselves."""
    sql = "SELECT week FROM digests WHERE workspace = ? AND channel = ? AND status IN ('posted', 'refused', 'unsure')"
    return {found["week"] for found in db.query(sql, [workspace, channel])}


def claim(
    db: Database, workspace: str, channel: str, week: str, *, token: str, now: datetime, again: bool = False
) -> bool:
    """Take a week's digest for the process that `token` names; False when it is another's, or done.

    `again` takes one that is done, too: a person asked for it by hand.
    """
    free = "status NOT IN ('preparing', 'posting')" if again else "status = 'waiting'"
    # A claim from the future is one made before somebody set the clock right.
    sql = f"""
        INSERT INTO digests (workspace, channel, week, status, claim, claimed_at) VALUES (?, ?, ?, 'preparing', ?, ?)
        ON CONFLICT (workspace, channel, week) DO UPDATE SET
            status = excluded.status, claim = excluded.claim, claimed_at = excluded.claimed_at, reason = NULL
        WHERE {free} OR (status = 'preparing' AND (claimed_at < ? OR claimed_at > ?))
    """
    values = [workspace, channel, week, token, stamp(now), stamp(now - LEASE), stamp(now + LEASE)]
    return db.execute(sql, values).rowcount == 1


def begin(db: Database, *, token: str) -> bool:
    """Say that the message is about to be sent; False when the claim ran out and another process has it now."""
    sql = "UPDATE digests SET status = 'posting' WHERE claim = ? AND status = 'preparing'"
    return db.execute(sql, [token]).rowcount == 1


def finish(db: Database, *, token: str, status: str, ts: str | None = None, reason: str | None = None) -> None:
    """Record how a claim ended."""
    sql = "UPDATE digests SET status = ?, ts = COALESCE(?, ts), reason = ? WHERE claim = ?"
    db.execute(sql, [status, ts, reason, token])


def give_up(db: Database, now: datetime) -> list[DigestRow]:
    """Mark as unsure what a process was posting when it died; returns those digests."""
    where = "status = 'posting' AND (claimed_at < ? OR claimed_at > ?)"
    limits = [stamp(now - LEASE), stamp(now + LEASE)]
    found = [DigestRow(**row) for row in db.query(f"SELECT * FROM digests WHERE {where}", limits)]
    db.execute(f"UPDATE digests SET status = 'unsure' WHERE {where}", limits)
    return found
