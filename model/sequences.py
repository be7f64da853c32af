"""Requests on their way through the engine: what was asked, what runs in a slot, what was answered."""

import queue
import random
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from torch import Tensor

from model.generation import EngineError, Event, Request, Sampling
from model.guarding import Guarding
from model.lora import Adapter
from model.transcript import Transcript


@dataclass(eq=False)
class Job:
    """One request: its prompt as tokens, and which of its sequences still wait for a slot."""

    request: Request
    prompt: list[int]
    adapter: Adapter | None
    answer: "Answer"
    guarding: Callable[[], Guarding] | None = None
    waiting: deque[int] = field(init=False)
    logits: Tensor | None = None

    def __post_init__(self) -> None:
        """All of them wait at first."""
        self.waiting = deque(range(self.request.n))

    @property
    def priority(self) -> int:
        """The request's; higher ones come first."""
        return self.request.priority

    @property
    def serial(self) -> int:
        """The adapter's serial, 0 for none."""
        return self.adapter.serial if self.adapter else 0


@dataclass(eq=False)
class Sequence:
    """One of a job's sequences while it has a slot; `token` is chosen but not yet in the slot.

    `given` is how many of its tokens are in the transcript: with a guard, those that can no longer be taken back.
    """

    job: Job
    number: int
    slot: int
    transcript: Transcript
    draws: random.Random
    guarding: Guarding | None
    token: int = -1
    given: int = 0
    produced: list[int] = field(default_factory=list)

    @property
    def sampling(self) -> Sampling:
        """How its tokens are chosen."""
        request = self.job.request
        if not (request.spread and self.number and request.sampling.temperature):
            return request.sampling
        warmer = request.spread * self.number / (request.n - 1)
        return replace(request.sampling, temperature=request.sampling.temperature + warmer)

    def seen(self) -> list[int]:
        """The tokens that a repetition penalty is for; none when there is no penalty."""
        penalised = self.job.request.sampling.repetition_penalty != 1.0
        return [*self.job.prompt, *self.produced] if penalised else []


class Answer:
    """The stream of one request; the engine's thread puts, the caller's thread iterates."""

    def __init__(self, n: int, wake: Callable[[], None]) -> None:
        self._open = n
        self._wake = wake
        self._events: queue.SimpleQueue[Event | EngineError] = queue.SimpleQueue()
        self.cancelled = False

    def __iter__(self) -> Iterator[Event]:
        """Yield events until each sequence has finished; raises EngineError when the engine fails."""
        while self._open:
            event = self._events.get()
            if isinstance(event, EngineError):
                self._open = 0
                raise event
            self._open -= event.finish is not None
            yield event

    def cancel(self) -> None:
        """End every sequence within one step; safe to call twice, from any thread."""
        self.cancelled = True
        self._wake()

    def put(self, event: Event | EngineError) -> None:
        """Hand an event to whoever iterates."""
        self._events.put(event)
