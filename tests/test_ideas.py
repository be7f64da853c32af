"""So many drafts are so many ideas: the best first, none near a better one, while there are enough."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.embedding import Vector
from model.ideas import NEAR_VECTORS, distinct, near


def at(degrees: float) -> Vector:
    """A direction on the circle; two are near by the cosine of the angle between them."""
    return (math.cos(math.radians(degrees)), math.sin(math.radians(degrees)))


NEAR = math.degrees(math.acos(NEAR_VECTORS))


def test_the_best_come_first() -> None:
    assert distinct([1, 3, 2], [at(0), at(90), at(180)], 2) == [1, 2]


def test_one_near_a_better_one_gives_way() -> None:
    assert distinct([3, 2, 1], [at(0), at(NEAR - 1), at(90)], 2) == [0, 2]
    assert distinct([3, 2, 1], [at(0), at(NEAR + 1), at(90)], 2) == [0, 1]


def test_one_near_an_earlier_draft_gives_way() -> None:
    assert distinct([3, 2], [at(0), at(90)], 1, earlier=[at(NEAR - 1)]) == [1]


def test_too_few_ideas_are_filled_up_by_score() -> None:
    assert distinct([1, 3, 2], [at(0), at(1), at(2)], 2) == [1, 2]
    assert distinct([1, 2], [at(0), at(90)], 5) == [1, 0]


def test_without_an_encoder_the_words_decide() -> None:
    texts = ["Pears are back on Friday.", "The pears are back on Friday!", "Apples can wait."]

    assert distinct([3, 2, 1], texts, 2) == [0, 2]
    assert near(texts[0], texts[1])
    assert not near(texts[0], texts[2])


def test_equal_scores_keep_their_order() -> None:
    assert distinct([1, 1, 1], [at(0), at(90), at(180)], 3) == [0, 1, 2]


@given(
    drafts=st.lists(st.tuples(st.floats(-9, 9), st.floats(0, 360)), min_size=1, max_size=9), wanted=st.integers(1, 9)
)
def test_the_chosen_are_as_many_as_can_be_and_no_better_idea_is_left_out(
    drafts: list[tuple[float, float]], wanted: int
) -> None:
    scores, ideas = [score for score, _ in drafts], [at(angle) for _, angle in drafts]

    chosen = distinct(scores, ideas, wanted)

    assert len(chosen) == len(set(chosen)) == min(wanted, len(drafts))
    assert chosen[0] == max(range(len(drafts)), key=lambda place: (scores[place], -place))
    for place in set(range(len(drafts))) - set(chosen):
        beaten = any(near(ideas[place], ideas[one]) and scores[one] >= scores[place] for one in chosen)
        assert beaten or all(scores[one] >= scores[place] for one in chosen)


@pytest.mark.parametrize("wanted", [0, -1])
def test_nothing_wanted_is_nothing_chosen(wanted: int) -> None:
    assert distinct([1], [at(0)], max(wanted, 0)) == []
