"""What goes to the bot: sent once, sent again when nobody acknowledged it, never lost silently."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from bot.playground.clock import Patience
from bot.playground.faults import Faults

Kind = Literal["slash_commands", "interactive", "events_api"]


@dataclass(frozen=True, slots=True)
class Delivery:
    """One payload on its way to the bot; `attempt` counts the times it was sent before."""

    kind: Kind
    payload: dict[str, Any]
    attempt: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: the bot's answer, or why there is none."""

    ok: bool
    payload: Any = None
    error: str = ""
    reason: str = ""
    final: bool = False


class Transport(Protocol):
    """Socket Mode or signed HTTP."""

    @property
    def connected(self) -> bool:
        """Tell whether a bot is listening."""

    async def send(self, delivery: Delivery) -> Reply:
        """Send once and wait for the answer."""

    async def opened(self) -> None:
        """Wait until a bot connects anew."""


class Deliveries:
    """Sends commands and interactions once, and events until they are acknowledged."""

    def __init__(self, transport: Transport, faults: Faults, patience: Patience) -> None:
        self.transport = transport
        self._faults = faults
        self._patience = patience
        self._tasks: set[asyncio.Task[Any]] = set()

    async def ask(self, kind: Kind, payload: dict[str, Any]) -> Reply:
        """Send what a person waits for, and return the bot's answer."""
        if not self.transport.connected:
            return Reply(ok=False, error="not_connected")
        delivery = Delivery(kind, payload)
        self._repeat(delivery)
        return await self.transport.send(delivery)

    def tell(self, payload: dict[str, Any]) -> None:
        """Send an event; nobody waits for it, and it is sent again until it is acknowledged."""
        self.spawn(self._insist(Delivery("events_api", payload)))

    def spawn(self, work: Coroutine[Any, Any, Any]) -> None:
        """Run something beside the requests until the server stops."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def stop(self) -> None:
        """Give up what is still on its way."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _insist(self, delivery: Delivery) -> None:
        """Send until acknowledged or out of attempts; while no bot is there it waits, as Slack's delayed events do."""
        reply = Reply(ok=False, reason="connection_failed")
        for attempt, delay in enumerate((None, *self._patience.retries)):
            if delay is not None:
                await self._back_off(delay)
            if not self.transport.connected:
                await self.transport.opened()
            if attempt == 0:
                self._repeat(delivery)
            reply = await self.transport.send(Delivery(delivery.kind, delivery.payload, attempt, _why(attempt, reply)))
            if reply.ok or reply.final:
                return

    async def _back_off(self, delay: float) -> None:
        """Wait before the next attempt; a bot that connects anew ends the wait."""
        try:
            async with asyncio.timeout(delay):
                await self.transport.opened()
        except TimeoutError:
            return

    def _repeat(self, delivery: Delivery) -> None:
        for attempt in range(1, self._faults.repeats() + 1):
            self.spawn(self.transport.send(Delivery(delivery.kind, delivery.payload, attempt, "http_timeout")))


def _why(attempt: int, reply: Reply) -> str:
    return reply.reason if attempt else ""
