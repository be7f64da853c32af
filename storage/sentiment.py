"""Corrections: the label that a person says is right, one a person and text, the last one counts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlite_utils import Database

from storage.consent import OBJECTORS
from storage.database import stamp
from storage.readings import ReadingRow

LABELS = ("negative", "neutral", "positive")


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """What a person said of one text: `was` is the label that they were shown, `label` the right one."""

    workspace: str
    user: str
    digest: str
    text: str
    was: str
    label: str
    model: str
    probability: float
    at: str


@dataclass(frozen=True, slots=True)
class Precision:
    """How many labels were given in the week that begins on `week` (a Monday, UTC), and how many were put right."""

    week: str
    label: str
    given: int
    wrong: int


def digest(text: str) -> str:
    """The same for texts that differ in nothing but white space and case."""
    return sha256(" ".join(text.casefold().split()).encode()).hexdigest()


def correct(db: Database, reading: ReadingRow, *, user: str, label: str, at: datetime) -> bool:
    """Keep a person's right label for a text; False when a newer one of theirs stands."""
    if label not in LABELS:
        raise ValueError(f"A label is one of {', '.join(LABELS)}, not {label!r}.")
    changed = db.execute(
        """
        INSERT INTO sentiment_corrections (workspace, user, digest, text, was, label, model, probability, at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (workspace, user, digest) DO UPDATE SET
            text = excluded.text, was = excluded.was, label = excluded.label, model = excluded.model,
            probability = excluded.probability, at = excluded.at
        WHERE excluded.at >= at
        """,
        [
            *(reading.workspace, user, digest(reading.text), reading.text, reading.label, label),
            *(reading.model, reading.probability, stamp(at)),
        ],
    )
    if changed.rowcount:
        db.execute("UPDATE readings SET corrected = ? WHERE id = ?", [label, reading.id])
    return bool(changed.rowcount)


def withdraw(db: Database, reading: ReadingRow, *, user: str) -> bool:
    """Take a correction back; False when there was none."""
    db.execute("UPDATE readings SET corrected = '' WHERE id = ?", [reading.id])
    sql = "DELETE FROM sentiment_corrections WHERE workspace = ? AND user = ? AND digest = ?"
    return db.execute(sql, [reading.workspace, user, digest(reading.text)]).rowcount == 1


def lessons(db: Database, workspace: str) -> Iterator[CorrectionRow]:
    """What may be learnt from, oldest first: corrections whose text is kept, by everybody who didn't say no."""
    sql = f"""
        SELECT workspace, user, digest, text, was, label, model, probability, at FROM sentiment_corrections
        WHERE workspace = :workspace AND text <> '' AND user NOT IN ({OBJECTORS}) ORDER BY at, digest
    """
    for found in db.query(sql, {"workspace": workspace}):
        yield CorrectionRow(**found)


def precision(db: Database, workspace: str, *, since: datetime) -> list[Precision]:
    """Labels given to single texts by week and label, the oldest week first; what was left unsure claims nothing.

    A label that nobody put right counts as right, so the share is the most that it can be.
    """
    sql = """
        SELECT date(finished_at, 'weekday 0', '-6 days') AS week, label, COUNT(*) AS given,
            SUM(corrected <> '' AND corrected <> label) AS wrong
        FROM readings
        WHERE workspace = ? AND finished_at >= ? AND status = 'done' AND kind = 'text'
            AND label IN ('negative', 'neutral', 'positive')
        GROUP BY week, label ORDER BY week, label
    """
    return [Precision(**found) for found in db.query(sql, [workspace, stamp(since)])]


def count(db: Database, workspace: str) -> int:
    """How many corrections are kept."""
    return db.table("sentiment_corrections").count_where("workspace = ?", [workspace])
