"""What comments can be about: sets of aspects for kinds of business, and aspects as people type them."""

import re
from collections.abc import Mapping, Sequence

from model.sentiment import SentimentError

SETS: Mapping[str, tuple[str, ...]] = {
    "restaurants": ("food", "drinks", "service", "price", "atmosphere", "waiting time", "cleanliness"),
    "shops": ("quality", "price", "service", "selection", "delivery", "returns", "website"),
    "hotels": ("room", "bed", "bathroom", "breakfast", "staff", "location", "cleanliness", "price", "noise"),
    "software": ("ease of use", "features", "reliability", "speed", "support", "price", "design", "updates"),
    "delivery": ("speed", "driver", "packaging", "condition", "tracking", "price", "support"),
    "education": ("teachers", "content", "materials", "organisation", "difficulty", "support", "price"),
}
NONE = "none"
"""What people type who want to be told of no aspect."""
MOST = 20
LONGEST = 60
TOO_MANY = "There are {} aspects in {!r}, and at most {} can be asked about at once; leave some out."
TOO_LONG = "The aspect {!r} has more than {} characters; name it in a word or two."

_ALSO = {"restaurant": "restaurants", "shop": "shops", "hotel": "hotels", "deliveries": "delivery"}
_BETWEEN = re.compile(r"[,;\n]+")


def parse(words: str, chosen: str = "") -> tuple[str, ...]:
    """The aspects that somebody typed, each once, after those of the set that they chose; raises SentimentError.

    The name of a set stands for its aspects where nothing but names of sets is given: in "food, delivery", delivery is
    what a comment may be about. "none" counts where nothing stands beside it.

    >>> parse("Food, room service; food"), parse(" "), parse("food, delivery"), parse("none, food")
    (('Food', 'room service'), (), ('food', 'delivery'), ('food',))
    """
    typed = [" ".join(one.split()) for one in _BETWEEN.split(words) if one.strip()]
    sets = [SETS.get(_ALSO.get(one.casefold(), one.casefold()), ()) for one in typed]
    named = [aspect for one in sets for aspect in one] if all(sets) and not chosen else typed
    found: dict[str, str] = {}
    for aspect in (*SETS.get(chosen, ()), *named):
        if len(aspect) > LONGEST:
            raise SentimentError(TOO_LONG.format(aspect[:LONGEST] + "…", LONGEST))
        found.setdefault(aspect.casefold(), aspect)
    if len(found) > 1:
        found.pop(NONE, None)
    if len(found) > MOST:
        raise SentimentError(TOO_MANY.format(len(found), words[:LONGEST], MOST))
    return tuple(found.values())


def asked(aspects: Sequence[str]) -> tuple[str, ...]:
    """What a comment is asked about, of what was named: nothing where that is "none".

    >>> asked(("food", "service")), asked(("None",))
    (('food', 'service'), ())
    """
    return () if [one.casefold() for one in aspects] == [NONE] else tuple(aspects)
