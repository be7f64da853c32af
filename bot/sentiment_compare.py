"""What differs between groups of comments, or between two files, and what can't be told; pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from statistics import NormalDist

from bot.approval import Change, newcombe
from bot.sentiment_summary import ENOUGH, AspectCounts, Counts, Group
from model.sentiment import Label

MOST = 12
"""Groups that are compared, the largest ones."""
NAMED = 8
"""Groups that are named where nothing more is said of them."""
ALPHA = 0.05
REST = "the others"

DIFFERS = (
    "{one}: {more} {label} comments{about} than {other} ({share} against {share_other}; {points}, {low} to {high})."
)
SAME = "No difference that is more than chance: {pairs}."
TOO_FEW = "Too few comments with a label to compare (fewer than {enough}): {names}."
AND_MORE = "{names} and {more} more"
NOT_TOLD = "{number} more differences are not told here."
ONE_ONLY = "Only {name} has {enough} comments with a label or more, so there is nothing to compare it with."
NONE_ENOUGH = "No group has {enough} comments with a label or more, so there is nothing to compare."
LARGEST = "The {most} largest groups are compared; {left_out} more are not."
HOW = (
    "The intervals (Newcombe) are wide enough that all {number} comparisons hold together in 95 % of cases. A "
    "difference says nothing of its cause."
)


@dataclass(frozen=True, slots=True)
class Difference:
    """By how much the share of a label in one group exceeds that in another, of all comments or on one aspect."""

    one: str
    other: str
    label: Label
    aspect: str
    shares: tuple[float, float]
    change: Change

    def sentence(self) -> str:
        """The difference in words, its points with their interval."""
        change = self.change
        return DIFFERS.format(
            one=self.one,
            other=self.other,
            more="more" if change.difference >= 0 else "fewer",
            label=self.label,
            about=f" on {self.aspect}" if self.aspect else "",
            share=_percent(self.shares[0]),
            share_other=_percent(self.shares[1]),
            points=f"{_points(change.difference)} points",
            low=_points(change.low),
            high=_points(change.high),
        )


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that was compared; `too_few` names the groups that couldn't be, `left_out` counts those past `most`.

    `alone` is the group that there was none to compare with; empty where there was another, or none at all.
    """

    differences: tuple[Difference, ...]
    too_few: tuple[str, ...]
    left_out: int = 0
    most: int = MOST
    alone: str = ""

    @property
    def found(self) -> tuple[Difference, ...]:
        """The differences that are more than chance, by the order of the groups."""
        return tuple(one for one in self.differences if not one.change.is_within_chance)

    def sentences(self, limit: int = 0) -> tuple[str, ...]:
        """What differs, what can't be told, and how that was judged; of at most `limit` characters, unless it is 0."""
        if not self.differences:
            return ((ONE_ONLY if self.alone else NONE_ENOUGH).format(name=self.alone, enough=ENOUGH), *self._few())
        found, rest = [one.sentence() for one in self.found], self._rest()
        told = found if not limit else _fitting(found, limit - sum(map(len, rest)) - len(NOT_TOLD))
        more = [NOT_TOLD.format(number=f"{len(found) - len(told):,}")] if len(told) < len(found) else []
        return (*told, *more, *rest)

    def _rest(self) -> list[str]:
        """What is said beside the differences."""
        pairs = dict.fromkeys((one.one, one.other) for one in self.differences)
        apart = {(one.one, one.other) for one in self.found}
        alike = [f"{one} and {other}" for one, other in pairs if (one, other) not in apart]
        same = [SAME.format(pairs="; ".join(alike))] if alike else []
        left = [LARGEST.format(most=self.most, left_out=f"{self.left_out:,}")] if self.left_out else []
        return [*same, *self._few(), *left, HOW.format(number=len(self.differences))]

    def _few(self) -> list[str]:
        names, more = ", ".join(self.too_few[:NAMED]), len(self.too_few) - NAMED
        if more > 0:
            names = AND_MORE.format(names=names, more=f"{more:,}")
        return [TOO_FEW.format(enough=ENOUGH, names=names)] if names else []


def compare(groups: Sequence[Group], most: int = MOST) -> Comparison:
    """Two groups with each other, more of them each with all others together; of many the `most` largest.

    Every pair of shares is compared by Newcombe's tenth method, at a level that Bonferroni makes hold for all.
    """
    enough = [group for group in groups if group.counts.sure >= ENOUGH]
    enough, left_out = enough[:most], max(0, len(enough) - most)
    too_few = tuple(group.name for group in groups if group.counts.sure < ENOUGH)
    pairs = [(one, other, label, aspect) for one, other in _pairs(enough) for label, aspect in _questions(one, other)]
    z = NormalDist().inv_cdf(1 - ALPHA / (2 * max(1, len(pairs))))
    found = [_difference(*pair, z) for pair in pairs]
    alone = enough[0].name if len(enough) == 1 else ""
    return Comparison(tuple(one for one in found if one is not None), too_few, left_out, most, alone)


def _fitting(sentences: Sequence[str], limit: int) -> list[str]:
    """The first ones that fit into so many characters."""
    room = list(accumulate(map(len, sentences)))
    return [one for one, end in zip(sentences, room, strict=True) if end <= limit]


def _pairs(groups: list[Group]) -> list[tuple[Group, Group]]:
    if len(groups) < 2:
        return []
    if len(groups) == 2:
        return [(groups[0], groups[1])]
    return [(one, _together([other for other in groups if other is not one])) for one in groups]


def _together(groups: list[Group]) -> Group:
    names = dict.fromkeys(line.aspect for group in groups for line in group.aspects)
    lines = (AspectCounts(name, sum((_on(group, name) for group in groups), Counts())) for name in names)
    return Group(REST, sum((group.counts for group in groups), Counts()), tuple(lines))


def _questions(one: Group, other: Group) -> list[tuple[Label, str]]:
    """The labels of all comments, and those of each aspect that both speak of often enough."""
    both = [line.aspect for line in one.aspects if line.is_enough and _on(other, line.aspect).sure >= ENOUGH]
    return [(label, aspect) for aspect in ("", *both) for label in ("negative", "positive")]


def _on(group: Group, aspect: str) -> Counts:
    """The comments of a group that speak of an aspect; all of them for none."""
    if not aspect:
        return group.counts
    return next((line.counts for line in group.aspects if line.aspect == aspect), Counts())


def _difference(one: Group, other: Group, label: Label, aspect: str, z: float) -> Difference | None:
    here, there = _on(one, aspect), _on(other, aspect)
    change = newcombe((here.of(label), here.sure), (there.of(label), there.sure), z)
    if change is None:
        return None
    return Difference(one.name, other.name, label, aspect, (here.share(label), there.share(label)), change)


def _percent(share: float) -> str:
    return f"{round(100 * share)} %"


def _points(part: float) -> str:
    """Points with their sign, to a tenth where they are few.

    >>> _points(0.124), _points(-0.004), _points(0.0)
    ('+12', '−0.4', '0')
    """
    points = 100 * part
    whole = f"{abs(points):.0f}" if abs(points) >= 1 else f"{abs(points):.1f}".removesuffix(".0")
    return whole if whole == "0" else f"{'+' if points > 0 else '−'}{whole}"
