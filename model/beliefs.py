"""What a taste believes, in words: the readable features that a team surely votes up or down, with its votes."""

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from model import features
from model.features import FEATURES, Feature
from model.formats import FORMATS
from model.impressions import Array
from model.posterior import Posterior
from model.taste import Taste

SURE = 0.98
"""How probable it must be that a feature is liked, or disliked, before the desk says so; with shuffled votes about
one desk in five says anything at all (bench/results/learning.md)."""
FEWEST = 10
"""A belief that fewer votes carry isn't told, however sure the model is."""
MOST = 8
DOUBT = 20.0
"""So many votes that say nothing are added to those that a feature is judged by."""
MARKED = 0.5
"""From how many usual deviations on a graded feature is there: a draft is long, an opening short."""


@dataclass(frozen=True, slots=True)
class Belief:
    """One thing believed; `weight` is what it adds to the log-odds of a 👍, compared with copy without it.

    `votes` judgements, `up` of them for it, were on copy that has the feature or between two texts of which one has it
    more; `others` and `others_up` are the remaining votes. `format` is empty for a belief about all formats. `pairs` of
    the judgements were between two texts: rewrites, and votes that said only that a draft was too long.
    """

    feature: str
    phrase: str
    weight: float
    sureness: float
    votes: int
    up: int
    others: int
    others_up: int
    format: str = ""
    pairs: int = 0

    @property
    def is_shown(self) -> bool:
        """Whether the votes themselves show it; what is only inferred convinces nobody who reads them."""
        usual = self.others_up / self.others if self.others else 0.5
        return (self.up / self.votes - usual) * self.weight > 0

    @property
    def sentence(self) -> str:
        """What is believed and on what grounds, as a whole sentence."""
        where = f"{FORMATS[self.format].title}: this" if self.format else "This"
        direction = "up" if self.weight > 0 else "down"
        others = f"; {_share(self.others_up, self.others)} of the other {self.others}" if self.others else ""
        judgements, for_it = ("votes and edits", "for it") if self.pairs else ("votes", "👍")
        grounds = f"{self.votes} {judgements}, {_share(self.up, self.votes)} of them {for_it}{others}"
        return f"{where} team votes {direction} {self.phrase} ({grounds})."


def beliefs(taste: Taste, *, sure: float = SURE) -> tuple[Belief, ...]:
    """What a taste is sure of, the strongest first; about one format only what isn't held about all.

    Sureness is of the best linear description, in the readable features, of how the judged texts are liked. The whole
    model is described, not only its linear part: much of what a feature does is known through the vectors too.
    """
    if taste.posterior is None:
        return ()
    shared = list(_held(taste, taste.posterior, "", sure))
    known = {(one.phrase, one.weight > 0) for one in shared}
    for name in sorted({one.format for one in taste.told}):
        held = _held(taste, taste.posterior, name, sure)
        shared += [one for one in held if (one.phrase, one.weight > 0) not in known]
    return tuple(sorted(shared, key=lambda one: -abs(one.weight))[:MOST])


def _held(taste: Taste, posterior: Posterior, format_name: str, sure: float) -> Iterator[Belief]:
    """What is surely believed about a format, or about all."""
    chosen = np.array([format_name in ("", one.format) for one in taste.told])
    if chosen.sum() < FEWEST or (format_name and chosen.all()):
        return
    means, deviations = _described(posterior, chosen)
    for at, (feature, step) in enumerate(zip(FEATURES, features.steps(), strict=True)):
        if feature.name in taste.corrected or deviations[at] <= 0:
            continue
        sureness = NormalDist().cdf(abs(means[at]) / deviations[at])
        if sureness >= sure:
            belief = _counted(feature, means[at] * step, sureness, posterior, chosen, format_name)
            if belief.votes >= FEWEST and belief.is_shown:
                yield belief


def _described(posterior: Posterior, chosen: NDArray[np.bool_]) -> tuple[Array, Array]:
    """Mean and deviation of each feature's weight in the linear description of how the chosen rows' texts are liked."""
    rows = posterior.rows
    votes, pairs = chosen * rows.is_vote, chosen * (1 - rows.is_vote)
    middle = votes @ rows.readable / max(1.0, votes.sum())
    seen = votes[:, None] * (rows.readable - middle) + pairs[:, None] * rows.readable
    describing = np.linalg.solve(seen.T @ seen + DOUBT * np.eye(seen.shape[1]), seen.T)
    known = describing @ posterior.content
    variance = np.sum(known * describing, axis=1) - np.sum(known @ posterior.precision * known, axis=1)
    return known @ posterior.dual, np.sqrt(np.maximum(variance, 0.0))


def _counted(
    feature: Feature, weight: float, sureness: float, posterior: Posterior, chosen: NDArray[np.bool_], format_name: str
) -> Belief:
    """A belief with the judgements that carry it."""
    rows, answers = posterior.rows, posterior.answers
    is_graded, is_less = bool(feature.less), weight < 0
    there = rows.readable[:, features.NAMES.index(feature.name)]
    if is_graded and is_less:
        there = -there
    is_vote = rows.is_vote > 0
    least = MARKED if is_graded else 0.0
    carries = chosen & np.where(is_vote, there > least, np.abs(there) > least)
    is_up = np.where(is_vote, answers > 0, answers * there > 0)
    others = chosen & is_vote & ~carries
    return Belief(
        feature=feature.name,
        phrase=feature.less if is_graded and is_less else feature.more,
        weight=abs(weight) if is_graded else weight,
        sureness=sureness,
        votes=int(carries.sum()),
        up=int((carries & is_up).sum()),
        others=int(others.sum()),
        others_up=int((others & is_up).sum()),
        format=format_name,
        pairs=int((carries & ~is_vote).sum()),
    )


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.0%}".replace("%", " %")
