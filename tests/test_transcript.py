"""Text comes in pieces that are never taken back and never split a character."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.transcript import Transcript, last_character
from tests import tiny

TOKENIZER = tiny.tokenizer()
EMOJI = ["👍🏽", "🇩🇪", "👩‍👩‍👧", "❤️", "é", "新", "a", " ", "\n\n", "Buy now"]


def pieces(text: str, **options: Any) -> list[str]:
    transcript = Transcript(TOKENIZER, **options)
    found = []
    for token in TOKENIZER.encode(text, add_special_tokens=False):
        found.append(transcript.add(token))
        if transcript.stopped:
            break
    return [*found, transcript.finish()]


@settings(max_examples=60)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.lists(st.sampled_from(EMOJI)).map("".join))
def test_the_pieces_make_the_text(text: str) -> None:
    assert "".join(pieces(text)) == TOKENIZER.decode(TOKENIZER.encode(text)).rstrip("\ufffd")


@given(st.lists(st.sampled_from(EMOJI), max_size=12))
def test_no_piece_ends_inside_a_character(parts: list[str]) -> None:
    text = "".join(parts)
    borders = {sum(map(len, parts[:count])) for count in range(len(parts) + 1)}
    borders |= {start + index for start in borders for index in range(8) if text.startswith(("Buy now",), start)}
    borders |= {start + 1 for start in borders if text.startswith("\n\n", start)}

    given_out = 0
    for piece in pieces(text):
        given_out += len(piece)
        assert given_out in borders
        assert "\ufffd" not in piece


@pytest.mark.parametrize(
    ("text", "last"),
    [("Hi 👍🏽", "👍🏽"), ("🇩🇪🇫🇷", "🇫🇷"), ("cafe\u0301", "e\u0301"), ("👩‍👩‍👧", "👩‍👩‍👧"), ("ab", "b"), ("", "")],
)
def test_a_character_is_what_a_reader_calls_one(text: str, last: str) -> None:
    assert text[last_character(text) :] == last


@settings(max_examples=60)
@given(st.text("ab\n", max_size=12), st.lists(st.text("ab\n", min_size=1, max_size=4), min_size=1, max_size=3))
def test_text_ends_before_the_stop_string_that_is_complete_first(text: str, stop: list[str]) -> None:
    ends = [(text.find(one) + len(one), text.find(one)) for one in stop if one in text]

    assert "".join(pieces(text, stop=stop)) == (text[: min(ends)[1]] if ends else text)


def test_no_piece_holds_a_part_of_a_stop_string() -> None:
    seen = pieces("Buy bread now.", stop=["bread now!"])

    assert "".join(seen[:-2]) == "Buy "
    assert "".join(seen) == "Buy bread now."


@given(st.sampled_from(["Bread", "BREAD", "bread"]), st.sampled_from(["", " ", "xx "]))
def test_a_banned_phrase_is_seen_before_it_is_complete(word: str, before: str) -> None:
    transcript = Transcript(TOKENIZER, banned=["bREad"])
    tokens = TOKENIZER.encode(before + word)

    for token in tokens[:-1]:
        assert not transcript.breaks(token)
        transcript.add(token)

    assert transcript.breaks(tokens[-1])


def test_bytes_that_never_became_a_character_are_left_out() -> None:
    transcript = Transcript(TOKENIZER)
    tokens = TOKENIZER.encode("x新")
    rest = [transcript.add(token) for token in tokens[:-1]]

    assert "".join([*rest, transcript.finish()]) == "x"
