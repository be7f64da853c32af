"""What a digest asks Slack: who may read a channel, where a draft stands, and to take in the chart."""

import logging

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackRequestError

from bot.reaching import reaching_slack

logger = logging.getLogger(__name__)


class SlackPlaces:
    """Asks Slack, once a channel; raises SlackUnavailable when it can't be reached."""

    def __init__(self, client: WebClient) -> None:
        self._client = client
        self._open: dict[str, bool] = {}

    def is_open(self, channel: str) -> bool:
        """Whether everybody in the workspace may read a channel; without the scope to ask, none is known to be."""
        if channel not in self._open:
            self._open[channel] = self._ask(channel)
        return self._open[channel]

    def link(self, channel: str, ts: str) -> str | None:
        """A message's permalink; None when it was deleted."""
        try:
            with reaching_slack():
                return str(self._client.chat_getPermalink(channel=channel, message_ts=ts)["permalink"])
        except SlackApiError as error:
            logger.info("A draft is left out of the digest: %s", error.response["error"])
            return None

    def _ask(self, channel: str) -> bool:
        try:
            with reaching_slack():
                found = self._client.conversations_info(channel=channel)["channel"]
        except SlackApiError as error:
            logger.info("Drafts of another channel are left out of the digest: %s", error.response["error"])
            return False
        closed = ("is_private", "is_im", "is_mpim", "is_archived")
        return not any(found.get(name, name == "is_private") for name in closed)


class NoPlaces:
    """Where Slack is not asked: no channel is known to be open, and drafts have no links."""

    def is_open(self, _channel: str, /) -> bool:
        """Never known."""
        return False

    def link(self, _channel: str, _ts: str, /) -> str | None:
        """Nothing to open."""
        return ""


def upload(client: WebClient, picture: bytes, *, name: str, title: str, alt_text: str) -> str | None:
    """Hand a PNG to Slack and return its id, to be shown in a block; None when Slack would rather not.

    It stays with the app until a message shows it: then those who see the message see it.
    """
    try:
        with reaching_slack():
            answer = client.files_upload_v2(
                filename=name, content=picture, title=title, alt_txt=alt_text[:1000], highlight_type="png"
            )
    except (SlackApiError, SlackRequestError) as error:
        reason = error.response["error"] if isinstance(error, SlackApiError) else type(error).__name__
        logger.warning("The digest comes without its chart, which Slack did not take: %s", reason)
        return None
    return str(answer["files"][0]["id"])
