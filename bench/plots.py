"""The plots beside the tables, drawn when a bench has measured, or again from the JSON that lies in results/.

`python -m bench.plots` draws them again and measures nothing. Colours are Okabe and Ito's, which colour-blind people
can tell apart, and no plot says anything by colour alone.
"""

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator, NullFormatter

from bench import results
from bench.peers import OURS

BLUE, VERMILION, GREEN, PURPLE, ORANGE, SKY, GREY = (
    "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#555555",
)  # fmt: skip
COLOURS, MARKERS = (VERMILION, GREEN, PURPLE, ORANGE, SKY, GREY), "s^DvPX"
WAITS = ("first words", "first draft", "drafts")
GOAL_ACK_MS, GOAL_READY_SECONDS, GOAL_PASSED = 100, 5, 98
MIB = 1 << 20
Row = dict[str, Any]


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw every plot whose figures lie in the folder."""
    parser = argparse.ArgumentParser(prog="python -m bench.plots", description="Draw the plots again from their JSON.")
    parser.add_argument("--out", type=Path, default=results.FOLDER, help="the folder that holds the JSON")
    folder: Path = parser.parse_args(arguments).out
    for file in sorted(folder.glob("*.json")):
        if _kind(file.stem) in DRAWN:
            save(file.stem, json.loads(file.read_text("utf-8")), folder)
    return 0


def save(name: str, document: Row, folder: Path = results.FOLDER) -> None:
    """Draw NAME.png; the part of the name before a dash says what is drawn."""
    folder.mkdir(parents=True, exist_ok=True)
    draw, _ = DRAWN[_kind(name)]
    draw(document).savefig(folder / f"{name}.png", dpi=120, metadata={"Software": None})
    results.say(f"drawn: {folder / name}.png")


def picture(name: str) -> str:
    """The plot within its Markdown, with words for those who can't see it."""
    return f"![{DRAWN[_kind(name)][1]}]({name}.png)"


def desk(document: Row) -> Figure:
    """How long each wait was, and how soon acknowledgements came."""
    figure = Figure(figsize=(11.0, 4.2), layout="constrained")
    left, right = figure.subplots(1, 2)
    rows: list[Row] = document["rows"]
    names = {"idle": "one person", "people": f"{document['people']} at once"}
    loads = list(dict.fromkeys(row["load"] for row in rows))
    kinds = list(dict.fromkeys((row["kind"], what) for row in rows for what in WAITS if what in row))
    for at, load in enumerate(loads):
        name, own = names.get(load, load), [row for row in rows if row["load"] == load]
        colour, marker = (BLUE, *COLOURS)[at % 7], f"o{MARKERS}"[at % 7]
        waits = [(row[what], kinds.index((row["kind"], what))) for row in own for what in WAITS if what in row]
        places = [place - 0.15 + 0.3 * at / max(1, len(loads) - 1) for _, place in waits]
        if waits:
            left.plot([wait for wait, _ in waits], places, marker, color=colour, alpha=0.6, label=name)
        acks = sorted(1000 * row["ack"] for row in own)
        shares = [100 * (number + 1) / len(acks) for number in range(len(acks))]
        right.step(acks, shares, f"{marker}-", color=colour, where="post", markersize=3, label=f"{name} ({len(acks)})")
    left.set_yticks(range(len(kinds)), [f"{kind}: {what}" for kind, what in kinds])
    left.set_xlabel("seconds from the click until they are shown, one mark a wait (log scale)")
    right.axvline(GOAL_ACK_MS, color="black", linestyle="--", linewidth=1, label=f"reach: 99 % by {GOAL_ACK_MS} ms")
    right.set(xlabel="milliseconds until Slack is answered (log scale)", ylabel="answered by then, %")
    for axes in (left, right):
        _scale(axes, "x")
        axes.grid(visible=True, alpha=0.3)
        axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=2, frameon=False)
    return figure


def memory(document: Row) -> Figure:
    """Seconds until ready, start by start, and the memory at rest and at its peak."""
    figure = Figure(figsize=(8.0, 3.6), layout="constrained")
    left, right = figure.subplots(1, 2)
    ready: list[float] = document["ready_seconds"]
    left.plot(range(1, len(ready) + 1), ready, color=BLUE, marker="o", linestyle="none")
    reach = f"reach: at most {GOAL_READY_SECONDS} s"
    left.axhline(GOAL_READY_SECONDS, color="black", linestyle="--", linewidth=1, label=reach)
    left.legend(loc="lower right")
    left.set(ylim=(0, 1.15 * max(*ready, GOAL_READY_SECONDS)), xlabel="start", ylabel="seconds until ready")
    left.set_xticks(range(1, len(ready) + 1))
    sizes = [results.median(document["rest_bytes"]) or 0.0, document["peak_bytes"]]
    bars = right.bar(["at rest (median)", "at its peak"], [size / MIB for size in sizes], color=[BLUE, VERMILION])
    right.bar_label(bars, fmt="%.0f")
    right.margins(y=0.1)
    right.set(ylabel="memory of the bot's process, MiB")
    return figure


def quality(document: Row) -> Figure:
    """By format: the share that passes, of one sample and of what is delivered, and how alike the drafts are."""
    settings: dict[str, Row] = document["settings"]
    lines = sum(len(one["formats"]) + 4 for one in settings.values())
    figure = Figure(figsize=(10.0, 0.26 * lines), layout="constrained")
    every = figure.subplots(len(settings), 2, squeeze=False, sharey="row")
    for (left, right), (name, one) in zip(every, settings.items(), strict=True):
        formats = sorted(one["formats"], reverse=True)
        found = [one["formats"][form] for form in formats]
        passed = [[_share(row[way]) for row in found] for way in ("one sample", "shipped")]
        alike = [[row[way] for row in found] for way in ("likeness plain", "likeness shipped")]
        for axes, values in ((left, passed), (right, alike)):
            axes.plot(values[0], formats, "s", color=VERMILION, markersize=8, markerfacecolor="none", label="K = 1")
            axes.plot(values[1], formats, "o", color=BLUE, markersize=5, label="delivered")
            axes.grid(visible=True, alpha=0.3)
        left.axvline(GOAL_PASSED, color="black", linestyle="--", linewidth=1, label=f"reach in all: {GOAL_PASSED} %")
        left.set(xlabel="pass every hard check, %", title=name, xlim=(None, 102))
        right.set(xlabel=f"likeness of a brief's drafts, 0 to 1 ({document['likeness']})", title="less is more varied")
        left.legend(loc="best")
    return figure


def engine(document: Row) -> Figure:
    """Tokens a second by drafts at once, a line for each peer."""
    figure = Figure(figsize=(8.0, 4.5), layout="constrained")
    axes = figure.subplots()
    figures: dict[str, Row] = document["figures"]
    styles = iter(zip(COLOURS * len(figures), MARKERS * len(figures), strict=True))
    for name, one in sorted(figures.items(), key=lambda item: item[0] != OURS):
        numbers = sorted(map(int, one))
        speeds = [one[str(number)]["tokens_per_second"] for number in numbers]
        colour, marker = (BLUE, "o") if name == OURS else next(styles)
        axes.plot(numbers, speeds, marker=marker, color=colour, label=name, linewidth=3 if name == OURS else 1)
    _scale(axes, "y")
    axes.set(xscale="log", xlabel="drafts at once (log scale)", ylabel="tokens a second (log scale)")
    drawn = sorted({int(number) for one in figures.values() for number in one})
    axes.set_xticks(drawn, [str(number) for number in drawn])
    axes.xaxis.minorticks_off()
    axes.grid(visible=True, alpha=0.3)
    axes.legend(loc="center left", bbox_to_anchor=(1, 0.5), frameon=False)
    return figure


def _scale(axes: Axes, which: Literal["x", "y"]) -> None:
    """A log scale with ticks at 1, 2, 5, 10 and so on, in plain numbers."""
    axes.set(**{f"{which}scale": "log"})
    axis = axes.xaxis if which == "x" else axes.yaxis
    axis.set_major_locator(LogLocator(subs=(1, 2, 5)))
    axis.set_major_formatter(lambda value, _: f"{value:g}")
    axis.set_minor_formatter(NullFormatter())


def _share(one: Row) -> float | None:
    return 100 * one["passed"] / one["delivered"] if one["delivered"] else None


def _kind(name: str) -> str:
    return name.split("-")[0]


DRAWN: Mapping[str, tuple[Callable[[Row], Figure], str]] = MappingProxyType(
    {
        "desk": (
            desk,
            "Left, a mark for every wait in seconds, by format and by how many asked at once; right, the share of "
            "acknowledgements sent by a number of milliseconds. The tables hold the medians and the worst.",
        ),
        "engine": (
            engine,
            "Tokens a second against drafts at once, a line for each engine, ours thick. The table holds each point.",
        ),
        "memory": (
            memory,
            "Left, the seconds until ready of each start; right, the memory at rest and at its peak. "
            "The table holds the figures.",
        ),
        "quality": (
            quality,
            "By format: left, the share of texts that pass every hard check, one sample against what is delivered; "
            "right, how alike the drafts of a brief are. The tables hold each point.",
        ),
    }
)
"""By the first part of the name: what draws it, and the words in its place."""


if __name__ == "__main__":
    sys.exit(main())
