"""Which lessons learn together: blocks of like length, whose texts also answer each other's prompts for KTO's KL."""

import random
from collections.abc import Sequence
from itertools import pairwise

from model.finetune import Job
from model.fitting_rows import Row

JITTER = 0.1
BACKWARD = 1.5
"""What a backward pass through a frozen model with LoRA costs, in forward passes; measured on a CPU."""


class Plan:
    """Which rows learn when: the blocks, their order over all epochs, and what each costs in tokens."""

    def __init__(self, rows: Sequence[Row], job: Job) -> None:
        self.blocks = blocks(rows, job.batch, job.seed)
        self.laps = laps(self.blocks, job.epochs, job.seed, job.processes)
        self.a_lap = -(-len(self.blocks) // job.processes)
        self._lengths = [row.length for row in rows]
        self.longest = max(self._lengths)
        self._forwards = 2 if job.loss == "kto" else 1
        self._processes = job.processes

    def tokens(self, block: Sequence[int]) -> int:
        """A block's tokens; on a GPU some padding is added."""
        return sum(self._lengths[at] for at in block)

    def step_work(self, step: int) -> float:
        """What a step costs, in tokens that go forward once; steps count from 0."""
        at = step * self._processes
        shares = [self.tokens(block) for block in self.laps[at : at + self._processes]]
        return (self._forwards + BACKWARD) * max(shares, default=0)

    def reference_work(self, block: Sequence[int]) -> float:
        """What a block costs before the training."""
        return float(self._forwards * self.tokens(block))

    @property
    def steps(self) -> int:
        """Steps of all epochs."""
        return len(self.laps) // self._processes

    @property
    def work(self) -> float:
        """What all of it costs."""
        return sum(map(self.reference_work, self.blocks)) + sum(map(self.step_work, range(self.steps)))

    def seen(self, steps: int) -> int:
        """How many lessons these many steps have learnt, each as often as it came."""
        return sum(map(len, self.laps[: steps * self._processes]))

    def epochs(self, steps: int) -> float:
        """How many times these many steps have gone through all lessons."""
        return steps * self._processes / len(self.blocks)


def blocks(rows: Sequence[Row], size: int, seed: int) -> list[list[int]]:
    """All rows in blocks of like length, their sizes at most one apart and, from two rows on, never 1.

    A block of one would pair a text with its own prompt, and its KL would be its own reward.
    """
    order = random.Random(seed)
    ranked = sorted(range(len(rows)), key=lambda at: rows[at].length * order.uniform(1 - JITTER, 1 + JITTER))
    count = max(1, min(round(len(rows) / size), len(rows) // 2))
    ends = [len(rows) * number // count for number in range(count + 1)]
    return [ranked[start:end] for start, end in pairwise(ends)]


def mismatched(rows: Sequence[Row], block: Sequence[int]) -> list[int]:
    """For each of a block, another of it whose text doesn't answer the same prompt, where there is one.

    The texts are turned round by one place, as in TRL, or by the fewest places that keep an edit and its original,
    or a lesson drawn twice, from each other's prompts.
    """
    turns = range(1, len(block)) or range(1)

    def misses(turn: int) -> int:
        pairs = zip(block, _turned(block, turn), strict=True)
        return sum(rows[one].prompt == rows[other].prompt for one, other in pairs)

    return _turned(block, min(turns, key=misses))


def laps(blocks: Sequence[Sequence[int]], epochs: int, seed: int, processes: int = 1) -> list[list[int]]:
    """The blocks of all epochs in the order in which they are learnt, each epoch in another.

    With several processes each takes every so manyth; blocks come twice where they don't share out evenly.
    """
    order, found = random.Random(seed + 1), []
    for _ in range(epochs):
        shuffled = [list(block) for block in blocks]
        order.shuffle(shuffled)
        found += shuffled
    return found + found[: -len(found) % processes]


def weights(up: int, down: int) -> tuple[float, float]:
    """What a liked and a disliked lesson weigh, so that both kinds together stand between 1 : 1 and 4 : 3.

    The bounds are those of KTO's paper, arXiv:2402.01306, equation 8.

    >>> weights(50, 50), weights(20, 80), weights(80, 20)
    ((1.0, 1.0), (4.0, 1.0), (1.0, 3.0))
    """
    if not up or not down:
        return 1.0, 1.0
    if up < down:
        return down / up, 1.0
    return 1.0, max(1.0, up * 3 / (down * 4))


def _turned(block: Sequence[int], turn: int) -> list[int]:
    return [*block[-turn:], *block[:-turn]] if turn else list(block)
