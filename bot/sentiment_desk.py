"""The queue between Slack and the sentiment model: bounded, kept through a restart, texts never behind files."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Protocol

from bot.desk import DeskClosed, DeskFull, Outcome, SlackUnavailable
from bot.insisting import insist
from storage import deliveries, readings
from storage.database import Storage
from storage.readings import KINDS, Lane, ReadingRow

MAX_ATTEMPTS = 4
LONGEST_WAIT_SECONDS = 60.0

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """A reading under way, and the event that tells it to stop."""

    reading: ReadingRow
    cancelled: threading.Event


class Work(Protocol):
    """What the workers do with a reading; called on their threads."""

    def read(self, job: Job) -> Outcome:
        """Read and answer; raises SlackUnavailable to be called again later."""
        ...

    def apologise(self, reading: ReadingRow) -> None:
        """Tell the person that nothing will come of it."""
        ...

    def end(self, reading: ReadingRow) -> None:
        """Show that it was stopped while no worker had it."""
        ...


class SentimentDesk:
    """Hands readings to two workers of its own: one for texts and pasted lines, one for files."""

    def __init__(self, storage: Storage, *, clock: Callable[[], datetime], limit: int, first_wait: float) -> None:
        """`first_wait` is how long, in seconds, a Slack that can't be reached is given; each further wait is twice."""
        self._storage, self._clock, self._limit, self.first_wait = storage, clock, limit, first_wait
        self._changed = threading.Condition()
        self._closing = threading.Event()
        self._running: dict[str, threading.Event] = {}
        self._work: Work | None = None
        self._threads = [
            threading.Thread(target=self._serve, args=[lane], name=f"sentiment-{lane}", daemon=True) for lane in KINDS
        ]

    def put(self, reading: ReadingRow, *, key: str) -> bool:
        """Take a reading; False when this delivery was taken before. Raises DeskFull or DeskClosed."""
        if self._closing.is_set():
            raise DeskClosed
        with self._storage.write() as db:
            if not deliveries.claim(db, key, self._clock()):
                return False
            if readings.count_unfinished(db) >= self._limit:
                raise DeskFull
            readings.insert(db, reading)
        with self._changed:
            self._changed.notify_all()
        return True

    def cancel(self, reading: str) -> bool:
        """Stop a reading, waiting or under way; False when it had ended before."""
        # Under the lock: a worker is never between taking a reading and saying that it has it.
        with self._changed:
            with self._storage.write() as db:
                row = readings.get(db, reading)
                ended = readings.finish(db, reading, "cancelled", self._clock())
            event = self._running.get(reading)
        if event is not None:
            event.set()
        elif ended and row is not None and self._work is not None:
            self._tell(self._work.end, row)
        return ended

    def start(self, work: Work) -> int:
        """Resume what a dead process left and start the workers; returns how many readings were resumed."""
        self._work = work
        with self._storage.write() as db:
            resumed = readings.resume(db)
        for thread in self._threads:
            thread.start()
        return resumed

    def close(self) -> None:
        """Take nothing new, stop reading, and put back what is unfinished; it is resumed at the next start."""
        self._closing.set()
        for event in list(self._running.values()):
            event.set()
        with self._changed:
            self._changed.notify_all()
        for thread in self._threads:
            if thread.is_alive():
                thread.join()

    def _serve(self, lane: Lane) -> None:
        while not self._closing.is_set():
            insist(partial(self._serve_one, lane), self._closing, self.first_wait)

    def _serve_one(self, lane: Lane) -> None:
        with self._changed:
            job = self._take(lane)
            # Asked again under the lock: close() may have told everybody before this worker listened.
            if job is None and not self._closing.is_set():
                self._changed.wait()
        if job is not None:
            self._handle(job)

    def _take(self, lane: Lane) -> Job | None:
        if self._closing.is_set():
            return None
        with self._storage.write() as db:
            reading = readings.take(db, lane, self._clock())
        if reading is None:
            return None
        job = Job(reading, threading.Event())
        self._running[reading.id] = job.cancelled
        return job

    def _handle(self, job: Job) -> None:
        name = job.reading.id
        assert self._work is not None, "workers run only after start()"
        try:
            outcome = self._work.read(job)
        except SlackUnavailable as error:
            self._wait_for_slack(self._work, job, error)
        except Exception:
            # One reading must not take the desk down; the person is told, the log has the traceback.
            logger.exception("Reading %s failed.", name)
            self._give_up(self._work, job.reading)
        else:
            self._settle(name, outcome)
        finally:
            with self._changed:
                # Put back, it may have been taken by another worker meanwhile.
                if self._running.get(name) is job.cancelled:
                    del self._running[name]

    def _settle(self, name: str, outcome: Outcome) -> None:
        def write() -> None:
            with self._storage.write() as db:
                if outcome == "stopped":
                    # Because the desk closes; what a person has stopped has ended already and stays so.
                    readings.put_back(db, name)
                else:
                    readings.finish(db, name, outcome, self._clock())

        insist(write, self._closing, self.first_wait)

    def _wait_for_slack(self, work: Work, job: Job, error: SlackUnavailable) -> None:
        attempts = job.reading.attempts
        if attempts >= MAX_ATTEMPTS:
            logger.error("Reading %s is given up after %d attempts: %s", job.reading.id, attempts, error)
            self._give_up(work, job.reading)
            return
        logger.warning("Slack can't be reached; reading %s is tried again: %s", job.reading.id, error)
        # Set when a person stops it, and when the desk closes.
        job.cancelled.wait(min(LONGEST_WAIT_SECONDS, self.first_wait * 2 ** (attempts - 1)))
        with self._changed:
            with self._storage.write() as db:
                is_waiting = readings.requeue(db, job.reading.id)
            self._running.pop(job.reading.id, None)
            self._changed.notify_all()
        if not is_waiting:
            self._tell(work.end, job.reading)

    def _give_up(self, work: Work, reading: ReadingRow) -> None:
        self._settle(reading.id, "failed")
        self._tell(work.apologise, reading)

    def _tell(self, say: Callable[[ReadingRow], None], reading: ReadingRow) -> None:
        try:
            say(reading)
        except SlackUnavailable:
            logger.warning("Reading %s has ended, and Slack could not be told.", reading.id)
