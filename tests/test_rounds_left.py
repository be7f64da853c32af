"""Whoever is forgotten, or says no, is not in what serves from the next round on."""

import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot import round_steps, rounds
from bot.round_parts import Parts
from model import adapters, manifest
from model.adapters import HOUSE, AdapterError
from model.fingerprint import fingerprint
from storage import consent, privacy
from storage.rounds import RoundRow
from tests import scripted_steps
from tests.desk_rows import WORKSPACE
from tests.scripted_steps import Scripted
from tests.team import PEOPLE, SUNDAY, add_votes


@pytest.fixture
def script() -> Scripted:
    return Scripted()


@pytest.fixture
def parts(data: Path, tmp_path: Path, script: Scripted) -> Parts:
    return scripted_steps.parts(data, tmp_path / "tiny", script, [SUNDAY])


def run(parts: Parts, *, trial: bool = True) -> RoundRow:
    return rounds.run(parts, WORKSPACE, asked_by="terminal", stop=threading.Event(), trial=trial)


@pytest.mark.parametrize("better", [True, False])
def test_what_learnt_from_somebody_who_was_forgotten_serves_until_the_next_round_and_never_again(
    parts: Parts, script: Scripted, data: Path, better: bool
) -> None:
    add_votes(parts.storage)
    run(parts, trial=False)
    privacy.erase(parts.storage, WORKSPACE, "U0BEN", SUNDAY + timedelta(days=1))
    on = fingerprint(parts.learner().base)
    assert adapters.current(data) == "v0001"
    script.better = better

    row = run(replace(parts, clock=lambda: SUNDAY + timedelta(days=7)), trial=False)

    assert (row.verdict, row.incumbent) == ("promoted" if better else "rejected", HOUSE)
    assert adapters.current(data) == ("v0002" if better else HOUSE)
    assert "v0001" not in adapters.line(data)
    with pytest.raises(AdapterError, match="'v0001' learnt from somebody who has asked to be left out"):
        adapters.promote(data, "v0001", on)
    assert not (adapters.folder(data, "v0001") / manifest.WEIGHTS).exists()
    assert run(replace(parts, clock=lambda: SUNDAY + timedelta(days=8))).reason == (
        round_steps.NOTHING_NEW.format(number=2)
    ), "a version without them is left alone"


def test_with_too_little_left_after_a_forgetting_the_house_writes(parts: Parts, data: Path) -> None:
    add_votes(parts.storage, 40)
    run(parts, trial=False)
    for person in PEOPLE[1:]:
        privacy.erase(parts.storage, WORKSPACE, person, SUNDAY + timedelta(days=1))

    row = run(replace(parts, clock=lambda: SUNDAY + timedelta(days=7)))

    assert (row.verdict, adapters.current(data)) == ("skipped", HOUSE)


def test_whoever_taught_nothing_takes_nothing_away(parts: Parts, data: Path) -> None:
    add_votes(parts.storage)
    run(parts, trial=False)
    with parts.storage.write() as db:
        consent.object_to_learning(db, WORKSPACE, user="U0ZOE", at=SUNDAY + timedelta(days=1))

    row = run(replace(parts, clock=lambda: SUNDAY + timedelta(days=7)))

    assert (row.reason, adapters.current(data)) == (round_steps.NOTHING_NEW.format(number=1), "v0001")


def test_whoever_is_forgotten_while_it_is_fitted_and_then_teaches_again_is_not_in_what_serves(
    parts: Parts, script: Scripted, data: Path
) -> None:
    add_votes(parts.storage)

    def forget() -> None:
        privacy.erase(parts.storage, WORKSPACE, "U0BEN", SUNDAY)
        with parts.storage.write() as db:
            consent.allow_learning(db, WORKSPACE, user="U0BEN")

    script.during = forget

    assert run(parts, trial=False).reason == round_steps.LEFT
    assert adapters.current(data) == HOUSE
