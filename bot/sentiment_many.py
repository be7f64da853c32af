"""Reads lines and files for Slack: fetched, read in blocks with progress, summed up, and handed back as CSV."""

import json
import logging
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from slack_sdk.errors import SlackApiError

from bot import sentiment_chart, sentiment_result, sentiment_run, sentiment_source, slack_files
from bot.desk import Outcome, SlackUnavailable
from bot.digest_places import upload
from bot.reaching import Clients
from bot.sentiment_desk import Job
from bot.sentiment_progress import ProgressMessage, named
from bot.sentiment_readers import Readers
from bot.sentiment_result import Small
from bot.sentiment_source import Source, SourceError
from bot.sentiment_summary import ENOUGH, Summary
from bot.slack_files import FileProblem, Stopped
from model.sentiment import Sentiment
from model.sentiment_aspects import asked
from storage import deliveries, readings
from storage.database import Storage
from storage.readings import ReadingRow

FETCHING = "Fetching {name} from Slack…"
LOADING = "The model is still being loaded; reading begins right after."
BEGINNING = "Reading {name}…"
GOING = "Reading {name}: {done:.0f} %, {left}"
STOPPED = "Stopped. Nothing of it is kept."
PAUSED = "Paused: the desk is closing for a moment. It begins again when the desk is back."
CHART = "Sentiment"
CSV_TITLE = "{name}: each comment with its label"

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ManyReader:
    """`folder` holds what is fetched and written until it is handed over; one reading after another.

    `waits` are the seconds that Slack is given to make the chart ready: shown at once, it may be a broken picture.
    """

    clients: Clients
    storage: Storage
    readers: Readers
    folder: Path
    clock: Callable[[], datetime]
    monotonic: Callable[[], float]
    waits: Sequence[float]

    def sweep(self) -> None:
        """Delete the files of readings that are over, as after a process that was killed."""
        if not self.folder.is_dir():
            return
        found = [one.name for one in self.folder.iterdir()]
        with self.storage.read() as db:
            known = readings.known(db, found) if found else set()
        for name in set(found) - known:
            shutil.rmtree(self.folder / name, ignore_errors=True)

    def read(self, job: Job) -> Outcome:
        """Read and show the result; raises SentimentError, SlackUnavailable."""
        message = ProgressMessage(self.clients, self.storage, job.reading, self.monotonic)
        message.open(BEGINNING.format(name=named(job.reading)) if self.readers.is_ready else LOADING)
        work = self.folder / job.reading.id
        try:
            work.mkdir(parents=True, exist_ok=True)
            self._read(job, message, work)
        except (SourceError, FileProblem) as error:
            message.close(str(error))
            outcome: Outcome = "failed"
        except Stopped:
            is_over = self._is_over(job.reading)
            message.close(STOPPED if is_over else PAUSED)
            if not is_over:
                return "stopped"
            outcome = "stopped"
        else:
            outcome = "done"
        shutil.rmtree(work, ignore_errors=True)
        return outcome

    def close(self, reading: ReadingRow, text: str) -> bool:
        """Show how a reading ended on its message; False when there is none."""
        with self.storage.read() as db:
            row = readings.get(db, reading.id)
        shutil.rmtree(self.folder / reading.id, ignore_errors=True)
        if row is None or not row.ts:
            return False
        # What it was asked to read is told once more, and the row says no longer what that was.
        ProgressMessage(self.clients, self.storage, replace(row, files=reading.files), self.monotonic).close(text)
        return True

    def _read(self, job: Job, message: ProgressMessage, work: Path) -> None:
        row = job.reading
        sources = list(self._sources(job, message, work))
        small = Small()
        with self.readers.using(row.workspace) as sentiment:
            found = [
                self._summarise(job, message, sentiment, source, work / f"result-{number}.csv", small)
                for number, source in enumerate(sources)
            ]
        whole = sentiment_result.to_result(found, sentiment.about)
        with self.storage.write() as db:
            kept = readings.keep_result(
                db, row.id, result=json.dumps(whole), label="", probability=0.0, model=sentiment.name
            )
        if not kept or job.cancelled.is_set():
            raise Stopped
        self._hand_over(job, message, found, small, work)

    def _sources(self, job: Job, message: ProgressMessage, work: Path) -> Sequence[Source]:
        row = job.reading
        if not row.files:
            return [sentiment_source.from_text(row.text, name=named(row))]
        found = []
        names = sentiment_source.told_apart([str(file.get("name") or "comments") for file in row.files])
        for number, (name, file) in enumerate(zip(names, row.files, strict=True)):
            path = work / f"{number}{Path(name).suffix.lower()}"
            message.progress(FETCHING.format(name=name))
            slack_files.fetch(self.clients.patient, file, path, job.cancelled.is_set)
            column, date, group = (said or None for said in (row.column, row.date_column, row.group_column))
            found.append(sentiment_source.from_file(path, name=name, column=column, date=date, group=group))
        return found

    def _summarise(
        self, job: Job, message: ProgressMessage, sentiment: Sentiment, source: Source, out: Path, small: Small
    ) -> Summary:
        started = self.monotonic()

        def told(done: int, total: int) -> None:
            left = sentiment_run.remaining(done, total, self.monotonic() - started)
            share = 100 * done / max(1, total)
            was_time = message.progress(GOING.format(name=source.name, done=share, left=left))
            if job.cancelled.is_set() or (was_time and self._is_over(job.reading)):
                raise Stopped

        return sentiment_run.run(
            sentiment, source, aspects=asked(job.reading.aspects), out=out, progress=told, keep=small.keep
        )

    def _hand_over(
        self, job: Job, message: ProgressMessage, found: Sequence[Summary], small: Small, work: Path
    ) -> None:
        """The files first: when the message says that it is done, they are there."""
        row = message.reading
        # Of a file also where hardly a row was read: the CSV says of each why.
        has_rows_back = bool(row.files) or sum(one.counts.read for one in found) >= ENOUGH
        refused = ""
        for number, one in enumerate(found):
            path = work / f"result-{number}.csv"
            if has_rows_back and path.exists():
                refused = self._share(message, path, one.name) or refused
        show = partial(sentiment_result.message, row, found, small, refused=refused)
        chart, alt_text = self._upload_chart(found)
        for seconds in self.waits if chart else ():
            job.cancelled.wait(seconds)
            try:
                message.become(show(chart=chart, alt_text=alt_text))
            except SlackApiError as error:
                if error.response["error"] != "invalid_blocks":
                    raise
            else:
                return
        message.become(show())

    def _upload_chart(self, found: Sequence[Summary]) -> tuple[str | None, str]:
        picture = sentiment_chart.draw(found[0], found[1:])
        if picture is None:
            return None, ""
        alt_text = sentiment_chart.alt_text(found[0], found[1:])
        return upload(self.clients.patient, picture, name="sentiment.png", title=CHART, alt_text=alt_text), alt_text

    def _share(self, message: ProgressMessage, path: Path, name: str) -> str:
        """Put a CSV into the thread, once however often the rest is tried; why not, where Slack refuses it."""
        row = message.reading
        key = f"csv:{row.id}:{path.stem}"
        with self.storage.write() as db:
            if not deliveries.claim(db, key, self.clock()):
                return ""
        stem = Path(name).stem.replace(" ", "-") or "comments"
        try:
            slack_files.hand_over(
                self.clients.patient,
                path,
                name=f"{stem}-sentiment.csv",
                title=CSV_TITLE.format(name=name),
                place=row.place,
                thread_ts=row.ts,
            )
        except (SlackApiError, SlackUnavailable) as error:
            with self.storage.write() as db:
                deliveries.let_go(db, key)
            if isinstance(error, SlackUnavailable):
                raise
            logger.warning("The CSV of reading %s was refused: %s", row.id, error.response["error"])
            return str(error.response["error"])
        return ""

    def _is_over(self, row: ReadingRow) -> bool:
        """Whether a person has stopped it, or wished to be forgotten."""
        with self.storage.read() as db:
            return not readings.known(db, [row.id])
