"""How warm a text sounds, by a short list of English words: enough to tell two texts apart, no judge of sentiment.

It knows neither irony nor context nor other languages, where it finds nothing; a word after "not" or the like counts
the other way round. It serves only to compare the two texts of a counterfactual pair.
"""

import re

from model.words import sentences, stem, words

WARM = (
    "happy joy delight love enjoy fun smile laugh warm welcome friendly kind gentle care comfort cosy calm "
    "peaceful relax easy simple free fresh bright beautiful lovely charming fine good great better best perfect "
    "wonderful excellent brilliant special favourite proud celebrate thrilled excited cheer glad thank grateful "
    "generous safe trust reliable honest strong success win gain help support share together inspire create "
    "discover treat delicious tasty reward bonus clever confident hope magic"
)
COLD = (
    "sad sorry unhappy fear afraid scared worry anxious hate angry annoy bad worse worst poor terrible awful horrible "
    "ugly dirty broken break fail failure lose lost loss miss hurt pain ache sick ill tired bored boring dull cold "
    "harsh cruel lonely alone hard difficult struggle problem trouble risk danger dangerous threat unsafe wrong error "
    "mistake fault blame shame waste expensive costly late delay stuck mess stress crisis damage ruin desperate "
    "suffer victim needy complain refuse deny weak useless regret"
)
TURNS = frozenset(("not", "no", "never", "without", "nor", "hardly", "cannot"))
REACH = 3
"""How many words after a turn it turns."""
DAMPING = 2.0
"""As many words of no mood are counted in, so that a single one is no extreme."""

_WARM, _COLD = (frozenset(stem(word) for word in listed.split()) for listed in (WARM, COLD))
_CONTRACTED = re.compile(r"n't$")


def mood(text: str) -> float:
    """From -1, cold, to 1, warm; 0 where the list knows nothing.

    >>> mood("A lovely, easy evening together") > 0.5 > 0 > mood("A sad waste of time") > mood("Never boring") - 1
    True
    """
    warm = cold = 0
    for sentence in sentences(text):
        turned = 0
        for word in words(sentence):
            value = (stem(word) in _WARM) - (stem(word) in _COLD)
            if value:
                warm, cold = (warm + 1, cold) if (value > 0) != (turned > 0) else (warm, cold + 1)
            turned = REACH if word in TURNS or _CONTRACTED.search(word) else turned - 1
    return (warm - cold) / (warm + cold + DAMPING)
