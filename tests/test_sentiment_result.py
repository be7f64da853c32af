"""The result of many comments as a message that Slack takes, however much there is to tell."""

from datetime import date

import pytest

from bot import sentiment_result
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


def test_of_two_files_each_part_says_whose_it_is() -> None:
    said = shown(sentiment_result.message(ROW, [summary("may.csv"), summary("june.csv")], Small()))

    for name in ("may.csv", "june.csv"):
        assert f"*{name}: {sentiment_result.COMPLAINTS}*" in said
        assert f"*{name}: {sentiment_result.TYPICAL}*" in said
    assert sentiment_result.EXTREME not in said
