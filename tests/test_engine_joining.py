"""Whoever joins or leaves, in which order, on which adapter and under which guard: each gets what it gets alone."""

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from model.batch import CHUNK, Batch
from model.brief import Brief
from model.formats import find
from model.generation import Event, Request, Sampling
from model.guards import Guard
from model.intake import Intake
from model.lora import Adapted, Adapter
from model.sequences import Answer, Job
from model.slots import COLUMN_MULTIPLE, SlotCache
from model.steps import Stepper
from model.weights import end_tokens
from tests import tiny

CONTEXT = 2 * CHUNK + 128
SLOTS = 6  # so many that compacting moves somebody
EDGES = [edge + off for edge in (COLUMN_MULTIPLE, CHUNK, 2 * CHUNK) for off in (-1, 0, 1, 2)]
PATIENCE = 4000
LONG = 64  # tokens, so that a guard has something to take back
BRIEF = Brief("Brewline cold brew", must_say=("cold brew",), banned=("e",), variants=1)
GUARDS: Mapping[str, Guard] = MappingProxyType({name: Guard(BRIEF, find(name)) for name in ("slogan", "email")})
ADAPTERS = ("v1", "v2")


@dataclass(frozen=True)
class Guest:
    """One request, the turns after which it joins and leaves (if it does before its end), and what begins it."""

    joins: int
    leaves: int | None
    length: int
    seed: int
    shared: int
    n: int
    tokens: int
    priority: int
    adapter: str | None
    guard: str | None

    def prompt(self) -> list[int]:
        """Some of the same beginning as everybody's, then its own."""
        whole, own = random.Random(0), random.Random(self.seed)
        begins = [whole.randrange(2, 300) for _ in range(min(self.shared, self.length - 1))]
        return begins + [own.randrange(2, 300) for _ in range(self.length - len(begins))]

    def request(self) -> Request:
        """What it asks; the prompt's tokens go in beside it."""
        guard = GUARDS[self.guard] if self.guard else None
        sampling = Sampling(temperature=0)
        return Request((), self.n, self.tokens, sampling, adapter=self.adapter, priority=self.priority, guard=guard)


GUESTS = st.builds(
    Guest,
    joins=st.integers(0, 12),
    leaves=st.none() | st.integers(0, 16),
    length=st.integers(1, 40) | st.sampled_from(EDGES) | st.integers(1, CONTEXT - LONG),
    seed=st.integers(1, 5),
    shared=st.sampled_from([0, 7, COLUMN_MULTIPLE, CHUNK, 600]),
    n=st.integers(1, 6),
    tokens=st.integers(1, 12) | st.just(LONG),
    priority=st.integers(0, 1),
    adapter=st.sampled_from([None, *ADAPTERS]),
    guard=st.sampled_from([None, None, *GUARDS]),
)


class House:
    """An engine's parts without its thread: a batch over a model of its own, one adapter merged into it."""

    def __init__(self, folders: Mapping[str, Path], tokenizer: Any, merged: str | None) -> None:
        model = tiny.llama(context=CONTEXT)
        ends = end_tokens(model, tokenizer)
        adapted = Adapted(model, "tiny")
        self._adapters: dict[str | None, Adapter | None] = {None: None}
        self._adapters |= {name: adapted.load(folder) for name, folder in folders.items()}
        adapted.merge(self._adapters[merged])
        cache = SlotCache(model.config, slots=SLOTS, capacity=CONTEXT, dtype=model.dtype, device=model.device)
        self._batch = Batch(Stepper(model, cache, adapted), cache, tokenizer, ends=ends)
        self._intake = Intake(tokenizer, capacity=CONTEXT, vocabulary=300, ends=ends, device=model.device)

    def entertain(self, guests: Sequence[Guest]) -> list[list[Event]]:
        """Take turns by hand, so that the order is the one that was asked for; what each guest was told."""
        jobs = [self._job(guest) for guest in guests]
        told: dict[Job, list[Event]] = {job: [] for job in jobs}
        for turn in range(PATIENCE):
            for guest, job in zip(guests, jobs, strict=True):
                if guest.joins == turn:
                    self._batch.turns.add(job)
                if guest.leaves is not None and guest.joins + guest.leaves == turn:
                    job.answer.cancelled = True
            with torch.inference_mode():
                self._batch.turn()
            for job, event in self._batch.said:
                assert isinstance(event, Event)
                told[job].append(event)
            self._batch.said.clear()
            if not self._batch.busy() and turn >= max(guest.joins for guest in guests):
                return list(told.values())
        raise AssertionError("the batch never came to rest")

    def _job(self, guest: Guest) -> Job:
        request, answer = guest.request(), Answer(guest.n, lambda: None)
        return Job(request, guest.prompt(), self._adapters[guest.adapter], answer, self._intake.guarding(request))


@pytest.fixture(scope="module")
def tokenizer() -> Any:
    return tiny.tokenizer()


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    root = tmp_path_factory.mktemp("adapters")
    return {name: tiny.adapter(root / name, seed=seed) for seed, name in enumerate(ADAPTERS, 1)}


@pytest.fixture(scope="module")
def peers(folders: dict[str, Path]) -> dict[str | None, Any]:
    """What transformers writes with: the bare model, and peft's over it with each adapter."""
    found: dict[str | None, Any] = {None: tiny.llama(context=CONTEXT)}
    return found | {name: tiny.with_adapter(folder, context=CONTEXT) for name, folder in folders.items()}


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(guests=st.lists(GUESTS, min_size=1, max_size=5), merged=st.sampled_from([None, "v1"]))
def test_greedy_text_is_what_each_gets_alone_whoever_comes_and_goes(
    folders: dict[str, Path],
    peers: dict[str | None, Any],
    tokenizer: Any,
    guests: list[Guest],
    merged: str | None,
) -> None:
    """Alone is transformers' generate with peft's adapter; what is guarded has no peer but itself in an empty house."""
    written = House(folders, tokenizer, merged).entertain(guests)

    for guest, events in zip(guests, written, strict=True):
        if guest.guard:
            by_itself = replace(guest, joins=0, leaves=None, n=1)
            expected = told(House(folders, tokenizer, merged).entertain([by_itself])[0])[0]
        else:
            expected = alone(peers[guest.adapter], tokenizer, guest)
        texts = told(events)
        ends = {event.sequence: event.finish for event in events if event.finish}
        assert sorted(ends) == list(range(guest.n)), "each sequence ends, and once"
        for number, finish in ends.items():
            assert expected.startswith(texts[number]) if finish == "cancelled" else texts[number] == expected
        assert guest.leaves is not None or "cancelled" not in ends.values()


def told(events: Sequence[Event]) -> dict[int, str]:
    """Each sequence's text."""
    texts: dict[int, str] = defaultdict(str)
    for event in events:
        texts[event.sequence] += event.text
    return texts


def alone(model: Any, tokenizer: Any, guest: Guest) -> str:
    """What transformers' own generate writes, one request at a time."""
    prompt = guest.prompt()
    output = model.generate(
        input_ids=torch.tensor([prompt]),
        attention_mask=torch.ones(1, len(prompt)),
        max_new_tokens=guest.tokens,
        do_sample=False,
    )
    text: str = tokenizer.decode(output[0, len(prompt) :].tolist(), skip_special_tokens=True)
    return text.rstrip("\ufffd")
