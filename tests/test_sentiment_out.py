"""The CSV that goes back: the original cells, ours beside them, nothing that a spreadsheet runs, whole or not there."""

import csv
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot import sentiment_run, sentiment_source
from bot.sentiment_out import CsvBack, escape, unescape
from bot.sentiment_rows import Row
from bot.sentiment_source import SourceError
from model.sentiment import Reading
from tests.wordlist_sentiment import WordList

HOSTILE = [
    "=1+1",
    "+44 20",
    "-2+3",
    "@SUM(A1)",
    "\tx",
    "\rx",
    "\nx",
    "＝1",
    '=HYPERLINK("http://x")',
    "=cmd|' /C calc'!A0",
    " =1",
    "\0=1",
    "\ufeff=1",
    "\u200b\u00a0@SUM(A1)",
    "\u202e-2+3",
]
CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)


def back(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def unread(cells: tuple[str, ...]) -> tuple[Row, Reading]:
    return Row(2, "x", cells, skipped="It is empty."), Reading("x", "", None, (), (), "It is empty.")


@pytest.mark.parametrize("cell", HOSTILE)
def test_no_cell_is_a_formula(cell: str, tmp_path: Path) -> None:
    with CsvBack(tmp_path / "o.csv", [cell], [cell], explain=False) as out:
        out.write(*unread((cell,)))

    header, row = back(tmp_path / "o.csv")
    assert header[0] == row[0] == f"'{cell}"
    assert not any(part[:1] in tuple("=+-@\t\r\n＝") for part in (*header, *row) if part)


@pytest.mark.parametrize("separator", [";", "\t", "\n"])
def test_no_part_of_a_cell_is_a_formula_to_a_spreadsheet_with_another_separator(separator: str, tmp_path: Path) -> None:
    cell = f"foo{separator}=cmd|' /C calc'!A0{separator}\"=1+1{separator}5"
    with CsvBack(tmp_path / "o.csv", ["id", "a"], [], explain=False) as out:
        out.write(*unread(("2", cell)))

    written = (tmp_path / "o.csv").read_text("utf-8-sig")
    for line in csv.reader(written.splitlines(), delimiter=separator if separator != "\n" else ";"):
        assert not any(part.strip()[:1] in tuple("=+-@") for part in line if part)
    assert '"foo' in written, "every cell is quoted"


@pytest.mark.parametrize(
    "cell", ["-5", "+5", "-1,234.5", "-12 %", " -5", "5", "a=b", "", "1;-5;3", "nice ;-) place", "a - b"]
)
def test_numbers_and_other_cells_stay_as_they_are(cell: str) -> None:
    assert escape(cell) == cell


@example([["", "", "\n\\"]])
@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=8))
def test_what_is_written_is_read_again(tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]) -> None:
    path = tmp_path_factory.mktemp("round") / "o.csv"
    with CsvBack(path, ["id", "comment", "store"], [], explain=False) as out:
        for cells in rows:
            out.write(*unread(tuple(cells)))

    assert [row[:3] for row in back(path)[1:]] == [[escape(cell) for cell in cells] for cells in rows]
    if rows:
        again = list(sentiment_source.from_file(path, column="comment").rows())
        assert [row.cells[:3] for row in again] == [tuple(escape(cell) for cell in cells) for cells in rows]


@given(st.lists(st.tuples(CELLS, CELLS), min_size=2, max_size=8), st.sampled_from([",", ";", "\t", "|"]))
def test_any_table_with_a_header_is_read_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]], delimiter: str
) -> None:
    path = tmp_path_factory.mktemp("any") / "a.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows([("id", "comment"), *rows])

    found = list(sentiment_source.from_file(path, column="comment").rows())

    assert [row.cells for row in found] == rows


def test_the_file_has_the_columns_it_came_with_and_ours(tmp_path: Path) -> None:
    rows = "1,food was great,\n2,,x\n3,slow and rude,y\n4,great but cold food,\n"
    (tmp_path / "a.csv").write_text(f"id,comment,skipped\n{rows}")
    source = sentiment_source.from_file(tmp_path / "a.csv")

    sentiment_run.run(WordList(), source, aspects=["food"], out=tmp_path / "o.csv", explain=True)

    ours = ["sentiment", "most likely", "probability", "aspect: food", "probability: food", "words", "skipped"]
    words = "great +0.40"
    assert back(tmp_path / "o.csv") == [
        ["id", "comment", "skipped", *(f"{name} (copydesk)" for name in (*ours, "as read: comment"))],
        [
            *("1", "food was great", "", "positive", "positive", "0.900", "positive", "0.900", words, ""),
            "positive; food: positive",
        ],
        ["2", "", "x", "", "", "", "", "", "", "It is empty.", ""],
        ["3", "slow and rude", "y", "negative", "negative", "0.900", "", "", "slow +0.40; rude +0.40", "", "negative"],
        [
            *("4", "great but cold food", "", "unsure", "neutral", "0.400", "unsure", "", f"{words}; cold +0.40", ""),
            "unsure; food: unsure",
        ],
    ]


@given(CELLS.filter(lambda cell: "'" not in cell))
@example("=1;=2\n-a")
def test_a_cell_comes_back_as_it_was(cell: str) -> None:
    assert unescape(escape(cell)) == cell


def test_a_run_that_ends_early_leaves_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("great\n" * 10)
    (tmp_path / "o.csv").write_text("before")

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    source = sentiment_source.from_file(tmp_path / "a.txt")
    with pytest.raises(KeyboardInterrupt):
        sentiment_run.run(WordList(), source, out=tmp_path / "o.csv", progress=stop)

    assert (tmp_path / "o.csv").read_text() == "before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "o.csv"]


def test_a_folder_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    source = sentiment_source.from_texts(["great"])

    with pytest.raises(SourceError, match=r"none/o\.csv can't be written: No such file"):
        sentiment_run.run(WordList(), source, out=tmp_path / "none" / "o.csv")
    with pytest.raises(SourceError, match="can't be written: Is a directory"):
        sentiment_run.run(WordList(), source, out=tmp_path)
