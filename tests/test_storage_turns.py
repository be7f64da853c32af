"""Nobody who writes waits for what can be spared: another thread's sleep, or the disk at the end of each."""

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from storage.database import Storage

WRITERS, TIMES = 8, 25


def test_many_threads_write_though_nobody_waits_for_sqlite(tmp_path: Path) -> None:
    storage = Storage(tmp_path / "copydesk.db", patience=0.0)
    storage.migrate()

    def write(number: int) -> None:
        for at in range(TIMES):
            with storage.write() as db:
                db.table("deliveries").insert({"key": f"{number}/{at}", "at": "2026-11-30"})

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(write, range(WRITERS)))

    with storage.read() as db:
        assert db.table("deliveries").count == WRITERS * TIMES


def test_what_raises_lets_the_next_one_write(tmp_path: Path) -> None:
    storage = Storage(tmp_path / "copydesk.db", patience=0.0)
    storage.migrate()

    with pytest.raises(ZeroDivisionError), storage.write():
        raise ZeroDivisionError

    assert storage.is_writable()


def test_another_process_is_still_waited_for(tmp_path: Path) -> None:
    storage = Storage(tmp_path / "copydesk.db", patience=0.0)
    storage.migrate()

    with closing(sqlite3.connect(storage.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert not storage.is_writable()
        other.execute("ROLLBACK")

    assert storage.is_writable()


def test_the_log_stays_between_writers_while_the_storage_is_kept_open(tmp_path: Path) -> None:
    """Whoever closes the last connection copies the log into the file, and waits for the disk."""
    storage = Storage(tmp_path / "copydesk.db")
    storage.migrate()
    log = tmp_path / "copydesk.db-wal"

    with storage.kept_open():
        with storage.write() as db:
            db.table("deliveries").insert({"key": "one", "at": "2026-11-30"})
        assert log.stat().st_size > 0

    assert not log.exists()
    with ExitStack() as stack:
        stack.enter_context(storage.kept_open())
        ending = threading.Thread(target=stack.pop_all().close)  # whichever thread ends the desk
        ending.start()
        ending.join()
    with storage.read() as db:
        assert db.table("deliveries").count == 1
