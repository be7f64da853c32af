"""The queue between Slack and the writer: bounded, fair, and none of it lost when the process dies."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from bot.insisting import insist
from model.generation import EngineUnavailable
from storage import briefs, deliveries
from storage.briefs import BriefRow
from storage.database import Storage
from storage.sqlite import Database

MAX_ATTEMPTS = 5
LONGEST_WAIT_SECONDS = 60.0
LONGEST_WAIT_FOR_ENGINE_SECONDS = 20.0  # a server of one's own can be asked more often than Slack

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
        """Write a brief and deliver it; raises SlackUnavailable or EngineUnavailable to be called again later."""
        ...

    def apologise(self, brief: BriefRow) -> None:
        """Tell the person that nothing will come of a brief."""
        ...

    def end(self, brief: BriefRow) -> None:
        """Show that a brief was stopped which no worker was writing."""
        ...


class Desk:
    """Keeps the queue in SQLite and hands its briefs to workers of its own.

    Several workers wait on one engine, which writes their briefs in one batch. One process owns the queue: the
    command line holds a lock on the data folder.
    """

    def __init__(
        self, storage: Storage, *, clock: Callable[[], datetime], limit: int, workers: int, first_wait: float
    ) -> None:
        """`first_wait` is how long, in seconds, what can't be reached is given; each further wait takes twice that."""
        self._storage, self._clock, self._limit, self._first_wait = storage, clock, limit, first_wait
        self._changed = threading.Condition()
        self._closing = threading.Event()
        self._running: dict[str, threading.Event] = {}
        self._waits: dict[str, int] = {}  # how often a brief has waited for the engine
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
        # Under the lock: a worker is never between taking a brief and saying that it has it.
        with self._changed, self._storage.write() as db:
            ended = briefs.finish(db, brief, "cancelled", self._clock())
            row, event = briefs.get(db, brief), self._running.get(brief)
        if event is not None:
            event.set()
        elif ended and row is not None and self._work is not None:
            self._tell(self._work.end, row)
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
        with self._changed:  # a worker that takes a brief just now has it among the running ones once this is free
            for event in list(self._running.values()):
                event.set()
            self._changed.notify_all()
        for thread in self._threads:
            if thread.is_alive():
                thread.join()

    def _serve(self) -> None:
        while not self._closing.is_set():
            insist(self._serve_one, self._closing, self._first_wait)

    def _serve_one(self) -> None:
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
            self._wait_for_slack(self._work, job, error)
        except EngineUnavailable as error:
            self._wait_for_engine(self._work, job, error)
        except Exception:
            # One brief must not take the desk down; the person is told, the log has the traceback.
            logger.exception("Brief %s failed.", brief.id)
            self._give_up(self._work, brief)
        else:
            self._waits.pop(brief.id, None)
            self._settle(brief, outcome)
        finally:
            with self._changed:
                # Put back, it may have been taken by another worker meanwhile.
                if self._running.get(brief.id) is job.cancelled:
                    del self._running[brief.id]

    def _settle(self, brief: BriefRow, outcome: Outcome) -> None:
        def write() -> None:
            with self._storage.write() as db:
                if outcome == "stopped":
                    # Because the desk closes; a brief that a person has stopped has ended already and stays so.
                    briefs.put_back(db, brief.id)
                else:
                    briefs.finish(db, brief.id, outcome, self._clock())

        insist(write, self._closing, self._first_wait)

    def _wait_for_slack(self, work: Work, job: Job, error: SlackUnavailable) -> None:
        brief = job.brief
        if brief.attempts >= MAX_ATTEMPTS:
            logger.error("Brief %s is given up after %d attempts: %s", brief.id, brief.attempts, error)
            self._give_up(work, brief)
            return
        logger.warning("Slack can't be reached; brief %s is tried again: %s", brief.id, error)
        seconds = min(LONGEST_WAIT_SECONDS, self._first_wait * 2 ** (brief.attempts - 1))
        self._try_later(work, job, seconds, briefs.requeue)

    def _wait_for_engine(self, work: Work, job: Job, error: EngineUnavailable) -> None:
        """Wait however often and let no attempt count, unless the engine had begun: then the brief may be to blame."""
        if error.began and job.brief.attempts >= MAX_ATTEMPTS:
            logger.error("Brief %s is given up after %d attempts: %s", job.brief.id, job.brief.attempts, error)
            self._give_up(work, job.brief)
            return
        waits = self._waits[job.brief.id] = self._waits.get(job.brief.id, 0) + 1
        logger.warning("Brief %s waits for the engine: %s", job.brief.id, error)
        seconds = min(LONGEST_WAIT_FOR_ENGINE_SECONDS, self._first_wait * 2 ** (waits - 1))
        self._try_later(work, job, seconds, briefs.requeue if error.began else briefs.put_back)

    def _try_later(self, work: Work, job: Job, seconds: float, put_back: Callable[[Database, str], bool]) -> None:
        # Set when a person stops the brief, and when the desk closes.
        job.cancelled.wait(seconds)
        with self._changed:
            with self._storage.write() as db:
                is_waiting = put_back(db, job.brief.id)
            # No worker has it from now on: whoever stops it next shows so.
            self._running.pop(job.brief.id, None)
            self._changed.notify()
        if not is_waiting:
            self._waits.pop(job.brief.id, None)
            self._tell(work.end, job.brief)

    def _give_up(self, work: Work, brief: BriefRow) -> None:
        self._waits.pop(brief.id, None)
        self._settle(brief, "failed")
        self._tell(work.apologise, brief)

    def _tell(self, say: Callable[[BriefRow], None], brief: BriefRow) -> None:
        try:
            say(brief)
        except SlackUnavailable:
            logger.warning("Brief %s has ended, and Slack could not be told.", brief.id)
