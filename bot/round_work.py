"""What a round works on: the lessons of those who may be learnt from, in a folder that goes when the round ends."""

import shutil
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot import rows
from bot.consent import training_rows
from bot.learner import Learner
from model import finetune
from model.brief import Brief
from model.examples import Collected, Lesson, Lessons, Prompt, collect, from_jsonl, to_jsonl
from model.finetune import Job
from model.formats import FORMATS
from model.generation import Message
from model.prompts import messages
from model.replay import replay
from storage import consent, rounds
from storage.database import stamp
from storage.signals import SignalRow
from storage.sqlite import Database

EVERY = 4
"""One of the house's own lessons comes after so many of the team's, as many as `replay` gives by default."""


@dataclass(frozen=True, slots=True)
class Material:
    """What a round learns from and is judged by, and whose it is; `newest` is when the newest act in it was known."""

    collected: Collected
    people: frozenset[str]
    newest: str


def gather(db: Database, workspace: str, setting: str, *, now: datetime, seed: int) -> Material:
    """What may be learnt from as of a moment: the same for the same moment, unless somebody took something back."""
    found = [row for row in training_rows(db, workspace, setting) if row.came_at <= stamp(now)]
    signals = [rows.to_signal(row) for row in found]
    collected = collect(signals, now=now, seed=seed)
    return Material(collected, frozenset(_people(found)), max((row.came_at for row in found), default=""))


def news(db: Database, workspace: str, setting: str) -> int:
    """How many votes, edits and uses a round may read that came since the last one that learnt from what there was.

    What one person did with one draft is one, as it is one example.
    """
    last = rounds.last_fitted(db, workspace)
    return len(training_rows(db, workspace, setting, since=last.started_at if last else ""))


def withdrawn(db: Database, workspace: str, people: frozenset[str]) -> bool:
    """Whether one of those who taught doesn't want to any more; whoever was forgotten doesn't."""
    return not all(consent.teaches(db, workspace, person) for person in people)


def prompt_for(learner: Learner) -> Prompt:
    """What makes the chat that asks for a brief's copy, as the writer asks.

    All but the examples, which a model without the house's adapter goes on to be shown: two take up to half of the
    tokens that a lesson may have, so the longer formats would be left out, and a step would take twice the time.
    """

    def prompt(brief: Brief) -> tuple[Message, ...]:
        return messages(brief, FORMATS[brief.format], taught=learner.taught)

    return prompt


@dataclass(frozen=True, slots=True)
class Share:
    """What a fine-tuning gets of the machine."""

    device: str
    seconds: float
    gpus: int = 1


@dataclass(frozen=True, slots=True)
class Work:
    """One round's folder."""

    folder: Path

    @property
    def train(self) -> Path:
        """The lessons to learn."""
        return self.folder / "train.jsonl"

    @property
    def held(self) -> Path:
        """The lessons to judge by."""
        return self.folder / "held.jsonl"

    @property
    def made(self) -> Path:
        """The fitted adapter, whole where it is there."""
        return self.folder / "adapter"

    def lay_out(self, lessons: Lessons, learner: Learner, *, seed: int) -> bool:
        """Write the lessons; False where these very lessons lie there already, so that what was begun goes on."""
        train = _with_replay(lessons.train, prompt_for(learner), seed) if learner.start else lessons.train
        if self._holds(train, lessons.held):
            return False
        self.clear()
        self.folder.mkdir(parents=True)
        to_jsonl(train, self.train)
        to_jsonl(lessons.held, self.held)
        return True

    def job(self, collected: Collected, learner: Learner, share: Share, *, seed: int) -> Job:
        """What the fitting process is asked to do."""
        return Job(
            base=learner.base.absolute(),
            start=learner.start.absolute() if learner.start else None,
            lessons=self.train.absolute(),
            out=self.made.absolute(),
            loss=finetune.choose_loss(collected.report.votes_up, collected.report.votes_down),
            seed=seed,
            seconds=share.seconds,
            threads=finetune.spare_threads(),
            device=share.device,
            processes=share.gpus,
        )

    def clear(self, *, keep_log: bool = False) -> None:
        """Delete it, people's words with it; the logs of the processes may stay, to read why they failed."""
        if not keep_log:
            shutil.rmtree(self.folder, ignore_errors=True)
            return
        for path in self.folder.glob("*"):
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            elif path.suffix != ".log":
                path.unlink()

    def _holds(self, train: tuple[Lesson, ...], held: tuple[Lesson, ...]) -> bool:
        try:
            return (from_jsonl(self.train), from_jsonl(self.held)) == (train, held)
        except (OSError, ValueError):
            return False


def works(data: Path) -> Callable[[int], Work]:
    """The folder of a round by its number."""
    return lambda number: Work(data / "rounds" / str(number))


def clear_others(data: Path, numbers: Collection[int] = ()) -> None:
    """Delete what all rounds but these have left; call it while no other round runs."""
    for folder in (data / "rounds").glob("*"):
        if folder.name not in {str(number) for number in numbers}:
            shutil.rmtree(folder, ignore_errors=True)


def _people(found: list[SignalRow]) -> set[str]:
    """Whoever did something with a draft, and whoever's words asked for it."""
    return {person for row in found for person in (row.user, row.brief.user)}


def _with_replay(train: tuple[Lesson, ...], prompt: Prompt, seed: int) -> tuple[Lesson, ...]:
    mixed = list[Lesson]()
    house = list(replay(len(train), seed=seed, prompt=prompt))
    for number, lesson in enumerate(train, 1):
        mixed.append(lesson)
        if number % EVERY == 0 and house:
            mixed.append(house.pop(0))
    return (*mixed, *house)
