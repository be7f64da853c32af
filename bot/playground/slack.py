"""One playground: its state, its rules and its ways to the bot, put together."""

from pathlib import Path
from typing import Any

from bot.playground.clock import Clock, Patience
from bot.playground.deliveries import Deliveries, Transport
from bot.playground.faults import Faults
from bot.playground.ids import Ids
from bot.playground.live import Live
from bot.playground.manifest import Manifest
from bot.playground.rates import Rates
from bot.playground.response_urls import ResponseUrls
from bot.playground.shelf import Shelf
from bot.playground.signed_http import SignedHttp
from bot.playground.socket_mode import SocketMode
from bot.playground.state import BOT_USER, first_day
from bot.playground.triggers import Triggers


class Slack:
    """What every handler works on; lives in one event loop and is never shared between threads."""

    def __init__(
        self, *, address: str, clock: Clock, patience: Patience, manifest: Manifest, data: Path | None = None
    ) -> None:
        self.address = address
        self.clock = clock
        self.patience = patience
        self.manifest = manifest
        self.ids = Ids(clock)
        self.state = first_day()
        self.live = Live(self.state)
        self.shelf = Shelf(data)
        self.rates = Rates(clock)
        self.faults = Faults()
        self.triggers = Triggers(clock, self.ids, patience.trigger)
        self.response_urls = ResponseUrls(clock, self.ids, patience.response_url, address)
        self.socket_mode = SocketMode(patience.ack, self.connection_changed)
        self.deliveries = Deliveries(self.socket_mode, self.faults, patience)

    @property
    def connected(self) -> bool:
        """Tell whether a bot is listening."""
        return self.deliveries.transport.connected

    def channels_of(self, user: str) -> list[dict[str, Any]]:
        """Return the channels that a person sees, as the page lists them."""
        return [
            {
                "id": channel.id,
                "name": channel.name,
                "is_im": channel.is_im,
                "members": list(channel.members),
                "topic": channel.topic,
                **({"user": BOT_USER} if channel.is_im else {}),
            }
            for channel in self.state.channels.values()
            if channel.user in (None, user)
        ]

    def connection_changed(self) -> None:
        """Show on the pages whether a bot is listening."""
        self.live.tell({"type": "bot", "connected": self.connected})

    async def switch(self, transport: Transport) -> None:
        """Deliver another way from now on."""
        before = self.deliveries.transport
        self.deliveries.transport = transport
        if isinstance(before, SignedHttp) and before is not transport:
            await before.close()
        self.connection_changed()

    async def stop(self) -> None:
        """Give up what is still on its way to the bot, and take the uploaded files away."""
        await self.deliveries.stop()
        await self.switch(self.socket_mode)
        self.shelf.clear()
