"""What copy may state: the facts of a brief, its brand and its persona, read once and kept."""

import re
from dataclasses import dataclass
from functools import lru_cache

from model.addresses import taken_out
from model.brief import Brief
from model.moments import as_figures, moments, months_in, weekdays_in
from model.numerals import amounts, counted_words, in_figures
from model.words import words

_KEPT = 256
_ALWAYS_OPEN = re.compile(r"\b24[/-]7\b|\b24[ -]?h|\bround the clock|\bday (?:and|&|or) night", re.IGNORECASE)
_HOURS = re.compile(r"\b(\d{1,2})(?:[:.][0-5]\d)?\s?(?:-|–|to)\s?(\d{1,2})\b(?!\s?%)")
_NOON = re.compile(r"\b(?:noon|midday|midnight)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Given:
    """Everything that a brief supplies, in the forms in which copy is compared with it.

    `hours` are hours named without their half of the day, `days` and `months` are those it speaks of at all,
    `instants` are its dates and times, `units` its amounts with what they count, and `said` its words in a row.
    """

    text: str
    plain: str
    digits: str
    links: frozenset[str]
    instants: frozenset[tuple[int, ...]]
    days: frozenset[int]
    months: frozenset[int]
    hours: frozenset[str]
    always_open: bool
    figures: frozenset[float]
    values: frozenset[float]
    units: frozenset[tuple[str, float]]
    said: str


def given(brief: Brief) -> Given:
    """Read what a brief supplies; the same words are read once, however many drafts are compared with them."""
    return read(
        "\n".join((brief.product, brief.audience, brief.tone, *brief.must_say, brief.instruction, *brief.known))
    )


@lru_cache(maxsize=_KEPT)
def read(text: str) -> Given:
    """Read the facts in a text."""
    bare, addresses = taken_out(text)
    there = amounts(in_figures(text))
    figures = frozenset(float(part) for part in re.findall(r"\d+", text))
    spoken = frozenset(word.value for word in counted_words(text, every=True))
    noon = frozenset({12.0}) if _NOON.search(text) else frozenset()
    named = moments(bare, is_typed=True)
    minutes = frozenset(value[0] for one in named if one.kind == "time" for value in one.values)
    clock = frozenset(figure for minute in minutes if minute % 60 for figure in as_figures(minute))
    return Given(
        text=text,
        plain=text.casefold(),
        digits=re.sub(r"\D", "", text),
        links=frozenset(one.plain for one in addresses if one.kind == "link"),
        instants=frozenset(value for one in named for value in one.values),
        days=weekdays_in(bare),
        months=months_in(bare),
        hours=frozenset(hour for pair in _HOURS.findall(bare) for hour in pair),
        always_open=bool(_ALWAYS_OPEN.search(text)),
        figures=figures,
        values=frozenset(amount.value for amount in there) | spoken | figures | noon | clock,
        units=frozenset((amount.unit, amount.value) for amount in there),
        said=f" {' '.join(words(text))} ",
    )
