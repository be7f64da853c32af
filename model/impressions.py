"""What a taste goes by in a text: its readable features, its words and pairs of words, and its vector."""

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, fields
from itertools import pairwise
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from model import features
from model.embedding import Vector
from model.shape import Format

Array = NDArray[np.floating[Any]]
Small = NDArray[np.float32]
Numbers = NDArray[np.int64]

WORDS = 4096
"""Into how many places words are hashed (Weinberger et al. 2009); most of what a team writes is in few drafts."""
VECTOR = 384
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[?!.,:;\"…]")


@dataclass(frozen=True, slots=True)
class Impression:
    """One text: `readable` in deviations, `words` as places of 1 in a row of length 1, `vector` None if not known."""

    readable: tuple[float, ...]
    words: Numbers
    vector: Vector | None


def impression(text: str, form: Format, vector: Vector | None) -> Impression:
    """Read a text for its format."""
    return Impression(features.read(text, form), _places(text), vector)


def longer() -> Impression:
    """What a text has beside one that is half as long, and like it in all else."""
    return Impression(features.twice_as_long(), np.empty(0, np.int64), None)


@dataclass(frozen=True, slots=True)
class Rows:
    """Texts, or one text minus another, as arrays with a row each; what a posterior is made of.

    `readable` (n, features) and `words` (n, WORDS) are differences already; the vectors of both sides are kept, with
    `has_plus` and `has_minus` 1 where there is one. `format`, `user` and `brief` are numbers that stand for names.
    `is_vote` is 1 for a vote, whose answer depends on the person and the brief too, and 0 for a pair or a question.
    """

    readable: Array
    words: Small
    plus: Small
    minus: Small
    has_plus: Array
    has_minus: Array
    format: Numbers
    user: Numbers
    brief: Numbers
    is_vote: Array

    def __len__(self) -> int:
        return len(self.format)

    def __add__(self, other: Self) -> Self:
        return type(self)(*(np.concatenate((mine, theirs)) for mine, theirs in zip(_of(self), _of(other), strict=True)))

    def without(self, places: Sequence[int]) -> Self:
        """The same without some rows."""
        return type(self)(*(np.delete(mine, list(places), axis=0) for mine in _of(self)))

    def with_features(self, places: Sequence[int], factor: float) -> Self:
        """The same with some readable features times a factor; with 0 as in usual copy."""
        readable = self.readable.copy()
        readable[:, list(places)] *= factor
        return type(self)(readable, *_of(self)[1:])


def rows(
    texts: Sequence[Impression],
    against: Sequence[Impression | None],
    *,
    formats: Sequence[int],
    users: Sequence[int],
    briefs: Sequence[int],
    votes: Sequence[bool],
) -> Rows:
    """Put texts, each alone or minus another, into arrays."""
    nothing = Impression((0.0,) * len(features.NAMES), np.empty(0, np.int64), None)
    other = [one or nothing for one in against]
    return Rows(
        readable=_readable(texts) - _readable(other),
        words=_words(texts) - _words(other),
        plus=_vectors(texts),
        minus=_vectors(other),
        has_plus=_has_vector(texts),
        has_minus=_has_vector(other),
        format=np.array(formats, np.int64),
        user=np.array(users, np.int64),
        brief=np.array(briefs, np.int64),
        is_vote=np.array(votes, np.float64),
    )


def questions(texts: Sequence[Impression], number: int) -> Rows:
    """Rows that only ask how much each text would be liked in the format that the number stands for."""
    size = len(texts)
    nobody = [-1] * size
    return rows(texts, [None] * size, formats=[number] * size, users=nobody, briefs=nobody, votes=[False] * size)


def _of(some: Rows) -> list[Any]:
    return [getattr(some, field.name) for field in fields(some)]


def _places(text: str) -> Numbers:
    said = [word.replace("’", "'").casefold() for word in _WORD.findall(text)]
    spoken = {*said, *(f"{one} {other}" for one, other in pairwise(said))}
    return np.array(sorted({zlib.crc32(one.encode()) % WORDS for one in spoken}), np.int64)


def _readable(texts: Sequence[Impression]) -> Array:
    return np.array([one.readable for one in texts], np.float64).reshape(len(texts), len(features.NAMES))


def _words(texts: Sequence[Impression]) -> Small:
    found = np.zeros((len(texts), WORDS), np.float32)
    for row, one in zip(found, texts, strict=True):
        if len(one.words):
            row[one.words] = len(one.words) ** -0.5
    return found


def _vectors(texts: Sequence[Impression]) -> Small:
    found = np.zeros((len(texts), VECTOR), np.float32)
    for row, one in zip(found, texts, strict=True):
        if one.vector is not None:
            row[:] = one.vector
    return found


def _has_vector(texts: Sequence[Impression]) -> Array:
    return np.array([one.vector is not None for one in texts], np.float64)
