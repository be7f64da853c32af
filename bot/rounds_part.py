"""What learns by rounds, put together for a desk: serving, rounds, trials, their part of App Home, their clock."""

import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from slack_bolt import App
from slack_sdk import WebClient

from bot import learner, round_commands, rounds, rounds_home, time_zone
from bot.consent import Republish
from bot.pausing import PausingEngine
from bot.round_parts import Parts
from bot.round_runner import RoundRunner
from bot.rounds_home import ModelPart
from bot.schedule import Task, Times, read_times
from bot.serving import Serving
from bot.settings import Settings
from bot.time_zone import Zone
from bot.trials import Trials
from model.fingerprint import fingerprint
from model.generation import Engine, EngineUnavailable
from storage.database import Storage

NO_PAUSE, WHY = "What serves can't pause for a round", "let it finish, or use a smaller model"


@dataclass(frozen=True, slots=True)
class Model:
    """What a desk serves: the weights' folder, None at a server; the shipped adapter; the engine, which is waited for."""

    folder: Path | None
    house: str | None
    engine: Callable[[], Engine]


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

    def forget(self, _workspace: str) -> None:
        """Keep nothing that an unfinished round collected, for somebody doesn't want to be learnt from."""
        rounds.discard(self.parts)


def build(
    settings: Settings,
    storage: Storage,
    client: WebClient,
    clock: Callable[[], datetime],
    model: Model,
    stack: ExitStack,
) -> RoundsPart:
    """The parts of a desk; raises SettingsError when COPYDESK_ROUND_CRON is no time, and BadWeights without a model."""
    base = fingerprint(model.folder) if model.folder else None
    learner.remember(settings, model.folder)
    data = settings.copydesk_data
    built = round_commands.build_parts(settings, storage, pause=lambda: _pause(model.engine()))
    parts = replace(built, clock=clock)
    trials = Trials(storage, data, clock, base)
    serving = Serving(storage, data, engine=model.engine, base=base, house=model.house)
    runner = RoundRunner(parts, trials, times=_times(settings, storage, client, clock))
    stack.callback(runner.close)
    return RoundsPart(
        parts, serving, runner, ModelPart(storage, data, serving, runner, trials, settings.copydesk_training)
    )


def _pause(engine: Engine) -> AbstractContextManager[None]:
    if not isinstance(engine, PausingEngine):
        raise EngineUnavailable(NO_PAUSE, WHY)
    return engine.pause()


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
