"""The result of many comments as a message that Slack takes, however much there is to tell."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot import sentiment_copy, sentiment_result
from bot import sentiment_summary_words as words
from bot.sentiment_result import Small
from bot.sentiment_summary import AspectCounts, Bucket, Counts, Driver, Group, Quote, Summary, Trend
from model.sentiment import LABELS
from storage.readings import ReadingRow
from tests.thread_reading import shown

MOST_BLOCKS = 50
ROW = ReadingRow("r1", "T0PLAY", "U0ANA", "C0LAUNCH", "file", "2026-11-23")
HALF = Counts(negative=30, neutral=5, positive=30, unsure=3, skipped=2)
QUOTES = tuple(Quote(at, f"comment {at}", label, 0.9) for at, label in enumerate(LABELS * 3))
DRIVERS = (Driver("late", 30, 2, 4.0),)


def summary(name: str) -> Summary:
    """All that there can be to tell of a file."""
    months = tuple(Bucket(date(2026, month, 1), HALF) for month in range(1, 9))
    return Summary(
        name=name,
        model="counted words",
        threshold=0.55,
        counts=HALF,
        reasons=(("It is empty.", 2),),
        notes=("The comments are in column “review”.",),
        aspects=(AspectCounts("food", HALF),),
        typical=QUOTES,
        extreme=QUOTES,
        complaints=DRIVERS,
        praise=DRIVERS,
        trend=Trend("month", months, (4,)),
        group_column="shop",
        groups=(Group("Leeds", HALF), Group("York", HALF)),
    )


@pytest.mark.parametrize("names", [["may.csv"], ["may.csv", "june.csv"]])
def test_the_most_that_there_can_be_to_tell_fits_in_a_message(names: list[str]) -> None:
    message = sentiment_result.message(ROW, [summary(name) for name in names], Small(), chart="F1", alt_text="Shares.")

    assert len(message["blocks"]) <= MOST_BLOCKS


def many_groups(name: str) -> Summary:
    """Two hundred groups with long names that differ in everything, and quotes as long as they may be."""
    aspects = [AspectCounts(f"aspect {at:02} {'y' * 20}", HALF) for at in range(20)]
    groups = [
        Group(
            f"group {at:03} {'x' * 49}",
            Counts(negative=90 - at % 2 * 85, positive=5 + at % 2 * 85),
            tuple(replace(one, counts=Counts(negative=90 - at % 2 * 85, positive=5 + at % 2 * 85)) for one in aspects),
        )
        for at in range(150)
    ]
    few = [Group(f"small {at:03} {'z' * 49}", Counts(1)) for at in range(50)]
    quotes = tuple(replace(one, text="word " * 200) for one in QUOTES)
    drivers = tuple(Driver(f"{at} {'w' * 28}", 30, 2, 4.0) for at in range(8))
    more: dict[str, Any] = {
        "typical": quotes,
        "extreme": quotes,
        "complaints": drivers,
        "praise": drivers,
        "notes": ("n" * 300,) * 8,
    }
    return replace(summary(name), group_column="g" * 500, groups=(*groups, *few), aspects=tuple(aspects), **more)


@pytest.mark.parametrize("names", [["may.csv"], ["may.csv", "june.csv"]])
def test_many_groups_fit_in_a_message_and_what_is_left_out_is_counted(names: list[str]) -> None:
    """Each pair was once told, and each group with too few comments named: Slack refused the message."""
    message = sentiment_result.message(ROW, [many_groups(name) for name in names], Small(), chart="F1", alt_text="A")

    said = shown(message)
    assert len(said) <= 13_200
    assert "largest groups are compared; 14" in said
    assert "and 42 more." in said
    assert len(message["blocks"]) <= MOST_BLOCKS


def test_the_largest_groups_are_those_that_are_told_of() -> None:
    few = words.by_group(many_groups("may.csv"), limit=1500)
    all_of_them = words.by_group(many_groups("may.csv"))

    assert sum(map(len, few)) <= 1500 < sum(map(len, all_of_them))
    assert few[0].startswith("group 000")
    assert any("more differences are not told here." in one for one in few)


def test_copy_from_two_files_speaks_of_both() -> None:
    """Only the first file's aspects and, with three comments of it, only its comments came into the brief."""
    may, june = summary("may.csv"), summary("june.csv")
    may = replace(may, aspects=(AspectCounts("food", Counts(20)),), complaints=(Driver("late", 9, 1, 4.0),))
    quotes = tuple(Quote(at, f"june {at}", "negative", 0.9) for at in range(3))
    drivers = (Driver("cold", 9, 1, 4.0),)
    aspects = (AspectCounts("food", Counts(2)), AspectCounts("price", Counts(20)))
    june = replace(june, aspects=aspects, typical=quotes, complaints=drivers)
    kept = json.dumps(sentiment_result.to_result([may, june], "about"))

    product = sentiment_copy.brief_of(replace(ROW, result=kept), "apology").product

    assert "“comment 0” / “june 0” / “comment 3”" in product
    assert "They don't like: food, price." in product
    assert "late, cold" in product


def test_of_two_files_each_part_says_whose_it_is() -> None:
    said = shown(sentiment_result.message(ROW, [summary("may.csv"), summary("june.csv")], Small()))

    for name in ("may.csv", "june.csv"):
        assert f"*{name}: {sentiment_result.COMPLAINTS}*" in said
        assert f"*{name}: {sentiment_result.TYPICAL}*" in said
    assert sentiment_result.EXTREME not in said


def test_where_there_are_dates_and_no_trend_it_is_said_why() -> None:
    dated = replace(summary("may.csv"), trend=None, no_trend="The dates span too few days to show a trend.")

    assert dated.no_trend in shown(sentiment_result.message(ROW, [dated], Small()))


def test_copy_from_an_answer_goes_by_what_people_put_right() -> None:
    """A service that was put right as good came into the brief as what the customer doesn't like."""
    aspects = [
        {"aspect": "service", "label": "negative", "sure": True, "corrected": "positive"},
        {"aspect": "price", "label": "negative", "sure": True, "corrected": "absent"},
        {"aspect": "food", "label": "positive", "sure": False},
    ]
    row = replace(ROW, kind="text", text="The waiter was sick, loved it", result=json.dumps({"aspects": aspects}))

    product = sentiment_copy.brief_of(row, "reply").product

    assert "They like: service." in product
    assert "They don't like" not in product
