"""The Upworthy headline tests: which of two headlines more people clicked, in groups that are never split."""

import csv
import gzip
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.results import say
from model.embedding import Embedder, Vector

PAIRS, OTHER_SITE = Path("open/upworthy/headline_pairs_dev.csv.gz"), Path("measure/ars_headlines/tests_dev.csv")
SIGNIFICANT = 1.96
FOLDS = 5
CERTAIN = 95  # per cent, of the other site's own tests
BATCH = 256


@dataclass(frozen=True, slots=True)
class Pair:
    """Two headlines of one test, the one with more clicks first."""

    winner: str
    loser: str
    z: float
    group: str

    @property
    def is_tuning(self) -> bool:
        """Whether its half was used to choose the prior; figures come from the other half."""
        return self._part < FOLDS

    @property
    def fold(self) -> int:
        """Which fifth of its half it is in."""
        return self._part % FOLDS

    @property
    def _part(self) -> int:
        return int(hashlib.sha256(f"copydesk{self.group}".encode()).hexdigest(), 16) % (2 * FOLDS)


def read(data: Path) -> list[Pair]:
    """Every pair that is known to be random (Matias et al. 2021), however unequal its clicks."""
    with gzip.open(data / PAIRS, "rt", encoding="utf-8") as file:
        return [
            Pair(row["winner"], row["loser"], float(row["z"]), row["group"])
            for row in csv.DictReader(file)
            if row["rand_risk"] == "0"
        ]


def read_other_site(data: Path) -> list[Pair]:
    """Pairs of another site that are as good as certain; z isn't given."""
    with (data / OTHER_SITE).open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if int(row["confidence"]) >= CERTAIN and row["dup"] == "0"]
    other = {"a": "b", "b": "a"}
    return [
        Pair(row[f"title_{row['winner']}"], row[f"title_{other[row['winner']]}"], float("nan"), row["post_date"])
        for row in rows
    ]


def vectors(texts: Sequence[str], folder: Path, cache: Path) -> dict[str, Vector]:
    """A vector per text; what was encoded before is read from the cache, for ten thousand headlines take minutes."""
    known: dict[str, NDArray[np.float32]] = {}
    if cache.is_file():
        with np.load(cache) as kept:
            known = dict(zip(kept["texts"].tolist(), kept["vectors"], strict=True))
    missing = sorted(set(texts) - set(known))
    encoder = Embedder(lambda: folder, kept=BATCH)
    for start in range(0, len(missing), BATCH):
        some = missing[start : start + BATCH]
        known.update(zip(some, np.array(encoder.vectors(some), np.float32), strict=True))
        say(f"encoded {start + len(some)} of {len(missing)} headlines")
    if missing:
        cache.parent.mkdir(parents=True, exist_ok=True)
        np.savez(cache, texts=np.array(list(known)), vectors=np.array(list(known.values())))
    return {text: known[text].tolist() for text in texts}
