"""Facts in copy that the brief doesn't have: numbers, prices, dates, times, addresses, codes and offers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from model.brief import Brief
from model.counting import URL
from model.moments import Moment, moments, months_in, weekdays_in
from model.numerals import Amount, amounts, counted_words, in_figures

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_HANDLE = re.compile(r"(?<![\w.@])@\w{2,}")
_PHONE = re.compile(
    r"(?<![\w£$€])(?=(?:\D?\d){7})(?:\+|\(?0|(?=(?:\D?\d){9}))\(?\d{1,5}\)?(?:[ .-]?\(?\d{2,5}\)?){1,5}(?![\w%])"
)
_CODE = re.compile(r"\bcodes?:?\s+[\"“'‘]?([A-Z][A-Z0-9]{2,}|[A-Z]+\d+)\b")
_ALWAYS_OPEN = re.compile(r"\b24[/-]7\b|\b24[ -]?h|\bround the clock|\bday (?:and|&|or) night", re.IGNORECASE)
_HOURS = re.compile(r"\b(\d{1,2})(?:[:.][0-5]\d)?\s?(?:-|–|to)\s?(\d{1,2})\b(?!\s?%)")
# Not numbers: list marks, scene and step labels, and turns of phrase that nobody counts.
_NO_NUMBER = re.compile(
    r"^\s*\(?\d{1,2}(?:[.)]|\s*/\s*\d{0,2})(?=\s|$)|\b(?:scene|step|shot|part|chapter|headline|description|"
    r"bullet)\s+\d+\s*:"
    r"|\b24[/-]7(?:[/-]365)?\b|\b(?:9|nine)[ -](?:to|till|-)[ -]?(?:5|five)\b|\b50[/-]50\b|\b10/10\b|"
    r"\b101\b(?=[.!?:]|$)"
    r"|\b1[:-](?:on-)?1\b|#1\b|\b(?:week|day|lesson|round|rule|number|no\.) 1\b|\btake (?:5|10)\b|\bA[1-5]\b|"
    r"\b20[/-]20\b",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Promise:
    """An offer or a crowd that copy may only speak of when the brief does, in these or like words."""

    said: re.Pattern[str]
    given: re.Pattern[str]


def _promise(said: str, given: str) -> Promise:
    return Promise(re.compile(said, re.IGNORECASE), re.compile(given, re.IGNORECASE))


_PEOPLE = (
    "customers?|people|users?|businesses|companies|teams?|families|members?|readers?|clients?|reviews?|fans|"
    "students?|"
    "subscribers?|homes|shoppers|professionals|patients|guests|brands|marketers|developers"
)
_FREE_THINGS = (
    "delivery|shipping|returns?|trials?|entry|admission|consultations?|quotes?|estimates?|surveys?|downloads?|"
    "samples?|"
    "gifts?|upgrades?|installation|parking|tastings?|lessons?|sessions?|classes|class|workshops?|demos?|months?|"
    "weeks?|"
    "tickets?|drinks?|refills?|guides?|ebooks?|assessments?|check-?ups?|postage|repairs?|wifi"
)
PROMISES = (
    _promise(
        rf"(?<!-)\bfree (?:\w+ )?(?:{_FREE_THINGS})\b|\b(?:for free|free of charge|on the house|complimentary|"
        rf"free gift)\b"
        r"|\bat no (?:extra |additional )?(?:cost|charge)\b",
        r"(?<!-)\bfree\b|\bcomplimentary\b|\bno (?:\w+ )?(?:cost|charge|fee)|[£$€]0\b|\bon the house\b|"
        r"\bincluded\b|\bnothing\b",
    ),
    _promise(r"\bhalf[ -](?:the )?price\b", r"\bhalf\b|50\s?(?:%|per ?cent)"),
    _promise(
        r"\b(?:\w+ )?discount(?:s|ed)?\b|\b(?:special|exclusive|limited) (?:offers?|deals?|prices?)\b|\bmoney off\b",
        r"\bdiscount|\boff\b|\bsale\b|\boffers?\b|\bdeals?\b|\bpromo|\breduc|\bcode\b|\bvoucher|\bfor 1\b|\bspecial",
    ),
    _promise(
        r"\bmoney[ -]back (?:guarantee|promise)|\b(?:full|no-quibble|easy|instant) refunds?\b",
        r"\bmoney[ -]back|\brefund|\breturn|\bguarantee",
    ),
    _promise(
        r"\b(?:vouchers?|coupons?|promo(?:tional)? codes?|gift cards?)\b", r"\bvoucher|\bcoupon|\bcode\b|\bgift card"
    ),
    _promise(r"\b(?:lifetime|extended) (?:warranty|guarantee)\b|\bwarranty\b", r"\bwarrant|\bguarantee"),
    _promise(
        rf"\b(?:(?:tens|hundreds|thousands|millions|dozens|scores) of|(?:over |more than )?a (?:million|thousand|"
        rf"hundred))\s+"
        rf"(?:\w+\s+){{0,2}}(?:{_PEOPLE})\b",
        r"\b(?:tens|hundreds?|thousands?|millions?|dozens?|scores)\b|\d[\d,.]*\s?(?:k|m|\+|,\d{3})|\d{3,}",
    ),
)


def invented(text: str, brief: Brief) -> str:
    """Quote the facts that are not from the brief; empty when all are."""
    given = "\n".join((brief.product, brief.audience, brief.tone, *brief.must_say, brief.instruction))
    found = tuple(dict.fromkeys(_invented(_NO_NUMBER.sub(" ", text), given)))
    if not found:
        return ""
    return f"{', '.join(f'“{one}”' for one in found[:4])} {'is' if len(found) == 1 else 'are'} not in the brief."


def _invented(text: str, given: str) -> Iterator[str]:
    text, unknown = _addresses(text, given)
    yield from unknown
    given_bare, _ = _addresses(given, given)
    for promise in PROMISES:
        match = promise.said.search(text)
        if match and not promise.given.search(given):
            yield match.group().strip()
    text, known = _moments(text, given_bare)
    yield from known
    yield from _numbers(text, given)


def _addresses(text: str, given: str) -> tuple[str, list[str]]:
    """Find e-mails, links, handles, phones and codes; returns the text without them, and those that aren't given."""
    unknown = []
    digits = re.sub(r"\D", "", given)
    for pattern in (_EMAIL, URL, _HANDLE, _PHONE, _CODE):
        for found in pattern.finditer(text):
            shown = found.group().rstrip(".,;:!?'’")
            if pattern is _PHONE:
                known = re.sub(r"\D", "", shown)[-7:] in digits
            elif pattern is URL:
                known = (
                    _link(shown) in {_link(one.group()) for one in URL.finditer(given)}
                    or _link(shown) in given.casefold()
                )
            else:
                known = (found.group(1) if pattern is _CODE else shown).casefold() in given.casefold()
            if not known:
                unknown.append(shown)
        text = pattern.sub(" ", text)
    return text, unknown


def _link(address: str) -> str:
    return re.sub(r"^(?:https?://)?(?:www\.)?", "", address.casefold()).rstrip("/.,;:!?'’")


def _moments(text: str, given: str) -> tuple[str, list[str]]:
    """Find dates, times, months and weekdays: the text without dates and times, and those that aren't given."""
    there = moments(given)
    known: set[tuple[int, ...]] = set().union(*(one.values for one in there)) if there else set()
    days, months = weekdays_in(given), months_in(given)
    unknown = []
    for found in moments(text):
        if found.kind == "weekday":
            fine = bool(found.values & {(day,) for day in days})
        elif found.kind == "month":
            fine = bool(found.values & {(month,) for month in months})
        else:
            fine = bool(found.values & known) or (found.kind == "date" and _spelled(found, given))
        if not fine and not (found.kind == "time" and _open_then(found, given)):
            unknown.append(found.shown)
        if found.kind in ("date", "time"):
            text = text.replace(found.shown, " ", 1)
    return text, unknown


def _open_then(found: Moment, given: str) -> bool:
    """Whether the brief names the hour without its half of the day ("9-5"), or is about all hours."""
    hours = {hour for pair in _HOURS.findall(given) for hour in pair}
    return bool(_ALWAYS_OPEN.search(given)) or found.shown.split(":")[0].rstrip("apm. APM") in hours


def _spelled(found: Moment, given: str) -> bool:
    """Whether the brief has the numbers of something that only looks like a date."""
    numbers = {float(part) for part in re.findall(r"\d+", given)}
    return not re.search("[a-z]", found.shown) and all(
        float(part) in numbers for part in re.findall(r"\d+", found.shown)
    )


def _numbers(text: str, given: str) -> Iterator[str]:
    there = amounts(in_figures(given))
    values = {amount.value for amount in there} | {word.value for word in counted_words(given, every=True)}
    values |= {float(part) for part in re.findall(r"\d+", given)}
    values |= {12.0} if re.search(r"\b(?:noon|midday|midnight)\b", given, re.IGNORECASE) else set()
    marked = {(amount.unit, amount.value) for amount in there}
    for amount in amounts(text):
        if not _given(amount, values, marked):
            yield amount.shown
    for word in counted_words(text, every=False):
        if word.value not in values:
            yield word.shown


def _given(amount: Amount, values: set[float], marked: set[tuple[str, float]]) -> bool:
    if not amount.unit:
        return amount.value in values
    bare_price = amount.unit != "%" and ("", amount.value) in marked and (amount.value % 1 != 0 or amount.value >= 1000)
    return (amount.unit, amount.value) in marked or bare_price
