"""What guards cost: tokens a second with them and without, on the same prompts and seeds, and what they take back.

All briefs are asked at once, so that the slots are full, and every sequence ends where it likes. In each run both ways
are taken, in an order that changes from run to run, and every ratio is within a run. Tokens that a guard took back are
written, but not kept. `--read` writes guarded drafts for reading instead, with the places where the guard went back.
"""

import argparse
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench import briefs, results
from bench.results import median, percent, table
from bench.watched import Back, Desk, Written, opened, request_for
from model.brief import Brief
from model.fetch import fetch_embedded
from model.generation import Request

GOAL = "Reach: guards cost less than 10 % of the tokens a second."
DRAFTS = "guards-drafts.md"
WARM_UP = 2
Row = dict[str, Any]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write guards.json and guards.md, or write drafts to be read."""
    options = _options(arguments)
    results.end_cleanly()
    desk = opened(options.model or fetch_embedded(options.data), options.adapter)
    if options.read:
        asked = briefs.read(limit=options.read)
        options.out.mkdir(parents=True, exist_ok=True)
        (options.out / DRAFTS).write_text(drafts(desk, asked, taught=bool(options.adapter)), "utf-8")
        results.say(f"written: {options.out / DRAFTS}")
        return 0
    asked = briefs.read(limit=options.limit)
    desk.write(_requests(asked[:WARM_UP], 0, options), guards=True)
    rows: list[Row] = []
    for run in range(options.runs):
        requests = _requests(asked, run, options)
        for guards in (run % 2 == 0, run % 2 == 1):
            rows.append(row(run, guards, desk.write(requests, guards=guards)))
            results.say(f"run {run + 1}, {_named(guards)}: {rows[-1]['written'] / rows[-1]['seconds']:.1f} tokens/s")
    document = {"runs": options.runs, "briefs": len(asked), **summarise(rows), "rows": rows}
    results.save("guards", document, markdown(document), options.out)
    return 0


def row(run: int, guards: bool, found: Written) -> Row:
    """One way of one run."""
    return {
        "run": run,
        "guards": guards,
        "seconds": found.seconds,
        "written": found.written,
        "kept": found.kept,
        "sequences": len(found.texts),
        "went back": sum(bool(one.backs) for one in found.guards),
        "times": sum(len(one.backs) for one in found.guards),
    }


def summarise(rows: Sequence[Row]) -> dict[str, Any]:
    """Medians over the runs, and of the ratios within each run."""
    return {
        **{what: _compared(rows, what) for what in ("written", "kept")},
        "sequences": sum(one["sequences"] for one in rows if one["guards"]),
        "went back": sum(one["went back"] for one in rows if one["guards"]),
        "times": sum(one["times"] for one in rows if one["guards"]),
    }


def _compared(rows: Sequence[Row], what: str) -> dict[str, float | None]:
    speeds = {(one["run"], one["guards"]): one[what] / one["seconds"] for one in rows}
    runs = sorted({run for run, _ in speeds if (run, True) in speeds and (run, False) in speeds})
    return {
        "with": median([speeds[run, True] for run in runs]),
        "without": median([speeds[run, False] for run in runs]),
        "ratio": median([speeds[run, True] / speeds[run, False] for run in runs]),
    }


def markdown(document: dict[str, Any]) -> str:
    """The table and what it means."""
    body = [
        (f"tokens {what} a second", found["with"], found["without"], found["ratio"])
        for what in ("written", "kept")
        for found in [document[what]]
    ]
    share = percent(document["went back"], document["sequences"])
    return "\n\n".join(
        [
            "# Guards",
            f"{GOAL} Medians of {document['runs']} runs over {document['briefs']} briefs; ratios are within a run.",
            table(("", "with guards", "without", "ratio"), body),
            f"{share} of {document['sequences']} guarded sequences went back, {document['times']} times in all.",
        ]
    )


def drafts(desk: Desk, asked: Sequence[Brief], *, taught: bool) -> str:
    """A guarded draft for each brief, as the model ended it, with what its guard took back in its place."""
    pages, times = [], []
    for number, brief in enumerate(asked, 1):
        guard = desk.write([replace(request_for(brief, 0, taught=taught), n=1)], guards=True).guards[0]
        times.append(len(guard.backs))
        pages.append(f"## {number}. {brief.format}\n\n> {brief.product}\n\n{marked(guard.text, guard.backs)}")
        results.say(f"{number} of {len(asked)}: {brief.format}, went back {times[-1]} times")
    head = f"{sum(map(bool, times))} of {len(times)} drafts went back, {sum(times)} times in all."
    about = "⟲ marks where, with what was taken off and why."
    return "\n\n".join(["# Guarded drafts", f"{head} {about}", *pages]) + "\n"


def marked(text: str, backs: Iterable[Back]) -> str:
    """A text with everything that was taken back at its place.

    >>> marked("It is cold.", [Back(0, "It costs £3.", "“£3” is not in the brief.")])
    '[⟲ It costs £3. – “£3” is not in the brief.] It is cold.'
    """
    pieces, done = [], 0
    for back in sorted(backs, key=lambda one: one.place):
        pieces += [text[done : back.place], f"[⟲ {back.taken.strip()} – {back.why}]"]
        done = back.place
    return " ".join(piece for piece in (*(one.strip(" ") for one in pieces), text[done:].strip(" ")) if piece)


def _requests(asked: Sequence[Brief], run: int, options: argparse.Namespace) -> list[Request]:
    return [request_for(brief, run, taught=bool(options.adapter)) for brief in asked]


def _named(guards: bool) -> str:
    return "with guards" if guards else "without"


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    assert __doc__ is not None, "this file has one"
    parser = argparse.ArgumentParser(prog="python -m bench.guards", description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--limit", type=int, default=42, help="how many briefs; some of every format")
    parser.add_argument("--read", type=int, metavar="DRAFTS", help="write so many guarded drafts to be read, as 100")
    results.add_adapter(parser)
    parser.add_argument("--model", type=Path, metavar="FOLDER", help="another model than the embedded one")
    parser.add_argument("--data", type=Path, default=Path("data"), help="the data folder that holds the models")
    parser.add_argument("--out", type=Path, default=results.FOLDER)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
