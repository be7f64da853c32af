"""What a click or a form comes to is told to whoever made it, also where nothing new comes of it."""

from collections.abc import Callable

import httpx

from bot import intake, revising, versions
from bot.playground.server import PlaygroundServer
from storage import privacy
from tests.desk_rows import WORKSPACE, at
from tests.fake_engine import FakeEngine
from tests.running_bot import TWEETS, RunningBot
from tests.thread_reading import Message, drafts, ephemerals, opener, shown, wait_for_drafts
from tests.visitor import Visitor

BREWLINE = "/copy tweet for Brewline cold brew, free shipping this week"
StartBot = Callable[..., RunningBot]


def test_whoever_asks_by_a_reason_for_what_is_being_written_is_told(
    start_bot: StartBot, ana: Visitor, ben: Visitor
) -> None:
    engine = FakeEngine(*TWEETS)
    bot = start_bot(engine=engine)
    ana.type(BREWLINE)
    draft = wait_for_drafts(ana, 3)[1]
    ben.wait_for(lambda page: len(drafts(page)) == 3)
    engine.released.clear()
    ana.click(draft, "vote_down")
    ana.fill_and_submit({"reason": "too long", "words": ""})
    ana.wait_for(lambda _: len(bot.rows("SELECT * FROM briefs")) == 2)

    ben.click(draft, "vote_down")
    ben.fill_and_submit({"reason": "too long", "words": ""})

    already = versions.ALREADY.format(version="Shorter version of draft 2")
    ben.wait_for(lambda page: already in ephemerals(page))
    engine.released.set()


def test_a_rewrite_of_a_draft_that_is_gone_is_not_lost_with_its_form(bot: RunningBot, ana: Visitor) -> None:
    ana.type(BREWLINE)
    draft = wait_for_drafts(ana, 3)[0]
    ana.click(draft, "edit")
    ana.wait_for(lambda page: page.view)
    privacy.erase(bot.storage, WORKSPACE, "U0ANA", at(9))

    answer = ana.fill_and_submit({"text": "Brewline ships free."})

    assert answer == {"ok": False, "errors": {"text": revising.ERASED_MEANWHILE}}
    assert bot.rows("SELECT * FROM edits") == []


def test_a_second_click_on_try_again_is_told_and_a_repeated_one_is_not(
    playground: PlaygroundServer, start_bot: StartBot, ana: Visitor
) -> None:
    bot, _, opening = failed(start_bot, ana)
    httpx.post(f"{playground.url}/playground/faults", json={"fault": "duplicate", "times": 3}).raise_for_status()
    ana.click(opening, "retry")
    ana.wait_for(lambda page: len(drafts(page)) == 3)
    assert revising.TRIED_AGAIN not in ephemerals(ana)

    ana.click(opening, "retry")

    ana.wait_for(lambda page: revising.TRIED_AGAIN in ephemerals(page))
    assert len(bot.rows("SELECT * FROM briefs")) == 2
    assert ephemerals(ana).count(revising.TRIED_AGAIN) == 1


def test_who_tries_again_is_told_how_many_are_before(start_bot: StartBot, ana: Visitor) -> None:
    _, engine, opening = failed(start_bot, ana)
    engine.released.clear()
    ana.type(f"{BREWLINE}, once more")

    ana.click(opening, "retry")

    ana.wait_for(lambda page: intake.BEFORE_YOU.format(before="1 brief") in ephemerals(page))
    engine.released.set()


def failed(start_bot: StartBot, ana: Visitor) -> tuple[RunningBot, FakeEngine, Message]:
    """A brief whose opener offers to try again, on a desk that works again."""
    engine = FakeEngine(*TWEETS)
    engine.failure = "The model ran out of memory; ask for fewer variants."
    bot = start_bot(engine=engine)
    ana.type(BREWLINE)
    opening = ana.wait_for(lambda page: (found := opener(page)) and engine.failure in shown(found) and found)
    assert opening
    engine.failure = ""
    return bot, engine, opening
