"""The playground's clock and its waiting times, as values that tests can set."""

from collections.abc import Callable
from dataclasses import dataclass

Clock = Callable[[], float]


class ManualClock:
    """A clock that stands still until it is told to move."""

    def __init__(self, now: float = 1_769_012_345.0) -> None:
        self.now = now

    def __call__(self) -> float:
        """Return the time it was told."""
        return self.now

    def advance(self, seconds: float) -> None:
        """Let time pass without sleeping."""
        self.now += seconds


@dataclass(frozen=True, slots=True)
class Patience:
    """How long things last, in seconds: Slack's numbers except where a comment says otherwise."""

    ack: float = 3.0
    retries: tuple[float, ...] = (0.0, 5.0, 15.0)  # shortened: Slack waits nothing, one and five minutes
    trigger: float = 3.0
    stream: float = 300.0
    response_url: float = 1800.0
