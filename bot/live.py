"""A long draft that is shown while it is written, as one of Slack's streamed messages."""

import logging
from collections.abc import Callable
from dataclasses import replace

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web.chat_stream import ChatStream

from bot import draft_message
from bot.desk import SlackUnavailable
from bot.reaching import reaching_slack
from bot.slack_text import escape_markdown
from storage import drafts
from storage.briefs import BriefRow
from storage.database import Storage
from storage.drafts import DraftRow

AT_ONCE = 200
"""Characters that are added to a stream at once: Slack takes about a hundred additions a minute."""

logger = logging.getLogger(__name__)


class LiveDraft:
    """A draft whose row and message exist before its text is complete.

    Slack ends a stream after five minutes, may be out of reach, and a workspace may not have streaming at all; then the
    text is not shown before it is complete, and the message is posted or updated at the end.
    """

    def __init__(
        self, storage: Storage, client: WebClient, draft: DraftRow, brief: BriefRow, stream: ChatStream
    ) -> None:
        self._storage, self._client, self._brief = storage, client, brief
        self._stream: ChatStream | None = stream
        self.draft = draft
        self.text = ""
        self._held = ""

    @classmethod
    def start(cls, client: WebClient, storage: Storage, draft: DraftRow, brief: BriefRow) -> "LiveDraft":
        """Keep an empty row, and open the stream with the first words."""
        with storage.write() as db:
            drafts.insert(db, draft)
        stream = client.chat_stream(
            channel=brief.opener_channel or "",
            thread_ts=brief.thread_ts or brief.opener_ts or "",
            recipient_team_id=brief.workspace,
            recipient_user_id=brief.user,
            buffer_size=1,  # what is held back is held here
        )
        return cls(storage, client, draft, brief, stream)

    def append(self, text: str) -> None:
        """Show more words: the first ones at once, later ones a few at a time."""
        self.text += text
        if self._stream is None:
            return
        self._held += text
        if self._stream.ts is not None and len(self._held) < AT_ONCE:
            return
        words, self._held = self._held, ""
        try:
            with reaching_slack():
                self._stream.append(markdown_text=escape_markdown(words))
        except (SlackApiError, SlackUnavailable) as error:
            why = error.response["error"] if isinstance(error, SlackApiError) else error
            logger.warning("Streaming draft %s ended early: %s", self.draft.id, why)
            self._stream_ended()
        self._keep_place()

    def finish(self, complete: DraftRow) -> None:
        """Replace what was streamed by the complete draft with its checks and buttons."""
        complete = replace(complete, id=self.draft.id, channel=self.draft.channel, ts=self.draft.ts)
        with self._storage.write() as db:
            drafts.complete(db, complete)
        if self._stream is not None:
            self._stop()
        else:
            # Where Slack was out of reach the stream is still open there, and such a message can't be updated.
            _end(self.draft, self._client.chat_stopStream)
        if self.draft.ts is None:
            draft_message.post(self._client, self._storage, complete, self._brief)
        else:
            draft_message.refresh(self._client, self._storage, replace(complete, ts=self.draft.ts))

    @staticmethod
    def abandon(client: WebClient, storage: Storage, draft: DraftRow) -> None:
        """Remove a draft that was cut off, row and message."""
        _end(draft, client.chat_stopStream, client.chat_delete)
        with storage.write() as db:
            drafts.discard(db, draft.id)

    @staticmethod
    def resume(client: WebClient, storage: Storage, draft: DraftRow) -> None:
        """Give a complete draft its checks and buttons, in case the process died before its stream had ended."""
        _end(draft, client.chat_stopStream)
        draft_message.refresh(client, storage, draft)

    def _stop(self) -> None:
        assert self._stream is not None, "called while the stream is open"
        try:
            with reaching_slack():
                self._stream.stop(markdown_text=escape_markdown(self._held))
        except SlackApiError as error:
            logger.warning("Streaming draft %s could not be stopped: %s", self.draft.id, error.response["error"])
        self._stream_ended()

    def _stream_ended(self) -> None:
        self._keep_place()
        self._stream = None

    def _keep_place(self) -> None:
        ts = self._stream.ts if self._stream else None
        if ts is None or self.draft.ts is not None:
            return
        self.draft = replace(self.draft, channel=self._brief.opener_channel, ts=ts)
        with self._storage.write() as db:
            drafts.set_message(db, self.draft.id, channel=self.draft.channel or "", ts=ts)


def _end(draft: DraftRow, *calls: Callable[..., object]) -> None:
    """Make these calls on a draft's message, which may have ended by itself or be gone: either is what is wanted."""
    if draft.ts is None or draft.channel is None:
        return
    for call in calls:
        try:
            with reaching_slack():
                call(channel=draft.channel, ts=draft.ts)
        except SlackApiError as error:
            logger.info("Ending the stream of draft %s: %s", draft.id, error.response["error"])
