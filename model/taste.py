"""A team's taste: how much it would like a text, learnt from its votes, edits and uses as they come."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

import numpy as np

from model import features
from model.embedding import Vector
from model.formats import FORMATS
from model.impressions import Array, Impression, Rows, impression, longer, questions, rows
from model.judgements import Judgement, weights
from model.posterior import PRIOR, Posterior, Prior, fit, settle, with_one, without_one
from model.shape import Format

MOST = 1500
"""How many judgements are remembered: more take memory and time, and tastes change."""
FITTED_ANEW = 0.05
"""When more than this share of the judgements has come or gone, everything is fitted anew; until then one by one."""
HELD_APART = 1000.0
"""How much more a feature that an admin doesn't want held may explain, in variance, so that nothing else has to."""

Lookup = Callable[[Sequence[str]], Sequence[Vector | None]]
"""Gives texts their vectors, and None for those that it can't."""


class Preference(Protocol):
    """What the writer needs of a taste; bound to one workspace and format."""

    def __call__(self, texts: Sequence[str], vectors: Sequence[Vector] | None) -> Sequence[tuple[float, float]]:
        """The mean and the standard deviation of how much the team would like each text; 0.0 is indifferent.

        Both are log-odds. The deviation of one of several texts is from the average of them all, because what is
        unsure about all of them alike doesn't matter for the choice.
        """
        ...


@dataclass(frozen=True, slots=True)
class Taste:
    """What is known of one team; never changed, so that a brief being written keeps what it began with.

    `corrected` are the readable features that an admin doesn't want held: they may explain votes, and no text is liked
    any more or less for them. `stale` counts the changes since everything was fitted.
    """

    prior: Prior = PRIOR
    corrected: frozenset[str] = frozenset()
    told: tuple[Judgement, ...] = ()
    posterior: Posterior | None = None
    names: Mapping[str, int] = field(default_factory=dict)
    stale: int = 0

    def preference(self, format_name: str) -> Preference | None:
        """How texts of a format are liked; None while nothing is known, and then nothing may be ranked by it."""
        if self.posterior is None:
            return None
        return _Bound(self, self.posterior, FORMATS[format_name])

    def learn(self, found: Sequence[Judgement], vectors: Lookup) -> "Taste":
        """The taste that follows from exactly these judgements, whatever was known before; the order doesn't matter."""
        found = sorted(found, key=lambda one: (one.at, one.draft, one.user, one.kind))
        new, gone = _beside(found, self.told), _beside(self.told, found)
        if not new and not gone:
            return self
        if not found:
            return replace(self, told=(), posterior=None, stale=0)
        stepped = self._stepped(self.posterior, new, gone, vectors) if self.posterior is not None else None
        return stepped or self._fitted(found, vectors)

    def _fitted(self, found: Sequence[Judgement], vectors: Lookup) -> "Taste":
        """Fit everything."""
        names = _numbered(self.names, found)
        seen = self._rows(found, names, vectors)
        answers = np.array([float(one.value) for one in found])
        posterior = fit(seen, answers, np.array(weights(found)), self.prior)
        return replace(self, told=tuple(found), posterior=posterior, names=names, stale=0)

    def _stepped(
        self, known: Posterior, new: Sequence[Judgement], gone: Sequence[Judgement], vectors: Lookup
    ) -> "Taste | None":
        """Take rows out and put rows in, one by one; None when too much has changed for that."""
        stale = self.stale + len(new) + len(gone)
        if stale > FITTED_ANEW * len(self.told):
            return None
        told, names = list(self.told), _numbered(self.names, new)
        for one in gone:
            place = told.index(one)
            known = without_one(known, place)
            del told[place]
        for one in new:
            known = with_one(known, self._rows([one], names, vectors), float(one.value), one.says)
            told.append(one)
        settled = settle(known, np.array(weights(told))) if told else None
        if settled is None:
            return None
        return replace(self, told=tuple(told), posterior=settled, names=names, stale=stale)

    def _rows(self, found: Sequence[Judgement], names: Mapping[str, int], vectors: Lookup) -> Rows:
        texts = list(dict.fromkeys(text for one in found for text in (one.text, one.worse) if text))
        known = dict(zip(texts, vectors(texts), strict=True))

        def seen(text: str, one: Judgement) -> Impression:
            return impression(text, FORMATS[one.format], known[text])

        made = rows(
            [longer() if one.is_of_length else seen(one.text, one) for one in found],
            [seen(one.worse, one) if one.worse else None for one in found],
            formats=[names[_format(one.format)] for one in found],
            users=[names[_user(one.user)] for one in found],
            briefs=[names[_brief(one)] for one in found],
            votes=[not (one.worse or one.is_of_length) for one in found],
        )
        return made.with_features(self.held_apart, HELD_APART**0.5)

    @property
    def held_apart(self) -> list[int]:
        """The places of the corrected features."""
        return [at for at, name in enumerate(features.NAMES) if name in self.corrected]


@dataclass(frozen=True, slots=True)
class _Bound:
    """A taste asked about one format."""

    taste: Taste
    posterior: Posterior
    form: Format

    def __call__(self, texts: Sequence[str], vectors: Sequence[Vector] | None) -> Sequence[tuple[float, float]]:
        if not texts:
            return []
        known = vectors if vectors is not None else [None] * len(texts)
        seen = [impression(text, self.form, vector) for text, vector in zip(texts, known, strict=True)]
        number = self.taste.names.get(_format(self.form.name), -1)
        asked = questions(seen, number).with_features(self.taste.held_apart, 0.0)
        means = self.posterior.mean(asked)
        spread = np.sqrt(np.maximum(np.diag(_apart(self.posterior.covariance(asked))), 0.0))
        return [(float(mean), float(deviation)) for mean, deviation in zip(means, spread, strict=True)]


def _apart(covariance: Array) -> Array:
    """The covariance of what is left of each when the average of all is taken off; of a single one, its own."""
    size = len(covariance)
    if size == 1:
        return covariance
    centring = np.eye(size) - 1 / size
    found: Array = centring @ covariance @ centring
    return found


def _beside(some: Sequence[Judgement], others: Sequence[Judgement]) -> list[Judgement]:
    """Those of some that aren't among the others."""
    there = set(others)
    return [one for one in some if one not in there]


def _numbered(names: Mapping[str, int], found: Sequence[Judgement]) -> Mapping[str, int]:
    """The numbers of formats, people and briefs, with new ones for new names."""
    numbers = dict(names)
    for one in found:
        for name in (_format(one.format), _user(one.user), _brief(one)):
            numbers.setdefault(name, len(numbers))
    return numbers


def _format(name: str) -> str:
    return f"format {name}"


def _user(name: str) -> str:
    return f"user {name}"


def _brief(one: Judgement) -> str:
    return f"brief {one.format} {one.brief}"
