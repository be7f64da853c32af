"""The comments that stand for the others: the most typical of each label, and the most extreme; memory bounded."""

import heapq
import random
from collections import Counter
from collections.abc import Mapping
from math import log, sqrt

from bot.sentiment_drivers import terms
from bot.sentiment_summary import Quote
from model.sentiment import LABELS, Label
from model.words import overlap

SAMPLE = 500
"""Comments of each label that the typical ones are chosen from: a sample of all that came, each as likely."""
SHOWN = 3
FEWEST_WORDS, LONGEST = 4, 400
ALIKE = 0.5
"""Of two comments that share more of their pairs of words, one is shown."""

Vector = Mapping[str, float]


class Quotes:
    """Gathers comments as they come and tells which stand for the others."""

    def __init__(self, chance: random.Random, sample: int = SAMPLE) -> None:
        self._chance, self._sample = chance, sample
        self._kept: dict[Label, list[Quote]] = {label: [] for label in LABELS}
        self._met: Counter[Label] = Counter()
        self._extreme: dict[Label, list[tuple[float, int, Quote]]] = {label: [] for label in LABELS}

    def add(self, quote: Quote) -> None:
        """Take a comment in, if people could read it as a quotation."""
        if len(quote.text) > LONGEST or len(quote.text.split()) < FEWEST_WORDS:
            return
        self._met[quote.label] += 1
        kept = self._kept[quote.label]
        # Reservoir sampling (Vitter, ACM TOMS 11, 1985).
        if len(kept) < self._sample:
            kept.append(quote)
        elif (at := self._chance.randrange(self._met[quote.label])) < self._sample:
            kept[at] = quote
        if quote.label != "neutral":
            heap = self._extreme[quote.label]
            heapq.heappush(heap, (quote.probability, -quote.number, quote))
            if len(heap) > 10 * SHOWN:
                heapq.heappop(heap)

    def extreme(self) -> tuple[Quote, ...]:
        """Those that the model is surest of, the best and the worst."""
        found: list[Quote] = []
        for label in ("positive", "negative"):
            ordered = sorted(self._extreme[label], reverse=True)
            found += _unlike([quote for _, _, quote in ordered])
        return tuple(found)

    def typical(self) -> tuple[Quote, ...]:
        """Those nearest to the centre of their label by TF-IDF.

        TF-IDF and not the encoder's vectors: it needs no second model beside whichever reads the feelings, costs a
        second for any number of rows, and what makes a comment typical is words that one can point at.
        """
        held = {quote.number: terms(quote.text)[0] for kept in self._kept.values() for quote in kept}
        common = Counter(term for found in held.values() for term in found)
        rarity = {term: 1 + log((1 + len(held)) / (1 + count)) for term, count in common.items()}
        found: list[Quote] = []
        for label in ("positive", "neutral", "negative"):
            vectors = {quote.number: _vector(held[quote.number], rarity) for quote in self._kept[label]}
            centre = _centre(list(vectors.values()))
            near = {number: _product(vector, centre) for number, vector in vectors.items()}
            ordered = sorted(self._kept[label], key=lambda quote: (-near[quote.number], quote.number))
            found += _unlike(ordered)
        return tuple(found)


def _unlike(quotes: list[Quote]) -> list[Quote]:
    chosen: list[Quote] = []
    for quote in quotes:
        if all(overlap(quote.text, other.text) <= ALIKE for other in chosen):
            chosen.append(quote)
        if len(chosen) == SHOWN:
            break
    return chosen


def _vector(found: set[str], rarity: Mapping[str, float]) -> Vector:
    length = sqrt(sum(rarity[term] ** 2 for term in found))
    # As if every comment had a term more: one that says a single thing is not nearer than one that says it well.
    return {term: rarity[term] / (length + 1) for term in found}


def _centre(vectors: list[Vector]) -> Vector:
    summed: dict[str, float] = {}
    for vector in vectors:
        for term, weight in vector.items():
            summed[term] = summed.get(term, 0.0) + weight
    return summed


def _product(one: Vector, other: Vector) -> float:
    return sum(weight * other[term] for term, weight in one.items())
