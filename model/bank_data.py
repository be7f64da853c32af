"""Finds the numbers of cards and bank accounts by their shape and their check digits."""

import re
from collections.abc import Iterator

_IBAN_START = re.compile(r"(?<![^\W_])[A-Z]{2}\d{2}(?=[ -]?[A-Z0-9])", re.IGNORECASE)
_ALNUM = re.compile(r"[A-Z0-9]", re.IGNORECASE)
_IBAN_GAP = " -\u00a0\u202f"
# How long an account number is in each country, as the SWIFT registry of IBANs has it.
_IBAN_LENGTHS = {
    code: length
    for length, codes in {
        15: "NO",
        16: "BE",
        18: "DK FO FI GL NL",
        19: "MK SI",
        20: "AT BA EE KZ XK LT LU",
        21: "HR LV LI CH",
        22: "BH BG CR GE DE IE ME RS GB VA",
        23: "GI IL AE TL IQ",
        24: "AD CZ MD PK RO SA SK ES SE TN VG",
        25: "PT ST LY",
        26: "IS TR",
        27: "FR GR IT MR MC SM BI DJ",
        28: "AL AZ BY CY DO GT HU LB PL SV",
        29: "BR EG PS QA UA",
        30: "JO KW MU",
        31: "MT SC",
        32: "LC",
        33: "RU",
    }.items()
    for code in codes.split()
}
# Solid, in fours, or as American Express and Diners Club print theirs.
_CARD = re.compile(
    r"(?<![\w.,/-])(?:\d{14,19}|\d{4}([ -])\d{4}\1\d{4}\1\d{4}(?:\1\d{3})?|\d{4}([ -])\d{6}\2\d{4,5})(?![\w/-]|[.,]\d)"
)
# By the first digits, who issues it and how long it is. Visa's old ones of 13 digits are left out: so long are the
# article numbers on German goods, and a tenth of those has the same check digit.
_ISSUERS = (
    (re.compile("4"), (16, 19)),
    (re.compile("5[1-5]|2(?:22[1-9]|2[3-9]|[3-6]|7[01]|720)"), (16,)),
    (re.compile("3[47]"), (15,)),
    (re.compile("3(?:0[0-5]|[689])"), (14, 16, 17, 18, 19)),
    (re.compile("6(?:011|4[4-9]|5)"), (16, 17, 18, 19)),
    (re.compile("35(?:2[89]|[3-8])"), (16, 17, 18, 19)),
    (re.compile("62|81"), (16, 17, 18, 19)),
)
_TRIED = "400000000000"


def ibans(text: str) -> Iterator[tuple[int, int]]:
    """Where account numbers stand whose length is their country's and whose remainder by 97 is 1 (ISO 13616)."""
    for match in _IBAN_START.finditer(text):
        end = _end_of(text, match.start(), _IBAN_LENGTHS.get(text[match.start() : match.start() + 2].upper(), 0))
        if end and is_iban(text[match.start() : end]):
            yield match.start(), end


def is_iban(shown: str) -> bool:
    """Whether the check digits hold; digits that no bank gives out (00, 01, 99) never do."""
    plain = "".join(_ALNUM.findall(shown)).upper()
    if not plain[2:4].isdigit() or not 2 <= int(plain[2:4]) <= 98:
        return False
    return int("".join(str(int(letter, 36)) for letter in plain[4:] + plain[:4])) % 97 == 1


def cards(text: str) -> Iterator[tuple[int, int]]:
    """Where card numbers stand: begun and as long as an issuer's, with Luhn's check digit (ISO/IEC 7812).

    Numbers for trying things out, 4000 0000 0000 …, are cards too, whatever their check digit: so nothing else takes
    them for its own.
    """
    for match in _CARD.finditer(text):
        digits = re.sub(r"\D", "", match.group())
        is_issued = any(first.match(digits) and len(digits) in lengths for first, lengths in _ISSUERS)
        if is_issued and (is_luhn(digits) or digits.startswith(_TRIED)):
            yield match.span()


def is_luhn(digits: str) -> bool:
    """Whether the last digit checks the others by Luhn's formula.

    >>> is_luhn("4111111111111111"), is_luhn("4111111111111112")
    (True, False)
    """
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (sum(doubled) + sum(int(digit) for digit in digits[::-2])) % 10 == 0


def _end_of(text: str, start: int, length: int) -> int:
    """Where so many letters and digits from a place end, with single gaps between; 0 when they don't end there."""
    at, seen = start, 0
    while length and at < len(text) and seen < length:
        if text[at].isascii() and text[at].isalnum():
            seen += 1
        elif text[at] not in _IBAN_GAP or text[at - 1] in _IBAN_GAP:
            return 0
        at += 1
    return at if seen == length and length and not text[at : at + 1].isalnum() else 0
