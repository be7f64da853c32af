"""What learns by rounds, put together for a desk: serving, rounds, trials, their part of App Home, their clock."""

import logging
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from slack_bolt import App
from slack_sdk import WebClient

from bot import learner, round_commands, rounds, rounds_home, time_zone
from bot.consent import Republish
from bot.engines import Source
from bot.pausing import PausingEngine
from bot.round_parts import Parts, Pause
from bot.round_runner import RoundRunner
from bot.rounds_home import ModelPart
from bot.schedule import Task, Times, read_times
from bot.serving import Serving
from bot.settings import Settings
from bot.time_zone import Zone
from bot.trials import Trials
from model.finetune import Job
from model.fingerprint import BadWeights, Base, fingerprint, name_of
from model.fitting_room import Room
from model.generation import Engine, EngineUnavailable
from model.lessons import Lesson
from model.writer import Writer
from storage.database import Storage

NO_PAUSE, WHY = "What serves can't pause for a round", "use a smaller model, or run the round on another machine"

BuildParts = Callable[[Settings, Storage, Pause | None], Parts]
"""Makes what rounds need, from the settings; the pause is of what serves, None where a server does."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RoundsPart:
    """The parts, running until the stack closes."""

    parts: Parts
    serving: Serving
    runner: RoundRunner
    home: ModelPart

    def register(self, app: App, republish: Republish) -> None:
        """Listen for the buttons in App Home."""
        rounds_home.register(app, self.home, republish)

    def tasks(self) -> Sequence[Task]:
        """What is to be done by the clock."""
        return [Task("rounds", self.runner.tick)]

    def relearn(self, _workspace: str) -> None:
        """Keep nothing that an unfinished round collected, for what may be learnt has changed."""
        rounds.discard(self.parts.data)


def build(
    settings: Settings,
    storage: Storage,
    client: WebClient,
    clock: Callable[[], datetime],
    source: Source,
    writer: Future[Writer],
    stack: ExitStack,
    build_parts: BuildParts = round_commands.build_parts,
) -> RoundsPart:
    """The parts of a desk; raises SettingsError when COPYDESK_ROUND_CRON is no time."""
    times = _times(settings, storage, client, clock)
    learner.remember(settings, source.folder)
    data, base = settings.copydesk_data, _base(source.folder)

    def engine() -> Engine:
        return writer.result().engine

    parts = _parts(build_parts(settings, storage, _pausing(engine) if source.folder else None), clock, engine)
    trials = Trials(storage, data, clock, base, settings.copydesk_training)
    serving = Serving(storage, data, engine=engine, base=base, house=source.adapter)
    runner = RoundRunner(parts, trials, times=times)
    stack.callback(runner.close)
    writer.add_done_callback(lambda loaded: None if loaded.exception() else serving.look())
    home = ModelPart(storage, data, serving, runner, trials, settings.copydesk_training)
    return RoundsPart(parts, serving, runner, home)


def _base(folder: Path | None) -> Base | None:
    """What adapters are held against; nothing fits a model whose files can't be told from another's."""
    try:
        return fingerprint(folder) if folder else None
    except BadWeights as error:
        logger.warning("No fine-tuned version can be used: %s", error)
        return Base(name_of(folder or ""), "", "")


def _parts(built: Parts, clock: Callable[[], datetime], engine: Callable[[], Engine]) -> Parts:
    def room(job: Job, lessons: Sequence[Lesson]) -> Room:
        engine()  # what is free is known only once what serves holds its memory
        return built.room(job, lessons)

    return replace(built, clock=clock, room=room)


def _pausing(engine: Callable[[], Engine]) -> Pause:
    def pause() -> AbstractContextManager[None]:
        serves = engine()
        if not isinstance(serves, PausingEngine):
            raise EngineUnavailable(NO_PAUSE, WHY)
        return serves.pause()

    return pause


def _times(
    settings: Settings, storage: Storage, client: WebClient, clock: Callable[[], datetime]
) -> Callable[[str], Times]:
    """The times of rounds by workspace, on the clock of the people there."""
    cron, named = settings.copydesk_round_cron, settings.copydesk_time_zone
    read_times(cron, ZoneInfo("UTC"))  # what is no time is said at the start
    zones: dict[str, Zone] = {}
    lock = threading.Lock()

    def times(workspace: str) -> Times:
        with lock:
            if workspace not in zones:
                zones[workspace] = Zone(named, lambda: time_zone.of_workspace(client, storage, workspace), clock)
        return read_times(cron, zones[workspace]())

    return times
