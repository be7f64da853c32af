"""Readable features of copy: what a taste can be put in words about, each as a number of usual deviations."""

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from statistics import fmean

from model.conventions import ORDERS, hashtags_in
from model.counting import URL, emoji
from model.formats import FORMATS
from model.house_examples import examples
from model.moments import DAYS, MONTHS, VERBS
from model.shape import Format
from model.urgency import hurries
from model.words import sentences, words

SMALLEST, SMALLEST_GRADED = 0.4, 0.25
"""A feature that copy hardly ever has would otherwise count for many deviations where it is there."""
PULL = 12.0
"""A format's own mean counts as much as the mean of all formats from this many examples on."""

_CURIOUS = frozenset(words("this these why how what here's secret reason happened happens really actually thing guess"))
_CURIOUS |= frozenset(words("things something surprising wait imagine turns truth finally"))
_MOST = frozenset(words("best most worst ever greatest biggest perfect amazing incredible awesome only every always"))
_MOST |= frozenset(words("ultimate unbeatable number-one brilliant stunning must-have exclusive revolutionary"))
_NOT_MOST = frozenset(words("interest forest harvest request guest quest honest modest protest invest digest contest"))
_TIMES = frozenset(words("today now tonight tomorrow yesterday soon until morning noon afternoon evening midnight"))
_TIMES |= frozenset(words("week weeks weekend weekends day days hour hours minute minutes month months year years"))
_TIMES |= frozenset((*DAYS, *(month for month in MONTHS if month not in VERBS)))
_NOT = frozenset(words("not no never don't can't won't isn't doesn't didn't aren't wasn't without nothing nobody"))
_FEELING = frozenset(
    words("love loved loves lovely heart joy happy happily warm warmth smile smiles hope hopes gentle")
)
_FEELING |= frozenset(
    words("beautiful beauty dear dream dreams proud thank thanks kind kindness care cosy cozy friend")
)
_YOU = frozenset(words("you your yours you're you'll you've you'd yourself"))
_WE = frozenset(words("we our ours us we're we'll we've we'd i my me mine i'm i've i'll"))
_ASKING = frozenset(words("why how what who when where which"))
_LABEL = re.compile(r"(?m)^(?:[A-Z][a-z]+(?: [a-z]+)?:\s|#+\s|\d+/\s|-\s)")
_LETTERS = re.compile(r"[^\W\d_][^\W\d_'’]*")
_QUOTED = re.compile(r"[\"“”]|(?<!\w)['‘][^'’]+['’](?!\w)")
_VOWELS = re.compile(r"[aeiouy]+")
_TITLE = 0.6  # from this share of capitalised words on, capitals say nothing about names


@dataclass(frozen=True, slots=True)
class Copy:
    """A text as the features read it: without the labels of its format's parts."""

    text: str
    words: tuple[str, ...]
    sentences: tuple[str, ...]

    @property
    def first(self) -> tuple[str, ...]:
        """The words of the opening sentence."""
        return tuple(words(self.sentences[0])) if self.sentences else ()

    def has(self, some: frozenset[str]) -> float:
        """How many different words of these it uses, on a scale that flattens."""
        return math.log1p(len(some & set(self.words)))


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing that copy has, or has more or less of: then `less` is what copy is called that has little of it.

    `step` is the difference, in the feature's own unit, between copy that has it and copy that hasn't; where a feature
    has degrees it is a usual deviation.
    """

    name: str
    more: str
    measure: Callable[[Copy], float]
    less: str = ""
    step: float = 1.0


FEATURES: tuple[Feature, ...] = (
    Feature("length", "long drafts", lambda copy: math.log1p(len(copy.words)), less="short drafts"),
    Feature("opening", "long openings", lambda copy: math.log1p(len(copy.first)), less="short openings"),
    Feature("sentences", "many sentences", lambda copy: math.log1p(len(copy.sentences)), less="few sentences"),
    Feature("ease", "plain, easy words", lambda copy: _ease(copy), less="longer, harder words"),
    Feature("question", "questions", lambda copy: "?" in copy.text),
    Feature("asking", "openings that ask", lambda copy: _asks(copy)),
    Feature("order", "openings that say what to do", lambda copy: _orders(copy)),
    Feature("number", "numbers", lambda copy: any(one.isdigit() for one in copy.text)),
    Feature("exclamation", "exclamation marks", lambda copy: "!" in copy.text),
    Feature("ellipsis", "dots that trail off", lambda copy: _trails_off(copy)),
    Feature("capitals", "words in capitals", lambda copy: _shouts(copy), step=math.log(2)),
    Feature("emoji", "emoji", lambda copy: math.log1p(len(emoji(copy.text))), step=math.log(2)),
    Feature("hashtags", "hashtags", lambda copy: _hashtags(copy), step=math.log(2)),
    Feature("link", "links", lambda copy: bool(URL.search(copy.text))),
    Feature("you", "drafts that say “you”", lambda copy: bool(_YOU & set(copy.words))),
    Feature("we", "drafts that say “we” or “I”", lambda copy: bool(_WE & set(copy.words))),
    Feature("curiosity", "words that make curious", lambda copy: copy.has(_CURIOUS), less="drafts that don't tease"),
    Feature("superlatives", "superlatives", lambda copy: _superlatives(copy), step=math.log(2)),
    Feature("time", "words of time, such as “today” or “Monday”", lambda copy: bool(_TIMES & set(copy.words))),
    Feature("urgency", "words that hurry people, such as “last chance”", lambda copy: hurries(copy.text)),
    Feature("negation", "negations, such as “not” and “no”", lambda copy: bool(_NOT & set(copy.words))),
    Feature("feeling", "words of feeling", lambda copy: copy.has(_FEELING), step=math.log(2)),
    Feature("names", "names", lambda copy: _names(copy), less="drafts without names"),
    Feature("quotes", "quotation marks", lambda copy: bool(_QUOTED.search(copy.text))),
)
NAMES: tuple[str, ...] = tuple(feature.name for feature in FEATURES)


def read(text: str, form: Format) -> tuple[float, ...]:
    """Measure a text as deviations from what is usual in its format, in the order of NAMES.

    Means and deviations are those of the house's examples, so they are the same for every team. The mean of a format
    is its own, which makes a long tweet and a long blog post alike; the deviation is that within formats.
    """
    means, deviations = _usual()
    return tuple(
        (value - mean) / deviation
        for value, mean, deviation in zip(raw(text), means[form.name], deviations, strict=True)
    )


def raw(text: str) -> tuple[float, ...]:
    """Measure a text in the features' own units, in the order of NAMES."""
    plain = _LABEL.sub("", text)
    copy = Copy(plain, tuple(words(plain)), tuple(sentences(plain)))
    return tuple(float(feature.measure(copy)) for feature in FEATURES)


def steps() -> tuple[float, ...]:
    """For each feature, how many deviations lie between copy that has it and copy that hasn't."""
    _, deviations = _usual()
    return tuple(1.0 if one.less else one.step / deviation for one, deviation in zip(FEATURES, deviations, strict=True))


def twice_as_long() -> tuple[float, ...]:
    """What `read` says of a text beyond what it says of one that has half as many words and is like it in all else."""
    _, deviations = _usual()
    return tuple(math.log(2) / deviations[at] if name == "length" else 0.0 for at, name in enumerate(NAMES))


@cache
def _usual() -> tuple[dict[str, tuple[float, ...]], tuple[float, ...]]:
    """Each format's means, drawn towards those of all where it has few examples, and the deviations within formats."""
    measured = {name: [raw(one.copy) for one in examples(name)] for name in FORMATS}
    overall = tuple(fmean(column) for column in zip(*(row for rows in measured.values() for row in rows), strict=True))
    means = {name: _mean(rows, overall) for name, rows in measured.items()}
    off = [
        [value - mean for value, mean in zip(row, means[name], strict=True)]
        for name, rows in measured.items()
        for row in rows
    ]
    deviations = (math.sqrt(fmean(value * value for value in column)) for column in zip(*off, strict=True))
    smallest = (SMALLEST_GRADED if feature.less else SMALLEST for feature in FEATURES)
    return means, tuple(max(pair) for pair in zip(deviations, smallest, strict=True))


def _mean(rows: Sequence[Sequence[float]], overall: Sequence[float]) -> tuple[float, ...]:
    return tuple(
        (sum(column) + PULL * everywhere) / (len(rows) + PULL)
        for column, everywhere in zip(zip(*rows, strict=True), overall, strict=True)
    )


def _ease(copy: Copy) -> float:
    """Flesch's reading ease (1948) in steps of ten points; syllables are counted as runs of vowels."""
    if not copy.words:
        return 0.0
    syllables = sum(map(_syllables, copy.words))
    count = len(copy.words)
    return (206.835 - 84.6 * syllables / count - 1.015 * count / max(1, len(copy.sentences))) / 10


def _syllables(word: str) -> int:
    silent = word.endswith("e") and not word.endswith("le")
    return max(1, len(_VOWELS.findall(word)) - silent)


def _asks(copy: Copy) -> bool:
    return bool(copy.first) and (copy.first[0] in _ASKING or copy.sentences[0].rstrip("\"”'’) ").endswith("?"))


def _orders(copy: Copy) -> bool:
    return bool(copy.first) and copy.first[0] in ORDERS


def _trails_off(copy: Copy) -> bool:
    return "…" in copy.text or "..." in copy.text


def _shouts(copy: Copy) -> float:
    return math.log1p(sum(len(word) > 3 and word.isupper() for word in _LETTERS.findall(copy.text)))


def _hashtags(copy: Copy) -> float:
    return math.log1p(hashtags_in(copy.text))


def _superlatives(copy: Copy) -> float:
    found = {word for word in copy.words if word in _MOST or (len(word) > 4 and word.endswith("est"))}
    return math.log1p(len(found - _NOT_MOST))


def _names(copy: Copy) -> float:
    """The share of words within sentences that begin with a capital; nothing where every word does."""
    inside = [word for sentence in copy.sentences for word in _LETTERS.findall(sentence)[1:]]
    share = sum(word[0].isupper() for word in inside) / len(inside) if inside else 0.0
    return 0.0 if share > _TITLE else share * 10
