"""How long a text is where it will run: X's weighted count, double-width characters, SMS segments, words."""

import re
import unicodedata
from dataclasses import dataclass

from model.domains import COUNTRIES, FILES, GENERIC, WORDS, either
from model.shape import Counting

_LABEL = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\."
_PATH = r"/[^\s<>\"”»)\]]*"
URL = re.compile(
    rf"(?<![\w@.])(?:https?://[^\s<>\"”»)\]]+|www\.(?:{_LABEL})+[a-z]{{2,}}\b(?:{_PATH})?|"
    rf"(?:{_LABEL})+(?=[a-z])(?:(?:{either(GENERIC)}|{either(COUNTRIES)})\b(?:{_PATH})?|(?:{either(FILES)}|{either(WORDS)}){_PATH}|"
    # "e.g.in" and "9.am" are no addresses: there a name stands before the full stop, and small letters behind it.
    rf"(?<=[a-z][a-z0-9-]\.|[0-9-][a-z]\.)(?-i:{either(WORDS)})(?![\w-])(?:{_PATH})?))",
    re.IGNORECASE,
)
"""A web address as people write it, with or without a scheme; sentence punctuation may hang at its end."""

EMOJI = re.compile(
    "[\U0001f1e6-\U0001f1ff]{2}|[0-9#*]\ufe0f?\u20e3"
    # A flag of a part of a country is a black flag, the part's letters as tags, and a mark that ends them.
    "|\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f"
    "|"
    "(?:[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u2300-\u23ff\u2190-\u21ff\u3030\u303d\u3297\u3299]\ufe0f?[\U0001f3fb-\U0001f3ff]?)"
    "(?:\u200d[\U0001f000-\U0001faff\u2600-\u27bf]\ufe0f?[\U0001f3fb-\U0001f3ff]?)*"
)
_PLAIN_SYMBOLS = re.compile("[\u2190-\u21ff\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff]")
_DRAWN = frozenset(
    "⌚⌛⏩⏪⏫⏬⏰⏳☔☕♈♉♊♋♌♍♎♏♐♑♒♓♿⚓⚡⚪⚫⚽⚾⛄⛅⛎⛔⛪⛲⛳⛵⛺⛽✅✊✋✨❌❎❓❔❕❗➕➖➗➰➿⬛⬜⭐⭕"
)

_X_DOUBLE = re.compile("[^\u0000-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037]")
_X_URL = 23

_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_EXTENDED = frozenset("^{}\\[~]|€\f")


@dataclass(frozen=True, slots=True)
class Segments:
    """What a text message takes: its characters, how many fit in that many segments, and the alphabet."""

    characters: int
    segments: int
    capacity: int
    alphabet: str


def emoji(text: str) -> list[str]:
    """List the emoji in a text; an arrow, a tick or a star that is drawn as plain type is none.

    >>> emoji("Sun ☀️ and tea ☕, 3 → 4 ✓")
    ['☀️', '☕']
    """
    return [
        found for found in EMOJI.findall(text) if len(found) > 1 or not _PLAIN_SYMBOLS.match(found) or found in _DRAWN
    ]


def count(text: str, counting: Counting) -> int:
    """Count a text as the place does.

    >>> count("Menu: https://example.com/a/very/long/path/indeed", "x")
    29
    """
    match counting:
        case "characters":
            return len(text)
        case "x":
            return _weighted(text)
        case "wide":
            return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
        case "sms":
            return segments(text).characters
        case "utf-16":
            return len(text.encode("utf-16-le", "surrogatepass")) // 2
        case "bytes":
            return len(text.encode("utf-8", "surrogatepass"))
        case "words":
            return len(re.findall(r"[^\W_](?:[\w’'.-]*\w)?", text))


def _weighted(text: str) -> int:
    text = unicodedata.normalize("NFC", text)
    addresses = [found.group().rstrip(".,;:!?'’") for found in URL.finditer(text)]
    for address in addresses:
        text = text.replace(address, "", 1)
    emojis = emoji(text)
    for found in emojis:
        text = text.replace(found, "", 1)
    letters = len(text) + len(_X_DOUBLE.findall(text))
    return letters + _X_URL * len(addresses) + 2 * len(emojis)


def outside_gsm(text: str) -> list[str]:
    """List the letters that turn a text message into UCS-2, each once.

    >>> outside_gsm("It’s £5, it’s ½ price")
    ['’', '½']
    """
    return list(dict.fromkeys(letter for letter in text if letter not in _GSM and letter not in _GSM_EXTENDED))


def segments(text: str) -> Segments:
    """Count what a text message takes; one character outside GSM-7 turns the whole message into UCS-2.

    >>> segments("a" * 161).segments, segments("ж" * 70).segments
    (2, 1)
    """
    if not outside_gsm(text):
        return _pack([2 if letter in _GSM_EXTENDED else 1 for letter in text], 160, 153, "GSM-7")
    return _pack([2 if ord(letter) > 0xFFFF else 1 for letter in text], 70, 67, "UCS-2")


def _pack(sizes: list[int], alone: int, joined: int, alphabet: str) -> Segments:
    total = sum(sizes)
    if total <= alone:
        return Segments(total, 1, alone, alphabet)
    number, used = 1, 0
    for size in sizes:
        # An escaped or paired character is never split over two segments.
        if used + size > joined:
            number, used = number + 1, 0
        used += size
    return Segments(total, number, joined * number, alphabet)
