"""What a text feels like, about what, and which words say so: the answer of whichever model reads it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

Label = Literal["negative", "neutral", "positive"]
LABELS: tuple[Label, ...] = ("negative", "neutral", "positive")
UNSURE = "unsure"
SHIPPED = Path(__file__).with_suffix("")
EMBEDDED = ("embedded", "auto")


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
    """A text as it was read; where `skipped` says why it wasn't, `feeling` is None.

    `note` is a sentence about how it was read, for people: that only the beginning was, or that aspects weren't.
    """

    text: str
    language: str
    feeling: Feeling | None
    aspects: tuple[AspectFeeling, ...]
    words: tuple[WordWeight, ...]
    skipped: str
    note: str = ""


class Sentiment(Protocol):
    """A model that reads feelings; `name` is shown to people. Not every one `answers_aspects`."""

    name: str
    threshold: float
    answers_aspects: bool

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


class OpenSentiment(Sentiment, Protocol):
    """A model as it was opened: `about` says in a few sentences how it reads, for people who ask for the method.

    `labels` says how each label of somebody else's model is read; it is empty for ours.
    """

    about: str
    labels: Mapping[str, Label]

    def close(self) -> None:
        """Let its thread end; it reads no more."""
        ...


def open_sentiment(
    model: str, *, data: Path, device: str = "auto", weights: Path | None = None, threads: int = 0
) -> OpenSentiment:
    """The model that COPYDESK_SENTIMENT_MODEL names, loaded: "embedded", a folder, or an id of the hub.

    `weights` is a folder of our weights other than the shipped one, for "embedded". `threads` is how many batches are
    read at once on a CPU, each on a thread of its own; 0 is torch's own number. Give 1 where the writer's engine works
    on the same CPU, which keeps the other cores for it. Raises SentimentError.
    """
    from model.download import ModelError
    from model.generation import EngineError
    from model.sentiment_reader import Reader
    from model.weights import choose_device

    try:
        place = choose_device(device)
        if model in EMBEDDED:
            from model.sentiment_embedded import open_embedded

            return Reader(open_embedded(data, place, weights or SHIPPED, threads))
        from model.sentiment_external import open_external

        return Reader(open_external(model, data, place, threads))
    except (ModelError, EngineError) as error:
        raise SentimentError(str(error)) from error
