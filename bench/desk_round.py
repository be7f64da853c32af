"""How long acknowledgements and drafts take while a round fine-tunes beside the desk, and without one.

The real bot runs in a process of its own on a playground; votes come from a file, and an admin begins the round in App
Home, so that it runs as it does on Sundays: in the bot, with the fine-tuning in a process of its own. Meanwhile one
person asks for tweets, the next when the last are there, and another opens the modal over and over.
"""

import argparse
import json
import random
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bench import crowd, desk, results
from bench.asking import probing
from bench.product import Product
from bench.results import median, percentile, table
from storage import rounds
from storage.database import Storage
from storage.rounds import ENDED, RoundRow
from tests.signalling import drafts
from tests.visitor import Visitor

VOTES, VOTERS = 160, 8
BEGIN_SECONDS = 60.0
TO_TRAIN = {"COPYDESK_TRAINING": "imported"}
Row = dict[str, Any]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write desk_round.json and desk_round.md."""
    options = _options(arguments)
    results.end_cleanly()
    with (
        desk.playground() as url,
        Product(options.data.resolve(), slack=url, model=options.model, settings=TO_TRAIN) as product,
    ):
        storage = Storage(product.folder / "copydesk.db")
        with Visitor(url, crowd.WATCHER) as page:
            desk.serve(page, url, [desk.asked("w", 0, "tweet")])  # what is slow only once is no one's wait
            rows = _busy(page, url, "idle", _for(options.seconds))
            _import_votes(product)
            _begin(page)
            results.say("the round begins")
            last = _for(options.seconds)
            rows += _busy(page, url, "fitting", lambda: last() and _round(storage).state != ENDED)
            row = _round(storage)
    results.say(f"the round was {row.state}: {row.progress or row.reason}")
    if row.state != "fitting" and not row.figures:
        raise SystemExit(f"nothing was fine-tuned: the round was {row.state}. {row.reason}")
    document = {"seconds": options.seconds, "waits": _waits(rows), "reached": row.progress or row.state, "rows": rows}
    results.save("desk_round", document, _markdown(document), options.out)
    return 0


def _for(seconds: float) -> Callable[[], bool]:
    """Whether so many seconds from now aren't over."""
    end = time.monotonic() + seconds
    return lambda: time.monotonic() < end


def _busy(page: Visitor, url: str, load: str, more: Callable[[], bool]) -> list[Row]:
    """Ask and probe as long as there is `more` time; the waits, one row each."""
    rows = list[Row]()
    with probing(url, crowd.PROBE, crowd.LAUNCH, desk.PROBE_SECONDS) as acks:
        while more():
            ask = desk.asked(load, len(rows), "tweet")
            desk.serve(page, url, [ask])
            rows.append({"load": load, "what": "command", "ack": ask.ack, "drafts": ask.seen.get("drafts")})
            results.say(f"{load}: {told(ask.seen.get('drafts'))}")
    return rows + [{"load": load, "what": "modal", "ack": ack} for ack in acks]


def told(seconds: float | None) -> str:
    """How long three tweets took; None where they never came.

    >>> told(2.34), told(None)
    ('three tweets after 2.3 s', 'three tweets never came')
    """
    return "three tweets never came" if seconds is None else f"three tweets after {seconds:.1f} s"


def votes(now: datetime) -> str:
    """The house's own copy, the shorter half liked, as the lines of a file such as anybody may bring.

    There has to be something to learn, and enough of each kind for KTO, however long the house's copy is.
    """
    chosen = random.Random(0).sample(drafts(), VOTES)
    longest = median([len(text) for _, text in chosen])
    assert longest is not None, "there are votes"
    lines = list[str]()
    for number, (brief, text) in enumerate(chosen):
        about = {"brief": brief.product, "format": brief.format, "text": text, "user": f"U{number % VOTERS}"}
        when = (now - timedelta(hours=VOTES - number)).isoformat()
        lines.append(json.dumps({**about, "value": 1 if len(text) <= longest else -1, "at": when}))
    return "".join(f"{line}\n" for line in lines)


def _import_votes(product: Product) -> None:
    path = product.folder / "votes.jsonl"
    path.write_text(votes(datetime.now(UTC)), "utf-8")
    product.copydesk("votes", "import", str(path))


def _begin(page: Visitor) -> None:
    """Press "Run a round now"."""

    def home(visitor: Visitor) -> Row | None:
        visitor.open_home()
        return visitor.home if visitor.home and "round_now" in json.dumps(visitor.home) else None

    page.click(page.wait_for(home, BEGIN_SECONDS), "round_now")


def _round(storage: Storage) -> RoundRow:
    with storage.read() as db:
        found = next(iter(rounds.workspaces(db)), "")
        row = rounds.latest(db, found)
    return row or RoundRow(0, "", "", "")


def _waits(rows: Sequence[Row]) -> list[Row]:
    found = []
    for load in ("idle", "fitting"):
        for what in ("ack", "drafts"):
            seconds = [row[what] for row in rows if row["load"] == load and row.get(what) is not None]
            shares = {"median": median(seconds), "p99": percentile(seconds, 0.99), "most": max(seconds, default=None)}
            found.append({"load": load, "what": what, "number": len(seconds), **shares})
    return found


def _markdown(document: Row) -> str:
    names = {"idle": "no round", "fitting": "a round runs"}

    def lines(what: str, unit: float) -> list[tuple[object, ...]]:
        return [
            (names[one["load"]], one["number"], *(one[name] and one[name] * unit for name in ("median", "p99", "most")))
            for one in document["waits"]
            if one["what"] == what
        ]

    head = ("load", "number", "median", "p99", "most")
    return "\n\n".join(
        [
            "# Desk beside a round",
            "One person asks for three tweets again and again and another opens the modal over and over, for "
            f"{document['seconds']:.0f} s without a round and as long from the moment an admin begins one. At the end "
            f"the round was at “{document['reached']}”.",
            f"Milliseconds until Slack has its acknowledgement (reach: p99 at most {desk.GOAL_ACK * 1000:.0f}).",
            table(head, lines("ack", 1000)),
            "Seconds from the click until three tweets are there.",
            table(head, lines("drafts", 1)),
        ]
    )


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    assert __doc__ is not None, "this file has one"
    parser = argparse.ArgumentParser(prog="python -m bench.desk_round", description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=600.0, help="how long each load is measured")
    parser.add_argument("--model", default="embedded", help="what COPYDESK_MODEL says")
    parser.add_argument("--data", type=Path, default=Path("data"), help="the data folder that holds the models")
    parser.add_argument("--out", type=Path, default=results.FOLDER)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
