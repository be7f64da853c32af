"""The stream of one request to a server: the network's thread puts, the caller's thread iterates."""

import queue
import threading
from collections.abc import Iterator
from concurrent.futures import Future

from model.generation import EngineError, Event


class RemoteAnswer:
    """Events until each of `n` sequences has ended; holds at most `max_tokens` pieces of each, so a slow reader may."""

    def __init__(self, n: int) -> None:
        self.n = n
        self.task: Future[None] | None = None
        self._left = n
        self._waiting, self._running = set(range(n)), set[int]()
        self._lock = threading.Lock()
        self._events: queue.SimpleQueue[Event | EngineError] = queue.SimpleQueue()

    @property
    def waiting(self) -> int:
        """How many sequences have said nothing yet."""
        return len(self._waiting)

    @property
    def running(self) -> int:
        """How many sequences are being written."""
        return len(self._running)

    def __iter__(self) -> Iterator[Event]:
        """Yield events until each sequence has finished; raises EngineError when the engine fails."""
        while self._left:
            event = self._events.get()
            if isinstance(event, EngineError):
                self._left = 0
                raise event
            self._left -= event.finish is not None
            yield event

    def cancel(self) -> None:
        """End every sequence now, whatever is still on its way, and let go of the connection."""
        with self._lock:
            for number in sorted(self._waiting | self._running):
                self._events.put(Event(number, "", "cancelled"))
            self._forget_all()
        if self.task:
            self.task.cancel()

    def put(self, event: Event) -> None:
        """Hand an event to whoever iterates; nothing comes after a sequence's last one."""
        with self._lock:
            if event.sequence not in self._waiting | self._running:
                return
            self._waiting.discard(event.sequence)
            self._running.add(event.sequence)
            if event.finish:
                self._running.discard(event.sequence)
            if event.text or event.finish:
                self._events.put(event)

    def fail(self, error: EngineError) -> None:
        """Tell whoever iterates that nothing more will come."""
        with self._lock:
            if self._waiting or self._running:
                self._events.put(error)
            self._forget_all()

    def _forget_all(self) -> None:
        self._waiting.clear()
        self._running.clear()
