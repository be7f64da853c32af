"""Watches a fine-tuning step by step: tells its progress, keeps checkpoints, and stops it in time or when it is off."""

import math
import time
from collections.abc import Callable
from typing import Any

from transformers import TrainerCallback

from model.finetune import FitError, Job
from model.fitting_checkpoints import Partial
from model.fitting_events import Progress

NOT_FINITE = "The loss became {} in step {} of {}: nothing was saved. Fine-tune with a lower rate than {}."
TOO_SHORT = (
    "The time limit of {:.0f} minutes was over in step {} of the {} that every lesson's first turn takes: nothing was "
    "saved. Give it more time, or fewer lessons."
)


class Watch(TrainerCallback):
    """Between the trainer and the rest of the process; all processes of a job stop and save in the same step."""

    def __init__(
        self,
        job: Job,
        plan: Any,
        partial: Partial,
        progress: Progress,
        clock: Callable[[], float] = time.monotonic,
        agree: Callable[[list[float]], list[float]] = lambda own: own,
    ) -> None:
        """`agree` turns what this process has measured into what the first one has, where several work at the job."""
        self._agree = agree
        self._job, self._plan, self._partial, self._progress, self._clock = job, plan, partial, progress, clock
        self._before = partial.spent()
        self._began = self._kept = clock()
        self.resumed_at = 0
        self.stopped = False

    @property
    def spent(self) -> float:
        """Seconds that the job has taken, over all its runs."""
        return self._before + self._clock() - self._began

    def on_train_begin(self, *given: Any, **_: Any) -> None:
        """Count what an earlier run has done."""
        state = given[1]
        self.resumed_at = state.global_step
        for step in range(state.global_step):
            self._progress.skip(self._plan.step_work(step))

    def on_step_end(self, *given: Any, **_: Any) -> None:
        """Keep a checkpoint when it is time for one; stop when time is over."""
        _, state, control = given
        # Each has a clock of its own, and one that stopped alone would leave the others waiting for it.
        spent, unkept = self._agree([self.spent, self._clock() - self._kept])
        if spent >= self._job.seconds and state.global_step < state.max_steps:
            if state.global_step < self._plan.a_lap:
                minutes = self._job.seconds / 60
                raise FitError(TOO_SHORT.format(minutes, state.global_step, self._plan.a_lap))
            self.stopped = control.should_training_stop = True
        elif unkept >= self._job.keep_seconds and state.global_step < state.max_steps:
            control.should_save = True

    def on_save(self, *given: Any, **_: Any) -> None:
        """Rename the checkpoint in."""
        state = given[1]
        if state.is_world_process_zero:
            self._partial.keep(state.global_step, self.spent)
        self._kept = self._clock()

    def on_log(self, *given: Any, logs: dict[str, float] | None = None, **_: Any) -> None:
        """Tell the loss of the step; raises FitError when it is no number."""
        if logs is None or "loss" not in logs:
            return
        loss, settings, state = logs["loss"], given[0], given[1]
        step = state.global_step
        if not math.isfinite(loss):
            raise FitError(NOT_FINITE.format(loss, step, state.max_steps, settings.learning_rate))
        self._progress.step("training", step, state.max_steps, self._plan.step_work(step - 1), round(loss, 4))
