"""An opener that Slack lets nobody change any more: drafts come, briefs wait, and people are told all the same."""

from collections.abc import Callable

import httpx

from bot import delivery
from bot.playground.server import PlaygroundServer
from model.remote import RemoteEngine
from tests.fake_engine import FakeEngine
from tests.model_server import ModelServer
from tests.running_bot import TWEETS, RunningBot, free_port
from tests.thread_reading import drafts, ephemerals
from tests.visitor import Visitor

TWEET = "/copy tweet for Brewline cold brew, free shipping this week"


def freeze(playground: PlaygroundServer, times: int) -> None:
    """Let Slack refuse so many changes of a message."""
    fault = {"fault": "refuse", "method": "chat.update", "error": "edit_window_closed", "times": times}
    httpx.post(f"{playground.url}/playground/faults", json=fault).raise_for_status()


def ended(bot: RunningBot) -> str:
    """How the only brief has ended once the desk is closed."""
    bot.close()
    return str(bot.rows("SELECT status FROM briefs")[0]["status"])


def test_drafts_that_were_delivered_are_not_said_to_have_failed(
    playground: PlaygroundServer, bot: RunningBot, ana: Visitor
) -> None:
    freeze(playground, times=9)

    ana.type(TWEET)

    ana.wait_for(lambda page: len(drafts(page)) == 3)
    assert ended(bot) == "done"
    assert ephemerals(ana) == []


def test_a_brief_waits_for_the_model_server_all_the_same(
    playground: PlaygroundServer, start_bot: Callable[..., RunningBot], ana: Visitor
) -> None:
    """What Slack said about the opener took the place of what the server said, and the brief was given up."""
    port = free_port()
    engine = RemoteEngine(f"http://127.0.0.1:{port}/v1", waits=(0.01,))
    bot = start_bot(remote=engine)
    freeze(playground, times=1)
    ana.type(TWEET)
    ana.wait_for(lambda _: bot.rows("SELECT opener_ts FROM briefs WHERE opener_ts IS NOT NULL"))

    with ModelServer(*TWEETS, port=port):
        ana.wait_for(lambda page: len(drafts(page)) == 3)
        assert ended(bot) == "done"
    engine.close()


def test_who_waits_is_told_why_nothing_comes(
    playground: PlaygroundServer, start_bot: Callable[..., RunningBot], ana: Visitor
) -> None:
    engine = FakeEngine(*TWEETS)
    engine.failure = "The model has no room for this brief; shorten it."
    bot = start_bot(engine=engine)
    freeze(playground, times=9)

    ana.type(TWEET)

    ana.wait_for(lambda page: any(engine.failure in one for one in ephemerals(page)))
    assert ended(bot) == "failed"
    assert delivery.FAILED not in "".join(ephemerals(ana))
