"""Which column of a table holds the comments, which the dates and which the groups, and why it seems so; pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot import sentiment_cells, sentiment_dates, sentiment_people
from bot.sentiment_cells import looked_at
from bot.sentiment_column_names import COMMENTS, DATES, GROUPS, PERHAPS, TEXTS, THINGS, is_called, is_ours, words
from bot.sentiment_dates import Dates
from bot.sentiment_encoding import SourceError

NO_COLUMN = "{name} has no column {wanted!r}; its columns are {columns}."
NO_TEXT = (
    "No column of {name} holds comments; its columns are {columns}. Name the one that does: in the form, or by "
    "--column."
)
NOTHING_IN_IT = "Column {column!r} of {name} holds nothing; name another one that does. Its columns are {columns}."
NOT_DATES = "Column {column!r} of {name} holds no dates that can be read, such as 2026-11-20; e.g. {example!r}."
BOTH = "Column {column!r} of {name} can't hold the comments and the groups, too; name another for one of them."
COLLEAGUES = (
    "Column {column!r} seems to name people, and Copydesk doesn't compare people; choose another group. If it names "
    "something else, call it “group” in the file."
)
READ = "The comments are in column “{column}” ({why})."
SAME_NAME = "{number} columns are called so, and number {at} of the file is read; another is chosen by its number."
DATED = "The dates are in column “{column}”."
GROUPED = "The groups are in column “{column}” ({groups} in the first rows)."
NAMED = "as you said"
BY_NAME = "by its name"
BY_WORDS = "{words:.0f} words a cell, more than any other"

NAMED_WEIGHS = 20
"""Words a cell in a column of another name that outweigh one in a column that is called as comments are."""
SHOWN_COLUMNS = 20
MOST_GROUPS, LONGEST_GROUP, FEWEST_A_GROUP = 12, 40, 3


@dataclass(frozen=True, slots=True)
class Columns:
    """Places of the columns, from 0; `date` and `group` are None where there are none. `notes` say what was found."""

    names: tuple[str, ...]
    text: int
    date: int | None = None
    dates: Dates | None = None
    group: int | None = None
    has_header: bool = True
    notes: tuple[str, ...] = ()


def has_header(rows: Sequence[Sequence[str]], *, named: Sequence[str] = ()) -> bool:
    """Whether the first row names the columns: as a person did, by words that columns are called, or by its kind."""
    if not rows:
        return False
    first = [cell.strip() for cell in rows[0]]
    lower = [cell.casefold() for cell in first]
    # "2" is the second column, and not what a rating in the first row happens to be.
    if any(name.casefold() in lower for name in named if name and not name.strip().isdecimal()):
        return True
    if not any(first) or any(len(cell) > 60 or sentiment_cells.is_link(cell) for cell in first):
        return False
    if any(is_called(cell) for cell in first):
        return True
    if len(set(filter(None, lower))) < len(list(filter(None, lower))):
        return False
    below = rows[1:]
    return any(sentiment_cells.are_figures([row[at] for row in below if at < len(row)]) for at in range(len(first)))


def find(
    rows: Sequence[Sequence[str]],
    name: str,
    *,
    text: str | None = None,
    date: str | None = None,
    group: str | None = None,
) -> Columns:
    """The columns by the first rows, header included, and by what a person named; raises SourceError."""
    header = has_header(rows, named=[one for one in (text, date, group) if one])
    width = len(rows[0])
    given = [cell.strip() for cell in rows[0]] if header else [""] * width
    names = tuple(cell or f"column {at}" for at, cell in enumerate(given, 1))
    below = [[row[at] for row in rows[header:] if at < len(row)] for at in range(width)]
    at, why = (_place(names, text, name), NAMED) if text else _text(names, below, name)
    notes = [READ.format(column=names[at], why=why)] if width > 1 else []
    same = sum(one.casefold() == names[at].casefold() for one in names)
    notes += [SAME_NAME.format(number=same, at=at + 1)] if same > 1 else []
    on, dates = _date(names, below, name, date, at)
    by = _group(names, below, name, group, {at, on})
    if by == at:
        raise SourceError(BOTH.format(column=names[at], name=name))
    if on is not None and dates is not None:
        notes += [DATED.format(column=names[on]), *([dates.note] if dates.note else [])]
    if by is not None:
        shown = ", ".join(f"“{one[:LONGEST_GROUP]}”" for one, _ in Counter(looked_at(below[by])).most_common(4))
        notes.append(GROUPED.format(column=names[by], groups=shown or "none"))
    return Columns(names, at, on, dates, by, header, tuple(notes))


def is_people(name: str, cells: Sequence[str]) -> bool:
    """Whether a column names people: by its own name, or by its cells unless it is called as other groups are.

    >>> [is_people(name, []) for name in ("Served by", "chef", "store name", "customer segment")]
    [True, True, False, False]
    >>> [is_people(name, ["Anna Smith", "Bob Jones"]) for name in ("q7", "store")]
    [True, False]
    """
    called = words(name)
    if sentiment_cells.are_addresses(cells):
        return True
    if sentiment_people.head(called) in THINGS:
        return False
    return bool(sentiment_people.PEOPLE & set(called)) or sentiment_people.are_names(cells)


def _place(names: Sequence[str], wanted: str, name: str) -> int:
    """Where the column is that a person named, in any case, or numbered from 1."""
    lower = [one.strip().casefold() for one in names]
    if wanted.strip().casefold() in lower:
        return lower.index(wanted.strip().casefold())
    if wanted.isdecimal() and 1 <= int(wanted) <= len(names):
        return int(wanted) - 1
    raise SourceError(NO_COLUMN.format(name=name, wanted=wanted, columns=_listed(names)))


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(repr(one[:60]) for one in names[:SHOWN_COLUMNS])
    return shown + (f" and {len(names) - SHOWN_COLUMNS} more" if len(names) > SHOWN_COLUMNS else "")


def _text(names: Sequence[str], below: Sequence[Sequence[str]], name: str) -> tuple[int, str]:
    """The column with most words of its own a cell, those that are called as comments are first."""
    if len(names) == 1:
        cells = looked_at(below[0])
        if cells and all(map(sentiment_cells.is_link, cells)):
            raise SourceError(NO_TEXT.format(name=name, columns=_listed(names)))
        return 0, ""
    lengths = [sentiment_cells.words_a_cell(cells) for cells in below]
    # What the company wrote is read only where nothing else could be.
    theirs = [at for at in range(len(names)) if not is_ours(names[at])]
    if not any(lengths[at] for at in theirs):
        theirs = list(range(len(names)))
    for known in (COMMENTS, PERHAPS):
        called = [at for at in theirs if _rank(names[at], known)]
        if filled := [at for at in called if lengths[at]]:
            best = max(theirs, key=lambda at: lengths[at] * (NAMED_WEIGHS if at in filled else 1))
            return best, BY_NAME if best in filled else BY_WORDS.format(words=max(1, lengths[best]))
        if known is COMMENTS and (empty := [at for at in called if below[at] and not looked_at(below[at])]):
            raise SourceError(NOTHING_IN_IT.format(column=names[empty[0]], name=name, columns=_listed(names)))
    best = max(theirs, key=lambda at: lengths[at])
    if lengths[best]:
        return best, BY_WORDS.format(words=max(1, lengths[best]))
    if called := [at for at in theirs if _rank(names[at], TEXTS)]:
        return called[0], BY_NAME
    raise SourceError(NO_TEXT.format(name=name, columns=_listed(names)))


def _rank(name: str, known: frozenset[str]) -> bool:
    return bool(known & set(words(name)))


def _date(
    names: Sequence[str], below: Sequence[Sequence[str]], name: str, wanted: str | None, text: int
) -> tuple[int | None, Dates | None]:
    if wanted:
        at = _place(names, wanted, name)
        dates = sentiment_dates.recognise(below[at], numbers=True)
        if dates is None:
            example = next(iter(looked_at(below[at])), "")[:40]
            raise SourceError(NOT_DATES.format(column=names[at], name=name, example=example))
        return at, dates
    known = [at for at, one in enumerate(names) if at != text and _rank(one, DATES)]
    rest = [at for at in range(len(names)) if at != text and at not in known]
    for at in [*known, *rest]:
        if dates := sentiment_dates.recognise(below[at], numbers=at in known):
            return at, dates
    return None, None


def _group(
    names: Sequence[str], below: Sequence[Sequence[str]], name: str, wanted: str | None, taken: set[int | None]
) -> int | None:
    if wanted:
        at = _place(names, wanted, name)
        if is_people(names[at], below[at]):
            raise SourceError(COLLEAGUES.format(column=names[at]))
        return at
    fit = [at for at in range(len(names)) if at not in taken and _may_group(names[at], below[at])]
    return next((at for at in fit if _rank(names[at], GROUPS)), None)


def _may_group(name: str, cells: Sequence[str]) -> bool:
    """Few short words that come back, and that name nobody."""
    filled = looked_at(cells)
    kinds = set(filled)
    few = 2 <= len(kinds) <= MOST_GROUPS and len(filled) >= FEWEST_A_GROUP * len(kinds)
    return few and max(map(len, kinds)) <= LONGEST_GROUP and not is_people(name, cells)
