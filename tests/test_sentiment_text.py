"""A comment is read in one form, whatever it was copied from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.sentiment_text import LONGEST, normalise

READ = {
    "  Great \t service\r\n\n thanks ": "Great service thanks",
    "Fish &amp; chips &lt;3": "Fish & chips <3",
    "Lovely<br />food<BR>here": "Lovely food here",
    "see https://example.com/a?b=1, ok": "see http ok",
    "WWW.example.com down": "http down",
    "@anna_b hi, .@shop! mail me: a.b@example.com": "@user hi, .@user! mail me: a.b@example.com",
    "I don\u2019t \u201clove\u201d it": 'I don\'t "love" it',
    "a\x00b": "a b",
    "half \ud83d one": "half one",
    "so good 😍😍😍": "so good smiling face with heart shaped eyes",
    "👍🏽 👎🏿": "thumbs up thumbs down",
    "❤️ it ☺️": "heart it smiling face",
    "😡": "angry face",
    "★★★☆☆ meh": "3 stars meh",
    "⭐⭐⭐⭐⭐": "5 stars",
    "one ★": "one star",
    "🇩🇪 shop": "shop",
    "🤦‍♀️ again": "face palm again",
    "𝓛𝓸𝓿𝓮 𝕚𝕥…": "Love it...",
    "20° and © 2024": "20° and © 2024",
    "": "",
    "\x00 \u200d": "",
}


@pytest.mark.parametrize(("text", "read"), READ.items())
def test_a_text_is_read_in_its_plain_form(text: str, read: str) -> None:
    assert normalise(text) == read


@given(st.text())
def test_any_text_becomes_one_line_that_a_tokenizer_takes(text: str) -> None:
    read = normalise(text)

    assert read == " ".join(read.split())
    assert "\x00" not in read
    read.encode("utf-8")


def test_of_a_very_long_text_the_beginning_is_read() -> None:
    assert normalise("word " * LONGEST) == normalise(("word " * LONGEST)[:LONGEST])
