"""Held-out preference: whether the candidate makes what people liked likelier, against what they didn't."""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from model.bootstrap import Array, above, weights
from model.measured import Score
from model.voices import capped

Labels = NDArray[np.bool_]

BETTER = 0.9
"""How probable it must be that the candidate is better before it may write for anybody."""
LENIENT = 5.0
"""So many votes of the whole team's are added to a person's own when it is asked how often that person likes."""
FEWEST = 5
"""Fewer liked or disliked texts than this say nothing."""
GROWTH = 1.1
"""Where texts have grown more than this, a gain must also show among texts of like length."""


@dataclass(frozen=True, slots=True)
class Preference:
    """What held-out lessons say.

    `auc` is the chance that a liked text gains more on the candidate than a disliked one, `better` the probability
    that this is no coincidence, `better_at_length` the same with the texts' length taken out. `liked_gain` and
    `disliked_gain` are the mean gains in nats a token.
    """

    liked: int
    disliked: int
    people: int
    auc: float
    better: float
    better_at_length: float
    liked_gain: float
    disliked_gain: float


def preference(scores: Sequence[Score]) -> Preference | None:
    """Compare the gains of liked and disliked texts; None where there are fewer than FEWEST of either.

    A gain is the log-ratio of the candidate to the incumbent, the implicit reward of direct preference optimisation
    (arXiv:2305.18290), per token, less its format's mean.
    """
    liked = np.array([one.liked for one in scores], bool)
    if min(liked.sum(), (~liked).sum()) < FEWEST:
        return None
    users = [one.user for one in scores]
    says = np.array(capped(users, _surprise(users, liked)))
    raw = np.array([(one.candidate - one.incumbent) / one.tokens for one in scores])
    gains = _centred(raw, [one.format for one in scores])
    clusterings = (users, [one.brief for one in scores])
    drawn = [weights(clusters) * says for clusters in clusterings]
    auc, better = _better(gains, liked, says, drawn)
    lengths = np.log([one.tokens for one in scores])
    _, better_at_length = _better(_apart(gains, lengths, says), liked, says, drawn)
    means = [float(np.average(raw[side], weights=says[side])) for side in (liked, ~liked)]
    return Preference(int(liked.sum()), int((~liked).sum()), len(set(users)), auc, better, better_at_length, *means)


def _surprise(users: Sequence[str], liked: Labels) -> list[float]:
    """How little each word was to be expected of that person: of 👍 as of 👎, the chance of the other.

    A 👍 of somebody who likes everything tells little of the text, and their 👎 much. So weighted, liked and disliked
    texts come from the same people in like proportions, as in a test that is stratified by person.
    """
    often = float(liked.mean())
    counts = Counter(users)
    likes = Counter(user for user, one in zip(users, liked, strict=True) if one)
    expected = {user: (likes[user] + LENIENT * often) / (counts[user] + LENIENT) for user in counts}
    return [abs(float(one) - expected[user]) for user, one in zip(users, liked, strict=True)]


def _centred(raw: Array, formats: Sequence[str]) -> Array:
    """Take each format's mean out: a fine-tune moves formats differently, and people like some more than others."""
    places: dict[str, list[int]] = defaultdict(list)
    for at, name in enumerate(formats):
        places[name].append(at)
    centred = raw.copy()
    for held in places.values():
        centred[held] -= raw[held].mean()
    return centred


def _apart(gains: Array, lengths: Array, says: Array) -> Array:
    """The gains without what a line through the lengths explains."""
    deviations = lengths - np.average(lengths, weights=says)
    spread = float(says @ deviations**2)
    slope = float(says @ (deviations * gains)) / spread if spread > 0 else 0.0
    return np.asarray(gains - slope * deviations, float)


def _better(gains: Array, liked: Labels, says: Array, drawn: Sequence[Array]) -> tuple[float, float]:
    """The weighted AUC, and how probable it is to be above one half.

    The lowest of three probabilities counts: of the bootstrap over people, whose own votes are alike; of that over
    briefs, whose drafts are; and of the rank test (Mann and Whitney 1947), for a bootstrap of a few is too sure.
    """
    ahead = np.sign(gains[liked][:, None] - gains[~liked][None]) / 2 + 0.5
    auc = float(_area(ahead, says[None], liked)[0])
    # Equal models tie everywhere, and rounding must not make a half of the replicates out of that.
    odds = [above(np.round(_area(ahead, one, liked), 12), 0.5) for one in drawn]
    ups, downs = (float(one.sum() ** 2 / (one**2).sum()) for one in (says[liked], says[~liked]))
    odds.append(NormalDist(0.5, math.sqrt((ups + downs + 1) / (12 * ups * downs))).cdf(auc))
    return auc, min(odds)


def _area(ahead: Array, says: Array, liked: Labels) -> Array:
    """The share of comparisons in which the liked text is ahead, for each row of weights."""
    up, down = says[:, liked], says[:, ~liked]
    found: Array = np.einsum("bi,ij,bj->b", up, ahead, down, optimize=True) / (up.sum(axis=1) * down.sum(axis=1))
    return found
