"""Consent: whether what a workspace did with drafts may train the model, and which people said no for themselves."""

from dataclasses import dataclass
from datetime import datetime

from storage import rounds
from storage.database import stamp
from storage.sqlite import Database

WITHHELD = """
    withheld(brief) AS (
        SELECT b.id FROM objections o JOIN briefs b ON b.workspace = o.workspace AND b.user = o.user
        WHERE o.workspace = :workspace
        UNION SELECT b.id FROM briefs b WHERE b.workspace = :workspace AND b.erased = 1
        UNION SELECT b.id FROM withheld w JOIN drafts d ON d.brief = w.brief JOIN briefs b ON b.redesign_of = d.id
    )
"""
"""For `WITH RECURSIVE`: the briefs that teach nothing. Whoever typed them said no, or they are new versions of such
briefs by anyone, for a new version carries the words of the brief that it began with."""

OBJECTORS = "SELECT user FROM objections WHERE workspace = :workspace"


@dataclass(frozen=True, slots=True)
class Consent:
    """The last word on training in a workspace: yes or no, whose, and when; `user` is empty when they are forgotten."""

    trains: bool
    user: str
    at: str


def last(db: Database, workspace: str) -> Consent | None:
    """The consent that stands; None when nobody has decided yet, which means no."""
    sql = "SELECT trains, user, at FROM consents WHERE workspace = ? ORDER BY at DESC, rowid DESC LIMIT 1"
    found = next(db.query(sql, [workspace]), None)
    return Consent(bool(found["trains"]), found["user"], found["at"]) if found else None


def trains(db: Database, workspace: str) -> bool:
    """Whether somebody who may has switched training on."""
    consent = last(db, workspace)
    return consent is not None and consent.trains


def switch(db: Database, workspace: str, *, on: bool, user: str, at: datetime) -> bool:
    """Switch training on or off; earlier decisions stay on record. False when it stood so already."""
    if trains(db, workspace) == on:
        return False
    db.table("consents").insert({"workspace": workspace, "user": user, "trains": on, "at": stamp(at)})
    return True


def teaches(db: Database, workspace: str, user: str) -> bool:
    """Whether the desk may learn from a person: yes, until they say no."""
    sql = "SELECT 1 FROM objections WHERE workspace = ? AND user = ?"
    return next(db.query(sql, [workspace, user]), None) is None


def object_to_learning(db: Database, workspace: str, *, user: str, at: datetime) -> None:
    """Learn from this person no more; the first no keeps its date, and what was fitted so far is marked."""
    rounds.withdraw(db, workspace, user=user, at=at)
    sql = "INSERT OR IGNORE INTO objections (workspace, user, at) VALUES (?, ?, ?)"
    db.execute(sql, [workspace, user, stamp(at)])


def allow_learning(db: Database, workspace: str, *, user: str) -> None:
    """Learn from this person again."""
    db.execute("DELETE FROM objections WHERE workspace = ? AND user = ?", [workspace, user])
