"""Has a candidate measured in a process of its own, beside what serves."""

import os
import sys
from collections.abc import Callable
from typing import Any

from bot.child import Child, Task
from bot.fitting import Progress
from model.evidence import Job, write_job
from model.fitting_share import environment
from model.measured import Evidence

NAME = "The judging"


class Judging:
    """One candidate's measuring; `run` blocks until its end, `stop` may be called from any thread."""

    def __init__(self, job: Job, on_progress: Callable[[Progress], None] = lambda _: None) -> None:
        self._job, self._on_progress = job, on_progress
        self._asked = job.out.with_suffix(".job.json")
        made = environment(os.environ, device=job.device, threads=job.threads)
        command = [sys.executable, "-m", "model.evidence", str(self._asked), "--tethered"]
        task = Task(NAME, command, made, job.out.with_suffix(".log"), job.seconds)
        self._child = Child(task, self._tell)

    def run(self) -> Evidence:
        """Measure, or read what an earlier run measured; raises ChildFailed, and ChildStopped when it was stopped."""
        if not self._job.out.is_file():
            write_job(self._job, self._asked)
            try:
                self._child.run()
            finally:
                self._asked.unlink(missing_ok=True)
        return Evidence.from_json(self._job.out.read_text("utf-8"))

    def stop(self) -> None:
        """End it now, or keep it from starting."""
        self._child.stop()

    def _tell(self, event: dict[str, Any]) -> None:
        told = {name: event[name] for name in Progress.__dataclass_fields__}
        self._on_progress(Progress(**told))
