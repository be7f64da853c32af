"""Bootstraps by random weights: how sure a mean or a ranking is when the same people and texts come again."""

from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

REPLICATES = 2000
SEED = 20_261


def weights(clusters: Sequence[Hashable]) -> Array:
    """REPLICATES rows of a weight per observation, the same for all of one cluster: Rubin's Bayesian bootstrap (1981).

    Weights are exponential, so that none is 0 and no replicate is empty. The same clusters always draw the same.
    """
    place = {cluster: at for at, cluster in enumerate(dict.fromkeys(clusters))}
    drawn = np.random.default_rng(SEED).standard_exponential((REPLICATES, len(place)))
    return drawn[:, [place[cluster] for cluster in clusters]]


def means(values: Sequence[float], clusters: Sequence[Hashable]) -> Array:
    """The mean of the values in every replicate; values of one cluster stand and fall together."""
    drawn = weights(clusters)
    found: Array = drawn @ np.asarray(values, float) / drawn.sum(axis=1)
    return found


def above(replicates: Array, bar: float) -> float:
    """The share of replicates above a bar, those on it counted half.

    >>> above(np.array([0.4, 0.5, 0.6, 0.7]), 0.5)
    0.625
    """
    return float(np.mean(replicates > bar) + np.mean(replicates == bar) / 2)
