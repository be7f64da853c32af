"""Rows of runs to the engine tables: medians, and medians of the ratios within each run."""

from collections import defaultdict
from statistics import median
from typing import Any

from bench import random_model
from bench.peers import OURS, VLLM
from bench.results import table
from bench.three_tweets import PAIRS

Row = dict[str, Any]


def summarise(rows: list[Row], copies: list[Row], skipped: dict[str, str], about: dict[str, str]) -> Row:
    """The document: each peer's median at each number of drafts, ours over it, and the rows themselves."""
    speeds: dict[tuple[str, int], dict[int, float]] = defaultdict(dict)
    for row in rows:
        speeds[row["peer"], row["drafts"]][row["run"]] = row["tokens_per_second"]
    figures: dict[str, dict[str, Row]] = {}
    for (peer, drafts), runs in speeds.items():
        ours = speeds.get((OURS, drafts), {})
        ratios = [ours[run] / runs[run] for run in runs if run in ours]
        figures.setdefault(peer, {})[str(drafts)] = {
            "tokens_per_second": median(runs.values()),
            "ours over it": median(ratios) if ratios else None,
            "runs": len(runs),
        }
    return {
        "figures": figures,
        "copy": _copy(copies),
        "skipped": skipped,
        "about": about,
        "rows": rows,
        "tweets": copies,
    }


def add_limit(document: Row, shape: str, bandwidth: float, context: float) -> None:
    """Add what memory allows at most: every step reads all weights once and every sequence's keys and values."""
    document["bandwidth"] = bandwidth
    for peer in document["figures"].values():
        for drafts, one in peer.items():
            steps = bandwidth / random_model.step_bytes(shape, int(drafts), context)
            one["share of the limit"] = one["tokens_per_second"] / (steps * int(drafts))


def markdown(document: Row) -> str:
    """The same for people."""
    runs, tokens = document["runs"], document["tokens"]
    sampled = "the likeliest token each time" if document["greedy"] else "sampled as the writer does"
    shape = document.get("random")
    parts = [
        f"# Engine: random weights of the shape {shape!r}, {document['device']}" if shape else "# Engine",
        f"Tokens a second, {tokens} new tokens a draft, {sampled}, the reading of the prompts included; medians of "
        f"{runs} runs in turns, and in brackets how many times ours that is within the run (more than 1: ours is "
        "faster). A peer that writes one draft after another is timed on the first eight.",
        _speeds(document["figures"]),
    ]
    goals = _goals(document["figures"], document["copy"])
    if goals:
        parts += [table(("reach", "wanted", "measured (median of the ratios within the runs)"), goals)]
    if document.get("bandwidth"):
        parts += [f"Memory copies at {document['bandwidth'] / 1e9:.0f} GB/s here.", _limits(document["figures"])]
    if document["copy"]:
        parts += ["## /copy of three tweets", _copies(document["copy"])]
    if document["skipped"]:
        parts += ["Not measured: " + "; ".join(f"{name} ({why})" for name, why in document["skipped"].items()) + "."]
    parts += ["\n".join(f"- {name}: {what}" for name, what in document["about"].items())]
    return "\n\n".join(parts)


def _copy(copies: list[Row]) -> list[Row]:
    """Each pair's medians and the median of its ratio, brief by brief."""
    found = []
    for ours, theirs in PAIRS:
        both = [row for row in copies if ours in row and theirs in row]
        if both:
            found.append(
                {
                    "ours": ours,
                    "theirs": theirs,
                    "our seconds": median(row[ours] for row in both),
                    "their seconds": median(row[theirs] for row in both),
                    "theirs over ours": median(row[theirs] / row[ours] for row in both),
                    "pairs": len(both),
                }
            )
    return found


def _speeds(figures: Row) -> str:
    numbers = sorted({int(number) for one in figures.values() for number in one})
    body = [(name, *(_speed(one.get(str(number)), name) for number in numbers)) for name, one in figures.items()]
    return table(("", *(f"{number} at once" for number in numbers)), body)


def _goals(figures: Row, copies: list[Row]) -> list[tuple[str, str, float | None]]:
    """What is to be reached; one by one, the faster arithmetic of the two counts."""
    turns = [one for name, one in figures.items() if name.startswith("generate one by one")]
    goals: list[tuple[str, str, float | None]] = []
    for drafts in ("4", "16", "32"):
        slower = [one[drafts]["ours over it"] for one in turns if drafts in one and one[drafts]["ours over it"]]
        goals += [(f"generate one by one, at {drafts}", "at least 3 ×", min(slower, default=None))]
    for drafts in ("16", "32"):
        goals += [(f"vLLM, at {drafts}", "at least 1 ×", figures.get(VLLM, {}).get(drafts, {}).get("ours over it"))]
    goals += [(f"{one['theirs']} ÷ {one['ours']}", "at least 1 ×", one["theirs over ours"]) for one in copies]
    return [goal for goal in goals if goal[2] is not None]


def _speed(one: Row | None, name: str) -> str | None:
    if one is None:
        return None
    speed = f"{one['tokens_per_second']:.0f}"
    ratio = one["ours over it"]
    return speed if name == OURS or ratio is None else f"{speed} ({ratio:.2f} ×)"


def _limits(figures: Row) -> str:
    numbers = sorted({int(number) for one in figures.values() for number in one})
    body = [
        (name, *(f"{one[str(number)]['share of the limit']:.0%}" if str(number) in one else None for number in numbers))
        for name, one in figures.items()
    ]
    return table(("share of the memory's limit", *(f"{number} at once" for number in numbers)), body)


def _copies(pairs: list[Row]) -> str:
    head = ("ours", "seconds", "llama.cpp", "seconds", "theirs ÷ ours", "pairs")
    body = [
        tuple(one[name] for name in ("ours", "our seconds", "theirs", "their seconds", "theirs over ours", "pairs"))
        for one in pairs
    ]
    return table(head, body)
