"""What the cells of a column hold: prose, figures, links or addresses, told by the beginning of each; pure."""

import re
from collections.abc import Sequence

LOOKED_AT = 2000
"""Characters of a cell: it may be a megabyte, and what is at its beginning says what it is."""

# Each is held against a whole cell without blanks around it, and no two of its parts can take the same letters in
# turns: a cell of nothing but blanks, dots or at signs is told as fast as any other.
_LINK = re.compile(r"https?://\S+|[^\s@]+@[^\s@]+\.\w+|[\d\s.,:/%€$£+-]+")
_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+\.\w+|@\w+|[UW][A-Z0-9]{8,}")
_FIGURE = re.compile(r"[-+]?[\d.,:/ -]*\d[%€$£]?")
_WORD = re.compile(r"[^\W\d_]+")


def looked_at(cells: Sequence[str]) -> list[str]:
    """The beginnings of those that hold something."""
    begun = (cell.strip()[:LOOKED_AT].rstrip() for cell in cells)
    return [cell for cell in begun if cell]


def is_link(cell: str) -> bool:
    """Whether a cell is a link, an address or figures: nothing that anybody feels.

    >>> [is_link(cell) for cell in ("https://a.example/1", "a@b.example", "12:30", "", "Nice at 12:30")]
    [True, True, True, False, False]
    """
    return _LINK.fullmatch(cell) is not None


def are_addresses(cells: Sequence[str]) -> bool:
    """Whether most cells are e-mail addresses, handles or Slack's numbers of people."""
    filled = looked_at(cells)
    return bool(filled) and 2 * sum(_ADDRESS.fullmatch(cell) is not None for cell in filled) > len(filled)


def are_figures(cells: Sequence[str]) -> bool:
    """Whether nearly all cells are numbers, dates or amounts."""
    filled = looked_at(cells)
    return bool(filled) and sum(_FIGURE.fullmatch(cell) is not None for cell in filled) > 0.8 * len(filled)


def words_a_cell(cells: Sequence[str]) -> float:
    """Words in the mean cell, less where cells repeat each other; links, addresses and numbers are none."""
    filled = looked_at(cells)
    prose = [cell for cell in filled if not is_link(cell)]
    if not filled or len(prose) < len(filled) / 2:
        return 0.0
    # An emoji says something, too.
    words = sum(max(1, len(_WORD.findall(cell))) for cell in prose) / len(cells)
    return words * len(set(prose)) / len(prose)
