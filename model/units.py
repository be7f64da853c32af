"""What a number counts: minutes, miles or gigabytes however they are typed, things, or nothing that is said."""

import re
from collections.abc import Iterator

THINGS, WORD, LABEL = "things", "word", "label"
"""Plainly some things ("1000 seats"); a word of which that can't be said ("12 free"); a mark ("size 12", "#12")."""

VAGUE = frozenset(("", WORD, LABEL))
_MEASURES = {
    "second": r"secs?|seconds?|sekunden?|secondes?|segundos?",
    "minute": r"mins?|minutes?|minuten?|minutos?|minuti",
    "hour": r"h|hrs?|hours?|stunden?|heures?|horas?|or[ae]",
    "day": r"days?|tage?n?|jours?|d[ií]as?|giorn[oi]|dagen|dagar",
    "week": r"wks?|weeks?|wochen?|semaines?|semanas?|settiman[ae]|weken|veckor",
    "month": r"mos|mths?|months?|monate?n?|mois|mes(?:es)?|mes[ei]|maanden|månader",
    "year": r"yrs?|years?|yr?s?[ -]?olds?|yo|jahre?n?|ans|années|años?|ann[oi]|jaar|år",
    "decade": r"decades?",
    "kilometre": r"kms?|kilomet(?:er|re)s?",
    "mile": r"mi|miles?",
    "metre": r"m|met(?:er|re)s?",
    "centimetre": r"cms?|centimet(?:er|re)s?",
    "millimetre": r"mm|millimet(?:er|re)s?",
    "inch": r"inch(?:es)?",
    "foot": r"ft|feet|foot",
    "kilogram": r"kgs?|kilos?|kilogram(?:me)?s?",
    "gram": r"g|gr|grams?|grammes?",
    "milligram": r"mg|milligrams?",
    "pound": r"lbs?",
    "ounce": r"oz|ounces?",
    "litre": r"l|ltrs?|lit(?:er|re)s?",
    "millilitre": r"ml|millilit(?:er|re)s?",
    "centilitre": r"cl|centilit(?:er|re)s?",
    "pint": r"pints?",
    "gigabyte": r"gb|gigs?|gigabytes?",
    "megabyte": r"mb|megabytes?",
    "terabyte": r"tb|terabytes?",
    "degree": r"°|° ?[cf]|deg|degrees?",
    "watt": r"watts?",
    "calorie": r"k?cals?|calories?",
}
_SMALLER = {
    "minute": ("second", 60), "hour": ("minute", 60), "day": ("hour", 24), "week": ("day", 7), "year": ("month", 12),
    "decade": ("year", 10), "kilometre": ("metre", 1000), "metre": ("centimetre", 100),
    "centimetre": ("millimetre", 10),
    "kilogram": ("gram", 1000), "gram": ("milligram", 1000), "litre": ("millilitre", 1000),
    "centilitre": ("millilitre", 10),
}  # fmt: skip
_LARGER = {smaller: (larger, times) for larger, (smaller, times) in _SMALLER.items()}
_NAMED = {name: re.compile(forms, re.IGNORECASE) for name, forms in _MEASURES.items()}
_BETWEEN = (
    r"(?:working|business|calendar|full|whole|straight|consecutive|short|long|busy|happy|proud|more|further|extra|good)"
)
_MEASURE = re.compile(rf"[\s-]?(?:{_BETWEEN}\s+)?(?P<unit>{'|'.join(_MEASURES.values())})(?!\w)", re.IGNORECASE)
_SMALL = (
    r"(?:a|an|and|at|by|each|every|for|from|free|in|incl|including|is|of[fr]?|on|only|or|per|plus|pp|pcm|p/w|the|then|"
    r"this|"
    r"till|to|until|was|with)\b"
)
_PLURAL = (
    r"(?:(?!(?:this|his|its|was|has|does|always|perhaps|news|times)\b)[^\W\d_]{2,}(?<![sui])s|people|men|women|"
    r"children|"
    r"staff)(?!['’\w])"
)
_SOME_THINGS = re.compile(rf"[\s-](?:of\b|(?!{_SMALL})(?:[^\W\d_]+[\s-])?{_PLURAL})", re.IGNORECASE)
# "20 reasons to come" counts none: the number plays with another.
_SAYINGS = re.compile(r"[\s-](?:\w+\s)?(?:reasons|ways|thoughts|excuses|stories|words)\b", re.IGNORECASE)
_LISTED = re.compile(rf"\b{_PLURAL}:?\s$", re.IGNORECASE)
_SOME_WORD = re.compile(rf"[\s-]?(?!{_SMALL})[^\W\d_]", re.IGNORECASE)
_LABELLED = re.compile(
    r"(?:#|\b(?:age[ds]?|bus|chapter|class|episode|est|flat|floor|gate|issue|level|line|max|min|no|nr|number|over|part|"
    r"platform|room|route|season|since|size|stage|suite|top|under|unit|until|till|version|vol|volume|week|"
    r"year)\b\.?)\s?$",
    re.IGNORECASE,
)


def counted(text: str, start: int, end: int) -> str:
    """What the number at that place counts: a measure, THINGS, WORD or LABEL, or "" where it stands alone.

    >>> text = "a 5-minute walk, 12 mugs, mugs 15, size 8"
    >>> [counted(text, *match.span()) for match in re.finditer("[0-9]+", text)]
    ['minute', 'things', '', 'label']
    """
    if match := _MEASURE.match(text, end):
        return next(name for name, forms in _NAMED.items() if forms.fullmatch(match["unit"]))
    before = text[:start]
    if _SOME_THINGS.match(text, end) and not _SAYINGS.match(text, end) and not _LISTED.search(before):
        return THINGS
    if _LABELLED.search(before):
        return LABEL
    return WORD if _SOME_WORD.match(text, end) and not _LISTED.search(before) else ""


def converted(unit: str, value: float) -> Iterator[tuple[str, float]]:
    """Yield the same measure in the next smaller unit and in the next larger one.

    >>> list(converted("hour", 1.5)), list(converted("day", 14.0))
    ([('minute', 90.0), ('day', 0.0625)], [('hour', 336.0), ('week', 2.0)])
    """
    if unit in _SMALLER:
        smaller, times = _SMALLER[unit]
        yield smaller, value * times
    if unit in _LARGER:
        larger, times = _LARGER[unit]
        yield larger, value / times
