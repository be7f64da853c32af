"""A CSV that came back with labels changed: what a person put right, row by row, and what can't be taken."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from bot import sentiment_csv, sentiment_encoding, sentiment_source
from bot.sentiment_encoding import SourceError
from bot.sentiment_out import AS_READ, LABEL, ON_ASPECT, PROBABILITY, escape, mark_of, unescape
from bot.sentiment_source import FileSource
from model.sentiment import LABELS
from storage.sentiment import ABSENT

NOT_OURS = (
    "{name} has no column “as read: …”, as a CSV has that `copydesk sentiment --out` or Slack gave: without it nobody "
    "can tell what was changed. Have the comments read again, and put the labels right in the CSV that comes back."
)
NO_LABELS = "{name} has no column {column!r} any more, so there are no labels in it; leave our columns where they are."
SAME_NAME = (
    "{name} has {number} columns {column!r}, so nobody can tell which of them was read. Rename the one that wasn't "
    "read, and try again."
)
ONCE = " (copydesk)"
NO_LABEL = "{said!r} is no label; write {allowed}"
NO_SHARE = "its probability {said!r} isn't between 0 and 1; write there what it was, or take the whole column out"
EMPTIED = "the label is gone; write {allowed}"
NOT_READ = "this row was not read, so there is nothing to put right"
OTHERWISE = "row {row} says {label} of the same comment"


@dataclass(frozen=True, slots=True)
class Answer:
    """A label that was given, of a comment or of an aspect in it, and what came back.

    `refused` says why what came back can't be taken; it is empty where it can, or where nothing was changed.
    """

    row: int
    text: str
    aspect: str
    was: str
    label: str
    probability: float = 0.0
    refused: str = ""

    @property
    def is_changed(self) -> bool:
        """Whether a person wrote another label."""
        return self.label != self.was or bool(self.refused)


@dataclass(frozen=True, slots=True)
class Returned:
    """The file, and where our columns are in it; `aspects` by name.

    An aspect's column before `begin` may be the file's own: it counts where the row was read as one with that aspect.
    """

    source: FileSource
    as_read: int
    label: int
    probability: int | None
    aspects: tuple[tuple[str, int], ...]
    begin: int

    def answers(self) -> Iterator[Answer]:
        """Every label that was given, in the file's order; raises SourceError when the disk fails."""
        said: dict[tuple[str, str], Answer] = {}
        for row in self.source.rows():
            cells = [unescape(cell).strip() for cell in row.cells]
            label, on = parse(cells[self.as_read])
            text, share = unescape(row.text), "" if self.probability is None else cells[self.probability]
            # Its cells may stand in each other's places, so that none of them says anything.
            if label and row.skipped:
                yield Answer(row.number, text, "", label, "", refused=_reason(row.skipped))
                continue
            questions = [("", label, cells[self.label], share)]
            on_aspects = [(aspect, at) for aspect, at in self.aspects if at >= self.begin or aspect in on]
            questions += [(aspect, on.get(aspect, ABSENT), cells[at] or "", "") for aspect, at in on_aspects]
            for aspect, was, now, said_share in questions:
                found = _answer(row.number, text, aspect, was, now.casefold(), said_share, is_read=bool(label))
                if found is not None:
                    yield _agreeing(found, said)


def open_file(path: Path) -> Returned:
    """Find the columns of a CSV that went out; raises SourceError for another file."""
    header = [unescape(cell.strip()) for cell in _header(path)]
    ours = [at for at, name in enumerate(header) if name.startswith(AS_READ)]
    if not ours:
        raise SourceError(NOT_OURS.format(name=path.name))
    # What came back may have been read again: then our columns are there twice, and the newest are what counts.
    as_read = max(ours, key=lambda at: (mark_of(header[at])[0], at))
    _, mark = mark_of(header[as_read])
    places = _places(header, mark)
    if LABEL not in places:
        raise SourceError(NO_LABELS.format(name=path.name, column=f"{LABEL}{mark}"))
    aspects = [(name.removeprefix(ON_ASPECT), at) for name, at in places.items() if name.startswith(ON_ASPECT)]
    text = header[as_read].removeprefix(AS_READ).removesuffix(mark)
    number = sum(name.casefold() == text.casefold() for name in header)
    if number > 1:
        raise SourceError(SAME_NAME.format(name=path.name, number=number, column=text))
    source = sentiment_source.from_file(path, column=escape(text))
    begin = 0 if mark else places[LABEL]
    return Returned(source, as_read, places[LABEL], places.get(PROBABILITY), tuple(aspects), begin)


def parse(cell: str) -> tuple[str, dict[str, str]]:
    """What was read, from its cell: the label, and those of the aspects.

    >>> parse("unsure; food: negative")
    ('unsure', {'food': 'negative'})
    """
    label, *rest = cell.split("; ")
    pairs = (one.rpartition(": ") for one in rest)
    return label, {aspect: said for aspect, _, said in pairs}


def _header(path: Path) -> Sequence[str]:
    text = sentiment_encoding.open_text(path, "")
    with closing(text.lines()) as lines:
        first = sentiment_csv.sample(lines)
    found = sentiment_csv.records(first, sentiment_csv.sniff(first), is_whole=False)
    return next((record.cells for record in found), ())


def _places(header: Sequence[str], mark: str) -> dict[str, int]:
    """Where our columns are, by their names without the mark.

    Once “as read: …” had no mark, and of the others only those had one whose names were taken.
    """
    if mark:
        return {name.removesuffix(mark): at for at, name in enumerate(header) if name.endswith(mark)}
    # Sorted, so that those with the mark come last, and count.
    places = sorted(enumerate(header), key=lambda one: one[1].endswith(ONCE))
    return {name.removesuffix(ONCE): at for at, name in places}


def _reason(skipped: str) -> str:
    """Why a row can't be read, as the end of a sentence."""
    return f"{skipped[:1].lower()}{skipped[1:].rstrip('.')}"


def _probability(cell: str) -> float | None:
    """A probability as a spreadsheet writes it, with a comma where its language has one; 0 for none, None for no such.

    >>> _probability("0.900"), _probability("0,900"), _probability("900")
    (0.9, 0.9, None)
    """
    try:
        found = float(cell.replace(",", ".")) if cell else 0.0
    except ValueError:
        return None
    return found if 0 <= found <= 1 else None


def _answer(row: int, text: str, aspect: str, was: str, now: str, share: str, *, is_read: bool) -> Answer | None:
    """What came back of a label; None where there is none, and nobody wrote one."""
    kinds = (*LABELS, ABSENT) if aspect else LABELS
    allowed = f"{', '.join(kinds[:-1])} or {kinds[-1]}"
    if aspect and was == ABSENT and not now:
        return None
    if not is_read:
        return Answer(row, text, aspect, "", now, refused=NOT_READ) if now else None
    probability = _probability(share)
    if now == was:
        return Answer(row, text, aspect, was, now, probability or 0.0)
    refused = NO_SHARE.format(said=share) if probability is None else ""
    if not now:
        refused = EMPTIED.format(allowed=allowed)
    elif now not in kinds:
        refused = NO_LABEL.format(said=now, allowed=allowed)
    return Answer(row, text, aspect, was, now, probability or 0.0, refused)


def _agreeing(found: Answer, said: dict[tuple[str, str], Answer]) -> Answer:
    """The answer, refused where an earlier row says something else of the same comment."""
    if not found.is_changed or found.refused:
        return found
    key = (" ".join(found.text.casefold().split()), found.aspect)
    first = said.setdefault(key, found)
    if first.label == found.label:
        return found
    why = OTHERWISE.format(row=first.row, label=first.label)
    return Answer(found.row, found.text, found.aspect, found.was, found.label, found.probability, why)
