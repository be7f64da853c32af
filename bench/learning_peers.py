"""What a taste is measured against: guesses, and plain logistic models fitted to the same pairs."""

import math
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.embedding import Vector

Array = NDArray[np.floating[Any]]
Texts = Sequence[str]

STEPS = 50
_WORD = re.compile(r"[a-z0-9']+|[?!.,\"]")
_LISTS = (
    {"you", "your", "you're"},
    {"this", "these", "that"},
    {"he", "she", "his", "her", "they", "their"},
    {"why", "how", "what"},
    {"i", "my", "me", "we", "our"},
)


def surface(text: str) -> list[float]:
    """Fifteen things that can be counted in a headline."""
    words = re.findall(r"[a-z0-9'’]+", text.lower())
    number = max(1, len(words))
    return [
        float(len(text)),
        float(len(words)),
        len(text) / number,
        float("?" in text),
        float("!" in text),
        float(any(letter.isdigit() for letter in text)),
        float(text.count(".")),
        float(text.count(",")),
        float('"' in text or "'" in text),
        float(sum(word.isupper() and len(word) > 1 for word in text.split())),
        *(float(bool(some & set(words))) for some in _LISTS),
    ]


def tfidf(texts: Texts) -> Array:
    """Words and pairs of words that two texts or more have, weighted by how rare they are, each row of length 1."""
    said = [Counter(_with_pairs(_WORD.findall(text.lower()))) for text in texts]
    spread = Counter(word for one in said for word in one)
    places = {word: at for at, word in enumerate(sorted(word for word, many in spread.items() if many > 1))}
    found = np.zeros((len(texts), len(places)))
    for row, one in zip(found, said, strict=True):
        for word, many in one.items():
            if word in places:
                row[places[word]] = (1 + math.log(many)) * (1 + math.log((1 + len(texts)) / (1 + spread[word])))
    lengths = np.linalg.norm(found, axis=1, keepdims=True)
    return np.asarray(found / np.maximum(lengths, 1e-12))


def logistic(differences: Array) -> Array:
    """The weights of a logistic model without an intercept whose answer is always yes, ridge 1; found in the dual."""
    gram = differences @ differences.T
    dual = np.zeros(len(gram))
    for _ in range(STEPS):
        wrong = 1 / (1 + np.exp(gram @ dual))
        curvature = wrong * (1 - wrong) + 1e-12
        target = dual + np.linalg.solve(gram + np.diag(1 / curvature), (wrong - dual) / curvature)
        moved = np.max(np.abs(target - dual), initial=0.0)
        dual = target
        if moved < 1e-8:
            break
    return np.asarray(differences.T @ dual)


def standardised(rows: Sequence[Sequence[float]]) -> Array:
    """Columns of mean 0 and deviation 1; one that never changes stays 0."""
    found = np.array(rows, np.float64)
    deviation = found.std(axis=0)
    return np.asarray((found - found.mean(axis=0)) / np.where(deviation > 0, deviation, 1.0))


def features(texts: Texts, vectors: Mapping[str, Vector]) -> dict[str, Array]:
    """For each peer that is fitted, the rows of its features, in the texts' order."""
    counted = standardised([surface(text) for text in texts])
    known = np.array([vectors[text] for text in texts], np.float64)
    return {
        "surface features": counted,
        "vectors + surface": np.hstack([known, counted]),
        "TF-IDF + surface": np.hstack([tfidf(texts), counted]),
    }


Guess = Callable[[str], float]
GUESSES: dict[str, Guess] = {"longer wins": lambda text: float(len(text))}


def _with_pairs(words: Sequence[str]) -> list[str]:
    return [*words, *(f"{one} {other}" for one, other in pairwise(words))]
