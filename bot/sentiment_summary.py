"""What many comments say together: counts, shares with intervals, aspects, words, trend and groups; pure."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import sqrt

from bot.approval import Z, wilson
from model.sentiment import LABELS, Label

ENOUGH = 5
"""Comments with a label; of fewer nothing is said about them together."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Comments by what they were read as; `unsure` below the threshold, `skipped` not read at all."""

    negative: int = 0
    neutral: int = 0
    positive: int = 0
    unsure: int = 0
    skipped: int = 0

    @property
    def sure(self) -> int:
        """Comments with a label; all shares are of these."""
        return self.negative + self.neutral + self.positive

    @property
    def read(self) -> int:
        """Comments that were read, those that stayed unsure too."""
        return self.sure + self.unsure

    @property
    def total(self) -> int:
        """All rows."""
        return self.read + self.skipped

    def of(self, label: Label) -> int:
        """How many have a label."""
        return {"negative": self.negative, "neutral": self.neutral, "positive": self.positive}[label]

    def share(self, label: Label) -> float:
        """The share of a label among the sure ones, from 0 to 1; 0 when there are none."""
        return self.of(label) / self.sure if self.sure else 0.0

    def interval(self, label: Label, z: float = Z) -> tuple[float, float]:
        """Wilson's interval of that share, 95 % by default."""
        return wilson(self.of(label), self.sure, z)

    @property
    def net(self) -> float:
        """Net sentiment in points: the share of positive less that of negative, from -100 to 100."""
        return 100 * (self.share("positive") - self.share("negative"))

    @property
    def net_interval(self) -> tuple[float, float]:
        """The 95 % interval of net sentiment, in points.

        Two shares of one sample: Agresti and Min (Statistics in Medicine 24, 2005), half a comment added to each cell
        of a matched pair's table, then Wald's interval.

        >>> [round(end) for end in Counts(negative=20, neutral=30, positive=50).net_interval]
        [14, 45]
        """
        number = self.sure + 2
        up, down = (self.positive + 0.5) / number, (self.negative + 0.5) / number
        half = Z * sqrt((up + down - (up - down) ** 2) / number)
        return 100 * max(-1.0, up - down - half), 100 * min(1.0, up - down + half)

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.negative + other.negative,
            self.neutral + other.neutral,
            self.positive + other.positive,
            self.unsure + other.unsure,
            self.skipped + other.skipped,
        )


@dataclass(frozen=True, slots=True)
class AspectCounts:
    """How the comments that mention an aspect speak of it; `skipped` is 0 in its counts."""

    aspect: str
    counts: Counts

    @property
    def mentions(self) -> int:
        """Comments that mention it."""
        return self.counts.read

    @property
    def is_enough(self) -> bool:
        """Whether shares may be told."""
        return self.counts.sure >= ENOUGH


@dataclass(frozen=True, slots=True)
class Quote:
    """A comment that stands for others, with the number of its row."""

    number: int
    text: str
    label: Label
    probability: float


@dataclass(frozen=True, slots=True)
class Driver:
    """A word that sets comments of one label apart: in how many of them it is, in how many others, and its z score."""

    word: str
    here: int
    elsewhere: int
    score: float


@dataclass(frozen=True, slots=True)
class Bucket:
    """The comments of a day, a week or a month, by its first day."""

    start: date
    counts: Counts


@dataclass(frozen=True, slots=True)
class Trend:
    """Buckets in order, those without comments too; `changes` are the places of buckets where something changed.

    `left_out` counts comments whose dates are so far off that they are wrong, or not of this time.
    """

    unit: str
    buckets: tuple[Bucket, ...]
    changes: tuple[int, ...]
    left_out: int = 0

    @property
    def stretches(self) -> tuple[Counts, ...]:
        """The comments between two changes, together."""
        ends = (0, *self.changes, len(self.buckets))
        parts = (self.buckets[start:end] for start, end in pairwise(ends))
        return tuple(sum((bucket.counts for bucket in part), Counts()) for part in parts)


@dataclass(frozen=True, slots=True)
class Group:
    """The comments of a group, or of one of several files, together and by aspect."""

    name: str
    counts: Counts
    aspects: tuple[AspectCounts, ...] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    """What came of a source. Where `is_enough` is False only `counts`, `reasons` and `notes` may be shown."""

    name: str
    model: str
    threshold: float
    counts: Counts
    reasons: tuple[tuple[str, int], ...] = ()
    notes: tuple[str, ...] = ()
    aspects: tuple[AspectCounts, ...] = ()
    typical: tuple[Quote, ...] = ()
    extreme: tuple[Quote, ...] = ()
    complaints: tuple[Driver, ...] = ()
    praise: tuple[Driver, ...] = ()
    trend: Trend | None = None
    no_trend: str = ""
    group_column: str = ""
    groups: tuple[Group, ...] = ()

    @property
    def is_enough(self) -> bool:
        """Whether there are enough comments with a label to speak of them together."""
        return self.counts.sure >= ENOUGH


def quotes_of(quotes: tuple[Quote, ...], label: Label) -> tuple[Quote, ...]:
    """Those with a label, in order."""
    return tuple(quote for quote in quotes if quote.label == label)


ORDER: tuple[Label, ...] = (LABELS[2], LABELS[1], LABELS[0])
"""Best first, as charts and tables show them."""
