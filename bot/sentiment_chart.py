"""The picture of many comments: shares, aspects, trend and groups, with their intervals; and the same in words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from bot import sentiment_chart_pair as side_by_side
from bot import sentiment_summary_words as words
from bot.digest_chart import BLUE, CARD, DPI, GREY_BLUE, INK, LEFT, LINE, SOFT, VERMILION, WIDTH
from bot.sentiment_drawing import COLOURS, NAMES, ROW, SIZE, drawable, name, text
from bot.sentiment_summary import ENOUGH, ORDER, AspectCounts, Counts, Group, Summary, Trend

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

TITLE = "How customers feel"
OF_TWO = "{name} and {other}"
BY_ASPECT = "By aspect"
OVER_TIME = "Net sentiment by {unit}"
BY_GROUP = "Net sentiment by {column}"
ALT_LIMIT = 2000
MOST_ASPECTS, MOST_GROUPS, MOST_LABELS = 8, 10, 4
HEAD, TITLE_HIGH, BETWEEN, FOOT, TREND_HIGH = 0.82, 0.48, 0.26, 0.3, 1.9
BARS = 2.55
"""Inches: how long 100 % is."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the picture: its title, its height in inches, and what draws it."""

    title: str
    height: float
    draw: Callable[["Axes"], None]


def draw(summary: Summary, others: Sequence[Summary] = ()) -> bytes | None:
    """A PNG, 1,200 pixels wide, of one source or of two; None for fewer comments than may be told of."""
    if not any(one.is_enough for one in (summary, *others)):
        return None
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    parts = _parts(summary, others)
    heights = [part.height + (TITLE_HIGH if part.title else 0) for part in parts]
    height = HEAD + sum(heights) + BETWEEN * (len(parts) - 1) + FOOT
    figure = Figure(figsize=(WIDTH, height), dpi=DPI, facecolor=CARD)
    FigureCanvasAgg(figure)
    figure.text(LEFT / WIDTH, 1 - 0.25 / height, TITLE, va="top", fontsize=14, fontweight="bold", color=INK)
    both = [drawable(one.name, 30) for one in (summary, *others)]
    about = OF_TWO.format(name=both[0], other=both[-1]) if others else words.read(summary.counts)
    figure.text(LEFT / WIDTH, 1 - 0.53 / height, about, va="top", fontsize=SIZE, color=SOFT)
    top = height - HEAD
    for part in parts:
        if part.title:
            title = drawable(part.title, 60)
            figure.text(LEFT / WIDTH, (top - 0.06) / height, title, va="top", fontsize=13, fontweight="bold", color=INK)
            top -= TITLE_HIGH
        part.draw(_axes(figure, top, part.height, height))
        top -= part.height + BETWEEN
    picture = BytesIO()
    figure.savefig(picture, format="png", facecolor=CARD, metadata={"Software": None})
    return picture.getvalue()


def alt_text(summary: Summary, others: Sequence[Summary] = ()) -> str:
    """The picture in words, with its numbers, as long as Slack takes; what is cut is the longest part, the aspects."""
    every = (summary, *others)
    lines = [f"{TITLE}:" if len(every) > 1 else f"{TITLE}: {words.read(summary.counts)}."]
    lines += [_in_words(one, one.name[:60] if others else "") for one in every]
    for one in every:
        lines += [f"{f'{one.name[:60]}: ' if others else ''}{line}" for line in words.over_time(one)]
    lines += [f"{group.name[:60]}: {_lower(words.net(group.counts))}." for group in _groups(summary, others)]
    for one in every:
        of = f"{one.name[:60]}, " if others else ""
        lines += [f"{of}{line}." for line in words.on_aspects(one.aspects[:MOST_ASPECTS])]
    text = " ".join(lines)
    return text if len(text) <= ALT_LIMIT else f"{text[: ALT_LIMIT - 1]}…"


def _in_words(one: Summary, whose: str) -> str:
    """The shares of a source with their intervals; of two with whose they are and how many were read."""
    counts = one.counts
    if not one.is_enough:
        return f"{whose}: {words.too_few()}"
    shares = [f"{label} {words.percent(counts.share(label))} ({words.interval(counts, label)})" for label in ORDER]
    if whose:
        return f"{whose}: {words.read(counts)}, {', '.join(shares)}."
    return f"{', '.join(shares)}. {words.net(counts)}."


def _lower(text: str) -> str:
    return text[:1].casefold() + text[1:]


def _parts(summary: Summary, others: Sequence[Summary]) -> list[Part]:
    parts = _of_two((summary, *others)) if others else _of_one(summary)
    parts += [part for one in (summary, *others) for part in _over_time(one, one.name if others else "")]
    if groups := _groups(summary, others):
        title = BY_GROUP.format(column="file" if others else summary.group_column)
        parts.append(Part(title, ROW * len(groups) + 0.28, lambda axes: _draw_groups(axes, groups)))
    return parts


def _of_one(summary: Summary) -> list[Part]:
    parts = [Part("", ROW * 3, lambda axes: _draw_shares(axes, summary.counts))]
    lines = [line for line in summary.aspects if line.is_enough][:MOST_ASPECTS]
    if lines:
        parts.append(Part(BY_ASPECT, ROW * len(lines) + 0.28, lambda axes: _draw_aspects(axes, lines)))
    return parts


def _of_two(pair: Sequence[Summary]) -> list[Part]:
    parts = [Part("", ROW * 3 + side_by_side.HEAD, lambda axes: side_by_side.shares(axes, pair))]
    names = side_by_side.named(pair, MOST_ASPECTS)
    if names:
        high = ROW * len(names) + 0.28
        parts.append(Part(BY_ASPECT, high, lambda axes: side_by_side.aspects(axes, pair, names)))
    return parts


def _over_time(one: Summary, whose: str) -> list[Part]:
    trend = one.trend
    if trend is None or not any(part.sure >= ENOUGH for part in trend.stretches):
        return []
    title = OVER_TIME.format(unit=trend.unit) + (f": {whose}" if whose else "")
    return [Part(title, TREND_HIGH, lambda axes: _draw_trend(axes, trend))]


def _groups(summary: Summary, others: Sequence[Summary]) -> list[Group]:
    """Those with enough comments, in their order; none where there is only one."""
    groups = [Group(one.name, one.counts) for one in (summary, *others)] if others else summary.groups
    found = [group for group in groups if group.counts.sure >= ENOUGH][:MOST_GROUPS]
    return found if len(found) > 1 else []


def _axes(figure: "Figure", top: float, high: float, height: float) -> "Axes":
    """Axes over the whole width whose units are inches from the left, and rows from the top."""
    axes = figure.add_axes((0, (top - high) / height, 1, high / height))
    axes.axis("off")
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(high, 0)
    return axes


def _draw_shares(axes: "Axes", counts: Counts) -> None:
    """A bar per label from one line, with its interval."""
    for at, label in enumerate(ORDER):
        y = ROW * (at + 0.5)
        share, (low, high) = counts.share(label), counts.interval(label)
        text(axes, NAMES - 0.1, y, label.capitalize(), ha="right")
        axes.barh(y, BARS * share, left=NAMES, height=0.25, color=COLOURS[label])
        axes.plot([NAMES + BARS * low, NAMES + BARS * high], [y, y], color=INK, linewidth=1.6, solid_capstyle="butt")
        x = NAMES + BARS * max(high, share) + 0.08
        text(axes, x, y, f"{words.percent(share)}", fontweight="bold")
        text(axes, x + 0.55, y, f"({words.interval(counts, label)})", color=SOFT, fontsize=10.5)


def _draw_aspects(axes: "Axes", lines: list[AspectCounts]) -> None:
    """Negative to the left of one line and positive to its right."""
    middle, long = NAMES + 2.15, 1.55
    text(axes, middle - 0.08, 0.06, "negative", ha="right", color=VERMILION, fontsize=10.5)
    text(axes, middle + 0.08, 0.06, "positive", color=BLUE, fontsize=10.5)
    for at, line in enumerate(lines):
        y = 0.28 + ROW * (at + 0.5)
        name(axes, y - 0.08, line.aspect)
        text(axes, NAMES - 0.1, y + 0.1, words.count(line.mentions, "mention"), ha="right", color=SOFT, fontsize=9)
        for side, label in ((-1, "negative"), (1, "positive")):
            share, (low, high) = line.counts.share(label), line.counts.interval(label)  # type: ignore[arg-type]
            axes.barh(y, side * long * share, left=middle, height=0.25, color=COLOURS[label])
            ends = [middle + side * long * low, middle + side * long * high]
            axes.plot(ends, [y, y], color=INK, linewidth=1.4, solid_capstyle="butt")
            align = "left" if side > 0 else "right"
            text(axes, ends[1] + side * 0.07, y, words.percent(share), ha=align, fontsize=10.5)
    axes.plot([middle, middle], [0.28, 0.28 + ROW * len(lines)], color=SOFT, linewidth=1)


def _draw_groups(axes: "Axes", groups: list[Group]) -> None:
    """A mark per group on one scale of net sentiment, with its interval; in the groups' order, which is no ranking."""
    ends = [end for group in groups for end in group.counts.net_interval]
    low, high = _scale(min(ends), max(ends))

    def place(points: float) -> float:
        return NAMES + 0.15 + (WIDTH - NAMES - 0.95) * (points - low) / (high - low)

    bottom = 0.02 + ROW * len(groups)
    for points in _ticks(low, high):
        axes.plot([place(points)] * 2, [0, bottom], color=LINE, linewidth=1.2, zorder=0)
        text(axes, place(points), bottom + 0.14, words.signed(points), ha="center", color=SOFT, fontsize=10)
    for at, group in enumerate(groups):
        y, counts = ROW * (at + 0.5), group.counts
        first, last = counts.net_interval
        name(axes, y - 0.08, group.name)
        text(axes, NAMES - 0.1, y + 0.1, words.count(counts.sure, "comment"), ha="right", color=SOFT, fontsize=9)
        axes.plot([place(first), place(last)], [y, y], color=GREY_BLUE, linewidth=6, alpha=0.45, solid_capstyle="butt")
        axes.plot([place(counts.net)], [y], "o", color=BLUE, markersize=9)
        text(axes, place(last) + 0.1, y, words.signed(counts.net), fontweight="bold")


def _draw_trend(axes: "Axes", trend: Trend) -> None:
    """Net sentiment with its interval, a step per stretch between changes, and each change named."""
    shown = [(at, bucket.counts) for at, bucket in enumerate(trend.buckets) if bucket.counts.sure >= ENOUGH]
    ends = [part.net for part in trend.stretches if part.sure >= ENOUGH] + [counts.net for _, counts in shown]
    low, high = _scale(min(ends), max(ends))
    above, below, left, right = 0.3, TREND_HIGH - 0.3, LEFT + 0.55, WIDTH - LEFT

    def across(at: float) -> float:
        return left + (right - left) * (at + 0.5) / len(trend.buckets)

    def down(points: float) -> float:
        return below - (below - above) * (min(high, max(low, points)) - low) / (high - low)

    for points in _ticks(low, high):
        axes.plot([left, right], [down(points)] * 2, color=LINE, linewidth=1.2, zorder=0)
        text(axes, left - 0.08, down(points), words.signed(points), ha="right", color=SOFT, fontsize=10)
    marks = [across(at) for at, _ in shown]
    lows, highs = ([down(counts.net_interval[end]) for _, counts in shown] for end in (0, 1))
    axes.fill_between(marks, lows, highs, color=GREY_BLUE, alpha=0.3, linewidth=0)
    axes.plot(marks, [down(counts.net) for _, counts in shown], "o-", color=GREY_BLUE, markersize=3.5, linewidth=1)
    edges = [0, *trend.changes, len(trend.buckets)]
    for start, end, part in zip(edges, edges[1:], trend.stretches, strict=False):
        if part.sure >= ENOUGH:
            axes.plot([across(start - 0.5), across(end - 0.5)], [down(part.net)] * 2, color=BLUE, linewidth=3)
    _name_times(axes, trend, across, (above, below))


def _name_times(axes: "Axes", trend: Trend, across: Callable[[float], float], ends: tuple[float, float]) -> None:
    """The first and last days below, and the changes above, as far as there is room."""
    above, below = ends
    last_named = -1.0
    for at in trend.changes:
        x = across(at - 0.5)
        axes.plot([x, x], [above - 0.06, below], color=INK, linewidth=1.6, linestyle=(0, (4, 2)))
        if x - last_named > 0.95:
            text(axes, x, above - 0.16, _short(trend, at), ha="center", color=INK, fontsize=10.5)
            last_named = x
    text(axes, across(-0.5), below + 0.18, _short(trend, 0), color=SOFT, fontsize=10)
    last = len(trend.buckets) - 1
    text(axes, across(last + 0.5), below + 0.18, _short(trend, last), ha="right", color=SOFT, fontsize=10)


def _short(trend: Trend, at: int) -> str:
    start = trend.buckets[at].start
    return f"{start:%b %Y}" if trend.unit == "month" else words.day(start)


def _scale(low: float, high: float) -> tuple[float, float]:
    """A scale in steps of 25 points that holds both and is at least 50 long."""
    bottom, top = 25 * (low // 25), -25 * (-high // 25)
    if top - bottom < 50:
        bottom, top = (bottom - 25, top) if bottom > -100 else (bottom, top + 25)
    return max(-100.0, bottom), min(100.0, top)


def _ticks(low: float, high: float) -> list[float]:
    step = 25 if high - low <= 100 else 50
    return [points for points in range(-100, 101, step) if low <= points <= high]
