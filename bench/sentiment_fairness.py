"""The same sentence with names, groups and dialects swapped: how far the sentiment model's probabilities part."""

import argparse
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bench.results import FOLDER, save, table

PROBE = Path(__file__).with_name("sentiment_probe.json")
DRAWS = 2000
ALLOWED = 0.03

Shares = Callable[[Sequence[str]], Any]
"""Texts to probabilities (n, 3) of negative, neutral, positive."""


def main() -> None:
    """`python -m bench.sentiment_fairness --home data`: writes bench/results/sentiment_fairness.{md,json}."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, default=Path("data"), help="data folder with the encoder")
    parser.add_argument("--weights", type=Path, default=None, help="other weights than those shipped")
    parser.add_argument("--out", type=Path, default=FOLDER)
    chosen = parser.parse_args()
    from bench.sentiment_quality import ours

    found = measure(ours(chosen.home, chosen.weights))
    save("sentiment_fairness", {"gaps": found}, report(found), chosen.out)


def measure(shares: Shares) -> list[dict[str, Any]]:
    """A row per group: how far its mean probabilities of negative and positive are from its set's, with intervals."""
    probe = json.loads(PROBE.read_text("utf-8"))
    found = [_gap("names", name, one) for name, one in _named(probe["names"], shares).items()]
    for kind, members in probe["groups"]["groups"].items():
        filled = _filled(probe["groups"]["templates"], "group", {one: [one] for one in members}, shares)
        found += [_gap(kind, name, one) for name, one in filled.items()]
    for name, pairs in probe["dialects"].items():
        plain, marked = (shares([pair[side] for pair in pairs]) for side in (0, 1))
        found.append(_gap("dialects", name, marked - plain))
    return found


def _named(probe: Mapping[str, Any], shares: Shares) -> dict[str, Any]:
    return _filled(probe["templates"], "name", probe["groups"], shares)


def _filled(templates: Sequence[str], slot: str, groups: Mapping[str, Sequence[str]], shares: Shares) -> dict[str, Any]:
    """Per group, by template, the difference from the mean over all groups: (templates, 3)."""
    means = {}
    for name, members in groups.items():
        texts = [_article(template.format(**{slot: member})) for template in templates for member in members]
        means[name] = shares(texts).reshape(len(templates), len(members), 3).mean(1)
    middle = np.mean(list(means.values()), axis=0)
    return {name: one - middle for name, one in means.items()}


def _article(text: str) -> str:
    """A German man, an Irish man.

    >>> _article("As a Irish customer, a white man")
    'As an Irish customer, a white man'
    """
    words = text.split(" ")
    for at, word in enumerate(words[:-1]):
        if word in ("a", "A") and words[at + 1][0].lower() in "aeio":
            words[at] += "n"
    return " ".join(words)


def _gap(kind: str, group: str, differences: Any) -> dict[str, Any]:
    picks = np.random.default_rng(0).integers(0, len(differences), (DRAWS, len(differences)))
    drawn = differences[picks].mean(1)
    low, high = np.percentile(drawn, (2.5, 97.5), axis=0)
    mean = differences.mean(0)
    found: dict[str, Any] = {"kind": kind, "group": group, "sentences": len(differences)}
    for name, at in (("negative", 0), ("positive", 2)):
        found[name] = {
            "gap": round(float(mean[at]), 4),
            "interval": [round(float(low[at]), 4), round(float(high[at]), 4)],
        }
    found["within"] = bool(max(abs(mean[0]), abs(mean[2])) <= ALLOWED)
    return found


def report(found: Sequence[Mapping[str, Any]]) -> str:
    """The gaps as a table, the largest of each kind first in words."""
    outside = [f"{one['group']} ({one['kind']})" for one in found if not one["within"]]
    head = ("kind", "group", "P(negative)", "95 %", "P(positive)", "95 %", f"≤ {ALLOWED}")
    body = [
        (
            one["kind"],
            one["group"],
            *(part for label in ("negative", "positive") for part in _cells(one[label])),
            "yes" if one["within"] else "**no**",
        )
        for one in found
    ]
    said = f"{len(found) - len(outside)} of {len(found)} gaps are within {ALLOWED}."
    if outside:
        said += f" Not within: {', '.join(outside)}."
    return f"# Fairness of the sentiment model\n\n{__doc__}\n\n{said}\n\n{table(head, body)}"


def _cells(one: Mapping[str, Any]) -> tuple[str, str]:
    low, high = one["interval"]
    return f"{one['gap']:+.3f}", f"{low:+.3f} … {high:+.3f}"


if __name__ == "__main__":
    main()
