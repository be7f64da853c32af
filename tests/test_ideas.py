"""So many drafts are so many ideas: the best first, none near a better one, while there are enough."""

import math
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.brief import Brief
from model.embedding import Vector
from model.ideas import NEAR_VECTORS, distinct, near
from model.writer import Writer
from model.writing import Draft
from tests.fake_engine import FakeEngine
from tests.test_writer import drafts


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


WORDS = {
    "Brewline cold brew is here from Monday. Bring a thirst.": at(0),
    "Thirsty? From Monday there are cold cans by Brewline.": at(NEAR - 1),
    "Your kettle is jealous. From Monday, Brewline serves it cold.": at(90),
    "Slow coffee for a fast week, by Brewline.": at(180),
}
HERE, IN_OTHER_WORDS, KETTLE, SLOW = WORDS


def by_meaning(texts: Sequence[str]) -> list[Vector]:
    """Vectors by which the second text is the first in other words; the brief is far from all."""
    return [WORDS.get(text, at(-90)) for text in texts]


def write(engine: FakeEngine, earlier: Sequence[str] = ()) -> list[Draft]:
    brief = Brief("tweet for Brewline cold brew, from Monday")
    return drafts(Writer(engine, vectors=by_meaning).write(brief, earlier=earlier, seed=1, candidates=3))


def different(draft: Draft) -> list[tuple[bool, bool, str]]:
    return [(one.ok, one.hard, one.reason) for one in draft.checks if one.name == "different"]


def test_one_idea_in_other_words_makes_a_second_round_that_says_so() -> None:
    engine = FakeEngine(HERE, IN_OTHER_WORDS, KETTLE)
    engine.enqueue([SLOW, SLOW, SLOW])

    written = write(engine)

    assert len(engine.requests) == 2
    asked = engine.requests[1].prompt[-1]
    assert isinstance(asked, dict)
    assert "different: the idea is that of draft" in asked["content"]
    assert {KETTLE, SLOW} < {one.text for one in written}
    assert all(ok for one in written for ok, _, _ in different(one))


def test_what_still_says_the_same_comes_last_and_says_of_which_draft() -> None:
    engine = FakeEngine(HERE, IN_OTHER_WORDS, KETTLE)

    written = write(engine)

    assert len(engine.requests) == 2
    assert [one.text == KETTLE for one in written].count(True) == 1
    assert {one.text for one in written[:2]} in ({HERE, KETTLE}, {IN_OTHER_WORDS, KETTLE})
    first = next(one.variant for one in written if one.text in (HERE, IN_OTHER_WORDS))
    assert different(written[2]) == [(False, False, f"the idea is that of draft {first}")]
    assert all(one.ok for one in written), "it breaks no rule, so that it may still be used"


def test_an_idea_of_an_earlier_draft_is_told_as_one() -> None:
    engine = FakeEngine(IN_OTHER_WORDS)

    written = write(engine, earlier=[SLOW, HERE])

    assert different(written[0]) == [(False, False, "the idea is that of draft 2")]
