"""The queue between Slack and the writer: bounded, fair, and none of it lost when the process dies."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from storage import briefs, deliveries
from storage.briefs import BriefRow
from storage.database import Storage

MAX_ATTEMPTS = 5
LONGEST_WAIT_SECONDS = 60.0

Outcome = Literal["done", "failed", "stopped"]

logger = logging.getLogger(__name__)


class DeskFull(Exception):
    """As many briefs wait as the desk takes."""


class DeskClosed(Exception):
    """The desk is shutting down and takes nothing new."""


class SlackUnavailable(Exception):
    """Slack could not be reached while a brief was being delivered; it is worth trying again."""


@dataclass(frozen=True, slots=True)
class Job:
    """A brief being written, and the event that tells the writer to stop."""

    brief: BriefRow
    cancelled: threading.Event


class Work(Protocol):
    """What the workers do with a brief; called on their threads, several at once."""

    def write(self, job: Job) -> Outcome:
        """Write a brief and deliver it; raises SlackUnavailable to be called again later."""
        ...

    def apologise(self, brief: BriefRow) -> None:
        """Tell the person that nothing will come of a brief."""
        ...


class Desk:
    """Keeps the queue in SQLite and hands its briefs to workers of its own.

    Several workers wait on one engine, which writes their briefs in one batch. One process owns the queue: the
    command line holds a lock on the data folder.
    """

    def __init__(
        self, storage: Storage, *, clock: Callable[[], datetime], limit: int, workers: int, first_wait: float
    ) -> None:
        """`first_wait` is how long, in seconds, an unreachable Slack is given; each further wait takes twice that."""
        self._storage, self._clock, self._limit, self._first_wait = storage, clock, limit, first_wait
        self._changed = threading.Condition()
        self._closing = threading.Event()
        self._running: dict[str, threading.Event] = {}
        self._threads = [
            threading.Thread(target=self._serve, name=f"desk-{number}", daemon=True) for number in range(workers)
        ]
        self._work: Work | None = None

    def put(self, brief: BriefRow, *, key: str) -> int | None:
        """Take a brief; returns how many are before it, or None when this delivery was taken before.

        Raises DeskFull or DeskClosed; then nothing is kept of the brief.
        """
        if self._closing.is_set():
            raise DeskClosed
        with self._storage.write() as db:
            if not deliveries.claim(db, key, self._clock()):
                return None
            if briefs.count_queued(db) >= self._limit:
                raise DeskFull
            before = briefs.count_unfinished(db, brief.workspace)
            briefs.insert(db, brief)
        with self._changed:
            self._changed.notify()
        return before

    def cancel(self, brief: str) -> bool:
        """Stop a brief, waiting or being written; False when it had ended before."""
        with self._storage.write() as db:
            ended = briefs.finish(db, brief, "cancelled", self._clock())
        if event := self._running.get(brief):
            event.set()
        return ended

    def start(self, work: Work) -> int:
        """Resume what a dead process left and start the workers; returns how many briefs were resumed."""
        self._work = work
        with self._storage.write() as db:
            resumed = briefs.resume(db)
        for thread in self._threads:
            thread.start()
        return resumed

    def close(self) -> None:
        """Take nothing new, stop writing, and put back what is unfinished; it is resumed at the next start."""
        self._closing.set()
        for event in list(self._running.values()):
            event.set()
        with self._changed:
            self._changed.notify_all()
        for thread in self._threads:
            if thread.is_alive():
                thread.join()

    def _serve(self) -> None:
        while not self._closing.is_set():
            with self._changed:
                job = self._take()
                # Asked again under the lock: close() may have told everybody before this worker listened.
                if job is None and not self._closing.is_set():
                    self._changed.wait()
            if job is not None:
                self._handle(job)

    def _take(self) -> Job | None:
        if self._closing.is_set():
            return None
        with self._storage.write() as db:
            brief = briefs.take(db, self._clock())
        if brief is None:
            return None
        job = Job(brief, threading.Event())
        self._running[brief.id] = job.cancelled
        return job

    def _handle(self, job: Job) -> None:
        brief = job.brief
        assert self._work is not None, "workers run only after start()"
        try:
            outcome = self._work.write(job)
        except SlackUnavailable as error:
            self._wait_for_slack(self._work, brief, error)
        except Exception:
            # One brief must not take the desk down; the person is told, the log has the traceback.
            logger.exception("Brief %s failed.", brief.id)
            self._give_up(self._work, brief)
        else:
            self._settle(job, outcome)
        finally:
            self._running.pop(brief.id, None)

    def _settle(self, job: Job, outcome: Outcome) -> None:
        with self._storage.write() as db:
            if outcome == "stopped":
                # Because the desk closes; a brief that a person has stopped has ended already and stays so.
                briefs.put_back(db, job.brief.id)
            else:
                briefs.finish(db, job.brief.id, outcome, self._clock())

    def _wait_for_slack(self, work: Work, brief: BriefRow, error: SlackUnavailable) -> None:
        if brief.attempts >= MAX_ATTEMPTS:
            logger.error("Brief %s is given up after %d attempts: %s", brief.id, brief.attempts, error)
            self._give_up(work, brief)
            return
        logger.warning("Slack can't be reached; brief %s is tried again: %s", brief.id, error)
        self._closing.wait(min(LONGEST_WAIT_SECONDS, self._first_wait * 2 ** (brief.attempts - 1)))
        with self._storage.write() as db:
            briefs.requeue(db, brief.id)
        with self._changed:
            self._changed.notify()

    def _give_up(self, work: Work, brief: BriefRow) -> None:
        with self._storage.write() as db:
            briefs.finish(db, brief.id, "failed", self._clock())
        try:
            work.apologise(brief)
        except SlackUnavailable:
            logger.warning("Brief %s failed, and Slack could not be told.", brief.id)
