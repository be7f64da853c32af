"""Long formats are shown while they are written, and nothing of them is lost when the stream breaks."""

from collections.abc import Callable, Iterator

import httpx
import pytest
from slack_sdk import WebClient

from bot import delivery, local_slack
from bot.playground.server import PlaygroundServer
from bot.reaching import RETRIES
from model.generation import Event, Request
from tests.fake_engine import FakeEngine, FakeStream
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


@pytest.mark.logs_errors  # the SDK itself logs an answer of 500 as an error
@pytest.mark.parametrize("method", ["chat.startStream", "chat.appendStream"])
def test_an_article_is_written_once_though_slack_is_out_of_reach_for_a_while(
    playground: PlaygroundServer, start_bot: Callable[..., RunningBot], ana: Visitor, method: str
) -> None:
    """What was written so far was thrown away, and the article begun anew from its first word."""
    bot = start_bot(ARTICLE)
    fault = {"fault": "500", "method": method, "times": RETRIES + 1}
    httpx.post(f"{playground.url}/playground/faults", json=fault).raise_for_status()

    ana.type(BLOG)

    (draft,) = wait_for_drafts(ana, 1, seconds=30)
    bot.close()
    assert all(line.lstrip("# ") in shown(draft) for line in ARTICLE.splitlines())
    assert draft["blocks"][-1]["type"] == "actions"
    assert len([one for one in bot.engine.requests if one.n == 1]) == 1
    assert bot.rows("SELECT attempts FROM briefs") == [{"attempts": 1}]
    assert bot.rows("SELECT text, ts FROM drafts") == [{"text": ARTICLE.strip(), "ts": draft["ts"]}]


def test_stopping_an_article_before_its_first_word_leaves_nothing(
    start_bot: Callable[..., RunningBot], ana: Visitor
) -> None:
    engine = FakeEngine(ARTICLE)
    engine.released.clear()
    bot = start_bot(engine=engine)
    ana.type(BLOG)
    opening = ana.wait_for(opener)

    ana.click(opening, "stop")

    ana.wait_for(lambda page: (found := opener(page)) and "Stopped" in shown(found))
    assert bot.rows("SELECT * FROM drafts") == []


class TitleStream(FakeStream):
    """Sends a title, and has the next words ready when somebody stops it."""

    def __iter__(self) -> Iterator[Event]:
        yield Event(0, "# Cold brew at home")
        self.cancelled.wait(10)
        yield Event(0, "", "cancelled")


class TitleEngine(FakeEngine):
    """Has no outline, and of an article nothing but its title."""

    def submit(self, request: Request) -> FakeStream:
        if request.n > 1:
            return super().submit(request)
        return TitleStream(self, list(self.scripts[0][0]), "stop")


def test_the_first_words_are_shown_at_once(start_bot: Callable[..., RunningBot], ana: Visitor) -> None:
    """Slack's library holds back 256 characters, so that an article's title was not seen before its first paragraph."""
    start_bot(engine=TitleEngine(ARTICLE))
    ana.type(BLOG)

    ana.wait_for(lambda page: any(one.get("streaming") and "at home" in one["text"] for one in page.messages()))

    ana.click(ana.wait_for(opener), "stop")
    ana.wait_for(lambda page: (found := opener(page)) and "Stopped" in shown(found))


class HalfStream(FakeStream):
    """Sends half of its words and no more, as a slow model would."""

    def __iter__(self) -> Iterator[Event]:
        words = self.texts[0].split(" ")
        for word in words[: len(words) // 2]:
            yield Event(0, f"{word} ")
        self.cancelled.wait(10)
        yield Event(0, "", "cancelled")


class HalfEngine(FakeEngine):
    """Has no outline, and never comes to the end of an article."""

    def submit(self, request: Request) -> FakeStream:
        if request.n > 1:
            return super().submit(request)
        self.requests.append(request)
        return HalfStream(self, list(self.scripts[0][0]), "stop")


def half_an_article(page: Visitor) -> bool:
    return any("patience" in one["text"] for one in page.messages() if one.get("streaming"))


def test_stopping_an_article_keeps_what_was_read_of_it(start_bot: Callable[..., RunningBot], ana: Visitor) -> None:
    bot = start_bot(engine=HalfEngine(ARTICLE))
    ana.type(BLOG)
    ana.wait_for(half_an_article)
    opening = opener(ana)
    assert opening is not None

    ana.click(opening, "stop")

    ana.wait_for(lambda page: (found := opener(page)) and delivery.STOPPED.format(count="1 draft") in shown(found))
    draft = drafts(ana)[0]
    assert not draft.get("streaming")
    assert draft["blocks"][-1]["type"] == "actions"
    assert "patience" in shown(draft)
    assert "✗" in shown(draft), "it says that it is cut off"
    row = bot.rows("SELECT text, model, ts FROM drafts")[0]
    assert ARTICLE.startswith(row["text"])
    assert (row["model"], row["ts"]) == ("fake", draft["ts"])


def test_an_article_cut_off_by_a_closing_desk_is_written_anew(
    start_bot: Callable[..., RunningBot], ana: Visitor
) -> None:
    first = start_bot(engine=HalfEngine(ARTICLE))
    ana.type(BLOG)
    ana.wait_for(half_an_article)
    first.close()
    assert first.rows("SELECT * FROM drafts") == []

    bot = start_bot(ARTICLE)

    wait_for_drafts(ana, 1)
    assert bot.rows("SELECT text FROM drafts") == [{"text": ARTICLE.strip()}]


def test_an_article_whose_stream_was_open_when_the_process_died_gets_its_buttons(
    playground: PlaygroundServer, start_bot: Callable[..., RunningBot], ana: Visitor
) -> None:
    """A kill between the row's completion and the stream's end left a message without buttons for good."""
    first = start_bot(ARTICLE)
    ana.type(BLOG)
    article = wait_for_drafts(ana, 1)[0]
    first.close()
    bare = [block for block in article["blocks"] if block["type"] != "actions"]
    client = WebClient(token=local_slack.BOT_TOKEN, base_url=f"{playground.url}/api/")
    client.chat_update(channel=article["channel"], ts=article["ts"], text=article["text"], blocks=bare)
    ana.wait_for(lambda page: drafts(page)[0]["blocks"][-1]["type"] != "actions")
    with first.storage.write() as db:
        db.execute("UPDATE briefs SET status = 'writing'")

    bot = start_bot(ARTICLE)

    ana.wait_for(lambda page: drafts(page)[0]["blocks"][-1]["type"] == "actions")
    bot.close()
    assert bot.engine.requests == []
    assert [one["ts"] for one in drafts(ana)] == [article["ts"]]
