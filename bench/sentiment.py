"""How fast sentiment is read: against transformers' pipeline as it comes and VADER, on the same texts in one run.

The pipeline gets the same encoder with a head of its own, as anybody would write it: `pipeline("text-classification",
model)(texts)`, all else left alone. It is slow enough that it reads a part of the texts, and its rate is taken from
that. The three take turns, so that a ratio is of figures from the same minutes.
"""

import argparse
import csv
import gzip
import io
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from bench import results
from model.fetch import fetch_encoder
from model.sentiment import LABELS, SHIPPED, OpenSentiment, Reading, open_sentiment
from model.sentiment_embedded import open_embedded
from model.sentiment_reader import Reader

TWEETS = results.ROOT.parent / "shared/data/measure/tweets/train_semeval2013-2016.csv.gz"
ROUNDS = 3
ALONE = 400  # texts that are read once more, one by one
SINGLE = 60


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and write sentiment-speed.json and .md."""
    options = _options(arguments)
    results.end_cleanly()
    texts = read(options.texts, options.count)
    reader = open_sentiment("embedded", data=options.data, device=options.device, weights=options.weights)
    reader.read(texts[:64])
    memory = {"opened": resident()}
    found = dict(zip(texts, reader.read(texts), strict=True))
    memory["read"] = resident()
    document: dict[str, Any] = {"texts": len(texts), "characters": statistics.mean(map(len, texts)), "memory": memory}
    document["single"] = single(reader, texts)
    document["alone"] = alone(reader, texts, found)
    document["packed"] = packed(options, found)
    with tempfile.TemporaryDirectory() as folder:
        peers = {"copydesk": (reader.read, 1.0), "pipeline": (pipeline(options, Path(folder)), options.share)}
        document["rates"] = rates(peers | {"vader": (vader(), 1.0)}, texts)
    reader.close()
    results.save("sentiment-speed", document, markdown(document), options.out)
    return 0


def read(file: Path, count: int) -> list[str]:
    """So many texts of a CSV's column `text`, chosen at random, each once."""
    packed = file.read_bytes()
    plain = gzip.decompress(packed) if file.suffix == ".gz" else packed
    rows = list(dict.fromkeys(row["text"] for row in csv.DictReader(io.StringIO(plain.decode("utf-8"), newline=""))))
    return random.Random(5).sample(rows, min(count, len(rows)))


def rates(peers: dict[str, tuple[Callable[[list[str]], object], float]], texts: list[str]) -> list[dict[str, float]]:
    """Texts a second of each, in several rounds over parts of the texts; a share below 1 reads less of each part."""
    found = []
    for part in (texts[at::ROUNDS] for at in range(ROUNDS)):
        row = {}
        for name, (ask, share) in peers.items():
            some = part[: max(1, int(len(part) * share))]
            begun = time.perf_counter()
            ask(some)
            row[name] = len(some) / (time.perf_counter() - begun)
        found.append(row)
        results.say(", ".join(f"{name} {rate:.0f}/s" for name, rate in row.items()))
    return found


def pipeline(options: argparse.Namespace, folder: Path) -> Callable[[list[str]], object]:
    """The encoder with a head for three labels, in transformers' pipeline."""
    from transformers import AutoModelForSequenceClassification, AutoTokenizer
    from transformers import pipeline as pipe

    from model.weights import without_bars

    encoder = fetch_encoder(options.data, quiet=True)
    with without_bars():
        model: Any = AutoModelForSequenceClassification.from_pretrained(encoder, num_labels=3)
        model.save_pretrained(folder)
        AutoTokenizer.from_pretrained(encoder).save_pretrained(folder)
        task: Any = "text-classification"
        made: Any = pipe(task, str(folder))
    return lambda texts: list(made(texts))


def vader() -> Callable[[list[str]], object]:
    """VADER's scores, a text at a time."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    analyzer: Any = SentimentIntensityAnalyzer()
    return lambda texts: [analyzer.polarity_scores(text) for text in texts]


def single(reader: OpenSentiment, texts: Sequence[str]) -> dict[str, float | None]:
    """Milliseconds for one text, read and explained, once everything is warm."""

    def times(explain: bool, count: int) -> list[float]:
        found = []
        for text in texts[:count]:
            begun = time.perf_counter()
            reader.read([text], explain=explain)
            found.append(1000 * (time.perf_counter() - begun))
        return found

    plain, explained = times(False, SINGLE), times(True, SINGLE // 3)
    return {
        "median_ms": statistics.median(plain),
        "p95_ms": results.percentile(plain, 0.95),
        "explained_ms": statistics.median(explained),
    }


def alone(reader: OpenSentiment, texts: Sequence[str], among: dict[str, Reading]) -> dict[str, float]:
    """How texts that are read one by one differ from the same ones among all: labels, and the most of a probability."""
    pairs = [(reader.read([text])[0], among[text]) for text in texts[:ALONE]]
    return _differences([(one.feeling, other.feeling) for one, other in pairs])


def packed(options: argparse.Namespace, among: dict[str, Reading]) -> dict[str, float]:
    """How the packed network differs from the same one in float32."""
    import torch

    exact = Reader(open_embedded(options.data, torch.device("cpu"), options.weights, 0, exact=True))
    texts = list(among)[:ALONE]
    pairs = [(one.feeling, among[text].feeling) for text, one in zip(texts, exact.read(texts), strict=True)]
    exact.close()
    return _differences(pairs)


def _differences(pairs: Sequence[tuple[Any, Any]]) -> dict[str, float]:
    both = [(one, other) for one, other in pairs if one and other]
    moved = [abs(one.probabilities[label] - other.probabilities[label]) for one, other in both for label in LABELS]
    return {
        "texts": len(both),
        "other_label": sum(one.label != other.label for one, other in both),
        "other_shown": sum(one.shown != other.shown for one, other in both),
        "most_moved": max(moved),
    }


def resident() -> int:
    """The most memory that this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def markdown(document: dict[str, Any]) -> str:
    """The tables."""
    rounds, one = document["rates"], document["single"]
    body = []
    for name in rounds[0]:
        ratio = statistics.median(row["copydesk"] / row[name] for row in rounds)
        body.append((name, statistics.median(row[name] for row in rounds), ratio))
    kept = [
        (what, found["texts"], found["other_label"], found["other_shown"], f"{found['most_moved']:.1g}")
        for what, found in (("one by one", document["alone"]), ("in float32", document["packed"]))
    ]
    return "\n\n".join(
        (
            "# How fast sentiment is read",
            f"{document['texts']:,} tweets of {document['characters']:.0f} characters on average.",
            results.table(("", "texts/s", "Copydesk against it"), body),
            results.table(("the same texts", "texts", "other label", "other shown", "probability moved at most"), kept),
            f"One text takes {one['median_ms']:.0f} ms (95 % within {one['p95_ms']:.0f}), explained "
            f"{one['explained_ms']:.0f} ms. The process held {document['memory']['opened']} MB before and "
            f"{document['memory']['read']} MB after reading all.",
        )
    )


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("data"), help="where the encoder is kept")
    parser.add_argument("--weights", type=Path, default=SHIPPED)
    parser.add_argument("--texts", type=Path, default=TWEETS, help="a CSV with a column `text`")
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--share", type=float, default=0.1, help="of the texts, that the pipeline reads")
    parser.add_argument("--device", default="auto")
    parser.add_argument("--out", type=Path, default=results.FOLDER)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
