"""The sets that sentiment is measured on, as rows; none of them trains a weight."""

import csv
import gzip
import io
import random
import re
from collections import Counter
from pathlib import Path

from model.sentiment_data import Row, certain, read, terms

MOST = 2000


def sets(data: Path) -> dict[str, list[Row]]:
    """Every set by name, of a folder that has `open` and `measure`, without texts that the weights learnt from.

    The open sets and SemEval-14 draw from the same reviews, so that some dozen sentences stand in both.
    """
    known = read(data / "open")
    learnt, held = {_plain(row.text) for row in known.learnt}, known.held
    measure, dropped = data / "measure", Counter[str]()
    found = {
        "comments": [row for row in held if not row.aspect],
        "comment aspects": [row for row in held if row.aspect],
        "tweets": tweets(measure / "tweets" / "val.csv"),
        "sst2": binary(measure / "sst2" / "dev.csv"),
        "amazon": binary(measure / "amazon10k" / "test.csv.gz"),
        "restaurants": list(terms(measure / "semeval14" / "restaurants_train.jsonl", "restaurants", dropped)),
        "laptops": list(terms(measure / "semeval14" / "laptops_train.jsonl", "laptops", dropped)),
        "mams": list(terms(data / "open" / "mams" / "atsa_val.jsonl", "mams val", dropped)),
    }
    return {name: [row for row in rows if _plain(row.text) not in learnt] for name, rows in found.items()}


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


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
