"""Serving pauses for a round at the quiet hour alone; what has begun and finds no room by day goes on at the next."""

import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot import rounds as round_
from bot.round_parts import Parts, RoundWaits
from bot.round_runner import RoundRunner
from model.fitting_room import Room
from storage import rounds
from tests import scripted_steps
from tests.desk_rows import WORKSPACE
from tests.scripted_steps import Scripted, kept, start
from tests.team import SUNDAY, add_votes

UTC = ZoneInfo("UTC")
FULL = "There is no room beside serving, so it waits for the quiet hour."
MONDAY_TEN, TUESDAY_THREE = SUNDAY + timedelta(hours=31), SUNDAY + timedelta(days=2)


@pytest.fixture
def script() -> Scripted:
    """The steps of a round, where what serves fills the GPU."""
    return Scripted(room=Room("wait", FULL))


@pytest.fixture
def clock() -> list[datetime]:
    return [SUNDAY]


@pytest.fixture
def parts(data: Path, tmp_path: Path, script: Scripted, clock: list[datetime]) -> Parts:
    made = scripted_steps.parts(data, tmp_path / "tiny", script, clock)
    add_votes(made.storage, since=SUNDAY - timedelta(days=4))
    return made


@pytest.fixture
def runner(parts: Parts) -> Iterator[RoundRunner]:
    made = start(parts, UTC)
    yield made
    made.close()


def cut_off(parts: Parts, script: Scripted) -> None:
    """Begin a round at its hour, and end as the process does while it fits."""
    script.hold = True
    first = start(parts, UTC)
    first.tick()
    assert script.reached.wait(10)
    first.close()
    script.hold = False
    script.paused.clear()


def tick(runner: RoundRunner) -> None:
    runner.tick()
    runner.join()


@pytest.mark.parametrize(("late", "verdict"), [(timedelta(minutes=1), "canary"), (timedelta(hours=6), "skipped")])
def test_serving_pauses_for_a_round_at_the_quiet_hour_alone(
    runner: RoundRunner, parts: Parts, script: Scripted, clock: list[datetime], late: timedelta, verdict: str
) -> None:
    clock[0] += late

    tick(runner)

    assert [row.verdict for row in kept(parts)] == [verdict]
    assert script.paused == ([True, False] if verdict == "canary" else [])


def test_what_the_quiet_hour_began_stays_as_it_is_by_day_and_goes_on_at_the_next(
    runner: RoundRunner, parts: Parts, script: Scripted, clock: list[datetime]
) -> None:
    cut_off(parts, script)
    for clock[0] in (MONDAY_TEN + timedelta(minutes=minute) for minute in range(3)):
        tick(runner)
    waits = kept(parts)
    assert [(row.state, row.progress, row.attempts) for row in waits] == [("fitting", round_.FOR_QUIET, 0)]
    assert script.paused == []

    clock[0] = TUESDAY_THREE
    tick(runner)

    assert [(row.id, row.verdict, row.asked_by) for row in kept(parts)] == [(1, "canary", "schedule")]
    assert script.paused == [True, False]
    assert script.jobs[0] == script.jobs[1], "it goes on with what was begun"


def test_by_day_it_goes_on_where_there_is_room_by_then(
    runner: RoundRunner, parts: Parts, script: Scripted, clock: list[datetime]
) -> None:
    cut_off(parts, script)
    script.room = Room("fits", "Both fit.")
    clock[0] = MONDAY_TEN

    tick(runner)

    assert [(row.id, row.verdict, row.asked_by) for row in kept(parts)] == [(1, "canary", "start")]
    assert script.paused == []


def test_one_that_waits_can_be_stopped_by_hand(
    runner: RoundRunner, parts: Parts, script: Scripted, clock: list[datetime]
) -> None:
    cut_off(parts, script)
    clock[0] = MONDAY_TEN
    tick(runner)
    with parts.storage.write() as db:
        rounds.ask_to_stop(db, 1)

    tick(runner)

    assert [row.reason for row in kept(parts)] == [round_.BY_HAND.format(state="fitting")]


def test_a_terminal_does_not_throw_away_what_waits(parts: Parts, script: Scripted, clock: list[datetime]) -> None:
    cut_off(parts, script)
    clock[0] = MONDAY_TEN

    with pytest.raises(RoundWaits, match=FULL):
        round_.run(parts, WORKSPACE, asked_by="terminal", stop=threading.Event())

    assert [(row.state, row.verdict) for row in kept(parts)] == [("fitting", "")]
