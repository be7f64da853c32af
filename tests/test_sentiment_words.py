"""The words that moved a label are found by leaving them out, in few rows, and stand where the text has them."""

from collections.abc import Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from model.sentiment_words import ROWS, explain, left_out, spans


class Counting:
    """A reader that is moved by two words, and counts the texts of each pass."""

    def __init__(self) -> None:
        self.passes: list[int] = []

    def __call__(self, texts: Sequence[str]) -> list[float]:
        self.passes.append(len(texts))
        return [0.3 + 0.5 * ("rude" in text) - 0.2 * ("lovely" in text) for text in texts]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Don't buy, it's well-made.", ["Don't", "buy", "it's", "well-made"]),
        ("So good 😍👍🏽!!! <3 :)", ["So", "good", "😍", "👍🏽", "<3", ":)"]),
        ("@anna see https://example.com/a,b #LoveIt", ["@anna", "see", "https://example.com/a,b", "#LoveIt"]),
        ("open 10:30, note:Please", ["open", "10", "30", "note", "Please"]),
        ("5/5 naïve café", ["5", "5", "naïve", "café"]),
        ("... !!!", []),
        ("", []),
    ],
)
def test_words_are_what_a_person_would_point_at(text: str, words: list[str]) -> None:
    assert [text[start:end] for start, end in spans(text)] == words


def test_a_word_weighs_what_leaving_it_out_takes_off() -> None:
    reader, text = Counting(), "A lovely place, rude waiter."

    weights = {one.word: round(one.weight, 6) for one in explain(text, reader)}

    assert weights == {"A": 0, "lovely": -0.2, "place": 0, "rude": 0.5, "waiter": 0}
    assert reader.passes == [6]


@example(900, 450, 10)
@given(st.integers(0, 900), st.integers(0, 899), st.integers(1, 10))
def test_a_long_text_is_explained_in_few_rows(length: int, at: int, parts: int) -> None:
    reader = Counting()
    text = " ".join("rude" if number == at else f"word{number}" for number in range(length))

    found = explain(text, reader, windows=lambda _: parts)

    assert sum(reader.passes) <= ROWS
    assert all(text[one.start : one.end] == one.word for one in found)
    if at < length:
        rude = next(one for one in found if one.word == "rude")
        assert rude.weight == pytest.approx(0.5 / parts)


@pytest.mark.parametrize("parts", [40, 64, 200])
def test_a_text_of_very_many_windows_is_explained_in_as_few(parts: int) -> None:
    reader = Counting()

    assert explain(" ".join(["rude"] * 5000), reader, windows=lambda _: parts)
    assert sum(reader.passes) <= ROWS


@given(st.text(max_size=60))
def test_leaving_everything_out_leaves_what_is_no_word(text: str) -> None:
    words = spans(text)

    assert left_out(text, []) == text
    assert len(left_out(text, words)) == len(text) - sum(end - start for start, end in words)


def test_a_text_without_words_has_no_weights() -> None:
    reader = Counting()

    assert explain("?!", reader) == ()
    assert reader.passes == []
