"""Words of the copy that no dictionary has, nor the brief: what a small model makes up when it stumbles."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

from model.addresses import taken_out
from model.brief import Brief
from model.given import given
from model.words import stem, stems, words

_WORD = re.compile(r"(?<![#@\w])[^\W\d_]+(?:['’][^\W\d_]+)*(?![\w])")
_ODD = re.compile(r"(\w)\1\1|['’].*['’]")
"""Drawn out, "sooo", or drawn together, "fish'n'chips"."""
_LANGUAGE = "en"
"""The only language judged: where words are compounded or inflected freely, a list knows too few of them."""
_SHORTEST = 4

# The dictionary is American; what the British write otherwise, by how an American would.
_BRITISH = (
    ("our", "or"),
    ("is(e|ed|es|ing|ation|ations|er|ers)$", r"iz\1"),
    ("ys(e|ed|es|ing|er|ers)$", r"yz\1"),
    ("tre(s?)$", r"ter\1"),
    ("bre(s?)$", r"ber\1"),
    ("ogue(s?)$", r"og\1"),
    ("ll(ed|ing|er|ers|ous)$", r"l\1"),
    ("l(ments?)$", r"ll\1"),
    ("[ao]e", "e"),
    ("ence(s?)$", r"ense\1"),
    ("aught", "aft"),
    ("ould", "old"),
    ("grey", "gray"),
    ("tyre", "tire"),
    ("kerb", "curb"),
    ("mme(s?)$", r"m\1"),
    ("ium$", "um"),
)
_BEFORE = ("un", "re", "pre", "non", "over", "mis", "sub")
# An ending, and what may have stood there instead.
_ENDINGS = (
    ("s", ("",)),
    ("es", ("",)),
    ("ies", ("y",)),
    ("ed", ("", "e")),
    ("ing", ("", "e")),
    ("er", ("", "e")),
    ("ers", ("", "e")),
    ("ly", ("",)),
    ("ish", ("",)),
    ("y", ("", "e")),
    ("ness", ("",)),
    ("less", ("",)),
    ("able", ("", "e")),
    ("like", ("",)),
    ("proof", ("",)),
)
# What is younger than the dictionary, or not American.
_ALSO = frozenset(
    words(
        "admin aeroplane aioli airfryer app barcode barista bento blogger boba cafe campervan chai chatbot cistus "
        "countertop coworking crowdfund cv dashcam dropdown ductwork ebike ecommerce emoji escooter ev fairtrade "
        "fintech freebie gilet glamping halloumi harissa hashtag inbox insta intro ipa jetwash kefir kettlebell "
        "kombucha lidar livestream loch macchiato matcha matinee meetup merch microcontroller nduja onboarding "
        "paywall pho pickleball playlist prebiotic probiotic prosecco quinoa rollout rooflight roofline saas scaleup "
        "sesh signup smartphone smartwatch sriracha stairlift standup streetwear subreddit takeaway tech telehealth "
        "timesheet upcycle upskill vape vlog webinar wellbeing wifi woodsmoke workflow yuzu that'll there'll"
    )
)


def unknown(entries: Iterable[str], brief: Brief) -> str:
    """Quote the words that are in no dictionary, nor in what the brief supplies; empty in other languages."""
    if not brief.language.startswith(_LANGUAGE):
        return ""
    told = _told(f"{given(brief).text}\n{brief.rejected}")
    found = dict.fromkeys(word for entry in entries for word in _words(entry) if not _is_known(word, told))
    shown = ", ".join(f"“{word}”" for word in list(found)[:3])
    return f"{shown} {'is' if len(found) == 1 else 'are'} in no dictionary, nor in the brief." if found else ""


@lru_cache(maxsize=64)
def _told(text: str) -> frozenset[str]:
    """The words of a brief and their stems; every candidate is compared with the same."""
    return frozenset((*words(text), *stems(text)))


def _words(text: str) -> list[str]:
    """The words that may be misspelt: none that is short, an address, a tag, in capitals, or drawn."""
    bare, _ = taken_out(text)
    found = (match.group() for match in _WORD.finditer(bare))
    return [one for one in found if len(one) >= _SHORTEST and one[1:].islower() and not _ODD.search(one)]


def _is_known(word: str, told: frozenset[str]) -> bool:
    plain = word.casefold().replace("’", "'").removesuffix("'s").removesuffix("'")
    return plain in told or stem(plain) in told or _is_english(plain) or _is_english(_bare(plain))


def _bare(word: str) -> str:
    """A word without its accents: "naive" for "naïve"."""
    return "".join(letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter))


@lru_cache(maxsize=8192)
def _is_english(word: str) -> bool:
    """Whether an American, a Briton or a marketer would know it, with its endings forgiven."""
    if not _listed().isdisjoint((word, *_american(word))):
        return True
    if any(word.startswith(before) and word[len(before) :] in _listed() for before in _BEFORE):
        return True
    stumps = (word.removesuffix(end) + instead for end, all_ in _ENDINGS if word.endswith(end) for instead in all_)
    return any(len(one) >= _SHORTEST - 1 and not _listed().isdisjoint((one, *_american(one))) for one in stumps)


def _american(word: str) -> list[str]:
    return [american for british, other in _BRITISH if (american := re.sub(british, other, word)) != word]


@cache
def _listed() -> frozenset[str]:
    """The words of pyspellchecker's English list, about 160,000, and ours."""
    from spellchecker import SpellChecker

    return _ALSO.union(SpellChecker(language=_LANGUAGE).word_frequency.words())
