"""Votes: one per draft and person, the last one wins."""

from dataclasses import dataclass
from datetime import datetime

from storage.database import stamp
from storage.drafts import DraftRow
from storage.sqlite import Database


@dataclass(frozen=True, slots=True)
class Tally:
    """How many people voted a draft up and down."""

    up: int
    down: int


def cast(db: Database, draft: DraftRow, *, user: str, value: int, source: str, at: datetime) -> bool:
    """Set a person's vote (1 or -1); False when a newer vote of theirs stands, as Slack may deliver out of order."""
    if value not in (1, -1):
        raise ValueError(f"A vote is 1 or -1, not {value!r}.")
    cursor = db.execute(
        """
        INSERT INTO votes (draft, user, workspace, value, source, at) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (draft, user) DO UPDATE SET
            reason = CASE WHEN value = excluded.value THEN reason END,
            words = CASE WHEN value = excluded.value THEN words END,
            value = excluded.value, source = excluded.source, at = excluded.at, kept_at = NULL,
            rewrite_erased = 0
        WHERE excluded.at >= at
        """,
        [draft.id, user, draft.workspace, value, source, stamp(at)],
    )
    return cursor.rowcount == 1


def withdraw(db: Database, draft: str, *, user: str, value: int | None = None) -> bool:
    """Take a vote back, or only a vote of this value; False when there was none."""
    sql = "DELETE FROM votes WHERE draft = ? AND user = ? AND (? IS NULL OR value = ?)"
    return db.execute(sql, [draft, user, value, value]).rowcount == 1


def give_reason(db: Database, draft: str, *, user: str, reason: str, words: str) -> None:
    """Say why a vote was cast; nothing happens when the vote was taken back meanwhile."""
    sql = "UPDATE votes SET reason = ?, words = ? WHERE draft = ? AND user = ?"
    db.execute(sql, [reason or None, words or None, draft, user])


def value_of(db: Database, draft: str, *, user: str) -> int | None:
    """A person's vote on a draft."""
    sql = "SELECT value FROM votes WHERE draft = ? AND user = ?"
    return next((int(found["value"]) for found in db.query(sql, [draft, user])), None)


def tally(db: Database, draft: str) -> Tally:
    """The votes on a draft."""
    return _tally(db, "draft = ?", draft)


def tally_workspace(db: Database, workspace: str) -> Tally:
    """All votes of a workspace."""
    return _tally(db, "workspace = ?", workspace)


def _tally(db: Database, where: str, argument: str) -> Tally:
    sql = f"SELECT COALESCE(SUM(value = 1), 0) AS up, COALESCE(SUM(value = -1), 0) AS down FROM votes WHERE {where}"
    found = next(db.query(sql, [argument]))
    return Tally(up=int(found["up"]), down=int(found["down"]))
