"""Puts stand-ins for personal data, so that a model learns to copy what a brief says and never whose number it was.

A stand-in reads like the thing itself (a phone number from the range that Ofcom keeps for drama, an address at
example.com), so the copy around it stays copy. What a brand published in its own brief is treated alike: brief and copy
get the same stand-in for the same value, whatever way either writes it. Names are not found: see
`model/personal_data.py`.
"""

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from model.brief import Brief
from model.personal_data import Found, Kind, find, harmless

_PASSES = 6
_LOCAL = ("hello", "info", "team", "office", "post", "orders", "help", "desk")
_DOMAINS = ("example.com", "example.net", "example.org")
_HANDLES = ("shop", "studio", "team", "kitchen", "works", "crew", "house", "press")
# Nobody's: RFC 2606 keeps these domains, RFC 5737 and 3849 these networks, Ofcom these numbers.
_STAND_IN: Mapping[Kind, re.Pattern[str]] = MappingProxyType(
    {
        "e-mail": re.compile(r".+@(?:[\w-]+\.)*(?:example(?:\.(?:com|net|org))?|test|invalid)", re.IGNORECASE),
        "phone": re.compile(r"\D*(?:(?:00)?44\D*)?(?:\(?0\)?\D*)?1632\D*9\D?6\D?0(?:\D?\d){3}"),
        "handle": re.compile(r"@example_[a-z]+\d*"),
        "key": re.compile(r"example-key-\d+"),
        "card": re.compile(r"4000 ?0000 ?0000 ?\d{4}"),
        "IP address": re.compile(r"192\.0\.2\.\d+|2001:db8::[0-9a-f]+", re.IGNORECASE),
    }
)


@dataclass(frozen=True, slots=True)
class Redacted:
    """Texts with their stand-ins, in the order given; `found` has a (kind, digest) for each value that was replaced."""

    texts: tuple[str, ...]
    found: frozenset[tuple[Kind, str]]


def redact(texts: Sequence[str], language: str = "en") -> Redacted:
    """Put stand-ins into texts that belong together; the same value becomes the same stand-in in all of them.

    Which stand-in it becomes is drawn from a hash of the value, so that a model that sees many briefs doesn't learn one
    number by heart. Of a link only the personal part of its query goes. Redacting twice changes nothing more.

    >>> redact(["Ring Ana on +49 30 901820.", "Call 0049 30 901820"]).texts
    ('Ring Ana on 01632 960838.', 'Call 01632 960838')
    """
    given: dict[tuple[Kind, str], str] = {}
    done = tuple(texts)
    # What stands beside a stand-in may make another number with it, so once more until nothing is found.
    for _ in range(_PASSES):
        again = tuple(_replaced(text, language, given) for text in done)
        if again == done:
            break
        done = again
    return Redacted(done, frozenset((kind, _digest(kind, plain)) for kind, plain in given))


def redact_brief(brief: Brief, *texts: str) -> tuple[Brief, tuple[str, ...], frozenset[tuple[Kind, str]]]:
    """Put stand-ins into a brief and into copy written for it; returns both, and what was found."""
    singles = (brief.product, brief.audience, brief.tone, brief.rejected, brief.instruction, brief.voice, brief.brand)
    several = (brief.must_say, brief.must_not_say, brief.known, brief.banned, brief.examples)
    redacted = redact([*singles, *(text for field in several for text in field), *texts], brief.language)
    done = iter(redacted.texts)
    product, audience, tone, rejected, instruction, voice, brand = (next(done) for _ in singles)
    must_say, must_not_say, known, banned, examples = (tuple(next(done) for _ in field) for field in several)
    clean = replace(
        brief,
        product=product,
        audience=audience,
        tone=tone,
        rejected=rejected,
        instruction=instruction,
        voice=voice,
        brand=brand,
        must_say=must_say,
        must_not_say=must_not_say,
        known=known,
        banned=banned,
        examples=examples,
    )
    return clean, tuple(done), redacted.found


def _replaced(text: str, language: str, given: dict[tuple[Kind, str], str]) -> str:
    at, pieces = 0, []
    for one in find(text, language):
        pieces += [text[at : one.start], _stand_in(one, given)]
        at = one.end
    return "".join((*pieces, text[at:]))


def _stand_in(one: Found, given: dict[tuple[Kind, str], str]) -> str:
    kind = one.kind
    if kind in _STAND_IN and _STAND_IN[kind].fullmatch(one.shown):
        return one.shown
    key = (kind, _plain(one))
    if kind == "link":
        given[key] = harmless(one.shown)
    elif key not in given:
        first, taken = int(_digest(*key), 16), set(given.values())
        free = (made for number in range(first, first + len(given) + 1) if (made := _MAKERS[kind](number)) not in taken)
        # Where a text names more of a kind than there are stand-ins, two share one.
        given[key] = next(free, _MAKERS[kind](first))
    # Digits that stood without a gap stand in a link, or are to be dialled by a machine.
    return given[key].replace(" ", "") if kind == "phone" and one.shown.isdigit() else given[key]


def _plain(one: Found) -> str:
    """A value in the form in which two of them compare, however they are written."""
    if one.kind in ("phone", "card"):
        digits = re.sub(r"\D", "", one.shown.replace("(0)", ""))
        # At home a number has a 0 where abroad it has its country; its last nine digits are the same.
        return digits[-9:] if one.kind == "phone" else digits
    return re.sub(r"\s", "", one.shown).casefold()


def _digest(kind: Kind, plain: str) -> str:
    return hashlib.sha256(f"{kind} {plain}".encode("utf-8", "surrogatepass")).hexdigest()


def _e_mail(number: int) -> str:
    number, local = divmod(number, len(_LOCAL))
    return f"{_LOCAL[local]}@{_DOMAINS[number % len(_DOMAINS)]}"


def _handle(number: int) -> str:
    number, name = divmod(number, len(_HANDLES))
    return f"@example_{_HANDLES[name]}{number % 9 + 1}"


_MAKERS: Mapping[Kind, Callable[[int], str]] = MappingProxyType(
    {
        "mention": _handle,
        "e-mail": _e_mail,
        "key": lambda number: f"example-key-{number % 1000}",
        # Check digits of 00, and a card that Luhn's formula refuses: no bank has them.
        "IBAN": lambda number: f"GB00 DESK COPY {_letters(number)} TEXT XX",
        "card": lambda number: f"4000 0000 0000 {number % 1000:03}{_wrong_check(number % 1000)}",
        "IP address": lambda number: f"192.0.2.{number % 254 + 1}",
        "phone": lambda number: f"01632 960{number % 1000:03}",
        "handle": _handle,
    }
)


def _letters(number: int) -> str:
    return "".join(chr(ord("A") + number // 26**place % 26) for place in range(4))


def _wrong_check(number: int) -> int:
    """A last digit that doesn't check the card number with those three before it."""
    first, second, third = (int(digit) for digit in f"{number:03}")
    return (1 - 8 - sum(divmod(2 * first, 10)) - second - sum(divmod(2 * third, 10))) % 10
