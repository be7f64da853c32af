"""Privacy: what is stored about a person, all of it handed out, and all of it erased in one transaction."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from storage import consent, rounds
from storage.database import Storage, stamp
from storage.sqlite import Database

NAMED = tuple((table, "user") for table in ("consents", "subscriptions", "corrections", "resets", "brands"))
"""Records of a decision that holds for everybody: they stay, and the name goes."""

ACTS = ("votes", "edits", "uses")
SENTIMENT = ("readings", "sentiment_corrections", "sentiment_checks")
"""What a person had read, the labels that they put right, and how many they went through: nobody else has a part."""

SETTLED = timedelta(minutes=1)
"""How long after it was stopped a brief may still be in a worker's hands."""

NOT_HANDED_OUT = ("response_url", "attempts", "erased")
"""Columns of a brief that say nothing about a person; the first is a key to answer them with."""

READINGS = """
    SELECT channel, kind, text, aspects, label, probability, model, corrected, result, status, asked_at, finished_at
    FROM readings WHERE workspace = :workspace AND user = :user ORDER BY asked_at
"""
CORRECTIONS = """
    SELECT text, aspect, was, label, model, probability, at FROM sentiment_corrections
    WHERE workspace = :workspace AND user = :user ORDER BY at
"""
CHECKS = """
    SELECT question, label, given, wrong, at FROM sentiment_checks
    WHERE workspace = :workspace AND user = :user ORDER BY at, question, label
"""

# Words are carried on: a new version of a draft begins with the brief behind it, whoever asks for it.
ERASE_BRIEFS = """
    WITH RECURSIVE carried(brief) AS (
        SELECT id FROM briefs WHERE workspace = :workspace AND user = :user
        UNION SELECT b.id FROM carried c JOIN drafts d ON d.brief = c.brief JOIN briefs b ON b.redesign_of = d.id
    )
    UPDATE briefs SET product = '', audience = '', tone = '', must_say = '[]', must_not_say = '[]', instruction = '',
        brand = '', response_url = '', erased = 1, finished_at = COALESCE(finished_at, :at),
        status = CASE WHEN status IN ('queued', 'writing') THEN 'cancelled' ELSE status END
    WHERE id IN (SELECT brief FROM carried)
"""
# A direct message's id leads to the person as well as their own does.
ERASE_NAMES = """
    UPDATE briefs SET user = '',
        channel = CASE WHEN channel = :user OR channel LIKE 'D%' THEN '' ELSE channel END,
        opener_ts = CASE WHEN opener_channel LIKE 'D%' THEN NULL ELSE opener_ts END,
        opener_channel = CASE WHEN opener_channel LIKE 'D%' THEN NULL ELSE opener_channel END
    WHERE workspace = :workspace AND user = :user
"""
# Without the rewrite nothing would say that these weren't about what the desk wrote. See storage/signals.py.
MARK_VOTES = """
    UPDATE votes SET rewrite_erased = 1 WHERE workspace = :workspace AND source <> 'imported' AND (
        EXISTS (SELECT 1 FROM edits r WHERE r.draft = votes.draft AND r.user = :user
            AND r.first_at <= votes.at AND r.at > votes.at)
        OR (SELECT r.user = :user AND r.text <> d.text FROM edits r JOIN drafts d ON d.id = r.draft
            WHERE r.draft = votes.draft AND COALESCE(r.kept_at, r.at) <= votes.at ORDER BY r.at DESC LIMIT 1)
    )
"""
MARK_USES = """
    UPDATE uses SET rewrite_erased = 1 WHERE workspace = :workspace AND EXISTS (
        SELECT 1 FROM edits r JOIN drafts d ON d.id = r.draft
        WHERE r.draft = uses.draft AND r.user = :user AND r.text <> d.text AND r.first_at <= uses.at
    )
"""
SWEEP_DRAFTS = """
    DELETE FROM drafts WHERE id IN (
        SELECT d.id FROM drafts d JOIN briefs b ON b.id = d.brief
        WHERE (d.imported = 1 OR b.erased = 1 AND (b.status IN ('done', 'failed') OR b.finished_at < :settled))
            AND NOT EXISTS (SELECT 1 FROM votes WHERE draft = d.id)
            AND NOT EXISTS (SELECT 1 FROM edits WHERE draft = d.id)
            AND NOT EXISTS (SELECT 1 FROM uses WHERE draft = d.id)
    )
"""
SWEEP_BRIEFS = """
    DELETE FROM briefs WHERE user = '' AND (status IN ('done', 'failed') OR finished_at < :settled)
        AND NOT EXISTS (SELECT 1 FROM drafts WHERE brief = briefs.id)
"""


@dataclass(frozen=True, slots=True)
class Stored:
    """How many rows there are about a person.

    `others` are what they decided for everybody, `readings` what they had read for sentiment, and what they said of
    its labels.
    """

    briefs: int
    votes: int
    edits: int
    uses: int
    others: int
    readings: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.briefs + self.votes + self.edits + self.uses + self.others + self.readings


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was erased, and the drafts by others whose messages still show it."""

    erased: Stored
    drafts: tuple[str, ...]


def stored(db: Database, workspace: str, user: str) -> Stored:
    """Count what is stored about a person."""

    def count(table: str, column: str = "user") -> int:
        return db.table(table).count_where(f"workspace = ? AND {column} = ?", [workspace, user])

    briefs, votes, edits, uses = (count(table) for table in ("briefs", *ACTS))
    others, readings = sum(count(*named) for named in NAMED), sum(count(table) for table in SENTIMENT)
    return Stored(briefs, votes, edits, uses, others=others, readings=readings)


def export(db: Database, workspace: str, user: str) -> dict[str, Any]:
    """Everything that is stored about a person, for JSON; with each act the draft that it was about."""
    person = {"workspace": workspace, "user": user}

    def found(sql: str) -> list[dict[str, Any]]:
        return list(db.query(sql, person))

    act = "JOIN drafts d ON d.id = {0}.draft WHERE {0}.workspace = :workspace AND {0}.user = :user ORDER BY {0}.at"
    named = {
        table: found(f"SELECT * FROM {table} WHERE workspace = :workspace AND {column} = :user")
        for table, column in NAMED
    }
    objected = found("SELECT at FROM objections WHERE workspace = :workspace AND user = :user")
    return {
        **person,
        "teaches": not objected,
        "objected_at": objected[0]["at"] if objected else None,
        "briefs": _briefs(db, person),
        "votes": found(f"SELECT d.text AS draft, value, reason, words, source, at FROM votes {act.format('votes')}"),
        "edits": found(f"SELECT d.text AS draft, edits.text, at FROM edits {act.format('edits')}"),
        "uses": found(f"SELECT d.text AS draft, uses.channel, shared, shipped, at FROM uses {act.format('uses')}"),
        "readings": [_read(row) for row in found(READINGS)],
        "sentiment_corrections": found(CORRECTIONS),
        "sentiment_checks": found(CHECKS),
        **named,
    }


def erase(storage: Storage, workspace: str, user: str, at: datetime) -> Forgotten:
    """Forget a person, and leave nothing of what they wrote in the pages of the file or in its log."""
    with storage.write() as db:
        # Without this SQLite marks a page as free and leaves what it held (https://sqlite.org/pragma.html).
        db.execute("PRAGMA secure_delete = ON")
        forgotten = forget(db, workspace, user, at)
    with storage.read() as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    return forgotten


def forget(db: Database, workspace: str, user: str, at: datetime) -> Forgotten:
    """Erase a person: what they did goes, the words of their briefs go, and what stays loses their name.

    Drafts that other people voted on, edited or used stay for them, without the brief, and teach nothing any more; nor
    do votes on a rewrite by the person, and uses of one.
    The desk goes on not learning from the person: of all that it knew, it keeps that they said no.
    """
    if not user:
        raise ValueError("Nobody is called ''; that is how rows without a name are kept.")
    person = {"workspace": workspace, "user": user, "at": stamp(at)}
    erased, touched = stored(db, workspace, user), _touched(db, person)
    rounds.withdraw(db, workspace, user=user, at=at)
    for marking in (MARK_VOTES, MARK_USES):
        db.execute(marking, person)
    for table in (*ACTS, *SENTIMENT):
        db.execute(f"DELETE FROM {table} WHERE workspace = ? AND user = ?", [workspace, user])
    db.execute(ERASE_BRIEFS, person)
    db.execute(ERASE_NAMES, person)
    for table, column in NAMED:
        db.execute(f"UPDATE {table} SET {column} = '' WHERE workspace = ? AND {column} = ?", [workspace, user])
    db.execute("DELETE FROM deliveries WHERE substr(key, -length(:end)) = :end", {"end": f":{user}"})
    # Made of texts, some of them theirs; those that are needed are made again.
    db.execute("DELETE FROM vectors WHERE workspace = ?", [workspace])
    sweep(db, at)
    _forget_quotes(db, workspace)
    consent.object_to_learning(db, workspace, user=user, at=at)
    left = (draft for draft in touched if db.table("drafts").count_where("id = ?", [draft]))
    return Forgotten(erased, tuple(left))


def sweep(db: Database, now: datetime) -> None:
    """Delete what is left of erased people: drafts of their briefs, or of a file, on which nobody has acted.

    A worker may still have been writing one when they were forgotten, so this is also done every night.
    """
    settled = {"settled": stamp(now - SETTLED)}
    db.execute(SWEEP_DRAFTS, settled)
    db.execute(SWEEP_BRIEFS, settled)


def _touched(db: Database, person: Mapping[str, str]) -> list[str]:
    sql = " UNION ".join(f"SELECT draft FROM {table} WHERE workspace = :workspace AND user = :user" for table in ACTS)
    return [found["draft"] for found in db.query(sql, dict(person))]


def _forget_quotes(db: Database, workspace: str) -> None:
    """The reasons of checks quote the brief; of drafts whose brief is erased, only the count of characters stays."""
    sql = "SELECT d.id, d.checks FROM drafts d JOIN briefs b ON b.id = d.brief WHERE b.workspace = ? AND b.erased = 1"
    for found in list(db.query(sql, [workspace])):
        checks = list(_without_quotes(json.loads(found["checks"])))
        db.table("drafts").update(found["id"], {"checks": json.dumps(checks, ensure_ascii=False)})


def _without_quotes(checks: Iterable[dict[str, Any]]) -> Iterable[dict[str, Any]]:
    return ({**check, "reason": check["reason"] if check["name"] == "length" else ""} for check in checks)


def _briefs(db: Database, person: Mapping[str, str]) -> list[dict[str, Any]]:
    """A person's briefs, each with the drafts that were written for it."""
    sql = "SELECT * FROM briefs WHERE workspace = :workspace AND user = :user ORDER BY asked_at"
    return [{**_handed_out(row), "drafts": _texts(db, row["id"])} for row in list(db.query(sql, dict(person)))]


def _handed_out(row: Mapping[str, Any]) -> dict[str, Any]:
    words: dict[str, Any] = {name: json.loads(row[name]) for name in ("must_say", "must_not_say")}
    words["brand"] = json.loads(row["brand"])["name"] if row["brand"] else ""
    return {name: words.get(name, value) for name, value in row.items() if name not in NOT_HANDED_OUT}


def _read(row: Mapping[str, Any]) -> dict[str, Any]:
    result = json.loads(row["result"]) if row["result"] else None
    return {**row, "aspects": json.loads(row["aspects"]), "result": result}


def _texts(db: Database, brief: str) -> list[str]:
    return [found["text"] for found in db.query("SELECT text FROM drafts WHERE brief = ? ORDER BY variant", [brief])]
