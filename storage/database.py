"""Opens the database: WAL, one connection per unit of work, migrated when the desk starts."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from storage.migrations import MIGRATIONS
from storage.sqlite import Database

BUSY_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Storage:
    """Where the rows are; every unit of work opens its own connection, because SQLite's are bound to a thread.

    `patience` is how many seconds a writer waits for another process.
    """

    path: Path
    patience: float = BUSY_SECONDS
    _turn: threading.Lock = field(default_factory=threading.Lock, repr=False, compare=False)

    def migrate(self) -> None:
        """Create the file where it is missing and bring its tables up to date."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with closing(self._open()) as db:
            db.enable_wal()
            MIGRATIONS.apply(db)

    @contextmanager
    def kept_open(self) -> Iterator[None]:
        """Hold one connection while the block runs, so that no unit of work closes the last one.

        SQLite then copies its log into the file, waits for the disk and deletes the log
        (https://sqlite.org/wal.html): an insert of two milliseconds took seventeen.
        """
        with closing(sqlite3.connect(self.path, check_same_thread=False)) as held:  # whichever thread ends the block
            held.execute("SELECT count(*) FROM sqlite_master").fetchone()  # only one that has read holds the log
            yield

    @contextmanager
    def read(self) -> Iterator[Database]:
        """A connection for reading."""
        with closing(self._open()) as db:
            yield db

    @contextmanager
    def write(self) -> Iterator[Database]:
        """A connection inside one transaction: all of it is kept, or nothing when the block raises.

        The transaction takes the write lock at once: a deferred one that reads first and writes later fails
        with SQLITE_BUSY when somebody wrote in between (https://sqlite.org/isolation.html). Threads of one process
        take turns before SQLite knows of them: it lets who finds it locked sleep, longer every time, up to a tenth of
        a second, and an acknowledgement to Slack would sleep with it.
        """
        with self._waited(), closing(self._open()) as db:
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
            except BaseException:
                db.conn.rollback()
                raise
            db.conn.commit()

    @contextmanager
    def _waited(self) -> Iterator[None]:
        if not self._turn.acquire(timeout=BUSY_SECONDS):
            raise sqlite3.OperationalError(
                f"Another thread has been writing to {self.path} for {BUSY_SECONDS:g} seconds."
            )
        try:
            yield
        finally:
            self._turn.release()

    def is_writable(self) -> bool:
        """Whether a transaction can be begun."""
        try:
            with self.write():
                return True
        except sqlite3.Error:
            return False

    def _open(self) -> Database:
        connection = sqlite3.connect(self.path, timeout=self.patience)
        db = Database(connection, execute_plugins=False)
        db.execute("PRAGMA foreign_keys = ON")
        # WAL with NORMAL loses nothing when the process is killed, and spares an fsync per vote.
        db.execute("PRAGMA synchronous = NORMAL")
        return db


def stamp(at: datetime) -> str:
    """An instant as the columns keep it: UTC, fixed width, so that text order is time order.

    >>> from datetime import timedelta, timezone
    >>> stamp(datetime(2026, 11, 23, 9, 0, tzinfo=timezone(timedelta(hours=1))))
    '2026-11-23T08:00:00.000000+00:00'
    """
    if at.tzinfo is None:
        raise ValueError(f"The time {at.isoformat()!r} has no time zone; pass an aware datetime.")
    return at.astimezone(UTC).isoformat(timespec="microseconds")
