"""Weights that learnt from corrections serve only when they are better on what was held out and no worse on ours."""

from pathlib import Path

import pytest

from model.sentiment_gate import MORE_ERROR, MOST_ERROR, Judged, judge, noise

LABELS = (0, 1, 2) * 100


def judged(wrong: int, corrected: int, of: int = 8, error: float = 0.0) -> Judged:
    """Every label's first rows wrong, `wrong` in all; the first corrections right."""
    right, corrections = (at >= wrong for at in range(len(LABELS))), (at < corrected for at in range(of))
    return Judged(LABELS, tuple(right), tuple(corrections), error)


@pytest.mark.parametrize(
    ("before", "after", "ok", "said"),
    [
        (judged(60, 2), judged(60, 5), True, "5 of 8 held-out corrections instead of 2"),
        (judged(60, 2), judged(30, 3), True, "macro recall 90.0 %, before 80.0 %"),
        (judged(60, 2), judged(62, 5), True, "5 of 8"),
        (judged(60, 2), judged(66, 5), False, "macro recall 78.0 % instead of 80.0 %"),
        (judged(60, 2), judged(120, 8), False, "worse"),
        (judged(60, 5), judged(60, 5), False, "right on 5 of 8"),
        (judged(60, 5), judged(10, 4), False, "right on 4 of 8"),
        (judged(60, 1, of=4), judged(60, 4, of=4), False, "Only 4 corrections"),
        (judged(60, 1, of=5), judged(60, 2, of=5), True, "2 of 5"),
        (judged(60, 1), judged(60, 4, of=9), False, "different rows"),
    ],
)
def test_a_candidate_is_judged_on_both(before: Judged, after: Judged, ok: bool, said: str) -> None:
    found, sentence = judge(before, after, before)

    assert found is ok
    assert said in sentence


def test_what_serves_may_have_got_worse_by_chance_and_the_next_one_may_not_go_on_from_there() -> None:
    shipped, serves, candidate = judged(60, 1), judged(62, 2), judged(64, 5)

    assert judge(shipped, serves, shipped)[0]
    found, sentence = judge(serves, candidate, shipped)

    assert not found
    assert "worse than the shipped weights: macro recall 78.7 % instead of 80.0 %" in sentence


@pytest.mark.parametrize(("before", "after", "ok"), [(0.02, 0.05, True), (0.02, 0.06, False), (0.05, 0.06, True)])
def test_a_candidate_whose_probabilities_mislead_does_not_serve(before: float, after: float, ok: bool) -> None:
    found, sentence = judge(judged(60, 2, error=before), judged(60, 5, error=after), judged(60, 2))

    assert found is ok
    assert ok or f"by {after:.1%} on average. At most 5.0% may serve".replace("%", " %") in sentence


def test_the_readme_says_how_true_probabilities_must_be() -> None:
    """It said “as honest”, and the gate lets through what is a little less so."""
    readme = " ".join((Path(__file__).parent.parent / "README.md").read_text("utf-8").split())

    said = f"by at most {MOST_ERROR:.0%} on average, or by at most {MORE_ERROR * 100:.0f} points more than those of"
    assert said.replace("%", " %") in readme


def test_recall_is_the_mean_over_the_labels() -> None:
    assert Judged((0, 0, 0, 2), (True, True, False, False), ()).recall == pytest.approx((2 / 3 + 0) / 2)


def test_rows_that_go_right_and_wrong_in_turn_are_noise() -> None:
    flips = Judged(LABELS, tuple(at % 2 == 0 for at in range(300)), ())
    others = Judged(LABELS, tuple(at % 2 == 1 for at in range(300)), ())

    # A change of +1 or -1 in every row: each label's mean has a standard error of 1/10, the mean of three of 1/10/√3.
    assert noise(flips, others) == pytest.approx(1.645 * 0.1 / 3**0.5, rel=1e-3)


def test_without_rows_there_is_no_recall() -> None:
    assert Judged((), (), ()).recall == 0.0
