"""Which language a comment is in, with the benefit of the doubt for what is too short to tell."""

import re
import threading
from copy import copy
from functools import cache
from typing import Any

from model.language import SMALL
from model.words import words

# The languages that are told apart, by the script that they are written in.
_LATIN = "en de fr es it pt nl sv da no fi pl cs sk ro hu tr id vi hr lt et ca sq"
_SCRIPTS = {
    "ru uk bg sr mk be": re.compile("[\u0400-\u04ff]"),
    "ja": re.compile("[\u3040-\u30ff]"),
    "zh ja": re.compile("[\u4e00-\u9fff]"),
    "ko": re.compile("[\uac00-\ud7af]"),
    "el": re.compile("[\u0370-\u03ff]"),
    "ar fa ur": re.compile("[\u0600-\u06ff]"),
    "he": re.compile("[\u0590-\u05ff]"),
    "hi mr ne": re.compile("[\u0900-\u097f]"),
    "bn": re.compile("[\u0980-\u09ff]"),
    "ta": re.compile("[\u0b80-\u0bff]"),
    "th": re.compile("[\u0e00-\u0e7f]"),
}
_MORE = (
    "was were my me i so very but they them he she his her when where what which who why how don't didn't doesn't "
    "isn't wasn't can't won't i'm i've you're there's never again really just good great bad nice love loved best "
    "worst better because after before get got gonna too all some any only about would could should been has had did "
    "does than then there here out up no"
)
_ENGLISH = SMALL["en"] | frozenset(_MORE.split(" "))
# Words that nobody takes for English, so that one or two of them are enough.
_PLAIN = {
    "de": "sehr gut schlecht nie wieder danke schrecklich toll leider furchtbar ausgezeichnet nicht schön geil schade",
    "fr": "très bien merci bon bonne mauvais mauvaise nul nulle parfait jamais dommage déçu déçue génial j'adore c'est",
    "es": "muy bueno buena bien mal malo mala gracias pésimo pésima me lo encanta nunca excelente recomiendo bonito",
    "it": "lo molto buono buona grazie pessimo pessima ottimo ottima bellissimo bravi mai adoro cattivo brutto",
    "pt": "muito bom boa obrigado obrigada péssimo péssima adorei ótimo ótima ruim nunca recomendo não gostei",
    "nl": "heel goed slecht bedankt geweldig lekker nooit meer erg mooi vreselijk jammer niet aanrader",
    "pl": "bardzo dobre dobry polecam dziękuję świetne świetny nigdy więcej słabe fajne nie",
    "sv": "mycket bra jättebra dåligt tack aldrig inte",
    "id": "bagus sekali jelek terima kasih banget",
    "tr": "çok güzel iyi kötü teşekkürler harika berbat mükemmel",
}
PLAIN = {language: frozenset(plain.split(" ")) for language, plain in _PLAIN.items()}
_NOISE = re.compile(r"(?:https?://|www\.)\S+|[@#]\w+|&\w+;", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")
_FEWEST = 3  # words; of fewer the identifier makes Finnish of "IKEA Kallax"
_SHARE = 7  # one English word in so many is enough where no other language has more
_LIKELY, _UNLIKELY = 0.6, 0.2

_turn = threading.Lock()


def language_of(text: str) -> str:
    """The language's code by ISO 639-1, "en" where nothing speaks against it: names, emoji, a word or two.

    py3langid chooses among the languages of the text's script; a few English words outweigh it, because a short
    comment with a foreign dish in it is still English.
    """
    text = _NOISE.sub(" ", text[:2000])
    letters = text if text.isascii() else "".join(_LETTER.findall(text))
    if not text.isascii() and letters:
        for names, script in _SCRIPTS.items():
            if 2 * len(script.findall(letters)) > len(letters):
                return _among(names, text)
    return _latin(text, words(text))


def _latin(text: str, found: list[str]) -> str:
    english = sum(word in _ENGLISH for word in found)
    if not found or (english * _SHARE >= len(found) and english > sum(word in _FOREIGN for word in found)):
        return "en"
    if len(found) < _FEWEST:
        plain = {name: sum(word in known for word in found) for name, known in PLAIN.items()}
        likely = max(plain, key=lambda name: plain[name])
        return likely if plain[likely] == len(found) > english else "en"
    chances = _chances(_LATIN, text)
    likely = max(chances, key=lambda name: chances[name])
    return likely if chances[likely] >= _LIKELY and chances["en"] <= _UNLIKELY else "en"


_FOREIGN = frozenset().union(*(SMALL[name] for name in SMALL if name != "en"), *PLAIN.values()) - _ENGLISH


def _among(names: str, text: str) -> str:
    chances = _chances(names, text) if " " in names else {names: 1.0}
    return max(chances, key=lambda name: chances[name])


def _chances(names: str, text: str) -> dict[str, float]:
    return dict(_identifier(names).rank(text.lower()))


@cache
def _model() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


@cache
def _identifier(names: str) -> Any:
    with _turn:
        restricted = copy(_model())
        restricted.set_languages(names.split(" "))
    return restricted
