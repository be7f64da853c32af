"""Rounds: what each one did and decided, and how the trial of what it fitted went."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from storage.database import stamp
from storage.sqlite import Database

ENDED = "ended"
FITTED = ("promoted", "canary", "rejected")
"""The verdicts of rounds that learnt from what there was; after any other the same votes still wait."""

LISTS = ("examples", "gates", "figures")

ACTS = {"votes": "COALESCE(kept_at, at)", "edits": "COALESCE(kept_at, at)", "uses": "at"}
"""The tables of what people do with drafts, and when the desk got to know of it."""

WITHDRAW = """
    UPDATE rounds SET withdrawn_at = :at
    WHERE workspace = :workspace AND withdrawn_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM objections WHERE workspace = :workspace AND user = :user)
        AND EXISTS (
            SELECT 1 FROM votes WHERE workspace = :workspace AND user = :user
            UNION ALL SELECT 1 FROM edits WHERE workspace = :workspace AND user = :user
            UNION ALL SELECT 1 FROM uses WHERE workspace = :workspace AND user = :user
            UNION ALL SELECT 1 FROM briefs WHERE workspace = :workspace AND user = :user
        )
"""


@dataclass(frozen=True, slots=True)
class RoundRow:
    """One round. `state` is collecting, fitting, judging or ended; `verdict` is empty until it has ended.

    `asked_by` is schedule, start, admin or terminal, and never a person's id. `trial` is the newest sentence about
    the canary, `outcome` how it ended: promoted, rolled back, expired or ended. `withdrawn_at` is when somebody that it
    may have learnt from asked to be left out.
    """

    id: int
    workspace: str
    asked_by: str
    started_at: str
    state: str = "collecting"
    progress: str = ""
    verdict: str = ""
    reason: str = ""
    incumbent: str = ""
    adapter: str | None = None
    examples: Mapping[str, Any] = field(default_factory=dict)
    gates: Sequence[Mapping[str, Any]] = ()
    figures: Mapping[str, Any] = field(default_factory=dict)
    ended_at: str | None = None
    trial: str = ""
    trial_at: str | None = None
    outcome: str = ""
    outcome_at: str | None = None
    attempts: int = 1
    stopping: bool = False
    withdrawn_at: str | None = None


def begin(db: Database, workspace: str, *, asked_by: str, at: datetime) -> RoundRow:
    """A new round's row, before anything is done."""
    row = RoundRow(0, workspace, asked_by, stamp(at))
    record = {name: getattr(row, name) for name in row.__dataclass_fields__ if name != "id"}
    record |= {name: json.dumps(record[name]) for name in LISTS}
    number = db.table("rounds").insert(record).last_pk
    return _found(db, int(str(number)))


def advance(db: Database, number: int, state: str, **known: Any) -> RoundRow:
    """Record which step begins, and what became known by then."""
    record = {name: json.dumps(value) if name in LISTS else value for name, value in known.items()}
    db.table("rounds").update(number, {"state": state, "progress": "", **record})
    return _found(db, number)


def show_progress(db: Database, number: int, progress: str) -> None:
    """Record how far the step is, in a few words."""
    db.table("rounds").update(number, {"progress": progress})


def end(db: Database, number: int, verdict: str, reason: str, *, at: datetime, **known: Any) -> RoundRow:
    """Record the verdict; a round ends once, and what ended already stays as it is."""
    if _found(db, number).state != ENDED:
        advance(db, number, ENDED, verdict=verdict, reason=reason, ended_at=stamp(at), **known)
    return _found(db, number)


def resume(db: Database, number: int, *, asked_by: str) -> RoundRow:
    """Count another attempt at a round that was cut off, and who asks for it now."""
    sql = "UPDATE rounds SET attempts = attempts + 1, stopping = 0, progress = '', asked_by = ? WHERE id = ?"
    db.execute(sql, [asked_by, number])
    return _found(db, number)


def put_back(db: Database, number: int) -> None:
    """Let an attempt not count, because the process was to end."""
    db.execute("UPDATE rounds SET attempts = attempts - 1 WHERE id = ?", [number])


def unfinished(db: Database) -> list[RoundRow]:
    """The rounds that haven't ended, oldest first: one runs, or its process died."""
    return _rows(db, "state <> ? ORDER BY id", [ENDED])


def ask_to_stop(db: Database, number: int) -> bool:
    """Ask whoever runs the round to stop it; False when it had ended before."""
    sql = "UPDATE rounds SET stopping = 1 WHERE id = ? AND state <> ?"
    return db.execute(sql, [number, ENDED]).rowcount == 1


def is_stopping(db: Database, number: int) -> bool:
    """Whether somebody asked to stop the round."""
    return _found(db, number).stopping


def get(db: Database, number: int) -> RoundRow | None:
    """The round with this number."""
    return next(iter(_rows(db, "id = ?", [number])), None)


def recent(db: Database, workspace: str, limit: int) -> list[RoundRow]:
    """A workspace's newest rounds, newest first."""
    return _rows(db, "workspace = ? ORDER BY id DESC LIMIT ?", [workspace, limit])


def latest(db: Database, workspace: str) -> RoundRow | None:
    """The newest round of a workspace, ended or not."""
    return next(iter(recent(db, workspace, 1)), None)


def decided_between(db: Database, workspace: str, *, since: str, until: str) -> list[RoundRow]:
    """The rounds of a workspace that ended, or whose trial did, from one stamp up to another, oldest first."""
    within = "(ended_at >= ? AND ended_at < ? OR outcome_at >= ? AND outcome_at < ?)"
    return _rows(db, f"workspace = ? AND {within} ORDER BY id", [workspace, *[since, until] * 2])


def on_trial(db: Database, workspace: str) -> RoundRow | None:
    """The round whose adapter is on trial: a share of briefs is written by it."""
    where = "workspace = ? AND verdict = 'canary' AND outcome = '' ORDER BY id DESC LIMIT 1"
    return next(iter(_rows(db, where, [workspace])), None)


def candidates(db: Database) -> list[str]:
    """The adapters that are on trial, in whatever workspace."""
    rows = _rows(db, "verdict = 'canary' AND outcome = '' ORDER BY id", [])
    return [row.adapter for row in rows if row.adapter]


def trials_against(db: Database, workspace: str, incumbent: str) -> int:
    """How many candidates went on trial against an incumbent so far."""
    sql = "SELECT COUNT(*) AS n FROM rounds WHERE workspace = ? AND verdict = 'canary' AND incumbent = ?"
    return int(next(db.query(sql, [workspace, incumbent]))["n"])


def go_on(db: Database, number: int, reason: str, at: datetime) -> None:
    """Record that a trial isn't decided yet, and why."""
    db.table("rounds").update(number, {"trial": reason, "trial_at": stamp(at)})


def decide(db: Database, number: int, outcome: str, reason: str, at: datetime) -> bool:
    """Record how a trial ended: promoted, rolled back, expired or ended; False when it had ended before."""
    sql = "UPDATE rounds SET outcome = ?, outcome_at = ?, trial = ?, trial_at = ? WHERE id = ? AND outcome = ''"
    return db.execute(sql, [outcome, stamp(at), reason, stamp(at), number]).rowcount == 1


def withdraw(db: Database, workspace: str, *, user: str, at: datetime) -> None:
    """Mark the rounds so far as learnt from somebody who now wants to be left out, unless they taught nothing.

    Call it before what they did is erased. A round keeps no names, so that all are marked.
    """
    db.execute(WITHDRAW, {"workspace": workspace, "user": user, "at": stamp(at)})


def withdrawn(db: Database, workspace: str) -> dict[str, int]:
    """The adapters that learnt from somebody who wanted to be left out since, each with its round."""
    found = {row.adapter: row for row in _rows(db, "workspace = ? ORDER BY id", [workspace]) if row.adapter}
    return {name: row.id for name, row in found.items() if name and row.withdrawn_at}


def last_fitted(db: Database, workspace: str) -> RoundRow | None:
    """The newest round that learnt from what there was."""
    return next(iter(_rows(db, f"workspace = ? AND verdict IN {FITTED} ORDER BY id DESC LIMIT 1", [workspace])), None)


def workspaces(db: Database) -> list[str]:
    """The workspaces in which somebody did something with a draft, or a round ran."""
    sql = " UNION ".join(f"SELECT workspace FROM {table}" for table in (*ACTS, "rounds"))
    return [one["workspace"] for one in db.query(f"{sql} ORDER BY workspace")]


def first_act(db: Database, workspace: str) -> str | None:
    """The stamp of the first vote, rewrite or use in a workspace; of what a file brought, when it was read."""
    sql = " UNION ALL ".join(f"SELECT {came} AS at FROM {table} WHERE workspace = :it" for table, came in ACTS.items())
    found: str | None = next(db.query(f"SELECT MIN(at) AS at FROM ({sql})", {"it": workspace}))["at"]
    return found


def _found(db: Database, number: int) -> RoundRow:
    row = get(db, number)
    assert row is not None, "rounds are never deleted"
    return row


def _rows(db: Database, where: str, arguments: Sequence[object]) -> list[RoundRow]:
    found = db.query(f"SELECT * FROM rounds WHERE {where}", list(arguments))
    return [_row(record) for record in found]


def _row(record: Mapping[str, Any]) -> RoundRow:
    lists = {name: json.loads(record[name]) for name in LISTS}
    return RoundRow(**{**record, **lists, "stopping": bool(record["stopping"])})
