"""A write that must not be lost: tried again until SQLite takes it, or the desk closes."""

import logging
import sqlite3
import threading
from collections.abc import Callable

logger = logging.getLogger(__name__)


def insist(write: Callable[[], None], closing: threading.Event, seconds: float) -> None:
    """Write; while the database is locked for longer than Storage waits, or the disk is full, again after `seconds`.

    What isn't written when the desk closes is found at the next start, because its row still says that it is under way.
    """
    while True:
        try:
            write()
        except sqlite3.Error:
            logger.warning("A write failed; it is tried again in %g s.", seconds, exc_info=True)
            if closing.wait(seconds):
                return
        else:
            return
