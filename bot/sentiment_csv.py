"""The records of a CSV or TSV text, whatever is wrong with its quotes, and the delimiter it is written with."""

import csv
import re
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from bot.sentiment_column_names import is_called
from bot.sentiment_encoding import LINE_LIMIT, Line

RECORD_LIMIT = LINE_LIMIT
"""Characters; a quotation mark that isn't closed within them is never closed."""
DELIMITERS = (",", "\t", ";", "|")
NONE = "\x1f"
"""Stands between no columns at all: the unit separator, which no spreadsheet writes."""
SAMPLE_RECORDS, SAMPLE_CHARACTERS = 1000, 2_000_000
MOST = 0.8
HINT = "sep="
CUT = "Its line is longer than {limit:,} characters."
OPEN = "It has a quotation mark that is never closed."


class Record(NamedTuple):
    """The cells of a row, its number among the rows (from 1), and what is wrong with all of it, if anything."""

    number: int
    cells: list[str]
    fault: str


class Dialect(NamedTuple):
    """How a text sets its cells apart."""

    delimiter: str
    skips_spaces: bool = False
    escape: str | None = None
    has_hint: bool = False


def sample(lines: Iterable[Line]) -> list[Line]:
    """The first lines: enough to tell the dialect and the columns by, few enough to keep."""
    found, size = [], 0
    for line in islice(lines, SAMPLE_RECORDS):
        found.append(line)
        size += len(line.text)
        if size > SAMPLE_CHARACTERS:
            break
    return found


def sniff(lines: list[Line], *, delimiter: str = "", is_whole: bool = True) -> Dialect:
    """The dialect of a text by its first lines; the delimiter is NONE where nothing stands between columns.

    `is_whole` says that these are all lines; else the last record may be cut.
    """
    hint = lines[0].text.strip().strip('"') if lines else ""
    if hint.casefold().startswith(HINT) and len(hint) == len(HINT) + 1:
        return _dialect(lines, hint[-1])._replace(has_hint=True)
    if delimiter:
        return _dialect(lines, delimiter)
    scores = {one: _score(lines, _dialect(lines, one), is_whole=is_whole) for one in DELIMITERS}
    best = max(DELIMITERS, key=lambda one: scores[one])
    return _dialect(lines, best if scores[best] > 0 else NONE)


def records(lines: Iterable[Line], dialect: Dialect, *, is_whole: bool = True) -> Iterator[Record]:
    """Every record that isn't blank; one whose quotes are wrong is its line as it stands, and the next line goes on.

    Where the lines aren't the whole, a record that their end cuts is left out.
    """
    csv.field_size_limit(2 * RECORD_LIMIT)
    source = _Lines(lines)
    if dialect.has_hint:
        source.take()
    number = 0
    while (line := source.take()) is not None:
        number += 1
        if '"' not in line.text:
            cells, fault = _parse([line.text], dialect, strict=False), _cut([line])
        else:
            cells, fault = _quoted(line, source, dialect)
            if source.has_ended and fault == OPEN and not is_whole:
                return
        if len(cells) > 1 or (cells and cells[0].strip()):
            yield Record(number, cells, fault)


class _Lines:
    """Lines, some of which may be given back."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._lines, self._back = iter(lines), deque[Line]()
        self.has_ended = False

    def take(self) -> Line | None:
        if self._back:
            return self._back.popleft()
        line = next(self._lines, None)
        self.has_ended = line is None
        return line

    def give_back(self, lines: list[Line]) -> None:
        self._back.extendleft(reversed(lines))


def _quoted(first: Line, source: _Lines, dialect: Dialect) -> tuple[list[str], str]:
    """A record that may go on over several lines, taken from the source as far as its quotes say."""
    taken: list[Line] = []

    def feed() -> Iterator[str]:
        size, line = 0, first
        while True:
            yield line.text
            size += len(line.text)
            following = source.take() if size < RECORD_LIMIT else None
            if following is None:
                return
            taken.append(following)
            line = following

    try:
        return _parse(feed(), dialect, strict=True), _cut([first, *taken])
    except csv.Error:
        source.give_back(taken)
        is_open = dialect.delimiter != NONE and first.text.count('"') % 2 == 1
        return _parse([first.text], dialect, strict=False), _cut([first]) or (OPEN if is_open else "")


def _cut(lines: Iterable[Line]) -> str:
    return CUT.format(limit=LINE_LIMIT) if any(line.is_cut for line in lines) else ""


def _parse(lines: Iterable[str], dialect: Dialect, *, strict: bool) -> list[str]:
    reader = csv.reader(
        lines,
        delimiter=dialect.delimiter,
        skipinitialspace=dialect.skips_spaces,
        escapechar=dialect.escape,
        strict=strict,
    )
    try:
        cells = next(reader, [])
    except csv.Error:
        if strict:
            raise
        return [line.rstrip("\r\n") for line in lines]
    # A quote that is never closed takes the line's ending in, too.
    if cells and not strict:
        cells[-1] = cells[-1].rstrip("\r\n")
    return cells


def _dialect(lines: list[Line], delimiter: str) -> Dialect:
    text = "".join(line.text[:10_000] for line in lines)
    spaced, tight = text.count(f'{delimiter} "'), text.count(f'{delimiter}"')
    # A backslash before a quote that ends its cell is only the cell's last letter.
    inside = re.search(rf'\\"(?![ ]*(?:{re.escape(delimiter)}|[\r\n]|$))', text)
    return Dialect(delimiter, spaced > tight, "\\" if inside and '""' not in text else None)


def _score(lines: list[Line], dialect: Dialect, *, is_whole: bool) -> float:
    """How well a delimiter explains the lines: the share of records with as many cells as the first; 0 for not at all.

    Prose has commas, too: only a header, or nearly all records alike, makes columns of them.
    """
    found = [record.cells for record in records(lines, dialect, is_whole=is_whole)]
    counts = [len(cells) for cells in found]
    if not counts or counts[0] < 2:
        return 0.0
    same = counts.count(counts[0]) / len(counts)
    if not any(is_called(cell.strip()) for cell in found[0]):
        text = "".join(line.text[:10_000] for line in lines)
        is_prose = 2 * text.count(f"{dialect.delimiter} ") > text.count(dialect.delimiter)
        if same < MOST or (is_prose and not dialect.skips_spaces):
            return 0.0
    # Among those that explain all, the one with more columns.
    return same + min(counts[0], 50) / 1000
