"""Which brand a brief is written for, and what its brief and its row then say."""

from collections.abc import Sequence
from dataclasses import replace

from model.brief import Brief
from model.words import uses
from storage import brands
from storage.brands import Brand, BrandRow
from storage.briefs import BriefRow

NONE = "none"
"""What is named where no brand is wanted, not even the default one."""
BANNED = (
    "{name} never says “{word}”, which this brief must say. Say it in other words, or ask without the brand: "
    "`brand: none`."
)
NEEDED = (
    "Every draft for {name} says “{line}”, and this brief must not say “{word}”. Allow the word, or ask without the "
    "brand: `brand: none`."
)


def chosen(rows: Sequence[BrandRow], named: str) -> BrandRow | None:
    """The brand that is named, by its name or its id, or the default one where none is; KeyError when it is gone."""
    if not named:
        return next((row for row in rows if row.is_default), None)
    if brands.key(named) == NONE:
        return None
    found = next((row for row in rows if row.id == named or brands.key(row.brand.name) == brands.key(named)), None)
    if found is None:
        raise KeyError(named)
    return found


def dressed(brief: Brief, brand: Brand | None) -> Brief:
    """A brief with what its brand adds."""
    if brand is None:
        return brief
    return replace(
        brief,
        brand=brand.name,
        voice=brand.voice,
        known=brand.known,
        banned=brand.banned,
        examples=brand.examples,
        must_say=_with_lines(brief.must_say, brand),
    )


def kept(row: BriefRow, brand: Brand | None) -> BriefRow:
    """A brief's row with its brand as it is now, so that a resumed brief and every new version are told the same.

    The lines that the brand needs are must-say lines of the brief from here on, and are treated as such: a translation
    takes no phrase of the old language along.
    """
    return replace(row, brand=brand, must_say=_with_lines(row.must_say, brand)) if brand else row


def at_odds(must_say: Sequence[str], must_not_say: Sequence[str], brand: Brand | None) -> tuple[str, str] | None:
    """What no draft can be: the field of a brief that its brand makes impossible, and a sentence; None if all is fine.

    A line of the brand that isn't among `must_say` is none of the brief's, as in a translation.
    """
    if brand is None:
        return None
    for line in must_say:
        if word := next((word for word in brand.banned if uses(line, word)), ""):
            return "must_say", BANNED.format(name=brand.name, word=word)
        if line in brand.must_say and (word := next((word for word in must_not_say if uses(line, word)), "")):
            return "must_not_say", NEEDED.format(name=brand.name, line=line, word=word)
    return None


def _with_lines(must_say: Sequence[str], brand: Brand) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*must_say, *brand.must_say)))
