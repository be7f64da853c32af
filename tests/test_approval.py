"""Approval and its change, against the figures that the methods' own papers print."""

import pytest

from bot.approval import Approval, change


@pytest.mark.parametrize(
    ("up", "votes", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_interval_is_wilsons(up: int, votes: int, low: float, high: float) -> None:
    """Newcombe, Two-sided confidence intervals for the single proportion (1998), table I, method 3."""
    assert Approval(up, votes - up).interval == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("now", "before", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((10, 10), (0, 20), 0.6791, 1.0),
    ],
)
def test_the_interval_of_a_change_is_newcombes(
    now: tuple[int, int], before: tuple[int, int], low: float, high: float
) -> None:
    """Newcombe, Interval estimation for the difference between independent proportions (1998), table II, method 10."""
    found = change(*(Approval(up, votes - up) for up, votes in (now, before)))

    assert found is not None
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)
    assert found.is_within_chance is (low < 0)


def test_without_votes_nothing_is_claimed() -> None:
    assert Approval(0, 0).interval == (0.0, 1.0)
    assert Approval(0, 0).share == 0.0
    assert change(Approval(3, 1), Approval(0, 0)) is None
    assert change(Approval(0, 0), Approval(3, 1)) is None


def test_the_interval_stays_inside_and_holds_the_share() -> None:
    for up in range(30):
        for down in range(30):
            one = Approval(up, down)
            low, high = one.interval
            assert 0.0 <= low <= one.share <= high <= 1.0
