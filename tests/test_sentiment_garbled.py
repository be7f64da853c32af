"""Files in the encodings that people's programs still write, and texts that went through a wrong one."""

from pathlib import Path

import pytest

from bot import sentiment_source
from bot.sentiment_garbled import ALPHABET, UNREAD, mended
from bot.sentiment_source import SourceError

CZECH = "Obsluha byla příšerná a žluťoučký kůň"
POLISH = "Jedzenie było pyszne, obsługa świetna"
FRENCH = "Très déçu par le café, la crème brûlée"
GERMAN = "Das Essen war nicht schön, viel zu teuer für mich"
TURKISH = "Çok kötü bir deneyimdi, bir daha gelmeyeceğim"
ENGLISH = "I don’t like the café – it cost £5"


def read(path: Path, text: str, codec: str, *, times: int = 3) -> sentiment_source.FileSource:
    path.write_bytes(("id,comment\n" + "1,Nice place\n" * 4 + f'2,"{text}"\n' * times).encode(codec))
    return sentiment_source.from_file(path)


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        *((CZECH, "cp1250"), (POLISH, "cp1250"), (TURKISH, "cp1254")),
        *((text, codec) for text in (FRENCH, GERMAN, ENGLISH) for codec in ("cp1252", "mac_roman")),
        *((FRENCH, "cp850"), (GERMAN, "cp850")),
    ],
)
def test_accents_are_read_as_they_were_written(text: str, codec: str, tmp_path: Path) -> None:
    """They came as “pøíšerná” and “TrŠs d‚‡u”, and were labelled so."""
    rows = list(read(tmp_path / "a.csv", text, codec).rows())

    assert rows[-1].text == text
    assert rows[-1].skipped == ""


def test_rows_in_another_alphabet_are_left_out_and_the_others_read(tmp_path: Path) -> None:
    rows = list(read(tmp_path / "a.csv", "Очень плохо", "cp1251", times=1).rows())

    assert [row.skipped for row in rows] == [""] * 4 + [ALPHABET]


def test_a_file_in_another_alphabet_is_refused(tmp_path: Path) -> None:
    for codec, text in (("cp1251", "Очень плохо"), ("gbk", "服务很差"), ("cp1253", "Κακή εξυπηρέτηση")):
        (tmp_path / "a.csv").write_bytes((f"id,{text}\n" + f"1,{text}\n" * 9).encode(codec))
        with pytest.raises(SourceError, match="isn't UTF-8, and its encoding can't be told"):
            sentiment_source.from_file(tmp_path / "a.csv")


def test_a_text_with_a_letter_that_was_lost_is_left_out(tmp_path: Path) -> None:
    rows = list(read(tmp_path / "a.csv", "The caf\ufffd was nice", "utf-8").rows())

    assert [row.skipped for row in rows] == [""] * 4 + [UNREAD] * 3


@pytest.mark.parametrize(
    "text", [FRENCH, GERMAN, CZECH, POLISH, TURKISH, ENGLISH, "so good 😍👍🏽", "Очень плохо", "味道很好"]
)
def test_what_was_saved_as_utf_8_twice_is_put_right_and_comes_back_as_it_stood(text: str, tmp_path: Path) -> None:
    twice = "".join(bytes([one]).decode("cp1252") if one not in LOST else chr(one) for one in text.encode())

    rows = list(read(tmp_path / "a.csv", twice, "utf-8").rows())

    assert mended(twice) == rows[-1].text == text
    assert rows[-1].cells[1] == twice
    assert mended(text) == text


LOST = b"\x81\x8d\x8f\x90\x9d"


@pytest.mark.parametrize(
    "text", ["NÃO, É ÓTIMO", "ESPAÑA", "BEYONCÉ™ – “là…”", "naïve façade", "Ærø", "50 €, 3°", "ÂGE"]
)
def test_what_is_right_is_left_as_it_is(text: str) -> None:
    assert mended(text) == text
