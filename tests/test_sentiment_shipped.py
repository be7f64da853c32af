"""The shipped weights are what their facts say: twenty plain sentences, and the held-out comments' own numbers."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from model.download import ModelError
from model.fetch import fetch_encoder
from model.sentiment import SHIPPED
from model.sentiment_data import NUMBER, Row, certain, comments, rows, split
from model.sentiment_fitting import encode, predict
from model.sentiment_network import facts, load
from model.sentiment_scores import scores

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
def read(embedded_data: Path) -> Any:
    """Labels of rows, in the rows' order as they are encoded."""
    from transformers import AutoTokenizer

    try:
        encoder = fetch_encoder(embedded_data, quiet=True)
    except ModelError as error:
        pytest.skip(f"the encoder can't be had here: {error}")
    loader: Any = AutoTokenizer
    tokenizer, network = loader.from_pretrained(encoder), load(encoder, SHIPPED)
    length = facts(SHIPPED)["max_length"]

    def labels(asked: list[Row], question: str) -> tuple[list[int], list[int]]:
        encoded = encode(tokenizer, asked, length)
        said = predict(network, encoded)[question][:, :3].argmax(1).tolist()
        return said, [one.row.label for one in encoded]

    return labels


def test_twenty_plain_sentences_are_read_right(read: Any) -> None:
    asked = [Row(text, "", certain(label, 3), "plain") for label, texts in PLAIN.items() for text in texts]

    said, right = read(asked, "text")

    assert len(asked) == 20
    assert {row.text for row, one, own in zip(asked, said, right, strict=True) if one != own} == set()


@pytest.mark.parametrize("question", ["text", "aspect"])
def test_the_held_out_comments_are_read_as_well_as_the_facts_say(read: Any, question: str) -> None:
    _, held = split(comments(Counter()))
    asked = [row for row in rows(held) if bool(row.aspect) == (question == "aspect")]
    told = facts(SHIPPED)["held_out"][question]

    said, right = read(asked, question)
    found = scores(said, right, 3)

    assert found["rows"] == told["rows"]
    # Another machine's arithmetic may turn a row that stands on the edge.
    assert found["accuracy"] == pytest.approx(told["accuracy"], abs=0.006)
    assert found["macro_recall"] == pytest.approx(told["macro_recall"], abs=0.006)


def test_the_weights_are_small_and_their_facts_whole() -> None:
    known = facts(SHIPPED)

    assert (SHIPPED / "sentiment.safetensors").stat().st_size <= 3_000_000
    assert 1 / 3 < known["threshold"] < 1
    assert known["held_out"]["text"]["ece"] <= 0.06  # 435 rows show 0.04 by chance alone
    assert {row["threshold"] for row in known["coverage"]} >= {known["threshold"]}
    assert set(NUMBER) == {"negative", "neutral", "positive", "absent"}
