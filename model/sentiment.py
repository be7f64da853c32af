"""What a text feels like, about what, and which words say so: the answer of whichever model reads it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

Label = Literal["negative", "neutral", "positive"]
LABELS: tuple[Label, ...] = ("negative", "neutral", "positive")
UNSURE = "unsure"


class SentimentError(Exception):
    """A model can't be had or can't read; the message is a sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class Feeling:
    """Of a text, or of an aspect in it; probabilities are calibrated, from 0 to 1."""

    label: Label
    probability: float
    probabilities: Mapping[Label, float]
    sure: bool

    @property
    def shown(self) -> str:
        """The label that people see: `unsure` below the threshold."""
        return self.label if self.sure else UNSURE


@dataclass(frozen=True, slots=True)
class AspectFeeling:
    """What a text says of an aspect that it mentions."""

    aspect: str
    feeling: Feeling


@dataclass(frozen=True, slots=True)
class WordWeight:
    """A word by its place in the text, and what leaving it out takes off the label's probability; signed."""

    word: str
    start: int
    end: int
    weight: float


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as it was read; where `skipped` says why it wasn't, `feeling` is None."""

    text: str
    language: str
    feeling: Feeling | None
    aspects: tuple[AspectFeeling, ...]
    words: tuple[WordWeight, ...]
    skipped: str


class Sentiment(Protocol):
    """A model that reads feelings; `name` is shown to people."""

    name: str
    threshold: float

    def read(
        self,
        texts: Sequence[str],
        aspects: Sequence[str] = (),
        *,
        explain: bool = False,
        progress: Callable[[int], None] | None = None,
    ) -> list[Reading]:
        """A reading per text, in the texts' order; `progress` gets how many are done."""
        ...


def open_sentiment(model: str, *, data: Path, device: str = "auto", weights: Path | None = None) -> Sentiment:
    """The model that a setting names; raises SentimentError."""
    raise SentimentError(f"COPYDESK_SENTIMENT_MODEL is {model!r}, and no model of feelings is built in yet.")
