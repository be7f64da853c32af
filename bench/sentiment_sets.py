"""The sets that sentiment is measured on, as rows; none of them trains a weight."""

import csv
import gzip
import io
import random
from collections import Counter
from pathlib import Path

from model.sentiment_data import Row, certain, read, terms

MOST = 2000


def sets(data: Path) -> dict[str, list[Row]]:
    """Every set by name, of a folder that has `open` and `measure`."""
    held = read(data / "open").held
    measure, dropped = data / "measure", Counter[str]()
    return {
        "comments": [row for row in held if not row.aspect],
        "comment aspects": [row for row in held if row.aspect],
        "tweets": tweets(measure / "tweets" / "val.csv"),
        "sst2": binary(measure / "sst2" / "dev.csv"),
        "amazon": binary(measure / "amazon10k" / "test.csv.gz"),
        "restaurants": list(terms(measure / "semeval14" / "restaurants_train.jsonl", "restaurants", dropped)),
        "laptops": list(terms(measure / "semeval14" / "laptops_train.jsonl", "laptops", dropped)),
        "mams": list(terms(data / "open" / "mams" / "atsa_val.jsonl", "mams val", dropped)),
    }


def tweets(file: Path) -> list[Row]:
    return [Row(row["text"], "", certain(row["label"], 3), "tweets") for row in _rows(file)]


def binary(file: Path) -> list[Row]:
    """Negative or positive, as 0 or 1."""
    names = {"0": "negative", "1": "positive"}
    found = [Row(row["text"], "", certain(names[row["label"]], 3), file.parent.name) for row in _rows(file)]
    return found if len(found) <= MOST else random.Random(0).sample(found, MOST)


def _rows(file: Path) -> list[dict[str, str]]:
    packed = file.read_bytes()
    plain = gzip.decompress(packed) if file.suffix == ".gz" else packed
    return list(csv.DictReader(io.StringIO(plain.decode("utf-8"), newline="")))
