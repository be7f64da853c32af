"""Why a draft got a 👎 decides what its team's taste learns from it."""

from dataclasses import replace

import pytest

from bot.votes import REASONS
from model.beliefs import beliefs
from model.brief import Brief
from model.judgements import REASONED, TOO_LONG, Judgement, judgements
from model.signals import Signal
from model.taste import Taste
from tests.test_taste import margin, no_vectors, votes

SHORT, LONG = "Pears are ripe.", f"Pears are ripe, and {'so ' * 12}on."


def voted(value: int, reason: str) -> Judgement:
    (found,) = judgements([Signal("d", Brief("pears"), "Pears.", "U1", "2026-11-20", value, reason=reason)])
    return found


def disliked(reason: str, count: int = 30) -> list[Judgement]:
    """Every question gets a 👎, for a reason, and nothing else is voted on."""
    return [replace(one, value=-1, reason=reason) for one in votes(2 * count) if "?" in one.text]


def test_the_reasons_that_taste_heeds_are_offered() -> None:
    assert {*REASONED, TOO_LONG} <= set(REASONS)


def test_wrong_facts_say_little_of_taste() -> None:
    assert voted(-1, "wrong facts").says == 0.25
    assert [voted(-1, reason).says for reason in ("", "boring", "too long", "off-brand")] == [1.0] * 4
    assert voted(1, "wrong facts").says == 1.0, "who changed their mind says nothing of facts any more"

    plain, facts = (margin(Taste().learn(disliked(reason), no_vectors)) for reason in ("boring", "wrong facts"))
    assert plain < 0.7 * facts < 0


@pytest.mark.parametrize("copy", ["Why not tea?", f"Why not tea, and {'so ' * 30}on?"])
def test_too_long_teaches_that_shorter_is_better_however_long_the_draft_was(copy: str) -> None:
    told = [replace(one, text=f"{at} {copy}") for at, one in enumerate(disliked(TOO_LONG, 20))]
    taste = Taste().learn(told, no_vectors)

    assert margin(taste, SHORT, LONG) > 0.5
    assert margin(taste, "Why not tea?", "Tea is here.") == pytest.approx(0.0, abs=0.05), "of questions it says nothing"


def test_a_team_for_which_drafts_are_too_long_is_believed_to_like_short_ones() -> None:
    told = [*disliked(TOO_LONG, 40), *votes(60, seed=3)]

    found = {one.feature: one for one in beliefs(Taste().learn(told, no_vectors))}

    assert found["length"].phrase == "short drafts"
    assert found["length"].pairs == 40
    assert " votes and edits, " in found["length"].sentence
    assert found["question"].weight > 0, "the 👎 were of the length, and not of the questions"


def test_a_reason_that_is_given_after_the_vote_is_learnt() -> None:
    before = Taste().learn(disliked(""), no_vectors)
    after = before.learn(disliked(TOO_LONG), no_vectors)

    assert margin(before) < -0.1
    assert margin(after) == pytest.approx(margin(Taste().learn(disliked(TOO_LONG), no_vectors)), abs=0.05)
