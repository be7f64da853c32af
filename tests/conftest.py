"""What tests stand on: a database, a playground, the real bot on it with scripted words, and a log without errors."""

import logging
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.__main__ import MANIFEST
from bot.playground import manifest
from bot.playground.server import PlaygroundServer
from storage.database import Storage
from tests.running_bot import RunningBot
from tests.visitor import Visitor


@pytest.fixture(autouse=True)
def no_error_is_logged(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Bolt logs what a listener raises and answers 200 all the same; without this a broken listener looks well."""
    yield
    if request.node.get_closest_marker("logs_errors"):
        return
    records = [record for phase in ("setup", "call", "teardown") for record in caplog.get_records(phase)]
    errors = [record.getMessage() for record in records if record.levelno >= logging.ERROR]
    assert not errors, f"the log has errors: {errors}"


@pytest.fixture
def playground() -> Iterator[PlaygroundServer]:
    with PlaygroundServer(manifest=manifest.read(MANIFEST)) as server:
        yield server


@pytest.fixture(scope="session")
def embedded_data(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """A data folder for the embedded model: fetched once for all workers, or kept where COPYDESK_TEST_DATA says."""
    kept = os.environ.get("COPYDESK_TEST_DATA")
    if kept:
        return Path(kept)
    mine = tmp_path_factory.getbasetemp()
    # Each worker of pytest-xdist has a folder of its own inside the run's.
    return (mine.parent if hasattr(request.config, "workerinput") else mine) / "embedded"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def storage(data: Path) -> Storage:
    """The database of the data folder, with nothing in it yet."""
    found = Storage(data / "copydesk.db")
    found.migrate()
    return found


@pytest.fixture
def start_bot(playground: PlaygroundServer, data: Path) -> Iterator[Callable[..., RunningBot]]:
    """Starts the bot, as often as a test likes; each one is closed at the end."""
    started: list[RunningBot] = []

    def start(*texts: str, **options: Any) -> RunningBot:
        bot = RunningBot(playground.url, data, *texts, **options)
        started.append(bot)
        return bot

    yield start
    for bot in started:
        bot.close()


@pytest.fixture
def bot(start_bot: Callable[..., RunningBot]) -> RunningBot:
    return start_bot()


@pytest.fixture
def ana(playground: PlaygroundServer) -> Iterator[Visitor]:
    with Visitor(playground.url, "U0ANA") as visitor:
        yield visitor


@pytest.fixture
def ben(playground: PlaygroundServer) -> Iterator[Visitor]:
    with Visitor(playground.url, "U0BEN") as visitor:
        yield visitor
