"""Texts are read in any number with the same answers, long ones whole, foreign and empty ones not at all."""

import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.sentiment import LABELS, Feeling, OpenSentiment, Reading, SentimentError, open_sentiment
from model.sentiment_judge import Turns
from model.sentiment_reader import BLOCK, together
from model.sentiment_rows import Row, windows
from model.sentiment_text import LONGEST
from tests import tiny_sentiment
from tests.made_sentiment import Made
from tests.tiny_sentiment import NEAR

BREAD, JACKET = "fresh bread every morning", "a jacket for rain and wind: light, warm, and made to last"
LONG = f"{BREAD} and {JACKET} " * 8
GERMAN = "Das Brot war leider gar nicht frisch und der Verkäufer unfreundlich"
WORDS = ["fresh", "bread", "every", "morning", "baked", "rain", "wind", "light", "!", "people", "who", "care"]
CLOSE = 1e-5

Texts = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=70).map(" and ".join), min_size=1, max_size=12)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return Made(tmp_path_factory.mktemp("sentiment"))


@pytest.fixture(scope="module")
def reader(made: Made) -> Iterator[OpenSentiment]:
    opened = made.open()
    yield opened
    opened.close()


def shares(reading: Reading) -> list[float]:
    assert reading.feeling is not None, reading.skipped
    return [reading.feeling.probabilities[label] for label in LABELS]


def test_importing_it_does_not_import_torch_or_the_lexicon() -> None:
    modules = "model.sentiment, model.sentiment_reader, model.sentiment_external, model.sentiment_aspects"
    unwanted = "[one for one in ('torch', 'vaderSentiment') if one in sys.modules]"
    command = [sys.executable, "-c", f"import sys, {modules}; sys.exit(len({unwanted}))"]

    assert subprocess.run(command, cwd=Path(__file__).parent.parent, check=False).returncode == 0


def test_a_feeling_is_what_the_network_says_at_its_temperature(made: Made, reader: OpenSentiment) -> None:
    for text in (BREAD, JACKET):
        (reading,) = reader.read([text])

        assert shares(reading) == pytest.approx(made.by_hand(text), abs=NEAR)
        assert reading.feeling is not None
        assert reading.feeling.probability == max(shares(reading))
        assert reading.feeling.label == LABELS[shares(reading).index(max(shares(reading)))]


@settings(max_examples=30, deadline=None)
@given(Texts, st.sampled_from([(), ("bread",), ("bread", "rain wind")]))
def test_many_at_once_are_read_as_one_by_one(reader: OpenSentiment, texts: list[str], aspects: Sequence[str]) -> None:
    for among, text in zip(reader.read(texts, aspects), texts, strict=True):
        (alone,) = reader.read([text], aspects)

        assert shares(among) == pytest.approx(shares(alone), abs=CLOSE)
        assert among.text == text
        assert [one.aspect for one in among.aspects] == [one.aspect for one in alone.aspects]
        for here, there in zip(among.aspects, alone.aspects, strict=True):
            assert here.feeling.probability == pytest.approx(there.feeling.probability, abs=CLOSE)


def test_more_than_a_block_is_read_in_order(reader: OpenSentiment) -> None:
    texts = [" ".join(WORDS[at % 7 : at % 7 + 1 + at % 5]) for at in range(BLOCK + 70)]
    told: list[int] = []

    found = reader.read(texts, progress=told.append)

    assert [one.text for one in found] == texts
    assert told == sorted(told)
    assert told[-1] == len(texts)
    alone = {text: shares(reader.read([text])[0]) for text in dict.fromkeys(texts)}
    assert all(shares(one) == pytest.approx(alone[one.text], abs=CLOSE) for one in found)


def test_a_text_longer_than_the_network_reads_is_the_mean_of_its_windows(made: Made, reader: OpenSentiment) -> None:
    tokens = made.tokenizer.encode(LONG, add_special_tokens=False).ids
    parts = windows(tokens, tiny_sentiment.FACTS["max_length"] - 2)
    assert len(parts) > 3
    start, end = made.tokenizer.encode("").ids

    (reading,) = reader.read([LONG])

    by_hand = [made.of_tokens([start, *part, end], [0] * (len(part) + 2)) for part in parts]
    assert shares(reading) == pytest.approx([sum(one) / len(parts) for one in zip(*by_hand, strict=True)], abs=NEAR)


def test_the_end_of_a_long_text_counts(reader: OpenSentiment) -> None:
    one, other = reader.read([f"{LONG} bread bread bread", f"{LONG} rain rain rain"])

    assert shares(one) != pytest.approx(shares(other), abs=CLOSE)


def test_what_is_not_read_of_a_very_long_text_is_said(reader: OpenSentiment) -> None:
    short, long = reader.read([BREAD, "bread " * (LONGEST // 6 + 1)])

    assert short.note == ""
    assert long.note == "Only its first 20,000 characters were read."
    assert long.feeling


@pytest.mark.parametrize("text", ["", "  \n\t", "\x00", "\u200d"])
def test_a_text_without_text_is_skipped(reader: OpenSentiment, text: str) -> None:
    empty, other = reader.read([text, BREAD])

    assert (empty.feeling, empty.skipped) == (None, "There is no text in it.")
    assert other.feeling


def test_another_language_is_never_guessed_at(reader: OpenSentiment) -> None:
    (reading,) = reader.read([GERMAN], ["bread"], explain=True)

    assert reading.feeling is None
    assert reading.language == "de"
    assert (reading.aspects, reading.words) == ((), ())
    assert "in German" in reading.skipped
    assert "COPYDESK_SENTIMENT_MODEL" in reading.skipped


def test_nothing_is_read_of_nothing(reader: OpenSentiment) -> None:
    assert reader.read([]) == []
    assert all(one.skipped for one in reader.read(["", GERMAN]))


def test_an_aspect_is_answered_unless_it_is_absent(made: Made, reader: OpenSentiment) -> None:
    aspects = ["bread", "rain", "morning", "people", "light wind", "jacket made warm", "baked", "last"]
    expected = {one: made.by_hand(BREAD, one) for one in aspects}
    there = [one for one, found in expected.items() if max(found) > found[3]]
    assert 0 < len(there) < len(aspects), "the random weights say absent of some, and of some not"

    (reading,) = reader.read([BREAD], aspects)

    assert [one.aspect for one in reading.aspects] == there
    for one in reading.aspects:
        wanted = [share / sum(expected[one.aspect][:3]) for share in expected[one.aspect][:3]]
        assert list(one.feeling.probabilities.values()) == pytest.approx(wanted, abs=NEAR)


def test_windows_that_do_not_mention_an_aspect_do_not_dilute_it() -> None:
    assert together([(0.6, 0.2, 0.1, 0.1)]) == (0.6, 0.2, 0.1, 0.1)
    assert together([(0.9, 0.0, 0.0, 0.1), (0.0, 0.0, 0.0, 1.0)]) == pytest.approx((0.9, 0, 0, 0.1))
    assert together([(0.0, 0.1, 0.0, 0.9), (0.0, 0.2, 0.0, 0.8)]) == pytest.approx((0, 0.2, 0, 0.8))
    assert together([(0.8, 0.1, 0.1), (0.2, 0.1, 0.7)]) == pytest.approx((0.5, 0.1, 0.4))


def test_below_the_threshold_it_is_unsure(made: Made, tmp_path: Path) -> None:
    strict = open_sentiment(
        "embedded", data=made.data, device="cpu", weights=tiny_sentiment.weights(tmp_path, made.data, threshold=0.9999)
    )
    (reading,) = strict.read([JACKET])
    strict.close()

    assert strict.threshold == 0.9999
    assert isinstance(reading.feeling, Feeling)
    assert reading.feeling.shown == "unsure"
    assert not reading.feeling.sure


def test_a_word_weighs_what_the_probability_loses_without_it(made: Made, reader: OpenSentiment) -> None:
    (reading,) = reader.read([f"  {BREAD}!"], explain=True)

    assert reading.feeling is not None
    place = LABELS.index(reading.feeling.label)
    assert [one.word for one in reading.words] == BREAD.split()
    whole = made.by_hand(f"{BREAD}!")[place]
    for one in reading.words:
        assert reading.text[one.start : one.end] == one.word
        without = made.by_hand(reading.text[: one.start] + reading.text[one.end :])[place]
        assert one.weight == pytest.approx(whole - without, abs=NEAR)


def test_a_long_text_is_explained_by_one_part(reader: OpenSentiment) -> None:
    (reading,) = reader.read([LONG], explain=True)

    assert 3 < len(reading.words) < len(LONG.split()) / 3
    assert any(one.weight for one in reading.words)


def test_several_threads_get_what_one_would(reader: OpenSentiment) -> None:
    texts = [" ".join(WORDS[: 1 + at % len(WORDS)]) for at in range(40)]
    expected = [shares(one) for one in reader.read(texts)]

    with ThreadPoolExecutor(4) as pool:
        found = [one.result() for one in [pool.submit(reader.read, texts[at::4] + texts) for at in range(4)]]

    for at, readings in enumerate(found):
        for one, wanted in zip(readings, expected[at::4] + expected, strict=True):
            assert shares(one) == pytest.approx(wanted, abs=CLOSE)


def test_one_text_does_not_wait_for_a_whole_file() -> None:
    """A file asks batch by batch: what comes in between has its turn before most of the file."""
    order: list[int] = []
    started, go_on = threading.Event(), threading.Event()

    def network(rows: Sequence[Row]) -> list[tuple[float, ...]]:
        order.append(len(rows))
        started.set()
        assert go_on.wait(10)
        return [(0.0, 1.0, 0.0)] * len(rows)

    turns, row = Turns(network), Row([1], [0], asks=False)
    file = turns.stream([row] * size for size in (2, 3, 4, 5))
    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(lambda: [len(one) for one in file])
        assert started.wait(10)
        alone = turns.submit([row])
        go_on.set()
        assert reading.result(10) == [2, 3, 4, 5]
        assert len(alone.result(10)) == 1
    turns.close()

    assert order.index(1) < order.index(5)


def test_each_thread_of_the_network_has_one_core_and_the_others_keep_theirs() -> None:
    import torch

    def network(rows: Sequence[Row]) -> list[tuple[float, ...]]:
        return [(float(torch.get_num_threads()), float(threading.get_ident()))] * len(rows)

    torch.set_num_threads(3)
    turns = Turns(network, 2)
    found = [shares[0] for shares in turns.stream([[Row([1], [0], asks=False)]] * 20)]
    turns.close()

    assert {inside for inside, _ in found} == {1}
    assert torch.get_num_threads() == 3
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(torch.get_num_threads).result() == 3


def test_weights_that_are_not_there_are_a_sentence(made: Made, tmp_path: Path) -> None:
    with pytest.raises(SentimentError, match=r"The sentiment weights in '.*' can't be read"):
        open_sentiment("embedded", data=made.data, device="cpu", weights=tmp_path)


def test_a_device_that_is_not_there_is_a_sentence(made: Made) -> None:
    with pytest.raises(SentimentError, match="The device 'tpu' is not available here"):
        open_sentiment("embedded", data=made.data, device="tpu", weights=made.weights)
