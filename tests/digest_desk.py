"""A desk that posts digests into a playground by a clock that a test sets."""

from pathlib import Path
from typing import Any

import httpx

from bot import local_slack
from bot.digest import Poster, post_due
from bot.playground.server import PlaygroundServer
from bot.reaching import build_clients
from storage.database import Storage
from tests.digest_rows import Clock, add_voted, subscribe
from tests.thread_reading import Message
from tests.visitor import Visitor


class DigestDesk:
    """With one subscription, and a week in which a draft was liked; it keeps how long it would have waited."""

    def __init__(self, playground: PlaygroundServer, folder: Path) -> None:
        self.storage = Storage(folder / "copydesk.db")
        self.storage.migrate()
        self.clients = build_clients(local_slack.BOT_TOKEN, f"{playground.url}/api/")
        self.clock, self.waits = Clock(), list[float]()
        self.ts = str(self.clients.patient.chat_postMessage(channel="C0LAUNCH", text="Draft 1")["ts"])
        text = "A mug that keeps its promise."
        self.draft = add_voted(self.storage, "mugs", up=5, down=1, text=text, reasons=("boring",), ts=self.ts)
        subscribe(self.storage)

    def post_due(self, **options: Any) -> int:
        """Post what is due by the clock."""
        return post_due(self.storage, self.clients, self.clock, wait=self.waits.append, **options)

    def poster(self) -> Poster:
        """What posts them."""
        return Poster(self.storage, self.clients.patient, self.clock, wait=self.waits.append)


def stands(playground: PlaygroundServer, channel: str = "C0LAUNCH", user: str = "U0ANA") -> list[Message]:
    """The digests that somebody who opens the page now sees in a channel."""
    with Visitor(playground.url, user) as page:
        return [one for one in page.messages(channel) if one["text"].startswith("The copy desk's week")]


def fault(playground: PlaygroundServer, kind: str, method: str = "chat.postMessage", **more: Any) -> None:
    """Let a call go wrong."""
    body = {"fault": kind, "method": method, **more}
    httpx.post(f"{playground.url}/playground/faults", json=body, trust_env=False).raise_for_status()
