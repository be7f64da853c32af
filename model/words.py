"""Words as readers see them: whole, in any case, and with their endings forgiven."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from model.degrees import degrees

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
# A currency may stand apart from its number, and so may a per cent; other signs touch their word.
_SIGNED = re.compile(
    r"(?P<before>(?:[£$€¥] ?|[#@+])*)(?P<word>[^\W_]+(?:'[^\W_]+)*)(?P<after>(?: ?[%€](?!\w)|[£$¥#@+](?!\w))*)"
)
_ACCENTS = re.compile(r"(?<=[a-z])[\u0300-\u036f]+")
_HALF_DAY = re.compile(r"(\d)\s?([ap])\.?\s?m\b\.?", re.IGNORECASE)
_OTHERWISE = frozenset(("hell", "id", "ill", "shed", "shell", "wed", "well", "were", "whore"))
_KEPT, _WORDS_KEPT = 256, 4096
_SENTENCE_END = re.compile(r"(?<=[.!?…。！？])[\"'”’)\]]*\s+|(?<=[。！？])|\n+")
# Words whose ending is no ending: cutting it would make another word of them.
_WHOLE = frozenset(
    _WORD.findall(
        "news goods means series species lens gas bus always perhaps thus plus less yes this his its us as is "
        "was has does "
        "evening wedding during ceiling nothing something anything everything need speed feed seed indeed exceed "
        "hundred "
        "spring string thing bring king ring sing red bed led sacred christmas business address across bread "
        "analysis "
        "basis process success princess mattress access sales united morning clothing being biting"
    )
)


def words(text: str) -> list[str]:
    """Split a text into its words, in lower case, apostrophes made plain.

    >>> words("Don’t panic, it's FREE")
    ["don't", 'panic', "it's", 'free']
    """
    return [found.replace("’", "'").casefold() for found in _WORD.findall(unicodedata.normalize("NFKC", text))]


def stem(word: str) -> str:
    """Take the ending off a word; meant for comparing, not for reading.

    >>> {stem(word) for word in ("bake", "bakes", "baked", "baking")}
    {'bak'}
    """
    word = word.removesuffix("'s").removesuffix("'")
    if len(word) < 3 or word in _WHOLE:
        return word
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith(("ses", "xes", "zes", "ches", "shes")) and len(word) > 4:
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        rest = word.removesuffix(ending)
        if rest != word and len(rest) > 2 and re.search("[aeiouy]", rest) and not word.endswith("eed"):
            word = rest[:-1] if len(rest) > 3 and rest[-1] == rest[-2] and rest[-1] not in "lsz" else rest
            break
    return word.removesuffix("e").replace("y", "i") if len(word) > 3 else word


def stems(text: str) -> list[str]:
    """The stems of a text's words, in order."""
    return [stem(word) for word in words(text)]


@dataclass(frozen=True, slots=True)
class _Said:
    """A word where it stands: the forms that count as the same, and the signs beside it."""

    forms: frozenset[str]
    signs: frozenset[str]

    def is_in(self, other: "_Said") -> bool:
        """Whether the other says this one."""
        return not self.forms.isdisjoint(other.forms) and self.signs <= other.signs


@dataclass(frozen=True, slots=True)
class _Read:
    """The words of a text, and every form that any of them has."""

    words: tuple[_Said, ...]
    forms: frozenset[str]


def says(text: str, phrase: str) -> bool:
    """Whether a text says a phrase: the same words side by side, in any case and with any ending.

    Accents and apostrophes may be missing; a sign beside a word of the phrase, as in "20%" or "C#", must be there.
    Scripts that set no spaces between words, and phrases without words, are sought as they are written.

    >>> says("We're baking in Scunthorpe", "bake"), says("We're baking in Scunthorpe", "thorpe")
    (True, False)
    >>> says("20 off", "20% off"), says("Dont stop at 7pm", "don't stop at 7 p.m.")
    (False, True)
    """
    return _is_said(text, phrase, raised=False)


def uses(text: str, phrase: str) -> bool:
    """Whether a text says a phrase that it may not say, its words in another degree or as adverbs too.

    >>> uses("The cheapest tea", "cheap"), says("The cheapest tea", "cheap")
    (True, False)
    """
    return _is_said(text, phrase, raised=True)


def _is_said(text: str, phrase: str, *, raised: bool) -> bool:
    if _spaceless(phrase) or not _WORD.search(phrase):
        return bool(phrase.strip()) and phrase.strip().casefold() in text.casefold()
    if _holds(_read(text), _sought(phrase, raised=raised)):
        return True
    # "7 pm" and "7 p.m." are "7pm".
    return bool(_HALF_DAY.search(phrase)) and _holds(
        _read(_HALF_DAY.sub(r"\1\2m", text)), _sought(_HALF_DAY.sub(r"\1\2m", phrase), raised=raised)
    )


def _holds(there: _Read, wanted: tuple[_Said, ...]) -> bool:
    if any(one.forms.isdisjoint(there.forms) for one in wanted):
        return False
    return any(
        all(map(_Said.is_in, wanted, there.words[at : at + len(wanted)]))
        for at in range(len(there.words) - len(wanted) + 1)
    )


@lru_cache(maxsize=_KEPT)
def _read(text: str) -> _Read:
    """Read the words of a text and the signs beside them; the same text is asked for one phrase after another."""
    found = tuple(_said(one["word"], one["before"] + one["after"]) for one in _SIGNED.finditer(_plain(text)))
    return _Read(found, frozenset(form for one in found for form in one.forms))


@lru_cache(maxsize=_KEPT)
def _sought(phrase: str, *, raised: bool) -> tuple[_Said, ...]:
    """The words of a phrase, where asked with their other degrees."""
    found = _read(phrase).words
    if not raised:
        return found
    others = [frozenset(stem(other) for other in degrees(one["word"])) for one in _SIGNED.finditer(_plain(phrase))]
    return tuple(replace(one, forms=one.forms | more) for one, more in zip(found, others, strict=True))


def _plain(text: str) -> str:
    """A text in lower case, without accents on Latin letters; on others they make other letters."""
    if text.isascii():
        return text.casefold()
    apart = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).replace("’", "'").casefold())
    return unicodedata.normalize("NFC", _ACCENTS.sub("", apart))


@lru_cache(maxsize=_WORDS_KEPT)
def _said(word: str, signs: str) -> _Said:
    """A word by its stem; with the apostrophe left out too, unless that makes another word: "he'll" isn't "hell"."""
    bare = word.replace("'", "")
    same = (word,) if bare != word and bare in _OTHERWISE else (word, bare)
    return _Said(frozenset(stem(one) for one in same), frozenset(signs) - {" "})


def _spaceless(text: str) -> bool:
    return any("\u0e00" <= letter <= "\u0eff" or "\u3040" <= letter <= "\u9fff" for letter in text)


def sentences(text: str) -> list[str]:
    """Split a text into sentences and lines, without the empty ones."""
    return [piece.strip() for piece in _SENTENCE_END.split(text) if piece.strip()]


def shingles(text: str, size: int) -> set[tuple[str, ...]]:
    """Every run of that many words, as stems; a shorter text is one run."""
    found = stems(text)
    return {tuple(found[at : at + size]) for at in range(max(1, len(found) - size + 1))} if found else set()


def overlap(one: str, other: str) -> float:
    """How much two texts share, from 0 to 1: the pairs of words in both, over those in either's shorter list.

    >>> overlap("Come in for tea", "Come in for tea today"), overlap("Come in for tea", "Tea is on")
    (1.0, 0.0)
    """
    here, there = shingles(one, 2), shingles(other, 2)
    return len(here & there) / min(len(here), len(there)) if here and there else 0.0


def share(one: str, other: str) -> float:
    """How many of two texts' words are in both, from 0 to 1, in whatever order they stand.

    >>> share("Open day and night", "Night and day"), share("Come in for tea", "")
    (0.75, 0.0)
    """
    here, there = set(stems(one)), set(stems(other))
    return len(here & there) / len(here | there) if here and there else 0.0


def closest(text: str, others: Sequence[str]) -> tuple[float, int]:
    """The greatest overlap with any of the others, and which one it is; (0, -1) when there are none."""
    return max(((overlap(text, other), at) for at, other in enumerate(others)), default=(0.0, -1))
