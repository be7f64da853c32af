"""What the benches of sentiment count: texts that the product doesn't read are wrong, and rows are told end to end."""

import json
from functools import partial
from pathlib import Path

import numpy as np

from bench import sentiment_files
from bench.sentiment_quality import doubts, judged
from model.sentiment import open_sentiment
from model.sentiment_data import Row, certain
from tests import tiny_sentiment

ROWS = [
    Row(f"text {label}", "", certain(label, 3), "made") for label in ("negative", "neutral", "positive", "positive")
]
SAID = np.array([[0.9, 0.05, 0.05], [0.1, 0.8, 0.1], [0.1, 0.1, 0.8], [np.nan] * 3])


def test_a_text_that_is_not_read_is_a_miss() -> None:
    found, binary = judged("tweets", SAID, ROWS), judged("sst2", SAID, ROWS)

    assert (found["not_read"], found["accuracy"], binary["accuracy"]) == (1, 0.75, 0.5)
    assert found["confusion"][2] == [0, 0, 1, 1]
    assert judged("tweets", SAID[:3], ROWS[:3])["confusion"] == [[1, 0, 0], [0, 1, 0], [0, 0, 1]]


def test_calibration_is_of_what_was_read() -> None:
    assert doubts(SAID, ROWS) == doubts(SAID[:3], ROWS[:3])


def test_rows_are_read_from_end_to_end_with_the_model(tmp_path: Path) -> None:
    data = tiny_sentiment.data(tmp_path / "data")
    weights = tiny_sentiment.weights(tmp_path / "weights", data)

    found = sentiment_files.real("embedded", data, 40, False, partial(open_sentiment, weights=weights, threads=1))

    assert (found["rows"], found["rows counted"]) == (40, 40)
    assert found["memory at its peak, MiB"] >= found["memory before, MiB"] > 0
    assert json.dumps(found)
