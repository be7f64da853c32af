"""What the sentiment desk's workers do: one text is read, kept and answered where it was asked."""

import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot import blocks, sentiment_answer, whisper
from bot.blocks import Block
from bot.desk import Outcome
from bot.reaching import Clients, reaching_slack
from bot.sentiment_desk import Job
from bot.sentiment_form import TITLE
from bot.sentiment_readers import Readers
from bot.slack_text import escape
from model.sentiment import SentimentError
from model.sentiment_aspects import asked
from model.sentiment_guess import guess
from storage import readings
from storage.database import Storage
from storage.readings import ReadingRow

FAILED = "Something went wrong here; the details are in the desk's log. Your text was not kept: try again."

logger = logging.getLogger(__name__)


class Many(Protocol):
    """What reads lines and files."""

    def read(self, job: Job) -> Outcome:
        """Read and answer; raises SentimentError."""
        ...

    def close(self, reading: ReadingRow, text: str) -> bool:
        """Show how it ended on its message; False when there is none."""
        ...


@dataclass(frozen=True, slots=True)
class SentimentWork:
    """Reads on the desk's threads, never on Bolt's."""

    clients: Clients
    storage: Storage
    readers: Readers
    many: Many
    clock: Callable[[], datetime]

    def read(self, job: Job) -> Outcome:
        """Read one text or many, and answer."""
        try:
            return self._read_text(job.reading) if job.reading.kind == "text" else self.many.read(job)
        except SentimentError as error:
            logger.warning("Reading %s could not be read: %s", job.reading.id, error)
            self._say(job.reading, escape(str(error)))
            return "failed"

    def apologise(self, reading: ReadingRow) -> None:
        """Say that it failed, where its answer would be."""
        self._say(reading, FAILED)

    def end(self, reading: ReadingRow) -> None:
        """A text is answered before anybody can stop it; the rest has a message of its own."""
        self.many.close(reading, "Stopped before it was read.")

    def _read_text(self, row: ReadingRow) -> Outcome:
        with self.readers.using(row.workspace) as sentiment:
            aspects = asked(row.aspects or (guess(row.text) if sentiment.answers_aspects else ()))
            found = sentiment.read([row.text], aspects, explain=True)[0]
        result = json.dumps(sentiment_answer.to_result(found, sentiment), ensure_ascii=False)
        label, share = (found.feeling.shown, found.feeling.probability) if found.feeling else ("", 0.0)
        with self.storage.write() as db:
            kept = readings.keep_result(db, row.id, result=result, label=label, probability=share, model=sentiment.name)
            now = readings.get(db, row.id)
        if not kept or now is None:
            # Whoever asked wished to be forgotten meanwhile.
            return "stopped"
        self._answer(now)
        return "done"

    def _answer(self, row: ReadingRow) -> None:
        text = sentiment_answer.notice(row)
        if row.view:
            show_in_modal(self.clients.patient, row.view, sentiment_answer.answer(row, shareable=False))
        else:
            whisper.answer(self.clients.patient, row, text, shown=sentiment_answer.answer(row))

    def _say(self, row: ReadingRow, text: str) -> None:
        if row.view:
            show_in_modal(self.clients.patient, row.view, [blocks.section(text)])
        elif not self.many.close(row, text):
            whisper.answer(self.clients.patient, row, text)


def private_modal(shown: Sequence[Block]) -> dict[str, Any]:
    """A modal that only whoever opened it sees."""
    return {
        "type": "modal",
        "callback_id": "sentiment_private",
        "title": blocks.plain(TITLE),
        "close": blocks.plain("Close"),
        "blocks": list(shown),
    }


def show_in_modal(client: WebClient, view: str, shown: Sequence[Block]) -> None:
    """Put an answer into the modal that waits for it; who has closed it doesn't want it any more."""
    try:
        with reaching_slack():
            client.views_update(view_id=view, view=private_modal(shown))
    except SlackApiError as error:
        logger.info("A modal that waited for an answer is gone: %s", error.response["error"])
