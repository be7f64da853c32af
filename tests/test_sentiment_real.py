"""The shipped weights on the real encoder: plain sentences are read as a person would, by any arithmetic."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from model.sentiment import LABELS, SHIPPED, open_sentiment
from model.sentiment_embedded import open_embedded
from model.sentiment_reader import Reader

PLAIN = {
    "The food was cold and the waiter was rude.": "negative",
    "Worst delivery ever, the box arrived broken 😡": "negative",
    "Absolutely love this shop, thank you so much!": "positive",
    "The room was spotless and the staff were lovely ❤️": "positive",
    "What time do you open on Sunday?": "neutral",
    "My order number is 4471.": "neutral",
}

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def reader(embedded_data: Path) -> Iterator[Reader]:
    opened = open_sentiment("embedded", data=embedded_data, device="cpu", threads=2)
    assert isinstance(opened, Reader)
    yield opened
    opened.close()


def test_plain_sentences_are_read_as_a_person_would(reader: Reader) -> None:
    found = reader.read(list(PLAIN))

    assert [one.feeling and one.feeling.label for one in found] == list(PLAIN.values())


def test_what_is_good_and_what_is_bad_are_told_apart(reader: Reader) -> None:
    (reading,) = reader.read(["The waiter was lovely, but the food was awful."], ["waiter", "food", "parking"])

    assert {one.aspect: one.feeling.label for one in reading.aspects} == {"waiter": "positive", "food": "negative"}


def test_the_word_that_says_it_weighs_most(reader: Reader) -> None:
    for text, word in (("The waiter was so rude to us.", "rude"), ("We had a wonderful evening there.", "wonderful")):
        (reading,) = reader.read([text], explain=True)

        assert max(reading.words, key=lambda one: one.weight).word == word


def test_packed_layers_say_what_float32_says(reader: Reader, embedded_data: Path) -> None:
    import torch

    exact = Reader(open_embedded(embedded_data, torch.device("cpu"), SHIPPED, 1, exact=True))

    for one, other in zip(reader.read(list(PLAIN)), exact.read(list(PLAIN)), strict=True):
        assert one.feeling is not None
        assert other.feeling is not None
        assert one.feeling.label == other.feeling.label
        for label in LABELS:
            assert one.feeling.probabilities[label] == pytest.approx(other.feeling.probabilities[label], abs=0.01)
    exact.close()
