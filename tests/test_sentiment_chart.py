"""The picture of many comments: its size, its colours, its words, and when there is none."""

import subprocess
import sys
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from bot import sentiment_chart
from bot.sentiment_drawing import COLOURS
from bot.sentiment_summary import AspectCounts, Bucket, Counts, Group, Summary, Trend

ROOT = Path(__file__).parent.parent
LIGHT = 0xE0


MANY = Counts(20, 15, 65, 3, 2)


def summary(counts: Counts = MANY, **parts: Any) -> Summary:
    return Summary("June.csv", "a model", 0.6, counts, **parts)


def course(*nets: tuple[int, int], changes: tuple[int, ...] = (), unit: str = "week") -> Trend:
    start = date(2026, 3, 2)
    buckets = (Bucket(start + timedelta(days=7 * at), Counts(pair[0], 0, pair[1])) for at, pair in enumerate(nets))
    return Trend(unit, tuple(buckets), changes)


FULL = summary(
    aspects=(AspectCounts("food", Counts(5, 5, 30)), AspectCounts("service", Counts(20, 2, 3))),
    trend=course(*[(2, 8)] * 6, (0, 0), *[(8, 2)] * 6, changes=(7,)),
    group_column="store",
    groups=(Group("Leeds", Counts(5, 5, 40)), Group("York", Counts(15, 10, 25)), Group("Bath", Counts(1, 0, 2))),
)


def pixels(png: bytes | None) -> Any:
    """The colours as an array of rows, columns and red, green, blue, from 0 to 255."""
    from matplotlib.image import imread

    assert png is not None
    return (imread(BytesIO(png))[:, :, :3] * 255).round().astype(int)


def colour(label: str) -> list[int]:
    return list(bytes.fromhex(COLOURS[label][1:]))


def test_it_is_as_wide_as_a_phone_needs_and_nothing_touches_its_edges() -> None:
    for shown in (summary(), FULL, summary(Counts(0, 0, 9999)), summary(Counts(9999, 0, 0))):
        found = pixels(sentiment_chart.draw(shown))

        assert found.shape[1] == 1200
        for edge in (found[0], found[-1], found[:, :12], found[:, -12:]):
            assert edge.min() >= LIGHT


def test_the_labels_have_colours_that_colour_blind_people_tell_apart() -> None:
    found = pixels(sentiment_chart.draw(summary()))

    for label in COLOURS:
        assert (found == colour(label)).all(axis=2).sum() > 1000


def test_each_part_makes_it_taller() -> None:
    parts: list[dict[str, Any]] = [{}, {"aspects": FULL.aspects}, {"aspects": FULL.aspects, "trend": FULL.trend}]

    heights = [len(pixels(sentiment_chart.draw(summary(**part)))) for part in parts]

    assert heights == sorted(set(heights))
    assert len(pixels(sentiment_chart.draw(FULL))) > heights[-1]


def test_the_same_summary_is_the_same_picture() -> None:
    assert sentiment_chart.draw(FULL) == sentiment_chart.draw(FULL)


def test_a_time_with_one_to_four_comments_has_no_share() -> None:
    few, none = (course(*[(5, 5)] * 6, one, (5, 5)) for one in ((2, 2), (0, 0)))

    assert sentiment_chart.draw(summary(trend=few)) == sentiment_chart.draw(summary(trend=none))


@pytest.mark.parametrize(
    "counts", [Counts(), Counts(1, 1, 2), Counts(positive=4, unsure=9), Counts(unsure=50), Counts(skipped=50)]
)
def test_too_few_comments_have_no_picture(counts: Counts) -> None:
    assert sentiment_chart.draw(summary(counts)) is None


def test_the_words_hold_the_numbers_and_fit_slack() -> None:
    words = sentiment_chart.alt_text(FULL)

    assert "103 comments read, 3 unsure, 2 skipped. positive 65 % (55–74 %)" in words
    assert "food: 40 mentions, 75 % positive (60–86 %), 12 % negative" in words
    assert "It changed in the week of 20 Apr 2026: net sentiment +60 before, −60 after" in words
    assert "Leeds: net sentiment +70" in words
    assert "Bath" not in words, "too few"
    many = tuple(Group(f"a store with a long name {n}" * 3, Counts(5, 5, 40)) for n in range(40))
    aspects = tuple(AspectCounts(f"an aspect with a long name {n}" * 3, Counts(5, 5, 40)) for n in range(40))
    assert len(sentiment_chart.alt_text(summary(groups=many, aspects=aspects))) <= 2000


def test_names_in_any_script_and_the_extremes_are_drawn_without_a_warning() -> None:
    names = ["日本語の店", "a $name$ of _any_ kind", "🍕🍔", "x" * 300, "مطعم", "\u202eevil", ""]
    groups = tuple(Group(name, Counts(5, 5, 40)) for name in names)
    aspects = tuple(AspectCounts(name, Counts(50, 0, 0)) for name in names)

    assert sentiment_chart.draw(summary(groups=groups, aspects=aspects, group_column="店"))
    for unit, nets in (("day", [(1, 0)] * 6), ("month", [(0, 9)] * 300), ("week", [(0, 0), (5, 0), (0, 5), (0, 0)])):
        trend = course(*nets, changes=(2, 3), unit=unit)
        assert sentiment_chart.draw(summary(trend=trend))


def test_two_files_stand_beside_each_other() -> None:
    other = Summary("July.csv", "a model", 0.6, Counts(65, 15, 20))

    words = sentiment_chart.alt_text(summary(), [other])

    assert "June.csv: 103 comments read, 3 unsure, 2 skipped, positive 65 % (55–74 %)" in words
    assert "July.csv: 100 comments read, 0 unsure, 0 skipped, positive 20 % (13–29 %)" in words
    assert "June.csv: net sentiment +45" in words
    assert "July.csv: net sentiment −45" in words
    found = pixels(sentiment_chart.draw(summary(), [other]))
    assert len(found) > len(pixels(sentiment_chart.draw(summary())))
    # The chart once showed the bars of the first file alone.
    june, july = ((half == colour("negative")).all(axis=2).sum() for half in (found[:, :750], found[:, 750:]))
    assert july > 2.5 * june > 1000


def test_of_two_files_both_speak_of_each_aspect_and_of_their_time() -> None:
    other = Summary("July.csv", "a model", 0.6, Counts(65, 15, 20), aspects=FULL.aspects[:1], trend=FULL.trend)

    words = sentiment_chart.alt_text(FULL, [other])
    found = pixels(sentiment_chart.draw(FULL, [other]))

    assert "June.csv, service: 25 mentions" in words
    assert "July.csv, food: 40 mentions, 75 % positive" in words
    assert "July.csv: It changed in the week of 20 Apr 2026" in words
    for edge in (found[0], found[-1], found[:, :12], found[:, -12:]):
        assert edge.min() >= LIGHT
    without = sentiment_chart.draw(FULL, [Summary("July.csv", "a model", 0.6, Counts(65, 15, 20))])
    assert len(found) > len(pixels(without)), "its trend is drawn, too"


def test_what_is_cut_of_two_files_words_are_the_aspects() -> None:
    """The first file's aspects took all the room, and nothing was said of the time."""
    aspects = tuple(AspectCounts(f"an aspect with a long name {at}" * 3, Counts(5, 5, 40)) for at in range(8))
    pair = [
        Summary(f"{name}.csv", "a model", 0.6, MANY, aspects=aspects, trend=FULL.trend) for name in ("June", "July")
    ]

    words = sentiment_chart.alt_text(pair[0], pair[1:])

    assert len(words) == 2000
    for name in ("June.csv", "July.csv"):
        assert f"{name}: 103 comments read" in words
        assert f"{name}: It changed in the week of 20 Apr 2026" in words
        assert f"{name}: net sentiment +45" in words
    assert "June.csv, an aspect with a long name 0" in words


def test_a_long_name_does_not_run_off_the_picture() -> None:
    groups = tuple(Group(name, Counts(5, 5, 40)) for name in ("Reviews of July 2026.csv", "WWWWWWWWWWWWWWWWWWWW"))

    found = pixels(sentiment_chart.draw(summary(groups=groups)))

    assert found[:, :12].min() >= LIGHT


def test_a_file_with_too_few_comments_stands_beside_one_with_enough() -> None:
    few = Summary("July.csv", "a model", 0.6, Counts(1, 0, 2))

    for pair in ((few, summary()), (summary(), few)):
        assert sentiment_chart.draw(pair[0], pair[1:])
        assert "July.csv: Fewer than 5 comments" in sentiment_chart.alt_text(pair[0], pair[1:])
    assert sentiment_chart.draw(few, [few]) is None


def test_the_drawing_library_is_loaded_only_to_draw() -> None:
    check = "import sys, bot.sentiment_chart, bot.sentiment_commands; sys.exit('matplotlib' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", check], cwd=ROOT).returncode == 0
