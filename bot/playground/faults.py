"""Faults that a test asks for, each counted down as it happens."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.playground.errors import SlackError

KINDS = ("429", "500", "disconnect", "duplicate", "refuse", "slow")


@dataclass(slots=True)
class Fault:
    """One thing that is to go wrong, `times` times."""

    kind: str
    method: str
    times: int
    retry_after: int
    seconds: float
    error: str


def parse(body: Mapping[str, Any]) -> Fault:
    """Return the fault that a request describes."""
    kind = str(body.get("fault"))
    if kind not in KINDS:
        raise SlackError(f"unknown_fault: {kind!r}, use one of {', '.join(KINDS)}")
    return Fault(
        kind=kind,
        method=str(body.get("method", "*")),
        times=int(body.get("times", 1)),
        retry_after=int(body.get("retry_after", 1)),
        seconds=float(body.get("seconds", 2)),
        error=str(body.get("error", "internal_error")),
    )


class Faults:
    """The faults still to come."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Let something go wrong from the next call on."""
        self._faults.append(fault)

    def clear(self) -> None:
        """Let everything work again."""
        self._faults.clear()

    def of_call(self, method: str) -> Fault | None:
        """Return the fault that hits this Web API call, counted down."""
        for fault in self._faults:
            if fault.kind in ("429", "500", "refuse", "slow") and fault.method in ("*", method):
                fault.times -= 1
                self._faults = [left for left in self._faults if left.times > 0]
                return fault
        return None

    def repeats(self) -> int:
        """Return how many extra times the next delivery is sent."""
        for fault in self._faults:
            if fault.kind == "duplicate":
                self._faults.remove(fault)
                return fault.times
        return 0
