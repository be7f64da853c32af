"""What the desk learns from votes, measured on the clicks of real readers and on simulated teams.

`--part upworthy` is taste on real clicks, `--part teams` the approval of what the desk delivers; each writes its own
table, and both together are learning.md.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench import learning_teams, learning_teams_table, learning_upworthy, results
from bench.learning_upworthy import OURS, SHUFFLED
from model.fetch import fetch_embedded, fetch_encoder

PARTS = ("upworthy", "teams")
NOTES = Path(__file__).with_name("learning_notes.md")
SITE = "https://upworthy.natematias.com"
REACH = {"100": 0.64, "all": 0.71}
COLOURS = ("#999999", "#E69F00", "#56B4E9", "#009E73", "#0072B2", "#D55E00")
INCHES = (8.0, 5.0)
Row = dict[str, Any]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure one part, write its table and plot, and join the tables."""
    options = _options(arguments)
    encoder = options.encoder or fetch_encoder(options.models)
    if options.part == "upworthy":
        document = learning_upworthy.measure(options.data, encoder, options.cache / "headlines.npz", options.orders)
        results.save("learning_upworthy", document, markdown(document), options.out)
        _draw(document, options.out / "learning_upworthy.png")
    else:
        base = fetch_embedded(options.models)
        found = learning_teams.measure(
            options.cache, base, encoder, results.SHIPPED_ADAPTER, options.orders, options.fits
        )
        results.save("learning_teams", found, learning_teams_table.markdown(found), options.out)
        learning_teams_table.draw(found, options.out / "learning_teams.png")
    _join(options.out)
    return 0


def _join(folder: Path) -> None:
    """Put the tables that are there into learning.md."""
    tables = [*(folder / f"learning_{part}.md" for part in PARTS), NOTES]
    text = "\n".join(one.read_text("utf-8") for one in tables if one.exists())
    (folder / "learning.md").write_text(text, "utf-8")


def markdown(document: Row) -> str:
    """The tables for people."""
    figures: dict[str, dict[str, Row]] = document["figures"]
    sizes = list(figures[OURS])
    body = [(name, *(_share(found.get(size) or found.get("any")) for size in sizes)) for name, found in figures.items()]
    stated = [(name, *(f"{figures[name][size]['stated']:.1%}" for size in sizes)) for name in (OURS, SHUFFLED)]
    other = document["other site"]
    return "\n\n".join(
        (
            "# Learning: taste on real clicks",
            f"How often the better of two headlines is known, on {document['judged']:,} pairs with a significant "
            f"difference from {document['groups']} groups of tests (Matias et al. 2021, {SITE}, CC BY 4.0); tests with "
            "a risk of not being random are left out. The prior was chosen on the other half of the groups, and only "
            f"there. A column is a number of votes, each on one pair, drawn in {document['orders']} random orders; "
            "no vote is on a group that is judged. In brackets the 95 % interval, groups resampled.",
            results.table(("votes", *sizes), body),
            f"To reach: {', '.join(f'{share:.0%} after {size}' for size, share in REACH.items())}.",
            "## How sure it says it is",
            "The mean probability it gives to the headline that it prefers. Where it is below the accuracy above, "
            "it claims less than it knows.",
            results.table(("votes", *sizes), stated),
            "## Another site",
            f"Learnt from {other['votes']:,} votes on this site, asked about headlines of another site whose own "
            "tests are 95 % sure or more.",
            results.table(
                ("", "accuracy", "says it is sure to", "surer than 70 %"),
                [
                    (name, _share(other[name]), f"{other[name]['stated']:.1%}", f"{other[name]['surer than 70 %']:.1%}")
                    for name in ("this site", "another site")
                ],
            ),
            "## What it believes of this site's readers",
            "\n".join(f"- {sentence}" for sentence in other["beliefs"]) or "Nothing.",
            f"With 300 shuffled votes it held {other['beliefs of shuffled votes']:.2f} beliefs on average.",
        )
    )


def _share(row: Row | None) -> str:
    return f"{row['accuracy']:.1%} ({row['low']:.1%}–{row['high']:.1%})" if row else "–"


def _draw(document: Row, file: Path) -> None:
    """Draw accuracy against votes, where matplotlib is installed."""
    try:
        from matplotlib.figure import Figure
    except ImportError:
        results.say("no plot: matplotlib is missing (pip install --group bench)")
        return
    figure = Figure(figsize=INCHES, layout="constrained")
    axes = figure.subplots()
    sizes = list(document["figures"][OURS])
    for colour, (name, found) in zip(COLOURS, document["figures"].items(), strict=False):
        rows = [found.get(size) or found["any"] for size in sizes]
        axes.plot(sizes, [row["accuracy"] for row in rows], marker="o", label=name, color=colour)
        if name == OURS:
            axes.fill_between(
                sizes, [row["low"] for row in rows], [row["high"] for row in rows], alpha=0.15, color=colour
            )
    axes.plot(
        list(REACH), list(REACH.values()), linestyle="none", marker="*", markersize=12, color="black", label="to reach"
    )
    axes.axhline(0.5, color="black", linewidth=0.8)
    axes.set_xlabel("votes on pairs of headlines")
    axes.set_ylabel("share of unseen pairs known")
    axes.yaxis.set_major_formatter(lambda share, _: f"{share:.0%}")
    axes.legend(loc="upper left")
    figure.savefig(file, dpi=120)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    assert __doc__ is not None
    parser = argparse.ArgumentParser(prog="python -m bench.learning", description=__doc__.splitlines()[0])
    parser.add_argument("--part", choices=PARTS, default=PARTS[0])
    parser.add_argument("--data", type=Path, help="upworthy: the folder that holds open/upworthy and measure/")
    parser.add_argument("--orders", type=int, default=5, help="random orders of the votes")
    parser.add_argument("--encoder", type=Path, metavar="FOLDER", help="default: the one under --models")
    parser.add_argument("--models", type=Path, default=Path("data"), help="the data folder that holds the models")
    parser.add_argument("--fits", type=int, default=0, help="teams: how many are fine-tuned for; each takes long")
    cache = Path(tempfile.gettempdir()) / "copydesk-learning"
    parser.add_argument("--cache", type=Path, default=cache, help="keeps vectors, samples and adapters between runs")
    parser.add_argument("--out", type=Path, default=results.FOLDER)
    options = parser.parse_args(arguments)
    if options.part == "upworthy" and options.data is None:
        parser.error("--part upworthy needs --data")
    return options


if __name__ == "__main__":
    sys.exit(main())
