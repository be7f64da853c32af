"""Reads the dates of a column in the way that all of it is written in; pure."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

FIRST_YEAR, LAST_YEAR = 1990, 2100
ENOUGH = 0.9
"""The share of a column's cells that have to be dates for it to be a column of dates."""
AMBIGUOUS = "Dates such as {example} are read as {shown}; no date in the file says otherwise."
SHOWN = {"dmy": "day/month/year", "mdy": "month/day/year"}

_MONTHS = re.findall("[a-z]+", "jan feb mar apr may jun jul aug sep oct nov dec")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ,].*)?", re.DOTALL)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:[T ]?\d{4,6}Z?)?")
_NUMBERS = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?:[T ,].*)?", re.DOTALL)
_DAY_FIRST = re.compile(
    r"(?:[a-z]{3,9}\.?,? )?(\d{1,2})(?:st|nd|rd|th)?[ -]([a-z]{3,9})\.?,?[ -](\d{4}|\d{2})(?:[ ,].*)?"
)
_MONTH_FIRST = re.compile(r"(?:[a-z]{3,9}\.?,? )?([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?:[ ,].*)?")
_TWITTER = re.compile(r"[a-z]{3} ([a-z]{3}) (\d{1,2}) [\d:]+ \+\d{4} (\d{4})")
_MONTH = re.compile(r"(\d{4})-(\d{2})|([a-z]{3,9})\.? (\d{4})")
_WEEK = re.compile(r"(\d{4})-?w(\d{2})")
_EPOCH = re.compile(r"(\d{10})(?:\.\d+)?|(\d{13})")
_HOURS = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])")
_LONGEST = 60

Way = Callable[[str], date | None]


@dataclass(frozen=True, slots=True)
class Dates:
    """A way to read the dates of a column, and a sentence on what is only presumed about it.

    `other` reads them as well, with day and month in each other's place.
    """

    read: Way
    note: str = ""
    other: Way | None = None

    def decided(self, cells: Iterable[str]) -> "Dates":
        """The one of the two ways that the first cell which only one of them reads is written in."""
        if self.other is None:
            return self
        for cell in cells:
            ours, theirs = self.read(cell), self.other(cell)
            if (ours is None) != (theirs is None):
                return Dates(self.other if ours is None else self.read)
        return self


def recognise(cells: Iterable[str], *, numbers: bool = False) -> Dates | None:
    """The way that reads nearly all the cells that aren't empty; None when none does.

    Bare numbers (20261120, or seconds since 1970), months (2026-11) and weeks (2026-W47) are dates only with `numbers`,
    where a column's name says so.
    """
    filled = [cell.strip() for cell in cells if cell.strip()]
    if not filled:
        return None
    ways: Sequence[Way] = (_iso, _words, _numbers("dmy"), _numbers("mdy"), *((_bare, _months) if numbers else ()))
    shares = [sum(way(cell) is not None for cell in filled) / len(filled) for way in ways]
    best = max(range(len(ways)), key=lambda at: shares[at])  # the first of equals: day before month
    if shares[best] < ENOUGH:
        return None
    if best == 2 and shares[2] == shares[3] and (example := _ambiguous(filled)):
        return Dates(ways[best], AMBIGUOUS.format(example=example, shown=SHOWN["dmy"]), ways[3])
    return Dates(ways[best])


def _ambiguous(cells: list[str]) -> str:
    """A date that is another one when day and month change places."""
    return next((cell for cell in cells if _numbers("dmy")(cell) != _numbers("mdy")(cell)), "")


def _made(year: str, month: str | int, day: str) -> date | None:
    if len(year) == 2:
        year = f"20{year}" if int(year) < FIRST_YEAR % 100 else f"19{year}"
    try:
        return date(int(year), int(month), int(day)) if FIRST_YEAR <= int(year) <= LAST_YEAR else None
    except ValueError:
        return None


def _iso(cell: str) -> date | None:
    found = _ISO.fullmatch(cell.strip()) if len(cell) <= _LONGEST else None
    return _made(*found.groups()) if found else None


def _numbers(order: str) -> Way:
    def read(cell: str) -> date | None:
        found = _NUMBERS.fullmatch(cell.strip()) if len(cell) <= _LONGEST else None
        if not found:
            return None
        one, two, year = found.groups()
        return _made(year, two, one) if order == "dmy" else _made(year, one, two)

    return read


def _words(cell: str) -> date | None:
    """Dates whose month is a word, as people, e-mail and Twitter write them."""
    text = cell.strip().casefold()
    if len(text) > _LONGEST:
        return None
    if found := _DAY_FIRST.fullmatch(text):
        day, month, year = found.groups()
    elif found := _TWITTER.fullmatch(text) or _MONTH_FIRST.fullmatch(text):
        month, day, year = found.groups()
    else:
        return None
    return _made(year, _MONTHS.index(month[:3]) + 1, day) if month[:3] in _MONTHS else None


def _months(cell: str) -> date | None:
    """The first day of a month or a week."""
    text = cell.strip().casefold()
    if found := _WEEK.fullmatch(text):
        try:
            return date.fromisocalendar(int(found[1]), int(found[2]), 1)
        except ValueError:
            return None
    if not (found := _MONTH.fullmatch(text)):
        return None
    month = found[2] or (_MONTHS.index(found[3][:3]) + 1 if found[3][:3] in _MONTHS else 0)
    return _made(found[1] or found[4], month, "1")


def _bare(cell: str) -> date | None:
    if found := _EPOCH.fullmatch(cell.strip()):
        seconds = int(found[1] or found[2][:10])
        day = datetime.fromtimestamp(seconds, UTC).date()
        # Hours written as 2026112010 would be seconds of the year 2034.
        return None if _HOURS.fullmatch(cell.strip()) else day if FIRST_YEAR <= day.year <= LAST_YEAR else None
    found = _COMPACT.fullmatch(cell.strip())
    return _made(*found.groups()) if found else None
