"""A draft that went out is marked as shipped by whoever knows, seen by all, and the mark can be taken back."""

from bot import blocks, revising
from tests.running_bot import RunningBot
from tests.thread_reading import drafts, ephemerals, shown, wait_for_drafts
from tests.visitor import Visitor

BREWLINE = "/copy tweet for Brewline cold brew, free shipping this week"


def first(bot: RunningBot) -> str:
    return str(bot.rows("SELECT id FROM drafts WHERE variant = 1")[0]["id"])


def test_a_draft_is_marked_as_shipped_and_the_mark_is_taken_back(bot: RunningBot, ana: Visitor, ben: Visitor) -> None:
    ana.type(BREWLINE)
    draft = wait_for_drafts(ana, 3)[0]
    ana.click(draft, "share")
    ana.click(draft, "ship", f"ship:{first(bot)}")

    marked = ana.wait_for(lambda page: next((one for one in drafts(page) if "shipped by" in shown(one)), None))
    assert marked is not None
    assert "shipped by <@U0ANA>" in shown(marked)
    ana.wait_for(lambda page: revising.SHIPPED.format(variant=1) in ephemerals(page))
    ben.wait_for(lambda page: any("shipped by" in shown(one) for one in drafts(page)))
    ben.click(marked, "ship", f"unship:{first(bot)}")
    ben.wait_for(lambda page: revising.NOT_YOURS.format(variant=1, user="U0ANA") in ephemerals(page))
    assert bot.rows("SELECT user, shared, shipped FROM uses") == [{"user": "U0ANA", "shared": 1, "shipped": 1}]

    ana.click(marked, "ship", f"unship:{first(bot)}")

    ana.wait_for(lambda page: "shipped by" not in shown(drafts(page)[0]))
    assert bot.rows("SELECT user, shared, shipped FROM uses") == [{"user": "U0ANA", "shared": 1, "shipped": 0}]


def test_in_private_the_mark_is_a_button(bot: RunningBot, ana: Visitor) -> None:
    ana.type(f"{BREWLINE} --private")
    channel = next(one["id"] for one in ana.channels if one["is_im"])
    draft = wait_for_drafts(ana, 3, channel)[0]

    ana.click(draft, "ship")

    ana.wait_for(lambda page: blocks.UNSHIP in shown(drafts(page, channel)[0]))
    assert "shipped by <@U0ANA>" in shown(drafts(ana, channel)[0])
    ana.click(drafts(ana, channel)[0], "ship")
    ana.wait_for(lambda page: blocks.UNSHIP not in shown(drafts(page, channel)[0]))
    assert bot.rows("SELECT * FROM uses") == []
