"""Prompts that wait are read in one forward, unless one of them is better read after another."""

from collections.abc import Sequence
from typing import Any

import pytest
import torch

from model.batch import CHUNK, Batch
from model.generation import Event, Request, Sampling
from model.lora import Adapted
from model.sequences import Answer, Job
from model.slots import SlotCache
from model.steps import Stepper
from tests import tiny

CONTEXT, SLOTS, SYSTEM = 640, 5, 48


class Watched:
    """A batch taken through its turns by hand, and the shape of every forward."""

    def __init__(self) -> None:
        self.model: Any = tiny.llama(context=CONTEXT)
        self.forwards: list[tuple[int, ...]] = []
        self.model.model.register_forward_pre_hook(self._saw, with_kwargs=True)
        cache = SlotCache(
            self.model.config, slots=SLOTS, capacity=CONTEXT, dtype=self.model.dtype, device=self.model.device
        )
        stepper = Stepper(self.model, cache, Adapted(self.model, "tiny"))
        self.batch = Batch(stepper, cache, tiny.tokenizer(), ends=frozenset())

    def _saw(self, _: Any, __: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        self.forwards.append(tuple(kwargs["input_ids"].shape))

    def turns(self, prompts: Sequence[list[int]], turns: int, *, tokens: int = 4) -> list[list[int]]:
        """Let all of them wait, take that many turns, and tell what each has written."""
        jobs = [self._job(prompt, tokens) for prompt in prompts]
        for job in jobs:
            self.batch.turns.add(job)
        with torch.inference_mode():
            for _ in range(turns):
                self.batch.turn()
        assert all(isinstance(event, Event) for _, event in self.batch.said)
        return [next((s.produced for s in self.batch.running if s.job is job), []) for job in jobs]

    def _job(self, prompt: list[int], tokens: int) -> Job:
        request = Request((), 1, tokens, Sampling(temperature=0))
        return Job(request, prompt, None, Answer(1, lambda: None))


@pytest.fixture
def watched() -> Watched:
    return Watched()


def prompt(length: int, *, seed: int, begins: Sequence[int] = ()) -> list[int]:
    drawn = torch.Generator().manual_seed(seed)
    own = torch.randint(2, 300, (length - len(begins),), generator=drawn).tolist()
    return [*begins, *own]


def test_what_fits_together_is_read_at_once(watched: Watched) -> None:
    watched.turns([prompt(length, seed=length) for length in (30, 41, 64)], 1)

    assert watched.forwards == [(3, 64), (4, 1)]


def test_prompts_of_different_lengths_are_written_as_each_alone(watched: Watched) -> None:
    prompts = [prompt(length, seed=length) for length in (30, 41, 64)]

    together = watched.turns(prompts, 3, tokens=9)

    assert together == [Watched().turns([one], 3, tokens=9)[0] for one in prompts]
    assert all(len(written) == 4 for written in together)


def test_what_would_be_too_much_waits_for_the_next_turn(watched: Watched) -> None:
    """Three fit by their own lengths; filled up to the longest, they would not."""
    short, long = CHUNK // 4, CHUNK // 2
    watched.turns([prompt(length, seed=length) for length in (short, short + 1, long)], 2, tokens=9)

    assert [shape for shape in watched.forwards if shape[1] > 1] == [(2, short + 4), (1, long)]


def test_a_prompt_that_begins_like_one_being_read_waits_for_it(watched: Watched) -> None:
    system = prompt(SYSTEM, seed=1)
    watched.turns([[*system, *prompt(9, seed=seed)] for seed in (2, 3, 4)], 2, tokens=9)

    assert [shape for shape in watched.forwards if shape[1] > 1] == [(1, SYSTEM + 12), (2, 12)]


def test_a_few_tokens_in_common_are_read_twice(watched: Watched) -> None:
    few = prompt(9, seed=1)
    watched.turns([[*few, *prompt(SYSTEM, seed=seed)] for seed in (2, 3)], 1)

    assert watched.forwards[0] == (2, SYSTEM + 12)


def test_who_cancels_while_being_read_takes_nobody_along(watched: Watched) -> None:
    whole, short = prompt(CHUNK + 9, seed=1), prompt(30, seed=2)
    watched.turns([whole, short], 1)
    (reading,) = watched.batch._reading.values()
    reading.answer.cancelled = True

    written = watched.turns([], 2)

    assert written == []
    assert not watched.batch._reading
    assert [sequence.job.prompt for sequence in watched.batch.running] == [short]
