"""What people get of a whole text is pooled with the lexicon: alone, among many, in windows, and word by word."""

from collections.abc import Iterator

import pytest
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from model.sentiment import LABELS, OpenSentiment, Reading
from model.sentiment_rows import windows
from tests import tiny_sentiment
from tests.made_sentiment import Made
from tests.tiny_sentiment import NEAR

GOOD, BAD, PLAIN = "Excellent bread, we love it!", "awful rain and wind, the worst morning", "bread every morning"
BREAD = "fresh bread every morning"
LONG = " ".join([*["a jacket for rain and wind made to last"] * 6, *["excellent bread, lovely people"] * 6])
CLOSE = 1e-5
VADER = SentimentIntensityAnalyzer()


def compound(text: str) -> float:
    return float(VADER.polarity_scores(text)["compound"])


def shares(reading: Reading) -> list[float]:
    assert reading.feeling is not None, reading.skipped
    return [reading.feeling.probabilities[label] for label in LABELS]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return Made(tmp_path_factory.mktemp("pooled"), lexicon=0.6)


@pytest.fixture(scope="module")
def reader(made: Made) -> Iterator[OpenSentiment]:
    opened = made.open()
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenSentiment]:
    """The same network without the lexicon."""
    opened = Made(tmp_path_factory.mktemp("alone")).open()
    yield opened
    opened.close()


def test_a_text_gets_the_mean_at_the_temperature_whatever_stands_beside_it(made: Made, reader: OpenSentiment) -> None:
    among = reader.read([GOOD, BAD, PLAIN])

    assert compound(BAD) < compound(PLAIN) == 0 < compound(GOOD)
    for text, one in zip((GOOD, BAD, PLAIN), among, strict=True):
        assert shares(one) == pytest.approx(made.by_hand(text, compound=compound(text)), abs=NEAR)
        assert shares(one) == pytest.approx(shares(reader.read([text])[0]), abs=CLOSE)


def test_the_lexicon_turns_a_label_and_only_where_the_facts_name_it(
    reader: OpenSentiment, alone: OpenSentiment
) -> None:
    texts = [GOOD, BAD]

    labels = [[one.feeling and one.feeling.label for one in each.read(texts)] for each in (reader, alone)]

    assert labels == [["positive", "negative"], ["positive", "positive"]]


def test_it_hears_what_the_network_reads(reader: OpenSentiment) -> None:
    """VADER takes "isn’t good" as it is typed for good."""
    typed, plain = reader.read(["The bread isn’t good @Love", "The bread isn't good @user"])

    assert compound("The bread isn’t good") > 0 > compound("The bread isn't good")
    assert shares(typed) == shares(plain)


def test_each_window_of_a_long_text_is_pooled_with_its_part(made: Made, reader: OpenSentiment) -> None:
    tokens, (start, end) = made.tokenizer.encode(LONG, add_special_tokens=False).ids, made.tokenizer.encode("").ids
    parts, words = windows(tokens, tiny_sentiment.FACTS["max_length"] - 2), LONG.split()
    size = len(words) / len(parts)
    assert len(parts) > 3

    (reading,) = reader.read([LONG])

    by_hand = []
    for at, part in enumerate(parts):
        text = " ".join(words[int(at * size + 1e-9) : int((at + 1) * size + 1e-9)])
        by_hand.append(made.of_tokens([start, *part, end], [0] * (len(part) + 2), compound(text)))
    assert shares(reading) == pytest.approx([sum(one) / len(parts) for one in zip(*by_hand, strict=True)], abs=NEAR)


def test_a_word_weighs_what_both_lose_without_it(made: Made, reader: OpenSentiment) -> None:
    (reading,) = reader.read([GOOD], explain=True)

    assert reading.feeling is not None
    place = LABELS.index(reading.feeling.label)
    whole = made.by_hand(GOOD, compound=compound(GOOD))[place]
    weights = {one.word: one.weight for one in reading.words}
    assert max(weights, key=weights.__getitem__) == "love"
    for one in reading.words:
        without = GOOD[: one.start] + GOOD[one.end :]
        rest = made.by_hand(without, compound=compound(without))[place]
        assert one.weight == pytest.approx(whole - rest, abs=NEAR)


def test_aspects_are_answered_by_the_network_alone(reader: OpenSentiment, alone: OpenSentiment) -> None:
    aspects = ["bread", "morning", "wind", "jacket made warm"]

    (pooled,), (plain,) = reader.read([BREAD], aspects), alone.read([BREAD], aspects)

    assert shares(pooled) != pytest.approx(shares(plain), abs=0.01)
    assert pooled.aspects
    assert [one.aspect for one in pooled.aspects] == [one.aspect for one in plain.aspects]
    for one, other in zip(pooled.aspects, plain.aspects, strict=True):
        assert one.feeling.probabilities == pytest.approx(other.feeling.probabilities, abs=CLOSE)


def test_what_it_says_of_itself_names_the_lexicon_where_it_counts(reader: OpenSentiment, alone: OpenSentiment) -> None:
    assert "counts 40 %, and a list of words with their feelings (VADER) 60 %; of aspects it" in reader.about
    assert "VADER" not in alone.about
