"""What people type, written the way Slack hands it to apps."""

import re
from typing import Any

from bot.playground.state import State

MENTION = re.compile(r"(?<![\w&;])@([\w.-]*\w)")
CHANNEL = re.compile(r"(?<![\w&;])#([\w-]+)")
LINK = re.compile(r"https?://[^\s<>|]*[^\s<>|.,;:!?)\]]")
TOKEN = re.compile(r"<@(\w+)(?:\|[^>]*)?>|<(https?://[^>|]+)>")


def escape(text: str) -> str:
    """Return text with Slack's three control characters escaped."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """Return escaped text as people read it."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def link(state: State, text: str, *, named: bool) -> str:
    """Turn @names, #channels and addresses in escaped text into Slack's tokens.

    Commands carry names (`<@U0ANA|ana>`), messages do not (`<@U0ANA>`).
    """
    users = {user.name: user.id for user in state.users.values()}
    channels = {channel.name: channel.id for channel in state.channels.values() if not channel.is_im}

    def mention(match: re.Match[str]) -> str:
        user = users.get(match[1].lower())
        if user is None:
            return match[0]
        return f"<@{user}|{match[1].lower()}>" if named else f"<@{user}>"

    def channel(match: re.Match[str]) -> str:
        found = channels.get(match[1].lower())
        return match[0] if found is None else f"<#{found}|{match[1].lower()}>"

    linked = LINK.sub(lambda match: f"<{match[0]}>", text)
    return CHANNEL.sub(channel, MENTION.sub(mention, linked))


def rich_text(text: str, block_id: str) -> list[dict[str, Any]]:
    """Return the blocks that Slack's own composer adds to a person's message."""
    elements: list[dict[str, Any]] = []
    end = 0
    for token in TOKEN.finditer(text):
        elements += _text(text[end : token.start()])
        user, url = token.groups()
        elements.append({"type": "user", "user_id": user} if user else {"type": "link", "url": url})
        end = token.end()
    elements += _text(text[end:])
    section = {"type": "rich_text_section", "elements": elements}
    return [{"type": "rich_text", "block_id": block_id, "elements": [section]}]


def _text(text: str) -> list[dict[str, Any]]:
    return [{"type": "text", "text": unescape(text)}] if text else []
