"""The words of a Slack message, which integrations often put into blocks or attachments alone."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.slack_text import unescape

_HOLDING = ("text", "fields", "elements", "title", "description")
"""What in a block holds text, or something that holds text."""
_LINES = ("rich_text_section", "mrkdwn", "plain_text")
"""What is a line of its own: a list's entry, a section's field."""
_TOLD = ("pretext", "title", "text")


def words_of(message: Mapping[str, Any]) -> str:
    """A message's own text, else that of its blocks, else that of its attachments; empty where there is none.

    Of an attachment the `fallback` is what a client without attachments shows, so it is read where nothing else is
    there (https://docs.slack.dev/reference/messaging/payload#attachments).
    """
    lines = [str(message.get("text") or ""), *_of_blocks(message.get("blocks") or ())]
    own = [one for one in lines[:1] if one.strip()] or lines[1:]
    found = own or [line for one in message.get("attachments") or () for line in _of_attachment(one)]
    return unescape("\n".join(line.strip() for one in found for line in one.split("\n") if line.strip()))


def _of_attachment(one: Mapping[str, Any]) -> list[str]:
    values = [str(field.get("value") or "") for field in one.get("fields") or ()]
    told = [*(str(one.get(name) or "") for name in _TOLD), *values, *_of_blocks(one.get("blocks") or ())]
    return [line for line in told if line.strip()] or [str(one.get("fallback") or "")]


def _of_blocks(blocks: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """A line for each block with text: its parts stand beside each other, and nobody's buttons are read."""
    for block in blocks:
        if block.get("type") != "actions" and (line := "".join(_texts(block))).strip():
            yield line


def _texts(part: object) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, Mapping):
        if part.get("type") == "emoji":
            yield f":{part.get('name')}:"
        if part.get("type") in _LINES:
            yield "\n"
        for name in _HOLDING:
            yield from _texts(part.get(name, ""))
    elif isinstance(part, Sequence):
        for one in part:
            yield from _texts(one)
