"""The words that set the comments of one label apart: what people complain of, and what they love; pure."""

import re
from collections import Counter
from math import log, sqrt

from bot.sentiment_people import is_given
from bot.sentiment_summary import Driver
from model.sentiment import Label
from model.words import stem

PRIOR = 20
"""Texts that the prior weighs as much as, on either side."""
CLEAR = 2.58
"""The z score from which a word counts; of the many words tried, a few pass 1.96 by chance."""
FEWEST = 3
MOST = 8
KEPT = 200_000
"""Terms; where more are met, those met once are forgotten (lossy counting, Manku and Motwani, VLDB 2002)."""
LONGEST = 30
READ = 4000
"""Characters of a comment whose words count."""
GAP = 40
"""Characters before a word that say whether a sentence begins with it."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_OPENS = re.compile(r"[.!?…:\n\"“(#@-]\s*$")
_NEGATIONS = frozenset(
    re.findall(r"\S+", "not no never cannot can't don't didn't doesn't won't wasn't isn't aren't couldn't without")
)
_EMPTY = _NEGATIONS | frozenset(
    re.findall(
        r"\S+",
        "a about after again all also always am an and another any anyone anything are as at back be because "
        "been before being both but by came can come could day days did do does doing done down each either "
        "else even ever every everyone everything few first for from get gets getting give given go goes "
        "going gone got had has have having he her here hers him his how however i i'd i'll i'm i've if in "
        "instead into is it it's its itself just keep know last least less let like little long lot made make "
        "makes making many may maybe me might mine more most much must my myself need neither next none nor "
        "nothing now of off often ok on once one only onto or other our ours out over own per put quite "
        "rather really said same say saw says see seem seems several she should since so some someone "
        "something soon still such take takes than that that's the their them then there there's these they "
        "they're thing things think this those though through time times to together too took toward try two "
        "under until up upon us use used using very via want wanted was way we we're we've well went were "
        "what when where which while who whole whom whose why will with within would yes yet you you're your "
        "yours",
    )
)
# These say that something is good or bad, and not what.
_JUDGING = frozenset(
    re.findall(
        r"\S+",
        "bad worse worst awful terrible horrible poor poorly disappointed disappointing disappointment disappoint hate "
        "hated rubbish crap shit sucks suck useless pathetic disgusting appalling dreadful atrocious abysmal shame "
        "unhappy sad sadly angry avoid terribly badly fail failed unfortunately wrong problem problems issue issues "
        "good great best better excellent amazing awesome love loved loves lovely perfect perfectly wonderful "
        "fantastic brilliant nice happy thanks thank superb outstanding favourite favorite enjoy enjoyed recommend "
        "recommended pleased impressed glad highly beautiful incredible fun cool pretty delighted special super "
        "absolutely totally completely definitely especially",
    )
)


class Words:
    """In how many comments of each label every word and pair of words is; bounded, however many there are."""

    def __init__(self, kept: int = KEPT) -> None:
        self._terms: dict[Label, Counter[str]] = {"negative": Counter(), "neutral": Counter(), "positive": Counter()}
        self._texts: Counter[Label] = Counter()
        self._names: Counter[str] = Counter()
        self._kept = kept

    def add(self, text: str, label: Label) -> None:
        """Count a comment."""
        self._texts[label] += 1
        found, names = terms(text)
        counted = self._terms[label]
        counted.update(found)
        for word, is_name in names.items():
            self._names[word] += 1 if is_name else -1
        for counter in (counted, self._names):
            if len(counter) > self._kept:
                _forget(counter, self._kept // 2)

    def drivers(self, label: Label) -> tuple[Driver, ...]:
        """The words that are in the comments of a label more than in all others, the clearest first.

        Log-odds with an informative Dirichlet prior (Monroe, Colaresi and Quinn, Political Analysis 16, 2008), of
        comments that hold a word, not of its uses: one who repeats a word is one. The prior is all comments. Words
        that are names, or mostly written as such, are left out: nobody is blamed by name.
        """
        here, number = self._terms[label], self._texts[label]
        others = [other for other in self._terms if other != label]
        rest = sum(self._texts[other] for other in others)
        if not number or not rest:
            return ()
        found = []
        for term, count in here.items():
            if count < FEWEST or any(self._names[word] > 0 or is_given(word) for word in term.split(" ")):
                continue
            elsewhere = sum(self._terms[other][term] for other in others)
            # What stands in every comment sets none apart, and its odds have no logarithm.
            if count + elsewhere == number + rest:
                continue
            if (score := _score(count, number, elsewhere, rest)) >= CLEAR:
                found.append(Driver(term, count, elsewhere, score))
        return _distinct(sorted(found, key=lambda one: (-one.score, one.word)))


def terms(text: str) -> tuple[set[str], dict[str, bool]]:
    """The words and pairs of a text that say what it is about; and which words are written as names in its midst."""
    found: set[str] = set()
    names: dict[str, bool] = {}
    before, end = "", 0
    text = text[:READ]
    for match in _WORD.finditer(text):
        written, gap = match.group(), text[end : match.start()]
        word = written.replace("’", "'").casefold()
        if len(word) > LONGEST:
            before, end = "", match.end()
            continue
        if end and not _OPENS.search(gap[-GAP:]) and not written.isupper():
            names[word] = written[0].isupper()
        if word not in _EMPTY and word not in _JUDGING and len(word) > 2:
            found.add(word)
        if before and gap.strip(" ") == "" and _is_pair(before, word):
            found.add(f"{before} {word}")
        before, end = word, match.end()
    return found, names


def _is_pair(one: str, other: str) -> bool:
    if other in _EMPTY or len(other) < 3:
        return False
    if one in _NEGATIONS:
        return True
    return one not in _EMPTY and not (one in _JUDGING and other in _JUDGING) and len(one) > 2


def _score(here: int, number: int, elsewhere: int, rest: int) -> float:
    """The z score of the difference between two log-odds, each with the prior's texts added."""
    prior = PRIOR * (here + elsewhere) / (number + rest)
    yes, no = here + prior, number - here + PRIOR - prior
    yes_other, no_other = elsewhere + prior, rest - elsewhere + PRIOR - prior
    return (log(yes / no) - log(yes_other / no_other)) / sqrt(1 / yes + 1 / no + 1 / yes_other + 1 / no_other)


def _distinct(found: list[Driver]) -> tuple[Driver, ...]:
    """The first few that share no word, whatever its ending."""
    chosen: list[Driver] = []
    taken: set[str] = set()
    for one in found:
        stems = {stem(word) for word in one.word.split(" ") if word not in _NEGATIONS}
        if not stems & taken:
            chosen.append(one)
            taken |= stems
        if len(chosen) == MOST:
            break
    return tuple(chosen)


def _forget(counter: Counter[str], kept: int) -> None:
    """Drop the rarest until so many are left."""
    floor = 1
    while len(counter) > kept:
        for term in [term for term, count in counter.items() if abs(count) <= floor]:
            del counter[term]
        floor += 1
