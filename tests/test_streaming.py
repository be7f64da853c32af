"""Long formats are shown while they are written, and nothing of them is lost when the stream breaks."""

from collections.abc import Callable

import httpx

from bot.playground.server import PlaygroundServer
from tests.fake_engine import FakeEngine
from tests.running_bot import RunningBot
from tests.thread_reading import drafts, opener, shown, wait_for_drafts
from tests.visitor import Visitor

ARTICLE = """# Cold brew at home

Brewline cold brew asks for patience and pays it back in the morning. <!channel> should know *this* much.

## Start the night before

Put the grounds into the jar while the kettle is still for supper. Nothing has to boil, so nobody has to wait.

## Keep it cold

A fridge door is good, its coldest shelf is better. Stir once, taste twice, and write down what you liked.

## Pour slowly

Ice first, coffee second. The glass will tell you when to stop, and Brewline is in no hurry.
"""
BLOG = "/copy blog about Brewline cold brew at home"


def test_an_article_is_streamed_and_ends_with_its_buttons(start_bot: Callable[..., RunningBot], ana: Visitor) -> None:
    bot = start_bot(ARTICLE)
    streamed: list[str] = []
    ana.type(BLOG)

    def watch(page: Visitor) -> bool:
        streamed.extend(one["text"] for one in page.messages() if one.get("streaming"))
        found = opener(page)
        return bool(found and "in the thread" in shown(found))

    ana.wait_for(watch)

    draft = drafts(ana)[0]
    assert len(set(streamed)) >= 2, "the words arrive in pieces"
    assert all("<!channel>" not in text for text in streamed)
    assert "Cold brew at home" in shown(draft)
    assert all(line.lstrip("# ") in shown(draft) for line in ARTICLE.splitlines())
    assert draft["blocks"][-1]["type"] == "actions"
    assert bot.rows("SELECT text, ts FROM drafts") == [{"text": ARTICLE.strip(), "ts": draft["ts"]}]


def test_an_article_is_complete_where_streaming_is_refused(
    playground: PlaygroundServer, start_bot: Callable[..., RunningBot], ana: Visitor
) -> None:
    start_bot(ARTICLE)
    fault = {"fault": "refuse", "method": "chat.startStream", "error": "feature_not_enabled", "times": 9}
    httpx.post(f"{playground.url}/playground/faults", json=fault).raise_for_status()

    ana.type(BLOG)

    draft = wait_for_drafts(ana, 1)[0]
    assert all(line.lstrip("# ") in shown(draft) for line in ARTICLE.splitlines())


def test_stopping_an_article_removes_what_was_begun(start_bot: Callable[..., RunningBot], ana: Visitor) -> None:
    engine = FakeEngine(ARTICLE)
    engine.released.clear()
    bot = start_bot(engine=engine)
    ana.type(BLOG)
    opening = ana.wait_for(opener)

    ana.click(opening, "stop")

    ana.wait_for(lambda page: (found := opener(page)) and "Stopped" in shown(found))
    assert bot.rows("SELECT * FROM drafts") == []
