"""Which features tell good copy from poor: each, alone and together, against the labels in sense.jsonl."""

import json
import math
import random
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from bench.results import save, table
from model.brief import Brief
from model.checks import check
from model.formats import find
from model.ranking import OTHER_WEIGHT, WEIGHTS, added, coverage, narrates, score
from model.words import shingles, stem, stems, words

LABELS = {"good": 2, "fair": 1, "poor": 0}
FOLDS = 5
FITS = (
    ("near",),
    ("words added",),
    ("near", "words added"),
    ("near", "words added", "checks", "narrator"),
    ("near", "words added", "given the brief"),
    ("near", "explained"),
    ("near", "explained", "given the brief"),
)
Row = dict[str, Any]
Key = Callable[[Row], float]


def main() -> None:
    rows = [
        prepared(json.loads(line)) for line in Path(__file__).with_name("sense.jsonl").read_text("utf-8").splitlines()
    ]
    parts = ["# Sense: what tells good copy from poor", counts(rows)]
    document: dict[str, Any] = {}
    for writer in dict.fromkeys(row["writer"] for row in rows):
        mine = [row for row in rows if row["writer"] == writer]
        body = [measured(mine, name, key) for name, key in keys(mine).items()]
        if "given_brief" in mine[0]:
            body += [measured(mine, f"fitted: {' + '.join(one)}", fitted(mine, one)) for one in FITS]
        document[writer] = body
        head = ("feature", "agreement", "among those that pass", "first of 8 is good or fair")
        parts += [f"## {writer}", table(head, body), chances(mine)]
    parts.append(Path(__file__).with_name("sense_notes.md").read_text("utf-8"))
    save("sense", document, "\n\n".join(parts))


def prepared(row: Row) -> Row:
    """The row with every feature as a number, more being better."""
    brief, text = Brief(row["product"], row["format"]), row["text"]
    verdicts = check(text, brief, find(row["format"]), cut=row["cut"])
    lost = sum(WEIGHTS.get(one.name, OTHER_WEIGHT) for one in verdicts if not one.hard and not one.ok)
    runs = shingles(text, 4)
    echo = len(runs & shingles(brief.product, 4)) / len(runs) if runs else 0.0
    given = set(stems(brief.product))
    said = words(text)
    features = {
        "ranking before this": 4.0 * coverage(text, brief) - 0.5 * echo - 0.7 * narrates(text, brief) - lost,
        "ranking now, with vectors": score(text, brief, verdicts, row["near"]),
        "ranking now, without": score(text, brief, verdicts),
        "near": row["near"],
        "words added": -math.log1p(added(text, brief)),
        "names added": -float(sum(one[:1].isupper() and stem(one.lower()) not in given for one in later(text))),
        "coverage": coverage(text, brief),
        "less echo": -echo,
        "narrator": -float(narrates(text, brief)),
        "checks": -lost,
        "shorter": -float(len(said)),
        "no repeated word": len(set(said)) / max(1, len(said)),
    }
    if "given_brief" in row:
        features["given the brief"] = row["given_brief"]
        features["explained"] = row["given_brief"] - row["without_brief"]
    passes = all(one.ok for one in verdicts if one.hard)
    return {**row, **features, "features": list(features), "passes": passes, "value": LABELS[row["label"]]}


def later(text: str) -> list[str]:
    """The words of a text that do not open a line or sentence."""
    return [one for before, one in pairwise(text.split()) if before[-1] not in ".!?:#" and one != "I"]


def keys(rows: Sequence[Row]) -> dict[str, Key]:
    return {name: lambda row, name=name: float(row[name]) for name in rows[0]["features"]}  # type: ignore[misc]


def measured(rows: Sequence[Row], name: str, key: Key) -> tuple[str, str, str, str]:
    passing = [row for row in rows if row["passes"]]
    return (name, f"{agreement(rows, key):.3f}", f"{agreement(passing, key):.3f}", f"{first(rows, key):.0%}")


def briefs(rows: Sequence[Row]) -> list[list[Row]]:
    return [[row for row in rows if row["brief"] == one] for one in sorted({row["brief"] for row in rows})]


def pairs(rows: Sequence[Row]) -> list[tuple[Row, Row]]:
    """Two drafts of one brief with different labels, the better one first."""
    return [(one, other) for mine in briefs(rows) for one in mine for other in mine if one["value"] > other["value"]]


def agreement(rows: Sequence[Row], key: Key) -> float:
    """How often the better of two comes first; a tie counts half."""
    found = pairs(rows)
    wins: list[float] = [(key(one) > key(other)) + (key(one) == key(other)) / 2 for one, other in found]
    return sum(wins) / len(wins)


def first(rows: Sequence[Row], key: Key) -> float:
    """How often the first is good or fair, among those that pass where there are any."""
    shares: list[float] = []
    for mine in briefs(rows):
        pool = [row for row in mine if row["passes"]] or mine
        best = [row for row in pool if key(row) == max(map(key, pool))]
        shares.append(sum(row["value"] > 0 for row in best) / len(best))
    return sum(shares) / len(shares)


def fitted(rows: Sequence[Row], names: Sequence[str]) -> Key:
    """A logistic fit on pairs, each brief scored by the fit that has not seen it."""
    order = sorted({row["brief"] for row in rows})
    random.Random(1).shuffle(order)
    scores: dict[int, float] = {}
    for fold in range(FOLDS):
        held = set(order[fold::FOLDS])
        weights = fit(pairs([row for row in rows if row["brief"] not in held]), names)
        for row in rows:
            if row["brief"] in held:
                scores[id(row)] = sum(weight * row[name] for weight, name in zip(weights, names, strict=True))
    return lambda row: scores[id(row)]


def fit(found: Sequence[tuple[Row, Row]], names: Sequence[str]) -> list[float]:
    apart = [[one[name] - other[name] for name in names] for one, other in found]
    sizes = [math.sqrt(sum(row[at] ** 2 for row in apart) / len(apart)) or 1.0 for at in range(len(names))]
    scaled = [[value / size for value, size in zip(row, sizes, strict=True)] for row in apart]
    weights = [0.0] * len(names)
    for _ in range(300):
        slopes = [0.04 * weight for weight in weights]
        for row in scaled:
            wrong = 1 / (1 + math.exp(sum(weight * value for weight, value in zip(weights, row, strict=True))))
            slopes = [slope - wrong * value / len(scaled) for slope, value in zip(slopes, row, strict=True)]
        weights = [weight - slope for weight, slope in zip(weights, slopes, strict=True)]
    return [weight / size for weight, size in zip(weights, sizes, strict=True)]


def counts(rows: Sequence[Row]) -> str:
    body = []
    for writer in dict.fromkeys(row["writer"] for row in rows):
        mine = [row for row in rows if row["writer"] == writer]
        body.append(
            (
                writer,
                len(mine),
                *(sum(row["label"] == one for row in mine) for one in LABELS),
                sum(row["passes"] for row in mine),
            )
        )
    return table(("writer", "drafts", *LABELS, "pass the hard checks"), body)


def chances(rows: Sequence[Row]) -> str:
    anyone = first(rows, lambda _: 0.0)
    best = first(rows, lambda row: row["value"])
    return f"{len(pairs(rows))} pairs. First of 8 by chance {anyone:.0%}, by one who knows the labels {best:.0%}."


if __name__ == "__main__":
    main()
