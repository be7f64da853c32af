"""Finds personal data in a text by its form: addresses, numbers and keys that belong to somebody.

What is not covered: names, postal addresses, dates of birth and whatever else has no form of its own. They can't be
told from copy reliably without a model that knows names, and such a model errs as well; so nothing here claims that a
text without findings is anonymous.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from ipaddress import IPv6Address
from typing import Literal

from model.bank_data import cards, ibans
from model.counting import URL
from model.phone_numbers import phones

Kind = Literal["mention", "link", "e-mail", "key", "IBAN", "card", "IP address", "phone", "handle"]
Span = tuple[int, int]
Seeker = tuple[Kind, Callable[[str], Iterator[Span]]]

_MENTION = re.compile(r"<@[UW][A-Z0-9]{2,}(?:\|[^<>\n]*)?>")
_EMAIL = re.compile(
    r"(?<![\w.+%'-])[\w.+%'-]*\w@[^\W_](?:[\w-]*[^\W_])?(?:\.[^\W_](?:[\w-]*[^\W_])?)*\.[^\W\d_]{2,}(?![\w@])"
    r"|\b[\w.+-]+ ?[\[(]at[\])] ?[\w-]+(?:(?:\.| ?[\[(](?:dot|punkt)[\])] ?)[\w-]+)+",
    re.IGNORECASE,
)
# Slack's, GitHub's, GitLab's, OpenAI's and Stripe's, AWS's, Google's, Hugging Face's, npm's and SendGrid's keys; JSON
# web tokens; Slack's webhooks; private keys.
_KEY = re.compile(
    r"\bx(?:ox[a-z]|app)-[\w-]{8,}|\bgh[oprsu]_\w{20,}|\bgithub_pat_\w{20,}|\bglpat-[\w-]{16,}"
    r"|\b[prs]k[-_](?:live_|test_|proj-|ant-)?[\w-]*\d[\w-]{14,}|\bA[KS]IA[0-9A-Z]{16}\b|\bAIza[\w-]{30,}"
    r"|\bhf_\w{20,}|\bnpm_\w{30,}|\bSG\.[\w-]{16,}\.[\w-]{16,}|\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{10,}"
    r"|(?<=hooks\.slack\.com/services/)[\w/-]{8,}"
    r"|-----BEGIN [A-Z ]*PRIVATE KEY-----(?:[^-]|-(?!----END))*(?:-----END [A-Z ]*-----)?"
)
# And whatever somebody calls a password or a key and that looks like one.
_CALLED_KEY = re.compile(
    r"\b(?:password|passwort|passwd|pwd|api[ _-]?key|access[ _-]?key|secret|token|bearer)\b\s*(?:is\b|ist\b|[:=])?\s*"
    r"[\"'“‘]?((?=\S*\d)(?=\S*[^\W\d_])[^\s\"'”’,;]{8,})",
    re.IGNORECASE,
)
_IPV4 = re.compile(r"(?<![\w.])(?<!version )(?<!release )(?:\d{1,3}\.){3}\d{1,3}(?!\w|\.\w)", re.IGNORECASE)
_IPV6 = re.compile(r"(?<![\w:.])(?=[0-9a-f:]*\d)[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?![\w:])", re.IGNORECASE)
_NOBODYS_IP = re.compile(r"0\.0\.0\.0|127\.\d+\.\d+\.\d+|255\.255\.255\.\d+|::1?")
_HANDLE = re.compile(r"(?<![\w.@/&-])@(?=[\w.-]*[^\W\d_])\w(?:[\w.-]*\w)?")
# Not somebody's: Slack's calls to everyone, and times of day ("@5pm").
_NO_HANDLE = re.compile(r"@(?:here|channel|everyone|\d{1,2}(?:[.:]\d\d)?(?:am|pm|h|uhr))", re.IGNORECASE)
_HARMLESS = re.compile(r"(?:utm_(?:source|medium|campaign|content|term)|lang|hl|page)=[^=]*", re.IGNORECASE)
_USER_INFO = re.compile(r"(?<=://)[^/?#@\s]+@")
_DIALLED = re.compile(r"(?<=wa\.me/)\d{8,15}\b|(?<=api\.whatsapp\.com/send/)\d{8,15}\b")
_GONE = "\x00"


@dataclass(frozen=True, slots=True)
class Found:
    """Personal data in a text: what it is, as it is written, and where; `start` and `end` are as in a slice.

    Of a link only what may name a person is found: who logs in, and the query but for campaign marks.
    """

    kind: Kind
    shown: str
    start: int
    end: int


def find(text: str, language: str = "en") -> tuple[Found, ...]:
    """Find personal data, in the order of the text, none within another.

    `language` (ISO 639-1) tells which countries' phone numbers to expect besides Britain's and America's.

    >>> [one.shown for one in find("Write to ana@firm.de or ring +49 30 901820, 24/7, from €1,299.")]
    ['ana@firm.de', '+49 30 901820']
    """
    found: list[Found] = []
    rest = text
    last: tuple[Seeker, ...] = (("phone", partial(phones, language=language)), ("handle", _handles))
    for kind, seek in (*_SEEKERS, *last):
        for start, end in list(seek(rest)):
            if _GONE not in rest[start:end]:
                found.append(Found(kind, text[start:end], start, end))
                rest = f"{rest[:start]}{_GONE * (end - start)}{rest[end:]}"
        if kind == "IP address":
            # Past this point digits and signs in a link are the link's own.
            rest = URL.sub(lambda match: _GONE * len(match.group()), rest)
    return tuple(sorted(found, key=lambda one: one.start))


def harmless(shown: str) -> str:
    """What may stay of a link's query or of who logs in: its campaign marks, and the place on the page."""
    if not shown.startswith("?"):
        return ""
    query, mark, place = shown[1:].partition("#")
    kept = "&".join(part for part in query.split("&") if _HARMLESS.fullmatch(part))
    return f"{'?' if kept else ''}{kept}{'' if '=' in place else mark + place}"


def _links(text: str) -> Iterator[Span]:
    for match in URL.finditer(text):
        shown = match.group().partition("|")[0].rstrip(".,;:!?'’")
        if info := _USER_INFO.search(shown):
            yield match.start() + info.start(), match.start() + info.end()
        query = re.search(r"\?[^?]|#[^=]*=", shown)
        if query and harmless(shown[query.start() :]) != shown[query.start() :]:
            yield match.start() + query.start(), match.start() + len(shown)


def _keys(text: str) -> Iterator[Span]:
    yield from (match.span() for match in _KEY.finditer(text))
    yield from (match.span(1) for match in _CALLED_KEY.finditer(text))


def _addresses(text: str) -> Iterator[Span]:
    for match in _IPV4.finditer(text):
        if all(int(part) <= 255 for part in match.group().split(".")) and not _NOBODYS_IP.fullmatch(match.group()):
            yield match.span()
    for match in _IPV6.finditer(text):
        if _is_ipv6(match.group()) and not _NOBODYS_IP.fullmatch(match.group()):
            yield match.span()


def _is_ipv6(shown: str) -> bool:
    try:
        IPv6Address(shown)
    except ValueError:
        return False
    return True


def _handles(text: str) -> Iterator[Span]:
    return (match.span() for match in _HANDLE.finditer(text) if not _NO_HANDLE.fullmatch(match.group()))


def _every(pattern: re.Pattern[str]) -> Callable[[str], Iterator[Span]]:
    return lambda text: (match.span() for match in pattern.finditer(text))


# In this order: what is found is gone for those after it, so a key is no handle and a card no phone number.
_SEEKERS: tuple[Seeker, ...] = (
    ("mention", _every(_MENTION)),
    ("link", _links),
    ("e-mail", _every(_EMAIL)),
    ("key", _keys),
    ("phone", _every(_DIALLED)),
    ("IP address", _addresses),
    ("IBAN", ibans),
    ("card", cards),
)
