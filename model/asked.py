"""Whether a new version does what a person's own words ask, and what of them no rule can see."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from model.brief import Brief
from model.conventions import hashtags_in
from model.counting import EMOJI, URL, emoji
from model.granting import is_known, prices
from model.language import SMALL
from model.numerals import in_figures
from model.wishes import Wish, wishes
from model.words import overlap, sentences, stem, words

SAME = 0.6
"""A sentence that shares this much of its word pairs with the text still stands there."""
SHOWN = 60

NAME, NOT_CHECKED = "as asked", "not checked"
UNSEEN = "“{words}”: no check can tell, so read it yourself"

_TAIL = re.compile(r"(?:\s|[\"”'’)]|#\w+)+$")


@dataclass(frozen=True, slots=True)
class Found:
    """What one wish comes to: the check's name, the fault or nothing, and whether it rules a draft out."""

    name: str
    fault: str
    hard: bool = True


def found(text: str, brief: Brief) -> Iterator[Found]:
    """What the wishes in a person's words come to in a new version; nothing of those that other checks judge."""
    for wish in wishes(brief.instruction) if brief.rejected else ():
        match wish.kind:
            case "without":
                yield Found(NAME, f"It has {wish.what}." if has(text, wish.what) else "")
            case "question last":
                yield Found(NAME, "" if _asks_last(text) else "It doesn't end with a question.")
            case "drop sentence" if target := sentence(wish, brief.rejected):
                stands = any(overlap(one, target) >= SAME for one in sentences(text))
                yield Found(NAME, f"“{_short(target)}” is still there." if stands else "")
            case "about" if not _touches(text, wish):
                yield Found(NAME, f"Nothing of “{_short(wish.what)}” is said.", hard=False)
            case "fact" if brief.revision == "in words" and not _touches(text, wish):
                yield Found(NAME, f"Nothing of “{_short(wish.what)}” is said.", hard=False)
            case _ if _is_unseen(wish, brief):
                yield Found(NOT_CHECKED, UNSEEN.format(words=_short(wish.words)), hard=False)


def sentence(wish: Wish, text: str) -> str:
    """The sentence of a text that a wish would drop, empty where the text has none at that place.

    >>> sentence(Wish("drop sentence", "drop the last sentence", "-1"), "Cold. Black. Here.")
    'Here.'
    """
    there, at = sentences(text), int(wish.what)
    return there[at] if at < len(there) and there else ""


def _is_unseen(wish: Wish, brief: Brief) -> bool:
    """Whether nothing judges a wish: its words stay what they are, an order that only a reader can follow."""
    is_lost = wish.kind in ("change", "fact", "drop sentence") and not _is_granted(wish, brief)
    return wish.kind == "unknown" or is_lost


def _is_granted(wish: Wish, brief: Brief) -> bool:
    if wish.kind == "change":
        return is_known(wish, brief)
    return wish.kind == "fact" and brief.revision == "in words"


def has(text: str, thing: str) -> bool:
    """Whether a text has a thing that a wish may forbid."""
    match thing:
        case "emoji":
            return bool(emoji(text))
        case "hashtags":
            return hashtags_in(text) > 0
        case "exclamation marks":
            return bool(re.search("[!！]", text))
        case "questions":
            return bool(re.search("[?？]", text))
        case "links":
            return bool(URL.search(text))
    return bool(prices(in_figures(text)))


def _asks_last(text: str) -> bool:
    """Whether a text ends with a question, whatever hashtags, emoji or addresses stand behind it."""
    return bool(re.search("[?？]$", _TAIL.sub("", URL.sub("", EMOJI.sub("", text)).rstrip())))


def _touches(text: str, wish: Wish) -> bool:
    """Whether any word of weight in a wish is said; of a price, any amount of money."""
    small = SMALL["en"]
    asked = {stem(word) for word in words(wish.what) if word not in small and (len(word) > 2 or word.isdecimal())}
    if asked & {stem("price"), stem("cost")} and prices(text):
        return True
    return not asked or bool(asked & {stem(word) for word in words(text)})


def _short(said: str) -> str:
    return said if len(said) <= SHOWN else said[: SHOWN - 1] + "…"
