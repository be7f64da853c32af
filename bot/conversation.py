"""Answers a direct message or a mention as if it were /copy, in the thread of the message."""

import logging
import re
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot import brief, format_words
from bot.brief import BriefError
from bot.drafting import help_text
from bot.intake import Intake, Place, Refused
from bot.slack_text import escape
from storage import deliveries, drafts
from storage.database import Storage

ABOUT_A_DRAFT = (
    "To change a draft, choose from *Make it…* under it. "
    "For something new, say where it will run, for example: {example}"
)
GREETING = "Tell me what to write and where it will run, for example: {example}"
PROMPTS = (
    {"title": "A tweet", "message": brief.EXAMPLE},
    {"title": "An e-mail", "message": "email to customers of Harbour Books, author evening on Thursday, warm"},
    {"title": "A text message", "message": "sms for Petal & Stem, same-day flowers until 2pm"},
    {"title": "What can you write?", "message": "help"},
)

logger = logging.getLogger(__name__)


def register(app: App, intake: Intake, storage: Storage) -> None:
    """Listen for direct messages, mentions, and the opening of the direct message."""

    @app.event("app_mention")
    def app_mention(body: dict[str, Any], event: dict[str, Any], client: WebClient) -> None:
        _answer(body, event, client)

    @app.event("message")
    def message(body: dict[str, Any], event: dict[str, Any], client: WebClient) -> None:
        is_from_person = "bot_id" not in event and "subtype" not in event
        if event.get("channel_type") == "im" and is_from_person:
            _answer(body, event, client)

    def _answer(body: dict[str, Any], event: dict[str, Any], client: WebClient) -> None:
        answer = _take(_without_mention(body, event), body, event)
        if answer is None:
            return
        with storage.write() as db:
            # The brief has claimed this delivery under its own key; the sentence needs one of its own.
            if not deliveries.claim(db, f"{body['event_id']}:answer", intake.clock()):
                return
        client.chat_postMessage(channel=event["channel"], thread_ts=_root(event), text=answer)

    def _take(text: str, body: dict[str, Any], event: dict[str, Any]) -> str | None:
        if not text or text.lower() in ("help", "hello", "hi"):
            return help_text() if text.lower() == "help" else GREETING.format(example=brief.EXAMPLE)
        try:
            typed = brief.parse(text, intake.brand_names(body["team_id"]))
            if not typed.is_complete:
                return brief.NO_PRODUCT.format(example=brief.EXAMPLE)
            if typed.is_format_assumed and _is_below_drafts(event):
                return ABOUT_A_DRAFT.format(example=brief.EXAMPLE)
            place = Place(
                workspace=body["team_id"],
                channel=event["channel"],
                user=event["user"],
                key=body["event_id"],
                # What is asked for in private goes to the direct message, not to the thread of the request.
                thread_ts=None if typed.private else _root(event),
                private=typed.private,
            )
            told = intake.take(typed.brief, place, typed.brand)
            nearest = format_words.note(typed.brief.product) if typed.is_format_assumed else ""
            return " ".join(filter(None, (told, nearest))) or None
        except (BriefError, Refused) as refused:
            # It says what was typed, and anybody would read the mention in it.
            return escape(str(refused))

    def _is_below_drafts(event: dict[str, Any]) -> bool:
        """Whether this is said in the thread of drafts: then it is more likely about them than a brief of its own."""
        with storage.read() as db:
            return "thread_ts" in event and drafts.are_in_thread(db, event["channel"], event["thread_ts"])


def suggest_prompts(client: WebClient, channel: str) -> None:
    """Offer example requests in the direct message; an app without the agent view is refused, which is no harm."""
    try:
        client.assistant_threads_setSuggestedPrompts(channel_id=channel, prompts=list(PROMPTS))
    except SlackApiError as error:
        logger.info("Suggested prompts were refused: %s", error.response["error"])


def _without_mention(body: dict[str, Any], event: dict[str, Any]) -> str:
    """What was said, without our own name anywhere in it."""
    ours = [one["user_id"] for one in body.get("authorizations", []) if one.get("is_bot")]
    text = re.sub(r"^\s*<@[^>]+>\s*", "", event.get("text", ""))
    for user in ours:
        text = text.replace(f"<@{user}>", "")
    return " ".join(text.split())


def _root(event: dict[str, Any]) -> str:
    return str(event.get("thread_ts") or event["ts"])
