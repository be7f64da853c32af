"""Memory at rest and at its peak while six people ask at once, and seconds from the start until the desk is ready."""

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

from bench import briefs, plots, results
from bench.asking import Ask, ask_at_once
from bench.product import Product
from bench.results import table
from tests.visitor import Visitor

PEOPLE = ("U0ANA", "U0BEN", "U0CHLOE")
PLACES = ("C0LAUNCH", "C0SOCIAL")
ASKS = 6
DRAFTS = 3
SETTLE_SECONDS = 3.0
ALL_SECONDS = 600.0
MIB = 1 << 20


def main(arguments: Sequence[str] | None = None) -> int:
    """Start the product several times, use it once, and write memory.json, .md and .png."""
    options = _options(arguments)
    results.end_cleanly()
    ready, rest, peak = [], [], 0
    for run in range(options.runs):
        with Product(options.data.resolve(), model=options.model) as product:
            ready.append(product.ready_seconds)
            time.sleep(SETTLE_SECONDS)
            rest.append(product.memory()["now"])
            if run == options.runs - 1:
                peak = _used(product)
        results.say(f"run {run + 1}: ready after {ready[-1]:.2f} s, {rest[-1] / MIB:.0f} MiB at rest")
    document: dict[str, Any] = {"ready_seconds": ready, "rest_bytes": rest, "peak_bytes": peak}
    rows = [
        ("start to ready, s (median; reach: at most 5)", median(ready)),
        ("start to ready, s (slowest)", max(ready)),
        ("memory at rest, MiB (median)", median(rest) / MIB),
        (f"memory at its peak while {ASKS} ask at once, MiB", peak / MIB),
    ]
    text = f"# Memory and start\n\nThe bot's process; {options.runs} starts with the model on disk.\n\n"
    markdown = f"{text}{table(('', 'value'), rows)}\n\n{plots.picture('memory')}"
    results.save("memory", document, markdown, options.out)
    plots.save("memory", document, options.out)
    return 0


def _used(product: Product) -> int:
    """The most memory that the bot has had once people have been served."""
    tweets = briefs.read(("tweet",))
    asks = [
        Ask(f"m-{at}", f"tweet: {tweets[at].product}", PEOPLE[at % len(PEOPLE)], PLACES[at % len(PLACES)])
        for at in range(ASKS)
    ]
    with Visitor(product.url) as page:
        threads = ask_at_once(asks, product.url)
        page.wait_for(lambda visitor: sum(ask.look(visitor, drafts=DRAFTS) for ask in asks) == ASKS, ALL_SECONDS)
        for thread in threads:
            thread.join()
    return product.memory()["peak"]


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.memory", description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--model", default="embedded", help="what COPYDESK_MODEL says")
    parser.add_argument("--data", type=Path, default=Path("data"), help="the data folder that holds the models")
    parser.add_argument("--out", type=Path, default=results.FOLDER)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
