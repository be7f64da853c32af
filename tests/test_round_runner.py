"""In the bot: a round at its time, at once when one was missed, again after a crash, and never two at once."""

import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot import round_runner
from bot import rounds as round_
from bot.round_parts import Parts
from bot.round_runner import RoundRunner
from model import adapters
from model.adapters import HOUSE
from storage import consent, privacy, rounds
from tests import scripted_steps
from tests.desk_rows import WORKSPACE
from tests.scripted_steps import Scripted, kept, start
from tests.team import add_votes

BERLIN = ZoneInfo("Europe/Berlin")
MINUTE = timedelta(minutes=1)


@pytest.fixture
def script() -> Scripted:
    return Scripted()


@pytest.fixture
def clock() -> list[datetime]:
    return [datetime(2026, 11, 20, 12, tzinfo=BERLIN)]


@pytest.fixture
def parts(data: Path, tmp_path: Path, script: Scripted, clock: list[datetime]) -> Parts:
    return scripted_steps.parts(data, tmp_path / "tiny", script, clock)


@pytest.fixture
def runner(parts: Parts) -> Iterator[RoundRunner]:
    made = start(parts, BERLIN)
    yield made
    made.close()


def finished(runner: RoundRunner, parts: Parts) -> list[str]:
    """Wait for what runs, and say who asked for the rounds so far."""
    runner.join()
    return [row.asked_by for row in kept(parts)]


def test_a_round_runs_at_its_time_and_once(runner: RoundRunner, parts: Parts, clock: list[datetime]) -> None:
    add_votes(parts.storage, since=clock[0] - timedelta(days=4))
    runner.tick()
    assert finished(runner, parts) == []

    clock[0] = datetime(2026, 11, 22, 3, tzinfo=BERLIN)
    for _ in range(3):
        runner.tick()
        runner.join()
        clock[0] += MINUTE

    assert [(row.asked_by, row.verdict) for row in kept(parts)] == [("schedule", "canary")]


def test_on_the_night_that_the_clock_is_set_back_it_runs_once(parts: Parts, clock: list[datetime]) -> None:
    add_votes(parts.storage, 4, since=datetime(2026, 10, 24, tzinfo=BERLIN))
    with parts.storage.write() as db:
        db.execute("UPDATE consents SET at = '2026-01-01'")
    runner = start(parts, BERLIN, "30 2 * * sun")
    clock[0] = datetime(2026, 10, 25, 1, 58, tzinfo=BERLIN)

    for _ in range(20):
        runner.tick()
        runner.join()
        clock[0] = (clock[0].astimezone(ZoneInfo("UTC")) + timedelta(minutes=10)).astimezone(BERLIN)

    assert len(kept(parts)) == 1


def test_a_round_that_was_missed_while_the_desk_was_off_runs_at_its_start(
    runner: RoundRunner, parts: Parts, clock: list[datetime]
) -> None:
    add_votes(parts.storage, since=clock[0] - timedelta(days=4))
    clock[0] += timedelta(days=4)

    runner.tick()

    assert finished(runner, parts) == ["start"]


def test_nothing_is_missed_before_anybody_voted(runner: RoundRunner, parts: Parts, clock: list[datetime]) -> None:
    clock[0] += timedelta(days=30)

    runner.tick()

    assert finished(runner, parts) == []


def test_nothing_was_missed_while_training_was_off(runner: RoundRunner, parts: Parts, clock: list[datetime]) -> None:
    add_votes(parts.storage, since=clock[0] - timedelta(days=4))
    with parts.storage.write() as db:
        consent.switch(db, WORKSPACE, on=False, user="U0ANA", at=clock[0])
    clock[0] += timedelta(days=4)
    runner.tick()
    assert runner.next_round(WORKSPACE) is None

    with parts.storage.write() as db:
        consent.switch(db, WORKSPACE, on=True, user="U0ANA", at=clock[0])
    runner.tick()

    assert finished(runner, parts) == []


def test_where_training_is_off_the_next_hour_of_rounds_still_ends_what_learnt_from_the_forgotten(
    runner: RoundRunner, parts: Parts, clock: list[datetime]
) -> None:
    add_votes(parts.storage, since=clock[0] - timedelta(days=4))
    round_.run(parts, WORKSPACE, asked_by="terminal", stop=threading.Event(), trial=False)
    with parts.storage.write() as db:
        consent.switch(db, WORKSPACE, on=False, user="U0ANA", at=clock[0])
    privacy.erase(parts.storage, WORKSPACE, "U0BEN", clock[0])
    runner.tick()
    runner.join()
    assert adapters.current(parts.data) == "v0001", "it serves until the next round"

    clock[0] += timedelta(days=2)
    for _ in range(2):
        runner.tick()
        runner.join()
        clock[0] += timedelta(days=7)

    assert adapters.current(parts.data) == HOUSE
    assert [row.verdict for row in kept(parts)] == ["skipped", "promoted"]


def test_the_next_round_and_what_is_new_are_told(runner: RoundRunner, parts: Parts, clock: list[datetime]) -> None:
    add_votes(parts.storage, 41, since=clock[0] - timedelta(days=4))

    coming = runner.next_round(WORKSPACE)

    assert coming is not None
    assert round_runner.spoken(coming) == "next round Sunday 03:00, 41 new votes, edits and uses"


def test_an_admins_round_runs_at_once_and_a_second_one_does_not(
    runner: RoundRunner, parts: Parts, script: Scripted, clock: list[datetime]
) -> None:
    add_votes(parts.storage, since=clock[0] - timedelta(days=4))
    script.hold = True

    assert runner.start(WORKSPACE, "admin")
    assert script.reached.wait(10)

    assert not runner.start(WORKSPACE, "admin")
    runner.tick()
    assert [(row.asked_by, row.state) for row in kept(parts)] == [("admin", "fitting")]


def test_a_desk_that_closes_cuts_a_round_off_and_its_next_start_goes_on(
    parts: Parts, script: Scripted, clock: list[datetime]
) -> None:
    add_votes(parts.storage, since=clock[0] - timedelta(days=4))
    script.hold = True
    first = start(parts, BERLIN)
    first.start(WORKSPACE, "admin")
    assert script.reached.wait(10)
    first.close()
    cut = kept(parts)[0]
    script.hold = False
    again = start(parts, BERLIN)

    again.tick()
    again.join()

    assert (cut.state, cut.verdict) == ("fitting", "")
    assert [(row.id, row.verdict, row.attempts) for row in kept(parts)] == [(1, "canary", 1)]
    assert script.jobs[0] == script.jobs[1]


def test_a_trial_that_is_due_is_decided(runner: RoundRunner, parts: Parts, clock: list[datetime]) -> None:
    add_votes(parts.storage, since=clock[0] - timedelta(days=4))
    runner.start(WORKSPACE, "admin")
    runner.join()
    clock[0] = clock[0] + timedelta(days=1)

    runner.tick()

    assert kept(parts)[0].trial.startswith("After 1.0 days")


def test_beside_a_round_a_trial_ends_where_training_is_off(
    runner: RoundRunner, parts: Parts, script: Scripted, clock: list[datetime]
) -> None:
    add_votes(parts.storage, since=clock[0] - timedelta(days=4))
    with parts.storage.write() as db:
        tried = rounds.begin(db, "T0OTHER", asked_by="schedule", at=clock[0])
        rounds.advance(db, tried.id, "judging", incumbent=HOUSE, adapter="v0009")
        rounds.end(db, tried.id, "canary", "On trial.", at=clock[0])
    script.hold = True
    runner.start(WORKSPACE, "admin")
    assert script.reached.wait(10)

    runner.tick()

    with parts.storage.read() as db:
        assert rounds.on_trial(db, "T0OTHER") is None


def test_a_round_in_another_process_is_left_alone(
    runner: RoundRunner, parts: Parts, script: Scripted, clock: list[datetime]
) -> None:
    add_votes(parts.storage, since=clock[0] - timedelta(days=4))
    script.hold = True
    other = start(parts, BERLIN)
    other.start(WORKSPACE, "terminal")
    assert script.reached.wait(10)
    clock[0] += timedelta(days=4)

    runner.tick()
    runner.join()

    assert len(kept(parts)) == 1
    other.close()


def test_ticks_from_several_threads_start_one_round(
    runner: RoundRunner, parts: Parts, script: Scripted, clock: list[datetime]
) -> None:
    add_votes(parts.storage, since=clock[0] - timedelta(days=4))
    script.hold = True
    started = list[bool]()
    threads = [threading.Thread(target=lambda: started.append(runner.start(WORKSPACE, "admin"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(started) == [False] * 7 + [True]
