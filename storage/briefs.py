"""Briefs: the desk's queue and the record of what was asked for."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage import brands
from storage.brands import Brand
from storage.database import stamp
from storage.sqlite import Database

UNFINISHED = ("queued", "writing")


@dataclass(frozen=True, slots=True)
class BriefRow:
    """One brief. `status` is queued, writing, done, failed or cancelled; times are stamps of `stamp`.

    `redesign_of` is the draft that this brief asks a new version of, `revision` says what kind of one.
    `thread_ts` is the thread that the drafts go to when it is not the opener's own: a redesign, a direct message.
    `erased` says that its words were erased because a person wished to be forgotten.
    `brand` is the brand as it was when the brief was asked for; the lines that it needs stand in `must_say`.
    """

    id: str
    workspace: str
    channel: str
    user: str
    product: str
    format: str
    variants: int
    asked_at: str
    audience: str = ""
    tone: str = ""
    must_say: tuple[str, ...] = ()
    must_not_say: tuple[str, ...] = ()
    language: str = "en"
    private: bool = False
    redesign_of: str | None = None
    revision: str = ""
    instruction: str = ""
    response_url: str = ""
    status: str = "queued"
    attempts: int = 0
    thread_ts: str | None = None
    opener_channel: str | None = None
    opener_ts: str | None = None
    started_at: str | None = None
    finished_at: str | None = None
    erased: bool = False
    brand: Brand | None = None


def insert(db: Database, row: BriefRow) -> None:
    """Put a brief on the desk; the id is new."""
    record = {name: getattr(row, name) for name in row.__dataclass_fields__}
    record["must_say"] = json.dumps(row.must_say, ensure_ascii=False)
    record["must_not_say"] = json.dumps(row.must_not_say, ensure_ascii=False)
    record["brand"] = brands.to_text(row.brand)
    db.table("briefs").insert(record)


def get(db: Database, brief: str) -> BriefRow | None:
    """The brief with this id."""
    return next((from_record(found) for found in db.query("SELECT * FROM briefs WHERE id = ?", [brief])), None)


def count_queued(db: Database) -> int:
    """How many briefs wait."""
    return _count(db, "SELECT COUNT(*) AS n FROM briefs WHERE status = 'queued'")


def count_unfinished(db: Database, workspace: str) -> int:
    """How many briefs of a workspace wait or are being written."""
    sql = "SELECT COUNT(*) AS n FROM briefs WHERE workspace = ? AND status IN ('queued', 'writing')"
    return _count(db, sql, workspace)


def take(db: Database, now: datetime) -> BriefRow | None:
    """Start the next brief, or None when nothing waits.

    Fair in turn: first the workspace with the fewest briefs being written, then the person with the fewest,
    then whoever was served longest ago, then the oldest brief.
    """
    sql = """
        SELECT b.id FROM briefs b WHERE b.status = 'queued' ORDER BY
            (SELECT COUNT(*) FROM briefs w WHERE w.status = 'writing' AND w.workspace = b.workspace),
            (SELECT COUNT(*) FROM briefs w
             WHERE w.status = 'writing' AND w.workspace = b.workspace AND w.user = b.user),
            (SELECT COALESCE(MAX(s.started_at), '') FROM briefs s
             WHERE s.workspace = b.workspace AND s.user = b.user),
            b.asked_at, b.rowid
        LIMIT 1
    """
    found = next(db.query(sql), None)
    if found is None:
        return None
    db.execute(
        "UPDATE briefs SET status = 'writing', started_at = ?, attempts = attempts + 1 WHERE id = ?",
        [stamp(now), found["id"]],
    )
    return get(db, found["id"])


def set_opener(db: Database, brief: str, *, channel: str, ts: str, thread_ts: str | None) -> None:
    """Record which message opened the brief's thread, and the thread that this message stands in, if any."""
    db.table("briefs").update(brief, {"opener_channel": channel, "opener_ts": ts, "thread_ts": thread_ts})


def finish(db: Database, brief: str, status: str, now: datetime) -> bool:
    """End an unfinished brief as done, failed or cancelled; False when it had ended before."""
    sql = f"UPDATE briefs SET status = ?, finished_at = ? WHERE id = ? AND status IN {UNFINISHED}"
    return db.execute(sql, [status, stamp(now), brief]).rowcount == 1


def same_version(db: Database, row: BriefRow) -> list[str]:
    """The states of all briefs so far that ask for the very version that this one asks for."""
    wanted = (row.redesign_of, row.revision, row.format, row.language, row.instruction)
    sql = (
        "SELECT status FROM briefs WHERE redesign_of = ? AND revision = ? AND format = ? AND language = ?"
        " AND instruction = ?"
    )
    return [found["status"] for found in db.query(sql, list(wanted))]


def put_back(db: Database, brief: str) -> bool:
    """Return a brief to the queue, and the attempt does not count; False when it was stopped meanwhile."""
    sql = "UPDATE briefs SET status = 'queued', attempts = attempts - 1 WHERE id = ? AND status = 'writing'"
    return db.execute(sql, [brief]).rowcount == 1


def requeue(db: Database, brief: str) -> bool:
    """Return a brief to the queue after an attempt that failed; False when it was stopped meanwhile."""
    sql = "UPDATE briefs SET status = 'queued' WHERE id = ? AND status = 'writing'"
    return db.execute(sql, [brief]).rowcount == 1


def resume(db: Database) -> int:
    """Put every brief back on the queue that a dead process was writing; returns how many."""
    return db.execute("UPDATE briefs SET status = 'queued' WHERE status = 'writing'").rowcount


def recent(db: Database, workspace: str, user: str, limit: int) -> list[BriefRow]:
    """A person's newest briefs, newest first."""
    sql = "SELECT * FROM briefs WHERE workspace = ? AND user = ? ORDER BY asked_at DESC, rowid DESC LIMIT ?"
    return [from_record(found) for found in db.query(sql, [workspace, user, limit])]


def newest_people(db: Database, workspace: str, limit: int) -> list[str]:
    """Who asked for copy last, newest first."""
    sql = "SELECT user FROM briefs WHERE workspace = ? AND erased = 0 GROUP BY user ORDER BY MAX(asked_at) DESC LIMIT ?"
    return [found["user"] for found in db.query(sql, [workspace, limit])]


def from_record(record: Mapping[str, Any]) -> BriefRow:
    """A brief from the columns of its row."""
    return BriefRow(
        **{
            **record,
            "must_say": tuple(json.loads(record["must_say"])),
            "must_not_say": tuple(json.loads(record["must_not_say"])),
            "private": bool(record["private"]),
            "erased": bool(record["erased"]),
            "brand": brands.from_text(record["brand"]),
        }
    )


def unfinished_of(db: Database, workspace: str, user: str) -> list[str]:
    """The ids of a person's briefs that wait or are being written."""
    sql = "SELECT id FROM briefs WHERE workspace = ? AND user = ? AND status IN ('queued', 'writing')"
    return [found["id"] for found in db.query(sql, [workspace, user])]


def _count(db: Database, sql: str, *arguments: str) -> int:
    return int(next(db.query(sql, list(arguments)))["n"])
