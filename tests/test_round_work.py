"""What the fit of a round is asked for: the lessons that were collected, the loss that so many of them bear."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from bot import round_room, rounds
from bot.learner import Learner
from bot.round_parts import Parts
from model.lessons import Lesson, from_jsonl
from storage.rounds import RoundRow
from tests import published, scripted_steps
from tests.desk_rows import WORKSPACE
from tests.scripted_steps import Scripted
from tests.team import SUNDAY, add_votes


@pytest.fixture
def script() -> Scripted:
    return Scripted()


@pytest.fixture
def parts(data: Path, tmp_path: Path, script: Scripted) -> Parts:
    return scripted_steps.parts(data, tmp_path / "tiny", script, [SUNDAY])


def run(parts: Parts) -> RoundRow:
    return rounds.run(parts, WORKSPACE, asked_by="terminal", stop=threading.Event())


@pytest.mark.parametrize(("votes", "loss"), [(96, "apo_zero_unpaired"), (104, "kto")])
def test_the_loss_is_chosen_by_all_votes_and_not_by_what_is_left_to_learn(
    parts: Parts, script: Scripted, votes: int, loss: str
) -> None:
    """Only the learnt texts counted, so that KTO began at about 134 votes."""
    add_votes(parts.storage, votes)

    row = run(parts)

    assert row.examples["train_up"] + row.examples["train_down"] < 100
    assert script.jobs[0].loss == loss


def test_a_round_works_on_as_many_gpus_as_it_may_and_on_a_cpu_in_one_process(parts: Parts, script: Scripted) -> None:
    add_votes(parts.storage)

    run(replace(parts, gpus=lambda: 4))

    assert script.jobs[0].processes == 4
    assert script.judged[0].languages is None
    assert round_room.gpus(4, "cpu") == 1


def test_the_fit_is_asked_for_what_was_collected(parts: Parts, script: Scripted, tmp_path: Path, data: Path) -> None:
    add_votes(parts.storage, 120)
    house = published.fitted(tmp_path / "house")
    lessons, held = list[Lesson](), list[Lesson]()

    def look() -> None:
        lessons.extend(from_jsonl(data / "rounds" / "1" / "train.jsonl"))
        held.extend(from_jsonl(data / "rounds" / "1" / "held.jsonl"))

    script.during = look
    row = run(replace(parts, learner=lambda: Learner(tmp_path / "tiny", house, frozenset({"en"}))))

    job = script.jobs[0]
    assert (job.start, job.seed) == (house, row.id)
    assert script.judged[0].incumbent_folder == house
    assert script.judged[0].languages == ("en",)
    theirs = [one for one in lessons if one.source != "house"]
    assert len(theirs) == row.examples["train_up"] + row.examples["train_down"]
    assert len(lessons) == round(len(theirs) * 1.25)
    assert not {one.draft for one in lessons} & {one.draft for one in held}
    assert {one.user for one in theirs} <= {f"person {number}" for number in range(1, 7)}
