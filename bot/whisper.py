"""A sentence that only one person sees, in the place where they acted."""

import logging
from collections.abc import Sequence

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot import blocks
from bot.blocks import Block
from bot.desk import SlackUnavailable
from bot.reaching import reaching_slack

logger = logging.getLogger(__name__)


def whisper(
    client: WebClient, text: str, *, channel: str, user: str, thread_ts: str | None, buttons: Sequence[Block] = ()
) -> None:
    """Post an ephemeral message; what it tells of is done already, so a refusal is only logged."""
    shown = [blocks.section(text), *([blocks.actions(buttons)] if buttons else [])]
    try:
        with reaching_slack():
            client.chat_postEphemeral(channel=channel, user=user, thread_ts=thread_ts, text=text, blocks=shown)
    except (SlackApiError, SlackUnavailable) as error:
        logger.warning("A sentence for a person could not be shown: %s", type(error).__name__)
