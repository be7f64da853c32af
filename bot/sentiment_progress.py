"""The message that shows how far the reading of many comments is, and becomes its result."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot import blocks, whisper
from bot.blocks import Block
from bot.desk import SlackUnavailable
from bot.opener import GONE, SECONDS_BETWEEN_UPDATES, SHUT_OUT
from bot.reaching import Clients, reaching_slack
from bot.slack_text import escape
from storage import readings
from storage.database import Storage
from storage.readings import ReadingRow

ASKED = "<@{user}> asked how customers feel · {what}"
LINES, FILES = "pasted comments", " and "
NOT_IN_CHANNEL = (
    "I'm not in this channel, so the result comes to our direct message. "
    "To have it here, type `/invite @copydesk` and ask again."
)
IN_DIRECT_MESSAGES = "The result comes to our <{link}|direct messages>."

logger = logging.getLogger(__name__)


class ProgressMessage:
    """One reading's message; `monotonic` spaces the updates, because Slack allows about fifty a minute."""

    def __init__(self, clients: Clients, storage: Storage, reading: ReadingRow, monotonic: Callable[[], float]) -> None:
        self._clients, self._storage, self._monotonic = clients, storage, monotonic
        self.reading = reading
        self._shown_at = monotonic()

    def open(self, status: str) -> None:
        """Post it, or show the status where it stands already."""
        row = self.reading
        if row.ts and self._still_stands(status):
            return
        is_first = not row.ts
        try:
            place, ts = self._send(row.user if row.private else row.channel, status)
        except SlackApiError as error:
            if error.response["error"] not in SHUT_OUT:
                raise
            whisper.answer(self._clients.patient, row, NOT_IN_CHANNEL)
            place, ts = self._send(row.user, status)
        with self._storage.write() as db:
            readings.set_message(db, row.id, place=place, ts=ts)
        self.reading = replace(row, place=place, ts=ts)
        if is_first and place.startswith("D"):
            self._say_where()

    def progress(self, status: str) -> bool:
        """Show how far it is, unless the last update is too recent or Slack would rather not; whether it was time."""
        if self._monotonic() - self._shown_at < SECONDS_BETWEEN_UPDATES:
            return False
        try:
            self._update(self._clients.hurried, **self._content(status, [stop_button(self.reading)]))
        except (SlackApiError, SlackUnavailable):
            logger.info("An update of reading %s was skipped.", self.reading.id)
        return True

    def close(self, status: str) -> None:
        """Show how it ended."""
        try:
            self._update(self._clients.patient, **self._content(status, []))
        except SlackApiError as error:
            logger.warning("The end of reading %s could not be shown: %s", self.reading.id, error.response["error"])

    def become(self, message: dict[str, Any]) -> None:
        """Turn into the result."""
        self._update(self._clients.patient, **message)

    def _update(self, client: WebClient, **content: Any) -> None:
        self._shown_at = self._monotonic()
        with reaching_slack():
            client.chat_update(channel=self.reading.place, ts=self.reading.ts, **content)

    def _still_stands(self, status: str) -> bool:
        """A reading is resumed: somebody may have deleted its message, and a playground forgets when it ends."""
        try:
            self._update(self._clients.patient, **self._content(status, [stop_button(self.reading)]))
        except SlackApiError as error:
            if error.response["error"] not in GONE:
                raise
            return False
        return True

    def _send(self, place: str, status: str) -> tuple[str, str]:
        with reaching_slack():
            answer = self._clients.patient.chat_postMessage(
                channel=place, **self._content(status, [stop_button(self.reading)])
            )
        return str(answer["channel"]), str(answer["ts"])

    def _say_where(self) -> None:
        """Tell in the channel where it was asked, to that person alone, where the result comes."""
        row = self.reading
        if not row.is_from_channel:
            return
        try:
            with reaching_slack():
                found = self._clients.patient.chat_getPermalink(channel=row.place, message_ts=row.ts)
        except (SlackApiError, SlackUnavailable) as error:
            logger.warning("The message of reading %s can't be linked to: %s", row.id, type(error).__name__)
            return
        whisper.answer(self._clients.patient, row, IN_DIRECT_MESSAGES.format(link=found["permalink"]))

    def _content(self, status: str, buttons: Sequence[Block]) -> dict[str, Any]:
        asked = ASKED.format(user=self.reading.user, what=escape(named(self.reading)))
        shown = [blocks.section(asked), blocks.context(status)]
        return {
            "text": f"{asked}: {escape(status)}",
            "blocks": [*shown, *([blocks.actions(buttons)] if buttons else [])],
        }


def named(reading: ReadingRow) -> str:
    """What is read, in a few words."""
    return FILES.join(str(file.get("name", "a file")) for file in reading.files) or LINES


def stop_button(reading: ReadingRow) -> Block:
    """Stops a reading."""
    return blocks.button(blocks.STOP, "sentiment_stop", reading.id, name="Stop reading these comments")
