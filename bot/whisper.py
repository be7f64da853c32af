"""A sentence that only one person sees, in the place where they acted or else in the direct message."""

import logging
from collections.abc import Sequence
from http.client import HTTPException
from typing import Protocol

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from bot import blocks
from bot.blocks import Block
from bot.desk import SlackUnavailable
from bot.reaching import reaching_slack

logger = logging.getLogger(__name__)


class Asked(Protocol):
    """What somebody asked the desk for, and where."""

    @property
    def id(self) -> str:
        """Its row's."""
        ...

    @property
    def user(self) -> str:
        """Who asked."""
        ...

    @property
    def channel(self) -> str:
        """Where it was typed."""
        ...

    @property
    def thread_ts(self) -> str | None:
        """The thread that it was typed in, if Slack said so."""
        ...

    @property
    def response_url(self) -> str:
        """Slack's address for answers; empty when there is none."""
        ...


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


def answer(
    client: WebClient, asked: Asked, text: str, *, buttons: Sequence[Block] = (), shown: Sequence[Block] = ()
) -> None:
    """Tell who asked for something: where it was typed, also where the app is no member, or in the direct message.

    `shown` are the blocks where a sentence with buttons is not enough. Raises nothing, as `whisper` does not.
    """
    shown = shown or _shown(text, buttons)
    if asked.response_url and _responded(asked, text, shown):
        return
    # In the direct message a sentence that stays is better than one that is gone when the page is loaded again.
    place = asked.user if asked.channel.startswith("D") else asked.channel
    for channel in dict.fromkeys((place, asked.user)):
        try:
            with reaching_slack():
                if channel == asked.user:
                    client.chat_postMessage(channel=channel, text=text, blocks=shown)
                else:
                    client.chat_postEphemeral(
                        channel=channel, user=asked.user, thread_ts=asked.thread_ts, text=text, blocks=shown
                    )
            return
        except (SlackApiError, SlackUnavailable) as error:
            logger.warning("The person who asked for %s could not be told: %s", asked.id, type(error).__name__)


def _responded(asked: Asked, text: str, shown: Sequence[Block]) -> bool:
    """The address that Slack gives with a command works in every channel, for half an hour."""
    try:
        said = WebhookClient(asked.response_url).send(text=text, response_type="ephemeral", blocks=shown)
    except (OSError, HTTPException) as error:
        logger.warning("The response_url of %s can't be reached: %s", asked.id, type(error).__name__)
        return False
    return said.status_code == 200


def _shown(text: str, buttons: Sequence[Block]) -> list[Block]:
    return [blocks.section(text), *([blocks.actions(buttons)] if buttons else [])]
