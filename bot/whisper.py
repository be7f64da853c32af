"""A sentence that only one person sees, in the place where they acted or else in the direct message."""

import logging
from collections.abc import Sequence
from http.client import HTTPException

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from bot import blocks
from bot.blocks import Block
from bot.desk import SlackUnavailable
from bot.reaching import reaching_slack
from storage.briefs import BriefRow

logger = logging.getLogger(__name__)


def whisper(
    client: WebClient, text: str, *, channel: str, user: str, thread_ts: str | None, buttons: Sequence[Block] = ()
) -> None:
    """Post an ephemeral message; what it tells of is done already, so a refusal is only logged."""
    shown = _shown(text, buttons)
    try:
        with reaching_slack():
            client.chat_postEphemeral(channel=channel, user=user, thread_ts=thread_ts, text=text, blocks=shown)
    except (SlackApiError, SlackUnavailable) as error:
        logger.warning("A sentence for a person could not be shown: %s", type(error).__name__)


def answer(client: WebClient, brief: BriefRow, text: str, *, buttons: Sequence[Block] = ()) -> None:
    """Tell who asked for a brief: where it was typed, also where the app is no member, or else in the direct message.

    Raises nothing, as `whisper` does not.
    """
    if brief.response_url and _responded(brief, text, buttons):
        return
    # In the direct message a sentence that stays is better than one that is gone when the page is loaded again.
    place = brief.user if brief.channel.startswith("D") else brief.channel
    for channel in dict.fromkeys((place, brief.user)):
        try:
            with reaching_slack():
                if channel == brief.user:
                    client.chat_postMessage(channel=channel, text=text, blocks=_shown(text, buttons))
                else:
                    client.chat_postEphemeral(
                        channel=channel,
                        user=brief.user,
                        thread_ts=brief.thread_ts,
                        text=text,
                        blocks=_shown(text, buttons),
                    )
            return
        except (SlackApiError, SlackUnavailable) as error:
            logger.warning("The person who asked for brief %s could not be told: %s", brief.id, type(error).__name__)


def _responded(brief: BriefRow, text: str, buttons: Sequence[Block]) -> bool:
    """The address that Slack gives with a command works in every channel, for half an hour."""
    shown = _shown(text, buttons)
    try:
        said = WebhookClient(brief.response_url).send(text=text, response_type="ephemeral", blocks=shown)
    except (OSError, HTTPException) as error:
        logger.warning("The response_url of brief %s can't be reached: %s", brief.id, type(error).__name__)
        return False
    return said.status_code == 200


def _shown(text: str, buttons: Sequence[Block]) -> list[Block]:
    return [blocks.section(text), *([blocks.actions(buttons)] if buttons else [])]
