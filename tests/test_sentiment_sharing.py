"""The result of many comments is shared in the channel where it was asked for, once, and the CSV stays in private."""

import httpx
import pytest

from bot import sentiment_result, sentiment_sharing
from bot.playground.server import PlaygroundServer
from bot.sentiment_actions import GONE
from storage import readings
from tests.many_comments import HOME, LINES, result, send
from tests.running_bot import RunningBot
from tests.thread_reading import Message, ephemerals, shown
from tests.visitor import Visitor

SHARED_BY = sentiment_sharing.SHARED_BY.format(user="U0ANA")


def shared(page: Visitor) -> list[Message]:
    return [one for one in page.messages() if SHARED_BY in shown(one)]


def no_button(page: Visitor, said: str) -> bool:
    message = result(page)
    return said in shown(message) and sentiment_result.SHARE_IT not in str(message["blocks"])


def test_a_result_is_shared_once_with_its_chart_and_without_the_csv(
    playground: PlaygroundServer, bot: RunningBot, ana: Visitor, ben: Visitor
) -> None:
    """Its help spoke of sharing, and there was no button."""
    ana.type(f"/sentiment --aspects food,delivery {LINES}")
    message = result(ana)
    httpx.post(f"{playground.url}/playground/faults", json={"fault": "duplicate", "times": 3}).raise_for_status()

    ana.click(message, sentiment_result.SHARE_IT)

    ben.wait_for(shared)
    ana.wait_for(lambda page: no_button(page, sentiment_sharing.SHARED_IN.format(channel="C0LAUNCH")))
    (posted,) = shared(ben)
    assert "Net sentiment −17" in shown(posted)
    pictures = [one["slack_file"] for one in posted["blocks"] if one["type"] == "image"]
    assert pictures == [one["slack_file"] for one in message["blocks"] if one["type"] == "image"]
    assert len(pictures) == 1
    assert "action_id" not in str(posted["blocks"])
    assert sentiment_result.ROWS_BACK not in shown(posted)
    assert ben.thread("C0LAUNCH", posted["ts"]) == []
    assert sentiment_result.ROWS_BACK in shown(result(ana)), "it is where it was"


def test_a_few_comments_are_shared_as_they_stand(bot: RunningBot, ana: Visitor, ben: Visitor) -> None:
    ana.type("/sentiment Great place\nAwful food")

    ana.click(result(ana), sentiment_result.SHARE_IT)

    ben.wait_for(shared)
    assert "Negative, 90 %: " in shown(shared(ben)[0])


def test_where_the_app_is_no_member_it_says_so_and_may_be_asked_again(
    playground: PlaygroundServer, bot: RunningBot, ana: Visitor
) -> None:
    ana.type(f"/sentiment {LINES}", channel="C0RANDOM")
    message = result(ana)

    for count in (1, 2):
        ana.click(message, sentiment_result.SHARE_IT)
        told = sentiment_sharing.NOT_IN_CHANNEL.format(channel="C0RANDOM")
        ana.wait_for(lambda page: ephemerals(page, HOME).count(told) == count)  # noqa: B023 - waited for here

    assert sentiment_result.SHARE_IT in str(result(ana)["blocks"])


@pytest.mark.parametrize(("channel", "private"), [("C0LAUNCH", []), ("D0ANA", ["yes"])])
def test_what_the_channel_sees_or_nobody_could_has_no_button(
    bot: RunningBot, ana: Visitor, channel: str, private: list[str]
) -> None:
    ana.type("/sentiment", channel=channel)
    ana.wait_for(lambda page: page.view)
    ana.fill_and_submit({"text": LINES, "private": private})

    assert sentiment_result.SHARE_IT not in str(result(ana, channel)["blocks"])


def test_what_is_not_kept_any_more_is_not_shared(bot: RunningBot, ana: Visitor) -> None:
    send(ana, text=LINES)
    message = result(ana)
    with bot.storage.write() as db:
        db.execute("UPDATE readings SET user = '', result = ''")

    ana.click(message, sentiment_result.SHARE_IT)

    ana.wait_for(lambda page: GONE.format(days=readings.KEPT.days) in ephemerals(page, HOME))
    assert shared(ana) == []
