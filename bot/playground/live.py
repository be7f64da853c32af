"""The open pages, and the updates that each of them gets."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

from bot.playground.state import Message, State


@dataclass(eq=False)
class Page:
    """One open page: who looks at it and what it has not been sent yet."""

    user: str
    updates: asyncio.Queue[dict[str, Any]] = field(default_factory=asyncio.Queue)


class Live:
    """Sends updates to the pages that may see them."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._pages: set[Page] = set()

    def open(self, user: str) -> Page:
        """Return a new page for a person; it gets every update from now on."""
        page = Page(user)
        self._pages.add(page)
        return page

    def close(self, page: Page) -> None:
        """Forget a page."""
        self._pages.discard(page)

    def tell(self, update: dict[str, Any], user: str | None = None) -> None:
        """Send an update to one person's pages, or to everybody's."""
        for page in self._pages:
            if user is None or page.user == user:
                page.updates.put_nowait(update)

    def tell_channel(self, channel: str, update: dict[str, Any], only_for: str | None = None) -> None:
        """Send an update about a channel to those who can see it."""
        self.tell(update, only_for or self._state.channels[channel].user)

    def message(self, message: Message) -> None:
        """Show a message as it is now."""
        update = {"type": "message", "channel": message.channel, "message": page_shape(message)}
        self.tell_channel(message.channel, update, message.only_for)

    def deleted(self, message: Message) -> None:
        """Take a message off the pages."""
        update = {"type": "message_deleted", "channel": message.channel, "ts": message.ts}
        self.tell_channel(message.channel, update, message.only_for)

    def views(self, user: str) -> None:
        """Show a person's stack of modals as it is now."""
        stack = [view.shape() for view in self._state.stacks.get(user, [])]
        self.tell({"type": "views", "views": stack}, user)


def slack_shape(message: Message) -> dict[str, Any]:
    """Return a message as the Web API and the payloads show it."""
    fields: dict[str, Any] = {
        "type": "message",
        "subtype": message.subtype,
        "user": message.user,
        "text": message.text,
        "ts": message.ts,
        "client_msg_id": message.client_msg_id,
        "bot_id": message.bot_id,
        "app_id": "A0DESK" if message.bot_id else None,
        "team": "T0PLAY",
        "blocks": message.blocks or None,
        "attachments": message.attachments or None,
        "thread_ts": message.thread_ts or (message.ts if message.replies else None),
        "reply_count": len(message.replies) or None,
        "latest_reply": message.replies[-1] if message.replies else None,
        "reactions": reactions_shape(message) or None,
        "edited": message.edited,
        "metadata": message.metadata,
        "files": message.files or None,
    }
    return {name: value for name, value in fields.items() if value is not None}


def page_shape(message: Message) -> dict[str, Any]:
    """Return a message as the page shows it."""
    shape = slack_shape(message)
    if message.only_for is not None:
        shape["ephemeral"] = True
    if message.stream is not None:
        shape["streaming"] = True
    return shape


def reactions_shape(message: Message) -> list[dict[str, Any]]:
    """Return a message's reactions with their counts and people."""
    return [
        {"name": name, "count": len(users), "users": list(users)} for name, users in message.reactions.items() if users
    ]
