"""Socket Mode: up to ten links to the bot, each envelope to one of them, acknowledged or timed out."""

import asyncio
import json
import secrets
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.playground.deliveries import Delivery, Reply
from bot.playground.errors import SlackError
from bot.playground.state import APP_ID

MOST_LINKS = 10
LINK_SECONDS = 18060


@dataclass(eq=False)
class Link:
    """One WebSocket of the bot, and the envelopes on it that wait for their acknowledgement."""

    socket: WebSocket
    waiting: dict[str, asyncio.Future[Reply]] = field(default_factory=dict)
    closing: bool = False


class SocketMode:
    """The transport that needs no public address."""

    def __init__(self, ack_seconds: float, changed: Callable[[], None]) -> None:
        self._ack_seconds = ack_seconds
        self._changed = changed
        self._tickets: set[str] = set()
        self._links: list[Link] = []
        self._turn = 0
        self._opened = asyncio.Event()

    @property
    def connected(self) -> bool:
        """Tell whether any link takes envelopes."""
        return any(not link.closing for link in self._links)

    async def opened(self) -> None:
        """Wait until a bot connects anew."""
        await self._opened.wait()

    def ticket(self) -> str:
        """Return the unguessable part of one WebSocket address; it works once."""
        if len(self._links) >= MOST_LINKS:
            raise SlackError("too_many_websockets")
        ticket = secrets.token_hex(16)
        self._tickets.add(ticket)
        return ticket

    async def serve(self, socket: WebSocket) -> None:
        """Greet a bot that connects with a ticket, and read its acknowledgements until it leaves."""
        ticket = socket.path_params["ticket"]
        if ticket not in self._tickets:
            await socket.close()
            return
        self._tickets.discard(ticket)
        await socket.accept()
        link = Link(socket)
        self._links.append(link)
        await socket.send_json(hello(len(self._links)))
        self._opened.set()
        self._opened = asyncio.Event()
        self._changed()
        try:
            while True:
                acknowledge(link, await socket.receive_text())
        except WebSocketDisconnect:
            self._drop(link)

    async def send(self, delivery: Delivery) -> Reply:
        """Send one envelope on one link and wait for its acknowledgement."""
        links = [link for link in self._links if not link.closing]
        if not links:
            return Reply(ok=False, error="not_connected", reason="connection_failed")
        self._turn += 1
        link = links[self._turn % len(links)]
        envelope = wrap(delivery)
        acknowledged: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        link.waiting[envelope["envelope_id"]] = acknowledged
        try:
            async with asyncio.timeout(self._ack_seconds):
                await link.socket.send_json(envelope)
                return await acknowledged
        except (TimeoutError, WebSocketDisconnect, RuntimeError):
            # Starlette says RuntimeError when the link closed under the send.
            return Reply(ok=False, error="operation_timeout", reason="timeout")
        finally:
            link.waiting.pop(envelope["envelope_id"], None)

    async def disconnect(self, reason: str) -> None:
        """Tell every link that it ends; unless that is only a warning, end it."""
        links = list(self._links)
        for link in links:
            link.closing = reason != "warning"
        for link in links:
            await link.socket.send_json(
                {"type": "disconnect", "reason": reason, "debug_info": {"host": "applink-playground"}}
            )
            if link.closing:
                await link.socket.close()
        self._changed()

    def _drop(self, link: Link) -> None:
        self._links.remove(link)
        for acknowledged in link.waiting.values():
            if not acknowledged.done():
                acknowledged.set_result(Reply(ok=False, error="operation_timeout", reason="connection_failed"))
        self._changed()


def hello(connections: int) -> dict[str, Any]:
    """Return the first thing Slack says on a link."""
    return {
        "type": "hello",
        "num_connections": connections,
        "connection_info": {"app_id": APP_ID},
        "debug_info": {
            "host": "applink-playground",
            "build_number": 1,
            "approximate_connection_time": LINK_SECONDS,
        },
    }


def wrap(delivery: Delivery) -> dict[str, Any]:
    """Return the envelope round a payload."""
    envelope: dict[str, Any] = {
        "envelope_id": str(uuid.uuid4()),
        "type": delivery.kind,
        "payload": delivery.payload,
        "accepts_response_payload": delivery.kind != "events_api",
    }
    if delivery.kind == "events_api" or delivery.attempt:
        envelope["retry_attempt"] = delivery.attempt
        envelope["retry_reason"] = delivery.reason
    return envelope


def acknowledge(link: Link, text: str) -> None:
    """Match what the bot sent with the envelope that waits for it."""
    try:
        message = json.loads(text)
    except json.JSONDecodeError:
        return
    acknowledged = link.waiting.get(message.get("envelope_id", "")) if isinstance(message, dict) else None
    if acknowledged is not None and not acknowledged.done():
        acknowledged.set_result(Reply(ok=True, payload=message.get("payload")))
