"""The desk of a simulated team: it delivers from a pool as the product does, is voted on, and learns its taste."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from bench.learning_pool import Pool
from bench.learning_readers import PEOPLE, Readers
from model.brief import Brief
from model.choosing import Candidate, Choosing, Chosen
from model.embedding import Vector
from model.formats import FORMATS
from model.judgements import judgements
from model.signals import Signal
from model.taste import Preference, Taste
from model.writer import CHOICE

Vectors = Callable[[Sequence[str]], list[Vector]]
Writings = dict[str, list[Candidate]]
"""The candidates by the brief's words: as the writer judges and mends them, in the order they were sampled."""


def candidates(asked: Sequence[Brief], pool: Pool) -> Writings:
    """Judge, and mend where that helps, everything that was sampled for these briefs."""
    return {
        brief.product: [_choosing(brief, None).candidate(one.text, one.cut, ()) for one in pool[brief.product]]
        for brief in asked
    }


@dataclass
class Desk:
    """Delivers drafts and learns from votes; without `learns` it goes on as on the first day."""

    written: Writings
    vectors: Vectors
    learns: bool = True
    taste: Taste = field(default_factory=Taste)
    signals: list[Signal] = field(default_factory=list)

    def delivered(self, brief: Brief, seed: int) -> list[Chosen]:
        """The drafts that the team gets: of as many samples as an idle writer takes, more where a taste chooses."""
        preference = self.taste.preference(brief.format) if self.learns else None
        pool = self.written[brief.product]
        some = pool if preference else pool[: CHOICE * brief.variants]
        return _choosing(brief, preference, self.vectors, seed).best(some, brief.variants)

    def voted_on(self, brief: Brief, team: Readers, chance: np.random.Generator, most: int) -> None:
        """One person votes on each draft of a brief, up to so many votes in all, and the desk learns."""
        for at, one in enumerate(self.delivered(brief, len(self.signals))):
            person = int(chance.integers(PEOPLE))
            if len(self.signals) >= most:
                break
            text, number = one.candidate.text, len(self.signals)
            value = team.vote(text, person, chance)
            stamp = f"2026-11-{1 + number // 24:02}T{number % 24:02}:00:00+00:00"
            name = f"{brief.format}-{number - at}-{at}"
            self.signals.append(Signal(name, brief, text, f"U{person}", stamp, value, propensity=one.propensity))
        if self.learns:
            self.taste = self.taste.learn(judgements(self.signals), self.vectors)


def _choosing(
    brief: Brief, preference: Preference | None, vectors: Vectors | None = None, seed: int | None = None
) -> Choosing:
    return Choosing(brief, FORMATS[brief.format], (), vectors, preference, seed)
