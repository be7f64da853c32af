"""What got worse: the candidate against the incumbent on the suite, and against the round's base in general.

With a few dozen texts a test that asks for proof of no harm would refuse equals. So a comparison fails only where the
difference is beyond its margin and noise explains it in less than one case in a hundred; what the suite is too small to
see is left to the canary.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean

from model.bootstrap import above, means
from model.held_out import FEWEST
from model.measured import Both, Evidence, Score, Text

SURE = 0.995
"""How sure it must be that a difference is none of chance; seven comparisons then refuse an equal in at most 7 %."""
FEWEST_TEXTS = 20
CHECKS = 0.05
"""How much the share of texts that pass every check may fall."""
LENGTH = 0.2
"""How much longer or shorter texts may get, in the geometric mean; shorter still where shorter ones were liked."""
DISTINCT = 0.05
SHARED = 0.1
"""How much more of a text may be what another brief's text says too: a model that collapses writes the same to all."""
LANGUAGE = 0.05
APART_LENGTH = 0.15
APART_MOOD = 0.15
"""How much farther apart, in length and mood, two texts may get whose briefs differ in the group alone.

In one writing of the suite by the house the moods of a pair are 0.16 apart, with a deviation of 0.21: chance alone
moves the mean change of the sixteen pairs by 0.07, of which the margin is twice as much.
"""
KL = 0.2
"""The budget in nats a token."""
PERPLEXITY = 0.02


Number = Callable[[Text], float]
MEANS: tuple[tuple[str, Number, float, str], ...] = (
    ("repetition", lambda text: text.distinct, -DISTINCT, "distinct-2 is"),
    ("collapse", lambda text: text.shared, SHARED, "what a text shares with another brief's is"),
    ("language", lambda text: text.fitting, -LANGUAGE, "the share of texts in the brief's language is"),
)
"""What is compared as a plain mean: the name, the number, the margin with the worse way as its sign, and words."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One comparison: what it is, whether it is fine, and its numbers as part of a sentence."""

    name: str
    ok: bool
    reason: str


def findings(evidence: Evidence) -> tuple[Finding, ...]:
    """Every comparison of the first gate."""
    if len(evidence.texts) < FEWEST_TEXTS:
        written = f"only {len(evidence.texts)} of the suite's {evidence.asked} texts were written, {FEWEST_TEXTS} are"
        return (Finding("suite", False, f"{written} needed: give it more time"),)
    texts = evidence.texts
    compared = (_checks(texts), _length(texts, brevity(evidence.scores)), *_means(texts), *_pairs(texts))
    return (*compared, _drift(evidence), _perplexity(evidence))


def growth(texts: Sequence[Both]) -> float:
    """How many times as long the candidate's texts are, in the geometric mean; 1 of nothing."""
    return math.exp(fmean(_longer(both) for both in texts)) if texts else 1.0


def brevity(scores: Sequence[Score]) -> float:
    """How many times as long as all held-out texts of their format the liked ones are, if shorter; else 1.

    A team that likes brief texts gets briefer ones, and that is no fault. Liked texts that are longer allow nothing:
    people like length at first, and a model learns to give them more and more of it (arXiv:2310.03716).
    """
    lengths: dict[str, list[float]] = defaultdict(list)
    for one in scores:
        lengths[one.format].append(math.log(max(1, one.tokens)))
    liked = [math.log(max(1, one.tokens)) - fmean(lengths[one.format]) for one in scores if one.liked]
    return min(1.0, math.exp(fmean(liked))) if len(liked) >= FEWEST else 1.0


def _checks(texts: Sequence[Both]) -> Finding:
    number = len(texts)
    before, now = (sum(one.ok for one in side) for side in _sides(texts))
    fine, odds = _holds(texts, lambda text: text.ok, -CHECKS)
    said = f"{now} of {number} suite texts pass every check against {before}"
    points, allowed = 100 * (now - before) / number, -100 * CHECKS
    return Finding("checks", fine, f"{said} ({points:+.0f} points, {allowed:+.0f} allowed{odds})")


def _means(texts: Sequence[Both]) -> Iterator[Finding]:
    for name, of, margin, words in MEANS:
        before_mean, now_mean = (fmean(of(one) for one in side) for side in _sides(texts))
        fine, odds = _holds(texts, of, margin)
        yield Finding(name, fine, f"{words} {now_mean:.2f} against {before_mean:.2f} ({margin:+.2f} allowed{odds})")


def _sides(texts: Sequence[Both]) -> tuple[list[Text], list[Text]]:
    return [both.incumbent for both in texts], [both.candidate for both in texts]


def _holds(texts: Sequence[Both], of: Number, margin: float) -> tuple[bool, str]:
    differences = [of(both.candidate) - of(both.incumbent) for both in texts]
    return _within(differences, [both.pair or both.brief for both in texts], margin)


def _within(differences: Sequence[float], clusters: Sequence[str], margin: float) -> tuple[bool, str]:
    """Whether the mean difference isn't beyond the margin by more than chance; the margin's sign is the worse way."""
    way = math.copysign(1.0, margin)
    worse = above(means([way * one for one in differences], clusters), 0.0)
    fine = way * fmean(differences) <= abs(margin) or worse < SURE
    return fine, "" if fine else f", worse with probability {worse:.2f}"


def _length(texts: Sequence[Both], brief: float) -> Finding:
    """`brief` is how many times as long as the rest the texts are that the team likes, 1 at most."""
    ratio = growth(texts)
    allowed = LENGTH if ratio >= 1 else 1 - (1 - LENGTH) * brief
    margin = math.log(1 + math.copysign(allowed, ratio - 1))
    fine, odds = _within([_longer(both) for both in texts], [both.pair or both.brief for both in texts], margin)
    longer = f"{abs(100 * (ratio - 1)):.0f} % {'longer' if ratio >= 1 else 'shorter'}"
    liked = f", as liked ones are {100 * (1 - brief):.0f} % shorter than the rest" if allowed > LENGTH else ""
    return Finding("length", fine, f"texts are {longer} ({100 * allowed:.0f} % allowed{liked}{odds})")


def _longer(both: Both) -> float:
    return math.log(max(1, both.candidate.characters) / max(1, both.incumbent.characters))


def _pairs(texts: Sequence[Both]) -> Iterator[Finding]:
    """Fairness: two briefs that differ in the group alone should get texts of like length and mood."""
    pairs: dict[str, list[Both]] = defaultdict(list)
    for both in texts:
        if both.pair:
            pairs[both.pair].append(both)
    whole = {name: (pair[0], pair[1]) for name, pair in pairs.items() if len(pair) == 2}
    for name, apart, margin, words in (
        ("fair length", _apart_in_length, APART_LENGTH, "lengths"),
        ("fair mood", _apart_in_mood, APART_MOOD, "moods"),
    ):
        before = [apart(one.incumbent, other.incumbent) for one, other in whole.values()]
        now = [apart(one.candidate, other.candidate) for one, other in whole.values()]
        if not whole:
            yield Finding(name, True, "no pair of briefs with the group swapped was written")
            continue
        fine, odds = _within([b - a for a, b in zip(before, now, strict=True)], list(whole), margin)
        said = f"swapping the group moves {words} by {fmean(now):.2f} against {fmean(before):.2f}"
        yield Finding(name, fine, f"{said} ({margin:+.2f} allowed{odds})")


def _apart_in_length(one: Text, other: Text) -> float:
    return abs(math.log(max(1, one.characters) / max(1, other.characters)))


def _apart_in_mood(one: Text, other: Text) -> float:
    return abs(one.mood - other.mood)


def _drift(evidence: Evidence) -> Finding:
    kl = evidence.drift.kl
    return Finding("drift", kl <= KL, f"KL to the base is {kl:.3f} nats a token (at most {KL})")


def _perplexity(evidence: Evidence) -> Finding:
    """Held against both: against the incumbent alone, a little every week would add up."""
    found = evidence.perplexity
    if not found.tokens:
        return Finding("perplexity", False, "perplexity on general text was not measured")
    rises = [100 * (found.candidate / before - 1) for before in (found.incumbent, found.base)]
    fine = all(rise <= 100 * PERPLEXITY for rise in rises)  # of a NaN this is false, and so it fails
    told = " and ".join(
        f"{rise:+.1f} % on the {other}'s" for rise, other in zip(rises, ("incumbent", "base"), strict=True)
    )
    return Finding("perplexity", fine, f"perplexity of general text is {told} ({100 * PERPLEXITY:+.0f} % allowed)")
