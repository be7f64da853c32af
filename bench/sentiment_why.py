"""Whether the words that an explanation names are those that moved the label: the deletion test.

Three words are taken out of a text: those that leaving one out weighs most, three at random, and the three to which
gradient times input gives most. What is left is read again, and the label's probability has moved by so much. Texts
have eight words or more, and the reader is sure of them.
"""

import argparse
import csv
import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from bench import results
from model.fetch import fetch_encoder
from model.sentiment import LABELS, SHIPPED, Reading, open_sentiment
from model.sentiment_network import load
from model.sentiment_reader import Reader
from model.sentiment_rows import frame_of
from model.sentiment_text import normalise
from model.sentiment_words import Span, left_out, spans

TWEETS = results.ROOT.parent / "shared/data/measure/tweets/val.csv"
WORDS, TAKEN = 8, 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Take words out, and write sentiment-why.json and .md."""
    options = _options(arguments)
    results.end_cleanly()
    opened = open_sentiment("embedded", data=options.data, device="cpu", weights=options.weights)
    assert isinstance(opened, Reader)
    with options.texts.open(encoding="utf-8", newline="") as lines:
        texts = [normalise(row["text"]) for row in csv.DictReader(lines)]
    random.Random(3).shuffle(texts)
    some = [text for text in texts if len(spans(text)) >= WORDS][: 3 * options.count]
    begun = time.perf_counter()
    readings = [one for one in opened.read(some) if one.feeling and one.feeling.sure][: options.count]
    reading = (time.perf_counter() - begun) / len(some)
    begun = time.perf_counter()
    explained = opened.read([one.text for one in readings], explain=True)
    explaining = (time.perf_counter() - begun) / len(explained)
    gradient = _gradient(options)
    rows = [_moved(opened, one, gradient, random.Random(at)) for at, one in enumerate(explained)]
    opened.close()
    document = {"texts": len(rows), "rows": rows, "reading_ms": 1000 * reading, "explaining_ms": 1000 * explaining}
    results.save("sentiment-why", document, markdown(document), options.out)
    return 0


def _moved(
    reader: Reader, reading: Reading, gradient: Callable[[str, int], list[float]], order: random.Random
) -> dict[str, float]:
    """What the label's probability loses by each way of choosing three words."""
    assert reading.feeling is not None
    place, words = LABELS.index(reading.feeling.label), spans(reading.text)
    weights = {(one.start, one.end): one.weight for one in reading.words}
    gradients = dict(zip(words, gradient(reading.text, place), strict=True))
    chosen = {
        "left out": sorted(weights, key=lambda word: -weights[word])[:TAKEN],
        "random": order.sample(words, TAKEN),
        "gradient": sorted(words, key=lambda word: -gradients[word])[:TAKEN],
    }
    texts = [left_out(reading.text, sorted(one)) for one in chosen.values()]
    whole, *without = [one[place] for one in reader.shares([reading.text, *texts])]
    return {name: whole - one for name, one in zip(chosen, without, strict=True)}


def _gradient(options: argparse.Namespace) -> Callable[[str, int], list[float]]:
    """Gradient times input of a label's logit, by word: the sum over the word's tokens."""
    import torch
    from tokenizers import Tokenizer

    folder = fetch_encoder(options.data, quiet=True)
    network: Any = load(folder, options.weights)
    tokenizer: Any = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    assert frame_of(tokenizer).pair_type == 1
    embedded: list[Any] = []

    def keep(_: object, __: object, output: Any) -> Any:
        embedded.append(output.detach().requires_grad_())
        return embedded[-1]

    # Before the first normalisation its gradient is at right angles to the input: no scale passes it.
    network.encoder.embeddings.register_forward_hook(keep)

    def by_word(text: str, place: int) -> list[float]:
        encoded = tokenizer.encode(text)
        tokens = torch.tensor([encoded.ids])
        embedded.clear()
        logits, _ = network(tokens, torch.ones_like(tokens), torch.zeros_like(tokens))
        (slope,) = torch.autograd.grad(logits[0, place], embedded)
        scores = (slope * embedded[0])[0].sum(-1).tolist()
        return [_inside(word, encoded.offsets, scores) for word in spans(text)]

    return by_word


def _inside(word: Span, offsets: Sequence[Span], scores: Sequence[float]) -> float:
    start, end = word
    return sum(score for (at, to), score in zip(offsets, scores, strict=True) if at < end and to > start)


def markdown(document: dict[str, Any]) -> str:
    """The tables."""
    rows = document["rows"]
    means = [(name, statistics.mean(row[name] for row in rows)) for name in rows[0]]
    wins = [
        (f"more than {name}", results.percent(sum(row["left out"] > row[name] for row in rows), len(rows)))
        for name in ("random", "gradient")
    ]
    ties = sum(row["left out"] == row["gradient"] for row in rows)
    return "\n\n".join(
        (
            "# Whether the words that are named moved the label",
            f"Three words taken out of {document['texts']} texts of {WORDS} words and more, whose label is sure.",
            results.table(("words chosen by", "the label's probability loses on average"), means),
            results.table(("leaving one word out moves it", "of the texts"), wins),
            f"The same three words as gradient times input chose: {results.percent(ties, len(rows))} of the texts. "
            f"Reading a text took {document['reading_ms']:.0f} ms among many, explaining it as well "
            f"{document['explaining_ms']:.0f} ms.",
        )
    )


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("data"), help="where the encoder is kept")
    parser.add_argument("--weights", type=Path, default=SHIPPED)
    parser.add_argument("--texts", type=Path, default=TWEETS, help="a CSV with a column `text`")
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--out", type=Path, default=results.FOLDER)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
