"""Finds phone numbers as people write them, at home and abroad, and leaves prices, dates and order numbers alone."""

import re
from collections.abc import Iterator
from typing import Any

# Where people live who write in a language; Britain and America are added to each.
_REGIONS = {
    "ar": ("AE", "SA", "EG"),
    "cs": ("CZ",),
    "da": ("DK",),
    "de": ("DE", "AT", "CH"),
    "el": ("GR",),
    "en": ("IE", "AU", "IN", "ZA"),
    "es": ("ES", "MX"),
    "fi": ("FI",),
    "fr": ("FR", "BE", "CH"),
    "he": ("IL",),
    "hi": ("IN",),
    "it": ("IT", "CH"),
    "ja": ("JP",),
    "ko": ("KR",),
    "nl": ("NL", "BE"),
    "no": ("NO",),
    "pl": ("PL",),
    "pt": ("PT", "BR"),
    "ru": ("RU",),
    "sv": ("SE",),
    "tr": ("TR",),
    "uk": ("UA",),
    "zh": ("CN",),
}
_EVERYWHERE = ("GB", "US")
_ENOUGH_DIGITS = re.compile(r"\d(?:[^\d\n]{0,4}\d){6}")
_CUE = re.compile(
    r"(?:\b(?:call|phone|ring|text|sms|whats-?app|signal|mobile|cell|dial|fax|hotline|helpline|tel|telephone|telefon|"
    r"handy|mobil|anruf\w*|ruft?|t[ée]l[ée]phone|t[ée]l|appelez|ll[aá]ma(?:nos)?|tel[ée]fono|chiama(?:ci)?|bel|ligue)\b"
    r"|[☎☏📞📱])\ufe0f?(?:[ ,](?:us|me|now|today|free|uns|nous|on|at|unter|au|al|:))*[.:]?\s*\(?$",
    re.IGNORECASE,
)
_NO_CUE = re.compile(
    r"(?:\b(?:order|sku|ref|reference|invoice|article|item|isbn|issn|ean|gtin|upc|model|part|serial|lot|batch|ticket|"
    r"code|coupon|voucher|id|case|account|customer|licen[cs]e|patent|registration|company|vat|bestell\w*|artikel\w*|"
    r"rechnung\w*|commande|pedido)\b(?:[ -]?(?:number|num|no|nr|code|id|nummer)\b)?[.:]?\s*[#:]?\s*"
    r"|[#£$€¥]\s?|\bN[o°º]\.?\s?)$",
    re.IGNORECASE,
)
_UNIT = re.compile(r"\s?(?:[£$€¥%]|(?:eur|usd|gbp|chf|kr|zł|people|customers|points?|km|kg|ml)\b)", re.IGNORECASE)
_DATE = re.compile(r"(?<!\d)(?:[0-3]?\d([./ -])[01]?\d\1(?:19|20)\d\d|(?:19|20)\d\d([./ -])[01]?\d\2[0-3]?\d)(?!\d)")
_HOURS = re.compile(r"[012]?\d[.:h][0-5]\d\s?[-–]\s?[012]?\d[.:h][0-5]\d|[012]\d[0-5]\d\s?[-–]\s?[012]\d[0-5]\d")
_ABROAD = re.compile(r"(?<!\d)00(?=[1-9])")
_BEFORE = 40


def phones(text: str, language: str = "en") -> Iterator[tuple[int, int]]:
    """Where phone numbers stand, longest first where two readings overlap.

    Numbers with a + or an international 00 count if their country could give them out. Others count if a country in
    which the language is written could, and they look like a number that is dialled: by a leading 0 and a gap, by their
    grouping, by a word before them ("call"), or by being in use, when no word before them ("order") says otherwise.
    """
    if not _ENOUGH_DIGITS.search(text):
        return
    # Importing it here keeps its 60 ms out of every command that never reads a phone number.
    from phonenumbers import Leniency, PhoneNumberMatcher

    def matches(region: str | None, leniency: Any) -> Iterator[tuple[int, int]]:
        return ((one.start, one.end) for one in PhoneNumberMatcher(text, region, leniency=leniency))

    found = {span for span in matches(None, Leniency.POSSIBLE) if _may_be(span, text)}
    found |= set(_from_abroad(text))
    for region in dict.fromkeys((*_REGIONS.get(language, ()), *_EVERYWHERE)):
        in_use, grouped = set(matches(region, Leniency.VALID)), set(matches(region, Leniency.EXACT_GROUPING))
        for span in {*in_use, *matches(region, Leniency.POSSIBLE)}:
            if _may_be(span, text) and _is_dialled(span, text, is_in_use=span in in_use, is_grouped=span in grouped):
                found.add(span)
    taken = 0
    for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
        if start >= taken:
            yield start, end
            taken = end


def _from_abroad(text: str) -> Iterator[tuple[int, int]]:
    from phonenumbers import Leniency, PhoneNumberMatcher

    for match in _ABROAD.finditer(text):
        plus = f"+{text[match.end() : match.end() + _BEFORE]}"
        number = next(iter(PhoneNumberMatcher(plus, None, leniency=Leniency.VALID)), None)
        span = (match.start(), match.end() - 1 + number.end) if number and number.start == 0 else None
        if span and _may_be(span, text):
            yield span


def _may_be(span: tuple[int, int], text: str) -> bool:
    """Whether what stands there and beside it lets it be a phone number at all."""
    start, end = span
    shown = text[start:end]
    is_inside = bool(re.search(r"[\w.,:/@-]$", text[:start][-1:])) and not re.search(
        r"\w:$", text[max(0, start - 12) : start]
    )
    return not (
        is_inside
        or re.match(r"\w|[./-]\d", text[end:])
        or _NO_CUE.search(text[max(0, start - _BEFORE) : start])
        or _UNIT.match(text[end:])
        or _DATE.search(shown)
        or _HOURS.fullmatch(shown)
    )


def _is_dialled(span: tuple[int, int], text: str, *, is_in_use: bool, is_grouped: bool) -> bool:
    start, end = span
    shown = text[start:end]
    digits = re.sub(r"\D", "", shown)
    has_gaps = bool(re.search(r"\d\D+\d", shown))
    if _CUE.search(text[max(0, start - _BEFORE) : start]):
        return len(digits) >= 7
    if shown.lstrip("(").startswith("0") and has_gaps:
        return len(digits) >= 9 or (len(digits) >= 8 and is_in_use)
    return is_in_use and len(digits) >= 9 and (is_grouped or not has_gaps)
