"""The name of what a brief is about: found by its capitals, for briefs give no other mark, and spelled as there."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache

from model.brief import Brief
from model.formats import ALIASES
from model.given import given
from model.moments import DAYS, MONTHS
from model.words import says

_CAPITAL = r"(?:[A-Z0-9ÀÖØ-Þ][\w'’.+]*[\w+]|[A-Z]|[a-z]+[A-Z]\w*)"
_RUN = re.compile(rf"\b{_CAPITAL}(?:(?:\s*[&+]\s*|\s+(?:and|of|the|de|la|for|at)\s+|\s+|-){_CAPITAL})*")
_CAPITALISED = re.compile(r"(?<![\w@#/.])[A-Z][\w'’]+")
# A name's near miss is a slip of the pen, unless it opens a sentence, where any word has a capital.
# What only lacks a name's end is a word of its own ("Smoke" for Smoker), unless the name is long.
_LONG, _CLIPPED, _NEAR, _NEARER = 4, 8, 0.82, 0.86
_NOT_NAMES = frozenset(
    re.findall(
        r"\w+",
        "a an ad ads and announce announcement app b2b b2c blog brand brief can caption copy could create "
        "customer cta dear "
        "describe description diwali draft easter eid email emails english event facebook fb for friday from "
        "google help hi i ig "
        "in insta instagram invite invitation is it launch linkedin make marketing message meta need new "
        "newsletter our page please "
        "post posts press product promo promote push reel release reminder rsa sale search seo short slogan sms "
        "tagline text "
        "the thread tiktok to tweet twitter uk us eu usa video we welcome write x youtube pr ceo cfo cto hr vip "
        "gp faq tone "
        "audience voice something company saas business charity firm campaign project of at de la two three "
        "title short quick fun christmas black new year mother father mothers fathers",
    )
) | frozenset((*DAYS, *MONTHS, *(name[:3] for name in (*DAYS, *MONTHS))))


@lru_cache(maxsize=256)
def names(brief: Brief) -> tuple[str, ...]:
    """The names in a brief, in order; the first is most often the brand's, and is where the brief has one of its own.

    >>> names(Brief("Tweet for Brambleworth Cider, new dry perry on tap from Friday"))
    ('Brambleworth Cider',)
    """
    found = []
    for match in _RUN.finditer(brief.product):
        run = re.split(r"\s+", match.group())
        while run and _common(run[0]):
            del run[0]
        while run and _common(run[-1]) and not (len(run) > 2 and run[-2] in ("&", "+", "and", "of", "the")):
            del run[-1]
        if run and not all(re.fullmatch(r"[\d.,+-]+\w{0,3}", word) for word in run):
            found.append(" ".join(run).removesuffix("'s").removesuffix("’s"))
    is_there = not brief.brand or any(says(name, brief.brand) for name in found)
    return tuple(dict.fromkeys(found if is_there else [brief.brand, *found]))


def _common(word: str) -> bool:
    plain = word.strip(".'’&+").casefold()
    return not plain or plain in _NOT_NAMES or plain in ALIASES or plain.isdigit()


def judged(text: str, brief: Brief) -> tuple[str, bool]:
    """Say when the copy misspells a name, which is grave, or doesn't name what the brief is about, which is not."""
    wrong = next(_misspelled(text, brief), "")
    return (wrong, True) if wrong else (named(text, brief), False)


def bare(text: str, brief: Brief) -> str:
    """Say when the copy is the name and nothing else.

    >>> bare("Brewline.", Brief("slogan for Brewline"))
    'It says the name and nothing else.'
    """
    said = _letters(text)
    alone = bool(said) and any(said == _letters(name) for name in names(brief))
    return "It says the name and nothing else." if alone else ""


def _misspelled(text: str, brief: Brief) -> Iterator[str]:
    """Yield the words that are nearly a name of the brief, and none of its words."""
    known = {_letters(word) for word in re.split(r"[\s-]+", given(brief).text)}
    spelled = {
        _letters(word): word
        for name in names(brief)
        for word in re.split(r"[\s-]+", name)
        if len(_letters(word)) >= _LONG
    }
    for match in _CAPITALISED.finditer(text):
        word, before = _letters(match.group()), text[: match.start()].rstrip(" \"“'(")
        opens = not before or before[-1] in ".!?:\n-#"
        if word not in known and len(word) >= _LONG:
            near = (shown for name, shown in spelled.items() if _near(word, name, _NEARER if opens else _NEAR))
            yield from (f"“{match.group()}” is spelled {shown} in the brief." for shown in near)


def _near(word: str, name: str, least: float) -> bool:
    """Whether a word is a slip of a name, and neither a form of it nor a word that it begins with."""
    if word[0] != name[0] or word.startswith(name) or name.removesuffix("s") == word:
        return False
    whole = len(name) >= _CLIPPED or not name.startswith(word)
    return whole and SequenceMatcher(None, name, word).ratio() >= least


def _letters(word: str) -> str:
    return re.sub(r"[\W\d_]", "", word).casefold()


def named(text: str, brief: Brief) -> str:
    """Say when the copy doesn't name what the brief names first, in full or by its first word."""
    found = names(brief)
    if not found:
        return ""
    joined = re.sub(r"[^\w]", "", text).casefold()
    # A brief often opens with a common noun, which has its capital from there alone.
    opens = " " not in found[0] and brief.product.lstrip().startswith(found[0])
    for name in found[: 3 if opens else 2]:
        first = name.split()[0]
        spelled = re.sub(r"[^\w]", "", name).casefold()
        if says(text, name) or spelled in joined or (len(first) > 2 and says(text, first)):
            return ""
    return f"It doesn't name {found[0]}."
