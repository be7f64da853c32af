"""Files as people have them: what is wrong with one is a sentence or a skipped row, and never a crash."""

import codecs
import tracemalloc
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bot import sentiment_columns, sentiment_csv, sentiment_encoding, sentiment_source
from bot.sentiment_rows import EMPTY, HALF, NUL
from bot.sentiment_source import SourceError

HEAD = "id,comment,store\n"
MEGABYTE = "x" * 1_000_000

# Name of the file, its bytes, and its texts; None for a row that is skipped.
READ: dict[str, tuple[str, bytes, list[str | None]]] = {
    "plain": ("a.csv", b"id,comment\n1,Great\n2,Bad\n", ["Great", "Bad"]),
    "CRLF": ("a.csv", b"id,comment\r\n1,Great\r\n2,Bad\r\n", ["Great", "Bad"]),
    "CR alone": ("a.csv", b"id,comment\r1,Great\r2,Bad", ["Great", "Bad"]),
    "all three endings": ("a.csv", b"id,comment\r1,Great\n2,Bad\r\n3,Fine", ["Great", "Bad", "Fine"]),
    "no last line end": ("a.csv", b"id,comment\n1,Great", ["Great"]),
    "UTF-8 with a mark": ("a.csv", codecs.BOM_UTF8 + "comment;x\nschön;1\n".encode(), ["schön"]),
    "UTF-16 with a mark": ("a.csv", "id\tcomment\n1\tschön 🍕\n".encode("utf-16"), ["schön 🍕"]),
    "UTF-16 big-endian, marked": ("a.csv", codecs.BOM_UTF16_BE + "id,comment\n1,ok\n".encode("utf-16-be"), ["ok"]),
    "UTF-16 without a mark": ("a.csv", "id,comment\n1,schön\n".encode("utf-16-le"), ["schön"]),
    "UTF-16 big-endian without one": ("a.csv", "id,comment\n1,schön\n".encode("utf-16-be"), ["schön"]),
    "UTF-16 cut in a letter": ("a.csv", "id,comment\n1,ok\n2,no".encode("utf-16")[:-1], ["ok", None]),
    "UTF-32": ("a.csv", "id,comment\n1,schön\n".encode("utf-32"), ["schön"]),
    "Windows-1252": ("a.csv", "id,comment\n1,“Crème brûlée” – €5\n".encode("cp1252"), ["“Crème brûlée” – €5"]),
    "Mac Roman": ("a.csv", "id,comment\r1,Café à côté\r".encode("mac_roman"), ["Café à côté"]),
    "UTF-8 with a stray byte": ("a.csv", "id,comment\n1,é ö ü\n".encode() + b"2,caf\xe9\n", ["é ö ü", "café"]),
    "UTF-8 until the sample's end": (
        "a.txt",
        b"ok\n" * 90_000 + "café\n".encode() + b"caf\xe9\n",
        [*["ok"] * 90_000, "café", "café"],
    ),
    "emoji and joiners": ("a.csv", "id,comment\n1,👩‍👩‍👧‍👦🏳️‍🌈\n".encode(), ["👩‍👩‍👧‍👦🏳️‍🌈"]),
    "a letter of the private use": ("a.csv", "id,comment\n1,\U0010ffff x\n".encode(), ["\U0010ffff x"]),
    "semicolons": ("a.csv", b"id;comment\n1;Great, really\n2;Bad\n", ["Great, really", "Bad"]),
    "tabs": ("a.tsv", b"id\tcomment\n1\tGreat, really\n", ["Great, really"]),
    "bars": ("a.csv", b"id|comment\n1|Great, really\n2|ok\n", ["Great, really", "ok"]),
    "Excel's hint": ("a.csv", b"sep=;\nid;comment\n1;Great\n", ["Great"]),
    "quotes": ("a.csv", HEAD.encode() + b'1,"Say ""hi"", now",Leeds\n', ['Say "hi", now']),
    "a line end in quotes": ("a.csv", HEAD.encode() + b'1,"one\r\ntwo",Leeds\n2,ok,York\n', ["one\r\ntwo", "ok"]),
    "escaped by backslashes": ("a.csv", HEAD.encode() + b'1,"Say \\"hi\\", now",Leeds\n', ['Say "hi", now']),
    "a space before quotes": ("a.csv", b'id, comment, store\n1, "Nice, but", Leeds\n', ["Nice, but"]),
    "a quote never closed": ("a.csv", HEAD.encode() + b'1,"Great,Leeds\n2,Bad,York\n', [None, "Bad"]),
    "a quote in the midst": ("a.csv", HEAD.encode() + b'1,My 32" TV,Leeds\n2,Bad,York\n', ['My 32" TV', "Bad"]),
    "a word after quotes": (
        "a.csv",
        HEAD.encode() + b'1,"Great" they say,Leeds\n2,Bad,York\n',
        ["Great they say", "Bad"],
    ),
    "too few cells": ("a.csv", HEAD.encode() + b"1\n2,Bad,York\n3,Ok\n", [None, "Bad", "Ok"]),
    "too many cells": ("a.csv", HEAD.encode() + b"1,Great, really,Leeds\n2,Bad,York\n", [None, "Bad"]),
    "only empty cells too many": ("a.csv", HEAD.encode() + b"1,Great,Leeds,,,\n", ["Great"]),
    "commas in the last column": (
        "a.csv",
        b"id,comment\n1,Nice, cheap, good\n2,ok\n3,no\n",
        ["Nice, cheap, good", "ok", "no"],
    ),
    "empty cells": ("a.csv", HEAD.encode() + b"1,,Leeds\n2,   ,York\n,,\n3,Bad,\n", [None, None, None, "Bad"]),
    "empty columns": ("a.csv", b",comment,,\n,Great,,\n,Bad,,\n", ["Great", "Bad"]),
    "blank lines between": ("a.csv", b"id,comment\n\n1,Great\n\n\n2,Bad\n\n", ["Great", "Bad"]),
    "NUL in a cell": (
        "a.csv",
        HEAD.encode() + b"1,a\0b and so on,Leeds\n" + b"2,Bad,York\n" * 20,
        [None, *["Bad"] * 20],
    ),
    "half a character": (
        "a.csv",
        HEAD.encode() + "1,\ud83d,x\n2,ok,y\n".encode("utf-8", "surrogatepass"),
        ["í\xa0½", "ok"],
    ),
    "a cell of a megabyte": ("a.csv", HEAD.encode() + f"1,{MEGABYTE},x\n2,Bad,York\n".encode(), [None, "Bad"]),
    "a quoted megabyte of lines": (
        "a.csv",
        HEAD.encode() + b'1,"' + b"y\n" * 500_000 + b'",x\n2,Bad,Y\n',
        [None, "Bad"],
    ),
    "no header": ("a.csv", b"The room was cold,3\nLovely staff,5\n", ["The room was cold", "Lovely staff"]),
    "one column without a header": ("a.csv", b"Great, but slow\nNot bad\n", ["Great, but slow", "Not bad"]),
    "one column with a header": (
        "a.csv",
        b"Customer comment\nGreat, but slow\nNot bad\n",
        ["Great, but slow", "Not bad"],
    ),
    "one line": ("a.csv", b"Great", ["Great"]),
    "the same name twice": ("a.csv", b"comment,comment\nGreat service,x\nBad,y\n", ["Great service", "Bad"]),
    "only emoji": ("a.csv", "comment\n😀😀\n👎🏽\n🍕❤️\n".encode(), ["😀😀", "👎🏽", "🍕❤️"]),
    "three hundred columns": (
        "a.csv",
        (",".join([*map("c{}".format, range(299)), "comment"]) + "\n" + ("," * 299 + "Great\n") * 2).encode(),
        ["Great", "Great"],
    ),
    "plain text": ("a.txt", b"Great, really\n\n  \nBad\tso bad\n", ["Great, really", "Bad\tso bad"]),
    "text that begins with a quote": ("a.csv", b'"Best ever\nBad\n', ["Best ever", "Bad"]),
    "brackets": ("a.txt", b"[b]Best[/b] ever\n{so} good\n[]\n", ["[b]Best[/b] ever", "{so} good", "[]"]),
    "no suffix": ("comments", b"id,comment\n1,Great\n", ["Great"]),
    "formulas": ("a.csv", b"id,comment\n1,=1+1\n2,@you are great\n", ["=1+1", "@you are great"]),
    "bidirectional marks": ("a.csv", "id,comment\n1,\u202eevil\u202c ok\n".encode(), ["\u202eevil\u202c ok"]),
}

REFUSED: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "a.csv is empty."),
    "only a mark": (codecs.BOM_UTF8, "all of its lines are blank"),
    "only blank lines": (b"\n\r\n  \n", "all of its lines are blank"),
    "only a header": (b"id,comment\n", "a header and no rows"),
    "only numbers": (b"a,b\n1,2\n3,4\n", "No column of a.csv holds comments; its columns are 'a', 'b'"),
    "only one column of numbers": (b"n\n1\n2\n3.5\n", "No column of a.csv holds comments; its columns are 'n'."),
    "numbers and no header": (b"5\n4\n", "No column of a.csv holds comments"),
    "an Excel workbook": (b"PK\x03\x04" + b"\0" * 100, "an Excel workbook"),
    "an old Excel workbook": (b"\xd0\xcf\x11\xe0" + b"\0" * 100, "an old Excel"),
    "a JSON array": (b'[{"comment":"good","id":1},{"comment":"bad"}]', "a.csv is JSON. Save it as CSV"),
    "JSON over lines": (b'[\n  {"comment": "good"}\n]\n', "a.csv is JSON"),
    "JSON lines": (b'\n{"comment":"good","id":1}\n{"comment":"bad"}\n', "a.csv is JSON"),
    "a PDF": (b"%PDF-1.7 and so on", "a PDF"),
    "a picture": (b"\x89PNG\r\n", "a picture"),
    "zeros": (b"\0" * 1000, "full of NUL bytes"),
    "Cyrillic in Windows-1251": ("отзыв;дата\nОчень плохо, долго ждали\n".encode("cp1251") * 3, "can't be told"),
    "Shift-JIS": ("感想,店\nとても良かったです。また来ます\n".encode("shift_jis") * 3, "can't be told"),
}


@pytest.fixture
def made(tmp_path: Path) -> Callable[[str, bytes], Path]:
    def make(name: str, content: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return make


@pytest.mark.parametrize("case", READ)
def test_a_nasty_file_is_read(case: str, made: Callable[[str, bytes], Path]) -> None:
    name, content, texts = READ[case]

    source = sentiment_source.from_file(made(name, content))
    rows = list(source.rows())

    assert [None if row.skipped else row.text for row in rows] == texts
    assert all(len(row.cells) == len(source.columns) for row in rows)
    assert all(row.skipped.endswith(".") for row in rows if row.skipped)
    assert source.position == source.total


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_table_of_comments_is_a_sentence(case: str, made: Callable[[str, bytes], Path]) -> None:
    content, reason = REFUSED[case]

    with pytest.raises(SourceError, match=r"^a\.csv .*|^No column .*") as refused:
        sentiment_source.from_file(made("a.csv", content))

    assert reason in str(refused.value)


def test_skipped_rows_say_why(made: Callable[[str, bytes], Path]) -> None:
    content = HEAD.encode() + b'1,,Leeds\n2\n3,a,b,c,d\n4,a\0b,x\n5,"open,x\n' + f"6,{MEGABYTE},x\n".encode()

    found = [row.skipped for row in sentiment_source.from_file(made("a.csv", content)).rows()]

    assert found == [
        EMPTY,
        "The row has 1 of 3 columns.",
        "The row has 5 columns where the header has 3.",
        NUL,
        sentiment_csv.OPEN,
        "It has 1,000,000 characters; at most 20,000 are read.",
    ]


def test_a_row_keeps_every_cell_that_it_had(made: Callable[[str, bytes], Path]) -> None:
    source = sentiment_source.from_file(made("a.csv", HEAD.encode() + b"1,a,b,c,d\n2\n"))

    assert [row.cells for row in source.rows()] == [("1", "a", "b,c,d"), ("2", "", "")]


def test_a_line_without_end_is_passed_over(made: Callable[[str, bytes], Path]) -> None:
    endless = "y" * (3 * sentiment_encoding.LINE_LIMIT // 2)

    rows = list(sentiment_source.from_file(made("a.txt", f"one\n{endless}\ntwo\n".encode())).rows())

    assert [row.skipped[:23] for row in rows] == ["", "Its line is longer than", ""]
    assert len(rows[1].text) == sentiment_encoding.LINE_LIMIT


@pytest.mark.parametrize(
    ("begin", "part"),
    [(b"", b'1,"' + b"x " * 500_000 + b'"\n'), (b'1,"', (b"y" * 9_999 + b"\n") * 100), (b"", b"z" * 1_000_000)],
    ids=["cells of a megabyte", "a quote never closed", "one line"],
)
def test_memory_does_not_grow_with_the_file(begin: bytes, part: bytes, made: Callable[[str, bytes], Path]) -> None:
    path = made("a.csv", b"id,comment\n" + begin + part * 40)
    tracemalloc.start()
    try:
        rows = sum(1 for row in sentiment_source.from_file(path).rows() if row.skipped)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert rows
    assert peak < 30_000_000, f"{peak:,} bytes for {path.stat().st_size:,}"


def test_which_of_several_columns_of_one_name_is_read_is_said(made: Callable[[str, bytes], Path]) -> None:
    """Who looked for the second one's comments read “by its name”, and could not tell."""
    path = made("a.csv", b"id,Comment,comment\n1,Great service here,x\n2,Bad,y\n")

    first, second = (sentiment_source.from_file(path, column=column) for column in (None, "3"))

    assert sentiment_columns.SAME_NAME.format(number=2, at=2) in first.notes
    assert sentiment_columns.SAME_NAME.format(number=2, at=3) in second.notes
    assert [row.text for row in second.rows()] == ["x", "y"]


def test_rows_are_numbered_as_a_spreadsheet_does(made: Callable[[str, bytes], Path]) -> None:
    rows = sentiment_source.from_file(made("a.csv", b'id,comment\n1,"two\nlines"\n\n2,Bad\n')).rows()

    assert [row.number for row in rows] == [2, 4]


def test_a_source_is_read_as_often_as_asked(made: Callable[[str, bytes], Path]) -> None:
    source = sentiment_source.from_file(made("a.csv", b"id,comment\n1,Great\n2,Bad\n"))

    assert list(source.rows()) == list(source.rows())


def test_a_file_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(SourceError, match="can't be read: "):
            sentiment_source.from_file(path)


def test_a_file_that_goes_while_it_is_read_is_a_sentence(made: Callable[[str, bytes], Path]) -> None:
    path = made("a.csv", b"id,comment\n1,Great\n")
    source = sentiment_source.from_file(path)
    path.unlink()

    with pytest.raises(SourceError, match=r"^a\.csv can't be read: No such file"):
        list(source.rows())


def test_pasted_lines_are_rows_with_the_numbers_of_their_lines() -> None:
    source = sentiment_source.from_text("Great\r\n\r\nBad \ud83d\nFine")

    rows = list(source.rows())

    assert [(row.number, row.text, row.skipped) for row in rows] == [
        (1, "Great", ""),
        (3, "Bad \ud83d", HALF),
        (4, "Fine", ""),
    ]
    assert source.position == source.total
    with pytest.raises(SourceError, match="your lines holds no comments"):
        sentiment_source.from_text(" \n\n")


def test_dates_and_groups_come_with_the_rows(made: Callable[[str, bytes], Path]) -> None:
    content = b"comment,store,created_at\n" + b"Great,Leeds,2026-11-02T10:00:00Z\nBad, York ,2026-11-03\n" * 20

    source = sentiment_source.from_file(made("a.csv", content))

    first, second, *_ = source.rows()
    assert (source.date, source.group) == ("created_at", "store")
    assert (first.on, first.group) == (date(2026, 11, 2), "Leeds")
    assert (second.on, second.group) == (date(2026, 11, 3), "York")
