"""A round ends with one verdict in one sentence with its numbers, and serves nothing that isn't better."""

import threading
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot import round_steps, round_work, rounds
from bot.consent import NOT_ON
from bot.learner import Learner
from bot.round_parts import Parts
from model import adapters
from model.adapters import HOUSE
from model.download import ModelError
from model.fingerprint import fingerprint
from model.fitting_room import Choice, Room
from storage import consent
from storage import rounds as rows
from storage.rounds import RoundRow
from tests import published, scripted_steps
from tests.desk_rows import WORKSPACE
from tests.scripted_steps import FITTED, Scripted
from tests.team import SUNDAY, add_votes

ROOT = Path(__file__).parent.parent
COLUMNS = (
    "id workspace asked_by started_at state progress verdict reason incumbent adapter examples gates figures ended_at"
    " trial trial_at outcome outcome_at attempts stopping withdrawn_at"
)


@pytest.fixture
def script() -> Scripted:
    return Scripted()


@pytest.fixture
def clock() -> list[datetime]:
    return [SUNDAY]


@pytest.fixture
def parts(data: Path, tmp_path: Path, script: Scripted, clock: list[datetime]) -> Parts:
    return scripted_steps.parts(data, tmp_path / "tiny", script, clock)


def run(parts: Parts, *, trial: bool = True) -> RoundRow:
    return rounds.run(parts, WORKSPACE, asked_by="terminal", stop=threading.Event(), trial=trial)


def kept(parts: Parts) -> list[RoundRow]:
    with parts.storage.read() as db:
        return rows.recent(db, WORKSPACE, 10)


def test_migrating_makes_exactly_these_columns(parts: Parts) -> None:
    with parts.storage.read() as db:
        assert set(db.table("rounds").columns_dict) == set(COLUMNS.split())


def test_too_little_to_learn_from_is_said_and_nothing_is_fitted(parts: Parts, script: Scripted) -> None:
    add_votes(parts.storage, 8)

    row = run(parts)

    assert (row.verdict, row.adapter, row.gates) == ("skipped", None, [])
    assert row.reason.startswith("8 examples so far, 4 liked and 4 not; a round needs at least 30")
    assert (row.examples["up"], row.examples["down"]) == (4, 4)
    assert "people" not in row.examples
    assert script.jobs == []


def test_what_passes_goes_on_trial_and_what_serves_stays(parts: Parts, script: Scripted, data: Path) -> None:
    add_votes(parts.storage)

    row = run(parts)

    assert (row.verdict, row.adapter, row.incumbent) == ("canary", "v0001", HOUSE)
    assert row.reason.startswith(
        "v0001 passed and is on trial: it writes 40 % of the briefs for at most 14 days. On 40"
    )
    assert [(one["gate"], one["ok"]) for one in row.gates] == [("G0", True), ("G1", True), ("G2", True)]
    assert row.figures["examples_per_second"] == FITTED.examples_per_second
    assert adapters.current(data) == HOUSE
    with parts.storage.read() as db:
        assert rows.on_trial(db, WORKSPACE) == row
    assert not (data / "rounds" / "1").exists(), "nobody's words stay in a folder"


def test_without_a_trial_it_writes_at_once(parts: Parts, data: Path) -> None:
    add_votes(parts.storage)

    row = run(parts, trial=False)

    assert row.verdict == "promoted"
    assert row.reason.startswith("v0001 is better than house and writes from now on. On 40 liked")
    assert adapters.current(data) == "v0001"
    made = adapters.verify(adapters.folder(data, "v0001"), fingerprint(parts.learner().base))
    assert (made.round, made.workspace) == (row.id, WORKSPACE)


def test_what_is_not_better_is_not_served(parts: Parts, script: Scripted, data: Path) -> None:
    add_votes(parts.storage)
    script.better = False

    row = run(parts, trial=False)

    assert (row.verdict, row.adapter) == ("rejected", "v0001")
    assert row.reason.startswith("v0001 is not served and house stays. On 40 liked")
    assert adapters.current(data) == HOUSE


def test_the_next_candidate_is_judged_against_what_serves(parts: Parts, script: Scripted, data: Path) -> None:
    add_votes(parts.storage)
    run(parts, trial=False)
    add_votes(parts.storage, 10, since=SUNDAY + timedelta(days=1), seed=1)

    row = run(replace(parts, clock=lambda: SUNDAY + timedelta(days=7)), trial=False)

    assert (row.verdict, row.incumbent, row.adapter) == ("promoted", "v0001", "v0002")
    last = script.judged[-1]
    assert (last.incumbent, last.incumbent_folder) == ("v0001", adapters.folder(data, "v0001").absolute())
    assert script.jobs[-1].start is None, "every round starts from the base, so that nobody's votes outlive them"


def test_a_fit_that_fails_is_a_verdict_too(parts: Parts, script: Scripted, data: Path) -> None:
    add_votes(parts.storage)
    script.failure = "The loss became nan in step 3 of 40."

    row = run(parts)

    assert (row.verdict, row.reason, row.adapter) == ("failed", script.failure, None)
    assert adapters.listed(data) == ()


def test_a_model_that_can_not_be_found_is_a_verdict_too(parts: Parts) -> None:
    add_votes(parts.storage)

    def nowhere() -> Learner:
        raise ModelError("The weights are not on this machine.")

    assert run(replace(parts, learner=nowhere)).reason == "The weights are not on this machine."


@pytest.mark.logs_errors
def test_whatever_happens_a_round_ends_and_the_log_says_why(
    parts: Parts, script: Scripted, caplog: pytest.LogCaptureFixture
) -> None:
    add_votes(parts.storage)

    def fail() -> None:
        raise KeyError("unforeseen")

    script.during = fail

    row = run(parts)

    assert (row.verdict, row.reason) == ("failed", rounds.UNFORESEEN)
    assert "unforeseen" in caplog.text


def test_a_full_disk_is_a_sentence(parts: Parts, script: Scripted) -> None:
    add_votes(parts.storage)

    def fail() -> None:
        raise OSError(28, "No space left on device")

    script.during = fail

    assert run(parts).reason == rounds.NO_ROOM.format(reason="No space left on device")


def test_a_round_that_has_nothing_new_to_learn_from_is_skipped(parts: Parts, script: Scripted) -> None:
    add_votes(parts.storage)
    script.better = False
    run(parts)

    row = run(parts)

    assert (row.verdict, row.reason) == ("skipped", round_steps.NOTHING_NEW.format(number=1))
    assert len(script.jobs) == 1
    with parts.storage.read() as db:
        assert round_work.news(db, WORKSPACE, "ask") == 0


def test_while_one_is_on_trial_no_other_is_fitted(parts: Parts, script: Scripted) -> None:
    add_votes(parts.storage)
    run(parts)
    add_votes(parts.storage, 10, since=SUNDAY + timedelta(days=1), seed=1)

    row = run(replace(parts, clock=lambda: SUNDAY + timedelta(days=7)))

    assert (row.verdict, row.reason) == ("skipped", round_steps.TRYING.format(adapter="v0001", day="2026-11-22"))
    assert len(script.jobs) == 1


def test_without_consent_nothing_is_collected(parts: Parts, script: Scripted) -> None:
    add_votes(parts.storage)
    with parts.storage.write() as db:
        consent.switch(db, WORKSPACE, on=False, user="U0ANA", at=SUNDAY - timedelta(days=1))

    row = run(parts)

    assert (row.verdict, row.reason, row.examples["given"]) == ("skipped", NOT_ON, 0)
    assert script.jobs == []


def test_whoever_says_no_while_it_is_fitted_is_not_served(parts: Parts, script: Scripted, data: Path) -> None:
    add_votes(parts.storage)

    def object_() -> None:
        with parts.storage.write() as db:
            consent.object_to_learning(db, WORKSPACE, user="U0BEN", at=SUNDAY)

    script.during = object_

    row = run(parts, trial=False)

    assert (row.verdict, row.reason) == ("skipped", round_steps.LEFT)
    assert adapters.current(data) == HOUSE


def test_what_was_fitted_while_training_is_switched_off_is_not_served(
    parts: Parts, script: Scripted, data: Path
) -> None:
    add_votes(parts.storage)

    def switch_off() -> None:
        with parts.storage.write() as db:
            consent.switch(db, WORKSPACE, on=False, user="U0ANA", at=SUNDAY)

    script.during = switch_off

    row = run(parts, trial=False)

    assert (row.verdict, row.reason) == ("skipped", round_steps.SWITCHED_OFF)
    assert adapters.current(data) == HOUSE


def test_what_was_judged_against_something_else_is_not_served(parts: Parts, script: Scripted, data: Path) -> None:
    add_votes(parts.storage)
    on = fingerprint(parts.learner().base)
    script.during = lambda: adapters.promote(data, published.publish(data, on, workspace=WORKSPACE), on)

    row = run(parts, trial=False)

    assert row.verdict == "rejected"
    assert row.reason == round_steps.CHANGED.format(adapter="v0001", incumbent=HOUSE, now="v0002")
    assert adapters.current(data) == "v0002"


def test_a_dry_run_leaves_nothing(parts: Parts, script: Scripted, data: Path) -> None:
    add_votes(parts.storage)

    report = rounds.preview(parts, WORKSPACE).collected.report

    assert (report.up, report.down, report.missing) == (30, 30, "")
    assert kept(parts) == []
    assert script.jobs == []
    assert not (data / "rounds").exists()


def test_old_candidates_are_pruned(parts: Parts, script: Scripted, data: Path) -> None:
    add_votes(parts.storage)
    script.better = False
    for week in range(adapters.KEPT + 2):
        add_votes(parts.storage, 4, since=SUNDAY + timedelta(days=7 * week, hours=1), seed=week + 1)
        run(replace(parts, clock=lambda week=week: SUNDAY + timedelta(days=7 * week + 6)))  # type: ignore[misc]

    names = [one.name for one in adapters.listed(data)]

    assert names == [f"v{number:04}" for number in range(3, adapters.KEPT + 3)]


@pytest.mark.parametrize(("choice", "verdict"), [("wait", "skipped"), ("later", "skipped"), ("never", "failed")])
def test_what_has_no_room_beside_serving_says_so(parts: Parts, script: Scripted, choice: Choice, verdict: str) -> None:
    add_votes(parts.storage)
    script.room = Room(choice, "The fine-tuning needs about 12.0 GiB.")

    row = run(parts)

    assert (row.verdict, row.reason) == (verdict, "The fine-tuning needs about 12.0 GiB.")
    assert (script.jobs, script.paused) == ([], [])
