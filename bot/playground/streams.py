"""Messages that are written while everybody watches: what a stream may take in, and how it shows."""

import asyncio
from typing import Any

from bot.playground import limits_blocks
from bot.playground.arguments import Arguments
from bot.playground.errors import SlackError
from bot.playground.slack import Slack
from bot.playground.state import Message, Stream

LONGEST_PIECE = 12_000
MOST_CHUNK_BLOCKS = 50
STATUSES = ("pending", "in_progress", "complete", "error")
MARKDOWN_MODE, CHUNKS_MODE = "markdown_text", "chunks"


def alive(slack: Slack, message: Message) -> bool:
    """Tell whether a message is still being written; Slack ends a stream five minutes after its start."""
    if message.stream is not None and slack.clock() - message.stream.started > slack.patience.stream:
        message.stream = None
        slack.live.message(message)
    return message.stream is not None


async def expire(slack: Slack, message: Message) -> None:
    """End a stream that its bot has left alone, so that no page waits for more."""
    await asyncio.sleep(slack.patience.stream + 1)
    alive(slack, message)


def current(slack: Slack, message: Message) -> Stream:
    """Return a message's stream while it lives."""
    if not alive(slack, message) or message.stream is None:
        raise SlackError("message_not_in_streaming_state")
    return message.stream


def take(slack: Slack, message: Message, stream: Stream, call: Arguments, *, needed: bool) -> None:
    """Take in what one call adds, all of it or nothing."""
    markdown = call.text("markdown_text")
    chunks = call.structure("chunks", "invalid_chunks")
    if markdown is None and not chunks:
        if needed:
            raise SlackError("invalid_arguments", ["missing required field: markdown_text or chunks"])
        return
    _keep_mode(stream, markdown, chunks)
    pieces = [{"type": "markdown_text", "text": markdown}] if markdown is not None else chunks
    for piece in pieces:
        _check(piece)
    for piece in pieces:
        _add(slack, stream, piece)
    show(message, stream)


def show(message: Message, stream: Stream) -> None:
    """Put what a stream has so far into its message."""
    cards = [{"block_id": f"task-{task['task_id']}", **task} for task in stream.tasks.values()]
    if stream.plan is not None:
        cards = [{"type": "plan", "block_id": "plan", "title": stream.plan, "tasks": cards}]
    text = [{"type": "markdown", "block_id": "text", "text": stream.markdown}] if stream.markdown else []
    message.text = stream.markdown
    message.blocks = [*cards, *text, *stream.chunk_blocks]
    message.composed = not cards and not stream.chunk_blocks


def _keep_mode(stream: Stream, markdown: str | None, chunks: Any) -> None:
    """Refuse text in a stream of chunks and chunks in a stream of text."""
    if markdown is not None and chunks:
        raise SlackError("streaming_mode_mismatch")
    mode = MARKDOWN_MODE if markdown is not None else CHUNKS_MODE
    if stream.mode not in (None, mode):
        raise SlackError("streaming_mode_mismatch")
    if mode == CHUNKS_MODE and not isinstance(chunks, list):
        raise SlackError("invalid_chunks")
    stream.mode = mode


def _check(piece: Any) -> None:
    kind = piece.get("type") if isinstance(piece, dict) else None
    needed = {
        "markdown_text": ("text",),
        "task_update": ("id", "title"),
        "plan_update": ("title",),
        "blocks": (),
    }.get(str(kind))
    if needed is None or any(not isinstance(piece.get(name), str) for name in needed):
        raise SlackError("invalid_chunks")
    if kind == "markdown_text" and len(piece["text"]) > LONGEST_PIECE:
        raise SlackError("msg_too_long")
    if kind == "task_update" and piece.get("status", "pending") not in STATUSES:
        raise SlackError("invalid_chunks")


def _add(slack: Slack, stream: Stream, piece: dict[str, Any]) -> None:
    if piece["type"] == "markdown_text":
        stream.markdown += piece["text"]
    elif piece["type"] == "plan_update":
        stream.plan = piece["title"]
    elif piece["type"] == "blocks":
        blocks = limits_blocks.message_blocks(piece.get("blocks"), slack.ids)
        if len(stream.chunk_blocks) + len(blocks) > MOST_CHUNK_BLOCKS:
            raise SlackError("invalid_blocks", [f"no more than {MOST_CHUNK_BLOCKS} items allowed"])
        stream.chunk_blocks += blocks
    else:
        stream.tasks.setdefault(piece["id"], {}).update(_task(piece))


def _task(piece: dict[str, Any]) -> dict[str, Any]:
    """Return a task chunk as the card that shows it."""
    card = {
        "type": "task_card",
        "task_id": piece["id"],
        "title": piece["title"],
        "status": piece.get("status", "pending"),
    }
    for name in ("details", "output"):
        if piece.get(name):
            section = {"type": "rich_text_section", "elements": [{"type": "text", "text": str(piece[name])}]}
            card[name] = {"type": "rich_text", "elements": [section]}
    if piece.get("sources"):
        card["sources"] = piece["sources"]
    return card
