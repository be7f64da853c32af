"""Readings: the queue of what is asked of sentiment, and the record of what was answered."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from storage.database import stamp
from storage.sqlite import Database

KEPT = timedelta(days=30)
"""How long what was read stays with its answer, so that it can be put right, shared and written about."""

UNFINISHED = ("queued", "reading")
Lane = Literal["text", "many"]
KINDS: Mapping[Lane, tuple[str, ...]] = {"text": ("text", "lines"), "many": ("file",)}
"""What waits in one line: what somebody typed or pasted is never behind a file of a hundred thousand."""


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """One reading. `kind` is text, lines or file; `status` queued, reading, done, failed or cancelled.

    `files` are as Slack describes them, `view` is the modal that waits for the answer, `place` and `ts` are the
    message that shows how far it is. `result` is the answer as JSON, `label` what was shown of it and `corrected` what
    a person says it should have been; both are empty where there is none. The aspects of a text are in its result,
    each with its `aspect`, `label`, `probability`, whether it is `sure`, and `corrected` once somebody put it right.
    """

    id: str
    workspace: str
    user: str
    channel: str
    kind: str
    asked_at: str
    text: str = ""
    aspects: tuple[str, ...] = ()
    files: tuple[Mapping[str, Any], ...] = ()
    column: str = ""
    private: bool = True
    response_url: str = ""
    view: str = ""
    status: str = "queued"
    attempts: int = 0
    place: str = ""
    ts: str = ""
    result: str = ""
    label: str = ""
    probability: float = 0.0
    model: str = ""
    corrected: str = ""
    date_column: str = ""
    group_column: str = ""
    started_at: str | None = None
    finished_at: str | None = None

    @property
    def thread_ts(self) -> None:
        """Slack doesn't say in which thread a command was typed."""

    @property
    def is_from_channel(self) -> bool:
        """Whether it was asked where others are; in a direct message there is nobody to share with."""
        return not self.channel.startswith("D") and self.channel != self.user


def insert(db: Database, row: ReadingRow) -> None:
    """Put a reading in the queue; the id is new."""
    record = {name: getattr(row, name) for name in row.__dataclass_fields__}
    record |= {name: json.dumps(getattr(row, name), ensure_ascii=False) for name in ("aspects", "files")}
    db.table("readings").insert(record)


def get(db: Database, reading: str) -> ReadingRow | None:
    """The reading with this id."""
    return next((_from_record(one) for one in db.query("SELECT * FROM readings WHERE id = ?", [reading])), None)


def count_unfinished(db: Database) -> int:
    """How many readings wait or are under way."""
    found = next(db.query("SELECT COUNT(*) AS n FROM readings WHERE status IN ('queued', 'reading')"))
    return int(found["n"])


def count_before(db: Database, row: ReadingRow) -> int:
    """How many readings of the same line are under way or were asked for before this one."""
    kinds = next(kinds for kinds in KINDS.values() if row.kind in kinds)
    sql = f"""
        SELECT COUNT(*) AS n FROM readings WHERE status IN {UNFINISHED} AND id != ? AND asked_at <= ?
            AND kind IN ({", ".join("?" * len(kinds))})
    """
    return int(next(db.query(sql, [row.id, row.asked_at, *kinds]))["n"])


def take(db: Database, lane: Lane, now: datetime) -> ReadingRow | None:
    """Start the next reading of a lane, or None when nothing waits; whoever was served longest ago is first."""
    marks = ", ".join("?" * len(KINDS[lane]))
    sql = f"""
        SELECT r.id FROM readings r WHERE r.status = 'queued' AND r.kind IN ({marks}) ORDER BY
            (SELECT COALESCE(MAX(s.started_at), '') FROM readings s
             WHERE s.workspace = r.workspace AND s.user = r.user),
            r.asked_at, r.rowid
        LIMIT 1
    """
    found = next(db.query(sql, list(KINDS[lane])), None)
    if found is None:
        return None
    sql = "UPDATE readings SET status = 'reading', started_at = ?, attempts = attempts + 1 WHERE id = ?"
    db.execute(sql, [stamp(now), found["id"]])
    return get(db, found["id"])


def resume(db: Database) -> int:
    """Put back what a dead process was reading; returns how many."""
    return db.execute("UPDATE readings SET status = 'queued' WHERE status = 'reading'").rowcount


def put_back(db: Database, reading: str) -> bool:
    """Return a reading to the queue, and the attempt does not count; False when it was stopped meanwhile."""
    sql = "UPDATE readings SET status = 'queued', attempts = attempts - 1 WHERE id = ? AND status = 'reading'"
    return db.execute(sql, [reading]).rowcount == 1


def requeue(db: Database, reading: str) -> bool:
    """Return a reading to the queue after an attempt that failed; False when it was stopped meanwhile."""
    return (
        db.execute("UPDATE readings SET status = 'queued' WHERE id = ? AND status = 'reading'", [reading]).rowcount == 1
    )


def set_message(db: Database, reading: str, *, place: str, ts: str) -> None:
    """Record which message shows how far a reading is."""
    db.execute("UPDATE readings SET place = ?, ts = ? WHERE id = ?", [place, ts, reading])


def keep_result(db: Database, reading: str, *, result: str, label: str, probability: float, model: str) -> bool:
    """Keep an answer; False when the reading was erased or stopped meanwhile."""
    sql = f"""
        UPDATE readings SET result = ?, label = ?, probability = ?, model = ? WHERE id = ? AND status IN {UNFINISHED}
    """
    return db.execute(sql, [result, label, probability, model, reading]).rowcount == 1


def finish(db: Database, reading: str, status: str, now: datetime) -> bool:
    """End an unfinished reading as done, failed or cancelled; False when it had ended before.

    What was read of lines is in the result as far as it is needed, so the lines go. Of what failed or was stopped no
    words stay, and no answer.
    """
    sql = f"""
        UPDATE readings SET status = :status, finished_at = :at, response_url = '', view = '', files = '[]',
            text = CASE WHEN kind = 'text' AND :status = 'done' THEN text ELSE '' END,
            result = CASE WHEN :status = 'done' THEN result ELSE '' END
        WHERE id = :id AND status IN {UNFINISHED}
    """
    return db.execute(sql, {"status": status, "at": stamp(now), "id": reading}).rowcount == 1


def unfinished_of(db: Database, workspace: str, user: str) -> list[str]:
    """The ids of a person's readings that wait or are under way."""
    sql = f"SELECT id FROM readings WHERE workspace = ? AND user = ? AND status IN {UNFINISHED}"
    return [found["id"] for found in db.query(sql, [workspace, user])]


def known(db: Database, ids: Sequence[str]) -> set[str]:
    """Which of these readings are not over."""
    marks = ", ".join("?" * len(ids))
    sql = f"SELECT id FROM readings WHERE id IN ({marks}) AND status IN {UNFINISHED}"
    return {found["id"] for found in db.query(sql, list(ids))}


def sweep(db: Database, now: datetime) -> int:
    """Forget what was read longer ago than it is kept; the label stays, for the count. Returns how many."""
    sql = f"""
        UPDATE readings SET user = '', channel = '', text = '', result = '', place = '', ts = '', aspects = '[]'
        WHERE finished_at < ? AND user <> '' AND status NOT IN {UNFINISHED}
    """
    _sweep_corrections(db, now)
    return db.execute(sql, [stamp(now - KEPT)]).rowcount


def _sweep_corrections(db: Database, now: datetime) -> None:
    """Forget the texts of old corrections from which nothing may be learnt: training is off there, or somebody said no.

    That a label was put right stays, for the count. The others are what training goes on learning from.
    """
    sql = """
        UPDATE sentiment_corrections AS c SET text = '' WHERE at < ? AND text <> '' AND (
            EXISTS (SELECT 1 FROM objections o WHERE o.workspace = c.workspace AND o.user = c.user)
            OR NOT COALESCE((SELECT trains FROM consents d WHERE d.workspace = c.workspace
                             ORDER BY d.at DESC, d.rowid DESC LIMIT 1), 0))
    """
    db.execute(sql, [stamp(now - KEPT)])


def open_results(db: Database, workspace: str, *, since: str, until: str) -> list[dict[str, Any]]:
    """The results about many comments that ended within a span of stamps and were shown in a channel, oldest first."""
    sql = """
        SELECT result FROM readings WHERE workspace = ? AND finished_at >= ? AND finished_at < ? AND status = 'done'
            AND private = 0 AND kind <> 'text' AND result <> '' ORDER BY finished_at
    """
    return [json.loads(found["result"]) for found in db.query(sql, [workspace, since, until])]


def _from_record(record: Mapping[str, Any]) -> ReadingRow:
    return ReadingRow(
        **{
            **record,
            "aspects": tuple(json.loads(record["aspects"])),
            "files": tuple(json.loads(record["files"])),
            "private": bool(record["private"]),
        }
    )
