"""How alike several drafts are: the mean over their pairs, by sentence vectors, else by the words they share."""

from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

from model.download import ModelError
from model.embedding import Embedder, nearness
from model.fetch import fetch_encoder
from model.words import overlap

WORDS, VECTORS = "shared word pairs", "sentence vectors"


class Likeness:
    """Compares drafts by the encoder where it can be had; `measure` says how."""

    def __init__(self, data: Path) -> None:
        self._embedder = _embedder(data)
        self.measure = VECTORS if self._embedder else WORDS

    def mean(self, texts: Sequence[str]) -> float | None:
        """The mean likeness of the pairs, from 0 to 1; None where there is no pair."""
        if len(texts) < 2:
            return None
        if self._embedder is None:
            pairs = [overlap(one, other) for one, other in combinations(texts, 2)]
        else:
            vectors = self._embedder.vectors(texts)
            pairs = [nearness(*two) for two in combinations(vectors, 2)]
        return sum(pairs) / len(pairs)


def _embedder(data: Path) -> Embedder | None:
    embedder = Embedder(lambda: fetch_encoder(data))
    try:
        embedder.warm()
    except ModelError:
        return None
    return embedder
