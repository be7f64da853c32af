"""A draft's own message in Slack: posted once, refreshed when votes or edits change what it shows."""

from typing import Any

from slack_sdk import WebClient

from bot import blocks, naming, rows
from bot.reaching import reaching_slack
from bot.slack_text import escape
from model.adapters import HOUSE
from model.writing import BY_RULE
from storage import briefs, drafts, votes
from storage.briefs import BriefRow
from storage.database import Storage
from storage.drafts import DraftRow
from storage.sqlite import Database

EVENT_TYPE = "copydesk_draft"
FALLBACK_LIMIT = 3000


def post(client: WebClient, storage: Storage, draft: DraftRow, brief: BriefRow) -> DraftRow:
    """Show a saved draft in its brief's thread and keep where it stands."""
    with reaching_slack():
        answer = client.chat_postMessage(
            thread_ts=brief.thread_ts or brief.opener_ts, **_message(storage, draft, brief)
        )
    with storage.write() as db:
        drafts.set_message(db, draft.id, channel=answer["channel"], ts=answer["ts"])
        found = drafts.get(db, draft.id)
    assert found is not None, "the row was updated in this transaction"
    return found


def refresh(client: WebClient, storage: Storage, draft: DraftRow) -> None:
    """Show a draft's message as its rows are now."""
    if draft.ts is None:
        return
    with storage.read() as db:
        brief = briefs.get(db, draft.brief)
    assert brief is not None, "drafts.brief is a foreign key"
    with reaching_slack():
        client.chat_update(ts=draft.ts, **_message(storage, draft, brief))


def written_by(db: Database, draft: DraftRow, brief: BriefRow) -> str:
    """The model that wrote a draft, and the version if it was one; empty where nothing has written it yet.

    The house is named only where a draft beside it, or the one it replaces, is by a version. Whether a version is on
    trial is for the opener to say: it ends, and who votes is to judge the words.
    """
    if draft.model == BY_RULE:
        return ""
    version = draft.adapter if draft.adapter not in (None, HOUSE) else _house_beside(db, draft, brief)
    return " · ".join(part for part in (_short(draft.model), version) if part)


def _short(model: str) -> str:
    """A model's name without who published it, or the folders that it lies in.

    >>> _short("Qwen/Qwen3-4B-Instruct-2507"), _short("tiny")
    ('Qwen3-4B-Instruct-2507', 'tiny')
    """
    return model.rstrip("/").rsplit("/", 1)[-1]


def _house_beside(db: Database, draft: DraftRow, brief: BriefRow) -> str:
    """The house's name, for a draft by it that stands beside one by a version."""
    before = drafts.get(db, brief.redesign_of) if brief.redesign_of else None
    beside = [*drafts.of_brief(db, brief.id), *([before] if before else [])]
    is_mixed = any(one.text and one.adapter not in (None, HOUSE) for one in beside)
    return HOUSE if draft.text and is_mixed else ""


def _message(storage: Storage, draft: DraftRow, brief: BriefRow) -> dict[str, Any]:
    with storage.read() as db:
        tally, edit = votes.tally(db, draft.id), drafts.latest_edit(db, draft.id)
        shipped_by, version = drafts.shipped_by(db, draft.id), naming.version(db, brief)
        writer = written_by(db, draft, brief)
    name = version.name if version else ""
    called = f"Draft {draft.variant} of {brief.variants}" + (f" ({name})" if name else "")
    shown = draft if edit is None else rows.edited(draft, brief, edit.text)
    return {
        "channel": draft.channel or brief.opener_channel,
        "text": f"{called}: {escape(shown.text[:FALLBACK_LIMIT])}",
        "blocks": blocks.draft_blocks(
            shown,
            brief=brief,
            tally=tally,
            edited_by=edit.user if edit else "",
            shipped_by=shipped_by,
            written_by=writer,
            version=name,
        ),
        # A lost row can be found again from the message itself.
        "metadata": {"event_type": EVENT_TYPE, "event_payload": {"draft": draft.id, "brief": brief.id}},
    }
