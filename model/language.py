"""Whether copy is in the language that was asked for, judged by its script and its smallest words."""

import re

from model.words import words

# The commonest words of each language that are none in the others here.
_SMALL = {
    "en": "the and of to is you your with for that this are it's we our from have not it be on at by will can",
    "de": "der die das und ist nicht mit für auf ein eine einen wir sie ihr ihre auch bei jetzt sich zum zur von "
    "den dem",
    "fr": "le les des et est une vous votre pour dans avec nous notre qui pas sur du au aux ce cette vos nos",
    "es": "el los las y es una con para por que su sus nuestro nuestra del tu tus más te lo al muy como",
    "it": "il gli e è una con per che di della nostro nostra tuo tua più non del dei delle nel alla sono",
    "pt": "o os as e é uma com para por que seu sua nosso nossa do da dos das mais não no na você em",
    "nl": "de het een en is van voor met je jouw op wij ons onze niet ook bij naar zijn deze dat nu",
    "sv": "och det är en ett för med vi du din som på av inte våra från till nu om",
    "da": "og det er en et for med vi du din som på af ikke vores fra til nu om",
    "pl": "i w na z do jest nie się to dla od po twój nasz oraz już są jak",
}
SMALL = {name: frozenset(small.split(" ")) for name, small in _SMALL.items()}
_SCRIPTS = {
    "ja": re.compile("[\u3040-\u30ff\u4e00-\u9fff]"),
    "zh": re.compile("[\u4e00-\u9fff]"),
    "ko": re.compile("[\uac00-\ud7af]"),
    "ru": re.compile("[\u0400-\u04ff]"),
    "uk": re.compile("[\u0400-\u04ff]"),
    "bg": re.compile("[\u0400-\u04ff]"),
    "el": re.compile("[\u0370-\u03ff]"),
    "ar": re.compile("[\u0600-\u06ff]"),
    "he": re.compile("[\u0590-\u05ff]"),
    "hi": re.compile("[\u0900-\u097f]"),
    "th": re.compile("[\u0e00-\u0e7f]"),
}
_LETTER = re.compile(r"[^\W\d_]")
_FEWEST = 3


def other(text: str, language: str) -> str:
    """Say when a text is plainly in another language; short and mixed texts get the benefit of the doubt."""
    letters = len(_LETTER.findall(text))
    if letters < 12:
        return ""
    shares = {name: len(script.findall(text)) / letters for name, script in _SCRIPTS.items()}
    if language in shares:
        return "" if shares[language] > 0.3 else f"It doesn't seem to be in {language!r}."
    foreign = max(shares, key=lambda name: shares[name])
    if shares[foreign] > 0.5:
        return f"It seems to be in {foreign!r}, not {language!r}."
    if language not in SMALL:
        return ""
    found = words(text)
    counts = {name: sum(word in small for word in found) for name, small in SMALL.items()}
    likely = max(counts, key=lambda name: counts[name])
    clear = counts[likely] >= _FEWEST and counts[likely] > 2 * counts[language]
    return f"It seems to be in {likely!r}, not {language!r}." if clear else ""
