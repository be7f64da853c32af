"""Whoever joins or leaves, before which step and in which order: greedy text is what transformers' generate writes."""

import random
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from model.batch import CHUNK, Batch
from model.generation import Event, Request, Sampling
from model.lora import Adapted
from model.sequences import Answer, Job
from model.slots import COLUMN_MULTIPLE, SlotCache
from model.steps import Stepper
from model.weights import end_tokens
from tests import tiny

CONTEXT = 640
SLOTS = 6  # so many that compacting moves somebody
EDGES = [edge + off for edge in (COLUMN_MULTIPLE, CHUNK, 2 * CHUNK) for off in (-1, 0, 1, 2)]
PATIENCE = 400


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

    def prompt(self) -> list[int]:
        """Some of the same beginning as everybody's, then its own."""
        whole, own = random.Random(0), random.Random(self.seed)
        begins = [whole.randrange(2, 300) for _ in range(min(self.shared, self.length - 1))]
        return begins + [own.randrange(2, 300) for _ in range(self.length - len(begins))]


GUESTS = st.builds(
    Guest,
    joins=st.integers(0, 12),
    leaves=st.none() | st.integers(0, 16),
    length=st.integers(1, 40) | st.sampled_from(EDGES) | st.integers(1, CONTEXT - 20),
    seed=st.integers(1, 5),
    shared=st.sampled_from([0, 7, COLUMN_MULTIPLE, CHUNK, 600]),
    n=st.integers(1, 6),
    tokens=st.integers(1, 12),
    priority=st.integers(0, 1),
)


@pytest.fixture(scope="module")
def model() -> Any:
    return tiny.llama(context=CONTEXT)


@pytest.fixture(scope="module")
def tokenizer() -> Any:
    return tiny.tokenizer()


@pytest.fixture(scope="module")
def adapted(model: Any) -> Adapted:
    return Adapted(model, "tiny")


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(guests=st.lists(GUESTS, min_size=1, max_size=5))
def test_greedy_text_is_what_generate_writes_whoever_comes_and_goes(
    model: Any, adapted: Adapted, tokenizer: Any, guests: list[Guest]
) -> None:
    cache = SlotCache(model.config, slots=SLOTS, capacity=CONTEXT, dtype=model.dtype, device=model.device)
    batch = Batch(Stepper(model, cache, adapted), cache, tokenizer, ends=end_tokens(model, tokenizer))

    written = play(batch, guests)

    for guest, events in zip(guests, written, strict=True):
        expected = alone(model, tokenizer, guest)
        texts: dict[int, str] = defaultdict(str)
        for event in events:
            texts[event.sequence] += event.text
        ends = {event.sequence: event.finish for event in events if event.finish}
        assert sorted(ends) == list(range(guest.n)), "each sequence ends, and once"
        for number, finish in ends.items():
            assert expected.startswith(texts[number]) if finish == "cancelled" else texts[number] == expected
        assert guest.leaves is not None or "cancelled" not in ends.values()


def play(batch: Batch, guests: list[Guest]) -> list[list[Event]]:
    """Take turns by hand, so that the order is the one that was asked for; what each guest was told."""
    sampling = Sampling(temperature=0)
    jobs = []
    for guest in guests:
        request = Request((), n=guest.n, max_tokens=guest.tokens, sampling=sampling, priority=guest.priority)
        jobs.append(Job(request, guest.prompt(), None, Answer(guest.n, lambda: None)))
    told: dict[Job, list[Event]] = {job: [] for job in jobs}
    for turn in range(PATIENCE):
        for guest, job in zip(guests, jobs, strict=True):
            if guest.joins == turn:
                batch.turns.add(job)
            if guest.leaves is not None and guest.joins + guest.leaves == turn:
                job.answer.cancelled = True
        with torch.inference_mode():
            batch.turn()
        for job, event in batch.said:
            assert isinstance(event, Event)
            told[job].append(event)
        batch.said.clear()
        if not batch.busy() and turn >= max(guest.joins for guest in guests):
            return list(told.values())
    raise AssertionError("the batch never came to rest")


def alone(model: Any, tokenizer: Any, guest: Guest) -> str:
    """What transformers' own generate writes, one request at a time."""
    prompt = guest.prompt()
    output = model.generate(
        torch.tensor([prompt]), attention_mask=torch.ones(1, len(prompt)), max_new_tokens=guest.tokens, do_sample=False
    )
    text: str = tokenizer.decode(output[0, len(prompt) :].tolist(), skip_special_tokens=True)
    return text.rstrip("\ufffd")
