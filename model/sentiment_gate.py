"""May the sentiment weights that learnt from corrections serve? Judged on comments and corrections they never saw."""

from collections.abc import Sequence
from dataclasses import dataclass

FEWEST = 5
"""Held-out corrections below which nothing can be told."""
NOISE = 1.645
"""Standard errors of the change that count as chance: one side of 95 %."""
MOST_ERROR, MORE_ERROR = 0.05, 0.02
"""The calibration error that is fine, and by how much one may exceed that of what serves now; the larger holds."""

TOO_FEW = "Only {} corrections were held out, and {} are needed to tell; correct more comments first."
OTHERS = "The two were judged on different rows ({} and {}); judge both again."
WORSE = "It reads our held-out comments worse: macro recall {:.1%} instead of {:.1%}, more than chance ({:.1%})."
ALL_WORSE = (
    "It reads our held-out comments worse than the shipped weights: macro recall {:.1%} instead of {:.1%}, more than "
    "chance ({:.1%})."
)
DISHONEST = (
    "Its probabilities miss how often it is right by {:.1%} on average. At most {:.1%} may serve; what serves now "
    "misses by {:.1%}."
)
NO_BETTER = "It is right on {} of {} held-out corrections, and the weights that serve now are right on {}."
BETTER = (
    "It is right on {} of {} held-out corrections instead of {}, and reads our held-out comments as well: "
    "macro recall {:.1%}, before {:.1%}."
)


@dataclass(frozen=True, slots=True)
class Judged:
    """What weights got right: held-out comments by their right labels, and held-out corrections.

    `labels` are the right labels' numbers of the comments; `right` and `corrected` say for each row whether it was
    read right. `error` is how far the probabilities are from how often it is right, on average, once its temperatures
    are fitted.
    """

    labels: tuple[int, ...]
    right: tuple[bool, ...]
    corrected: tuple[bool, ...]
    error: float = 0.0

    @property
    def recall(self) -> float:
        """Mean over the labels of the share that was read right; 0 without rows."""
        shares = [self._share(label) for label in sorted(set(self.labels))]
        return sum(shares) / len(shares) if shares else 0.0

    def _share(self, label: int) -> float:
        hits = [hit for hit, own in zip(self.right, self.labels, strict=True) if own == label]
        return sum(hits) / len(hits)


def judge(before: Judged, after: Judged, shipped: Judged) -> tuple[bool, str]:
    """Whether the candidate may serve, and why in a sentence with its numbers.

    `before` is what serves now. The candidate isn't worse on our comments than that, nor than what was shipped: a
    little worse each time would be a lot in the end. Its probabilities may be a little less true than those of what
    serves now, within MOST_ERROR and MORE_ERROR.
    """
    held, was, now = len(after.corrected), sum(before.corrected), sum(after.corrected)
    if before.labels != after.labels or held != len(before.corrected):
        return False, OTHERS.format(len(before.labels), len(after.labels))
    if held < FEWEST:
        return False, TOO_FEW.format(held, FEWEST)
    for other, sentence in ((before, WORSE), (shipped, ALL_WORSE)):
        allowed = noise(other, after)
        if after.recall < other.recall - allowed:
            return False, sentence.format(after.recall, other.recall, allowed).replace("%", " %")
    if after.error > (most := max(MOST_ERROR, before.error + MORE_ERROR)):
        return False, DISHONEST.format(after.error, most, before.error).replace("%", " %")
    if now <= was:
        return False, NO_BETTER.format(now, held, was)
    return True, BETTER.format(now, held, was, after.recall, before.recall).replace("%", " %")


def noise(before: Judged, after: Judged) -> float:
    """How far macro recall may fall by chance, from the rows on which the two differ, label by label.

    >>> noise(Judged((0, 1), (True, True), ()), Judged((0, 1), (True, True), ()))
    0.0
    """
    labels = sorted(set(before.labels))
    variance = 0.0
    for label in labels:
        rows = [at for at, own in enumerate(before.labels) if own == label]
        variance += _variance([int(after.right[at]) - int(before.right[at]) for at in rows]) / len(rows)
    return float(NOISE * variance**0.5 / max(1, len(labels)))


def _variance(changes: Sequence[int]) -> float:
    mean = sum(changes) / len(changes)
    return sum((one - mean) ** 2 for one in changes) / len(changes)
