"""What rounds are made of: the long steps, the model, the clock, and how a round ends."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol, TypeVar

from bot.fitting import Fitted, Progress
from bot.learner import Learner
from model import evidence
from model.finetune import Job
from model.fitting_room import Room
from model.gate import Evidence
from model.lessons import Lesson
from storage.database import Storage

FIT_SECONDS = 3 * 3600.0
WAIT_SECONDS = 5.0
"""How often a round that waits for memory looks again."""

Result = TypeVar("Result", covariant=True)
Tell = Callable[[Progress], None]
Pause = Callable[[], AbstractContextManager[None]]


class RoundWaits(Exception):
    """A round that had begun has no room before the quiet hour; it goes on then, and nothing of it is lost."""


class Step(Protocol[Result]):
    """One long step of a round, in a process of its own."""

    def run(self) -> Result:
        """Do it, or go on with it; raises ChildFailed, and ChildStopped when it was stopped."""
        ...

    def stop(self) -> None:
        """End it now; from any thread."""
        ...


@dataclass(frozen=True, slots=True)
class Parts:
    """What rounds need.

    `learner` finds the model, which may take long; `setting` is COPYDESK_TRAINING. `room` says whether a job fits
    beside what serves, and `pause` makes room by pausing that; it is None where this process doesn't serve. `gpus`
    says on how many GPUs a round works, each with a process of its own.
    """

    storage: Storage
    data: Path
    clock: Callable[[], datetime]
    setting: str
    learner: Callable[[], Learner]
    fit: Callable[[Job, Tell], Step[Fitted]]
    measure: Callable[[evidence.Job, Tell], Step[Evidence]]
    room: Callable[[Job, Sequence[Lesson]], Room]
    pause: Pause | None = None
    gpus: Callable[[], int] = lambda: 1
    device: str = "auto"
    seconds: float = FIT_SECONDS
    wait_seconds: float = WAIT_SECONDS


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a round ends, and what is recorded with it."""

    verdict: str
    reason: str
    known: dict[str, Any] = field(default_factory=dict)
