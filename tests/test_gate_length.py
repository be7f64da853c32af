"""Texts may not grow or shrink by much, except that a team which likes brief texts may get briefer ones."""

from dataclasses import replace

import pytest

from model.held_out import FEWEST
from model.measured import Both, Score, Text
from model.regression import Finding, findings
from tests.evidence_made import evidence, scores, texts

TOKENS = {"sms": 40, "email": 200}


def times_as_long(times: float) -> tuple[Both, ...]:
    def longer(at: int, mine: Text) -> Text:
        return replace(mine, characters=round(mine.characters * times * (0.9 + at % 3 / 10)))

    return texts(longer)


def held(liked: float) -> tuple[Score, ...]:
    """Held-out texts of which the liked ones are so many times as long as the disliked, in two formats."""
    found = []
    for at, one in enumerate(scores(lambda *_: 0.0)):
        name = "sms" if at % 4 < 2 else "email"
        found.append(replace(one, format=name, tokens=round(TOKENS[name] * (liked if one.liked else 1.0))))
    return tuple(found)


def length(made: tuple[Both, ...], scored: tuple[Score, ...] = ()) -> Finding:
    return next(one for one in findings(evidence(texts=made, scores=scored)) if one.name == "length")


@pytest.mark.parametrize("times", [0.6, 0.75, 1.3])
def test_texts_may_not_grow_or_shrink_by_more_than_a_fifth(times: float) -> None:
    assert not length(times_as_long(times)).ok


@pytest.mark.parametrize("times", [0.88, 1.12])
def test_a_little_longer_or_shorter_is_fine(times: float) -> None:
    assert length(times_as_long(times)).ok


@pytest.mark.parametrize(("liked", "times", "fine"), [(0.7, 0.72, True), (0.7, 0.55, False), (1.5, 1.3, False)])
def test_a_team_that_likes_brief_texts_may_get_briefer_ones_and_nobody_longer(
    liked: float, times: float, fine: bool
) -> None:
    assert length(times_as_long(times), held(liked)).ok == fine


def test_why_texts_may_be_briefer_is_said_with_its_number() -> None:
    found = length(times_as_long(0.78), held(0.7))

    assert found.reason == "texts are 22 % shorter (33 % allowed, as liked ones are 16 % shorter than the rest)"


def test_too_few_liked_texts_allow_nothing() -> None:
    few = tuple(one for at, one in enumerate(held(0.7)) if not one.liked or at < 8)

    assert 0 < sum(one.liked for one in few) < FEWEST
    assert not length(times_as_long(0.72), few).ok


def test_a_few_outliers_are_no_growth() -> None:
    """The geometric mean is a quarter up, beyond the margin; but six texts in either direction can't carry that."""
    extremes = {3: 100.0, 13: 100.0, 23: 100.0, 33: 100.0, 8: 1 / 30, 18: 1 / 30}
    made = texts(lambda at, mine: replace(mine, characters=round(mine.characters * extremes.get(at, 1))), number=60)

    assert length(made).ok
    assert length(made).reason == "texts are 21 % longer (20 % allowed)"
