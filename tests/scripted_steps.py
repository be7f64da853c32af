"""The long steps of a round, scripted: what they make, what they measure, and where they are cut off."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.child import ChildFailed, ChildStopped
from bot.fitting import Fitted, Progress
from bot.learner import Learner
from bot.round_parts import Parts, Tell
from bot.round_runner import RoundRunner
from bot.schedule import read_times
from bot.trials import Trials
from model import evidence
from model.finetune import Job
from model.fitting_room import Room
from model.measured import Both, Drift, Evidence, Integrity, Perplexity, Score, Text
from storage import rounds
from storage.database import Storage
from storage.rounds import RoundRow
from tests import published
from tests.desk_rows import WORKSPACE
from tests.team import allow

ROOM = Room("fits", "Both fit.")
FITTED = Fitted(12.0, 3.5, 900.0, 0.4, 3.0, False, 0)


@dataclass
class Scripted:
    """`fit` and `measure` for rounds; `failure` is said instead of an adapter, `hold` keeps a step from ending."""

    better: bool = True
    failure: str = ""
    hold: bool = False
    rank: int = 2
    room: Room = ROOM
    during: Callable[[], object] = lambda: None
    jobs: list[Job] = field(default_factory=list)
    paused: list[bool] = field(default_factory=list)
    judged: list[evidence.Job] = field(default_factory=list)
    reached: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def pause(self) -> Iterator[None]:
        self.paused.append(True)
        yield
        self.paused.append(False)

    def fit(self, job: Job, tell: Tell) -> "Fit":
        self.jobs.append(job)
        return Fit(self, job, tell)

    def measure(self, job: evidence.Job, tell: Tell) -> "Measure":
        tell(Progress("judging", 1, 2, None, 5.0))
        self.judged.append(job)
        return Measure(self, job)


def parts(data: Path, base: Path, script: Scripted, clock: list[datetime]) -> Parts:
    """What rounds need: a database where training is allowed, a model that is nothing but its files, scripted steps."""
    storage = Storage(data / "copydesk.db")
    storage.migrate()
    allow(storage)
    published.base(base)
    return Parts(
        storage=storage,
        data=data,
        clock=lambda: clock[0],
        setting="ask",
        learner=lambda: Learner(base, None),
        fit=script.fit,
        measure=script.measure,
        room=lambda *_: script.room,
        pause=script.pause,
    )


class Fit:
    """Makes an adapter of nothing but bytes."""

    def __init__(self, script: Scripted, job: Job, tell: Tell) -> None:
        self._script, self._job, self._tell = script, job, tell
        self._stopped = threading.Event()

    def run(self) -> Fitted:
        self._tell(Progress("training", 3, 40, 0.5, 120.0))
        self._script.reached.set()
        if self._script.hold:
            assert self._stopped.wait(10), "nobody stopped it"
            raise ChildStopped("The fine-tuning was stopped.")
        if self._script.failure:
            raise ChildFailed(self._script.failure)
        published.fitted(self._job.out, rank=self._script.rank, fill=len(self._script.jobs))
        return FITTED

    def stop(self) -> None:
        self._stopped.set()


class Measure:
    """Measures whatever makes the gates say what the script wants."""

    def __init__(self, script: Scripted, job: evidence.Job) -> None:
        self._script, self._job = script, job

    def run(self) -> Evidence:
        self._script.during()
        return measured(self._job.incumbent, self._job.candidate, better=self._script.better)

    def stop(self) -> None: ...


def measured(incumbent: str, candidate: str, *, better: bool) -> Evidence:
    """Of a candidate that people like better, or that they don't."""
    text = Text(ok=True, characters=100, distinct=0.9, shared=0.1, fitting=True, mood=0.2)
    gain = 5.0 if better else -5.0
    scores = [
        Score(f"person {at % 8}", f"d{at}", "tweet", liked, 20, -40.0, -40.0 + (gain if liked else -gain) + at % 3)
        for at in range(80)
        for liked in [at % 2 == 0]
    ]
    return Evidence(
        incumbent,
        candidate,
        Integrity("", 6, 0, 0.5, 2.0),
        texts=tuple(Both(f"s{at}", "", text, text) for at in range(30)),
        asked=30,
        drift=Drift(0.01, 1000),
        perplexity=Perplexity(20.0, 20.0, 20.0, 1000),
        scores=tuple(scores),
    )


def start(parts: Parts, zone: ZoneInfo, cron: str = "0 3 * * sun") -> RoundRunner:
    """What runs rounds at those times in that zone."""
    trials = Trials(parts.storage, parts.data, parts.clock, None, parts.setting)
    return RoundRunner(parts, trials, times=lambda _: read_times(cron, zone))


def kept(parts: Parts) -> list[RoundRow]:
    """The rounds so far, the newest first."""
    with parts.storage.read() as db:
        return rounds.recent(db, WORKSPACE, 10)
