"""A stand-in for the model that reads feelings: only the words are faked, the rest of its promise is kept."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from model.sentiment import AspectFeeling, Feeling, Label, Reading, WordWeight
from model.words import words

GOOD = frozenset({"great", "lovely", "love", "fast", "friendly", "good", "tasty", "happy"})
BAD = frozenset({"bad", "slow", "rude", "cold", "broken", "late", "awful", "never"})


@dataclass
class WordList:
    """Counts good and bad words; as many of both is unsure, none is neutral, and text without letters isn't read."""

    name: str = "a word list"
    threshold: float = 0.6
    answers_aspects: bool = True
    asked: list[int] = field(default_factory=list)

    def read(
        self,
        texts: Sequence[str],
        aspects: Sequence[str] = (),
        *,
        explain: bool = False,
        progress: Callable[[int], None] | None = None,
    ) -> list[Reading]:
        self.asked.append(len(texts))
        found = []
        for done, text in enumerate(texts, 1):
            found.append(self._one(text, aspects, explain))
            if progress and done % 100 == 0:
                progress(done)
        return found

    def _one(self, text: str, aspects: Sequence[str], explain: bool) -> Reading:
        assert text.strip()
        assert "\0" not in text
        found = words(text)
        if not found:
            return Reading(text, "", None, (), (), "It has no words.")
        felt = feeling(sum(word in GOOD for word in found), sum(word in BAD for word in found))
        about = tuple(AspectFeeling(aspect, felt) for aspect in aspects if self.answers_aspects and aspect in found)
        weights = [WordWeight(word, 0, 0, 0.4) for word in found if word in GOOD | BAD] if explain else []
        return Reading(text, "en", felt, about, tuple(weights), "")


class OpenWordList(WordList):
    """The word list as it was opened."""

    about = "It counts words."
    labels: Mapping[str, Label] = {}

    def close(self) -> None:
        pass


def feeling(good: int, bad: int) -> Feeling:
    label: Label = "positive" if good > bad else "negative" if bad > good else "neutral"
    is_torn = bool(good and good == bad)
    probability = 0.4 if is_torn else 0.9
    rest = (1 - probability) / 2
    shares: dict[Label, float] = {"negative": rest, "neutral": rest, "positive": rest}
    return Feeling(label, probability, {**shares, label: probability}, sure=not is_torn)
