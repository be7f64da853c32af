"""Votes from a file: a line becomes a brief, a draft, a vote and an edit, and the same line twice is one."""

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from storage import briefs, drafts
from storage.briefs import BriefRow
from storage.database import stamp
from storage.drafts import DraftRow
from storage.sqlite import Database

SOURCE = "imported"
A_MOMENT = timedelta(microseconds=1)
"""A line's rewrite comes after its vote, for the vote was on the draft as it was."""

VOTE = """
    INSERT INTO votes (draft, user, workspace, value, reason, source, at, kept_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (draft, user) DO UPDATE SET
        value = excluded.value, reason = excluded.reason, words = NULL, source = excluded.source, at = excluded.at,
        kept_at = excluded.kept_at, rewrite_erased = 0
    WHERE excluded.at > at AND excluded.value <> value
"""
EDIT = """
    INSERT INTO edits (draft, user, workspace, text, at, first_at, kept_at) VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (draft, user) DO UPDATE SET text = excluded.text, at = excluded.at, kept_at = excluded.kept_at
    WHERE excluded.at > at AND excluded.text <> text
"""


@dataclass(frozen=True, slots=True)
class Act:
    """What one person did with a draft; `value` is 1, -1 or None, and an empty text is none."""

    user: str
    value: int | None
    reason: str
    edited: str
    at: datetime


def brief_id(row: BriefRow) -> str:
    """The same id for the same brief, in whichever file and however often it is read."""
    return _digest(row.workspace, "brief", row.format, row.product, row.audience, row.tone, row.language)


def draft_id(brief: BriefRow, text: str) -> str:
    """The same id for the same text of the same brief."""
    return _digest(brief_id(brief), "draft", text)


def written_here(db: Database, workspace: str) -> dict[str, str]:
    """The drafts that the desk itself wrote, by what `key` makes of them: a file may speak of those too."""
    sql = """
        SELECT d.id, b.format, b.product, d.text FROM drafts d JOIN briefs b ON b.id = d.brief
        WHERE d.workspace = ? AND d.imported = 0
    """
    return {key(found["format"], found["product"], found["text"]): found["id"] for found in db.query(sql, [workspace])}


def key(form: str, product: str, text: str) -> str:
    """What a draft is recognised by, whoever wrote it."""
    return _digest("known", form, product, text)


def keep(db: Database, brief: BriefRow, draft: DraftRow, act: Act, *, known: dict[str, str], now: datetime) -> bool:
    """Keep a line; False when all of it was there before. `known` is what `written_here` returned."""
    found = known.get(key(brief.format, brief.product, draft.text))
    if found is None:
        found = draft.id
        _keep_draft(db, brief, draft)
    changed = 0
    if act.value is not None:
        vote = [found, act.user, brief.workspace, act.value, act.reason or None, SOURCE, stamp(act.at), stamp(now)]
        changed += db.execute(VOTE, vote).rowcount
    if act.edited:
        edit = [found, act.user, brief.workspace, act.edited, *[stamp(act.at + A_MOMENT)] * 2, stamp(now)]
        changed += db.execute(EDIT, edit).rowcount
    return changed > 0


def _keep_draft(db: Database, brief: BriefRow, draft: DraftRow) -> None:
    if drafts.get(db, draft.id) is not None:
        return
    if briefs.get(db, brief.id) is None:
        briefs.insert(db, brief)
    variants = next(db.query("SELECT COALESCE(MAX(variant), 0) AS n FROM drafts WHERE brief = ?", [brief.id]))["n"]
    drafts.insert(db, replace(draft, variant=variants + 1))


def _digest(*words: str) -> str:
    return hashlib.sha256(json.dumps(words).encode()).hexdigest()[:32]
