"""E-mails, links, handles, phone numbers and codes in a text, each in the form in which two of them compare."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from model.counting import URL

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_HANDLE = re.compile(r"(?<![\w.@])@\w{2,}")
_PHONE = re.compile(
    r"(?<![\w£$€])(?=(?:\D?\d){7})(?:\+|\(?0|(?=(?:\D?\d){9}))\(?\d{1,5}\)?(?:[ .-]?\(?\d{2,5}\)?){1,5}(?![\w%])"
    # American numbers are grouped three, three and four; local ones, three and four.
    r"|(?<![\w£$€.,-])(?:1[ .-])?\(?[2-9]\d{2}\)?[ .-]\d{3}[ .-]\d{4}(?![\w%-])"
    r"|(?<![\w£$€.,-])[2-9]\d{2}-\d{4}(?![\w%-])"
)
_CODE = re.compile(r"\bcodes?:?\s+[\"“'‘]?([A-Z][A-Z0-9]{2,}|[A-Z]+\d+)\b")
# Each with a mark without which none is there: most sentences have no address, and must be told so fast.
_PATTERNS = (
    ("e-mail", _EMAIL, re.compile("@")),
    ("link", URL, re.compile(r"\.\w|://")),
    ("handle", _HANDLE, re.compile("@")),
    ("phone", _PHONE, re.compile(r"\d(?:[^\d\n]{0,3}\d){6}")),
    ("code", _CODE, re.compile(r"[Cc]ode")),
)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a reader is sent: what it is, as it was written, and in the form in which two of them compare."""

    kind: str
    shown: str
    plain: str


def taken_out(text: str) -> tuple[str, tuple[Address, ...]]:
    """Find every address; returns the text without them, and them.

    >>> taken_out("Call 01632 960114 or see https://www.brew.example/menu.")[1][1].plain
    '01632960114'
    """
    found: list[Address] = []
    for kind, pattern, mark in _PATTERNS:
        matches = list(pattern.finditer(text)) if mark.search(text) else []
        if matches:
            found += _read(kind, matches)
            text = pattern.sub(" ", text)
    return text, tuple(found)


def _read(kind: str, matches: list[re.Match[str]]) -> Iterator[Address]:
    for match in matches:
        shown = match.group().rstrip(".,;:!?'’")
        if kind == "phone":
            yield Address(kind, shown, re.sub(r"\D", "", shown))
        elif kind == "link":
            yield Address(kind, shown, link(shown))
        else:
            yield Address(kind, shown, (match.group(1) if kind == "code" else shown).casefold())


def link(address: str) -> str:
    """Take a link's scheme, its "www." and the punctuation after it away."""
    return re.sub(r"^(?:https?://)?(?:www\.)?", "", address.casefold()).rstrip("/.,;:!?'’")
