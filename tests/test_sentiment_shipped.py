"""The shipped weights are what their facts say: twenty plain sentences, and the held-out comments' own numbers."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from bot.sentiment_how import PROBABILITY
from model.download import ModelError
from model.fetch import fetch_encoder
from model.sentiment import SHIPPED
from model.sentiment_data import NUMBER, Row, certain, held_out
from model.sentiment_fitting import answers, encode
from model.sentiment_lexicon import lexicon_of
from model.sentiment_network import facts, load
from model.sentiment_training import calibrate

ROOT = Path(__file__).parent.parent
PLAIN = {
    "negative": (
        "The food was cold and the waiter was rude.",
        "This is the worst app I have ever used.",
        "My parcel arrived broken and nobody answers.",
        "I hate this phone, the battery dies in an hour.",
        "Terrible service, never again.",
        "So disappointed with this hotel.",
        "The room was filthy and it smelled.",
    ),
    "neutral": (
        "What time do you open on Sunday?",
        "The meeting is on Thursday at 3.",
        "Tickets go on sale on Friday at 10.",
        "Do you have this in a size 8?",
        "I ordered the blue one last week.",
        "The new shop is on Mill Road.",
    ),
    "positive": (
        "Absolutely love this shop, thank you so much!",
        "The best pizza in town.",
        "Great service and friendly staff.",
        "I'm so happy with my new laptop.",
        "What a wonderful evening we had!",
        "Fast delivery, works perfectly.",
        "Highly recommended, we will be back.",
    ),
}


@pytest.fixture(scope="module")
def encoder(embedded_data: Path) -> Path:
    try:
        return fetch_encoder(embedded_data, quiet=True)
    except ModelError as error:
        pytest.skip(f"the encoder can't be had here: {error}")


def test_twenty_plain_sentences_are_read_right(encoder: Path) -> None:
    from transformers import AutoTokenizer

    loader: Any = AutoTokenizer
    asked = [Row(text, "", certain(label, 3), "plain") for label, texts in PLAIN.items() for text in texts]
    known = facts(SHIPPED)

    encoded = encode(loader.from_pretrained(encoder), asked, known["max_length"])
    said = answers(load(encoder, SHIPPED), encoded, lexicon_of(known))["text"].argmax(1).tolist()

    assert len(asked) == 20
    assert {one.row.text for one, own in zip(encoded, said, strict=True) if one.row.label != own} == set()


def test_the_facts_are_what_calibrating_the_weights_writes(encoder: Path, tmp_path: Path) -> None:
    for file in SHIPPED.glob("sentiment.*"):
        shutil.copy(file, tmp_path)

    known, found = facts(SHIPPED), calibrate(encoder, held_out(), tmp_path)

    assert known.keys() == found.keys()
    assert (known["lexicon"], known["training"]) == (found["lexicon"], found["training"])
    # Another machine's arithmetic may turn a row that stands on the edge.
    assert found["temperatures"] == pytest.approx(known["temperatures"], abs=0.03)
    assert found["threshold"] == pytest.approx(known["threshold"], abs=0.021)
    for question, told in known["held_out"].items():
        assert found["held_out"][question]["rows"] == told["rows"]
        for score in ("accuracy", "macro_recall", "macro_f1", "ece"):
            assert found["held_out"][question][score] == pytest.approx(told[score], abs=0.006)


def test_the_weights_are_small_and_their_facts_whole() -> None:
    known = facts(SHIPPED)

    assert (SHIPPED / "sentiment.safetensors").stat().st_size <= 3_000_000
    assert 1 / 3 < known["threshold"] < 1
    assert known["held_out"]["text"]["ece"] <= 0.06  # 435 rows show 0.04 by chance alone
    assert {row["threshold"] for row in known["coverage"]} >= {known["threshold"]}
    assert set(NUMBER) == {"negative", "neutral", "positive", "absent"}


@pytest.mark.parametrize(
    ("texts", "said", "right"), [("comments", "nearly nine in ten", 9), ("tweets", "seven in ten", 7)]
)
def test_the_page_about_the_method_says_what_was_measured(texts: str, said: str, right: int) -> None:
    measured = json.loads((ROOT / "bench/results/sentiment_quality.json").read_text("utf-8"))
    near = [one for one in measured["doubt"][texts]["bins"] if 0.75 < one["said"] < 0.85]

    assert said in PROBABILITY
    assert round(10 * sum(one["right"] * one["rows"] for one in near) / sum(one["rows"] for one in near)) == right
