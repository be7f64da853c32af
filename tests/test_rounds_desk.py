"""The running desk and its rounds: due ones begin by themselves, what was promoted writes, what is broken doesn't."""

import json
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from slack_sdk import WebClient

from bot import learning, round_commands, rounds_part, sentiment_parts
from bot.__main__ import main
from bot.desk import Desk
from bot.engines import Source
from bot.learner import Learner
from bot.refresher import Refresher
from bot.round_parts import Parts, Pause
from bot.settings import Settings
from bot.tastes import Tastes
from model import adapters, manifest
from model.fingerprint import Base
from model.remote import RemoteEngine
from storage import rounds
from storage.database import Storage
from tests import published
from tests.desk_rows import WORKSPACE, add_brief
from tests.fake_engine import FakeEngine
from tests.model_server import ModelServer
from tests.running_bot import TWEETS, RunningBot
from tests.scripted_steps import ROOM, Scripted
from tests.team import add_votes, allow
from tests.thread_reading import opener, shown, wait_for_drafts
from tests.visitor import Visitor

BRIEF = "tweet for Brewline cold brew, free shipping this week"
Start = Callable[..., RunningBot]


@pytest.fixture
def on(tmp_path: Path) -> Base:
    return published.base(tmp_path / "tiny")


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine(*TWEETS)


@pytest.fixture
def source(tmp_path: Path, on: Base, engine: FakeEngine) -> Source:
    """A model of which there are but the files, with a house adapter; its words are scripted."""
    return Source(lambda: engine, tmp_path / "tiny", "house", None, None)


def promote(data: Path, on: Base, count: int = 1) -> None:
    for number in range(count):
        adapters.promote(data, published.publish(data, on, workspace=WORKSPACE, fill=number + 1), on)


def ask(page: Visitor, count: int) -> str:
    """Type the next brief of so many; returns who wrote it, as its opener says."""
    page.type(f"/copy {BRIEF} --variants 1")
    wait_for_drafts(page, count)
    opening = opener(page)
    assert opening is not None
    return shown(opening).splitlines()[-1].split(" · ", 2)[2]


def home(page: Visitor, *sentences: str) -> dict[str, Any]:
    """App Home, once it says all of these."""
    page.open_home()
    view = page.wait_for(lambda one: one.home and all(said in shown(one.home) for said in sentences) and one.home)
    assert view is not None
    return dict(view)


def break_off(data: Path, _tmp_path: Path) -> str:
    (adapters.folder(data, "v0002") / manifest.MANIFEST).unlink()
    return "The adapter 'v0002' is half-written"


def damage(data: Path, _tmp_path: Path) -> str:
    weights = adapters.folder(data, "v0002") / manifest.WEIGHTS
    weights.write_bytes(weights.read_bytes()[:-1])
    return "v0002"


def swap_the_base(data: Path, tmp_path: Path) -> str:
    other = published.base(tmp_path / "other", config="another")
    folder = adapters.folder(data, "v0002")
    about = json.loads((folder / manifest.MANIFEST).read_text("utf-8"))
    about["base"] = {"name": other.name, "weights": other.weights, "tokenizer": other.tokenizer}
    (folder / manifest.MANIFEST).write_text(json.dumps(about), "utf-8")
    return "other"


@pytest.mark.parametrize("harm", [break_off, damage, swap_the_base])
def test_what_cant_be_used_is_refused_at_the_start_with_its_reason_and_the_last_good_one_writes(
    harm: Callable[[Path, Path], str],
    start_bot: Start,
    source: Source,
    on: Base,
    data: Path,
    tmp_path: Path,
    ana: Visitor,
    caplog: pytest.LogCaptureFixture,
) -> None:
    promote(data, on, 2)
    reason = harm(data, tmp_path)

    start_bot(source=source)

    assert [reason in said and "Until then v0001 writes." in said for said in caplog.messages].count(True) == 1
    assert ask(ana, 1) == "fake · v0001"
    home(ana, "⚠ ", reason, "Until then v0001 writes.", "Now *v0001* writes: ")


def test_a_model_that_cant_be_told_from_another_writes_without_versions(
    start_bot: Start, source: Source, on: Base, data: Path, tmp_path: Path, ana: Visitor
) -> None:
    promote(data, on)
    (tmp_path / "tiny" / "tokenizer.json").unlink()

    start_bot(source=source)

    assert ask(ana, 1) == "fake · house"


def test_promoting_and_going_back_need_no_restart(
    start_bot: Start, source: Source, engine: FakeEngine, on: Base, data: Path, ana: Visitor
) -> None:
    start_bot(source=source)
    wrote = [ask(ana, 1)]

    promote(data, on)
    wrote.append(ask(ana, 2))
    ana.click(home(ana, "Now *v0001* writes: "), "adapter_rollback")
    home(ana, "Now *house* writes: ")
    wrote.append(ask(ana, 3))

    assert wrote == ["fake · house", "fake · v0001", "fake · house"]
    assert list(dict.fromkeys(one.adapter for one in engine.requests)) == ["house", "v0001"]
    assert engine.requests[-1].adapter == "house"


def test_a_server_writes_on_it_by_its_name(start_bot: Start, on: Base, data: Path, ana: Visitor) -> None:
    promote(data, on)
    with ModelServer(*TWEETS) as server:
        bot = start_bot(source=Source(lambda: RemoteEngine(server.url), None, None, None, None))

        assert ask(ana, 1).endswith(" · v0001")

        assert {one["model"] for one in server.bodies()} == {"v0001"}
        bot.close()


def test_the_terminal_writes_on_it_too(on: Base, data: Path, storage: Storage) -> None:
    with storage.write() as db:
        add_brief(db, "tea")
    promote(data, on)
    with ModelServer(*TWEETS) as server:
        environ = {"COPYDESK_DATA": str(data), "COPYDESK_MODEL": server.url}
        answer = CliRunner().invoke(main, ["draft", BRIEF, "--variants", "1", "--json"], env=environ)

    assert json.loads(answer.stdout)["adapter"] == "v0001"


def test_a_round_that_was_missed_begins_at_the_start_and_is_cut_off_when_the_desk_closes(
    start_bot: Start, source: Source, data: Path, tmp_path: Path, ana: Visitor
) -> None:
    storage = Storage(data / "copydesk.db")
    storage.migrate()
    now = datetime.now(UTC)
    allow(storage, at=now - timedelta(days=30))
    add_votes(storage, since=now - timedelta(days=20))
    script = Scripted(hold=True)

    def build(settings: Settings, storage: Storage, pause: Pause | None) -> Parts:
        steps = {"fit": script.fit, "measure": script.measure, "room": lambda *_: ROOM}
        built = round_commands.build_parts(settings, storage, pause)
        return replace(built, learner=lambda: Learner(tmp_path / "tiny", None), **steps)  # type: ignore[arg-type]

    bot = start_bot(source=source, build_parts=build)

    assert script.reached.wait(10)
    home(ana, "Round 1 is fitting (training: 3 of 40, about 2 minutes left).")
    bot.close()
    with storage.read() as db:
        row = rounds.get(db, 1)
    assert row is not None
    assert (row.state, row.asked_by in ("start", "schedule")) == ("fitting", True)


def test_app_home_shows_every_part_in_its_place(start_bot: Start, source: Source, ana: Visitor) -> None:
    start_bot(source=source)

    view = home(ana, "Training is off")

    titles = [block["text"]["text"] for block in view["blocks"] if block["type"] == "header"]
    assert titles == [
        "Copydesk",
        "Your newest briefs",
        "Brands",
        "What the desk believes this team likes",
        "The model",
        "Training",
        "Sentiment",
        "Weekly digest",
    ]


def test_who_says_no_is_in_no_lessons_that_an_unfinished_round_has_left(
    source: Source, data: Path, engine: FakeEngine
) -> None:
    storage = Storage(data / "copydesk.db")
    storage.migrate()
    left = data / "rounds" / "7"
    left.mkdir(parents=True)
    desk = Desk(storage, clock=_now, limit=1, workers=0, first_wait=0)
    writer = Future[Any]()
    with ExitStack() as stack:
        settings, client = Settings(copydesk_data=data), WebClient()
        part = rounds_part.build(settings, storage, client, _now, source, writer, stack)
        refresher = Refresher(client, storage)
        felt = sentiment_parts.build(storage, sentiment_parts.open_readers(settings), clock=_now, limit=1, first_wait=0)
        tastes = Tastes(storage)
        learnt = learning.build(storage, tastes, part, felt, desk=desk, refresher=refresher, clock=_now, setting="ask")

        learnt.privacy.teach(WORKSPACE, "U0ANA", on=False)

    assert not left.exists()


def test_who_is_forgotten_from_the_terminal_is_in_none_either(data: Path) -> None:
    storage = Storage(data / "copydesk.db")
    storage.migrate()
    add_votes(storage, 2)
    left = data / "rounds" / "7"
    left.mkdir(parents=True)

    command = ["privacy", "forget", "U0ANA", "--yes"]
    answer = CliRunner().invoke(main, command, env={"COPYDESK_DATA": str(data)})

    assert answer.exit_code == 0, answer.output
    assert not left.exists()


def _now() -> datetime:
    return datetime.now(UTC)
