"""Briefs and drafts as rows, for tests that begin where people have already asked and read."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlite_utils import Database

from storage import briefs, drafts
from storage.briefs import BriefRow
from storage.database import stamp
from storage.drafts import DraftRow

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
WORKSPACE = "T0PLAY"


def at(minute: float) -> datetime:
    """A moment that many minutes after noon."""
    return NOON + timedelta(minutes=minute)


def add_brief(db: Database, name: str, **fields: Any) -> BriefRow:
    """A finished brief of ana's in #launch."""
    given: dict[str, Any] = {
        "workspace": WORKSPACE,
        "channel": "C0LAUNCH",
        "user": "U0ANA",
        "product": f"tweet for {name}",
        "format": "tweet",
        "variants": 3,
        "asked_at": stamp(NOON),
        "status": "done",
        "finished_at": stamp(NOON),
        **fields,
    }
    row = BriefRow(id=name, **given)
    briefs.insert(db, row)
    return row


def add_draft(db: Database, brief: BriefRow, variant: int = 1, **fields: Any) -> DraftRow:
    """A draft of a brief, posted where the brief was asked for."""
    text = fields.pop("text", f"Draft {variant} about {brief.id}.")
    given: dict[str, Any] = {
        "id": f"{brief.id}-{variant}",
        "workspace": brief.workspace,
        "brief": brief.id,
        "variant": variant,
        "text": text,
        "characters": len(text),
        "checks": ({"name": "length", "ok": True, "reason": f"{len(text)} of 280", "hard": True},),
        "taste": 0.0,
        "model": "tiny",
        "adapter": None,
        "written_at": brief.asked_at,
        "channel": brief.channel,
        "ts": f"{brief.id}.{variant}",
        **fields,
    }
    row = DraftRow(**given)
    drafts.insert(db, row)
    return row
