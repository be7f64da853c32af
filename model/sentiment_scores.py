"""How well labels and probabilities fit: recall, F1, confusion, calibration, and where to say "unsure"."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

BINS = 15
TEMPERATURES = np.geomspace(0.3, 4.0, 200)


def scores(predicted: Any, right: Any, labels: int) -> dict[str, Any]:
    """Accuracy, macro recall and macro F1 over the labels that occur, and the confusion, a row per right label.

    >>> scores([0, 1, 1, 2], [0, 1, 2, 2], 3)["macro_recall"]
    0.8333
    """
    confusion = np.zeros((labels, labels), int)
    np.add.at(confusion, (np.asarray(right, int), np.asarray(predicted, int)), 1)
    hits, there, said = confusion.diagonal(), confusion.sum(1), confusion.sum(0)
    occurs = there > 0
    recall = hits[occurs] / there[occurs]
    f1 = 2 * hits[occurs] / (there + said)[occurs]
    return {
        "rows": len(right),
        "accuracy": round(float(hits.sum() / max(1, len(right))), 4),
        "macro_recall": round(float(recall.mean()), 4),
        "macro_f1": round(float(f1.mean()), 4),
        "confusion": confusion.tolist(),
    }


def softmax(logits: Any, temperature: float = 1.0) -> Any:
    """Probabilities (n, labels) of logits (n, labels)."""
    scaled = np.asarray(logits, float) / temperature
    raised = np.exp(scaled - scaled.max(-1, keepdims=True))
    return raised / raised.sum(-1, keepdims=True)


def fit_temperature(logits: Any, right: Any) -> float:
    """The temperature at which the right labels are likeliest (Guo et al. 2017), of a fine grid."""
    rows = np.arange(len(right))
    losses = [-np.log(softmax(logits, one)[rows, list(right)] + 1e-12).mean() for one in TEMPERATURES]
    return round(float(TEMPERATURES[int(np.argmin(losses))]), 3)


def calibration(probabilities: Any, right: Any, bins: int = BINS) -> list[dict[str, float]]:
    """Per bin of the highest probability: how many rows, their mean probability, and how often they are right."""
    best, hit = probabilities.max(1), probabilities.argmax(1) == np.asarray(right)
    place = np.minimum((best * bins).astype(int), bins - 1)
    return [
        {"rows": int(inside.sum()), "said": float(best[inside].mean()), "right": float(hit[inside].mean())}
        for number in range(bins)
        if (inside := place == number).any()
    ]


def calibration_error(probabilities: Any, right: Any, bins: int = BINS) -> float:
    """The expected calibration error: the bins' gaps between what was said and what was right, by their rows."""
    found = calibration(probabilities, right, bins)
    return round(sum(one["rows"] * abs(one["said"] - one["right"]) for one in found) / max(1, len(right)), 4)


def calibration_floor(probabilities: Any, draws: int = 200, seed: int = 0) -> float:
    """The calibration error that so many rows show by chance when every probability is exactly right."""
    random = np.random.default_rng(seed)
    best = probabilities.max(1)
    place = np.minimum((best * BINS).astype(int), BINS - 1)
    hits = random.random((draws, len(best))) < best
    gaps = [abs((hits[:, place == number] - best[place == number]).sum(1)) for number in set(place.tolist())]
    return round(float(np.sum(gaps, axis=0).mean() / len(best)), 4)


def coverage(probabilities: Any, right: Any, thresholds: Sequence[float]) -> list[dict[str, float]]:
    """Per threshold: the share of rows whose highest probability reaches it, and how many of those are right."""
    best, hit = probabilities.max(1), probabilities.argmax(1) == np.asarray(right)
    found = []
    for threshold in thresholds:
        sure = best >= threshold
        accuracy = float(hit[sure].mean()) if sure.any() else 1.0
        found.append({"threshold": threshold, "coverage": round(float(sure.mean()), 4), "accuracy": round(accuracy, 4)})
    return found


def choose_threshold(curve: Sequence[Mapping[str, float]], least_coverage: float) -> float:
    """The highest threshold of a curve that still answers for that share of the rows.

    >>> choose_threshold([{"threshold": 0.4, "coverage": 0.95}, {"threshold": 0.5, "coverage": 0.85}], 0.9)
    0.4
    """
    return max(one["threshold"] for one in curve if one["coverage"] >= least_coverage)


def interval(values: Sequence[float], seed: int = 0, draws: int = 2000) -> tuple[float, float]:
    """The bootstrap's 95 % interval of the mean."""
    numbers = np.asarray(values, float)
    picks = np.random.default_rng(seed).integers(0, len(numbers), (draws, len(numbers)))
    low, high = np.percentile(numbers[picks].mean(1), (2.5, 97.5))
    return round(float(low), 4), round(float(high), 4)
