"""What a lexicon hears in a text, and how that is pooled with what the network says of it.

The lexicon is VADER (Hutto and Gilbert, 2014: "VADER: A Parsimonious Rule-based Model for Sentiment Analysis of Social
Media Text", ICWSM-14; MIT licence): 7,500 words, emoticons and emoji with what people felt at them, and rules for
negation, emphasis and "but". It has read other texts than the network learnt from, so the two err on different ones.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

KEY = "lexicon"
"""The fact beside the weights that says how much the lexicon counts; where it is missing, it doesn't."""

PEOPLE = ("blind", "straight")
"""What people are called, too: whom a text is about must not say how it feels. Other such words are unknown to it."""


class Lexicon:
    """VADER with the share that it has in the answer; without a share it is not loaded, and nothing changes.

    It only looks things up, so several threads may ask it.
    """

    def __init__(self, weight: float = 0.0) -> None:
        if not 0 <= weight < 1:
            raise ValueError(f"The lexicon's weight is {weight!r}; give a share from 0 to below 1.")
        self.weight = weight
        if weight:
            _analyser()  # loaded here, and not for the first comment

    def hears(self, text: str, parts: int = 1) -> list[float]:
        """VADER's compound of each of so many parts of a text, of as many words each: from -1, bad, to 1, good.

        A long text is heard in parts as it is read in windows: summed over all its words, the compound would be near
        -1 or 1 whatever they say. The text is what the network reads, in which quotes are straight, handles are gone
        and emoji are spelled: "isn’t good" and "❤️" VADER takes for good and for nothing as they are typed.
        """
        if not self.weight:
            return [0.0] * parts
        words = text.split()
        cut = [words[at * len(words) // parts : (at + 1) * len(words) // parts] for at in range(parts)]
        return [compound(" ".join(part)) for part in cut]

    def pooled(self, logits: Any, heard: Sequence[float]) -> Any:
        """The mean of what the network and the lexicon say, by the lexicon's weight, as logits (n, 3).

        So a temperature goes with them as with the network's own.
        """
        import numpy as np

        from model.sentiment_scores import softmax

        if not self.weight:
            return logits
        return np.log((1 - self.weight) * softmax(logits) + self.weight * np.array([shares(one) for one in heard]))


def compound(text: str) -> float:
    """VADER's compound of a text that is written as `model/sentiment_text.py` leaves it: from -1, bad, to 1, good."""
    return float(_analyser().polarity_scores(text)["compound"])


def shares(heard: float) -> tuple[float, float, float]:
    """A compound as shares of negative, neutral and positive.

    >>> shares(-0.75), shares(0.0), shares(0.25)
    ((0.75, 0.25, 0.0), (0.0, 1.0, 0.0), (0.0, 0.75, 0.25))
    """
    return max(0.0, -heard), 1 - abs(heard), max(0.0, heard)


def lexicon_of(facts: Mapping[str, Any]) -> Lexicon:
    """The lexicon as the facts beside some weights say; one that doesn't count where they say nothing."""
    return Lexicon(float(facts.get(KEY, 0.0)))


@cache
def _analyser() -> Any:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    analyser = SentimentIntensityAnalyzer()
    for word in PEOPLE:
        analyser.lexicon.pop(word, None)
    return analyser
