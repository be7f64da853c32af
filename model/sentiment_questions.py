"""Questions about aspects that nobody labelled: what a text doesn't mention, and what its terms say in general."""

import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from model.sentiment_data import NUMBER, Row, certain

GENERAL: Mapping[str, tuple[str, ...]] = {
    "service": ("service", "staff"),
    "price": ("prices", "price", "value"),
    "ambience": ("atmosphere", "ambience"),
    "food": ("food",),
}
_TERMS = {
    "service": "service|servers?|staff|wait(?:er|ress|staff|ers|resses)|host(?:ess)?|bartenders?|manager|management",
    "price": "prices?|bill|cost|value|tab|pricing",
    "ambience": "decor|atmosphere|ambi[ae]nce|music|interior|lighting|vibe",
    "food": "food|dish(?:es)?|pizza|pasta|sushi|steak|chicken|fish|burgers?|salads?|soup|fries|dessert|appetizers?|"
    "beef|shrimp|lobster|rice|noodles|sandwich|bread|cheese|meat|pork|salmon|tuna|rolls?|curry|lamb|duck|cake",
}
_MORE = {
    "service": r"serv\w+|rude|friendly|attentive|slow|owner|they|them|guy|girl|lady|wait\w*|kind|help\w*",
    "price": r"cheap\w*|expensive|pric\w+|pa(?:y|id)|money|worth|dollars?|bucks|deal|afford\w*|free",
    "ambience": r"room|place|spot|seat\w*|nois\w+|loud|quiet|cozy|crowd\w*|space|view|table|romantic|dark|clean|dirty|"
    r"feel\w*|setting|outdoor|patio|charm\w*|cute|beautiful",
    "food": r"eat\w*|ate|meal|tast\w+|delicious|menu|cook\w*|chef|order\w*|dinner|lunch|brunch|breakfast|drinks?|wine|"
    r"fresh|flavou?r\w*|spic\w+|portions?|sauce|hungry|restaurant|cuisine|place",
}
_IS = {name: re.compile(rf"(?:.*\s)?(?:{words})", re.IGNORECASE) for name, words in _TERMS.items()}
_HINTED = {
    name: re.compile(rf"(?<!\w)(?:{words}|{_MORE[name]})(?!\w)|[$£€]", re.IGNORECASE) for name, words in _TERMS.items()
}
_WORD = re.compile(r"[^\W\d_]{3,}")
_BETWEEN = re.compile(
    r",?\s+\bbut\b\s+|;\s+|[.!?]\s+|\s+-+\s+|,?\s+\b(?:however|although|though|yet)\b,?\s+", re.IGNORECASE
)
_THING = re.compile(r"\b(?:the|this|my|its|their|your)\s+([a-z]{3,})\b", re.IGNORECASE)
_NO_THING = frozenset({
    "one", "only", "first", "last", "best", "worst", "other", "same", "time", "way", "whole", "most", "money",
    "thing", "things", "rest", "end", "point", "fact", "years", "year", "very", "few", "two", "new", "old", "next",
    "second", "day", "world", "top", "kind", "long", "main",
})  # fmt: skip
CLAUSE_WORDS, NAMED_WORDS = 4, 14
LABELS = ("negative", "neutral", "positive", "absent")
_VAGUE = frozenset(
    {"place", "experience", "thing", "things", "overall", "everything", "service", "food", "staff", "quality", "price"}
)


def general(rows: Iterable[Row]) -> Iterator[Row]:
    """Per sentence about restaurants: food, service, price and ambience, answered by its terms where they agree.

    What neither a term nor a word of the sentence hints at is absent.
    """
    for text, terms in _by_text(rows).items():
        for name, asked in GENERAL.items():
            labels = {row.label for row in terms if _IS[name].fullmatch(row.aspect)}
            polar = labels - {NUMBER["neutral"]}
            own = {row.aspect.lower() for row in terms}
            aspect = next((word for word in asked if word not in own), "")
            if not aspect:
                continue
            if len(polar or labels) == 1:
                target = tuple(float(number == min(polar or labels)) for number in range(4))
                yield Row(text, aspect, target, "general", 0.7)
            elif not labels and not _HINTED[name].search(text):
                yield Row(text, aspect, certain("absent", 4), "general", 0.7)


def clauses(rows: Iterable[Row]) -> Iterator[Row]:
    """Sentences taken apart at "but", ";" and full stops: a part that holds one term alone is a text with it."""
    for text, terms in _by_text(rows).items():
        parts = [part.strip(" ,-") for part in _BETWEEN.split(text)]
        for part in parts if len(parts) > 1 else ():
            inside = [row for row in terms if row.aspect in part]
            if len(part.split()) >= CLAUSE_WORDS and len(inside) == 1:
                yield replace(inside[0], text=part, source="clauses")


def named(rows: Iterable[Row]) -> Iterator[Row]:
    """Short reviews of one thing, asked about the thing: "The mic is great" says of the mic what it says in all."""
    for row in rows:
        things = [found[1] for found in _THING.finditer(row.text) if found[1].lower() not in _NO_THING]
        if len(things) == 1 and len(row.text.split()) <= NAMED_WORDS:
            yield Row(row.text, things[0], certain(LABELS[row.label], 4), "named", 0.5)


def absent(rows: Sequence[Row], share: float, order: random.Random) -> Iterator[Row]:
    """For that share of the rows, an aspect of another text of the same source that this one doesn't mention.

    An aspect counts as mentioned when one of its words begins like a word of the text or of the text's own aspects;
    vague aspects are never called absent.
    """
    known = [row.aspect for row in rows if row.aspect.lower() not in _VAGUE]
    own = {text: " ".join(row.aspect for row in terms) for text, terms in _by_text(rows).items()}
    for row in rows:
        if order.random() >= share:
            continue
        aspect = order.choice(known)
        if not _stems(aspect) & _stems(f"{row.text} {own[row.text]}"):
            yield Row(row.text, aspect, certain("absent", 4), row.source)


def _by_text(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        if row.aspect:
            found.setdefault(row.text, []).append(row)
    return found


def _stems(text: str) -> set[str]:
    return {word[:4].lower() for word in _WORD.findall(text)}
