"""Corrections: the label that a person says is right, one a reading and question; the last of a text counts."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256

from storage.consent import OBJECTORS
from storage.database import stamp
from storage.readings import ReadingRow
from storage.sqlite import Database

LABELS = ("negative", "neutral", "positive")
ABSENT = "absent"
"""What an aspect is where a text doesn't mention it."""
TEXT, ASPECT = "text", "aspect"


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """What a person said of one text, or of an aspect in it: `was` is the label that they were shown.

    `reading` is the answer in Slack that they put right; it is empty for what comes from the terminal.
    """

    workspace: str
    user: str
    digest: str
    text: str
    was: str
    label: str
    model: str
    probability: float
    at: str
    aspect: str = ""
    reading: str = ""


@dataclass(frozen=True, slots=True)
class Precision:
    """How many labels were given in the week that begins on `week` (a Monday, UTC), and how many were put right."""

    week: str
    label: str
    given: int
    wrong: int


@dataclass(frozen=True, slots=True)
class Check:
    """Labels that somebody went through outside of Slack; `question` is TEXT or ASPECT."""

    question: str
    label: str
    given: int
    wrong: int


def digest(text: str) -> str:
    """The same for texts that differ in nothing but white space and case."""
    return sha256(" ".join(text.casefold().split()).encode("utf-8", "replace")).hexdigest()


def keep(db: Database, row: CorrectionRow) -> bool:
    """Keep what a person says is right of a text or an aspect; False when a newer word of theirs on it stands."""
    allowed = (*LABELS, ABSENT) if row.aspect else LABELS
    if row.label not in allowed:
        raise ValueError(f"A label is one of {', '.join(allowed)}, not {row.label!r}.")
    changed = db.execute(
        """
        INSERT INTO sentiment_corrections
            (workspace, user, digest, aspect, reading, text, was, label, model, probability, at)
        VALUES
            (:workspace, :user, :digest, :aspect, :reading, :text, :was, :label, :model, :probability, :at)
        ON CONFLICT (workspace, user, digest, aspect, reading) DO UPDATE SET
            text = excluded.text, was = excluded.was, label = excluded.label, model = excluded.model,
            probability = excluded.probability, at = excluded.at
        WHERE excluded.at >= at
        """,
        asdict(row),
    )
    return bool(changed.rowcount)


def correct(db: Database, reading: ReadingRow, *, user: str, label: str, at: datetime, aspect: str = "") -> bool:
    """Keep a person's right label for a text that was read, or for an aspect; False when a newer one stands."""
    was, probability = reading.label, reading.probability
    if aspect:
        felt = next(one for one in json.loads(reading.result)["aspects"] if one["aspect"] == aspect)
        was, probability = felt["label"] if felt["sure"] else "unsure", felt["probability"]
    row = CorrectionRow(
        workspace=reading.workspace,
        user=user,
        digest=digest(reading.text),
        text=reading.text,
        was=was,
        label=label,
        model=reading.model,
        probability=probability,
        at=stamp(at),
        aspect=aspect,
        reading=reading.id,
    )
    kept = keep(db, row)
    if kept:
        _mark(db, reading, aspect, label)
    return kept


def withdraw(db: Database, reading: ReadingRow, *, user: str, aspect: str = "") -> bool:
    """Take the correction of a reading back, and of no other of the same text; False when there was none."""
    _mark(db, reading, aspect, "")
    sql = "DELETE FROM sentiment_corrections WHERE workspace = ? AND user = ? AND reading = ? AND aspect = ?"
    return db.execute(sql, [reading.workspace, user, reading.id, aspect]).rowcount == 1


def _mark(db: Database, reading: ReadingRow, aspect: str, label: str) -> None:
    """Say in the reading what was put right of it."""
    if not aspect:
        db.execute("UPDATE readings SET corrected = ? WHERE id = ?", [label, reading.id])
        return
    found = next(db.query("SELECT result FROM readings WHERE id = ?", [reading.id]), None)
    if found is None or not found["result"]:
        return
    result = json.loads(found["result"])
    for one in result["aspects"]:
        if one["aspect"] == aspect:
            one["corrected"] = label
    result = json.dumps(result, ensure_ascii=False)
    db.execute("UPDATE readings SET result = ? WHERE id = ?", [result, reading.id])


def said(db: Database, workspace: str, *, user: str, text: str, aspect: str = "") -> str:
    """What a person said last is right of a text or an aspect; empty when nothing."""
    sql = """
        SELECT label FROM sentiment_corrections WHERE workspace = ? AND user = ? AND digest = ? AND aspect = ?
        ORDER BY at DESC, rowid DESC LIMIT 1
    """
    found = next(db.query(sql, [workspace, user, digest(text), aspect]), None)
    return str(found["label"]) if found else ""


def all_said(db: Database, workspace: str, *, user: str) -> dict[tuple[str, str], str]:
    """All that a person said last is right, by the text's digest and the aspect."""
    sql = "SELECT digest, aspect, label FROM sentiment_corrections WHERE workspace = ? AND user = ? ORDER BY at, rowid"
    return {(one["digest"], one["aspect"]): one["label"] for one in db.query(sql, [workspace, user])}


def lessons(db: Database, workspace: str) -> Iterator[CorrectionRow]:
    """What may be learnt from, oldest first: corrections whose text is kept, by everybody who didn't say no.

    Of a text that a person put right in several readings, or of an aspect in it, only their last word.
    """
    sql = f"""
        SELECT workspace, user, digest, text, was, label, model, probability, at, aspect, reading FROM (
            SELECT *, ROW_NUMBER() OVER (
                PARTITION BY user, digest, LOWER(aspect) ORDER BY at DESC, rowid DESC
            ) AS newest
            FROM sentiment_corrections WHERE workspace = :workspace AND text <> ''
        )
        WHERE newest = 1 AND user NOT IN ({OBJECTORS}) ORDER BY at, digest, aspect
    """
    for found in db.query(sql, {"workspace": workspace}):
        yield CorrectionRow(**found)


def check(db: Database, workspace: str, source: str, found: Iterable[Check], *, user: str, at: datetime) -> None:
    """Count the labels of a file or a text that somebody went through; `source` is the same for the same ones again."""
    db.execute("DELETE FROM sentiment_checks WHERE workspace = ? AND source = ?", [workspace, source])
    db.table("sentiment_checks").insert_all(
        {"workspace": workspace, "source": source, "user": user, "at": stamp(at), **asdict(one)} for one in found
    )


def precision(db: Database, workspace: str, *, since: datetime) -> list[Precision]:
    """Labels given to texts by week and label, the oldest week first; what was left unsure claims nothing.

    Texts read in Slack, and those of files whose labels somebody went through. A label that nobody put right counts
    as right, so the share is the most that it can be.
    """
    sql = """
        SELECT week, label, SUM(given) AS given, SUM(wrong) AS wrong FROM (
            SELECT date(finished_at, 'weekday 0', '-6 days') AS week, label, 1 AS given,
                corrected <> '' AND corrected <> label AS wrong
            FROM readings
            WHERE workspace = :workspace AND finished_at >= :since AND status = 'done' AND kind = 'text'
            UNION ALL
            SELECT date(at, 'weekday 0', '-6 days'), label, given, wrong FROM sentiment_checks
            WHERE workspace = :workspace AND at >= :since AND question = 'text'
        )
        WHERE label IN ('negative', 'neutral', 'positive') GROUP BY week, label ORDER BY week, label
    """
    return [Precision(**found) for found in db.query(sql, {"workspace": workspace, "since": stamp(since)})]


def aspect_precision(db: Database, workspace: str, *, since: datetime) -> tuple[int, int]:
    """Labels given to aspects, and how many were put right; as far back as answers are kept."""
    sql = """
        SELECT COALESCE(SUM(given), 0) AS given, COALESCE(SUM(wrong), 0) AS wrong FROM (
            SELECT json_extract(a.value, '$.sure') AS given,
                json_extract(a.value, '$.sure')
                    AND COALESCE(json_extract(a.value, '$.corrected'), '')
                        NOT IN ('', json_extract(a.value, '$.label')) AS wrong
            FROM readings r, json_each(NULLIF(r.result, ''), '$.aspects') a
            WHERE r.workspace = :workspace AND r.finished_at >= :since AND r.status = 'done' AND r.kind = 'text'
            UNION ALL
            SELECT given, wrong FROM sentiment_checks
            WHERE workspace = :workspace AND at >= :since AND question = 'aspect'
                AND label IN ('negative', 'neutral', 'positive')
        )
    """
    found = next(db.query(sql, {"workspace": workspace, "since": stamp(since)}))
    return int(found["given"]), int(found["wrong"])


def count(db: Database, workspace: str) -> int:
    """How many labels people put right: of a text that one of them read more than once, one, as `lessons` takes it."""
    sql = "SELECT COUNT(*) FROM (SELECT DISTINCT user, digest, aspect FROM sentiment_corrections WHERE workspace = ?)"
    return int(db.execute(sql, [workspace]).fetchone()[0])
