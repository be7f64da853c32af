"""Change points on simulated series: what is there is found, what isn't is seldom found, few points are none."""

import random
from datetime import date, timedelta
from itertools import pairwise
from math import log

import pytest

from bot import sentiment_trend
from bot.sentiment_summary import Counts
from bot.sentiment_trend import changes, trend


def draw(chance: random.Random, number: int, negative: float, positive: float) -> Counts:
    found = chance.choices(("negative", "neutral", "positive"), (negative, 1 - negative - positive, positive), k=number)
    return Counts(found.count("negative"), found.count("neutral"), found.count("positive"))


def brute(rows: list[Counts], penalty: float, spread: float) -> float:
    """The least cost over every segmentation, one by one."""
    best = float("inf")
    for mask in range(2 ** (len(rows) - 1)):
        cuts = [0, *(at + 1 for at in range(len(rows) - 1) if mask >> at & 1), len(rows)]
        cost = penalty * (len(cuts) - 2)
        for start, end in pairwise(cuts):
            whole = sum(rows[start:end], Counts())
            cost += sentiment_trend._cost(Counts(), whole) / spread
        best = min(best, cost)
    return best


def cost(rows: list[Counts], found: tuple[int, ...], penalty: float, spread: float) -> float:
    cuts = [0, *found, len(rows)]
    wholes = [sum(rows[start:end], Counts()) for start, end in pairwise(cuts)]
    return penalty * len(found) + sum(sentiment_trend._cost(Counts(), whole) / spread for whole in wholes)


@pytest.mark.parametrize("seed", range(4))
def test_the_segmentation_is_the_best_of_all(seed: int) -> None:
    chance = random.Random(seed)
    rows = [draw(chance, 40, *shares) for shares in [(0.2, 0.5)] * 4 + [(0.6, 0.2)] * 3 + [(0.3, 0.3)] * 3]
    penalty, spread = sentiment_trend.PENALTY + log(10), sentiment_trend.dispersion(rows)

    found = changes(rows)

    assert cost(rows, found, penalty, spread) == pytest.approx(brute(rows, penalty, spread))


def test_a_change_is_found_where_it_is() -> None:
    chance = random.Random(1)
    hits = 0
    for _ in range(100):
        found = changes([draw(chance, 50, *shares) for shares in [(0.2, 0.5)] * 12 + [(0.45, 0.3)] * 12])
        hits += len(found) == 1 and abs(found[0] - 12) <= 1

    assert hits >= 90


@pytest.mark.parametrize(("buckets", "number"), [(8, 10), (12, 50), (30, 20), (60, 8)])
def test_where_nothing_changes_a_change_is_seldom_told(buckets: int, number: int) -> None:
    """At most one series in twenty; the rates over more series are in bench/sentiment_files.py."""
    chance = random.Random(buckets)
    alarms = sum(bool(changes([draw(chance, number, 0.3, 0.4) for _ in range(buckets)])) for _ in range(300))

    assert alarms / 300 <= 0.05


def test_comments_that_come_in_clumps_are_no_changes() -> None:
    """Each day's shares are drawn anew, so that days differ by more than chance and nothing has changed."""
    chance = random.Random(2)
    alarms = 0
    for _ in range(100):
        rows = []
        for _ in range(30):
            weights = [chance.gammavariate(part * 15, 1) for part in (0.3, 0.3, 0.4)]
            rows.append(draw(chance, 60, weights[0] / sum(weights), weights[2] / sum(weights)))
        alarms += bool(changes(rows))

    assert alarms <= 10


def days(start: date, *counts: Counts, step: int = 1) -> dict[date, Counts]:
    return {start + timedelta(days=step * at): one for at, one in enumerate(counts)}


def test_the_unit_is_the_finest_that_is_not_too_thin() -> None:
    busy, thin = Counts(negative=5, positive=10), Counts(negative=1, positive=1)

    for held, unit in (([busy] * 20, "day"), ([thin] * 70, "week"), ([busy] * 300, "week"), ([thin] * 700, "month")):
        found, reason = trend(days(date(2026, 1, 1), *held))
        assert found is not None
        assert (found.unit, reason) == (unit, "")
        assert sum(bucket.counts.sure for bucket in found.buckets) == sum(one.sure for one in held)


def test_few_points_are_no_trend() -> None:
    one = Counts(positive=3)

    assert trend({}) == (None, sentiment_trend.NO_DATES)
    assert trend(days(date(2026, 1, 1), *[one] * 9))[1].startswith("Only 27 comments")
    assert trend(days(date(2026, 1, 1), *[Counts(positive=50)] * 5))[0] is None


def test_days_without_comments_are_gaps_and_not_changes() -> None:
    held = days(date(2026, 1, 1), *[Counts(negative=10, positive=10)] * 10, step=2)

    found, _ = trend(held)

    assert found is not None
    assert len(found.buckets) == 19
    assert found.changes == ()


def test_the_parts_between_changes_hold_every_comment() -> None:
    held = [Counts(negative=5, positive=45)] * 10 + [Counts(negative=30, positive=20)] * 10

    found, _ = trend(days(date(2026, 3, 1), *held))

    assert found is not None
    assert found.changes == (10,)
    assert found.stretches == (Counts(negative=50, positive=450), Counts(negative=300, positive=200))


def test_one_old_date_among_new_ones_does_no_harm() -> None:
    held = days(date(2026, 1, 1), *[Counts(negative=5, positive=5)] * 40) | {date(1990, 1, 1): Counts(positive=1)}

    found, _ = trend(held)

    assert found is not None
    assert (found.unit, found.left_out) == ("day", 1)
    assert found.buckets[0].start == date(2026, 1, 1)
