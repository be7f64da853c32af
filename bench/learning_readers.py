"""Four teams with hidden tastes, by rules that share no code with the model's features; 15 % of votes are flipped.

Each rule counts something in a text. A team's taste is a weighted sum of rules, each measured against all that was
written in the same format, and each of its five people weighs them a little differently. A person likes what lies above
the middle of what was written, so that about half of all texts are liked if nobody chooses.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating[Any]]
Rule = Callable[[str], float]
Texts = Mapping[str, Sequence[str]]
"""Texts by format."""

FLIPPED = 0.15
PEOPLE = 5
OWN = 0.35
"""How far a person's weights stray from the team's, as a deviation; the team's largest weights are 1."""
_LABEL = re.compile(r"(?im)^(?:title|body):\s*")
_STARTS = re.compile(r"\b([a-z])[a-z']*", re.IGNORECASE)
_WORDS = re.compile(r"[a-z']+")
_SMALL = frozenset(_WORDS.findall("a an the of to in on at by for from and or but is it its be as with your our you"))
_INVITING = frozenset(
    _WORDS.findall("come join see find bring try call ask meet pop drop visit book start get take make send")
)
_BEING = frozenset(_WORDS.findall("is are was were be been being it's that's there's you're we're they're isn't"))
_YOU = frozenset(_WORDS.findall("you your you'll you've yours"))
_WE = frozenset(_WORDS.findall("we our us we'll we've we're"))
_SENSES = frozenset(
    _WORDS.findall(
        "warm cold hot fresh soft hard bright dark sweet salt smoke smoked sharp quiet loud wet dry light wood stone "
        "glass bread fire water sea soil sun moon rain snow wool ink paper leaf hand hands door table road roof river"
    )
)


@dataclass(frozen=True, slots=True)
class Team:
    """A name that says what it likes, and the weight of each rule."""

    name: str
    weights: Mapping[str, float]


RULES: dict[str, Rule] = {
    "brief": lambda text: -float(len(_plain(text))),
    "figures": lambda text: float(sum(letter.isdigit() for letter in text[:60]) > 0),
    "clipped": lambda text: -_mean(len(one.split()) for one in _sentences(text)),
    "reader": lambda text: float(sum(word in _YOU for word in _words(text))),
    "inviting": lambda text: float(sum(one.split()[0].strip(".,!").lower() in _INVITING for one in _sentences(text))),
    "together": lambda text: float(sum(word in _WE for word in _words(text))),
    "senses": lambda text: float(sum(word in _SENSES for word in _words(text))),
    "ending": lambda text: -float(len(_sentences(text)[-1].split()) if _sentences(text) else 0),
    "music": lambda text: _mean(float(one == other) for one, other in pairwise(_sounds(text))),
    "doing": lambda text: -float(sum(word in _BEING for word in _words(text))),
    "commas": lambda text: float(text.count(",")),
}
TEAMS = (
    Team("brief and exact", {"brief": 1.0, "figures": 0.8, "clipped": 0.6, "together": -0.4}),
    Team("warm and inviting", {"reader": 1.0, "inviting": 0.8, "together": 0.6, "figures": -0.3}),
    Team("tellers of stories", {"senses": 1.0, "brief": -0.8, "ending": 0.7, "inviting": -0.5}),
    Team("by ear", {"music": 0.8, "doing": 1.0, "commas": 0.7, "reader": -0.5}),
)


@dataclass(frozen=True, slots=True)
class Readers:
    """The people of one team: which of the known texts each of them likes, as rows of 0 and 1."""

    likes: Mapping[str, Array]

    def approval(self, text: str) -> float:
        """The share of the team that likes a text, without the noise of votes."""
        return float(self.likes[text].mean())

    def vote(self, text: str, person: int, chance: np.random.Generator) -> int:
        """What a person says of a text: 1 or -1, now and then the opposite of what they think."""
        return 1 if bool(self.likes[text][person]) != (chance.random() < FLIPPED) else -1


def readers(
    team: Team, written: Mapping[str, Sequence[str]], others: Mapping[str, Sequence[str]], seed: int
) -> Readers:
    """The team's people, who know what is usual in each format from all that was `written`; `others` they judge too."""
    chance = np.random.default_rng(seed)
    own = {name: weight + OWN * chance.standard_normal(PEOPLE) for name, weight in team.weights.items()}
    likes: dict[str, Array] = {}
    for form, usual in written.items():
        felt = _felt(own, usual, usual)
        middle = np.median(felt, axis=0)
        texts = [*usual, *others.get(form, ())]
        for text, row in zip(texts, _felt(own, texts, usual), strict=True):
            likes[text] = np.asarray(row > middle, np.float64)
    return Readers(likes)


def _felt(own: Mapping[str, Array], texts: Sequence[str], usual: Sequence[str]) -> Array:
    """How much each person (columns) likes each text (rows)."""
    felt = np.zeros((len(texts), PEOPLE))
    for name, weights in own.items():
        common = np.array([RULES[name](text) for text in usual])
        deviation = float(common.std()) or 1.0
        counted = (np.array([RULES[name](text) for text in texts]) - common.mean()) / deviation
        felt += counted[:, None] * weights[None, :]
    return felt


def _plain(text: str) -> str:
    return _LABEL.sub("", text)


def _words(text: str) -> list[str]:
    return _WORDS.findall(_plain(text).lower().replace("’", "'"))


def _sentences(text: str) -> list[str]:
    parts = re.split(r"(?<=[.!?])\s+|\n+", _plain(text))
    return [part for part in parts if any(letter.isalpha() for letter in part)]


def _sounds(text: str) -> list[str]:
    """The first letters of the words that matter."""
    return [match.group(1).lower() for match in _STARTS.finditer(_plain(text)) if match.group().lower() not in _SMALL]


def _mean(values: Any) -> float:
    found = list(values)
    return sum(found) / len(found) if found else 0.0
