"""What people do with a brief and its drafts: say why not, ask for a new version, edit, share, stop, try again."""

import logging
import math
import uuid
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot import blocks, draft_message, versions
from bot.desk import SlackUnavailable
from bot.forms import filled_in, open_modal
from bot.intake import Intake, Refused
from bot.reaching import reaching_slack
from bot.refresher import Refresher
from bot.slack_text import escape
from bot.versions import Wish
from bot.votes import find_draft, tell_gone
from bot.whisper import whisper
from storage import briefs, deliveries, drafts, hourly, votes
from storage.briefs import BriefRow
from storage.database import Storage, stamp
from storage.drafts import DraftRow
from storage.sqlite import Database

EDIT_LIMIT = 3000
TOO_LONG_TO_EDIT = (
    "This draft has {count:,} characters; Slack's forms take 3,000. Copy it and edit it where it will run."
)
SHIPPED = "Draft {variant} is marked as shipped. That teaches the desk more than a vote."
NOT_SHIPPED = "Your mark on draft {variant} is taken back."
NOT_YOURS = "Draft {variant} is marked as shipped by <@{user}>; only they can take that back."
EMPTY_EDIT = "An empty draft can't be kept. Write the copy, or cancel."
ERASED_MEANWHILE = "This draft was erased meanwhile; copy your text before you close this."
TRIED_AGAIN = "This brief was tried again already; the new try has a message of its own."
TOO_MANY_EDITS = (
    "This rewrite isn't kept: you have rewritten {limit} drafts within an hour, and no one's taste should drown the "
    "others'. Save it in {minutes} min."
)
TOO_MANY_USES = (
    "That isn't done: you have shared or marked {limit} drafts within an hour, and no one's taste should drown the "
    "others'. You can in {minutes} min."
)
NOT_SHARED = "Draft {variant} could not be posted to the channel just now. Try again, or copy it from above."

logger = logging.getLogger(__name__)


def register(app: App, intake: Intake, storage: Storage, refresher: Refresher) -> None:
    """Listen for the buttons of openers and drafts, other than votes."""
    _register_reasons(app, intake, storage)
    _register_editing(app, intake, storage, refresher)
    _register_sharing(app, intake, storage, refresher)
    _register_shipping(app, intake, storage, refresher)
    _register_stopping(app, intake, storage)


def _register_reasons(app: App, intake: Intake, storage: Storage) -> None:
    @app.view("reason")
    def reason_given(ack: Ack, body: dict[str, Any], view: dict[str, Any], client: WebClient) -> None:
        fields, user = filled_in(view), body["user"]["id"]
        with storage.write() as db:
            draft = drafts.get(db, view["private_metadata"])
            if draft is not None:
                votes.give_reason(db, draft.id, user=user, reason=fields["reason"], words=fields["words"])
                thread_ts = drafts.thread_of(db, draft.id)
        if draft is None or not fields["redesign"]:
            ack()
            return
        kind = versions.KIND_OF_REASON.get(fields["reason"], fields["reason"])
        wish = Wish(kind, words=fields["words"].strip())
        try:
            told = versions.ask(intake, storage, draft, wish, user=user, key=body["trigger_id"])
        except Refused as refused:
            ack(response_action="errors", errors={"words": str(refused)})
            return
        ack()
        if told:
            whisper(client, told, channel=draft.channel or "", user=user, thread_ts=thread_ts)


def _register_editing(app: App, intake: Intake, storage: Storage, refresher: Refresher) -> None:
    @app.action("edit")
    def edit(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        ack()
        draft = find_draft(storage, body)
        if draft is None:
            tell_gone(client, body)
            return
        with storage.read() as db:
            text = drafts.current_text(db, draft)
        if len(text) > EDIT_LIMIT:
            with storage.read() as db:
                thread_ts = drafts.thread_of(db, draft.id)
            told = TOO_LONG_TO_EDIT.format(count=len(text))
            whisper(client, told, channel=draft.channel or "", user=body["user"]["id"], thread_ts=thread_ts)
            return
        open_modal(client, body, _edit_modal(draft, text))

    @app.view("edit")
    def edit_submitted(ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
        text = filled_in(view)["text"].strip()
        if not text:
            ack(response_action="errors", errors={"text": EMPTY_EDIT})
            return
        user, now = body["user"]["id"], intake.clock()
        with storage.write() as db:
            draft = drafts.get(db, view["private_metadata"])
            until = hourly.full_until(db, "edits", draft, user=user, at=now) if draft else None
            if draft and not until and text != drafts.current_text(db, draft):
                drafts.save_edit(db, draft, user=user, text=text, at=now)
        if draft is None or until:
            told = _too_many(TOO_MANY_EDITS, until - now) if until else ERASED_MEANWHILE
            ack(response_action="errors", errors={"text": told})
            return
        ack()
        refresher.soon(draft.id)


def _register_sharing(app: App, intake: Intake, storage: Storage, refresher: Refresher) -> None:
    @app.action("share")
    def share(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        ack()
        draft, user = find_draft(storage, body), body["user"]["id"]
        if draft is None or draft.channel is None:
            tell_gone(client, body)
            return
        if told := _claim_and_share(intake, storage, client, draft, user=user):
            with storage.read() as db:
                thread_ts = drafts.thread_of(db, draft.id)
            whisper(client, told, channel=draft.channel, user=user, thread_ts=thread_ts)
            return
        refresher.soon(draft.id)


def _claim_and_share(intake: Intake, storage: Storage, client: WebClient, draft: DraftRow, *, user: str) -> str:
    """Share a draft once per person; returns what to tell them, empty when nothing.

    A second click is a second thought, not a second post. The row comes first, so that a crash posts nothing twice;
    what Slack refused was no use, and may be tried again.
    """
    key, now = f"share:{draft.id}:{user}", intake.clock()
    with storage.write() as db:
        if until := hourly.full_until(db, "uses", draft, user=user, at=now):
            return _too_many(TOO_MANY_USES, until - now)
        if not deliveries.claim(db, key, now):
            return ""
        is_first = not drafts.is_shared_by(db, draft.id, user=user)
        drafts.save_share(db, draft, user=user, channel=draft.channel or "", at=now)
        brief, text = briefs.get(db, draft.brief), drafts.current_text(db, draft)
    assert brief is not None, "drafts.brief is a foreign key"
    if _share(client, draft, brief, text=text, user=user):
        return ""
    with storage.write() as db:
        deliveries.let_go(db, key)
        if is_first:
            drafts.take_share_back(db, draft.id, user=user)
    return NOT_SHARED.format(variant=draft.variant)


def _share(client: WebClient, draft: DraftRow, brief: BriefRow, *, text: str, user: str) -> bool:
    """Post the copy in its channel; False when Slack would not."""
    channel, shown = draft.channel or "", blocks.shared_blocks(text, brief=brief, user=user)
    try:
        with reaching_slack():
            client.chat_postMessage(channel=channel, text=escape(text[: draft_message.FALLBACK_LIMIT]), blocks=shown)
    except (SlackApiError, SlackUnavailable) as error:
        logger.warning("Draft %s could not be shared: %s", draft.id, type(error).__name__)
        return False
    return True


def _register_shipping(app: App, intake: Intake, storage: Storage, refresher: Refresher) -> None:
    @app.action("ship")
    def ship(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        action, user = body["actions"][0], body["user"]["id"]
        # A menu's entry in a channel, a button in private.
        wish, _, name = action.get("selected_option", action)["value"].partition(":")
        told = ""
        with storage.write() as db:
            draft = drafts.get(db, name)
            is_known = draft is not None and draft.workspace == body["team"]["id"]
            if draft and is_known and deliveries.claim(db, f"ship:{body['trigger_id']}", intake.clock()):
                told = _mark(db, draft, wish, user=user, at=intake.clock())
                thread_ts = drafts.thread_of(db, draft.id)
        ack()
        if not is_known:
            tell_gone(client, body)
        if draft and told:
            refresher.soon(draft.id)
            whisper(client, told, channel=draft.channel or "", user=user, thread_ts=thread_ts)


def _mark(db: Database, draft: DraftRow, wish: str, *, user: str, at: datetime) -> str:
    """Mark a draft as shipped, or take a person's own mark back; returns what to tell them."""
    if wish == "ship":
        if until := hourly.full_until(db, "uses", draft, user=user, at=at):
            return _too_many(TOO_MANY_USES, until - at)
        drafts.save_shipment(db, draft, user=user, at=at)
        return SHIPPED.format(variant=draft.variant)
    is_theirs, other = drafts.take_shipment_back(db, draft.id, user=user), drafts.shipped_by(db, draft.id)
    if other and not is_theirs:
        return NOT_YOURS.format(variant=draft.variant, user=other)
    return NOT_SHIPPED.format(variant=draft.variant)


def _register_stopping(app: App, intake: Intake, storage: Storage) -> None:
    @app.action("stop")
    def stop(ack: Ack, body: dict[str, Any]) -> None:
        ack()
        brief = _find_brief(storage, body)
        if brief is not None:
            intake.desk.cancel(brief.id)

    @app.action("retry")
    def retry(ack: Ack, body: dict[str, Any], respond: Any) -> None:
        ack()
        brief = _find_brief(storage, body)
        if brief is None or brief.erased:
            respond(text=versions.ERASED, replace_original=False, response_type="ephemeral")
            return
        with storage.write() as db:
            # What Slack repeats is no second click.
            if not deliveries.claim(db, f"retried:{body['trigger_id']}", intake.clock()):
                return
        again = replace(_anew(brief, intake), opener_channel=None, opener_ts=None)
        try:
            told = intake.take_row(again, key=f"retry:{brief.id}", twice=TRIED_AGAIN)
        except Refused as refused:
            told = str(refused)
        if told:
            respond(text=told, replace_original=False, response_type="ephemeral")


def _find_brief(storage: Storage, body: dict[str, Any]) -> BriefRow | None:
    with storage.read() as db:
        brief = briefs.get(db, body["actions"][0]["value"])
    return brief if brief is not None and brief.workspace == body["team"]["id"] else None


def _anew(brief: BriefRow, intake: Intake) -> BriefRow:
    return replace(
        brief,
        id=uuid.uuid4().hex,
        status="queued",
        attempts=0,
        asked_at=stamp(intake.clock()),
        started_at=None,
        finished_at=None,
        response_url="",
    )


def _too_many(words: str, wait: timedelta) -> str:
    return words.format(limit=hourly.MOST_AN_HOUR, minutes=max(1, math.ceil(wait / timedelta(minutes=1))))


def _edit_modal(draft: DraftRow, text: str) -> dict[str, Any]:
    field = blocks.text_input(
        "text", "The copy", optional=False, multiline=True, max_length=EDIT_LIMIT, initial_value=text
    )
    return {
        "type": "modal",
        "callback_id": "edit",
        "private_metadata": draft.id,
        "title": blocks.plain(f"Edit draft {draft.variant}"),
        "submit": blocks.plain("Save"),
        "close": blocks.plain("Cancel"),
        "blocks": [field, blocks.context("The desk learns most from edits: what you change is what it got wrong.")],
    }
