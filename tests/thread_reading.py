"""Reads what a person sees in a brief's thread."""

from collections.abc import Iterator
from typing import Any

from tests.visitor import Visitor

Message = dict[str, Any]


def opener(page: Visitor, channel: str = "C0LAUNCH") -> Message | None:
    """The newest message that opens a brief."""
    openers = [one for one in page.messages(channel) if "asked for" in one["text"] and not one.get("ephemeral")]
    return openers[-1] if openers else None


def drafts(page: Visitor, channel: str = "C0LAUNCH") -> list[Message]:
    """The drafts in the channel's threads, in order."""
    return [one for one in page.messages(channel) if one["text"].startswith("Draft ")]


def wait_for_drafts(page: Visitor, count: int, channel: str = "C0LAUNCH", seconds: float = 10) -> list[Message]:
    """The drafts, when there are that many and the desk is done with the brief."""

    def done(visitor: Visitor) -> list[Message] | None:
        found, opening = drafts(visitor, channel), opener(visitor, channel)
        return found if len(found) >= count and opening and "in the thread" in shown(opening) else None

    found = page.wait_for(done, seconds)
    assert found is not None
    return found


def shown(message: Message) -> str:
    """Every text of a message's blocks, a line each."""
    return "\n".join(_texts(message.get("blocks", [])))


def ephemerals(page: Visitor, channel: str = "C0LAUNCH") -> list[str]:
    """What only this person sees."""
    return [one["text"] for one in page.messages(channel) if one.get("ephemeral")]


def _texts(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("text"), str):
            yield node["text"]
        for key, value in node.items():
            if key != "text" or not isinstance(value, str):
                yield from _texts(value)
    elif isinstance(node, list):
        for item in node:
            yield from _texts(item)
