"""App Home's part about the model: what writes, the last verdict verbatim, the next round, and buttons for admins."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest
from slack_bolt import App
from slack_sdk import WebClient

from bot import local_slack, round_words, rounds_home
from bot.blocks import Block
from bot.playground.server import PlaygroundServer
from bot.reaching import build_clients
from bot.round_parts import Parts
from bot.round_runner import RoundRunner
from bot.rounds_home import ModelPart
from bot.schedule import read_times
from bot.serving import Serving
from bot.socket_mode import SocketMode
from bot.trials import Trials
from model import adapters, manifest
from model.fingerprint import fingerprint
from storage import consent, rounds
from storage.rounds import RoundRow
from tests import published, scripted_steps
from tests.desk_rows import WORKSPACE
from tests.fake_engine import FakeEngine
from tests.scripted_steps import Scripted
from tests.team import SUNDAY, add_votes
from tests.thread_reading import shown
from tests.visitor import Visitor

MONDAY = SUNDAY + timedelta(days=1)
SOON = "Next round Sunday 03:00"


@pytest.fixture
def script() -> Scripted:
    return Scripted()


@pytest.fixture
def parts(data: Path, tmp_path: Path, script: Scripted) -> Parts:
    made = scripted_steps.parts(data, tmp_path / "tiny", script, [MONDAY])
    add_votes(made.storage, 41)
    return made


@pytest.fixture
def part(parts: Parts) -> Iterator[ModelPart]:
    base = fingerprint(parts.learner().base)
    trials = Trials(parts.storage, parts.data, parts.clock, base, parts.setting)
    times = read_times("0 3 * * sun", ZoneInfo("UTC"))
    runner = RoundRunner(parts, trials, times=lambda _: times)
    serving = Serving(parts.storage, parts.data, engine=FakeEngine, base=base, house="house")
    yield ModelPart(parts.storage, parts.data, serving, runner, trials, "ask")
    runner.close()


@pytest.fixture(autouse=True)
def app(playground: PlaygroundServer, part: ModelPart) -> Iterator[None]:
    """A bot that is App Home's part and nothing else."""
    client = build_clients(local_slack.BOT_TOKEN, f"{playground.url}/api/").patient
    bolt = App(client=client, signing_secret="unused", token_verification_enabled=False)

    def publish(client: WebClient, workspace: str, user: str) -> None:
        with part.storage.read() as db:
            blocks = part.blocks_for(db, workspace)
        client.views_publish(user_id=user, view={"type": "home", "blocks": blocks})

    @bolt.event("app_home_opened")
    def opened(body: dict[str, Any], event: dict[str, Any], client: WebClient) -> None:
        publish(client, body["team_id"], event["user"])

    rounds_home.register(bolt, part, publish)
    with ExitStack() as stack:
        link = SocketMode(bolt, local_slack.APP_TOKEN)
        link.connect()
        stack.callback(link.close)
        yield


def home(page: Visitor, *sentences: str) -> dict[str, Any]:
    """App Home, once it says all of these."""
    page.open_home()
    view = page.wait_for(lambda one: one.home and all(said in shown(one.home) for said in sentences) and one.home)
    assert view is not None
    return dict(view)


def button(view: dict[str, Any], action: str) -> Block | None:
    found = [one for block in view["blocks"] for one in block.get("elements", []) if one.get("action_id") == action]
    return found[0] if found else None


def promote(part: ModelPart, count: int = 1) -> None:
    base = fingerprint(part.data.parent / "tiny")
    for _ in range(count):
        adapters.promote(part.data, published.publish(part.data, base, workspace=WORKSPACE), base)


def newest(part: ModelPart) -> RoundRow:
    with part.storage.read() as db:
        row = rounds.latest(db, WORKSPACE)
    assert row is not None
    return row


def test_before_the_first_round_it_says_when_it_comes_and_what_is_new(ana: Visitor) -> None:
    view = home(ana, rounds_home.HOUSE_WRITES, round_words.NO_ROUNDS, f"{SOON}, 41 new votes, edits and uses.")

    assert button(view, "round_now")
    assert button(view, "adapter_rollback") is None


def test_where_training_is_off_nothing_is_announced(ana: Visitor, part: ModelPart) -> None:
    with part.storage.write() as db:
        consent.switch(db, WORKSPACE, on=False, user="U0ANA", at=MONDAY)

    view = home(ana, rounds_home.HOUSE_WRITES)

    assert SOON not in shown(view)
    assert button(view, "round_now") is None


def test_an_admin_runs_a_round_and_its_verdict_is_shown_word_for_word(ana: Visitor, part: ModelPart) -> None:
    ana.click(home(ana, SOON), "round_now")

    view = ana.wait_for(lambda page: page.home and "Round 1: on trial." in shown(page.home) and page.home)
    row = newest(part)
    assert (row.asked_by, row.verdict) == ("admin", "canary")
    assert f"Round 1: on trial. {row.reason}" in shown(view)
    assert "*v0001* is on trial and writes 40 % of the briefs" in shown(view)
    waits = "Next round after the trial of v0001, Sunday 13 December 03:00 at the latest, no new votes, edits or uses."
    assert waits in shown(view)
    assert button(view, "round_now") is None


def test_a_button_from_before_a_trial_says_that_the_next_round_waits(ana: Visitor, part: ModelPart) -> None:
    view = home(ana, SOON)
    part.runner.start(WORKSPACE, "admin")
    part.runner.join()

    ana.click(view, "round_now")

    ana.wait_for(lambda page: page.view and "v0001 is on trial since 2026-11-23" in shown(page.view))
    assert newest(part).id == 1


def test_anybody_can_read_why_gate_by_gate(ana: Visitor, ben: Visitor, part: ModelPart) -> None:
    assert button(home(ana, SOON), "round_why") is None
    part.runner.start(WORKSPACE, "admin")
    part.runner.join()
    with part.storage.write() as db:
        rounds.go_on(db, 1, "After 1.0 days people liked nothing yet.", MONDAY)

    ben.click(home(ben, "Round 1: on trial."), "round_why")

    view = ben.wait_for(lambda page: page.view and "Held-out preference" in shown(page.view) and page.view)
    row = newest(part)
    assert [one["gate"] for one in row.gates] == ["G0", "G1", "G2"]
    for said in (row.reason, *(str(one["reason"]) for one in row.gates), "✓ passed", row.trial):
        assert said in shown(view)


def test_why_a_round_failed_a_gate_is_told_with_the_gates_it_passed(
    ana: Visitor, part: ModelPart, script: Scripted
) -> None:
    script.better = False
    part.runner.start(WORKSPACE, "admin")
    part.runner.join()

    ana.click(home(ana, "Round 1: not promoted."), "round_why")

    view = ana.wait_for(lambda page: page.view and page.view)
    assert "*Integrity* · ✓ passed" in shown(view)
    assert "*Held-out preference* · ✗ failed" in shown(view)


def test_what_a_trial_came_to_is_shown_too(ana: Visitor, part: ModelPart) -> None:
    part.runner.start(WORKSPACE, "admin")
    part.runner.join()
    with part.storage.write() as db:
        rounds.go_on(db, 1, "After 1.0 days people liked nothing yet.", MONDAY)
    home(ana, "Round 1: on trial. After 1.0 days people liked nothing yet.")

    with part.storage.write() as db:
        rounds.decide(db, 1, "expired", "14 days were not enough to tell.", MONDAY)

    view = home(ana, "Round 1: on trial, then expired. 14 days were not enough to tell.")
    assert "is on trial and writes" not in shown(view)


def test_a_running_round_is_shown_and_can_be_stopped(ana: Visitor, part: ModelPart, script: Scripted) -> None:
    script.hold = True
    ana.click(home(ana, SOON), "round_now")
    assert script.reached.wait(10)
    view = home(ana, "Round 1 is fitting (training: 3 of 40, about 2 minutes left).")
    assert button(view, "round_now") is None

    ana.click(view, "round_stop")
    part.runner.join()

    home(ana, "Round 1: skipped. It was stopped by hand while fitting; what serves stays.")


def test_who_is_no_admin_is_told_and_nothing_happens(ana: Visitor, ben: Visitor, part: ModelPart) -> None:
    promote(part, 2)

    for action in ("round_now", "adapter_rollback"):
        ben.click(home(ben, SOON), action)
        ben.wait_for(lambda page: page.view and rounds_home.ADMINS_ONLY in shown(page.view))
        ben.close_view()

    assert adapters.current(part.data) == "v0002"
    with part.storage.read() as db:
        assert rounds.latest(db, WORKSPACE) is None


def test_going_back_asks_first_and_a_click_that_slack_repeats_goes_no_further(
    ana: Visitor, part: ModelPart, playground: PlaygroundServer
) -> None:
    promote(part, 2)
    view = home(ana, "Now *v0002* writes: ")
    back = button(view, "adapter_rollback")
    assert back is not None
    assert back["text"]["text"] == "Go back to v0001"
    assert back["confirm"]["text"]["text"] == rounds_home.SURE.format(adapter="v0001")

    httpx.post(f"{playground.url}/playground/faults", json={"fault": "duplicate", "times": 3}).raise_for_status()
    ana.click(view, "adapter_rollback")

    home(ana, "Now *v0001* writes: ")
    assert adapters.current(part.data) == "v0001"


def test_going_back_ends_a_trial_against_what_served(ana: Visitor, part: ModelPart) -> None:
    promote(part)
    part.runner.start(WORKSPACE, "admin")
    part.runner.join()
    view = home(ana, "*v0002* is on trial")

    ana.click(view, "adapter_rollback")

    home(ana, "The trial of v0002 against v0001 is over, because house serves since.", rounds_home.HOUSE_WRITES)


def test_a_broken_promotion_is_told_with_what_writes_instead(ana: Visitor, part: ModelPart) -> None:
    promote(part, 2)
    (adapters.folder(part.data, "v0002") / manifest.MANIFEST).unlink()

    home(ana, "⚠ The adapter 'v0002' is half-written", "Until then v0001 writes.", "Now *v0001* writes: ")


def test_the_blocks_keep_to_slacks_limits_whatever_was_decided(part: ModelPart, playground: PlaygroundServer) -> None:
    with part.storage.write() as db:
        row = rounds.begin(db, WORKSPACE, asked_by="terminal", at=MONDAY)
        rounds.end(db, row.id, "rejected", "No. " * 2000, at=MONDAY)
    client = build_clients(local_slack.BOT_TOKEN, f"{playground.url}/api/").patient
    with part.storage.read() as db:
        blocks = part.blocks_for(db, WORKSPACE)

    assert client.views_publish(user_id="U0ANA", view={"type": "home", "blocks": blocks})["ok"]
