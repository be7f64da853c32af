"""App Home shows the last seven days as a digest would, to whoever asks and to nobody else."""

import httpx

from bot import digest_chart, digest_home
from bot.playground.server import PlaygroundServer
from tests.running_bot import RunningBot
from tests.thread_reading import drafts, shown, wait_for_drafts
from tests.visitor import Visitor

BREWLINE = "/copy tweet for Brewline cold brew, free shipping this week"


def ask(page: Visitor) -> None:
    page.open_home()
    page.click(page.wait_for(lambda visitor: visitor.home), "digest_show")


def test_a_person_sees_this_weeks_digest_as_slack_would_show_it(bot: RunningBot, ana: Visitor, ben: Visitor) -> None:
    ana.type(BREWLINE)
    ana.click(wait_for_drafts(ana, 3)[0], "vote_up")
    ana.wait_for(lambda page: "👍 1" in shown(drafts(page)[0]))

    ask(ana)

    view = ana.wait_for(lambda page: next((one for one in page.views if digest_home.ABOUT in shown(one)), None))
    text = shown(view)
    assert "The copy desk's week, " in text
    assert "👍 1 · 👎 0" in text
    assert "see it" in text, "the channel of the draft is open to all"
    assert f"{digest_chart.APPROVAL}, {digest_chart.HOW}.\n" in text
    assert "100 % (" in text.split(digest_chart.HOW)[1].split(digest_home.ABOUT)[0]
    assert "digest_off" not in str(view)
    assert ben.views == []


def test_when_slack_stumbles_the_modal_says_so(playground: PlaygroundServer, bot: RunningBot, ana: Visitor) -> None:
    ana.type(BREWLINE)
    ana.click(wait_for_drafts(ana, 3)[0], "vote_up")
    ana.wait_for(lambda page: "👍 1" in shown(drafts(page)[0]))
    asked = {"fault": "refuse", "method": "conversations.info", "error": "internal_error", "times": 9}
    httpx.post(f"{playground.url}/playground/faults", json=asked).raise_for_status()

    ask(ana)

    ana.wait_for(lambda page: [one for one in page.views if digest_home.NOT_NOW in shown(one)])
