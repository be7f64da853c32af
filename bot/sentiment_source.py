"""Where comments come from: pasted lines, a text file with one a line, or a table; read as a stream."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from io import StringIO
from pathlib import Path
from typing import Protocol

from bot import sentiment_columns, sentiment_csv, sentiment_encoding, sentiment_garbled
from bot.sentiment_columns import Columns
from bot.sentiment_csv import CUT, NONE, Dialect, Record
from bot.sentiment_encoding import LINE_LIMIT, OTHER, Encoding, Line, SourceError, Text
from bot.sentiment_garbled import mended
from bot.sentiment_rows import SHORT, WIDE, Row, fault

__all__ = ["FileSource", "Source", "SourceError", "Texts", "from_file", "from_text", "from_texts", "told_apart"]

TEXT_COLUMN = "text"
LINES = "Every line is one comment."
NO_LINES = "{name} holds no comments: all of its lines are blank."
NO_ROWS = "{name} has a header and no rows under it."
NOT_A_TABLE = "{name} has one column only, so there is no column {wanted!r}."
WRITTEN_IN = "The file is {encoding}{delimiter}."
BETWEEN = {",": ", with commas", "\t": ", with tabs", ";": ", with semicolons", "|": ", with bars", NONE: ""}
# Of objects, or of texts; a comment may begin with a bracket, too.
_JSON = re.compile(r"\s*(?:\[\s*(?:[{\[\"]|$)|\{\s*(?:\"[^\"\n]*\"\s*:|$))")
NO_HEADER = "Its first row is a row as the others are: no header was found."


class Source(Protocol):
    """Rows from somewhere. `position` grows to `total` as they are read: bytes of a file, else characters."""

    @property
    def name(self) -> str:
        """What it is called where people read it."""
        ...

    @property
    def columns(self) -> tuple[str, ...]:
        """What the cells of each row are called."""
        ...

    @property
    def column(self) -> str:
        """The column of comments."""
        ...

    @property
    def notes(self) -> tuple[str, ...]:
        """How it is read, in sentences; empty for pasted lines."""
        ...

    @property
    def date(self) -> str:
        """The column of dates; empty when there is none."""
        ...

    @property
    def group(self) -> str:
        """The column of groups; empty when there is none."""
        ...

    @property
    def position(self) -> int:
        """How far the newest reading is."""
        ...

    @property
    def total(self) -> int:
        """Where it will end."""
        ...

    def rows(self) -> Iterator[Row]:
        """All rows from the first; raises SourceError when the disk fails."""
        ...


@dataclass(slots=True)
class Texts:
    """Comments that are in memory already: given one by one, or as pasted lines."""

    texts: Sequence[tuple[int, str]] = field(repr=False)
    name: str = "your lines"
    columns: tuple[str, ...] = (TEXT_COLUMN,)
    column: str = TEXT_COLUMN
    notes: tuple[str, ...] = ()
    date: str = ""
    group: str = ""
    position: int = 0

    @property
    def total(self) -> int:
        """Characters."""
        return sum(len(text) for _, text in self.texts)

    def rows(self) -> Iterator[Row]:
        """A row per comment."""
        self.position = 0
        for number, text in self.texts:
            self.position += len(text)
            yield _plain(number, text)


@dataclass(slots=True)
class FileSource:
    """A file: a table when it has a dialect, else one comment a line."""

    file: Text
    dialect: Dialect | None
    found: Columns
    notes: tuple[str, ...]

    @property
    def name(self) -> str:
        """The file's name."""
        return self.file.name

    @property
    def columns(self) -> tuple[str, ...]:
        """The table's header, or names made up for a table without one."""
        return self.found.names

    @property
    def column(self) -> str:
        """The column of comments."""
        return self.found.names[self.found.text]

    @property
    def date(self) -> str:
        """The column of dates; empty when there is none."""
        return "" if self.found.date is None else self.found.names[self.found.date]

    @property
    def group(self) -> str:
        """The column of groups; empty when there is none."""
        return "" if self.found.group is None else self.found.names[self.found.group]

    @property
    def position(self) -> int:
        """Bytes read."""
        return self.file.position

    @property
    def total(self) -> int:
        """Bytes."""
        return self.file.total

    def rows(self) -> Iterator[Row]:
        """All rows, those under the header."""
        with closing(self.file.lines()) as lines:
            if self.dialect is None:
                for number, line in enumerate(lines, 1):
                    if line.text.strip():
                        yield _plain(number, line.text.rstrip("\r\n"), self.file.encoding, is_cut=line.is_cut)
                return
            waits = self.found.has_header
            for record in sentiment_csv.records(lines, self.dialect):
                if not waits:
                    yield _row(record, self.found, self.dialect, self.file.encoding)
                waits = False


def from_text(text: str, name: str = "your lines") -> Texts:
    """Pasted lines, one comment each, numbered as the lines are; raises SourceError when all are blank."""
    lines = [line.rstrip("\r\n") for line in StringIO(text, newline="")]
    numbered = [(number, line) for number, line in enumerate(lines, 1) if line.strip()]
    if not numbered:
        raise SourceError(NO_LINES.format(name=name))
    return Texts(numbered, name)


def from_texts(texts: Sequence[str], name: str = "your comments") -> Texts:
    """Comments as they are, whatever lines are in them."""
    return Texts(list(enumerate(texts, 1)), name)


def told_apart(names: Sequence[str]) -> list[str]:
    """What files are called beside each other: those of one name, as two shops' exports may be, with their places.

    >>> told_apart(["may.csv", "may.csv"]), told_apart(["may.csv", "june.csv"])
    (['may (1).csv', 'may (2).csv'], ['may.csv', 'june.csv'])
    """
    apart = [f"{Path(name).stem} ({at}){Path(name).suffix}" for at, name in enumerate(names, 1)]
    return [apart[at] if names.count(name) > 1 else name for at, name in enumerate(names)]


def from_file(
    path: Path, *, name: str = "", column: str | None = None, date: str | None = None, group: str | None = None
) -> FileSource:
    """A TXT, CSV or TSV file, its columns found unless they are named; raises SourceError.

    Columns are named in any case, or by their numbers from 1. The suffix of `name` tells plain lines from a table.
    """
    text = sentiment_encoding.open_text(path, name)
    with closing(text.lines()) as lines:
        first = sentiment_csv.sample(lines)
        is_whole = next(lines, None) is None
    if not any(line.text.strip() for line in first):
        raise SourceError(NO_LINES.format(name=text.name))
    if _JSON.match(next(line.text for line in first if line.text.strip())):
        raise SourceError(OTHER.format(name=text.name, kind="JSON"))
    suffix = Path(text.name).suffix.casefold()
    wanted = next((one for one in (column, date, group) if one), "")
    if suffix in (".txt", ".text", ".md", ".log") and not wanted:
        notes = (WRITTEN_IN.format(encoding=text.encoding.shown, delimiter=""), LINES)
        return FileSource(text, None, Columns((TEXT_COLUMN,), 0), notes)
    tabs = "\t" if suffix in (".tsv", ".tab") else ""
    dialect = sentiment_csv.sniff(first, delimiter=tabs, is_whole=is_whole)
    cells = [record.cells for record in sentiment_csv.records(first, dialect, is_whole=is_whole)]
    if len(cells) < 2:
        cells = [record.cells for record in sentiment_csv.records(first, dialect)]
    return _table(text, dialect, cells, {"text": column, "date": date, "group": group})


def _table(text: Text, dialect: Dialect, cells: Sequence[Sequence[str]], named: dict[str, str | None]) -> FileSource:
    found = sentiment_columns.find(cells, text.name, **named)
    if found.has_header and len(cells) == 1:
        raise SourceError(NO_ROWS.format(name=text.name))
    if found.date is not None and found.dates and found.dates.other:
        with closing(text.lines()) as lines:
            dates = found.dates.decided(_cells(lines, dialect, found.date))
        notes = tuple(note for note in found.notes if note != found.dates.note)
        found = replace(found, dates=dates, notes=(*notes, *([dates.note] if dates.note else [])))
    written = WRITTEN_IN.format(encoding=text.encoding.shown, delimiter=BETWEEN.get(dialect.delimiter, ""))
    notes = (written, *([] if found.has_header else [NO_HEADER]), *found.notes)
    return FileSource(text, dialect, found, notes)


def _cells(lines: Iterable[Line], dialect: Dialect, at: int) -> Iterator[str]:
    """A column of a whole file, as far as its rows reach."""
    yield from (record.cells[at] for record in sentiment_csv.records(lines, dialect) if at < len(record.cells))


def _plain(number: int, text: str, encoding: Encoding | None = None, *, is_cut: bool = False) -> Row:
    read = mended(text)
    return Row(number, read, (text,), skipped=CUT.format(limit=LINE_LIMIT) if is_cut else _fault(read, encoding))


def _fault(text: str, encoding: Encoding | None) -> str:
    return fault(text) or sentiment_garbled.fault(text, encoding)


def _row(record: Record, found: Columns, dialect: Dialect, encoding: Encoding) -> Row:
    """A record as a row with a cell for every column, whatever it lacked or had too many of."""
    cells, width = record.cells, len(found.names)
    while len(cells) > width and not cells[-1].strip():
        cells = cells[:-1]
    surplus = len(cells) - width
    if surplus > 0:
        cells = [*cells[: width - 1], dialect.delimiter.join(cells[width - 1 :])]
    padded = (*cells, *[""] * (width - len(cells)))
    text = mended(padded[found.text])
    skipped = record.fault
    # A comment in the last column is whole again, its commas too; what stands in the midst can't be told apart.
    if not skipped and surplus > 0 and found.text != width - 1:
        skipped = WIDE.format(cells=width + surplus, columns=width)
    if not skipped and found.text >= len(cells):
        skipped = SHORT.format(cells=len(cells), columns=width)
    on = found.dates.read(padded[found.date]) if found.date is not None and found.dates else None
    group = mended(padded[found.group].strip()) if found.group is not None else ""
    return Row(record.number, text, padded, on, group, skipped or _fault(text, encoding))
