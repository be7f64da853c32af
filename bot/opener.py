"""The message that opens a brief's thread: posted where it was typed, kept up to date while it is written."""

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot import blocks, naming
from bot.blocks import Block
from bot.desk import SlackUnavailable
from bot.reaching import Clients, reaching_slack
from bot.slack_text import escape
from bot.whisper import answer
from model.formats import FORMATS
from storage import briefs, drafts
from storage.briefs import BriefRow
from storage.database import Storage

NOT_IN_CHANNEL = (
    "I'm not in this channel, so your drafts come to our direct message. "
    "To have them here, type `/invite @copydesk` and ask again."
)
SHUT_OUT = frozenset({"not_in_channel", "channel_not_found", "is_archived", "restricted_action"})
GONE = frozenset({"message_not_found", "channel_not_found", "cant_update_message"})
SECONDS_BETWEEN_UPDATES = 2.0

logger = logging.getLogger(__name__)


class Opener:
    """One brief's opener; `monotonic` spaces the updates, because Slack allows about fifty a minute.

    Progress goes through a client that does not wait when Slack asks it to: a status is not worth holding up a draft.
    """

    def __init__(self, clients: Clients, storage: Storage, brief: BriefRow, monotonic: Callable[[], float]) -> None:
        self._clients, self._storage, self._monotonic = clients, storage, monotonic
        self.brief = brief
        self._shown_at = monotonic()

    def post(self, status: str) -> BriefRow:
        """Post it, or show the status where it stands already; returns the brief with the opener's place."""
        if self.brief.opener_ts is not None and self._still_stands(status):
            return self.brief
        try:
            channel, ts = self._send(self.brief.user if self.brief.private else self.brief.channel, status)
        except SlackApiError as error:
            if error.response["error"] not in SHUT_OUT:
                raise
            answer(self._clients.patient, self.brief, NOT_IN_CHANNEL)
            channel, ts = self._send(self.brief.user, status)
        with self._storage.write() as db:
            briefs.set_opener(db, self.brief.id, channel=channel, ts=ts, thread_ts=self.brief.thread_ts)
            drafts.forget_messages(db, self.brief.id)
            kept = briefs.get(db, self.brief.id)
        assert kept is not None, "the row was updated in this transaction"
        self.brief = kept
        return kept

    def progress(self, status: str) -> None:
        """Show how far the writer is, unless the last update is too recent or Slack would rather not."""
        if self._monotonic() - self._shown_at < SECONDS_BETWEEN_UPDATES:
            return
        try:
            self._update(self._clients.hurried, status, [stop_button(self.brief)])
        except (SlackApiError, SlackUnavailable):
            logger.info("An update of the opener of brief %s was skipped.", self.brief.id)

    def show(self, status: str, buttons: list[Block]) -> bool:
        """Show a status and buttons now; False when Slack would not, which leaves the drafts as they are."""
        try:
            self._update(self._clients.patient, status, buttons)
        except SlackApiError as error:
            logger.warning("The opener of brief %s could not be updated: %s", self.brief.id, error.response["error"])
            return False
        return True

    def _update(self, client: WebClient, status: str, buttons: list[Block]) -> None:
        self._shown_at = self._monotonic()
        channel, ts = self.brief.opener_channel or "", self.brief.opener_ts or ""
        with reaching_slack():
            client.chat_update(channel=channel, ts=ts, **self._content(status, buttons))

    def _still_stands(self, status: str) -> bool:
        """A brief is resumed: somebody may have deleted its opener, and a playground forgets when it ends."""
        try:
            self._update(self._clients.patient, status, [stop_button(self.brief)])
        except SlackApiError as error:
            if error.response["error"] not in GONE:
                raise
            return False
        return True

    def _send(self, place: str, status: str) -> tuple[str, str]:
        content = self._content(status, [stop_button(self.brief)])
        try:
            with reaching_slack():
                answer = self._clients.patient.chat_postMessage(
                    channel=place, thread_ts=self.brief.thread_ts, **content
                )
        except SlackApiError as error:
            if error.response["error"] != "thread_not_found" or self.brief.thread_ts is None:
                raise
            self.brief = replace(self.brief, thread_ts=None)
            return self._send(place, status)
        return str(answer["channel"]), str(answer["ts"])

    def _content(self, status: str, buttons: list[Block]) -> dict[str, Any]:
        with self._storage.read() as db:
            version = naming.version(db, self.brief)
        if version is not None:
            return {
                "text": f"<@{self.brief.user}> asked for {naming.article(escape(version.name))}",
                "blocks": blocks.version_blocks(self.brief, version, status=status, buttons=buttons),
            }
        chosen = FORMATS[self.brief.format]
        return {
            "text": f"<@{self.brief.user}> asked for copy ({escape(chosen.title)}): {escape(self.brief.product[:500])}",
            "blocks": blocks.opener_blocks(self.brief, chosen, status=status, buttons=buttons),
        }


def stop_button(brief: BriefRow) -> Block:
    """Stops the writing of a brief."""
    return blocks.button(blocks.STOP, "stop", brief.id, name="Stop writing this brief")


def retry_button(brief: BriefRow) -> Block:
    """Puts a brief that failed or was stopped on the desk again."""
    return blocks.button(blocks.RETRY, "retry", brief.id, name="Write this brief again")
