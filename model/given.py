"""What copy may state: the facts of a brief, its brand and its persona, read once and kept."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from model.addresses import taken_out
from model.brief import Brief
from model.moments import Moment, as_figures, dated, moments, months_in, weekdays_in
from model.numerals import CURRENCIES, PENCE, Amount, amounts, counted_words, in_figures, ordinals
from model.units import LABEL, VAGUE, WORD, converted
from model.words import words

_KEPT = 256
_ALWAYS_OPEN = re.compile(r"\b24[/-]7\b|\b24[ -]?h|\bround the clock|\bday (?:and|&|or) night", re.IGNORECASE)
_HOURS = re.compile(r"\b(\d{1,2})(?:[:.][0-5]\d)?\s?(?:-|–|to)\s?(\d{1,2})\b(?!\s?%)")
# What a brief has in words and copy may put in figures.
_IN_WORDS = (
    (re.compile(r"\bhalf(?:[ -]the)?[ -](?:price|off)\b", re.IGNORECASE), ("%", 50.0)),
    (re.compile(r"\bquarter off\b", re.IGNORECASE), ("%", 25.0)),
    (re.compile(r"\bfifth off\b", re.IGNORECASE), ("%", 20.0)),
    (re.compile(r"\btenth off\b", re.IGNORECASE), ("%", 10.0)),
    (re.compile(r"\bhalf(?:[ -]an)?[ -]hour\b", re.IGNORECASE), ("minute", 30.0)),
    (re.compile(r"\bhour and a half\b", re.IGNORECASE), ("minute", 90.0)),
    (re.compile(r"\bfortnight\b", re.IGNORECASE), ("day", 14.0)),
    (re.compile(r"\bfortnight\b", re.IGNORECASE), ("week", 2.0)),
)
_NOON = re.compile(r"\b(?:noon|midday|midnight)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Given:
    """Everything that a brief supplies, in the forms in which copy is compared with it.

    `hours` are hours named without their half of the day, `days` and `months` are those it speaks of at all, `dated`
    what stands behind its weekdays, `instants` are its dates and times, `counts` its numbers but for shares, prices,
    dates and times, `units` its amounts with what they count, and `said` its words in a row.
    """

    text: str
    plain: str
    digits: str
    links: frozenset[str]
    instants: frozenset[tuple[int, ...]]
    days: frozenset[int]
    dated: frozenset[str]
    months: frozenset[int]
    hours: frozenset[str]
    always_open: bool
    figures: frozenset[float]
    values: frozenset[float]
    counts: frozenset[float]
    units: frozenset[tuple[str, float]]
    said: str


def given(brief: Brief) -> Given:
    """Read what a brief supplies; the same words are read once, however many drafts are compared with them."""
    said = (brief.product, brief.brand, brief.audience, brief.tone, *brief.must_say, brief.instruction, *brief.known)
    return read("\n".join(said))


@lru_cache(maxsize=_KEPT)
def read(text: str) -> Given:
    """Read the facts in a text."""
    bare, addresses = taken_out(text)
    there = amounts(in_figures(text))
    figures = frozenset(float(part) for part in re.findall(r"\d+", text))
    spoken = counted_words(text, every=True)
    ranks = frozenset(ordinals(text))
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
        dated=frozenset(what for _, what, _ in dated(bare)),
        months=months_in(bare),
        hours=frozenset(hour for pair in _HOURS.findall(bare) for hour in pair),
        always_open=bool(_ALWAYS_OPEN.search(text)),
        figures=figures,
        values=frozenset(amount.value for amount in (*there, *spoken)) | figures | noon | clock | ranks,
        counts=_counts(_without(bare, named)) | ranks,
        units=frozenset(_units(_without(bare, named), spoken)),
        said=f" {' '.join(words(text))} ",
    )


def _without(text: str, named: list[Moment]) -> str:
    """The text without the dates and times that can be nothing else: in "opens 5 May", 5 is no number of minutes."""
    for one in named:
        if one.kind in ("date", "time") and re.search("[a-z:]", one.shown, re.IGNORECASE):
            text = text.replace(one.shown, " ", 1)
    return text


def _counts(text: str) -> frozenset[float]:
    """The numbers that may count things: those of a text without its moments that are neither money nor a share."""
    text = in_figures(text)
    for amount in amounts(text):
        # The unit may come from a neighbour: in "£42 5 courses", 5 is no price.
        if (amount.unit == "%" or amount.unit in CURRENCIES) and re.search(r"[^\d.,]", amount.shown):
            text = text.replace(amount.shown, " ", 1)
    figures = frozenset(float(part) for part in re.findall(r"\d+", text))
    return figures | {amount.value for amount in (*amounts(text), *counted_words(text, every=True))}


def _units(text: str, spoken: list[Amount]) -> Iterator[tuple[str, float]]:
    """Yield what each number counts, in every way in which copy may put it."""
    for amount in amounts(in_figures(text)):
        yield amount.unit, amount.value
        yield from converted(amount.unit, amount.value)
        if amount.unit in PENCE:
            yield from ((whole, amount.value / 100) for whole in PENCE[amount.unit])
        # "5k" and "20m" are thousands and millions, or kilometres, metres and minutes.
        if re.fullmatch(r"\d+(?:[.,]\d+)? ?[km]", amount.shown, re.IGNORECASE):
            yield WORD, float(re.sub(r"[^\d.]", "", amount.shown.replace(",", ".")))
    # A number in words that counts nothing is no price; "one" and "twice" are hardly numbers.
    for word in spoken:
        if word.value > 2 or word.unit not in VAGUE:
            yield word.unit or LABEL, word.value
            yield from converted(word.unit, word.value)
    yield from (share for words, share in _IN_WORDS if words.search(text))
