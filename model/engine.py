"""The engine in this process: requests join and leave a running batch between any two tokens."""

import logging
import threading
import time
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch

from model.base_weights import BaseWeights
from model.batch import Batch
from model.capacity import CONTEXT, SLOTS, capacity_of
from model.generation import EngineError, EngineState, EngineStopped, Prompt, Request
from model.intake import Intake
from model.lean_layers import lighten
from model.lora import Adapted, Adapter, changes, read
from model.packing import Ahead, can_pack, pack
from model.sequences import Answer, Job
from model.slots import SlotCache
from model.steps import Stepper
from model.threads import give_way, keep_to_one_core, take_all_cores
from model.weights import choose_device, context_of, end_tokens, load, name_of

CLOSED = "The engine is closed; start it again to write."
FAILED, AGAIN = "The model stopped because of an internal error, which the log explains", "it is started again"
FULL = "{} requests wait already, which is the limit; try again in a moment."

LIMIT = 256  # requests that may wait
RATE_SECONDS = 10.0

log = logging.getLogger(__name__)


def open_engine(
    folder: Path,
    *,
    device: str = "auto",
    slots: int | None = None,
    context: int | None = None,
    merged: tuple[str, Path] | None = None,
) -> "LocalEngine":
    """An engine over a folder that holds a model, with the adapter (its name and folder) that it writes best on.

    Without `slots` or a `context` it has as many, and one as long, as the device has memory for. Raises EngineError
    when either can't be loaded.
    """
    keep_to_one_core()
    saved = read(merged[1]) if merged else None
    ahead = Ahead(folder, changes(saved) if saved else {}) if can_pack(choose_device(device)) else None
    model, tokenizer = load(folder, device, as_saved=ahead is not None and ahead.begun)
    adapted = Adapted(model, name_of(folder), BaseWeights(folder), torch.float32 if ahead else model.dtype)
    # Before what was packed ahead is asked for: an adapter that doesn't fit has broken the packing.
    adapters = {merged[0]: adapted.fitted(saved)} if merged and saved else {}
    packed = ahead.fitting(model) if ahead else {}
    for adapter in adapters.values():
        adapted.merge(adapter, but=packed)
    if ahead:
        pack(model, packed)
        lighten(model, adapted.adds)
    size = capacity_of(model, context=context, slots=slots)
    return LocalEngine(model, tokenizer, name=name_of(folder), adapted=adapted, adapters=adapters, **asdict(size))


class LocalEngine:
    """Continuous batching with a fixed number of slots; one thread owns the model.

    Covers causal models with full attention. A seeded request repeats whatever runs beside it where a row's result
    doesn't depend on the other rows: in float32 up to rounding, while bfloat16 can turn a token.
    """

    def __init__(
        self,
        model: Any,
        tokenizer: Any,
        *,
        name: str,
        slots: int = SLOTS,
        context: int = CONTEXT,
        limit: int = LIMIT,
        adapted: Adapted | None = None,
        adapters: Mapping[str, Adapter] | None = None,
    ) -> None:
        """`adapted` is the model's, where it has adapters already, and `adapters` are their names."""
        self._name, self._slots, self._limit = name, slots, limit
        capacity = context_of(model.config, context)
        ends = end_tokens(model, tokenizer)
        self._intake = Intake(
            tokenizer, capacity=capacity, vocabulary=model.config.vocab_size, ends=ends, device=model.device
        )
        self._adapted = adapted or Adapted(model, name)
        cache = SlotCache(model.config, slots=slots, capacity=capacity, dtype=model.dtype, device=model.device)
        self._batch = Batch(Stepper(model, cache, self._adapted), cache, tokenizer, ends=ends)
        self._changed = threading.Condition()
        self._inbox: list[Job] = []
        self._adapters = dict(adapters or {})
        self._merge: Adapter | None = None
        self._written: deque[tuple[float, int]] = deque()
        self._queued, self._running, self._refusal, self._failed = 0, 0, "", False
        self._thread = self._started()

    @property
    def model(self) -> str:
        """The name of the model, as drafts record it."""
        return self._name

    @property
    def guards(self) -> bool:
        """Whether it keeps the guard of a request."""
        return True

    def room(self, prompt: Prompt) -> int | None:
        """How many tokens an answer to a prompt may have; 0 where the prompt itself is too long."""
        return self._intake.room(prompt)

    def submit(self, request: Request) -> Answer:
        """Queue a request; returns at once. Raises EngineError when the engine is closed or full."""
        prompt, guarding = self._intake.tokens(request), self._intake.guarding(request)
        with self._changed:
            if self._failed:
                raise EngineStopped(FAILED, AGAIN)
            if self._refusal:
                raise EngineError(self._refusal)
            waiting = len(self._batch.turns) + len(self._inbox)
            if waiting >= self._limit:
                raise EngineError(FULL.format(waiting))
            answer = Answer(request.n, self._wake)
            job = Job(request, prompt, self._adapter(request.adapter), answer, guarding)
            self._inbox.append(job)
            self._changed.notify()
        return job.answer

    def load_adapter(self, name: str, folder: Path) -> None:
        """Make a LoRA adapter available under a name; raises EngineError when it doesn't fit the model."""
        adapter = self._adapted.load(folder)
        with self._changed:
            self._adapters[name] = adapter

    def unload_adapter(self, name: str) -> None:
        """Forget an adapter; requests that run on it finish on it."""
        with self._changed:
            self._adapter(name)
            self._adapted.forget(self._adapters.pop(name))

    def merge_adapter(self, name: str) -> None:
        """Write on this adapter as fast as on the bare model, from the next step on, which takes a second or two."""
        with self._changed:
            self._merge = self._adapter(name)
            self._changed.notify()

    def adapters(self) -> Sequence[str]:
        """The names of the loaded adapters."""
        with self._changed:
            return tuple(self._adapters)

    def state(self) -> EngineState:
        """How busy the engine is now."""
        with self._changed:
            since = time.monotonic() - RATE_SECONDS
            written = sum(tokens for moment, tokens in self._written if moment >= since)
            queued = self._queued + sum(job.request.n for job in self._inbox)
            return EngineState(queued, self._running, self._slots, written / RATE_SECONDS)

    def close(self) -> None:
        """Stop; running sequences end as `cancelled`."""
        with self._changed:
            self._refusal = self._refusal or CLOSED
            self._changed.notify()
        self._thread.join()

    def _adapter(self, name: str | None) -> Adapter | None:
        if name is None:
            return None
        if name not in self._adapters:
            loaded = ", ".join(self._adapters) or "none"
            raise EngineError(f"The adapter {name!r} is not loaded; loaded: {loaded}.")
        return self._adapters[name]

    def _wake(self) -> None:
        with self._changed:
            self._changed.notify()

    def _started(self) -> threading.Thread:
        """Begin; once the thread has all cores, whoever computes later keeps to one."""
        awake = threading.Event()
        thread = threading.Thread(target=self._run, args=[awake], name="copydesk-engine", daemon=True)
        thread.start()
        awake.wait()
        keep_to_one_core()
        return thread

    def _run(self, awake: threading.Event) -> None:
        error: EngineError | None = None
        give_way()  # who clicks in Slack has three seconds, and a draft has none to lose
        take_all_cores()
        awake.set()
        try:
            with torch.inference_mode():
                self._intake.vocabulary()  # seconds, which the first guarded request need not wait for
                while self._take_in():
                    self._deliver(self._batch.turn())
        except Exception:  # whatever the model raised, nobody may wait for it for ever
            log.exception("The engine's thread failed")
            error = EngineStopped(FAILED, AGAIN, began=True)  # one of those being written may be to blame
        with self._changed:
            self._refusal, self._failed = FAILED if error else self._refusal, error is not None
            self._add_inbox()
        self._batch.end(error)
        self._deliver(0)

    def _take_in(self) -> bool:
        """Wait until there is something to do; whether to go on at all."""
        with self._changed:
            while not (self._refusal or self._inbox or self._merge or self._batch.busy()):
                self._changed.wait()
            self._add_inbox()
            merge, self._merge = self._merge, None
            refused = bool(self._refusal)
        if merge and not refused:
            self._adapted.merge(merge)
        return not refused

    def _add_inbox(self) -> None:
        for job in self._inbox:
            self._batch.turns.add(job)
        self._inbox.clear()
        self._queued = self._batch.queued()

    def _deliver(self, tokens: int) -> None:
        """Publish the state first: who has seen the last event of a request sees a state without it."""
        now = time.monotonic()
        with self._changed:
            self._queued = self._batch.queued()
            self._running = len(self._batch.running)
            self._written.append((now, tokens))
            while self._written[0][0] < now - RATE_SECONDS:
                self._written.popleft()
        for job, event in self._batch.said:
            job.answer.put(event)
        self._batch.said.clear()
