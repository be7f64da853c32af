"""A sentiment model whose feelings are scripted: it obeys the protocol and counts words. Not a test itself."""

import re
import threading
from collections.abc import Callable, Mapping, Sequence

from model.sentiment import LABELS, AspectFeeling, Feeling, Label, Reading, WordWeight

GOOD = frozenset({"lovely", "great", "love", "perfect", "friendly", "fast"})
BAD = frozenset({"awful", "rude", "slow", "shame", "cold", "broken"})
WORD = re.compile(r"\w+")


class FakeSentiment:
    """Words of praise and of complaint, weighed against each other; German is not read."""

    name = "counted words"
    threshold = 0.55
    about = "It counts words of praise and of complaint."
    labels: Mapping[str, Label] = {}
    answers_aspects = True

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.released = threading.Event()
        self.released.set()
        self.held = threading.Event()
        self._holding = ""

    def hold(self, word: str) -> None:
        """Read nothing that holds a word until `released` is set; `held` says that it was asked to."""
        self._holding = word
        self.released.clear()

    def close(self) -> None:
        """Nothing to let go of."""

    def read(
        self,
        texts: Sequence[str],
        aspects: Sequence[str] = (),
        *,
        explain: bool = False,
        progress: Callable[[int], None] | None = None,
    ) -> list[Reading]:
        """Wait until it may, and feel."""
        if any(self._holding in text for text in texts):
            self.held.set()
            # As between the batches of a real model: whoever counts them may stop it here.
            while not self.released.wait(None if progress is None else 0.01):
                assert progress is not None, "without it the wait has no end of its own"
                progress(0)
        self.texts += texts
        if progress is not None:
            progress(len(texts))
        return [_read(text, aspects, explain=explain) for text in texts]


def _read(text: str, aspects: Sequence[str], *, explain: bool) -> Reading:
    if "nicht" in text:
        return Reading(text, "de", None, (), (), "This is German; the model reads English.")
    found = [
        AspectFeeling(aspect, _feel(clause))
        for aspect in aspects
        for clause in re.split(r"[,.;]| but ", text)
        if aspect in clause.lower()
    ]
    words = [
        WordWeight(one[0], one.start(), one.end(), 0.41 if one[0].lower() in GOOD else -0.33)
        for one in WORD.finditer(text)
        if one[0].lower() in GOOD | BAD
    ]
    return Reading(text, "en", _feel(text), tuple(found), tuple(words) if explain else (), "")


def _feel(text: str) -> Feeling:
    said = [one.lower() for one in WORD.findall(text)]
    up, down = sum(one in GOOD for one in said), sum(one in BAD for one in said)
    label: Label = "positive" if up > down else "negative" if down > up else "neutral"
    share = 0.5 if up and up == down else 0.9
    rest = (1 - share) / 2
    return Feeling(label, share, {one: share if one == label else rest for one in LABELS}, share >= 0.55)
