"""How warm a text sounds, by the words of a lexicon: enough to tell two texts apart, no judge of sentiment.

It knows neither irony nor context nor other languages, of which it takes some words for English ones. It serves only to
compare the two texts of a counterfactual pair, which are in English and short: of a long text the words would add up to
an extreme whatever they say.
"""

from model.sentiment_lexicon import compound
from model.sentiment_text import normalise


def mood(text: str) -> float:
    """From -1, cold, to 1, warm; 0 where the lexicon knows nothing.

    >>> mood("A lovely, easy evening together") > 0.5 > 0 > -0.5 > mood("Strange, suspicious, unreliable, aggressive.")
    True
    """
    return compound(normalise(text))
