"""People who ask the desk for copy through the playground, and when they get what."""

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.visitor import Visitor

Message = dict[str, Any]


@dataclass
class Ask:
    """One `/copy`: who asks what and where, and the seconds until each thing is seen; `mark` finds it again."""

    mark: str
    text: str
    person: str
    channel: str
    started: float = 0.0
    ack: float = 0.0
    refused: str = ""
    seen: dict[str, float] = field(default_factory=dict)

    def send(self, url: str, gate: threading.Barrier) -> None:
        """Once everybody's page is open, type it and wait for the acknowledgement, as the page does."""
        with _page(url) as page:
            body = {"user": self.person, "channel": self.channel, "text": f"/copy {self.text} ({self.mark})"}
            gate.wait()
            self.started = time.perf_counter()
            answer = page.post("/page/messages", json=body).json()
            self.ack = time.perf_counter() - self.started
            self.refused = "" if answer.get("ok") else str(answer)

    def look(self, page: Visitor, *, drafts: int) -> bool:
        """Note what is there by now: the opener, the first streamed words, so many drafts; whether they are all."""
        opener = self.opener(page)
        if opener is None:
            return bool(self.refused)
        replies = page.thread(self.channel, opener["ts"])
        self._note("opener", True)
        self._note("first words", any(one.get("streaming") and one["text"].strip() for one in replies))
        number = sum(one["text"].startswith("Draft ") for one in replies)
        self._note("first draft", number >= 1)
        self._note("drafts", drafts > 0 and number >= drafts)
        return ("drafts" if drafts else "first words") in self.seen

    def opener(self, page: Visitor) -> Message | None:
        """The message that opens its thread."""
        return next((one for one in page.messages(self.channel) if f"({self.mark})" in one["text"]), None)

    def _note(self, what: str, there: bool) -> None:
        if there and what not in self.seen:
            self.seen[what] = time.perf_counter() - self.started


def ask_at_once(asks: Sequence[Ask], url: str) -> list[threading.Thread]:
    """Let everybody ask at the same moment, each from a page of their own."""
    gate = threading.Barrier(len(asks))
    threads = [threading.Thread(target=ask.send, args=(url, gate), daemon=True) for ask in asks]
    for thread in threads:
        thread.start()
    return threads


@contextmanager
def probing(url: str, person: str, channel: str, every: float) -> Iterator[list[float]]:
    """Open the brief's modal every so often; the seconds of each acknowledgement."""
    over, acks = threading.Event(), list[float]()

    def probe() -> None:
        with _page(url) as page:
            while not over.wait(every):
                body = {"user": person, "channel": channel, "text": "/copy"}
                started = time.perf_counter()
                page.post("/page/messages", json=body)
                acks.append(time.perf_counter() - started)

    thread = threading.Thread(target=probe, daemon=True)
    thread.start()
    try:
        yield acks
    finally:
        over.set()
        thread.join()


def _page(url: str) -> httpx.Client:
    return httpx.Client(base_url=url, timeout=60, trust_env=False, verify=False)
