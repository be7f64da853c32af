"""Shares the result of many comments in the channel where it was asked for: once, with who did, without the CSV."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot import blocks, sentiment_result
from bot.blocks import Block
from bot.desk import SlackUnavailable
from bot.opener import SHUT_OUT
from bot.reaching import reaching_slack
from bot.sentiment_actions import find, tell_gone, value_of
from bot.sentiment_result import ROWS_BLOCK, SHARE_IT
from storage import deliveries
from storage.database import Storage
from storage.readings import ReadingRow

SHARED_BY = "shared by <@{user}>"
SHARED_IN = "Shared in <#{channel}>."
NOT_IN_CHANNEL = "I'm not in <#{channel}>. Type `/invite @copydesk` there, and press *Share* again."
NOT_SHARED = "The result could not be shared just now. Press *Share* again in a minute."

logger = logging.getLogger(__name__)


def register(app: App, storage: Storage, clock: Callable[[], datetime]) -> None:
    """Listen for the button under a result."""

    @app.action(SHARE_IT)
    def share_result(ack: Ack, body: dict[str, Any], client: WebClient, respond: Any) -> None:
        ack()
        row = find(storage, body)
        if row is None:
            tell_gone(respond)
            return
        key = f"share:{row.id}:{row.channel}"
        with storage.write() as db:
            # First, so that a crash posts nothing twice.
            if not deliveries.claim(db, key, clock()):
                return
        if told := _share(client, row, body):
            with storage.write() as db:
                deliveries.let_go(db, key)
            respond(text=told, replace_original=False, response_type="ephemeral")


def _share(client: WebClient, row: ReadingRow, body: dict[str, Any]) -> str:
    """Post what the message shows, and say so there; returns what to tell whoever pressed it, empty when it's done."""
    message, chart = body["message"], value_of(body).partition(":")[2]
    told = [one for one in _shown(message, chart) if one["type"] != "actions" and one.get("block_id") != ROWS_BLOCK]
    try:
        with reaching_slack():
            by = blocks.small(SHARED_BY.format(user=body["user"]["id"]))
            client.chat_postMessage(channel=row.channel, text=message["text"], blocks=[*told, by])
    except (SlackApiError, SlackUnavailable) as error:
        why = error.response["error"] if isinstance(error, SlackApiError) else str(error)
        logger.warning("The result of reading %s could not be shared: %s", row.id, why)
        return (NOT_IN_CHANNEL if why in SHUT_OUT else NOT_SHARED).format(channel=row.channel)
    _say_so(client, row, message, chart)
    return ""


def _say_so(client: WebClient, row: ReadingRow, message: Mapping[str, Any], chart: str) -> None:
    """Put where it was shared in the place of the button."""
    shown = [_without_button(one) for one in _shown(message, chart)]
    said = blocks.small(SHARED_IN.format(channel=row.channel))
    try:
        with reaching_slack():
            client.chat_update(channel=row.place, ts=row.ts, text=message["text"], blocks=[*shown, said])
    except (SlackApiError, SlackUnavailable) as error:
        logger.warning("That reading %s was shared could not be shown: %s", row.id, type(error).__name__)


def _shown(message: Mapping[str, Any], chart: str) -> list[Block]:
    """The blocks of a message as Slack takes them; the picture is made anew, for it tells more of one than it takes."""
    return [
        sentiment_result.picture(chart, one["alt_text"]) if one["type"] == "image" else one
        for one in message["blocks"]
        if chart or one["type"] != "image"
    ]


def _without_button(block: Block) -> Block:
    if block["type"] != "actions":
        return block
    return {**block, "elements": [one for one in block["elements"] if one["action_id"] != SHARE_IT]}
