"""`copydesk taste` says what the desk believes, on whose word, and heeds an admin's correction."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.taste_commands import NOTHING_YET, taste
from storage import taste as kept
from storage import votes
from storage.database import Storage, stamp
from storage.migrations import MIGRATIONS
from storage.sqlite import Database
from tests.desk_rows import WORKSPACE, add_brief, add_draft, at

Run = Callable[..., Result]


@pytest.fixture
def run(data: Path) -> Run:
    def run(*words: str) -> Result:
        return CliRunner(env={"COPYDESK_DATA": str(data)}).invoke(taste, words)

    return run


def vote(storage: Storage, **people: int) -> None:
    """Each person votes so often: up for questions, down for the rest."""
    with storage.write() as db:
        brief = add_brief(db, "tea")
        for number, person in enumerate(one for one, times in people.items() for _ in range(times)):
            asks = number % 2 == 0
            text = f"Why not try tea number {number}?" if asks else f"Tea number {number} is here."
            draft = add_draft(db, brief, number + 1, text=text)
            votes.cast(db, draft, user=person, value=1 if asks else -1, source="button", at=at(number))


def document(answer: Result) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(answer.stdout)
    return found


def test_before_the_first_vote_it_says_what_to_do(storage: Storage, run: Run) -> None:
    with storage.write() as db:
        add_brief(db, "tea")

    assert run().stdout == f"{NOTHING_YET}\n"


def test_a_team_of_two_is_learnt_from_in_full_and_told_whose_say_it_is(storage: Storage, run: Run) -> None:
    vote(storage, U1=36, U2=4)

    said = run().stdout.splitlines()

    assert "This team votes up questions" in said[0]
    assert said[-2] == "Learnt from 40 votes, edits and uses."
    assert said[-1].startswith(
        "One person's say is 90 % of it. Nobody is held to 30 % before 4 people have said 10 things"
    )
    assert document(run("--json"))["largest_share"] == 0.9


def test_where_there_are_people_enough_it_tells_that_nobody_dominates(storage: Storage, run: Run) -> None:
    vote(storage, U1=60, U2=10, U3=10, U4=10, U5=10)

    said = run().stdout.splitlines()

    assert said[-1] == (
        "No one's say is more than 30 % of it: one person said more than that, and each of their votes counts less."
    )
    assert document(run("--json"))["largest_share"] == 0.3


def test_who_says_about_as_much_as_the_others_needs_no_word(storage: Storage, run: Run) -> None:
    vote(storage, U1=10, U2=10, U3=10, U4=10)

    assert run().stdout.splitlines()[-1] == "Learnt from 40 votes, edits and uses."


def test_a_belief_that_is_called_wrong_is_held_no_more(storage: Storage, run: Run) -> None:
    vote(storage, U1=20, U2=20, U3=20, U4=20)
    assert "question" in [one["name"] for one in document(run("--json"))["beliefs"]]

    found = document(run("--wrong", "question", "--json"))

    assert "question" not in [one["name"] for one in found["beliefs"]]
    assert found["not_held"] == ["question"]


def test_who_took_out_time_and_urgency_before_they_were_two_keeps_both_out(tmp_path: Path) -> None:
    storage = Storage(tmp_path / "old.db")
    with closing(sqlite3.connect(storage.path)) as connection:
        db = Database(connection)
        MIGRATIONS.apply(db, stop_before="m020_urgency_apart")
        for feature in ("question", "time"):
            correction = {"workspace": WORKSPACE, "feature": feature, "user": "U0ADMIN", "at": stamp(at(0))}
            db.table("corrections").insert(correction)
        connection.commit()

    storage.migrate()

    with storage.read() as db:
        assert [one.feature for one in kept.corrections(db, WORKSPACE)] == ["question", "time", "urgency"]
