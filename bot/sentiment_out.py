"""The CSV that goes back: the original columns and what was read, safe in a spreadsheet, whole or not there."""

import csv
import os
import re
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from bot.sentiment_encoding import SourceError
from bot.sentiment_rows import Row
from model.sentiment import Feeling, Reading

LABEL, LIKELIEST, PROBABILITY, WORDS, SKIPPED = "sentiment", "most likely", "probability", "words", "skipped"
"""The probability is that of the likeliest label, which is the label unless that is “unsure”."""
ON_ASPECT, ITS_PROBABILITY = "aspect: ", "probability: "
AS_READ = "as read: "
"""Begins the name of the last column, which goes on with that of the comments. What stands in it tells what people
changed in the columns before it: the label of the text, and after it those of the aspects that it mentions."""
UNWRITABLE = "{path} can't be written: {reason}."
# A spreadsheet runs a cell that begins so; the wide forms are the same to some of them (OWASP, CSV injection). What
# can't be seen before it doesn't keep it from that: blanks, NUL, marks of order and of direction.
_FORMULA = re.compile(
    "[\0 \u00a0\u00ad\u180e\u2000-\u200f\u202a-\u202f\u2060-\u206f\u3000\ufeff]*[=+\\-@\t\r\n＝＋－＠]"
)
_NUMBER = re.compile(r"\s*[+-]?\d+(?:[.,]\d+)*\s?%?\s*")
# Where a spreadsheet's separator is another one than the comma, a cell begins after each of these, quoted or not.
_PART = re.compile(r'([;\t\r\n]"*)([^;\t\r\n"][^;\t\r\n]*)')

_MARK = re.compile(r" \(copydesk(?: (\d+))?\)$")
_MADE_SAFE = re.compile(r"""(^|[;\t\r\n]"*)'""")


def escape(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula, not even for several cells; plain numbers stay as they are.

    >>> escape("=HYPERLINK(1)"), escape("-5.2"), escape("- too slow"), escape("foo;=1+1")
    ("'=HYPERLINK(1)", '-5.2', "'- too slow", "foo;'=1+1")
    """
    return _PART.sub(lambda found: f"{found[1]}{_safe(found[2])}", _safe(cell))


def _safe(cell: str) -> str:
    # A smile is no formula: no formula goes on with a closing bracket.
    is_formula = _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) and cell[1:2] != ")"
    return f"'{cell}" if is_formula else cell


class CsvBack:
    """A CSV that is written row by row beside its place, and put there when all of it is; a context manager.

    In UTF-8 with its mark, for Excel. Raises SourceError when the disk can't be written.
    """

    def __init__(
        self, path: Path, columns: Sequence[str], aspects: Sequence[str], *, explain: bool, column: str = ""
    ) -> None:
        """`column` is the one with the comments, the first unless it is named."""
        path = path.resolve()  # what a link leads to is written, and the link stays
        self._path, self._aspects, self._explain = path, tuple(aspects), explain
        self._column = column or columns[0]
        self._columns = tuple(columns)
        self._partial = path.with_name(f".{path.name}.{os.getpid()}.part")
        self._file: IO[str] | None = None
        self._writer: Any = None

    def __enter__(self) -> "CsvBack":
        try:
            self._file = self._partial.open("w", encoding="utf-8-sig", newline="", errors="replace")
            self._writer = csv.writer(self._file, quoting=csv.QUOTE_ALL)
            self._writer.writerow([escape(name) for name in self.header()])
        except OSError as error:
            raise self._failed(error) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if self._file is not None:
                self._put(self._file, whole=kind is None)
        except OSError as failure:
            raise self._failed(failure) from failure
        finally:
            self._partial.unlink(missing_ok=True)

    def _put(self, file: IO[str], *, whole: bool) -> None:
        with file:
            if whole:
                file.flush()
                os.fsync(file.fileno())
        if whole:
            self._partial.replace(self._path)

    def header(self) -> list[str]:
        """The original columns and ours, all of which are marked where one could be taken for an original."""
        ours = [LABEL, LIKELIEST, PROBABILITY]
        ours += [f"{about}{aspect}" for aspect in self._aspects for about in (ON_ASPECT, ITS_PROBABILITY)]
        ours += [WORDS] if self._explain else []
        ours += [SKIPPED, f"{AS_READ}{self._column}"]
        mark = _free_mark(self._columns, ours)
        return [*self._columns, *(f"{one}{mark}" for one in ours)]

    def write(self, row: Row, reading: Reading) -> None:
        """Add a row."""
        feeling = reading.feeling
        found = [feeling.shown, feeling.label, f"{feeling.probability:.3f}"] if feeling else [""] * 3
        on = {line.aspect: line.feeling for line in reading.aspects}
        found += [cell for aspect in self._aspects for cell in _of_aspect(on.get(aspect))]
        found += [weights(reading)] if self._explain else []
        cells = [escape(cell) for cell in (*row.cells, *found, reading.skipped, as_read(reading))]
        try:
            self._writer.writerow(cells)
        except OSError as error:
            raise self._failed(error) from error

    def _failed(self, error: OSError) -> SourceError:
        return SourceError(UNWRITABLE.format(path=self._path, reason=error.strerror))


def mark_of(name: str) -> tuple[int, str]:
    """The mark that a column's name ends with, and its number: 0 and nothing where it has none.

    >>> mark_of("sentiment"), mark_of("sentiment (copydesk)"), mark_of("as read: text (copydesk 3)")
    ((0, ''), (1, ' (copydesk)'), (3, ' (copydesk 3)'))
    """
    found = _MARK.search(name)
    return (int(found[1] or 1), found[0]) if found else (0, "")


def _free_mark(columns: Sequence[str], ours: Sequence[str]) -> str:
    """What tells our columns from a file's own, whatever their case; nothing where none of those is like ours."""
    taken = [name.strip().casefold() for name in columns]
    highest = max((mark_of(name)[0] for name in taken), default=0)
    names = {name.casefold() for name in ours}
    if not highest and not any(name in names or name.startswith((ON_ASPECT, AS_READ)) for name in taken):
        return ""
    return " (copydesk)" if not highest else f" (copydesk {highest + 1})"


def as_read(reading: Reading) -> str:
    """What was read, in a cell: the label, and each aspect that is mentioned with its own; empty where nothing was."""
    if reading.feeling is None:
        return ""
    return "; ".join([reading.feeling.shown, *(f"{one.aspect}: {one.feeling.shown}" for one in reading.aspects)])


def unescape(cell: str) -> str:
    """A cell as it was before it was made safe; one that `escape` didn't change is as it is.

    >>> unescape("'- too slow"), unescape("'twas great"), unescape("foo;'=1+1")
    ('- too slow', "'twas great", 'foo;=1+1')
    """
    plain = _MADE_SAFE.sub(r"\1", cell)
    return plain if escape(plain) == cell else cell


def _of_aspect(feeling: Feeling | None) -> tuple[str, str]:
    """Its label and how likely that is; where it is unsure there is no label that a probability could be of."""
    if feeling is None:
        return "", ""
    return feeling.shown, f"{feeling.probability:.3f}" if feeling.sure else ""


def weights(reading: Reading, most: int = 6) -> str:
    """The words that moved the label most, with their signed weights."""
    ordered = sorted(reading.words, key=lambda one: -abs(one.weight))[:most]
    return "; ".join(f"{one.word} {one.weight:+.2f}" for one in ordered)
