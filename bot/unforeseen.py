"""What a person hears when a listener fails in a way that nobody foresaw."""

import logging
from typing import Any

from slack_bolt import BoltRequest, BoltResponse
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.desk import SlackUnavailable
from bot.reaching import reaching_slack
from bot.whisper import whisper

FAILED = "Something went wrong here; the details are in the desk's log. Try again in a moment."

logger = logging.getLogger(__name__)


def answer(
    error: Exception, request: BoltRequest, response: BoltResponse | None, client: WebClient
) -> BoltResponse | None:
    """The log gets the traceback and where it came from, never what people wrote; the person gets a sentence."""
    body = request.body
    logger.error("A listener failed on %s.", _kind(body), exc_info=error)
    inputs = [block["block_id"] for block in body.get("view", {}).get("blocks", []) if block["type"] == "input"]
    if response is not None and body.get("type") == "view_submission" and inputs:
        # The form stays open, with what was typed.
        return BoltResponse(status=200, body={"response_action": "errors", "errors": {inputs[0]: FAILED}})
    if response is not None and "command" in body:
        return BoltResponse(status=200, body={"response_type": "ephemeral", "text": FAILED})
    _tell(client, body)
    # Bolt has no answer left to change once a listener has acknowledged.
    return None if response is None else BoltResponse(status=200)


def _tell(client: WebClient, body: dict[str, Any]) -> None:
    """Whoever clicked or wrote to us waits for something; of reactions and opened tabs nobody expects an answer."""
    event, container = body.get("event") or {}, body.get("container") or {}
    if event and event.get("type") not in ("message", "app_mention"):
        return
    user = (body.get("user") or {}).get("id") or body.get("user_id") or event.get("user")
    channel = container.get("channel_id") or body.get("channel_id") or event.get("channel")
    if not user:
        return
    if channel:
        thread_ts = container.get("thread_ts") or event.get("thread_ts")
        whisper(client, FAILED, channel=channel, user=user, thread_ts=thread_ts)
        return
    try:
        with reaching_slack():
            client.chat_postMessage(channel=user, text=FAILED)
    except (SlackApiError, SlackUnavailable) as refused:
        logger.warning("A person could not be told of a failure: %s", type(refused).__name__)


def _kind(body: dict[str, Any]) -> str:
    actions = body.get("actions") or [{}]
    name = body.get("command") or actions[0].get("action_id") or (body.get("event") or {}).get("type")
    return str(name or (body.get("view") or {}).get("callback_id") or body.get("type"))
