"""How many drafts one person may newly judge within an hour: more than anybody reads, far fewer than a script does."""

from datetime import datetime, timedelta
from typing import Literal

from storage.database import stamp
from storage.drafts import DraftRow
from storage.sqlite import Database

Act = Literal["votes", "edits", "uses"]
AN_HOUR = timedelta(hours=1)
MOST_AN_HOUR = 60
DONE_HERE: dict[Act, str] = {"votes": "source <> 'imported'", "edits": "kept_at IS NULL", "uses": "TRUE"}
"""What a file brought counts for no hour."""


def full_until(db: Database, act: Act, draft: DraftRow, *, user: str, at: datetime) -> datetime | None:
    """When a person who has voted on, rewritten or used as many drafts as an hour allows may do so to another.

    None when they may now. Changing what they have done with a draft is always allowed.
    """
    if next(db.query(f"SELECT 1 FROM {act} WHERE draft = ? AND user = ?", [draft.id, user]), None) is not None:
        return None
    sql = f"""
        SELECT at FROM {act} WHERE workspace = ? AND user = ? AND at > ? AND {DONE_HERE[act]}
        ORDER BY at DESC LIMIT 1 OFFSET ?
    """
    found = next(db.query(sql, [draft.workspace, user, stamp(at - AN_HOUR), MOST_AN_HOUR - 1]), None)
    return datetime.fromisoformat(found["at"]) + AN_HOUR if found else None
