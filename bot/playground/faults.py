"""Faults that a test asks for, each counted down as it happens."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

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


async def hit(fault: Fault | None, request: Request | None = None) -> Response | None:
    """Let a fault take its time, and return the answer that it puts in place of the right one.

    The request is one to read to its end before; without it the body, which may be large, is left alone.
    """
    if fault is not None and fault.kind == "slow":
        # Slack has the request before it takes its time: a caller that hangs up meanwhile takes nothing back.
        if request is not None:
            await request.body()
        await asyncio.sleep(fault.seconds)
    if fault is not None and fault.kind == "429":
        return limited(fault.retry_after)
    return Response("fatal_error", status_code=500) if fault is not None and fault.kind == "500" else None


def limited(retry_after: int) -> Response:
    """Return Slack's answer to those who ask too often."""
    body = {"ok": False, "error": "ratelimited"}
    return JSONResponse(body, status_code=429, headers={"retry-after": str(retry_after)})


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
        """Return the fault that hits this Web API call, counted down; "upload" and "download" are files' bytes."""
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
