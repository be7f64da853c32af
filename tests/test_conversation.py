"""A direct message or a mention is a brief too."""

from typing import Any

import pytest

from bot import brief, conversation
from tests.running_bot import RunningBot
from tests.thread_reading import drafts, wait_for_drafts
from tests.thread_reading import opener as opener_of
from tests.visitor import Visitor


def test_a_direct_message_is_a_brief(bot: RunningBot, ana: Visitor) -> None:
    channel = next(one["id"] for one in ana.channels if one["is_im"])
    sent: dict[str, Any] = ana.type("tweet for Brewline cold brew, free shipping this week", channel=channel)

    found = wait_for_drafts(ana, 3, channel)

    assert {draft["thread_ts"] for draft in found} == {sent["ts"]}


def test_a_mention_is_a_brief(bot: RunningBot, ana: Visitor) -> None:
    ana.type("@copydesk tweet for Brewline cold brew, free shipping this week")

    assert len(wait_for_drafts(ana, 3)) == 3


@pytest.mark.parametrize("flag", ["format", "brand"])
def test_what_was_typed_is_said_back_without_mentioning_anybody(bot: RunningBot, ana: Visitor, flag: str) -> None:
    ana.type(f"@copydesk tweet for tea --{flag} <!channel>")

    ana.wait_for(lambda page: any(f"the {flag} '&lt;!channel&gt;'" in one["text"] for one in page.messages()))


def test_a_private_mention_is_not_answered_in_public(bot: RunningBot, ana: Visitor) -> None:
    ana.type("Hey @copydesk tweet for Brewline cold brew, free shipping this week --private")
    channel = next(one["id"] for one in ana.channels if one["is_im"])

    wait_for_drafts(ana, 3, channel)

    assert drafts(ana, "C0LAUNCH") == []
    assert opener_of(ana, "C0LAUNCH") is None
    product = "Hey tweet for Brewline cold brew, free shipping this week"
    assert bot.rows("SELECT product FROM briefs") == [{"product": product}]


def test_a_greeting_is_answered_with_an_example(bot: RunningBot, ana: Visitor) -> None:
    channel = next(one["id"] for one in ana.channels if one["is_im"])
    ana.type("hello", channel=channel)

    greeting = conversation.GREETING.format(example=brief.EXAMPLE)
    ana.wait_for(lambda page: any(one["text"] == greeting for one in page.messages(channel)))
    assert bot.rows("SELECT * FROM briefs") == []


def test_a_reply_in_a_thread_of_the_direct_message_is_a_brief(bot: RunningBot, ana: Visitor) -> None:
    """Slack's own view of an agent puts all that is said to it into threads; none of it was answered."""
    channel = next(one["id"] for one in ana.channels if one["is_im"])
    sent = ana.type("hello", channel=channel)
    ana.wait_for(lambda page: len(page.messages(channel)) == 2)

    ana.type("Brewline cold brew, free shipping this week", channel=channel, thread_ts=sent["ts"])

    assert {draft["thread_ts"] for draft in wait_for_drafts(ana, 3, channel)} == {sent["ts"]}


def test_a_reply_below_drafts_is_taken_for_a_wish_unless_it_names_a_format(bot: RunningBot, ana: Visitor) -> None:
    channel = next(one["id"] for one in ana.channels if one["is_im"])
    sent = ana.type("tweet for Brewline cold brew, free shipping this week", channel=channel)
    wait_for_drafts(ana, 3, channel)
    ana.type("the second one, but shorter", channel=channel, thread_ts=sent["ts"])
    told = conversation.ABOUT_A_DRAFT.format(example=brief.EXAMPLE)
    ana.wait_for(lambda page: any(one["text"] == told for one in page.thread(channel, sent["ts"])))
    assert len(bot.rows("SELECT * FROM briefs")) == 1

    ana.type("linkedin post for Brewline cold brew, free shipping", channel=channel, thread_ts=sent["ts"])

    assert len(wait_for_drafts(ana, 6, channel)) == 6
    assert {draft["thread_ts"] for draft in drafts(ana, channel)} == {sent["ts"]}
