"""Facts in copy that the brief doesn't have: numbers, prices, dates, times, addresses, codes and offers."""

import re
from collections.abc import Iterator

from model import free
from model.addresses import Address, taken_out
from model.brief import Brief
from model.given import Given, given
from model.moments import Moment, as_figures, dated, moments
from model.numerals import CURRENCIES, PENCE, Amount, amounts, counted_words, numbered
from model.promises import promised
from model.units import THINGS, VAGUE, WORD

# Not numbers: list marks, scene and step labels, and turns of phrase that nobody counts.
_NO_NUMBER = re.compile(
    r"^\s*\(?\d{1,2}(?:[.)]|\s*/\s*\d{0,2})(?=\s|$)|\b(?:scene|step|shot|part|chapter|headline|description|"
    r"bullet)\s+\d+\s*:"
    r"|\b24[/-]7(?:[/-]365)?\b|\b(?<!open )(?<!open from )(?:9|nine)[ -](?:to|till|-)[ -]?(?:5|five)\b|"
    r"\b50[/-]50\b|\b10/10\b|"
    r"\b101\b(?=[.!?:]|$)"
    r"|\b1[:-](?:on-)?1\b|#1\b|\b(?:week|day|lesson|round|rule|number|no\.) 1\b|\btake (?:5|10)\b|\bA[1-5]\b|"
    r"\b20[/-]20\b",
    re.IGNORECASE | re.MULTILINE,
)
_ABBREVIATED = re.compile(r"(\d+(?:\.\d+)?) ?([km])", re.IGNORECASE)
_TAGGED = re.compile(r"#[^\W\d_]\w*?(?P<number>\d{2,})\b")
_DIGIT = re.compile(r"\d")
# Figures that are no digits to a pattern: a model that may write no number writes "₈"; but not those of m² and CO₂.
_SMALL = re.compile(r"(?<![\w).,!?\"”’])[⁰¹²³⁴-⁹₀-₉①-⑳]+")
_FIGURE = r"([£$€]?\d(?:[\d.,:]*\d)?)"
_CHANGE = re.compile(rf"{_FIGURE}[a-z/]*\s+to\s+(?:the\s+)?{_FIGURE}", re.IGNORECASE)
_CONDITION = re.compile(r"\b(?:if|whether|imagine|suppose)\b[^.!?\n]*$", re.IGNORECASE)


def invented(text: str, brief: Brief) -> str:
    """Quote the facts that are not from the brief, the brand or the persona; empty when all are.

    Reads any piece of copy, so that a sentence can be judged as soon as it is written.
    """
    counted = _NO_NUMBER.sub(" ", text) if _DIGIT.search(text) else text
    found = tuple(dict.fromkeys(_invented(counted, given(brief))))
    if not found:
        return ""
    return f"{', '.join(f'“{one}”' for one in found[:4])} {'is' if len(found) == 1 else 'are'} not in the brief."


def _invented(text: str, facts: Given) -> Iterator[str]:
    text, addresses = taken_out(text)
    yield from (one.shown for one in addresses if not _known(one, facts))
    yield from _turned(text, facts)
    yield from promised(text, facts.plain)
    yield from free.promised(text, facts.plain)
    text, unknown = _moments(text, facts)
    yield from unknown
    yield from _numbers(text, facts)


def _turned(text: str, facts: Given) -> Iterator[str]:
    """Changes that go the other way round: "from the 30th to the 28th" where the brief moves the 28th to the 30th."""
    for found in _CHANGE.finditer(text):
        one, other = found.groups()
        told = {found.groups() for found in _CHANGE.finditer(facts.text)}
        if (other, one) in told and (one, other) not in told:
            yield found.group()


def _known(address: Address, facts: Given) -> bool:
    if address.kind == "phone":
        return address.plain[-7:] in facts.digits
    if address.kind == "code" and "code" not in facts.plain:
        return bool(re.search(rf"(?<!\w){re.escape(address.plain.upper())}(?!\w)", facts.text))
    whole = rf"(?<![\w@.+-]){re.escape(address.plain)}(?![\w@-])"
    return address.plain in facts.links or bool(re.search(whole, facts.plain))


def _moments(text: str, facts: Given) -> tuple[str, list[str]]:
    """Find dates, times, months and weekdays: the text without dates and times, and those that aren't given."""
    unknown = []
    for found in moments(text):
        if found.kind == "weekday":
            fine = bool(found.values & {(day,) for day in facts.days}) or _supposed(found, text)
        elif found.kind == "month":
            fine = bool(found.values & {(month,) for month in facts.months})
        else:
            fine = bool(found.values & facts.instants) or (found.kind == "date" and _spelled(found, facts))
        if not fine and not (found.kind == "time" and (_open_then(found, facts) or _bare(found, facts))):
            unknown.append(found.shown)
        if found.kind in ("date", "time"):
            text = text.replace(found.shown, " ", 1)
    unknown += [shown for day, what, shown in dated(text) if what in facts.dated and day not in facts.days]
    return text, unknown


def _supposed(found: Moment, text: str) -> bool:
    """Whether a weekday stands in a condition: "if the bowl is still full on Friday" states nothing."""
    return bool(_CONDITION.search(text[: max(0, text.find(found.shown))]))


def _open_then(found: Moment, facts: Given) -> bool:
    """Whether the brief names the hour without its half of the day ("9-5"), or is about all hours."""
    return facts.always_open or found.shown.split(":")[0].rstrip("apm. APM") in facts.hours


def _bare(found: Moment, facts: Given) -> bool:
    """Whether the brief has the hour of a time in words as a bare number: "doors 7", "lunch 12.30"."""
    figures = frozenset(figure for value in found.values for figure in as_figures(value[0]))
    return not _DIGIT.search(found.shown) and bool(figures & facts.values)


def _spelled(found: Moment, facts: Given) -> bool:
    """Whether the brief has the numbers of something that only looks like a date."""
    return not re.search("[a-z]", found.shown) and all(
        float(part) in facts.figures for part in re.findall(r"\d+", found.shown)
    )


def _numbers(text: str, facts: Given) -> Iterator[str]:
    for amount in amounts(text):
        if not _given(amount, facts):
            yield amount.shown
    for word in (*counted_words(text, every=False), *numbered(text)):
        if not _given(word, facts):
            yield word.shown
    yield from (small.group() for small in _SMALL.finditer(text) if small.group() not in facts.text)
    yield from (tag.group() for tag in _TAGGED.finditer(text) if not _is_tag(tag, facts))


def _is_tag(tag: re.Match[str], facts: Given) -> bool:
    """Whether the number that a hashtag ends in is given: "#Brewline2026" tells a year."""
    return float(tag["number"]) in facts.figures or tag.group().casefold() in facts.plain


def _given(amount: Amount, facts: Given) -> bool:
    """Whether the brief has a number with the same unit, or bare; one without a unit may come from any.

    A number of things is none of a share, a price, a date or a time.
    """
    unit, value = amount.unit, amount.value
    if unit in VAGUE or unit == THINGS:
        return value in (facts.counts if unit == THINGS else facts.values) or _abbreviated(amount, facts)
    if (unit, value) in facts.units:
        return True
    if unit == "%":
        return False
    if unit not in CURRENCIES:
        return any((vague, value) in facts.units for vague in VAGUE)
    coins = any((coin, round(value * 100)) in facts.units for coin, whole in PENCE.items() if unit in whole)
    bare = ("", value) in facts.units or ((WORD, value) in facts.units and (value % 1 != 0 or value >= 1000))
    return bare or coins or (unit == "£" and ("pound", value) in facts.units)


def _abbreviated(amount: Amount, facts: Given) -> bool:
    """Whether "5K" or "20m" are the brief's five kilometres or twenty metres."""
    short = _ABBREVIATED.fullmatch(amount.shown)
    lengths = {"k": ("kilometre",), "m": ("metre", "minute")}[short[2].casefold()] if short else ()
    return any((unit, float(short[1])) in facts.units for unit in lengths) if short else False
