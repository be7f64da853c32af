"""The digest's form, and its part of App Home."""

from collections.abc import Sequence
from datetime import time
from typing import Any

from bot import blocks, weeks
from bot.blocks import Block
from bot.digest_blocks import off_button
from bot.digest_words import appointment, who
from bot.slack_text import escape
from storage.digests import SubscriptionRow

ABOUT = "What a week of drafts and votes taught the desk, posted in a channel. Anyone in the channel can stop it."
NONE_YET = "No channel has subscribed yet."
LINE = "<#{channel}> · {when} · subscribed by {who}"
MORE = "And {count} more."
ADD, SHOW = "Subscribe a channel", "Show this week's digest"
WEEKDAY, AT = 0, time(9)
MOST_LINES = 20


def modal() -> dict[str, Any]:
    """Which channel gets the digest, and when."""
    days = [(day, str(number)) for number, day in enumerate(weeks.DAYS)]
    filter_ = {"include": ["public", "private"], "exclude_external_shared_channels": True}
    channel = {"type": "conversations_select", "action_id": "value", "filter": filter_}
    at = {"type": "timepicker", "action_id": "value", "initial_time": AT.strftime("%H:%M")}
    return {
        "type": "modal",
        "callback_id": "digest_add",
        "title": blocks.plain("Weekly digest"),
        "submit": blocks.plain("Subscribe"),
        "close": blocks.plain("Cancel"),
        "blocks": [
            {"type": "input", "block_id": "channel", "label": blocks.plain("In which channel?"), "element": channel},
            blocks.select("weekday", "On which day?", days, str(WEEKDAY)),
            {"type": "input", "block_id": "time", "label": blocks.plain("At what time, where you are?"), "element": at},
            blocks.context("I say in the channel that you subscribed it. I must be a member there."),
        ],
    }


def blocks_for(rows: Sequence[SubscriptionRow], user: str) -> list[Block]:
    """The digest's part of App Home, as this person sees it."""
    more = [blocks.context(MORE.format(count=len(rows) - MOST_LINES))] if len(rows) > MOST_LINES else []
    return [
        {"type": "header", "text": blocks.plain("Weekly digest")},
        blocks.context(ABOUT),
        *([_line(row, user) for row in rows[:MOST_LINES]] or [blocks.context(NONE_YET)]),
        *more,
        blocks.actions(
            [blocks.button(ADD, "digest_add", "home"), blocks.button(SHOW, "digest_show", "home")], name="digest"
        ),
    ]


def _line(row: SubscriptionRow, user: str) -> Block:
    """One subscription; a button only for whoever subscribed it, since nobody here knows who is in the channel."""
    when = escape(str(appointment(row)))
    line = blocks.section(LINE.format(channel=row.channel, when=when, who=who(row)))
    return line | ({"accessory": off_button(row.channel)} if row.user == user else {})
