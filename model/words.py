"""Words as readers see them: whole, in any case, and with their endings forgiven."""

import re
import unicodedata
from collections.abc import Sequence

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
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


def says(text: str, phrase: str) -> bool:
    """Whether a text says a phrase: the same words side by side, in any case and with any ending.

    Scripts that set no spaces between words, and phrases without words, are sought as they are written.

    >>> says("We're baking in Scunthorpe", "bake"), says("We're baking in Scunthorpe", "thorpe")
    (True, False)
    """
    wanted = stems(phrase)
    if not wanted or _spaceless(phrase):
        return bool(phrase.strip()) and phrase.strip().casefold() in text.casefold()
    there = stems(text)
    return any(there[at : at + len(wanted)] == wanted for at in range(len(there) - len(wanted) + 1))


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


def closest(text: str, others: Sequence[str]) -> tuple[float, int]:
    """The greatest overlap with any of the others, and which one it is; (0, -1) when there are none."""
    return max(((overlap(text, other), at) for at, other in enumerate(others)), default=(0.0, -1))
