"""What the process of a fine-tuning says: one JSON object a line on standard output, and nothing else there."""

import json
import os
import sys
import time
from collections.abc import Callable
from typing import Literal

Stage = Literal["reference", "training"]

OUT_OF_MEMORY = (
    "The fine-tuning ran out of memory{}: let it run while serving is paused, or lower the job's batch ({})."
)
UNFORESEEN = "The fine-tuning stopped because of an internal error ({}); its log beside the adapter explains it."
_SIGNS = ("out of memory", "can't allocate memory", "cannot allocate memory", "_alloc_failed", "bad_alloc")


def untold(*_: object) -> None:
    """Nobody asked how far it is."""


class Teller:
    """Writes events; whatever else is printed in this process goes to standard error from now on."""

    def __init__(self) -> None:
        self._lines = os.fdopen(os.dup(1), "w", encoding="utf-8")
        os.dup2(2, 1)
        sys.stdout = sys.stderr
        self.silent = False

    def __call__(self, event: str, **values: object) -> None:
        """Tell one event, unless another process of the same fine-tuning does the telling."""
        if not self.silent:
            self._lines.write(json.dumps({"event": event, **values}) + "\n")
            self._lines.flush()


class Progress:
    """Tells how far it is; the seconds left are those it took so far, by the work that is left."""

    def __init__(self, tell: Callable[..., None], work: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._tell, self._left, self._clock = tell, work, clock
        self._done = 0.0
        self._began = clock()

    def skip(self, work: float) -> None:
        """Count work that an earlier run has done already."""
        self._left -= work

    def step(self, stage: Stage, step: int, steps: int, work: float, loss: float | None = None) -> None:
        """Count work as done, and tell."""
        self._done += work
        self._left = max(0.0, self._left - work)
        seconds = (self._clock() - self._began) / self._done * self._left if self._done else 0.0
        self._tell("progress", stage=stage, step=step, steps=steps, loss=loss, eta_seconds=round(seconds, 1))


def reason(error: BaseException, *, device: str, batch: int) -> tuple[str, bool]:
    """The sentence for an error that nobody raised on purpose, and whether it says all there is to say."""
    said = f"{type(error).__name__} {error}".lower()
    if isinstance(error, MemoryError) or any(sign in said for sign in _SIGNS):
        return OUT_OF_MEMORY.format("" if device == "cpu" else " on the GPU", batch), True
    return UNFORESEEN.format(type(error).__name__), False
