"""How a file is read where its first rows leave that open: dates, numbered columns, long names of groups."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from bot import sentiment_dates, sentiment_source
from bot.sentiment_run import run
from tests.wordlist_sentiment import OpenWordList

FIRST = [f"{month:02}/{day:02}/2026" for month in (1, 2, 3) for day in range(1, 13)] * 40


def written(folder: Path, dates: Iterable[str]) -> Path:
    path = folder / "a.csv"
    path.write_text("id,comment,date\n" + "".join(f"{at},great food,{one}\n" for at, one in enumerate(dates)))
    return path


@pytest.mark.parametrize(
    ("later", "first"), [("04/13/2026", date(2026, 1, 12)), ("13/04/2026", date(2026, 12, 1)), ("5/6/2026", None)]
)
def test_a_late_row_says_whether_the_month_comes_first(tmp_path: Path, later: str, first: date | None) -> None:
    """The first thousand rows of a year's file can be read both ways; two thirds of the rest were lost."""
    source = sentiment_source.from_file(written(tmp_path, [*FIRST, later]))
    rows = list(source.rows())

    assert len(FIRST) > 1000
    assert rows[11].on == (first or date(2026, 12, 1))
    assert any("no date in the file says otherwise" in note for note in source.notes) == (first is None)
    assert rows[-1].on is not None


def test_what_is_no_date_is_counted_and_told(tmp_path: Path) -> None:
    path = written(tmp_path, ["2026-11-20"] * 30 + ["soon", "", "when it came"])

    summary = run(OpenWordList(), sentiment_source.from_file(path), aspects=())

    assert "2 rows have something in “date” that can't be read as a date." in summary.notes


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("20-Nov-26", date(2026, 11, 20)),
        ("2026-11", date(2026, 11, 1)),
        ("Nov 2026", date(2026, 11, 1)),
        ("November 2026", date(2026, 11, 1)),
        ("2026-W47", date(2026, 11, 16)),
        ("1795046400", date(2026, 11, 19)),
    ],
)
def test_a_column_that_is_called_a_date_has_months_and_weeks_too(cell: str, read: date) -> None:
    dates = sentiment_dates.recognise([cell], numbers=True)

    assert dates is not None
    assert dates.read(cell) == read


@pytest.mark.parametrize("cell", ["2026112010", "9999999999", "2026-W60", "2026-13", "Foo 2026"])
def test_a_number_is_no_date_of_another_year(cell: str) -> None:
    assert sentiment_dates.recognise([cell], numbers=True) is None


@pytest.mark.parametrize("cell", ["2026-11", "May 2026"])
def test_a_month_is_a_date_only_where_a_column_is_called_so(cell: str) -> None:
    assert sentiment_dates.recognise([cell]) is None


def test_one_mistyped_year_of_few_rows_is_left_out_of_the_trend(tmp_path: Path) -> None:
    """The trend of forty days ran by month over 27 years."""
    days = [f"2026-{month:02}-{day:02}" for month in (3, 4) for day in range(1, 29)] * 2

    summary = run(OpenWordList(), sentiment_source.from_file(written(tmp_path, [*days, "1999-03-01"])), aspects=())

    assert summary.trend is not None
    assert summary.trend.unit != "month"


def test_a_number_is_a_place_although_a_cell_of_the_first_row_is_that_number(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("2,Bad hotel\n" + "4,Good hotel\n" * 5)

    rows = list(sentiment_source.from_file(path, column="2").rows())

    assert [row.text for row in rows[:2]] == ["Bad hotel", "Good hotel"]


def test_long_names_that_begin_alike_are_two_groups(tmp_path: Path) -> None:
    path, name = tmp_path / "a.csv", "Ferrow loose leaf breakfast tea in the large tin of five hundred grams, "
    path.write_text("comment,product\n" + f'great food,"{name}old"\nslow food,"{name}new"\n' * 5)

    summary = run(OpenWordList(), sentiment_source.from_file(path, group="product"), aspects=())

    assert {group.name for group in summary.groups} == {f"{name}old", f"{name}new"}
