"""The suite, written by two adapters side by side, with the writer's own prompts and guards, in the time there is."""

import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from model import language
from model.formats import find
from model.generation import Engine, EngineError, EngineState, Event, Prompt, Request, Stream
from model.measured import Both, Text
from model.mood import mood
from model.suite import Asked
from model.words import closest, words
from model.writer import Writer
from model.writing import Draft

POLL_SECONDS = 0.5

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sample:
    """A text as it was written, and whether every hard check passes."""

    text: str
    ok: bool


def audition(
    engine: Engine,
    asked: Sequence[Asked],
    adapters: tuple[str | None, str | None],
    *,
    taught: bool,
    seed: int,
    seconds: float,
    tell: Callable[[int, int], None] = lambda *_: None,
) -> tuple[Both, ...]:
    """One text for each brief by each of the two adapters, incumbent first; what isn't written in time is left out.

    They are asked as the desk asks, `taught` where the house's adapter is beneath. Both write a brief with one seed, so
    that chance moves both alike. `tell` hears how many texts of how many are done.
    """
    stop = threading.Event()
    # The short ones first: a limit of time then leaves as many as it can.
    ordered = sorted(asked, key=lambda one: find(one.brief.format).max_tokens)
    seeds = {one.name: seed + number for number, one in enumerate(asked)}
    with ThreadPoolExecutor(max_workers=max(1, engine.state().slots)) as pool:
        tasks = {
            (one.name, side): pool.submit(
                _sample, Writer(_Once(engine), adapter=adapter, taught=taught), one, seeds[one.name], stop
            )
            for one in ordered
            for side, adapter in enumerate(adapters)
        }
        try:
            _await(list(tasks.values()), seconds, tell)
        finally:
            stop.set()
            for task in tasks.values():
                task.cancel()
    done = {key: sample for key, task in tasks.items() if not task.cancelled() and (sample := task.result())}
    return _compared(asked, done)


def _compared(asked: Sequence[Asked], done: Mapping[tuple[str, int], Sample]) -> tuple[Both, ...]:
    """The texts by brief, of those that both have written."""
    whole = [one for one in asked if (one.name, 0) in done and (one.name, 1) in done]
    sides = [_measured(whole, [done[one.name, side] for one in whole]) for side in (0, 1)]
    return tuple(Both(one.name, one.pair, *texts) for one, *texts in zip(whole, *sides, strict=True))


def _await(tasks: Sequence["Future[Sample | None]"], seconds: float, tell: Callable[[int, int], None]) -> None:
    until = time.monotonic() + seconds
    left = set(tasks)
    while left and (rest := until - time.monotonic()) > 0:
        _, left = wait(left, timeout=min(POLL_SECONDS, rest), return_when=FIRST_COMPLETED)
        tell(len(tasks) - len(left), len(tasks))


def _sample(writer: Writer, one: Asked, seed: int, stop: threading.Event) -> Sample | None:
    try:
        for item in writer.write(one.brief, seed=seed, candidates=1, cancelled=stop):
            if isinstance(item, Draft):
                return Sample(item.text, item.ok)
    except EngineError as error:
        # A text that can't be written is missing, and the gate counts what is missing.
        log.warning("The suite's %s was not written: %s", one.name, error)
    return None


def _measured(asked: Sequence[Asked], samples: Sequence[Sample]) -> list[Text]:
    found = []
    for one, sample in zip(asked, samples, strict=True):
        # A twin is meant to be like it.
        others = [
            other.text
            for beside, other in zip(asked, samples, strict=True)
            if beside is not one and not (one.pair and beside.pair == one.pair)
        ]
        shared, _ = closest(sample.text, others)
        fitting = not language.other(sample.text, one.brief.language)
        found.append(
            Text(sample.ok, len(sample.text), distinct(sample.text), max(0.0, shared), fitting, mood(sample.text))
        )
    return found


def distinct(text: str) -> float:
    """The share of a text's pairs of words that differ from each other (distinct-2); 1 where there is no pair.

    >>> distinct("one two three four"), distinct("so good so good so good so")
    (1.0, 0.3333333333333333)
    """
    said = words(text)
    pairs = list(pairwise(said))
    return len(set(pairs)) / len(pairs) if pairs else 1.0


class _Once:
    """An engine that answers one request and no other: what the writer makes of its first sample alone."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._asked = False

    @property
    def model(self) -> str:
        return self._engine.model

    @property
    def guards(self) -> bool:
        return self._engine.guards

    def room(self, prompt: Prompt) -> int | None:
        return self._engine.room(prompt)

    def submit(self, request: Request) -> Stream:
        if self._asked:
            return _Nothing()
        self._asked = True
        return self._engine.submit(request)

    def load_adapter(self, name: str, folder: Path) -> None:
        self._engine.load_adapter(name, folder)

    def unload_adapter(self, name: str) -> None:
        self._engine.unload_adapter(name)

    def merge_adapter(self, name: str) -> None:
        self._engine.merge_adapter(name)

    def adapters(self) -> Sequence[str]:
        return self._engine.adapters()

    def state(self) -> EngineState:
        return self._engine.state()

    def close(self) -> None:
        self._engine.close()


class _Nothing(list[Event]):
    """The answer to a request that nobody works on."""

    def cancel(self) -> None:
        """There is nothing to end."""
