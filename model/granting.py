"""A person's wishes put into the fields of a brief, so that a model that knows briefs alone can follow them."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from model.brief import Brief
from model.numerals import CURRENCIES, Amount, amounts
from model.wishes import Wish
from model.words import says

_INFORMAL = frozenset(["punchy", "playful", "casual", "informal", "funny", "cheeky", "relaxed", "witty", "chatty"])
_OPPOSITES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "concise": frozenset({"detailed"}),
        "detailed": frozenset({"concise"}),
        "formal": _INFORMAL,
        **dict.fromkeys(_INFORMAL, frozenset({"formal"})),
    }
)
_LEADING = r"(?:\b(?:for|at|from|only|just|priced|cost(?:s|ing)?) )*"


def granted(brief: Brief, wish: Wish) -> Brief:
    """The brief with one wish in the field that has a place for it; as it was where none has.

    An order to the writer stands in no field: the model would take its words for facts.
    """
    match wish.kind:
        case "never":
            return replace(brief, must_not_say=_with(brief.must_not_say, wish.what))
        case "must":
            return replace(brief, must_say=_with(brief.must_say, wish.what))
        case "tone":
            return replace(brief, tone=toned(brief.tone, wish.what))
        case "change" if is_known(wish, brief):
            return _changed(brief, wish.what, wish.new)
        case "without" if wish.what == "prices":
            return _everywhere(brief, without_prices)
        case "fact" if brief.revision == "in words":
            return _told(brief, wish.what)
        case "about":
            return replace(brief, product=_joined(brief.product, wish.what))
    return brief


def is_known(wish: Wish, brief: Brief) -> bool:
    """Whether the words that a wish would change stand in the brief, the draft, or among those changed already."""
    there = (brief.product, brief.rejected, *brief.must_say, *brief.must_not_say)
    return any(says(text, wish.what) for text in there)


def toned(tone: str, new: str) -> str:
    """A tone with another in front, without what would contradict it."""
    against = _OPPOSITES.get(new.split()[-1], frozenset()) | {new}
    return ", ".join([new, *(one for part in tone.split(",") if (one := part.strip()) and one.lower() not in against)])


def put_in_place(text: str, old: str, new: str) -> str:
    """A text with other words in the place of some, whole words in any case; a capital stays one.

    >>> put_in_place("Smooth as ever, smoothest of all.", "smooth", "silky")
    'Silky as ever, smoothest of all.'
    """

    def other(found: re.Match[str]) -> str:
        is_capital = found.group()[:1].isupper() and not old[:1].isupper()
        return new[:1].upper() + new[1:] if is_capital else new

    return re.sub(rf"(?<!\w){re.escape(old)}(?!\w)", other, text, flags=re.IGNORECASE)


def prices(text: str) -> list[Amount]:
    """The amounts of money in a text."""
    return [one for one in amounts(text) if one.unit in CURRENCIES]


def without_prices(text: str) -> str:
    """A text without its amounts of money, and without the small words before them.

    >>> without_prices("tweet for Brewline, only £3 on Friday")
    'tweet for Brewline, on Friday'
    """
    for one in prices(text):
        text = re.sub(rf"{_LEADING}{re.escape(one.shown)}", "", text, count=1, flags=re.IGNORECASE)
    return re.sub(r"\s+(?=[,.;:!?]|$)", "", re.sub(r"[ \t]{2,}", " ", text)).strip(" ,;")


def _changed(brief: Brief, old: str, new: str) -> Brief:
    brief = _everywhere(brief, lambda text: put_in_place(text, old, new))
    if not any(says(phrase, new) for phrase in brief.must_say):
        brief = replace(brief, must_say=_with(brief.must_say, new))
    return brief if says(new, old) else replace(brief, must_not_say=_with(brief.must_not_say, old))


def _told(brief: Brief, fact: str) -> Brief:
    """A further fact of the product; another price takes the place of the only one."""
    before, now = prices(brief.product), prices(fact)
    if len(before) == len(now) == 1 and before[0].unit == now[0].unit and before[0].value != now[0].value:
        return _everywhere(brief, lambda text: put_in_place(text, before[0].shown.strip(), now[0].shown.strip()))
    return replace(brief, product=_joined(brief.product, fact))


def _everywhere(brief: Brief, change: Callable[[str], str]) -> Brief:
    """A change to the request and to what must be said, without the phrases of which nothing is left."""
    phrases = tuple(filter(None, map(change, brief.must_say)))
    return replace(brief, product=change(brief.product), must_say=phrases)


def _joined(product: str, more: str) -> str:
    return f"{product.rstrip('. ')}. {more[:1].upper()}{more[1:]}"


def _with(phrases: tuple[str, ...], phrase: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*phrases, phrase.strip())))
