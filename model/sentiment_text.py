"""A comment as the sentiment model reads it, the same in training and in use."""

import html
import re
import unicodedata

LONGEST = 20_000  # characters that are read of one text; about 20 windows

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_HANDLE = re.compile(r"(?<![\w@])@\w+")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_STARS = re.compile("([\u2605\u2b50\U0001f31f])\\1+\u2606*")
_EMOJI = re.compile("([\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff])\\1*")
# What joins, colours and varies emoji, the letters of flags, the signs of men and women, and half characters.
_DROPPED = re.compile("[\ufe0e\ufe0f\u200d\u2640\u2642\U0001f3fb-\U0001f3ff\U0001f1e6-\U0001f1ff\ud800-\udfff]")
_HALVES = re.compile("[\ud800-\udfff]")
_QUOTES = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\x00": " "})
_EMPTY = frozenset({"HEAVY", "BLACK", "WHITE", "MEDIUM", "SIGN", "SYMBOL", "SUIT"})  # in "WHITE SMILING FACE" and such
# What people mean, where Unicode's name says something else.
_MEANT = {"\U0001f621": "angry face", "\U0001f92c": "swearing face", "\U0001f624": "annoyed face"}


def normalise(text: str, *, spell: bool = True) -> str:
    """The text in one line: entities and quotes plain, addresses "http", handles "@user", emoji by name.

    BERT's vocabulary has no emoji: without their names each would be the same unknown token. A row of one emoji counts
    once, a row of stars with its number; without `spell` they stay. Of more than LONGEST characters the beginning is
    read.
    """
    text = text[:LONGEST].translate(_QUOTES)
    if "&" in text:
        text = html.unescape(text)
    if "<" in text:
        text = _BREAK.sub(" ", text)
    text = _HANDLE.sub("@user", _ADDRESS.sub("http", text))
    return " ".join((text if text.isascii() else _in_words(text, spell)).split())


def _in_words(text: str, spell: bool) -> str:
    if not spell:
        return _HALVES.sub("", text)
    text = _DROPPED.sub("", text)
    text = _STARS.sub(lambda found: f" {found[0].count(found[1])} stars ", text)
    text = _EMOJI.sub(lambda found: f" {_named(found[1])} ", text)
    return unicodedata.normalize("NFKC", text)


def _named(emoji: str) -> str:
    if emoji in _MEANT:
        return _MEANT[emoji]
    words = unicodedata.name(emoji, "").replace("-", " ").split()
    return " ".join(word for word in words if word not in _EMPTY).lower()
