"""A database that is locked for a while ends no worker and loses no outcome."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.desk import Desk, Outcome
from bot.desk import Job as Writing
from bot.insisting import insist
from bot.sentiment_desk import Job as Reading
from bot.sentiment_desk import SentimentDesk
from storage import briefs, readings
from storage.briefs import BriefRow
from storage.database import Storage, stamp
from storage.readings import ReadingRow
from storage.sqlite import Database

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
FAULTS = 2


@dataclass(frozen=True, slots=True)
class Locked(Storage):
    """A database that is locked for a desk's workers as often as `faults` was released."""

    faults: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))

    @contextmanager
    def write(self) -> Iterator[Database]:
        """Fail where a fault is due, else write."""
        if threading.current_thread().name.startswith(("desk-", "sentiment-")) and self.faults.acquire(blocking=False):
            raise sqlite3.OperationalError("database is locked")
        with Storage.write(self) as db:
            yield db


class Work:
    """Work after which the database is locked for a while; keeps what was asked of it."""

    def __init__(self, storage: Locked) -> None:
        self.storage, self.seen, self.began = storage, list[str](), threading.Semaphore(0)

    def write(self, job: Writing) -> Outcome:
        return self._done(job.brief.id)

    def read(self, job: Reading) -> Outcome:
        return self._done(job.reading.id)

    def _done(self, name: str) -> Outcome:
        self.seen.append(name)
        self.storage.faults.release(FAULTS)
        self.began.release()
        return "done"

    def apologise(self, row: BriefRow | ReadingRow) -> None:
        raise AssertionError(row.id)

    def end(self, row: BriefRow | ReadingRow) -> None:
        raise AssertionError(row.id)


@pytest.fixture
def locked(tmp_path: Path) -> Locked:
    found = Locked(tmp_path / "copydesk.db")
    found.migrate()
    return found


@pytest.fixture
def work(locked: Locked) -> Work:
    return Work(locked)


NAMES = ("first", "second", "third")
"""One worker has them in turn: that it began the third says that it is done with the second."""


def test_a_worker_of_the_desk_outlives_a_locked_database(locked: Locked, work: Work) -> None:
    desk = Desk(locked, clock=lambda: NOON, limit=5, workers=1, first_wait=0.001)
    desk.start(work)
    for name in NAMES:
        row = BriefRow(name, "T1", "C1", "U1", product="tea", format="tweet", variants=3, asked_at=stamp(NOON))
        desk.put(row, key=name)
        assert work.began.acquire(timeout=30)
    desk.close()

    with locked.read() as db:
        rows = [briefs.get(db, name) for name in NAMES]
    assert [row.status for row in rows[:2] if row] == ["done", "done"]
    assert work.seen == list(NAMES)


def test_a_worker_of_sentiment_outlives_a_locked_database(locked: Locked, work: Work) -> None:
    desk = SentimentDesk(locked, clock=lambda: NOON, limit=5, first_wait=0.001)
    desk.start(work)
    for name in NAMES:
        desk.put(ReadingRow(name, "T1", "U1", "C1", "text", stamp(NOON), text="Lovely."), key=name)
        assert work.began.acquire(timeout=30)
    desk.close()

    with locked.read() as db:
        rows = [readings.get(db, name) for name in NAMES]
    assert [row.status for row in rows[:2] if row] == ["done", "done"]
    assert work.seen == list(NAMES)


def test_what_can_not_be_written_is_left_to_the_next_start(caplog: pytest.LogCaptureFixture) -> None:
    closing, tries = threading.Event(), list[int]()

    def write() -> None:
        tries.append(len(tries))
        closing.set()
        raise sqlite3.OperationalError("database or disk is full")

    insist(write, closing, 60.0)

    assert tries == [0]
    assert "A write failed; it is tried again in 60 s." in caplog.text
