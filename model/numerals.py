"""Amounts in a text, however they are typed: "1,500", "£12.50", "20 per cent", "$2m", "twenty-four hours"."""

import re
from dataclasses import dataclass

from model.units import LABEL, THINGS, VAGUE, counted

_NUMBER = r"\d{1,3}(?:[.,'\u00a0\u202f]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d+)?"
_SCALES = {"k": 1e3, "m": 1e6, "bn": 1e9, "thousand": 1e3, "million": 1e6, "billion": 1e9, "hundred": 100.0}
_MONEY = {
    "£": "£", "gbp": "£", "pound": "£", "pounds": "£", "quid": "£", "$": "$", "usd": "$", "us$": "$", "dollar": "$",
    "dollars": "$", "bucks": "$", "€": "€", "eur": "€", "euro": "€", "euros": "€", "¥": "¥", "yen": "¥", "₹": "₹",
    "rupees": "₹", "chf": "chf", "francs": "chf", "p": "p", "pence": "p", "c": "c", "cents": "c",
    "%": "%", "percent": "%", "per cent": "%", "pc": "%", "prozent": "%",
}  # fmt: skip
CURRENCIES = frozenset(_MONEY.values()) - {"%"}
PENCE = {"p": ("£",), "c": ("$", "€")}
"""Coins, and the money of which they are a hundredth."""

_BEFORE = r"(?P<before>US\$|[£$€¥₹]|(?:GBP|USD|EUR|CHF)\s)?\s?"
_AFTER = (
    r"(?:\s?(?P<after>%|[£$€¥₹]|(?:per ?cent|percent|prozent|pounds?|quid|dollars?|bucks|euros?|yen|rupees|"
    r"francs|pence|cents|"
    r"GBP|USD|EUR|CHF)\b)|(?P<small>p|c|pc)\b(?!\.))?"
)
_AMOUNT = re.compile(
    rf"(?<![\w.,]){_BEFORE}(?P<number>{_NUMBER})(?:\s?(?P<scale>bn|[km](?![\w²³/])|(?:hundred|thousand|million|"
    rf"billion)\b))?{_AFTER}"
    rf"|(?<=[-–x×])(?P<second>{_NUMBER})(?:\s?(?P<second_unit>%|[£$€]|per ?cent|percent))?",
    re.IGNORECASE,
)
_RANGED = re.compile(r"^ ?(?:-|–|—|to|and|or) ?$")
_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_VALUES = {word: float(value) for value, word in enumerate(re.findall(r"\w+", _ONES))}
_VALUES |= {word: 10.0 * at for at, word in enumerate(re.findall(r"\w+", _TENS), 2)}
_VALUES |= {"hundred": 100.0, "thousand": 1e3, "million": 1e6, "dozen": 12.0, "once": 1.0, "twice": 2.0}
_RANKS = (
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth"
)
_ORDINALS = {word: float(value) for value, word in enumerate(re.findall(r"\w+", _RANKS)) if value}
_ORDINALS |= {f"{word}th": value for word, value in _VALUES.items() if 15 <= value < 20}
_ORDINALS |= {f"{word[:-1]}ieth": value for word, value in _VALUES.items() if 20 <= value < 100 and word.endswith("ty")}
_ORDINALS |= {"hundredth": 100.0, "thousandth": 1000.0, "millionth": 1e6}
_RANK = rf"(?:(?P<tens>{_TENS.replace(' ', '|')})[ -])?(?P<rank>{'|'.join(_ORDINALS)})"
_RANKED = re.compile(rf"\b{_RANK}\b", re.IGNORECASE)
_MARKS_RANK = re.compile(r"(?:first|second|third|rth|fth|xth|nth|hth|eth|dth)[ -]", re.IGNORECASE)
_NUMBERED = re.compile(
    rf"\b{_RANK}(?=[ -](?:birthdays?|anniversar(?:y|ies)|year in|edition|annual)\b"
    r"|(?<!\sfirst)(?<!^first)(?<!\ssecond)(?<!^second)[ -](?:\w+ )?(?:shops?|stores?|branch|branches|"
    r"locations?|outlets?|caf[eé]s?|"
    r"restaurants?|bars?|"
    r"bakery|salons?|studios?|sites?|customers?|members?|orders?|seasons?|festivals?|year|issue)\b)",
    re.IGNORECASE,
)
_WORDS = "|".join(sorted(_VALUES, key=len, reverse=True))
_COUNTED = re.compile(
    rf"\b(?P<words>(?:{_WORDS})(?:[ -](?:and )?(?:{_WORDS}))*)(?P<gap>[ -])(?P<noun>(?:\w+ )?\w+)", re.IGNORECASE
)
_PRICED = re.compile(
    rf"\b(?:{_WORDS})(?:[ -](?:and )?(?:{_WORDS}))*(?=[ -](?:per ?cent|pounds?|dollars?|euros?|quid|bucks)\b)",
    re.IGNORECASE,
)
_MEASURES = re.compile(
    r"^(?:\w+ )?(?:minute|hour|day|week|month|year|decade|mile|kilomet|metre|star|award|percent|per|pound|dollar|"
    r"euro|location|"
    r"branch|store|customer|speaker|recipe|ingredient|colou?r|flavou?r|size|centur)",
    re.IGNORECASE,
)
_FIGURES = re.compile(
    r"^(?:of|things?|ways?|reasons?|words?|thoughts?|cheers|tips?|ideas?|questions?|more|times over|birds|sides|"
    r"hands|"
    r"minds|heads|left feet|and|or|o'clock|to|is|are|for|at|in|on|with|if)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as typed, its value, and what it counts: a currency, "%", or what `units.counted` says."""

    shown: str
    value: float
    unit: str


def amounts(text: str) -> list[Amount]:
    """Find every number written in figures; the unit of a range's end is its start's too.

    >>> [(amount.value, amount.unit) for amount in amounts("20-30% off 1,500 beds from £9.50, not the MP3 player")]
    [(20.0, '%'), (30.0, '%'), (1500.0, 'things'), (9.5, '£')]
    """
    matches = list(_AMOUNT.finditer(text))
    found = [_amount(match) for match in matches]
    for at in range(len(found) - 1):
        gap = text[matches[at].end() : matches[at + 1].start()]
        if _RANGED.match(gap) or len(gap) == 1:
            one, other = found[at], found[at + 1]
            found[at] = Amount(one.shown, one.value, other.unit if one.unit in VAGUE else one.unit)
            takes = other.unit in VAGUE or (other.unit == THINGS and one.unit in CURRENCIES)
            found[at + 1] = Amount(other.shown, other.value, one.unit if takes else other.unit)
    return found


def in_figures(text: str) -> str:
    """Turn the numbers in words that stand before a currency or a per cent into figures.

    >>> in_figures("twenty percent off three mugs")
    '20 percent off three mugs'
    """
    return _PRICED.sub(lambda match: f"{_spoken(match.group()):g}", text)


def _amount(match: re.Match[str]) -> Amount:
    number = match["number"] or match["second"]
    value = _value(number) * _SCALES.get((match["scale"] or "").casefold(), 1.0)
    unit = (match["before"] or match["after"] or match["small"] or match["second_unit"] or "").strip().casefold()
    return Amount(match.group().strip(), value, _MONEY.get(unit) or counted(match.string, match.start(), match.end()))


def _value(number: str) -> float:
    """Read a number with either kind of decimal mark.

    >>> _value("1.500"), _value("12,50"), _value("1,234.5")
    (1500.0, 12.5, 1234.5)
    """
    if re.fullmatch(r"\d{1,3}(?:([.,'\u00a0\u202f])\d{3})(?:\1\d{3})*(?:[.,]\d{1,2})?", number) and number[0] != "0":
        whole, mark, rest = re.match(r"(.*?)(?:([.,])(\d{1,2}))?$", number).groups()  # type: ignore[union-attr]
        return float(re.sub(r"\D", "", whole) + (f".{rest}" if mark else ""))
    return float(number.replace(",", "."))


def counted_words(text: str, *, every: bool) -> list[Amount]:
    """Find numbers written in words: every one, or only those that state a count and aren't turns of phrase.

    "One" and small numbers of nothing measurable are turns of phrase: "one more", "the two of you", "three cheers".
    """
    if every:
        runs = list(re.finditer(rf"\b(?:{_WORDS})(?:[ -](?:and )?(?:{_WORDS}))*\b", text, re.IGNORECASE))
        return [Amount(run.group(), _spoken(run.group()), counted(text, *run.span())) for run in runs] + [
            Amount(word, _VALUES[word.casefold()], LABEL)
            for run in runs
            for word in re.findall(r"\w+", run.group())
            if word != "and"
        ]
    stated = []
    for match in _COUNTED.finditer(text):
        value, noun = _spoken(match["words"]), match["noun"]
        # A small number of something with an adjective is a turn of phrase: "two good years".
        measured = bool(_MEASURES.match(noun)) and (
            value > 4 or not re.search(r"\s", noun) or noun.startswith("new ") or bool(_MEASURES.match(noun.split()[0]))
        )
        plural = noun.split()[-1].endswith("s") or noun.split()[0].endswith("s")
        if value > 1 and not _FIGURES.match(noun) and (measured or (value > 4 and plural)):
            money = _MONEY.get(noun.split()[0].casefold())
            unit = money or counted(text, *match.span("words"))
            stated.append(Amount(f"{match['words']}{match['gap']}{noun}", value, unit))
    return stated


def ordinals(text: str) -> list[float]:
    """The ranks in words, as values: a "third birthday" is one's 3rd.

    >>> ordinals("our twenty-first shop, the Third of its kind")
    [21.0, 3.0]
    """
    return [_rank(match) for match in _RANKED.finditer(text)]


def numbered(text: str) -> list[Amount]:
    """Find the ranks in words that count birthdays, shops or customers: "third time lucky" counts nothing.

    >>> [one.shown for one in numbered("our tenth birthday, in our second home, the third time lucky")]
    ['tenth']
    """
    if not _MARKS_RANK.search(text):
        return []
    return [Amount(match.group(), _rank(match), THINGS) for match in _NUMBERED.finditer(text)]


def _rank(match: re.Match[str]) -> float:
    return _VALUES.get((match["tens"] or "").casefold(), 0.0) + _ORDINALS[match["rank"].casefold()]


def _spoken(words: str) -> float:
    """Add up a number in words.

    >>> _spoken("twenty-four"), _spoken("two hundred and fifty")
    (24.0, 250.0)
    """
    total = 0.0
    for word in re.findall(r"[a-z]+", words.casefold()):
        value = _VALUES.get(word, 0.0)
        total = max(total, 1.0) * value if value in (100.0, 1e3, 1e6, 12.0) and word != "twelve" else total + value
    return total
