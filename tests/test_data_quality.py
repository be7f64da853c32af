"""The data-quality report says what the signals came to, what is missing, and shows nobody's name."""

import json
from dataclasses import replace

import pytest

from model.data_quality import missing
from model.examples import Collected, collect
from model.signals import Signal
from tests.signalling import NOW, rewrite, signal, team


def collected(signals: list[Signal]) -> Collected:
    return collect(signals, now=NOW, seed=0)


def needed(**changes: int) -> str:
    enough = {"given": 60, "signals": 50, "up": 30, "down": 20, "people": 5, "held": 10}
    learnt = {True: changes.pop("learnt_up", 24), False: changes.pop("learnt_down", 16)}
    return missing(**{**enough, **changes}, learnt=learnt)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, ""),
        ({"given": 0}, "There are no votes, edits or uses yet; a round needs at least 30, of them 5 of each kind."),
        (
            {"up": 10, "down": 2},
            "12 examples so far, 10 liked and 2 not; a round needs at least 30, of them 5 of each kind.",
        ),
        (
            {"up": 1, "down": 0},
            "1 example so far, 1 liked and 0 not; a round needs at least 30, of them 5 of each kind.",
        ),
        (
            {"up": 96, "down": 4},
            "100 examples so far, 96 liked and 4 not; a round needs at least 30, of them 5 of each kind.",
        ),
        ({"signals": 19}, "The examples come from 19 votes and edits; a round needs at least 20."),
        (
            {"people": 2},
            "The examples come from 2 people; a round needs at least 4, "
            "so that no one's taste is more than 30 % of what it learns.",
        ),
        (
            {"learnt_up": 8, "learnt_down": 2},
            "With the newest held out and nobody above 30 %, 10 examples can be learnt, 8 liked and 2 not; "
            "a round needs 20, of them 3 of each kind.",
        ),
        (
            {"held": 4},
            "Only 4 examples could be held out to judge by; a round needs at least 5, "
            "for other briefs than those it learns from.",
        ),
    ],
)
def test_a_sentence_says_what_is_missing(changes: dict[str, int], sentence: str) -> None:
    assert needed(**changes) == sentence


def test_thirty_votes_of_four_people_are_enough_and_twenty_nine_are_not() -> None:
    votes = [replace(one, value=1 if at % 2 else -1) for at, one in enumerate(team(30, people=4))]

    assert collected(votes).report.missing == ""
    assert collected(votes[:29]).report.missing.startswith("29 examples so far, 14 liked and 15 not;")


@pytest.mark.parametrize("people", [1, 2, 3])
def test_too_few_people_are_told_so_and_nothing_is_learnt_from_them(people: int) -> None:
    found = collected(team(60, people=people))

    assert found.train == ()
    assert f"from {people} {'person' if people == 1 else 'people'};" in found.report.missing


def test_no_signals_make_an_empty_report_that_can_be_read() -> None:
    found = collected([])

    assert (found.train, found.held, found.report.given) == ((), (), 0)
    assert "There are no votes, edits or uses yet" in found.report.as_text()


def test_the_report_counts_what_there_is() -> None:
    votes = [*team(48), signal(50, "U1", edited=rewrite(50)), signal(51, "U2", days=0.1)]

    report = collected(votes).report

    assert (report.given, report.used, report.edits) == (50, 49, 1)
    assert report.up + report.down == 50
    assert (report.first[:10], report.last[:10]) == ("2026-01-27", "2026-11-23")
    assert sum(one.up + one.down for one in report.formats) == sum(one.up + one.down for one in report.people) == 50
    assert report.train_up + report.train_down + report.held_up + report.held_down == 50
    assert 0 < report.largest_share <= 0.3


def test_the_report_is_plain_values_in_the_shape_of_the_rounds_json() -> None:
    report = collected([*team(48), signal(51, "U2")]).report

    plain = json.loads(json.dumps(report.as_json()))

    assert plain["up"] + plain["down"] == 48
    assert plain["edits"] == 0
    assert plain["dropped"] == [{"reason": "no vote, no use, and no edit that changes anything", "rows": 1}]
    assert plain["missing"] == ""


def test_neither_report_nor_lessons_name_a_person_or_a_personal_value() -> None:
    votes = [replace(one, user=f"UANA{one.user}") for one in team(48)]
    votes.append(replace(signal(60, "UANA0", -1), text="Write to ana@firm.de or ring 020 7946 0958."))

    found = collected(votes)

    shown = f"{found} {found.report.as_text()} {found.report.as_json()}"
    assert "person 1" in shown
    assert "1 e-mail · 1 phone" in found.report.as_text()
    assert not any(word in shown for word in ("UANA", "firm.de", "7946"))
