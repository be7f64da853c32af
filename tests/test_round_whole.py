"""A whole round in its real processes: people vote, it learns, is judged and promoted, writes, and is taken back."""

import json
import os
import threading
import time
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from slack_bolt import App

from bot import drafting, learner, local_slack, round_room, rounds, rounds_part
from bot.delivery import Delivery
from bot.desk import Desk
from bot.fitting import Fitting, Progress
from bot.intake import Intake
from bot.judging import Judging
from bot.learner import Learner
from bot.pausing import PausingEngine
from bot.playground.server import PlaygroundServer
from bot.reaching import build_clients
from bot.round_parts import Parts, Tell
from bot.rounds_part import Model
from bot.serving import Now
from bot.settings import Settings
from bot.socket_mode import SocketMode
from model import adapters, evidence
from model.engine import open_engine
from model.fetch import fetch_embedded
from model.fingerprint import fingerprint
from model.gate import Evidence
from model.suite import SUITE
from model.writer import Writer
from storage.database import Storage
from storage.rounds import RoundRow
from tests import tiny
from tests.desk_rows import WORKSPACE
from tests.team import SUNDAY, add_votes, allow
from tests.thread_reading import opener, shown, wait_for_drafts
from tests.visitor import Visitor

SHORT = ("tweet", "sms", "push", "slogan", "google-ad", "meta-description", "facebook-ad", "tiktok")
OPT_IN = "COPYDESK_TEST_ROUND"


class Forgiving:
    """The real judging, but for the suite: a model of two layers writes noise there, which is held against neither."""

    def __init__(self, job: evidence.Job, tell: Tell) -> None:
        self._judging = Judging(job, tell)

    def run(self) -> Evidence:
        found = self._judging.run()
        assert len(found.texts) == found.asked, "all of the suite was written"
        return replace(found, texts=tuple(replace(both, incumbent=both.candidate) for both in found.texts))

    def stop(self) -> None:
        self._judging.stop()


@pytest.fixture
def storage(data: Path) -> Storage:
    found = Storage(data / "copydesk.db")
    found.migrate()
    allow(found)
    return found


@pytest.fixture
def tiny_parts(data: Path, tmp_path: Path, storage: Storage) -> Parts:
    """A tiny model with a tiny house adapter; it learns faster than a large one may, from fewer briefs."""
    base = tmp_path / "tiny"
    tiny.llama(context=2048).save_pretrained(base)
    tiny.tokenizer().save_pretrained(base)
    house = tiny.adapter(tmp_path / "house", seed=3)
    suite = tmp_path / "suite.jsonl"
    lines = SUITE.read_text("utf-8").splitlines(keepends=True)
    suite.write_text("".join(line for line in lines if json.loads(line)["format"] in SHORT), "utf-8")

    return Parts(
        storage=storage,
        data=data,
        clock=lambda: SUNDAY,
        setting="ask",
        learner=lambda: Learner(base, house),
        fit=lambda job, tell: Fitting(replace(job, rate=1e-3), tell),
        measure=lambda job, tell: Forgiving(replace(job, suite=suite), tell),
        room=round_room.beside_the_desk,
        device="cpu",
    )


@pytest.fixture
def embedded_parts(data: Path, storage: Storage, embedded_data: Path) -> Parts:
    """SmolLM2 with the house adapter, all as in service."""
    fetch_embedded(embedded_data, quiet=True)
    settings = Settings(copydesk_data=embedded_data, copydesk_model="embedded", copydesk_device="cpu")
    return Parts(
        storage=storage,
        data=data,
        clock=lambda: SUNDAY,
        setting="ask",
        learner=lambda: learner.find(settings),
        fit=Fitting,
        measure=Judging,
        room=round_room.beside_the_desk,
        device="cpu",
    )


def run(parts: Parts) -> tuple[RoundRow, list[Progress]]:
    told = list[Progress]()
    stop = threading.Event()
    row = rounds.run(parts, WORKSPACE, asked_by="terminal", stop=stop, trial=False, tell=told.append)
    return row, told


class LearningDesk:
    """`/copy` on a playground, from the command to the drafts in the thread; what serves writes them."""

    def __init__(self, parts: Parts, url: str) -> None:
        found = parts.learner()
        assert found.start is not None
        house = ("house", found.start)
        engine = PausingEngine(lambda: open_engine(found.base, device="cpu", slots=4, merged=house))
        writer: Future[Writer] = Future()
        writer.set_result(Writer(engine, adapter="house"))
        clients = build_clients(local_slack.BOT_TOKEN, f"{url}/api/")
        desk = Desk(parts.storage, clock=_now, limit=20, workers=1, first_wait=0.1)
        bolt = App(client=clients.patient, signing_secret="unused", token_verification_enabled=False)
        drafting.register(bolt, Intake(desk=desk, clock=_now, limit=20))
        with ExitStack() as stack:
            stack.callback(engine.close)
            settings = Settings(copydesk_data=parts.data, copydesk_model=str(found.base))
            model = Model(found.base, "house", lambda: writer.result().engine)
            part = rounds_part.build(settings, parts.storage, clients.patient, _now, model, stack)
            self.serving, self.home = part.serving, part.home
            link = SocketMode(bolt, local_slack.APP_TOKEN)
            link.connect()
            stack.callback(link.close)
            adapter_for = part.serving.adapter_for
            desk.start(Delivery(clients, parts.storage, writer, _now, time.monotonic, adapter_for=adapter_for))
            stack.callback(desk.close)
            self._stack = stack.pop_all()

    def close(self) -> None:
        self._stack.close()


def ask(page: Visitor, count: int) -> tuple[str, str]:
    """Type the next brief of so many; returns its draft, and who wrote it as its opener says."""
    page.type(f"/copy slogan for Fresh bread number {count} --variants 1")
    draft = wait_for_drafts(page, count)[-1]
    opening = opener(page)
    assert opening is not None
    return shown(draft), shown(opening).splitlines()[-1]


def _now() -> datetime:
    return datetime.now(UTC)


def test_a_team_votes_and_the_next_copy_is_written_by_what_it_taught(
    tiny_parts: Parts, playground: PlaygroundServer, ana: Visitor
) -> None:
    add_votes(tiny_parts.storage)
    desk = LearningDesk(tiny_parts, playground.url)
    _, before = ask(ana, 1)

    row, told = run(tiny_parts)

    assert row.verdict == "promoted", row.reason
    assert [(one["gate"], one["ok"]) for one in row.gates] == [("G0", True), ("G1", True), ("G2", True)]
    assert [one.stage for one in told if one.step == one.steps] == ["reference", "training", "scoring", "writing"]
    assert row.figures["examples_per_second"] > 0
    _, after = ask(ana, 2)
    assert (before.split(" · ")[2:], after.split(" · ")[2:]) == (["tiny", "house"], ["tiny", "v0001"])
    assert desk.serving.now(WORKSPACE) == Now("v0001")

    adapters.rollback(tiny_parts.data)

    _, again = ask(ana, 3)
    assert again.split(" · ")[2:] == ["tiny", "house"]
    assert not list((tiny_parts.data / "rounds").iterdir()), "nobody's words are left behind"
    desk.close()


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.skipif(os.environ.get(OPT_IN) != "1", reason=f"takes half an hour on two cores: set {OPT_IN}=1")
def test_smollm2_learns_and_is_judged(embedded_parts: Parts, playground: PlaygroundServer, ana: Visitor) -> None:
    """Whether it is better is the gates' to say; promoted by hand where they say no, it writes all the same."""
    add_votes(embedded_parts.storage, 120)

    row, _ = run(embedded_parts)

    assert row.verdict in ("promoted", "rejected"), row.reason
    assert [one["gate"] for one in row.gates] == ["G0", "G1", "G2"]
    assert row.gates[0]["ok"], row.gates[0]["reason"]
    adapters.promote(embedded_parts.data, "v0001", fingerprint(embedded_parts.learner().base))
    desk = LearningDesk(embedded_parts, playground.url)
    _, written = ask(ana, 1)
    adapters.rollback(embedded_parts.data)
    _, again = ask(ana, 2)
    assert (written.split(" · ")[-1], again.split(" · ")[-1]) == ("v0001", "house")
    desk.close()
