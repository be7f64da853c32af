"""A row to be read: its text, what stood beside it, and why it can't be read when it can't; pure."""

from dataclasses import dataclass
from datetime import date

TEXT_LIMIT = 20_000
EMPTY = "It is empty."
LONG = "It has {count:,} characters; at most {limit:,} are read."
NUL = "It holds a NUL character."
HALF = "It holds half a character."
SHORT = "The row has {cells} of {columns} columns."
WIDE = "The row has {cells} columns where the header has {columns}."


@dataclass(frozen=True, slots=True)
class Row:
    """`number` counts as a spreadsheet does, the header being 1; `cells` has one for every column of the source."""

    number: int
    text: str
    cells: tuple[str, ...] = ()
    on: date | None = None
    group: str = ""
    skipped: str = ""


def fault(text: str) -> str:
    """Why a text can't be read, in a sentence; empty when it can."""
    if not text.strip():
        return EMPTY
    if len(text) > TEXT_LIMIT:
        return LONG.format(count=len(text), limit=TEXT_LIMIT)
    if "\0" in text:
        return NUL
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        return HALF
    return ""
