"""Whatever a bot sends, the playground answers in Slack's words and never fails."""

import asyncio
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.playground.arguments import Arguments
from bot.playground.clock import ManualClock, Patience
from bot.playground.errors import RateLimitError, SlackError
from bot.playground.live import page_shape
from bot.playground.manifest import Manifest
from bot.playground.slack import Slack
from bot.playground.web_api import METHODS

WORDS = st.sampled_from(["", "C0LAUNCH", "U0ANA", "D0BEN", "T0PLAY", "1769012345.000000", "section", "modal", "🎉"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 300) | st.floats(allow_nan=False) | WORDS | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["type", "text", "id"]), inner),
    max_leaves=8,
)
CHAT = ("channel", "ts", "thread_ts", "text", "blocks", "metadata", "chunks", "markdown_text", "attachments")
PEOPLE = ("user", "users", "user_id", "recipient_user_id", "recipient_team_id", "cursor", "limit", "types")
OTHERS = ("name", "timestamp", "view", "view_id", "trigger_id", "hash", "files", "channel_id", "filename", "length")
NAMES = st.sampled_from((*CHAT, *PEOPLE, *OTHERS, "status", "prompts", "title", "message_ts", "loading_messages"))


@given(st.sampled_from(sorted(METHODS)), st.dictionaries(NAMES, JSON, max_size=8))
@settings(max_examples=150, deadline=None)
def test_every_call_is_answered_or_refused(method: str, arguments: dict[str, Any]) -> None:
    asyncio.run(call(method, arguments))


async def call(method: str, arguments: dict[str, Any]) -> None:
    slack = Slack(address="http://127.0.0.1:1", clock=ManualClock(), patience=Patience(), manifest=Manifest())
    try:
        METHODS[method].run(slack, Arguments(arguments))
    except (SlackError, RateLimitError):
        assert all(not messages for messages in slack.state.messages.values()), "a refused call changes nothing"
    for messages in slack.state.messages.values():
        assert all(page_shape(message)["ts"] == ts for ts, message in messages.items())
    await slack.stop()
