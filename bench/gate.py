"""How often the gate lets a candidate through that is better, equal, worse or broken, from fit to promotion.

Each candidate meets G1 and G2 with what would be measured of it after 30, 100 or 300 votes, and then a canary of 14
days in which the team votes as often again, looked at every day. bench/gate_world.py makes teams, votes and figures.
"""

import argparse
import math
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from bench import gate_world, results
from bench.gate_world import BETTER, KINDS, NAME, Kind, Team, Vote
from model.canary import DAYS, SHARE
from model.gate import canary, judge, tally

VOTES = (30, 100, 300)
LIFTS = (0.05, 0.10, 0.15, 0.20, 0.25, 0.30)
ATTEMPTS = (1, 2, 3, 4)
ENDS = ("G1", "G2", "roll back", "expire", "promote")
COLOURS = {"promote": "#0072B2", "expire": "#999999", "roll back": "#D55E00", "G2": "#E69F00", "G1": "#000000"}
INCHES = (13, 5.4)

FIRST_SEED = 9_000
"""The gate's settings were chosen on candidates of other seeds."""

Row = dict[str, Any]


def main(arguments: Sequence[str] | None = None) -> int:
    """Simulate, then write the table and draw the plot."""
    options = _options(arguments)
    started = time.monotonic()
    kinds = [_row(kind, votes, options.candidates) for votes in VOTES for kind in KINDS]
    lifts = [
        {**_row(replace(BETTER, lift=lift), votes, options.candidates), "lift": lift}
        for votes in VOTES
        for lift in LIFTS
    ]
    later = [{**_row(BETTER, VOTES[-1], options.candidates, attempt), "attempt": attempt} for attempt in ATTEMPTS]
    looks = [_looks(kind, VOTES[-1], options.candidates) for kind in KINDS if kind.name in ("equal", "better")]
    document = {
        "candidates": options.candidates,
        "share": SHARE,
        "days": DAYS,
        "kinds": kinds,
        "lifts": lifts,
        "later": later,
        "looks": looks,
        "seconds": time.monotonic() - started,
    }
    results.save("gate", document, _markdown(document), options.out)
    _draw(document, options.out / "gate.png")
    return 0


def end_of(kind: Kind, votes: int, seed: int, attempt: int = 1) -> tuple[str, float]:
    """Where one candidate ends, and after how many days of the canary."""
    team = Team.drawn(np.random.default_rng(seed))
    for gate in judge(gate_world.evidence(team, votes, kind)):
        if not gate.ok:
            return gate.gate, 0.0
    cast = list(gate_world.votes(team, votes, kind, "c", gate_world.is_candidates))
    return next(_canary(cast, attempt))


def _canary(cast: Sequence[Vote], attempt: int = 1) -> Iterator[tuple[str, float]]:
    """What the canary decides, the first time that it isn't to go on."""
    for day in range(1, int(DAYS) + 1):
        so_far = [one.signal for one in cast if float(one.signal.at.split()[0]) <= day]
        arms = [[one for one in so_far if (one.adapter == NAME) == mine] for mine in (False, True)]
        counted = tally(*arms)
        decision = canary(counted.incumbent, counted.candidate, days=day, matched=counted.matched, attempt=attempt)
        if decision.action != "go on":
            yield decision.action, float(day)
            return


def _row(kind: Kind, votes: int, candidates: int, attempt: int = 1) -> Row:
    """How that many candidates of a kind end, with Wilson's interval for the share that is promoted."""
    results.say(f"{votes} votes, {kind.name}, lift {kind.lift:+.2f}, trial {attempt}")
    ends = [end_of(kind, votes, seed, attempt) for seed in range(FIRST_SEED, FIRST_SEED + candidates)]
    counts = Counter(end for end, _ in ends)
    low, high = wilson(counts["promote"], candidates)
    days = [day for end, day in ends if end == "promote"]
    promoted = counts["promote"] / candidates
    return {
        "kind": kind.name,
        "votes": votes,
        "ends": {end: counts[end] for end in ENDS},
        "promoted": promoted,
        "low": low,
        "high": high,
        "days": results.median(days),
    }


def _looks(kind: Kind, votes: int, candidates: int) -> Row:
    """The canary alone, without the gates before it: what looking every day costs."""
    results.say(f"{votes} votes, {kind.name}, canary alone")
    ends: Counter[str] = Counter()
    for seed in range(candidates):
        team = Team.drawn(np.random.default_rng(2 * FIRST_SEED + seed))
        ends[next(_canary(list(gate_world.votes(team, votes, kind, "c", gate_world.is_candidates))))[0]] += 1
    low, high = wilson(ends["promote"], candidates)
    return {"kind": kind.name, "votes": votes, "promoted": ends["promote"] / candidates, "low": low, "high": high}


def wilson(hits: int, number: int) -> tuple[float, float]:
    """Wilson's 95 % interval for a share (1927).

    >>> [round(bound, 3) for bound in wilson(0, 200)]
    [0.0, 0.019]
    """
    z = 1.959964
    share, spread = hits / number, z * z / number
    middle = share + spread / 2
    reach = z * math.sqrt(share * (1 - share) / number + spread / number / 4)
    return max(0.0, (middle - reach) / (1 + spread)), min(1.0, (middle + reach) / (1 + spread))


def _markdown(document: Row) -> str:
    head = ("votes", "candidate", "promoted", "95 %", *(f"ends at {end}" for end in ENDS[:4]), "median day")
    kinds = [
        (row["votes"], row["kind"], _percent(row["promoted"]), _interval(row), *_ends(row), row["days"])
        for row in document["kinds"]
    ]
    lifts = [(f"{100 * lift:+.0f} points", *(_cell(document, lift, votes) for votes in VOTES)) for lift in LIFTS]
    later = [(row["attempt"], _percent(row["promoted"]), _interval(row)) for row in document["later"]]
    looks = [(row["kind"], _percent(row["promoted"]), _interval(row)) for row in document["looks"]]
    return "\n\n".join(
        (
            "# The gate",
            f"{document['candidates']} candidates of each kind, simulated. {gate_world.__doc__}",
            "A better candidate raises approval by 25 points; a worse one lowers it by 15, shuffled labels by 3, a "
            "collapse by 30. One whose texts are 25 to 70 % longer is liked 10 points more, at first.",
            results.table(head, kinds),
            "Promoted, by how much more people like what the candidate writes:",
            results.table(("approval", *(f"{votes} votes" for votes in VOTES)), lifts),
            f"Promoted at {VOTES[-1]} votes, by the number of the trial against the same incumbent:",
            results.table(("trial", "promoted", "95 %"), later),
            f"The canary alone at {VOTES[-1]} votes, looked at every day:",
            results.table(("candidate", "promoted", "95 %"), looks),
        )
    )


def _ends(row: Row) -> list[str]:
    return [_percent(row["ends"][end] / sum(row["ends"].values())) for end in ENDS[:4]]


def _cell(document: Row, lift: float, votes: int) -> str:
    row = next(one for one in document["lifts"] if one["lift"] == lift and one["votes"] == votes)
    return f"{_percent(row['promoted'])} ({_interval(row)})"


def _interval(row: Row) -> str:
    return f"{100 * row['low']:.1f}–{100 * row['high']:.1f} %"


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def _draw(document: Row, file: Path) -> None:
    """Draw how each kind ends, and the chance of promotion by lift, where matplotlib is installed."""
    try:
        from matplotlib.figure import Figure
    except ImportError:
        results.say("no plot: matplotlib is missing (pip install --group bench)")
        return
    figure = Figure(figsize=INCHES, layout="constrained")
    bars, lines = figure.subplots(1, 2, width_ratios=(3, 2))
    rows = [row for row in document["kinds"] if row["votes"] == VOTES[-1]][::-1]
    left = [0.0] * len(rows)
    for end in ENDS[::-1]:
        shares = [row["ends"][end] / document["candidates"] for row in rows]
        label = f"stopped by {end}" if end.startswith("G") else end
        bars.barh([row["kind"] for row in rows], shares, left=left, color=COLOURS[end], label=label)
        left = [before + share for before, share in zip(left, shares, strict=True)]
    bars.axvline(0.05, color="white", linestyle=":", linewidth=1.5)
    bars.set(xlim=(0, 1), xlabel="share of candidates", title=f"How candidates end at {VOTES[-1]} votes")
    bars.legend(loc="upper center", bbox_to_anchor=(0.5, -0.12), ncols=5, frameon=False)
    for votes, marker in zip(VOTES, "osD", strict=True):
        found = [row for row in document["lifts"] if row["votes"] == votes]
        at = [100 * row["lift"] for row in found]
        lines.plot(at, [row["promoted"] for row in found], marker=marker, label=f"{votes} votes")
        lines.fill_between(at, [row["low"] for row in found], [row["high"] for row in found], alpha=0.2)
    lines.axhline(0.8, color="grey", linestyle=":")
    lines.set(ylim=(0, 1), xlabel="points of approval gained", ylabel="promoted", title="How large a gain is seen")
    lines.grid(visible=True, alpha=0.3)
    lines.legend(frameon=False)
    figure.savefig(file, dpi=150)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    assert __doc__ is not None, "this file has one"
    parser = argparse.ArgumentParser(prog="python -m bench.gate", description=__doc__.splitlines()[0])
    parser.add_argument("--candidates", type=int, default=200, help="of each kind")
    parser.add_argument("--out", type=Path, default=results.FOLDER, help="folder for the results")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
