"""Two files beside each other in the chart: the shares of their labels, and what each says of the same aspects."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot import sentiment_summary_words as words
from bot.digest_chart import BLUE, INK, SOFT, VERMILION
from bot.sentiment_drawing import COLOURS, NAMES, ROW, drawable, name, text
from bot.sentiment_summary import ORDER, AspectCounts, Counts, Summary

if TYPE_CHECKING:
    from matplotlib.axes import Axes

HEAD = 0.5
"""Inches: the names of the files above their bars."""
STEP, BARS, MIDDLE, SIDE = 2.2, 1.2, 1.0, 0.5
"""Inches: from one file to the next, how long 100 % is, and the same for aspects, which go both ways from a line."""
TOO_FEW = "too few"


def shares(axes: "Axes", pair: Sequence[Summary]) -> None:
    """Bars per label from one line for each file, with their intervals; told apart by place and name, not by colour."""
    for at, label in enumerate(ORDER):
        text(axes, NAMES - 0.1, HEAD + ROW * (at + 0.5), label.capitalize(), ha="right")
    for number, one in enumerate(pair):
        left = NAMES + STEP * number
        text(axes, left, 0.1, drawable(one.name), fontweight="bold")
        text(axes, left, 0.32, words.count(one.counts.read, "comment"), color=SOFT, fontsize=9.5)
        if one.is_enough:
            _bars(axes, left, one.counts)
        else:
            text(axes, left, HEAD + ROW * 1.5, TOO_FEW, color=SOFT)


def aspects(axes: "Axes", pair: Sequence[Summary], names: Sequence[str]) -> None:
    """For each file, negative to the left of a line and positive to its right."""
    for at, aspect in enumerate(names):
        name(axes, 0.28 + ROW * (at + 0.5), aspect)
    for number, one in enumerate(pair):
        middle = NAMES + STEP * number + MIDDLE
        text(axes, middle - 0.08, 0.06, "negative", ha="right", color=VERMILION, fontsize=10)
        text(axes, middle + 0.08, 0.06, "positive", color=BLUE, fontsize=10)
        for at, aspect in enumerate(names):
            _aspect(axes, middle, 0.28 + ROW * (at + 0.5), on(one, aspect))
        axes.plot([middle, middle], [0.28, 0.28 + ROW * len(names)], color=SOFT, linewidth=1)


def named(pair: Sequence[Summary], most: int) -> list[str]:
    """The aspects that one of them has enough comments on, the most mentioned first."""
    mentions: dict[str, int] = {}
    for one in pair:
        for line in one.aspects:
            mentions[line.aspect] = mentions.get(line.aspect, 0) + line.mentions
    enough = {line.aspect for one in pair for line in one.aspects if line.is_enough}
    return sorted(enough, key=lambda aspect: (-mentions[aspect], aspect))[:most]


def on(one: Summary, aspect: str) -> AspectCounts:
    """How a file speaks of an aspect; without comments where it doesn't."""
    return next((line for line in one.aspects if line.aspect == aspect), AspectCounts(aspect, Counts()))


def _bars(axes: "Axes", left: float, counts: Counts) -> None:
    for at, label in enumerate(ORDER):
        y = HEAD + ROW * (at + 0.5)
        share, (low, high) = counts.share(label), counts.interval(label)
        axes.barh(y, BARS * share, left=left, height=0.25, color=COLOURS[label])
        axes.plot([left + BARS * low, left + BARS * high], [y, y], color=INK, linewidth=1.6, solid_capstyle="butt")
        text(axes, left + BARS * max(high, share) + 0.08, y, words.percent(share), fontweight="bold")


def _aspect(axes: "Axes", middle: float, y: float, line: AspectCounts) -> None:
    if not line.is_enough:
        text(axes, middle + 0.1, y, TOO_FEW, color=SOFT, fontsize=9.5)
        return
    for side, label in ((-1, ORDER[-1]), (1, ORDER[0])):
        share, (low, high) = line.counts.share(label), line.counts.interval(label)
        axes.barh(y, side * SIDE * share, left=middle, height=0.25, color=COLOURS[label])
        ends = [middle + side * SIDE * low, middle + side * SIDE * high]
        axes.plot(ends, [y, y], color=INK, linewidth=1.4, solid_capstyle="butt")
        align = "left" if side > 0 else "right"
        text(axes, ends[1] + side * 0.06, y, words.percent(share), ha=align, fontsize=10)
