"""A trial ends by what people think of what either wrote: promoted, rolled back, expired, or it goes on."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot import trials
from bot.round_steps import TRIAL_LEFT
from bot.trials import Trials
from model import adapters, manifest
from model.adapters import HOUSE
from model.fingerprint import Base
from model.writing import BY_RULE
from storage import consent, drafts, rounds, votes
from storage.database import Storage, stamp
from storage.rounds import RoundRow
from tests import published
from tests.desk_rows import WORKSPACE, add_brief, add_draft
from tests.team import PEOPLE, SUNDAY, allow


@pytest.fixture
def on(tmp_path: Path) -> Base:
    return published.base(tmp_path / "tiny")


@pytest.fixture
def clock() -> list[datetime]:
    return [SUNDAY]


@pytest.fixture
def trial(storage: Storage, data: Path, on: Base, clock: list[datetime]) -> Trials:
    published.publish(data, on, workspace=WORKSPACE)
    with storage.write() as db:
        row = rounds.begin(db, WORKSPACE, asked_by="schedule", at=SUNDAY)
        rounds.advance(db, row.id, "judging", incumbent=HOUSE, adapter="v0001")
        rounds.end(db, row.id, "canary", "v0001 passed and is on trial.", at=SUNDAY)
    allow(storage)
    return Trials(storage, data, lambda: clock[0], on, "ask")


def vote(
    storage: Storage,
    adapter: str | None,
    *,
    up: int,
    down: int,
    at: datetime = SUNDAY + timedelta(hours=1),
    model: str = "tiny",
) -> None:
    """As many votes, each of somebody else on a draft of a brief of its own."""
    with storage.write() as db:
        for number in range(up + down):
            name = f"{adapter}-{number}-{at:%d%H}"
            when = at + timedelta(minutes=number)
            brief = add_brief(db, name, asked_at=stamp(when), product=f"{name} tea")
            add_draft(db, brief, adapter=adapter, model=model, text=f"Tea {name}.")
            draft = drafts.get(db, f"{name}-1")
            assert draft is not None
            value = 1 if number < up else -1
            votes.cast(db, draft, user=PEOPLE[number % 6], value=value, source="button", at=when)


def row(storage: Storage) -> RoundRow:
    with storage.read() as db:
        found = rounds.get(db, 1)
    assert found is not None
    return found


def test_a_candidate_that_people_like_better_is_promoted(
    trial: Trials, storage: Storage, data: Path, clock: list[datetime]
) -> None:
    vote(storage, None, up=10, down=30)
    vote(storage, "v0001", up=28, down=2)
    clock[0] += timedelta(days=2)

    decided = trial.look(WORKSPACE)

    assert decided == row(storage)
    assert (decided.verdict, decided.outcome) == ("canary", "promoted")
    assert decided.trial.startswith("v0001 writes from now on. After 2.0 days people liked drafts by v0001 in 93 %")
    assert adapters.current(data) == "v0001"
    assert trial.look(WORKSPACE) is None, "it is decided once"


def test_a_worse_candidate_goes_and_what_served_writes_everything_again(
    trial: Trials, storage: Storage, data: Path, clock: list[datetime]
) -> None:
    vote(storage, HOUSE, up=30, down=5)
    vote(storage, "v0001", up=2, down=28)
    clock[0] += timedelta(days=2)

    decided = trial.look(WORKSPACE)

    assert decided is not None
    assert decided.outcome == "rolled back"
    assert decided.trial.startswith("v0001 is not served any more and house writes everything again. After 2.0 days")
    assert adapters.current(data) == HOUSE
    with storage.read() as db:
        assert rounds.on_trial(db, WORKSPACE) is None


def test_a_trial_is_looked_at_once_a_day_and_says_why_it_goes_on(
    trial: Trials, storage: Storage, clock: list[datetime]
) -> None:
    vote(storage, None, up=3, down=3)
    assert trial.look(WORKSPACE) is None, "not a day old"

    clock[0] += timedelta(days=1)
    decided = trial.look(WORKSPACE)

    assert decided is not None
    assert (decided.outcome, decided.trial_at) == ("", stamp(clock[0]))
    assert decided.trial.startswith(
        "After 1.0 days people have judged no draft by v0001 yet and liked drafts by house in 50 % of 6 judgements"
    )
    clock[0] += timedelta(hours=23)
    assert trial.look(WORKSPACE) is None


def test_after_two_weeks_without_a_decision_the_incumbent_stays(
    trial: Trials, storage: Storage, data: Path, clock: list[datetime]
) -> None:
    vote(storage, None, up=5, down=5)
    vote(storage, "v0001", up=5, down=5)
    clock[0] += timedelta(days=14)

    decided = trial.look(WORKSPACE)

    assert decided is not None
    assert decided.outcome == "expired"
    assert "14 days were not enough to tell" in decided.trial
    assert adapters.current(data) == HOUSE


def test_votes_on_briefs_from_before_the_trial_do_not_count(
    trial: Trials, storage: Storage, clock: list[datetime]
) -> None:
    vote(storage, None, up=0, down=40, at=SUNDAY - timedelta(days=1))
    vote(storage, "v0001", up=30, down=0)
    clock[0] += timedelta(days=1)

    decided = trial.look(WORKSPACE)

    assert decided is not None
    assert decided.outcome == ""
    assert "no draft by house yet" in decided.trial


def test_votes_on_what_a_rule_made_count_for_nobody(trial: Trials, storage: Storage, clock: list[datetime]) -> None:
    vote(storage, None, up=0, down=40, model=BY_RULE)
    vote(storage, "v0001", up=30, down=0)
    clock[0] += timedelta(days=1)

    decided = trial.look(WORKSPACE)

    assert decided is not None
    assert decided.outcome == ""
    assert "no draft by house yet" in decided.trial


def test_a_trial_ends_when_somebody_goes_back_or_promotes_another(
    trial: Trials, storage: Storage, data: Path, on: Base
) -> None:
    adapters.promote(data, published.publish(data, on, workspace=WORKSPACE), on)

    decided = trial.look(WORKSPACE)

    assert decided is not None
    assert decided.outcome == "ended"
    assert decided.trial == trials.OVER.format(adapter="v0001", incumbent=HOUSE, now="v0002")


def test_a_trial_ends_at_once_when_somebody_it_learnt_from_leaves(
    trial: Trials, storage: Storage, clock: list[datetime]
) -> None:
    vote(storage, None, up=3, down=3)
    with storage.write() as db:
        consent.object_to_learning(db, WORKSPACE, user=PEOPLE[0], at=clock[0] + timedelta(hours=2))

    decided = trial.look(WORKSPACE)

    assert decided is not None
    assert (decided.outcome, decided.trial) == ("ended", TRIAL_LEFT.format(adapter="v0001"))


def test_a_trial_ends_undecided_when_training_is_switched_off(
    trial: Trials, storage: Storage, data: Path, clock: list[datetime]
) -> None:
    vote(storage, None, up=10, down=30)
    vote(storage, "v0001", up=28, down=2)
    with storage.write() as db:
        consent.switch(db, WORKSPACE, on=False, user=PEOPLE[0], at=clock[0] + timedelta(hours=5))
    clock[0] += timedelta(days=2)

    decided = trial.look(WORKSPACE)

    assert decided is not None
    assert (decided.outcome, decided.trial) == ("ended", trials.OFF.format(adapter="v0001", incumbent=HOUSE))
    assert adapters.current(data) == HOUSE


@pytest.mark.parametrize(("setting", "ends"), [("off", True), ("ask", False), ("imported", False)])
def test_a_trial_ends_where_the_installation_trains_no_more(trial: Trials, setting: str, ends: bool) -> None:
    decided = replace(trial, setting=setting).notice(WORKSPACE)

    assert (decided is not None) is ends


def test_what_was_promoted_before_training_was_switched_off_stays(
    trial: Trials, storage: Storage, data: Path, on: Base, clock: list[datetime]
) -> None:
    adapters.promote(data, "v0001", on)
    with storage.write() as db:
        consent.switch(db, WORKSPACE, on=False, user=PEOPLE[0], at=clock[0])

    trial.look(WORKSPACE)

    assert adapters.current(data) == "v0001"


def test_a_candidate_promoted_by_hand_is_recorded_so(trial: Trials, data: Path, on: Base) -> None:
    adapters.promote(data, "v0001", on)

    decided = trial.look(WORKSPACE)

    assert decided is not None
    assert (decided.outcome, decided.trial) == ("promoted", trials.BEFORE.format(adapter="v0001"))


def test_a_candidate_whose_files_broke_is_not_promoted(
    trial: Trials, storage: Storage, data: Path, clock: list[datetime]
) -> None:
    vote(storage, None, up=10, down=30)
    vote(storage, "v0001", up=28, down=2)
    (adapters.folder(data, "v0001") / manifest.WEIGHTS).write_bytes(b"")
    clock[0] += timedelta(days=2)

    decided = trial.look(WORKSPACE)

    assert decided is not None
    assert decided.outcome == "ended"
    assert decided.trial.startswith("v0001 can't be promoted, so house writes everything again. The adapter 'v0001'")
    assert adapters.current(data) == HOUSE
