"""Nobody is left without a word: forms that fail, briefs that end before they begin, private drafts, long flags."""

import logging
from typing import Any

import httpx
import pytest
from slack_bolt import BoltRequest
from slack_sdk import WebClient

from bot import blocks, delivery, unforeseen
from bot.playground.server import PlaygroundServer
from tests.running_bot import RunningBot
from tests.thread_reading import Message, ephemerals, opener, shown, wait_for_drafts
from tests.visitor import Visitor

BREWLINE = "/copy tweet for Brewline cold brew, free shipping this week"


def fault(playground: PlaygroundServer, **body: object) -> None:
    httpx.post(f"{playground.url}/playground/faults", json=body).raise_for_status()


def direct(page: Visitor) -> str:
    return next(str(one["id"]) for one in page.channels if one["is_im"])


def break_table(bot: RunningBot, name: str) -> None:
    with bot.storage.write() as db:
        db.execute(f"ALTER TABLE {name} RENAME TO {name}_gone")


def inputs(view: dict[str, Any]) -> list[dict[str, Any]]:
    return [block["element"] for block in view["blocks"] if block.get("element", {}).get("type") == "plain_text_input"]


@pytest.mark.logs_errors
def test_a_form_that_fails_stays_open_and_says_so(bot: RunningBot, ana: Visitor) -> None:
    ana.type("/copy")
    ana.wait_for(lambda page: page.views)
    break_table(bot, "deliveries")

    answer = ana.fill_and_submit({"product": "Brewline cold brew"})

    assert answer == {"ok": False, "errors": {"product": unforeseen.FAILED}}


@pytest.mark.logs_errors
def test_a_command_that_fails_says_so_also_where_the_app_is_no_member(bot: RunningBot, ana: Visitor) -> None:
    break_table(bot, "deliveries")

    ana.type(BREWLINE, channel="C0RANDOM")

    ana.wait_for(lambda page: ephemerals(page, "C0RANDOM") == [unforeseen.FAILED])


@pytest.mark.logs_errors
@pytest.mark.parametrize(("action", "table"), [("vote_up", "votes"), ("edit", "edits"), ("share", "deliveries")])
def test_a_button_that_fails_says_so_before_and_after_it_is_acknowledged(
    bot: RunningBot, ana: Visitor, caplog: pytest.LogCaptureFixture, action: str, table: str
) -> None:
    ana.type(BREWLINE)
    draft = wait_for_drafts(ana, 3)[0]
    break_table(bot, table)

    ana.click(draft, action)

    ana.wait_for(lambda page: unforeseen.FAILED in ephemerals(page))
    found = [one.getMessage() for one in caplog.records if one.levelno >= logging.ERROR and one.name.startswith("bot.")]
    assert found == [f"A listener failed on {action}."]


@pytest.mark.logs_errors
def test_what_is_acknowledged_is_not_answered_again() -> None:
    """Bolt takes no answer then: it asserts that there is one to change."""
    request = BoltRequest(body={"type": "block_actions"}, mode="socket_mode")

    assert unforeseen.answer(ValueError("a fault"), request, None, WebClient()) is None


@pytest.mark.logs_errors
def test_a_message_that_fails_says_so(bot: RunningBot, ana: Visitor) -> None:
    break_table(bot, "deliveries")

    ana.type("tweet for Brewline cold brew", channel=direct(ana))

    ana.wait_for(lambda page: unforeseen.FAILED in ephemerals(page, direct(page)))


@pytest.mark.logs_errors
def test_a_brief_that_fails_before_its_opener_is_told_with_a_way_to_try_again(
    playground: PlaygroundServer, bot: RunningBot, ana: Visitor
) -> None:
    fault(playground, fault="refuse", method="chat.postMessage", error="msg_blocks_too_long", times=1)
    ana.type(BREWLINE)
    told = ana.wait_for(lambda page: next((one for one in page.messages() if one.get("ephemeral")), None))
    assert told is not None
    product = "tweet for Brewline cold brew, free shipping this week"
    assert told["text"] == delivery.NEVER_BEGUN.format(brief=product, failed=delivery.FAILED)

    ana.click(told, "retry")

    assert len(wait_for_drafts(ana, 3)) == 3


@pytest.mark.logs_errors
def test_a_message_whose_brief_fails_is_answered_in_the_direct_message(
    playground: PlaygroundServer, bot: RunningBot, ana: Visitor
) -> None:
    fault(playground, fault="refuse", method="chat.postMessage", error="msg_blocks_too_long", times=1)

    ana.type("tweet for Brewline cold brew", channel=direct(ana))

    told = ana.wait_for(lambda page: [one for one in page.messages(direct(page)) if delivery.FAILED in one["text"]])
    assert "ephemeral" not in told[0]


def test_a_brief_stopped_while_it_waits_again_says_so_on_its_opener(bot: RunningBot, ana: Visitor) -> None:
    ana.type(BREWLINE)
    wait_for_drafts(ana, 3)
    bot.desk.close()
    with bot.storage.write() as db:
        # As after an attempt that Slack did not let end: nobody writes it, and its opener stands.
        db.execute("UPDATE briefs SET status = 'queued'")
        brief = next(db.query("SELECT id FROM briefs"))["id"]

    assert bot.desk.cancel(brief)

    ended = ana.wait_for(lambda page: (found := opener(page)) and "Stopped. 3 drafts" in shown(found) and found)
    assert ended["blocks"][-1]["elements"][0]["action_id"] == "retry"


@pytest.mark.parametrize("how", ["/copy", "@copydesk"])
def test_who_asks_in_a_channel_for_private_drafts_is_told_where_they_are(
    bot: RunningBot, ana: Visitor, ben: Visitor, how: str
) -> None:
    ana.type(f"{BREWLINE.replace('/copy', how)} --private")

    told = ana.wait_for(lambda page: next((one for one in page.messages() if one.get("ephemeral")), None))

    assert told is not None
    opening = opener(ana, direct(ana))
    assert opening is not None
    link = f"/archives/{direct(ana)}/p{opening['ts'].replace('.', '')}|direct messages>."
    assert told["text"].startswith(delivery.IN_DIRECT_MESSAGES.split("<")[0])
    assert told["text"].endswith(link)
    assert len(wait_for_drafts(ana, 3, direct(ana))) == 3
    assert ephemerals(ben) == []


def test_private_drafts_from_the_direct_message_need_no_link(bot: RunningBot, ana: Visitor) -> None:
    ana.type("tweet for Brewline cold brew, free shipping this week --private", channel=direct(ana))

    wait_for_drafts(ana, 3, direct(ana))

    assert not [one for one in ana.messages(direct(ana)) if "our <" in one["text"]]


@pytest.mark.parametrize("flag", ["audience", "tone", "must-say", "must-not-say"])
def test_a_form_that_begins_with_a_long_flag_is_opened_and_keeps_it(bot: RunningBot, ana: Visitor, flag: str) -> None:
    ana.type(f'/copy linkedin --{flag} "{"people who like tea and " * 60}"')

    view = ana.wait_for(lambda page: page.view)

    assert all(len(one.get("initial_value", "")) <= one["max_length"] <= 3000 for one in inputs(view))
    answer = ana.fill_and_submit({"product": "Brewline cold brew"})
    assert answer == {"ok": True}
    wait_for_drafts(ana, 3)
    assert ("people who like tea and " * 59) in str(
        bot.rows("SELECT audience, tone, must_say, must_not_say FROM briefs")
    )


def test_a_field_never_begins_with_more_than_a_field_takes() -> None:
    element: Message = blocks.text_input("text", "Text", max_length=100, initial_value="x" * 5000)["element"]

    assert (len(element["initial_value"]), element["max_length"]) == (3000, 3000)
