"""The "Make it…" menu under a draft: shorter, longer, punchier, more formal, or what a small form asks."""

import json
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot import blocks, versions
from bot.blocks import Block
from bot.forms import filled_in, open_modal
from bot.intake import Intake, Refused
from bot.refresher import Refresher
from bot.versions import Wish
from bot.whisper import whisper
from model.formats import FORMATS
from model.prompts import LANGUAGES
from storage import briefs, deliveries, drafts
from storage.briefs import BriefRow
from storage.database import Storage
from storage.drafts import DraftRow

FIELDS = {"another format": "format", "translation": "language", "in words": "words"}
"""The kinds that a form asks more about, and its one field."""

WORDS_LIMIT = 500
TITLES = {"another format": "Another format", "translation": "Translate", "in words": "In your words"}
NO_WORDS = "Say what to change, for example: mention the free parking."
EXAMPLE = "mention the free parking"
HINT = "What is new here may appear in the copy: the drafts use no other facts."


def register(app: App, intake: Intake, storage: Storage, refresher: Refresher) -> None:
    """Listen for the menu and its forms."""

    @app.action("make_it")
    def make_it(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        kind, _, name = body["actions"][0]["selected_option"]["value"].partition(":")
        with storage.write() as db:
            draft = _find(drafts.get(db, name), body)
            is_new = draft is not None and deliveries.claim(db, f"pick:{body['trigger_id']}", intake.clock())
            if draft is not None and is_new:
                drafts.count_pick(db, draft.id)
                brief, thread_ts = briefs.get(db, draft.brief), drafts.thread_of(db, draft.id)
        if draft is None or not is_new:
            ack()
            return
        assert brief is not None, "drafts.brief is a foreign key"
        told = "" if kind in FIELDS else _ask(draft, Wish(kind), body)
        ack()
        if kind in FIELDS:
            open_modal(client, body, modal(draft, brief, kind))
        # Slack's clients keep a menu's choice until its block has another id; without one it could be made only once.
        refresher.soon(draft.id)
        if told:
            whisper(client, told, channel=draft.channel or "", user=body["user"]["id"], thread_ts=thread_ts)

    @app.view("make_it")
    def make_it_submitted(ack: Ack, body: dict[str, Any], view: dict[str, Any], client: WebClient) -> None:
        kept, fields = json.loads(view["private_metadata"]), filled_in(view)
        with storage.read() as db:
            draft = _find(drafts.get(db, kept["draft"]), body)
            thread_ts = drafts.thread_of(db, kept["draft"])
        if draft is None:
            ack()
            return
        wish = Wish(kept["kind"], fields.get("words", "").strip(), fields.get("format", ""), fields.get("language", ""))
        try:
            if wish.kind == "in words" and not wish.words:
                raise Refused(NO_WORDS)
            told = versions.ask(intake, storage, draft, wish, user=body["user"]["id"], key=body["trigger_id"])
        except Refused as refused:
            ack(response_action="errors", errors={FIELDS[wish.kind]: str(refused)})
            return
        ack()
        if told:
            whisper(client, told, channel=draft.channel or "", user=body["user"]["id"], thread_ts=thread_ts)

    def _ask(draft: DraftRow, wish: Wish, body: dict[str, Any]) -> str:
        try:
            return versions.ask(intake, storage, draft, wish, user=body["user"]["id"], key=body["trigger_id"])
        except Refused as refused:
            return str(refused)


def modal(draft: DraftRow, brief: BriefRow, kind: str) -> dict[str, Any]:
    """The one thing that is still to be said."""
    return {
        "type": "modal",
        "callback_id": "make_it",
        "private_metadata": json.dumps({"draft": draft.id, "kind": kind}),
        "title": blocks.plain(TITLES[kind]),
        "submit": blocks.plain("Write it"),
        "close": blocks.plain("Cancel"),
        "blocks": [
            _field(brief, kind),
            blocks.context("The new version comes in the draft's thread; the draft stays."),
        ],
    }


def _field(brief: BriefRow, kind: str) -> Block:
    if kind == "another format":
        forms = [(one.title, one.name) for one in FORMATS.values() if one.name != brief.format]
        return blocks.select("format", "Where will it run?", forms)
    if kind == "translation":
        languages = [(title, code) for code, title in LANGUAGES.items() if code != brief.language]
        return blocks.select("language", "Into which language?", languages)
    label, limit = "What should change?", WORDS_LIMIT
    return blocks.text_input(
        "words", label, optional=False, multiline=True, max_length=limit, hint=HINT, placeholder=EXAMPLE
    )


def _find(draft: DraftRow | None, body: dict[str, Any]) -> DraftRow | None:
    return draft if draft is not None and draft.workspace == body["team"]["id"] else None
