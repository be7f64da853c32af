"""The running batch without the engine's thread: every token is counted, and guards say where they went back."""

import contextlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import torch

from bench.witness import Listener
from model.batch import Batch
from model.brief import Brief
from model.capacity import CONTEXT
from model.generation import Engine, EngineError, EngineState, Event, Prompt, Request
from model.guarding import Guarding
from model.guards import Plan, plan
from model.intake import Intake
from model.lean_layers import lighten
from model.lora import Adapted, Adapter
from model.packing import can_pack, pack
from model.sequences import Answer, Job
from model.slots import SlotCache
from model.steps import Stepper
from model.threads import take_all_cores
from model.vocabulary import Vocabulary
from model.weights import context_of, end_tokens, load, name_of
from model.writer import Writer

SLOTS = 16
STUCK = "nothing else could follow"


@dataclass(frozen=True, slots=True)
class Back:
    """Once that a guard went back: where in the text, what it took off, and why."""

    place: int
    taken: str
    why: str


class Watched(Guarding):
    """A guard that remembers where it went back."""

    def __init__(self, ready: Plan, vocabulary: Vocabulary, most: int) -> None:
        super().__init__(ready, vocabulary, most)
        self.backs: list[Back] = []

    @property
    def text(self) -> str:
        """What stands."""
        return self._text

    def rewind(self) -> None:
        """Note what is taken back, and why, before it is."""
        place = self._mark.letters
        taken = self._text[place:]
        why = self._plan.guard.fault(taken.strip(), self._entry().text, self._text[:place]) if taken.strip() else ""
        self.backs.append(Back(place, taken, why or STUCK))
        super().rewind()


@dataclass(frozen=True, slots=True)
class Written:
    """What a load of requests came to: the tokens that the model wrote, and those of the texts that it ended with."""

    seconds: float
    written: int
    kept: int
    texts: tuple[str, ...]
    guards: tuple[Watched, ...]


class Desk:
    """A model with the adapter that writes, as the engine's thread has it."""

    def __init__(self, model: Any, tokenizer: Any, adapted: Adapted, adapter: Adapter | None = None) -> None:
        ends, capacity = end_tokens(model, tokenizer), context_of(model.config, CONTEXT)
        vocabulary = model.config.vocab_size
        self._tokenizer, self._adapter = tokenizer, adapter
        self._intake = Intake(tokenizer, capacity=capacity, vocabulary=vocabulary, ends=ends, device=model.device)
        self._cache = SlotCache(model.config, slots=SLOTS, capacity=capacity, dtype=model.dtype, device=model.device)
        self._batch = Batch(Stepper(model, self._cache, adapted), self._cache, tokenizer, ends=ends)

    def write(self, asked: Sequence[Request], *, guards: bool) -> Written:
        """Write for all requests at once, with no prompt known from before."""
        for row in range(len(self._cache.tokens)):
            self._cache.clear(row, 0)
        watched: list[Watched] = []
        started, written = time.perf_counter(), 0
        with torch.inference_mode():
            for request in asked:
                self._batch.turns.add(self._job(request, watched, guards=guards))
            while self._batch.busy():
                written += self._batch.turn()
        seconds = time.perf_counter() - started
        texts = self._said()
        kept = sum(len(self._tokenizer.encode(text, add_special_tokens=False)) for text in texts)
        return Written(seconds, written, kept, texts, tuple(watched))

    def _job(self, request: Request, watched: list[Watched], *, guards: bool) -> Job:
        answer = Answer(request.n, lambda: None)
        made = self._guarding(request, watched) if guards else None
        return Job(request, self._intake.tokens(request), self._adapter, answer, made)

    def _guarding(self, request: Request, watched: list[Watched]) -> Callable[[], Guarding]:
        assert request.guard is not None, "the writer guards what it asks"
        ready, vocabulary = plan(request.guard, self._tokenizer), self._intake.vocabulary()

        def make() -> Guarding:
            watched.append(Watched(ready, vocabulary, request.max_tokens))
            return watched[-1]

        return make

    def _said(self) -> tuple[str, ...]:
        """Each sequence's whole text, in the order in which they ended."""
        parts: dict[tuple[int, int], list[str]] = {}
        ended = []
        for job, event in self._batch.said:
            assert isinstance(event, Event), "nothing fails but by raising"
            key = (id(job), event.sequence)
            parts.setdefault(key, []).append(event.text)
            ended += [key] if event.finish else []
        self._batch.said.clear()
        return tuple("".join(parts[key]) for key in ended)


class _Idle:
    """As much of an engine as the writer looks at before it asks."""

    model, guards = "", True

    def state(self) -> EngineState:
        """Nothing runs."""
        return EngineState(0, 0, SLOTS, 0.0)

    def room(self, _: Prompt) -> None:
        """As much as anybody wants."""


def opened(folder: Path, adapter: Path | None) -> Desk:
    """The model in a folder with the adapter merged, on all cores."""
    take_all_cores()
    model, tokenizer = load(folder, "auto")
    adapted = Adapted(model, name_of(folder))
    loaded = adapted.load(adapter) if adapter else None
    adapted.merge(loaded)
    if can_pack(model.device):
        pack(model)
        lighten(model, adapted.adds)
    return Desk(model, tokenizer, adapted, loaded)


def request_for(brief: Brief, seed: int, *, taught: bool) -> Request:
    """What the writer asks for a brief on an idle desk."""
    listener = Listener(cast(Engine, _Idle()))
    with contextlib.suppress(EngineError):
        writer = Writer(cast(Engine, listener), adapter="house" if taught else None, taught=taught)
        list(writer.write(brief, seed=seed))
    return listener.asked
