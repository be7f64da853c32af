"""A round for which something else holds the memory waits for it, can be stopped meanwhile, and gives up at last."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot import round_steps
from bot import rounds as round_
from bot.round_parts import Parts
from bot.round_runner import RoundRunner
from bot.schedule import read_times
from bot.trials import Trials
from model.fitting_room import Room
from storage import rounds
from storage.rounds import RoundRow
from tests import scripted_steps
from tests.desk_rows import WORKSPACE
from tests.scripted_steps import Scripted
from tests.team import SUNDAY, add_votes


@pytest.fixture
def clock() -> list[datetime]:
    return [SUNDAY]


@pytest.fixture
def parts(data: Path, tmp_path: Path, clock: list[datetime]) -> Parts:
    made = scripted_steps.parts(data, tmp_path / "tiny", Scripted(), clock)
    add_votes(made.storage, since=SUNDAY - timedelta(days=4))
    return replace(made, wait_seconds=0.01)


def run(parts: Parts) -> None:
    trials = Trials(parts.storage, parts.data, parts.clock, None, parts.setting)
    runner = RoundRunner(parts, trials, times=lambda _: read_times("0 3 * * sun", ZoneInfo("UTC")))
    runner.start(WORKSPACE, "start")
    runner.join()


def kept(parts: Parts) -> list[RoundRow]:
    with parts.storage.read() as db:
        return rounds.recent(db, WORKSPACE, 10)


def test_a_round_without_memory_just_now_waits_until_there_is(parts: Parts) -> None:
    looked = list[str]()

    def room(*_: object) -> Room:
        looked.append(kept(parts)[0].progress)
        return Room("later" if len(looked) < 3 else "fits", "Something else holds the memory.")

    run(replace(parts, room=room))

    assert looked == ["", round_steps.WAITING, round_steps.WAITING]
    assert [row.verdict for row in kept(parts)] == ["canary"]


def test_a_round_that_waits_for_memory_can_be_stopped_and_gives_up_after_some_hours(
    parts: Parts, clock: list[datetime]
) -> None:
    def stop(*_: object) -> Room:
        with parts.storage.write() as db:
            rounds.ask_to_stop(db, 1)
        return Room("later", "Something else holds the memory.")

    def wait(*_: object) -> Room:
        clock[0] += round_steps.PATIENCE
        return Room("later", "Something else holds the memory.")

    for room in (stop, wait):
        run(replace(parts, room=room))

    assert [(row.verdict, row.reason) for row in reversed(kept(parts))] == [
        ("skipped", round_.BY_HAND.format(state="collecting")),
        ("skipped", "Something else holds the memory."),
    ]
