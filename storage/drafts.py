"""Drafts: the copy that was written for a brief, and where in Slack each one stands."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage.database import stamp
from storage.sqlite import Database

EDIT = """
    INSERT INTO edits (draft, user, workspace, text, at, first_at) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (draft, user) DO UPDATE SET
        first_at = CASE WHEN text = ? THEN excluded.first_at ELSE first_at END, text = excluded.text, at = excluded.at,
        kept_at = NULL
"""
"""Whoever brings back the first words and rewrites them once more begins anew."""

BESIDE = """
    brief IN (
        WITH RECURSIVE up(id) AS (
            SELECT ? UNION SELECT d.brief FROM up JOIN briefs b ON b.id = up.id JOIN drafts d ON d.id = b.redesign_of
        ), thread(id) AS (
            SELECT id FROM up UNION
            SELECT b.id FROM thread JOIN drafts d ON d.brief = thread.id JOIN briefs b ON b.redesign_of = d.id
        )
        SELECT id FROM thread
    ) AND brief <> ? ORDER BY written_at DESC, variant DESC
"""

UNUSED = "DELETE FROM uses WHERE draft = ? AND user = ? AND shared = 0 AND shipped = 0"


@dataclass(frozen=True, slots=True)
class DraftRow:
    """One draft. `checks` are mappings with name, ok and reason; `ts` is empty until Slack has taken the message.

    `picks` is how often something was chosen from its menu. `rank` is its place among what was sampled, 1 for the best
    and 0 where that isn't known; `propensity` how likely it was to be shown. `imported` drafts came from a file.
    """

    id: str
    workspace: str
    brief: str
    variant: int
    text: str
    characters: int
    checks: tuple[Mapping[str, Any], ...]
    taste: float
    model: str
    adapter: str | None
    written_at: str
    channel: str | None = None
    ts: str | None = None
    picks: int = 0
    rank: int = 0
    propensity: float = 1.0
    imported: bool = False


@dataclass(frozen=True, slots=True)
class Edit:
    """A person's rewrite of a draft."""

    user: str
    text: str


def insert(db: Database, row: DraftRow) -> None:
    """Keep a draft; before Slack is called, so that a crash in between loses nothing."""
    record = {name: getattr(row, name) for name in row.__dataclass_fields__}
    record["checks"] = json.dumps(row.checks, ensure_ascii=False)
    db.table("drafts").insert(record)


def forget_messages(db: Database, brief: str) -> None:
    """Forget where a brief's drafts stood, because their thread is gone; they are to be posted again."""
    db.execute("UPDATE drafts SET channel = NULL, ts = NULL WHERE brief = ?", [brief])


def complete(db: Database, row: DraftRow) -> None:
    """Fill in a draft that was begun as an empty row because it was streamed; its message stays."""
    checks = json.dumps(row.checks, ensure_ascii=False)
    names = ("text", "characters", "taste", "model", "adapter", "written_at", "rank", "propensity")
    kept = {name: getattr(row, name) for name in names}
    db.table("drafts").update(row.id, {**kept, "checks": checks})


def discard(db: Database, draft: str) -> None:
    """Remove a draft that was never finished."""
    db.table("drafts").delete(draft)


def set_message(db: Database, draft: str, *, channel: str, ts: str) -> None:
    """Record which message shows the draft."""
    db.table("drafts").update(draft, {"channel": channel, "ts": ts})


def count_pick(db: Database, draft: str) -> None:
    """Record that something was chosen from the draft's menu."""
    db.execute("UPDATE drafts SET picks = picks + 1 WHERE id = ?", [draft])


def get(db: Database, draft: str) -> DraftRow | None:
    """The draft with this id."""
    return next(iter(_rows(db, "id = ?", [draft])), None)


def at_message(db: Database, *, workspace: str, channel: str, ts: str) -> DraftRow | None:
    """The draft that a message shows; None for any other message."""
    return next(iter(_rows(db, "workspace = ? AND channel = ? AND ts = ?", [workspace, channel, ts])), None)


def thread_of(db: Database, draft: str) -> str | None:
    """The thread in which a draft stands."""
    sql = "SELECT COALESCE(b.thread_ts, b.opener_ts) AS ts FROM drafts d JOIN briefs b ON b.id = d.brief WHERE d.id = ?"
    return next((found["ts"] for found in db.query(sql, [draft])), None)


def are_in_thread(db: Database, channel: str, thread_ts: str) -> bool:
    """Whether any drafts stand in a thread."""
    sql = (
        "SELECT 1 FROM drafts d JOIN briefs b ON b.id = d.brief"
        " WHERE d.channel = ? AND COALESCE(b.thread_ts, b.opener_ts) = ? LIMIT 1"
    )
    return next(db.query(sql, [channel, thread_ts]), None) is not None


def of_brief(db: Database, brief: str) -> list[DraftRow]:
    """A brief's drafts in the order of their variants."""
    return _rows(db, "brief = ? ORDER BY variant", [brief])


def texts_of_thread(db: Database, brief: str) -> list[str]:
    """What the drafts beside a brief's own say, as written and as rewritten last, the newest first.

    Beside it stand the drafts of the brief that its chain of new versions began with, and of all other versions.
    """
    found = [draft for draft in _rows(db, BESIDE, [brief, brief]) if draft.text]
    return list(dict.fromkeys(text for draft in found for text in (current_text(db, draft), draft.text)))


def save_edit(db: Database, draft: DraftRow, *, user: str, text: str, at: datetime) -> None:
    """Keep a person's rewrite of a draft; a later one replaces its words, and when it was rewritten first stays."""
    db.execute(EDIT, [draft.id, user, draft.workspace, text, stamp(at), stamp(at), draft.text])


def latest_edit(db: Database, draft: str) -> Edit | None:
    """The newest rewrite of a draft by anyone."""
    sql = "SELECT user, text FROM edits WHERE draft = ? ORDER BY at DESC LIMIT 1"
    return next((Edit(found["user"], found["text"]) for found in db.query(sql, [draft])), None)


def current_text(db: Database, draft: DraftRow) -> str:
    """What a draft's message shows: its newest rewrite, or what was written first."""
    edited = latest_edit(db, draft.id)
    return edited.text if edited else draft.text


def save_share(db: Database, draft: DraftRow, *, user: str, channel: str, at: datetime) -> None:
    """Record that a person shared a draft into a channel."""
    _save_use(db, draft, user=user, channel=channel, at=at, how="shared")


def save_shipment(db: Database, draft: DraftRow, *, user: str, at: datetime) -> None:
    """Record that a person says the draft went out to the public."""
    _save_use(db, draft, user=user, channel=draft.channel or "", at=at, how="shipped")


def is_shared_by(db: Database, draft: str, *, user: str) -> bool:
    """Whether a person shared the draft before."""
    return (
        next(db.query("SELECT 1 FROM uses WHERE draft = ? AND user = ? AND shared = 1", [draft, user]), None)
        is not None
    )


def take_share_back(db: Database, draft: str, *, user: str) -> None:
    """Forget that a person shared a draft, because it could not be posted; that they marked it as shipped stays."""
    db.execute("UPDATE uses SET shared = 0 WHERE draft = ? AND user = ?", [draft, user])
    db.execute(UNUSED, [draft, user])


def take_shipment_back(db: Database, draft: str, *, user: str) -> bool:
    """Take a person's mark back; that they shared the draft stays. False when there was no mark."""
    marked = "draft = ? AND user = ? AND shipped = 1"
    taken = db.execute(f"UPDATE uses SET shipped = 0 WHERE {marked}", [draft, user]).rowcount == 1
    db.execute(UNUSED, [draft, user])
    return taken


def shipped_by(db: Database, draft: str) -> str:
    """Who said first that the draft went out; empty when nobody did."""
    sql = "SELECT user FROM uses WHERE draft = ? AND shipped = 1 ORDER BY at LIMIT 1"
    return next((str(found["user"]) for found in db.query(sql, [draft])), "")


def _save_use(db: Database, draft: DraftRow, *, user: str, channel: str, at: datetime, how: str) -> None:
    db.execute(
        f"""
        INSERT INTO uses (draft, user, workspace, channel, at, shared, shipped) VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (draft, user) DO UPDATE SET
            {how} = 1, channel = excluded.channel, at = excluded.at, rewrite_erased = 0
        """,
        [draft.id, user, draft.workspace, channel, stamp(at), how == "shared", how == "shipped"],
    )


def _rows(db: Database, where: str, arguments: Sequence[str]) -> list[DraftRow]:
    found = db.query(f"SELECT * FROM drafts WHERE {where}", list(arguments))
    return [_row(record) for record in found]


def _row(record: Mapping[str, Any]) -> DraftRow:
    checks, imported = tuple(json.loads(record["checks"])), bool(record["imported"])
    return DraftRow(**{**record, "checks": checks, "imported": imported})
