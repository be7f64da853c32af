"""How likely a draft makes sense: a logistic line through the ranking's score, fitted to one reader's labels.

The labels are those of bench/sense.jsonl: drafts of the house adapter that pass every hard check, read one by one.
People of the simulated teams look at nothing but their taste; this is what taste may cost them.
"""

import json
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from model.brief import Brief
from model.checks import check
from model.choosing import Chosen
from model.embedding import Vector, nearness
from model.formats import find
from model.ranking import score

LABELS = Path(__file__).with_name("sense.jsonl")
WRITER = "house adapter"
STEPS = 30


def sensible(brief: Brief, one: Chosen, vectors: Callable[[Sequence[str]], list[Vector]]) -> float:
    """The chance that the reader would have called a draft good or fair."""
    own, asked = vectors([one.candidate.text, brief.product])
    start, slope = line()
    value = score(one.candidate.text, brief, one.candidate.checks, nearness(own, asked))
    return float(1 / (1 + np.exp(-(start + slope * value))))


@cache
def line() -> tuple[float, float]:
    """Where the line starts and how steep it is, by Newton's method."""
    rows = [json.loads(row) for row in LABELS.read_text("utf-8").splitlines()]
    found = [pair for row in rows if row["writer"] == WRITER for pair in _scored(row)]
    seen, good = np.array([(1.0, value) for value, _ in found]), np.array([label for _, label in found])
    weights = np.zeros(2)
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-seen @ weights))
        curvature = (seen * (chance * (1 - chance))[:, None]).T @ seen
        weights += np.linalg.solve(curvature, seen.T @ (good - chance))
    return float(weights[0]), float(weights[1])


def _scored(row: dict[str, Any]) -> list[tuple[float, float]]:
    """The score and the label of one draft; nothing of one that fails a check."""
    brief = Brief(row["product"], row["format"])
    checks = check(row["text"], brief, find(row["format"]), cut=row["cut"])
    if not all(one.ok for one in checks if one.hard):
        return []
    return [(score(row["text"], brief, checks, row["near"]), float(row["label"] != "poor"))]
