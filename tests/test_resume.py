"""Whatever kills the bot, a brief is finished after the next start, and nothing is lost or shown twice."""

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.__main__ import MANIFEST
from bot.playground import manifest
from bot.playground.server import PlaygroundServer
from tests.fake_engine import FakeEngine
from tests.running_bot import RunningBot
from tests.thread_reading import drafts, opener, shown, wait_for_drafts
from tests.visitor import Visitor

ROOT = Path(__file__).parent.parent
BREWLINE = "/copy tweet for Brewline cold brew, free shipping this week"
StartBot = Callable[..., RunningBot]


@contextmanager
def process(url: str, data: Path) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-m", "tests.bot_process", url, str(data)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None, "asked for"
        assert running.stdout.readline() == "ready\n"
        try:
            yield running
        finally:
            running.kill()


@pytest.mark.parametrize("shown_before", [0, 1, 2])
def test_a_brief_is_finished_after_kill_9_at_any_point(
    playground: PlaygroundServer, start_bot: StartBot, ana: Visitor, data: Path, shown_before: int
) -> None:
    with process(playground.url, data) as running:
        ana.type(BREWLINE)
        ana.wait_for(lambda page: opener(page) and len(drafts(page)) >= shown_before)
        running.send_signal(signal.SIGKILL)
        running.wait()
    ana.wait_for(lambda page: not page.connected)

    bot = start_bot()

    wait_for_drafts(ana, 3)
    rows = bot.rows("SELECT variant, text, ts FROM drafts ORDER BY variant")
    assert [row["variant"] for row in rows] == [1, 2, 3]
    assert all(row["ts"] for row in rows)
    texts = [shown(one).split("\n")[0] for one in drafts(ana)]
    assert set(texts) == {row["text"] for row in rows}
    assert len(texts) <= 4, "one may appear twice, if the kill fell between Slack's answer and our row"


def test_a_draft_that_was_saved_but_not_posted_is_posted(start_bot: StartBot, ana: Visitor) -> None:
    first = start_bot()
    ana.type(BREWLINE)
    third = wait_for_drafts(ana, 3)[2]
    first.close()
    with first.storage.write() as db:
        # What a kill between our row and Slack's answer leaves.
        db.execute("UPDATE drafts SET channel = NULL, ts = NULL WHERE variant = 3")
        db.execute("UPDATE briefs SET status = 'writing'")

    bot = start_bot()

    ana.wait_for(lambda page: len(drafts(page)) == 4)
    bot.close()
    assert bot.engine.requests == []
    assert shown(drafts(ana)[3]).split("\n")[0] == shown(third).split("\n")[0]
    assert [row["ts"] for row in bot.rows("SELECT ts FROM drafts WHERE variant = 3")] == [drafts(ana)[3]["ts"]]


def test_votes_survive_kill_9(playground: PlaygroundServer, start_bot: StartBot, ana: Visitor, data: Path) -> None:
    with process(playground.url, data) as running:
        ana.type(BREWLINE)
        draft = wait_for_drafts(ana, 3)[0]
        ana.react(draft, "+1")
        ana.wait_for(lambda page: "👍 1" in shown(drafts(page)[0]))
        running.send_signal(signal.SIGKILL)
        running.wait()

    bot = start_bot()

    assert bot.rows("SELECT user, value FROM votes") == [{"user": "U0ANA", "value": 1}]


def test_a_reaction_while_the_bot_is_down_is_counted_when_it_is_back(
    playground: PlaygroundServer, start_bot: StartBot, ana: Visitor
) -> None:
    first = start_bot()
    ana.type(BREWLINE)
    draft = wait_for_drafts(ana, 3)[0]
    first.close()
    ana.wait_for(lambda page: not page.connected)
    ana.react(draft, "-1")

    bot = start_bot()

    ana.wait_for(lambda page: "👎 1" in shown(drafts(page)[0]))
    assert bot.rows("SELECT user, value FROM votes") == [{"user": "U0ANA", "value": -1}]


def test_closing_while_writing_puts_the_brief_back_without_counting_an_attempt(
    start_bot: StartBot, ana: Visitor
) -> None:
    engine = FakeEngine("Brewline cold brew ships free this week, and it is good.")
    engine.released.clear()
    first = start_bot(engine=engine)
    ana.type(BREWLINE)
    ana.wait_for(opener)
    first.close()
    assert first.rows("SELECT status, attempts FROM briefs") == [{"status": "queued", "attempts": 0}]

    start_bot()

    assert len(wait_for_drafts(ana, 3)) == 3
    assert len([one for one in ana.messages() if "asked for" in one["text"]]) == 1


def test_an_article_cut_off_by_a_kill_is_written_anew_and_its_stump_removed(start_bot: StartBot, ana: Visitor) -> None:
    stump = "An article that never ends. " * 30
    first = start_bot(stump)
    with first.storage.write() as db:
        assert db is not None
    ana.type("/copy blog about Brewline cold brew")
    wait_for_drafts(ana, 1)
    first.close()
    with first.storage.write() as db:
        # What a kill in the middle of a stream leaves: an unfinished brief and a row without text.
        db.execute("UPDATE drafts SET text = ''")
        db.execute("UPDATE briefs SET status = 'writing'")

    bot = start_bot("# Cold brew\n\nBrewline cold brew is poured slowly. It rests in the fridge.")

    ana.wait_for(lambda page: any("poured slowly" in shown(one) for one in drafts(page)))
    assert len(bot.rows("SELECT * FROM drafts")) == 1
    assert all("never ends" not in shown(one) for one in drafts(ana))


def test_a_brief_of_a_playground_that_is_gone_is_delivered_in_the_new_one(
    start_bot: StartBot, ana: Visitor, data: Path
) -> None:
    """The playground forgets when it ends: a resumed brief's opener and its drafts' thread are not there any more."""
    first = start_bot()
    ana.type(BREWLINE)
    wait_for_drafts(ana, 3)
    first.close()
    with first.storage.write() as db:
        db.execute("UPDATE briefs SET status = 'writing'")
        db.execute("DELETE FROM drafts WHERE variant = 3")

    with PlaygroundServer(manifest=manifest.read(MANIFEST)) as fresh, Visitor(fresh.url) as page:
        second = RunningBot(fresh.url, data)
        found = wait_for_drafts(page, 3)
        second.close()
        opening = opener(page)

    assert opening is not None
    assert {one["thread_ts"] for one in found} == {opening["ts"]}
    assert [row["status"] for row in second.rows("SELECT status FROM briefs")] == ["done"]
