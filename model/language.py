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
"""The smallest words of the languages that are told apart, in comments too."""

# Languages that are asked for less often; some of their smallest words are English ones and left out.
_MORE = {
    "cs": "je na se pro že jsme vás váš vaše naše náš naší jen už ve od po jako které který která nebo si ale bez",
    "fi": "ja on ei se että kun mutta tai myös niin nyt vain joka meidän sinun teidän kanssa kuin ovat voit saat tule",
    "no": "og det er en et for med vi du din som på av ikke vår vårt våre fra til nå om hos deg",
    "tr": "ve bir bu için ile her çok siz size sizin biz bizim daha gibi olan şimdi kadar değil sizi var ama",
}
_COMPARED = SMALL | {name: frozenset(small.split(" ")) for name, small in _MORE.items()}
# Words that are English alone and that other languages don't borrow: what a model falls back on is English.
_ENGLISH = frozenset(
    words(
        "the and you your yours with that this it's our ours from have has every where when what why here there they "
        "their them these those than then would could should because about into just never always today tomorrow "
        "tonight morning fresh bread get make try know need more new now us been don't can't won't isn't you're we're "
        "you'll we'll they're i'm i've each both while until since without within which visit called made been how"
    )
)
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
# Letters that tell languages of one script apart: a text is in the other one where it has theirs and none of its own.
_KANA = re.compile("[\u3040-\u30ff]")
_THEIRS = {"ru": re.compile("[ыэё]", re.IGNORECASE), "uk": re.compile("[іїєґ]", re.IGNORECASE)}
_OWN = {**_THEIRS, "bg": re.compile("ъ", re.IGNORECASE)}
_KANA_IN_JAPANESE, _KANA_IN_CHINESE = 0.05, 0.2
_ASIDE = re.compile(r"(?:https?://|www\.)\S+|[@#]\w+", re.IGNORECASE)  # an address or a tag is in no language
_LETTER = re.compile(r"[^\W\d_]")
_FEWEST = 3
_FEW, _SHARE = 2, 3  # two English words tell where they are a third of all


def other(text: str, language: str) -> str:
    """Say when a text is plainly in another language; short and mixed texts get the benefit of the doubt."""
    letters = len(_LETTER.findall(text))
    if letters < 12:
        return ""
    shares = {name: len(script.findall(text)) / letters for name, script in _SCRIPTS.items()}
    if language in shares:
        other_script = shares[language] <= 0.3
        return f"It doesn't seem to be in {language!r}." if other_script else _neighbour(text, language, letters)
    foreign = max(shares, key=lambda name: shares[name])
    if shares[foreign] > 0.5:
        return f"It seems to be in {foreign!r}, not {language!r}."
    found = words(_ASIDE.sub(" ", text))
    if language != "en" and _is_english(text, found, language):
        return f"It seems to be in 'en', not {language!r}."
    if language not in _COMPARED:
        return ""
    counts = {name: sum(word in small for word in found) for name, small in _COMPARED.items()}
    likely = max(counts, key=lambda name: counts[name])
    clear = counts[likely] >= _FEWEST and counts[likely] > 2 * counts[language]
    return f"It seems to be in {likely!r}, not {language!r}." if clear else ""


def _neighbour(text: str, language: str, letters: int) -> str:
    """Say when a text in the right script is in another language of that script."""
    kana = len(_KANA.findall(text)) / letters
    if language == "ja" and kana < _KANA_IN_JAPANESE:
        return "It seems to be in 'zh', not 'ja'."
    if language == "zh" and kana > _KANA_IN_CHINESE:
        return "It seems to be in 'ja', not 'zh'."
    if language not in _OWN or _OWN[language].search(text):
        return ""
    found = next((name for name, theirs in _THEIRS.items() if name != language and theirs.search(text)), "")
    return f"It seems to be in {found!r}, not {language!r}." if found else ""


def _is_english(text: str, found: list[str], language: str) -> bool:
    """Whether a text has English words and hardly one of the language's own; a short one must have none."""
    english = sum(word in _ENGLISH for word in found)
    own = sum(word in _COMPARED.get(language, ()) for word in found)
    if english >= _FEWEST:
        return english > 2 * own
    return english >= _FEW and not own and text.isascii() and english * _SHARE >= len(found)
