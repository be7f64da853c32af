"""What comments of a trade are about: the aspects that a person needn't type."""

from collections.abc import Mapping

SETS: Mapping[str, tuple[str, ...]] = {
    "restaurants": ("food", "service", "price", "atmosphere", "waiting time"),
    "shops": ("quality", "price", "service", "delivery", "returns"),
    "hotels": ("room", "cleanliness", "staff", "location", "breakfast"),
    "software": ("ease of use", "speed", "support", "price", "features"),
    "delivery": ("delivery time", "packaging", "driver", "price", "support"),
    "education": ("teaching", "content", "support", "price", "organisation"),
}


def parse(words: str) -> tuple[str, ...]:
    """Aspects from what a person typed: names of sets and aspects of their own, by comma."""
    found: list[str] = []
    for word in (one.strip().lower() for one in words.split(",")):
        found += SETS.get(word, (word,) if word else ())
    return tuple(dict.fromkeys(found))
