"""Has a fine-tuning done in a process of its own, beside what serves."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from bot.child import Child, Task
from model.finetune import Job, write_job
from model.fitting_share import environment

NAME = "The fine-tuning"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a fine-tuning is: first the reference is computed, then the training runs."""

    stage: str
    step: int
    steps: int
    loss: float | None
    eta_seconds: float


@dataclass(frozen=True, slots=True)
class Fitted:
    """What a fine-tuning came to; `stopped` when its time was over before all epochs were."""

    seconds: float
    examples_per_second: float
    peak_mib: float
    loss: float
    epochs: float
    stopped: bool
    left_out: int


class Fitting:
    """One fine-tuning; `run` blocks until its end, `stop` may be called from any thread."""

    def __init__(self, job: Job, on_progress: Callable[[Progress], None] = lambda _: None) -> None:
        self._job, self._on_progress = job, on_progress
        self._asked, said = (job.out.with_name(f"{job.out.name}.{end}") for end in ("job.json", "log"))
        made = environment(os.environ, device=job.device, threads=job.threads, processes=job.processes)
        self._child = Child(Task(NAME, command(job, self._asked), made, said, job.seconds), self._tell)

    def run(self) -> Fitted:
        """Do the job, or go on with it; raises ChildFailed, and ChildStopped when it was stopped."""
        write_job(self._job, self._asked)
        try:
            return Fitted(**_picked(Fitted, self._child.run()))
        finally:
            self._asked.unlink(missing_ok=True)

    def stop(self) -> None:
        """End the process now, or keep it from starting; the same job goes on from its last checkpoint."""
        self._child.stop()

    def _tell(self, event: dict[str, Any]) -> None:
        self._on_progress(Progress(**_picked(Progress, event)))


def command(job: Job, path: Path) -> list[str]:
    """What is run: the module itself, or accelerate's launcher with a process for each GPU."""
    module = ["-m", "model.finetune", str(path), "--tethered"]
    if job.processes == 1:
        return [sys.executable, *module]
    several = ["--multi_gpu", "--num_machines", "1", "--num_processes", str(job.processes)]
    return [sys.executable, "-m", "accelerate.commands.launch", *several, "--mixed_precision", "bf16", *module]


def _picked(kind: type[Any], event: dict[str, Any]) -> dict[str, Any]:
    return {one.name: event[one.name] for one in fields(kind)}
