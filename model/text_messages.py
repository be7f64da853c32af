"""What makes a text message dearer than it need be: letters outside GSM-7, and what to write instead of them."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from model.counting import outside_gsm, segments

PLAIN: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys("‘’‚‛′´`", "'"),
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("\u00a0\u2007\u2009\u202f", " "),
        **dict.fromkeys("\u200b\u2060\ufeff", ""),
        "…": "...",
    }
)
"""What typewriters had for each mark of a typesetter."""
MANY = 3
"""With more letters that have no other, a message is in another script, and no advice."""

_CLOSE_DASH = re.compile(r"(?<=\w)—(?=\w)")


def straightened(text: str) -> str:
    """Write marks as GSM-7 has them, where that alone brings the text into it.

    >>> straightened("It’s cold brew—now…"), straightened("It’s cold brew 🎉")
    ("It's cold brew - now...", 'It’s cold brew 🎉')
    """
    plain = _plain(text)
    return text if outside_gsm(plain) else plain


def advice(text: str) -> str:
    """Say what to write for fewer segments; empty where a few letters don't decide that.

    >>> advice("It’s cold brew time at Brewline. Come in and get a can on us, and bring a friend.")
    "write ' for ’"
    """
    lone = outside_gsm(_plain(text))
    plain = "".join(letter for letter in _plain(text) if letter not in lone)
    if len(lone) > MANY or segments(plain).segments >= segments(text).segments:
        return ""
    swapped: dict[str, list[str]] = {}
    for letter in outside_gsm(text):
        if PLAIN.get(letter, "").strip():
            swapped.setdefault(PLAIN[letter], []).append(letter)
    said = [f"write {new} for {' and '.join(old)}" for new, old in swapped.items()]
    said += [f"do without {' and '.join(lone)}"] if lone else []
    return ", ".join(said) or "write plain spaces"


def _plain(text: str) -> str:
    return "".join(PLAIN.get(letter, letter) for letter in _CLOSE_DASH.sub(" - ", text))
