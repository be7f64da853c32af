"""How long people wait: acknowledgements, first streamed words and all drafts, idle and with sixteen asking at once.

The real bot runs in a process of its own on a playground with sixteen people in four channels; fifteen ask for tweets
and one for an article, which is stopped once its first words are there. The acknowledgement is measured as the page
sees it, from the click to the answer; while the sixteen are served, somebody opens the modal over and over as well.
"""

import argparse
import random
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench import briefs, crowd, plots, results
from bench.asking import Ask, ask_at_once, probing
from bench.product import Product
from bench.results import median, percentile, table
from tests.visitor import Visitor

ALL_SECONDS = 900.0
PROBE_SECONDS = 0.75  # Slack lets an app open a hundred modals a minute
TWEETS = 3
ARTICLE = "blog"
GOAL_ACK = 0.1
Row = dict[str, Any]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write desk.json, .md and .png."""
    options = _options(arguments)
    results.end_cleanly()
    rows: list[Row] = []
    with playground() as url, Product(options.data.resolve(), slack=url, model=options.model) as product:
        with Visitor(url, crowd.WATCHER) as page:
            serve(page, url, [asked("w", 0, "tweet")])  # what is slow only once is no one's wait
            for run in range(options.runs):
                rows += [_row(run, "idle", ask) for ask in _idle(page, url, run)]
                rows += _load(page, url, run, options.people)
        memory = product.memory()
    acks = _acks(rows)
    document = {"runs": options.runs, "people": options.people, "waits": _waits(rows), "acks": acks}
    document |= {"memory": memory, "ready_seconds": product.ready_seconds, "rows": rows}
    results.save("desk", document, f"{_markdown(document)}\n\n{plots.picture('desk')}", options.out)
    plots.save("desk", document, options.out)
    return 0


def _idle(page: Visitor, url: str, run: int) -> Iterator[Ask]:
    """One person alone: three tweets, then an article."""
    for number, kind in enumerate(("tweet", ARTICLE)):
        ask = asked(f"i{run}", number, kind)
        serve(page, url, [ask])
        yield ask


def _load(page: Visitor, url: str, run: int, people: int) -> list[Row]:
    """Everybody at once; one of them, another in each run, wants an article."""
    writer = random.Random(run).randrange(people)
    asks = [asked(f"l{run}", person, ARTICLE if person == writer else "tweet") for person in range(people)]
    with probing(url, crowd.PROBE, crowd.LAUNCH, PROBE_SECONDS) as acks:
        serve(page, url, asks)
    results.say(f"run {run + 1}: {people} people were served")
    probes = [{"run": run, "load": "people", "kind": "modal", "ack": ack} for ack in acks]
    return [*(_row(run, "people", ask) for ask in asks), *probes]


def serve(page: Visitor, url: str, asks: Sequence[Ask]) -> None:
    """Ask, and look at every live update until everybody has what they wait for; articles are stopped there."""
    threads = ask_at_once(asks, url)
    left = list(asks)

    def all_served(visitor: Visitor) -> bool:
        for ask in [one for one in left if one.look(visitor, drafts=0 if one.text.startswith(ARTICLE) else TWEETS)]:
            left.remove(ask)
            if ask.text.startswith(ARTICLE) and (opener := ask.opener(visitor)):
                _stop(visitor, opener)
        return not left

    page.wait_for(all_served, timeout=ALL_SECONDS)
    for thread in threads:
        thread.join()


def _stop(page: Visitor, opener: Row) -> None:
    if any(block["type"] == "actions" for block in opener["blocks"]):
        page.click(opener, "stop")


def asked(run: str, number: int, kind: str) -> Ask:
    known = briefs.read((kind,))
    brief, person = known[number % len(known)], number % len(crowd.PEOPLE)
    return Ask(f"{run}-{number}", f"{kind}: {brief.product}", crowd.PEOPLE[person], crowd.team_of(person))


def _row(run: int, load: str, ask: Ask) -> Row:
    kind = ask.text.split(":")[0]
    return {"run": run, "load": load, "kind": kind, "ack": ask.ack, "refused": ask.refused, **ask.seen}


def _waits(rows: Sequence[Row]) -> list[Row]:
    """Median and worst of each wait, by load."""
    found = []
    for load in ("idle", "people"):
        for kind, what in (("tweet", "first draft"), ("tweet", "drafts"), (ARTICLE, "first words")):
            seconds = [row[what] for row in rows if (row["load"], row["kind"]) == (load, kind) and what in row]
            one = {"load": load, "kind": kind, "what": what, "number": len(seconds), "median": median(seconds)}
            found.append({**one, "p90": percentile(seconds, 0.9), "most": max(seconds, default=None)})
    return found


def _acks(rows: Sequence[Row]) -> list[Row]:
    found = []
    for load in ("idle", "people"):
        acks = [row["ack"] for row in rows if row["load"] == load]
        shares = {"p50": percentile(acks, 0.5), "p99": percentile(acks, 0.99), "most": max(acks, default=None)}
        found.append({"load": load, "number": len(acks), **shares})
    return found


def _markdown(document: Row) -> str:
    names = {"idle": "one person", "people": f"{document['people']} at once"}
    waits = [
        (names[one["load"]], one["kind"], one["what"], one["number"], one["median"], one["p90"], one["most"])
        for one in document["waits"]
    ]
    acks = [
        (names[one["load"]], one["number"], *(one[name] and one[name] * 1000 for name in ("p50", "p99", "most")))
        for one in document["acks"]
    ]
    return "\n\n".join(
        [
            "# Desk",
            f"Seconds from the click to what the page shows; {document['runs']} runs.",
            table(("load", "format", "until", "number", "median", "p90", "most"), waits),
            f"Milliseconds until Slack has its acknowledgement (reach: p99 at most {GOAL_ACK * 1000:.0f}).",
            table(("load", "number", "p50", "p99", "most"), acks),
        ]
    )


@contextmanager
def playground() -> Iterator[str]:
    """The playground's process, and its address."""
    command = [sys.executable, "-m", "bench.crowd", "--port", "0"]
    process = subprocess.Popen(command, cwd=results.ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None, "it is a pipe"
    try:
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.wait()


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    assert __doc__ is not None, "this file has one"
    parser = argparse.ArgumentParser(prog="python -m bench.desk", description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--people", type=int, default=len(crowd.PEOPLE), choices=range(1, len(crowd.PEOPLE) + 1))
    parser.add_argument("--model", default="embedded", help="what COPYDESK_MODEL says")
    parser.add_argument("--data", type=Path, default=Path("data"), help="the data folder that holds the models")
    parser.add_argument("--out", type=Path, default=results.FOLDER)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
