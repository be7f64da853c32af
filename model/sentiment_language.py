"""Which language a comment is in, with the benefit of the doubt for what is too short to tell."""

import re
import threading
import unicodedata
from collections import Counter
from copy import copy
from functools import cache
from typing import Any

from model.language import SMALL
from model.sentiment_language_words import BORROWED, EVERYWHERE, LOANS, PHRASES, PLAIN, SPOKEN_WITH_ENGLISH
from model.words import words

OTHER = "und"
"""The code of a language that isn't told apart here (ISO 639-2: undetermined)."""
NAMES = {
    **{"ar": "Arabic", "be": "Belarusian", "bg": "Bulgarian", "bn": "Bengali", "ca": "Catalan", "cs": "Czech"},
    **{"da": "Danish", "de": "German", "el": "Greek", "en": "English", "es": "Spanish", "et": "Estonian"},
    **{"fa": "Persian", "fi": "Finnish", "fr": "French", "gu": "Gujarati", "he": "Hebrew", "hi": "Hindi"},
    **{"hr": "Croatian", "hu": "Hungarian", "hy": "Armenian", "id": "Indonesian", "it": "Italian", "ja": "Japanese"},
    **{"ka": "Georgian", "km": "Khmer", "kn": "Kannada", "ko": "Korean", "lo": "Lao", "lt": "Lithuanian"},
    **{"mk": "Macedonian", "ml": "Malayalam", "mr": "Marathi", "my": "Burmese", "ne": "Nepali", "nl": "Dutch"},
    **{"am": "Amharic", "no": "Norwegian", "pa": "Punjabi", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian"},
    **{"ru": "Russian", "si": "Sinhala", "sk": "Slovak", "sq": "Albanian", "sr": "Serbian", "sv": "Swedish"},
    **{"ta": "Tamil", "te": "Telugu", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu"},
    **{"vi": "Vietnamese", "zh": "Chinese"},
    **{"af": "Afrikaans", "az": "Azerbaijani", "br": "Breton", "cy": "Welsh", "eo": "Esperanto", "eu": "Basque"},
    **{"fo": "Faroese", "fy": "Frisian", "ga": "Irish", "gd": "Gaelic", "gl": "Galician", "ha": "Hausa"},
    **{"ht": "Haitian Creole", "ig": "Igbo", "is": "Icelandic", "jv": "Javanese", "ku": "Kurdish", "la": "Latin"},
    **{"lb": "Luxembourgish", "lg": "Ganda", "ln": "Lingala", "lv": "Latvian", "mg": "Malagasy", "ms": "Malay"},
    **{"mt": "Maltese", "nso": "Northern Sotho", "oc": "Occitan", "om": "Oromo", "qu": "Quechua", "rw": "Kinyarwanda"},
    **{"sl": "Slovenian", "sn": "Shona", "so": "Somali", "st": "Sotho", "sw": "Swahili", "tl": "Filipino"},
    **{"uz": "Uzbek", "xh": "Xhosa", "yo": "Yoruba", "zu": "Zulu"},
}
# The languages that are told apart, by the script that they are written in, as Unicode begins its letters' names.
_LATIN = "en de fr es it pt nl sv da no fi pl cs sk ro hu tr id vi hr lt et ca sq"
# Those that py3langid knows beside them. Some are so near to one of the former that they would take its texts.
_RARER = (
    "af az br cy eo eu fo fy ga gd gl ha ht ig is jv ku la lb lg ln lv mg ms mt nso oc om qu rw sl sn so st sw tl uz "
    "xh yo zu"
)
_KANA, _HAN, _HANGUL = "HIRAGANA", "CJK", "HANGUL"
_SCRIPTS = {
    **{"CYRILLIC": "ru uk bg sr mk be", _KANA: "ja", _HAN: "zh ja", _HANGUL: "ko", "GREEK": "el"},
    **{"ARABIC": "ar fa ur", "HEBREW": "he", "DEVANAGARI": "hi mr ne", "BENGALI": "bn", "TAMIL": "ta", "THAI": "th"},
    **{"GEORGIAN": "ka", "ARMENIAN": "hy", "ETHIOPIC": "am", "TELUGU": "te", "GUJARATI": "gu", "KHMER": "km"},
    **{"GURMUKHI": "pa", "KANNADA": "kn", "MALAYALAM": "ml", "SINHALA": "si", "MYANMAR": "my", "LAO": "lo"},
}
_DENSE = frozenset({_KANA, _HAN, _HANGUL})  # a letter of these says as much as two or more of ours
_MORE = (
    "was were my me i so very but they them he she his her when where what which who why how don't didn't doesn't "
    "isn't wasn't can't won't i'm i've you're there's never again really just good great bad nice love loved best "
    "worst better because after before get got gonna too all some any only about would could should been has had did "
    "does than then there here out up no"
)
_ENGLISH = SMALL["en"] | frozenset(_MORE.split(" "))
# Words of English that other languages have, too: beside a word that is plainly theirs they say nothing.
_SHARED = frozenset(
    re.findall(
        r"\w+",
        "no me in so on as at am i he her was all to do is of for have will we by are but over best bad up had",
    )
)
_NOISE = re.compile(r"(?:https?://|www\.)\S+|[@#]\w+|&\w+;|\(ツ\)", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")
_FEWEST = 3  # words; of fewer the identifier makes Finnish of "IKEA Kallax"
_SHARE = 7  # one English word in so many is enough where no other language has more
_CERTAIN, _LIKELY, _UNLIKELY, _HARDLY = 0.97, 0.6, 0.2, 0.03

_turn = threading.Lock()


def language_of(text: str) -> str:
    """The language's code by ISO 639-1, "en" where nothing speaks against it: names, emoji, a word or two.

    Where most letters are not Latin the script decides. py3langid chooses among the languages of a script; a few
    English words outweigh it, because a short comment with a foreign dish in it is still English.
    """
    text = _NOISE.sub(" ", text[:2000])
    found = words(text)
    return ("" if text.isascii() else _by_script(text, found)) or _latin(text, found)


def name_of(code: str) -> str:
    """What people call a language.

    >>> name_of("de"), name_of(OTHER)
    ('German', 'another language')
    """
    return NAMES.get(code, "another language")


def _by_script(text: str, found: list[str]) -> str:
    """The language of a text whose letters are mostly of another script; empty where they are Latin."""
    letters = _LETTER.findall(unicodedata.normalize("NFKC", text))
    scripts = Counter(map(_script, letters))
    latin = scripts.pop("LATIN", 0)
    # Han and kana are one script: they stand side by side in a Japanese word.
    kana = scripts.pop("KATAKANA", 0) + scripts.pop(_KANA, 0)
    scripts[_KANA if kana else _HAN] += kana + scripts.pop(_HAN, 0)
    ours, others = latin, scripts.total()
    if not any(word in _ENGLISH for word in found):
        others += sum(scripts[script] for script in _DENSE)
    if not others or others < ours or (others == ours and not any(scripts[script] for script in _DENSE)):
        return ""
    likely = scripts.most_common(1)[0][0]
    return _among(_SCRIPTS[likely], text) if likely in _SCRIPTS else OTHER


@cache
def _script(letter: str) -> str:
    return "LATIN" if letter.isascii() else unicodedata.name(letter, "").partition(" ")[0]


def _latin(text: str, found: list[str]) -> str:
    whole = " ".join(found)
    if whole in PHRASES:
        return PHRASES[whole]
    foreign = sum(word in _FOREIGN for word in found)
    known = _ENGLISH - _SHARED if foreign else _ENGLISH
    english = sum(word in known for word in found)
    if not found or (english * _SHARE >= len(found) and english > foreign) or whole in BORROWED:
        return "en"
    # Of dishes nobody knows in which language they were eaten.
    telling = [word for word in found if word not in LOANS]
    if not english and (plain := _plainly(text, telling)):
        return plain
    if len(set(telling)) < _FEWEST:
        return "en"
    if len(telling) < len(found):
        text = " ".join(telling)
    wide, chances = _chances(f"{_LATIN} {_RARER}", text), _chances(_LATIN, text)
    rare, likely = (max(one, key=one.__getitem__) for one in (wide, chances))
    # A rare language takes many a text from its neighbours: of these it must be all but certain.
    is_other = chances[likely] >= _LIKELY and chances["en"] <= _UNLIKELY
    if wide[rare] >= (_CERTAIN if is_other else _LIKELY) and wide["en"] <= _HARDLY:
        return rare
    return likely if is_other else "en"


def _plainly(text: str, found: list[str]) -> str:
    """The language whose plain words are most of a text's, what is said everywhere not counted; empty for none."""
    telling = [word for word in found if word not in EVERYWHERE and word not in _SHARED]
    counts = {name: sum(word in plain for word in telling) for name, plain in PLAIN.items()}
    most = max(counts.values())
    if 2 * most <= len(telling):
        return ""
    return _among(" ".join(name for name, count in counts.items() if count == most), text)


_FOREIGN = (
    frozenset().union(
        *(SMALL[name] for name in SMALL if name != "en"),
        *(PLAIN[name] for name in PLAIN if name not in SPOKEN_WITH_ENGLISH),
    )
    - _ENGLISH
)


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
