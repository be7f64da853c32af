"""How often the sentiment model is right, against VADER, TextBlob and TF-IDF with logistic regression."""

import argparse
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bench.results import FOLDER, ROOT, save, table
from bench.sentiment_sets import sets
from model.sentiment_data import Row, read
from model.sentiment_scores import (
    calibration,
    calibration_error,
    calibration_floor,
    coverage,
    interval,
    scores,
    softmax,
)

WEIGHTS = ROOT / "model" / "sentiment"
BINARY = ("sst2", "amazon")
NEUTRAL_BAND = 0.05  # VADER's authors' own: compound between these is neutral
THRESHOLDS = [round(0.34 + 0.02 * step, 2) for step in range(32)]

ABOUT = (
    "Copydesk is judged as people have it: a long text is read in windows, and what it takes for another language is "
    "not read, which counts as wrong. Aspects are judged by the network alone, on 128 tokens, for each text has other "
    "ones. sst2 and amazon have no neutral: there the likelier of negative and positive counts."
)
NOT_READ = 3
"""What stands for the label of a text that was not read, after negative, neutral and positive."""

Shares = Callable[[Sequence[str]], Any]
"""Texts to probabilities (n, 3) of negative, neutral, positive."""


def main() -> None:
    """`python -m bench.sentiment_quality --data ../shared/data --home data`: bench/results/sentiment_quality.*."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with open/ and measure/")
    parser.add_argument("--home", type=Path, default=Path("data"), help="data folder with the encoder")
    parser.add_argument("--weights", type=Path, default=None, help="other weights than those shipped")
    parser.add_argument("--out", type=Path, default=FOLDER)
    chosen = parser.parse_args()
    rows, read_texts = sets(chosen.data), product(chosen.home, chosen.weights)
    rivals = {"VADER": vader(), "TextBlob": textblob(), "TF-IDF": tfidf(read(chosen.data / "open").learnt)}
    whole = {name: found for name, found in rows.items() if not found[0].aspect}
    said = {name: read_texts([row.text for row in found]) for name, found in whole.items()}
    table_of = {
        name: {"Copydesk": judged(name, said[name], found)}
        | {rival: judged(name, shares([row.text for row in found]), found) for rival, shares in rivals.items()}
        for name, found in whole.items()
    }
    asked = aspects(chosen.home, chosen.weights, {name: found for name, found in rows.items() if name not in whole})
    doubt = {name: doubts(said[name], found) for name, found in whole.items() if name not in BINARY}
    draw(doubt, chosen.out / "sentiment_quality.png")
    save(
        "sentiment_quality",
        {"texts": table_of, "aspects": asked, "doubt": doubt},
        report(table_of, asked, doubt),
        chosen.out,
    )


def product(home: Path, weights: Path | None = None) -> Shares:
    """What people get: windows for long texts, the language looked at first; a row of NaN where it was not read."""
    from model.sentiment import LABELS, SHIPPED, open_sentiment

    reader = open_sentiment("embedded", data=home, weights=weights or SHIPPED)

    def shares(texts: Sequence[str]) -> Any:
        felt = [one.feeling for one in reader.read(texts)]
        nothing = [np.nan] * len(LABELS)
        return np.array([[one.probabilities[label] for label in LABELS] if one else nothing for one in felt])

    return shares


def ours(home: Path, weights: Path | None = None) -> Shares:
    """Calibrated probabilities as people have them, but of the first 128 tokens alone and in whatever language."""
    answer = _network(home, weights)
    return lambda texts: answer([Row(text, "", (0.0, 1.0, 0.0), "asked") for text in texts], "text")


def _network(home: Path, weights: Path | None) -> Callable[[Sequence[Row], str], Any]:
    from transformers import AutoTokenizer

    from model.fetch import fetch_encoder
    from model.sentiment_fitting import answers, encode
    from model.sentiment_lexicon import lexicon_of
    from model.sentiment_network import facts, load

    folder, chosen = fetch_encoder(home), weights or WEIGHTS
    tokenizer: Any = AutoTokenizer.from_pretrained(folder, local_files_only=True)
    known, network = facts(chosen), load(folder, chosen)
    lexicon = lexicon_of(known)

    def answer(rows: Sequence[Row], question: str) -> Any:
        logits = answers(network, encode(tokenizer, rows, known["max_length"]), lexicon)[question]
        return softmax(logits, known["temperatures"][question])

    return answer


def vader() -> Shares:
    """VADER (Hutto and Gilbert 2014) with its own thresholds."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    analyser = SentimentIntensityAnalyzer()
    return lambda texts: _by_polarity([analyser.polarity_scores(text)["compound"] for text in texts])


def textblob() -> Shares:
    """TextBlob's polarity; of its own it has no threshold, so VADER's is used."""
    from textblob import TextBlob

    return lambda texts: _by_polarity([TextBlob(text).sentiment.polarity for text in texts])


def _by_polarity(values: Sequence[float]) -> Any:
    """Polarity as probabilities that have the same order; without calibration, so only their labels count."""
    said = np.asarray(values)
    label = np.where(said <= -NEUTRAL_BAND, 0, np.where(said >= NEUTRAL_BAND, 2, 1))
    found = np.full((len(said), 3), 0.1)
    found[np.arange(len(said)), label] = 0.8
    found[:, 2] += said * 0.01
    return found


def tfidf(learnt: Sequence[Row]) -> Shares:
    """Logistic regression on TF-IDF of words and pairs of words, on the same training texts as ours."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    rows = [row for row in learnt if not row.aspect]
    weights = [4.0 if row.source == "comments" else 1.0 for row in rows]
    made = make_pipeline(
        TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True),
        LogisticRegression(C=4.0, max_iter=400, class_weight="balanced"),
    )
    made.fit([row.text for row in rows], [row.label for row in rows], logisticregression__sample_weight=weights)
    return lambda texts: made.predict_proba(list(texts))


def judged(name: str, said: Any, rows: Sequence[Row]) -> dict[str, Any]:
    """Scores on a set; where it has no neutral, the likelier of the two labels counts. What isn't read is wrong."""
    right, unread = [row.label for row in rows], np.isnan(said[:, 0])
    best = np.where(said[:, 2] > said[:, 0], 2, 0) if name in BINARY else said.argmax(1)
    best = np.where(unread, NOT_READ, best)
    found = scores(best, right, 4 if unread.any() else 3) | {"not_read": int(unread.sum())}
    return found | {"interval": interval([float(one == own) for one, own in zip(best, right, strict=True)])}


def aspects(home: Path, weights: Path | None, rows: Mapping[str, Sequence[Row]]) -> dict[str, Any]:
    """Scores on terms that are there: of the three labels (absent left out), and how often absent would be said."""
    answer, found = _network(home, weights), {}
    for name, asked in rows.items():
        ordered = sorted(asked, key=lambda row: not row.aspect)
        said, right = answer(ordered, "aspect"), [row.label for row in ordered]
        found[name] = scores(said[:, :3].argmax(1), right, 3) | {
            "said_absent": round(float((said.argmax(1) == 3).mean()), 4),
            "interval": interval([float(one == own) for one, own in zip(said[:, :3].argmax(1), right, strict=True)]),
        }
    return found


def doubts(said: Any, rows: Sequence[Row]) -> dict[str, Any]:
    """Calibration, and coverage against accuracy, of what was read."""
    read = ~np.isnan(said[:, 0])
    said, right = said[read], [row.label for row, is_read in zip(rows, read, strict=True) if is_read]
    return {
        "ece": calibration_error(said, right),
        "by_chance": calibration_floor(said),
        "bins": calibration(said, right),
        "coverage": coverage(said, right, THRESHOLDS),
    }


def draw(doubt: Mapping[str, Any], file: Path) -> None:
    """Calibration on the left, coverage against accuracy on the right."""
    import matplotlib as mpl

    mpl.use("Agg")
    import matplotlib.pyplot as plt

    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 4.2), layout="constrained")
    for (name, found), style in zip(doubt.items(), ("o-", "s--"), strict=False):
        left.plot([one["said"] for one in found["bins"]], [one["right"] for one in found["bins"]], style, label=name)
        curve = found["coverage"]
        right.plot([one["coverage"] for one in curve], [one["accuracy"] for one in curve], style, ms=3, label=name)
    left.plot([0.33, 1], [0.33, 1], color="grey", lw=1)
    left.set(xlabel="probability that was said", ylabel="share that was right", title="Calibration")
    right.set(xlabel="share of texts that get an answer", ylabel="share of answers that are right", title="Coverage")
    left.legend()
    right.legend()
    file.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(file, dpi=110, metadata={"Software": None})
    plt.close(figure)


def report(
    texts: Mapping[str, Mapping[str, Any]], asked: Mapping[str, Mapping[str, Any]], doubt: Mapping[str, Any]
) -> str:
    """The tables."""
    head = (
        "set",
        "model",
        "rows",
        "not read",
        "macro recall",
        "macro F1",
        "accuracy",
        "95 %",
        "confusion (right × said)",
    )
    body = [
        (name, model, found["rows"], found["not_read"], *_cells(found))
        for name, models in texts.items()
        for model, found in models.items()
    ]
    terms = [(name, found["rows"], *_cells(found), f"{found['said_absent']:.1%}") for name, found in asked.items()]
    said = ", ".join(
        f"{name} {found['ece']:.3f} (so many rows show {found['by_chance']:.3f} by chance)"
        for name, found in doubt.items()
    )
    return (
        f"# Quality of the sentiment model\n\n{__doc__}\n\n{ABOUT}\n\n{table(head, body)}\n\n"
        f"## Aspects that are named\n\n{table(('set', 'rows', *head[4:], 'would say absent'), terms)}\n\n"
        f"Expected calibration error with the shipped temperature: {said}.\n\n![plots](sentiment_quality.png)"
    )


def _cells(found: Mapping[str, Any]) -> tuple[object, ...]:
    shares = (f"{100 * found[name]:.1f}" for name in ("macro_recall", "macro_f1", "accuracy"))
    low, high = found["interval"]
    return (*shares, f"{100 * low:.1f}–{100 * high:.1f}", found["confusion"])


if __name__ == "__main__":
    main()
