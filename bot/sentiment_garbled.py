"""Text that was read or saved in a wrong encoding: put right where it is UTF-8 saved twice, else told; pure."""

import re

from bot.sentiment_encoding import GUESSED, Encoding

UNREAD = "It holds characters that can't be read (\ufffd): it was saved in another encoding."
ALPHABET = "It seems to be in another alphabet than its file's encoding has. Save the file as CSV (UTF-8)."

# What UTF-8's commonest accents, signs and emoji begin with when they are taken for Windows-1252. Others count where
# all accents of a text can be so.
_BEGINS = "ÂÃâð"
_HIGH = re.compile(r"[^\x00-\x7f]+")
_RUN = re.compile(r"[\u00c0-\u00ff]{3,}")


def mended(text: str) -> str:
    """A text as it was before it was saved as UTF-8 twice; any other as it is.

    >>> mended("I donâ€™t like the cafÃ©"), mended("Â£5"), mended("NÃO, café"), mended("Å›wietna, dziÄ™ki")
    ('I don’t like the café', '£5', 'NÃO, café', 'świetna, dzięki')
    """
    if text.isascii():
        return text
    runs = [_once(run) for run in _HIGH.findall(text)]
    is_all = all(runs) and sum(map(len, runs)) > 1
    return _HIGH.sub(lambda found: (_once(found[0]) if is_all or found[0][0] in _BEGINS else "") or found[0], text)


def fault(text: str, encoding: Encoding | None = None) -> str:
    """Why a text isn't what was written, in a sentence; empty when it seems to be.

    Where the encoding was guessed, words of accented letters only are another alphabet's: nobody writes “Î÷åíü”.
    """
    if "\ufffd" in text:
        return UNREAD
    is_guessed = encoding is not None and encoding.codec in GUESSED
    runs = _RUN.findall(text) if is_guessed else []
    return ALPHABET if any(len(set(run.casefold())) > 1 for run in runs) else ""


def _once(letters: str) -> str:
    """The letters that UTF-8 has made these of; nothing where it hasn't."""
    try:
        return bytes(map(_byte, letters)).decode("utf-8")
    except UnicodeError:
        return ""


def _byte(letter: str) -> int:
    """The byte that a letter is in Windows-1252, where five bytes are no letters and stand for themselves."""
    return ord(letter) if "\x80" <= letter <= "\x9f" else letter.encode("cp1252")[0]
