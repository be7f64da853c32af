"""Slack stumbles: too many requests, errors of its own, a link that drops; no draft is lost."""

from collections.abc import Callable

import httpx
import pytest

from bot.playground.server import PlaygroundServer
from tests.running_bot import RunningBot
from tests.thread_reading import wait_for_drafts
from tests.visitor import Visitor

BREWLINE = "/copy tweet for Brewline cold brew, free shipping this week"


def fault(playground: PlaygroundServer, **body: object) -> None:
    httpx.post(f"{playground.url}/playground/faults", json=body).raise_for_status()


# The SDK itself logs an answer of 500 as an error.
@pytest.mark.logs_errors
@pytest.mark.parametrize("kind", ["429", "500"])
def test_a_refused_post_is_tried_again(playground: PlaygroundServer, bot: RunningBot, ana: Visitor, kind: str) -> None:
    fault(playground, fault=kind, method="chat.postMessage", times=2, retry_after=0)

    ana.type(BREWLINE)

    assert len(wait_for_drafts(ana, 3)) == 3
    assert len([one for one in ana.messages() if "asked for" in one["text"]]) == 1


@pytest.mark.logs_errors
def test_a_brief_waits_while_slack_is_down(
    playground: PlaygroundServer, start_bot: Callable[..., RunningBot], ana: Visitor
) -> None:
    """Six errors are more than the client's own retries: the brief goes back on the queue and is finished later."""
    bot = start_bot()
    fault(playground, fault="500", method="chat.postMessage", times=6)

    ana.type(BREWLINE)

    assert len(wait_for_drafts(ana, 3)) == 3
    assert bot.rows("SELECT attempts FROM briefs")[0]["attempts"] >= 2


def test_the_bot_reconnects_when_slack_asks_it_to(playground: PlaygroundServer, bot: RunningBot, ana: Visitor) -> None:
    fault(playground, fault="disconnect")
    ana.wait_for(lambda page: not page.connected)
    ana.wait_for(lambda page: page.connected)

    ana.type(BREWLINE)

    wait_for_drafts(ana, 3)
