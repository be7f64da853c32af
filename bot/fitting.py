"""Starts a fine-tuning in a process of its own, follows it, and ends it: when asked, in time, or with the bot."""

import json
import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from model.finetune import Job, write_job
from model.fitting_share import environment

GRACE_SECONDS = 600.0
"""How long after its own time limit a fine-tuning is waited for: it ends a step and saves by then."""
KILLED = "The fine-tuning was killed by the system, most likely for want of memory; run it while serving is paused."
ENDED = "The fine-tuning ended with code {} and no reason; its log {} may have one."
OVERDUE = "The fine-tuning did not end by itself {:.0f} minutes after its time limit, and was stopped."
STOPPED = "The fine-tuning was stopped; it goes on from its last checkpoint when it is started again."

log = logging.getLogger(__name__)


class FittingFailed(Exception):
    """A fine-tuning came to nothing; the message is a sentence that says why."""


class FittingStopped(FittingFailed):
    """A fine-tuning was ended on request; the same job goes on from its last checkpoint."""


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
        self._said = job.out.with_name(f"{job.out.name}.log")
        self._process: subprocess.Popen[str] | None = None
        self._changing = threading.Lock()
        self._why = ""

    def run(self) -> Fitted:
        """Do the job, or go on with it; raises FittingFailed, and FittingStopped when it was stopped."""
        path = self._job.out.with_name(f"{self._job.out.name}.job.json")
        write_job(self._job, path)
        overdue = threading.Timer(self._job.seconds + GRACE_SECONDS, self._end, [OVERDUE.format(GRACE_SECONDS / 60)])
        overdue.daemon = True
        try:
            with self._said.open("w", encoding="utf-8") as said:
                process = self._start(path, said)
                overdue.start()
                fitted = self._follow(process)
        finally:
            overdue.cancel()
            self._end("")
            path.unlink(missing_ok=True)
        self._said.unlink(missing_ok=True)
        return fitted

    def stop(self) -> None:
        """End the process now, or keep it from starting."""
        self._end(STOPPED)

    def _start(self, path: Path, said: Any) -> "subprocess.Popen[str]":
        with self._changing:
            if self._why:
                raise FittingStopped(self._why)
            self._process = subprocess.Popen(
                command(self._job, path),
                env=_environment(self._job),
                # It ends when this closes, which it does however this process ends.
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=said,
                text=True,
                start_new_session=True,
            )
        log.info("A fine-tuning has started as process %d.", self._process.pid)
        return self._process

    def _follow(self, process: "subprocess.Popen[str]") -> Fitted:
        assert process.stdout is not None, "it was opened with one"
        with process.stdout:
            for line in process.stdout:
                event = json.loads(line)
                if event["event"] == "progress":
                    self._on_progress(Progress(**_picked(Progress, event)))
                elif event["event"] == "done":
                    return Fitted(**_picked(Fitted, event))
                elif event["event"] == "failed":
                    raise FittingFailed(event["reason"])
        code = process.wait()
        if self._why:
            raise (FittingStopped if self._why == STOPPED else FittingFailed)(self._why)
        raise FittingFailed(KILLED if code == -signal.SIGKILL else ENDED.format(code, self._said))

    def _end(self, why: str) -> None:
        """Make sure that nothing of the process runs on."""
        with self._changing:
            self._why = self._why or why
            process = self._process
        if process is None:
            return
        assert process.stdin is not None, "it was opened with one"
        # Processes that accelerate has started are in sessions of their own: this ends them.
        process.stdin.close()
        if process.poll() is None:
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                log.debug("The fine-tuning ended by itself.")
            process.wait()


def command(job: Job, path: Path) -> list[str]:
    """What is run: the module itself, or accelerate's launcher with a process for each GPU."""
    module = ["-m", "model.finetune", str(path), "--tethered"]
    if job.processes == 1:
        return [sys.executable, *module]
    several = ["--multi_gpu", "--num_machines", "1", "--num_processes", str(job.processes)]
    return [sys.executable, "-m", "accelerate.commands.launch", *several, "--mixed_precision", "bf16", *module]


def _environment(job: Job) -> dict[str, str]:
    made = environment(os.environ, device=job.device, threads=job.threads, processes=job.processes)
    root = str(Path(__file__).parent.parent)
    return {**made, "PYTHONPATH": os.pathsep.join(filter(None, (root, made.get("PYTHONPATH", ""))))}


def _picked(kind: type[Any], event: dict[str, Any]) -> dict[str, Any]:
    return {one.name: event[one.name] for one in fields(kind)}
