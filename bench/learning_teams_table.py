"""The simulated teams' tables and plot."""

from pathlib import Path
from typing import Any

from bench import results
from bench.learning_readers import FLIPPED, PEOPLE, TEAMS
from bench.learning_teams import BASE, BOTH, FITTED, ORACLE, RANDOM, TASTE, VOTES

REACH = {f"{TASTE}, 100": 0.15, f"{BOTH}, 300": 0.25}
ORDER = (
    BASE, *(f"{TASTE}, {votes}" for votes in VOTES[1:]), f"{FITTED}, {VOTES[-1]}", f"{BOTH}, {VOTES[-1]}",
    RANDOM, ORACLE,
)  # fmt: skip
COLOURS = ("#E69F00", "#56B4E9", "#009E73", "#D55E00")
INCHES = (8.0, 5.0)
Row = dict[str, Any]


def markdown(document: Row) -> str:
    """The tables for people."""
    whole, teams = document["all"], document["teams"]
    settings = [name for name in ORDER if name in whole]
    body = [
        (
            _title(name), whole[name]["teams"], _share(whole[name]["approval"]), _points(whole[name]["gain"]),
            _points(whole[name]["gain of the first"]), f"{whole[name]['passed']:.0%}" if _is_desk(name) else "–",
            f"{whole[name]['sense']:.0%}" if _is_desk(name) else "–",
        )
        for name in settings
    ]  # fmt: skip
    head = ("setting", "teams", "drafts liked", "gain", "gain of the first draft", "pass every check", "make sense")
    by_team = [
        (_title(name), *(_points(found[name]["gain"]) if name in found else "–" for found in teams.values()))
        for name in settings
    ]
    return "\n\n".join(
        (
            "# Learning: simulated teams",
            f"Four teams of {PEOPLE} with hidden tastes (bench/learning_readers.py, no code of the model's) vote on "
            f"the drafts they get, three a brief; {FLIPPED:.0%} of the votes are flipped. Judged on "
            f"{document['briefs']} briefs of {document['firms']} firms that never asked before, by what the people "
            f"really think: with their flips, every gain would look {1 - 2 * FLIPPED:.0%} as large. SmolLM2 with the "
            f"house adapter writes; {document['runs']} orders of votes for each team. In brackets the 95 % interval, "
            "firms and orders drawn again. The base delivers the best of nine, taste of fifteen, as the product does "
            "on an idle desk. How many make sense is estimated from the ranking's score (bench/learning_sense.py): "
            "these people look at nothing but their taste, and a reader looks at both.",
            results.table(head, body),
            f"{_reached(whole)} {_told(document)}",
            "## Gain over the base by team",
            results.table(("setting", *teams), by_team),
        )
    )


def draw(document: Row, file: Path) -> None:
    """Draw the gain against votes, a line for each team and one for all, where matplotlib is installed."""
    try:
        from matplotlib.figure import Figure
    except ImportError:
        results.say("no plot: matplotlib is missing (pip install --group bench)")
        return
    figure = Figure(figsize=INCHES, layout="constrained")
    axes = figure.subplots()
    places = [str(votes) for votes in VOTES]
    for colour, team in zip(COLOURS, TEAMS, strict=True):
        gains = [document["teams"][team.name][name]["gain"]["mean"] for name in ORDER[: len(VOTES)]]
        axes.plot(places, gains, marker="o", color=colour, linewidth=1, label=team.name)
    rows = [document["all"][name]["gain"] for name in ORDER[: len(VOTES)]]
    axes.plot(places, [row["mean"] for row in rows], marker="o", color="#0072B2", linewidth=3, label="all, taste alone")
    axes.fill_between(places, [row["low"] for row in rows], [row["high"] for row in rows], alpha=0.15, color="#0072B2")
    for name, marker in ((f"{FITTED}, {VOTES[-1]}", "s"), (f"{BOTH}, {VOTES[-1]}", "D")):
        if name in document["all"]:
            row = document["all"][name]["gain"]
            bars = [[row["mean"] - row["low"]], [row["high"] - row["mean"]]]
            label = f"{name.split(',')[0]}, {document['all'][name]['teams']} teams"
            axes.errorbar([places[-1]], [row["mean"]], yerr=bars, marker=marker, color="black", capsize=4, label=label)
    axes.plot(["100", "300"], list(REACH.values()), linestyle="none", marker="*", markersize=12, color="black",
              label="to reach")  # fmt: skip
    axes.axhline(0.0, color="black", linewidth=0.8)
    axes.set(xlabel="votes", ylabel="more of the delivered drafts liked than from the base, points")
    axes.yaxis.set_major_formatter(lambda share, _: f"{100 * share:+.0f}")
    axes.legend(loc="upper left")
    figure.savefig(file, dpi=120)


def _reached(whole: Row) -> str:
    """What was to be reached, and what was."""
    said = []
    for name, gain in REACH.items():
        found = _points(whole[name]["gain"]) if name in whole else "not measured"
        said.append(f"{_title(name)}: {100 * gain:+.0f} points were to be reached, found {found}.")
    return " ".join(said)


def _told(document: Row) -> str:
    if document["fits"]:
        return f"Fine-tuning was measured for {document['fits']} of the four teams, at {VOTES[-1]} votes, once each."
    return "Fine-tuning was not measured."


def _title(name: str) -> str:
    setting, _, votes = name.partition(", ")
    return f"{setting} after {votes} votes" if votes.isdigit() else name


def _is_desk(name: str) -> bool:
    return name not in (RANDOM, ORACLE)


def _share(row: Row) -> str:
    return f"{row['mean']:.1%} ({row['low']:.1%}–{row['high']:.1%})"


def _points(row: Row) -> str:
    return f"{100 * row['mean']:+.1f} ({100 * row['low']:+.1f} to {100 * row['high']:+.1f})"
