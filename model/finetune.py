"""Fine-tuning on a team's lessons: what is asked of it, in which loss; also the program that does it."""

import json
import os
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Literal

from model.suite import GENERAL

Loss = Literal["kto", "apo_zero_unpaired"]

KTO_VOTES, KTO_RARER = 100, 20
RANK, ALPHA = 16, 32
MOST_RATE, LEAST_RATE = 2e-4, 1e-6
MEASURED = 135_000_000
"""Parameters of the model for which the highest rate was measured."""
AT_ONCE = {"cpu": 384, "cuda": 1024}
"""Tokens in a pass, by device: more are no faster, and each keeps about 2.5 MiB of SmolLM2's activations on a CPU."""
PATHS = ("base", "start", "lessons", "out", "general")
BAD_JOB = "The job {!r} can't be read: {}. Write it with `write_job`."


class FitError(Exception):
    """A fine-tuning can't go on; the message is a sentence that says why and what to do."""


@dataclass(frozen=True, slots=True)
class Job:
    """One fine-tuning: from these lessons, over this base, to that folder.

    Two runs of one job on one machine's CPU with as many threads make the same adapter, byte by byte, also when one
    of them was killed and went on.
    """

    base: Path
    """The model's folder."""
    start: Path | None
    """An adapter that is merged into the base first, as the house's; what is saved holds it too."""
    lessons: Path
    """Lessons as JSON lines (model.lessons)."""
    out: Path
    """The adapter's folder; it is there when it is whole. What is begun lies beside it, in `….partial`."""
    loss: Loss
    seed: int = 0
    seconds: float = 6 * 3600.0
    """When it stops by itself, over all runs of the job together."""
    threads: int = 1
    device: str = "auto"
    """`cpu`, `cuda`, `cuda:1`, or `auto`: the GPU where there is one."""
    processes: int = 1
    """How many GPUs work at it, each in a process of its own; the batch of a step is as many times as large."""
    epochs: int = 3
    rate: float | None = None
    """The learning rate at its highest; by the model's size where it is None."""
    beta: float = 0.1
    batch: int = 8
    """Lessons a step; their mismatched pairs give KTO its estimate of the KL divergence."""
    longest: int = 1300
    """Lessons with more tokens are left out: cut copy would teach to stop in the middle."""
    replay: float = 0.0
    """The weight of the house's own lessons as plain text to be continued; at 0 they are liked lessons like others."""
    exact: bool = False
    """Whether it multiplies in float32 even where the machine is faster in bfloat16."""
    at_once: int = 0
    """Tokens that go through the model at once, by device where it is 0; a longer lesson's are computed twice."""
    general: Path = GENERAL
    """Plain text that must stay nearly as likely as before: the adapter is weakened until it does."""
    keep_seconds: float = 120.0
    """How often it writes down where it is, so that it goes on from there after a kill."""

    @property
    def partial(self) -> Path:
        """The folder of what is begun and not done."""
        return self.out.with_name(f"{self.out.name}.partial")


def choose_loss(up: int, down: int) -> Loss:
    """KTO estimates a KL divergence, which takes votes; with few, or with few of a kind, APO-zero does without.

    All votes count that teach or judge, though the newest quarter is only judged by: it is what a team has said that
    tells whether there is enough of each kind, and a rule that they can reckon with.

    KTO is arXiv:2402.01306, APO-zero arXiv:2408.06266; the numbers are from experience with them, not from theory.

    >>> choose_loss(80, 20), choose_loss(79, 20), choose_loss(200, 19)
    ('kto', 'apo_zero_unpaired', 'apo_zero_unpaired')
    """
    enough = up + down >= KTO_VOTES and min(up, down) >= KTO_RARER
    return "kto" if enough else "apo_zero_unpaired"


def rate_for(parameters: int) -> float:
    """The learning rate for LoRA on a model of this size: the larger, the lower.

    2e-4 was measured on SmolLM2's 135 million (bench/results/learning.md). KTO's authors use 5e-7 to 5e-6 from some
    billions on, with LoRA as without (huggingface/trl#2070, #2153), and TRL's guide to peft 5e-6 for preferences; a
    rate in inverse proportion to the size meets both ends. Below TRL's default for KTO, 1e-6, little would be learnt.

    >>> [f"{rate_for(size):.1e}" for size in (30_000, 135_000_000, 1_000_000_000, 4_000_000_000, 70_000_000_000)]
    ['2.0e-04', '2.0e-04', '2.7e-05', '6.8e-06', '1.0e-06']
    """
    return max(LEAST_RATE, MOST_RATE * min(1.0, MEASURED / parameters))


def spare_threads() -> int:
    """All cores but one, which serving keeps; one where there is no other."""
    return max(1, (len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1) - 1)


def write_job(job: Job, path: Path) -> None:
    """Write a job as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(asdict(job), default=str, indent=1, sort_keys=True) + "\n", "utf-8")


def read_job(path: Path) -> Job:
    """Read a job; raises FitError with what is wrong with it."""
    try:
        found: Mapping[str, Any] = json.loads(path.read_text("utf-8"))
        known = {name: found[name] for name in found if name in {one.name for one in fields(Job)}}
        made = {name: Path(known[name]) for name in PATHS if known.get(name) is not None}
        return Job(**{**known, **made})
    except (OSError, ValueError, TypeError) as error:
        raise FitError(BAD_JOB.format(str(path), error)) from error


if __name__ == "__main__":
    from model.fitting_process import main

    sys.exit(main())
