"""Taste: which beliefs an admin doesn't want held, from when on votes count, and the vectors of judged texts."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from storage.database import stamp
from storage.sqlite import Database

AT_ONCE = 500  # placeholders in one statement


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """A feature that is not to count, and who said so; `user` is empty when they are forgotten."""

    feature: str
    user: str
    at: str


def corrections(db: Database, workspace: str) -> list[CorrectionRow]:
    """The features that are not to count in a workspace, the oldest decision first."""
    sql = "SELECT feature, user, at FROM corrections WHERE workspace = ? ORDER BY at, feature"
    return [CorrectionRow(**found) for found in db.query(sql, [workspace])]


def correct(db: Database, workspace: str, feature: str, *, user: str, at: datetime) -> None:
    """Let a feature count no more; the first decision stands."""
    sql = "INSERT OR IGNORE INTO corrections (workspace, feature, user, at) VALUES (?, ?, ?, ?)"
    db.execute(sql, [workspace, feature, user, stamp(at)])


def allow(db: Database, workspace: str, feature: str) -> None:
    """Let a feature count again."""
    db.execute("DELETE FROM corrections WHERE workspace = ? AND feature = ?", [workspace, feature])


def reset(db: Database, workspace: str, *, user: str, at: datetime) -> None:
    """Let only what people do from now on count, and every feature."""
    db.table("resets").insert({"workspace": workspace, "user": user, "at": stamp(at)})
    db.execute("DELETE FROM corrections WHERE workspace = ?", [workspace])


def since(db: Database, workspace: str) -> str:
    """The stamp from which on signals count; empty when all do."""
    sql = "SELECT COALESCE(MAX(at), '') AS at FROM resets WHERE workspace = ?"
    return str(next(db.query(sql, [workspace]))["at"])


def vectors(db: Database, workspace: str, digests: Sequence[str]) -> dict[str, bytes]:
    """The vectors that are kept, by the digests of their texts."""
    found: dict[str, bytes] = {}
    for some in _parts(digests):
        marks = ", ".join("?" * len(some))
        sql = f"SELECT digest, vector FROM vectors WHERE workspace = ? AND digest IN ({marks})"
        found |= {row["digest"]: row["vector"] for row in db.query(sql, [workspace, *some])}
    return found


def keep_vectors(db: Database, workspace: str, made: Mapping[str, bytes]) -> None:
    """Keep vectors, so that the next start needn't make them again."""
    sql = "INSERT OR IGNORE INTO vectors (workspace, digest, vector) VALUES (?, ?, ?)"
    db.conn.executemany(sql, [(workspace, digest, vector) for digest, vector in made.items()])


def drop_vectors(db: Database, workspace: str, *, but: Collection[str]) -> int:
    """Forget the vectors of texts that are judged no more; returns how many."""
    kept = db.query("SELECT digest FROM vectors WHERE workspace = ?", [workspace])
    gone = [found["digest"] for found in kept if found["digest"] not in but]
    for some in _parts(gone):
        marks = ", ".join("?" * len(some))
        db.execute(f"DELETE FROM vectors WHERE workspace = ? AND digest IN ({marks})", [workspace, *some])
    return len(gone)


def judged_workspaces(db: Database) -> list[str]:
    """The workspaces in which anyone has voted on, rewritten or used a draft."""
    sql = " UNION ".join(f"SELECT workspace FROM {table}" for table in ("votes", "edits", "uses"))
    return [str(found["workspace"]) for found in db.query(f"{sql} ORDER BY workspace")]


def _parts(digests: Sequence[str]) -> Iterator[list[str]]:
    left = iter(digests)
    while some := list(islice(left, AT_ONCE)):
        yield some
