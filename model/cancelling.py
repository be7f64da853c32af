"""Cancelling an engine's answer from another thread, even while it waits for its turn."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from model.generation import Stream

CANCEL_POLL_SECONDS = 0.02


@contextmanager
def cancelling(stream: Stream, cancelled: threading.Event) -> Iterator[None]:
    """Cancel the stream when asked, even while it waits for its turn, and when its reader stops early."""
    over = threading.Event()

    def watch() -> None:
        while not over.is_set():
            if cancelled.wait(CANCEL_POLL_SECONDS):
                stream.cancel()
                return

    watcher = threading.Thread(target=watch, name="writer-cancel", daemon=True)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        stream.cancel()
        watcher.join()
