"""What a comment is likely about where nobody says: aspects of the known sets, by the words that stand in it."""

import re

from model.words import stem, words

MOST = 5

# Names of what is spoken of, by the aspect that they belong to; they are asked about as they are written: of "Lovely
# waiter, shame about the food" the model tells more about "waiter" than about "service".
_NAMED = {
    "food": "food meal dish lunch dinner brunch pizza burger pasta soup salad steak fries sandwich dessert cake bread "
    "sushi curry taste menu",
    "drinks": "drink coffee tea wine beer cocktail latte espresso juice",
    "service": "service waiter waitress server bartender barista",
    "staff": "staff employee receptionist reception cashier",
    "price": "price pricing cost bill fee",
    "atmosphere": "atmosphere ambience ambiance vibe decor music",
    "waiting time": "queue",
    "cleanliness": "cleanliness hygiene",
    "quality": "quality",
    "selection": "selection assortment",
    "delivery": "delivery shipping parcel courier",
    "driver": "driver",
    "packaging": "packaging",
    "tracking": "tracking",
    "returns": "refund",
    "website": "website webshop",
    "room": "room suite",
    "bed": "bed mattress pillow",
    "bathroom": "bathroom shower toilet",
    "breakfast": "breakfast",
    "location": "location",
    "noise": "noise",
    "ease of use": "usability",
    "features": "feature functionality",
    "reliability": "reliability bug",
    "speed": "speed",
    "support": "support helpdesk hotline",
    "design": "design interface layout",
    "updates": "update upgrade",
    "teachers": "teacher tutor lecturer professor instructor",
    "content": "syllabus curriculum",
    "materials": "materials textbook handout slides",
    "organisation": "organisation organization",
    "difficulty": "difficulty",
}
# What is said of an aspect without its name.
_MEANT = {
    "food": "delicious tasty",
    "price": "expensive cheap overpriced pricey affordable",
    "waiting time": "queued queueing waited",
    "cleanliness": "clean dirty filthy spotless",
    "delivery": "delivered",
    "noise": "noisy",
    "ease of use": "intuitive",
    "reliability": "reliable unreliable crash crashes crashed buggy",
    "organisation": "organised organized disorganised disorganized",
}


def guess(text: str) -> tuple[str, ...]:
    """What a text seems to speak of, as it comes in it, five at most; nothing where no word says so.

    >>> guess("Lovely waiter, shame about the food"), guess("Overpriced!"), guess("I love it")
    (('waiter', 'food'), ('price',), ())
    """
    found = words(text)
    stems = [stem(word) for word in found]
    told = {_ASPECTS[one] for one in stems if one in _ASPECTS}
    asked: dict[str, str] = {}
    for word, one in zip(found, stems, strict=True):
        if one in _ASPECTS:
            asked.setdefault(one, word)
        elif (aspect := _SAID.get(one)) and aspect not in told:
            asked.setdefault(aspect, aspect)
    return tuple(asked.values())[:MOST]


def _by_stem(named: dict[str, str]) -> dict[str, str]:
    return {stem(word): aspect for aspect, said in named.items() for word in re.findall(r"\w+", said)}


_ASPECTS, _SAID = _by_stem(_NAMED), _by_stem(_MEANT)
