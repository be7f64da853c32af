"""An engine whose words are scripted: what every test of the desk writes with."""

import threading
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path

from model.generation import EngineError, EngineState, Event, Finish, Prompt, Request


class FakeStream:
    """Sends its texts a word at a time, one word of each in turn, as a batch would."""

    def __init__(self, engine: "FakeEngine", texts: Sequence[str], finish: Finish) -> None:
        self.engine, self.texts, self.finish = engine, texts, finish
        self.cancelled = threading.Event()

    def __iter__(self) -> Iterator[Event]:
        while not (self.engine.released.wait(0.01) or self.cancelled.is_set()):
            continue
        if self.engine.failure:
            raise EngineError(self.engine.failure)
        left = {number: deque(text.split(" ")) for number, text in enumerate(self.texts)}
        while left:
            for number, words in list(left.items()):
                if self.cancelled.is_set():
                    yield Event(left.popitem()[0], "", "cancelled")
                    break
                word = words.popleft()
                yield Event(number, word + " " if words else word, None if words else self.finish)
                if not words:
                    del left[number]

    def cancel(self) -> None:
        self.cancelled.set()


class FakeEngine:
    """Each `enqueue` answers the next request, over again when it asks for more; the last one answers all after it.

    `released.clear()` holds every stream until `released.set()`; a `failure` is raised as EngineError by the streams.
    """

    model = "fake"
    guards: bool = True

    def __init__(self, *texts: str) -> None:
        self.scripts: deque[tuple[list[str], Finish]] = deque()
        self.requests: list[Request] = []
        self.released = threading.Event()
        self.released.set()
        self.failure = ""
        self.context: int | None = None
        self.running, self.queued = 1, 0  # neither idle nor full
        self._at = 0
        self._lock = threading.Lock()
        if texts:
            self.enqueue(texts)

    def enqueue(self, texts: Sequence[str], finish: Finish = "stop") -> None:
        self.scripts.append((list(texts), finish))

    def script(self, texts: Sequence[str]) -> None:
        """Answer with these alone from now on."""
        with self._lock:
            self.scripts.clear()
            self._at = 0
            self.enqueue(texts)

    def room(self, prompt: Prompt) -> int | None:
        """A character a token."""
        if self.context is None:
            return None
        return max(0, self.context - sum(len(one["content"]) for one in prompt if not isinstance(one, int)))

    def submit(self, request: Request) -> FakeStream:
        with self._lock:
            self.requests.append(request)
            texts, finish = self.scripts[0]
            answer = [texts[(self._at + number) % len(texts)] for number in range(request.n)]
            self._at += request.n
            if self._at >= len(texts):
                self._at = 0
                if len(self.scripts) > 1:
                    self.scripts.popleft()
        return FakeStream(self, answer, finish)

    def load_adapter(self, name: str, folder: Path) -> None: ...

    def unload_adapter(self, name: str) -> None: ...

    def merge_adapter(self, name: str) -> None: ...

    def adapters(self) -> Sequence[str]:
        return ()

    def state(self) -> EngineState:
        return EngineState(queued=self.queued, running=self.running, slots=16, tokens_per_second=0.0)

    def close(self) -> None: ...
