"""What people do with drafts besides voting: edit, share, stop, and the App Home."""

from collections.abc import Callable
from datetime import datetime

import httpx

from bot import blocks, home, revising
from bot.playground.server import PlaygroundServer
from storage import drafts as kept
from storage.hourly import MOST_AN_HOUR
from tests.desk_rows import add_brief, add_draft
from tests.fake_engine import FakeEngine
from tests.running_bot import RunningBot
from tests.thread_reading import drafts, ephemerals, opener, shown, wait_for_drafts
from tests.visitor import Visitor

BREWLINE = "/copy tweet for Brewline cold brew, free shipping this week"


def test_an_edit_replaces_what_the_message_shows_and_keeps_the_draft(bot: RunningBot, ana: Visitor) -> None:
    ana.type(BREWLINE)
    draft = wait_for_drafts(ana, 3)[0]
    ana.click(draft, "edit")

    ana.fill_and_submit({"text": "Brewline ships 12 bottles free this week."})

    edited = ana.wait_for(lambda page: next((one for one in drafts(page) if "edited by" in shown(one)), None))
    assert edited is not None
    assert "Brewline ships 12 bottles free this week." in shown(edited)
    assert "41 of 280" in shown(edited)
    assert "12" in shown(edited).split("✗")[1], "an edit is checked like a draft"
    assert bot.rows("SELECT user, text FROM edits") == [
        {"user": "U0ANA", "text": "Brewline ships 12 bottles free this week."}
    ]
    assert "12 bottles" not in bot.rows("SELECT text FROM drafts WHERE variant = 1")[0]["text"]


def test_an_empty_edit_is_refused_and_the_first_words_can_come_back(bot: RunningBot, ana: Visitor) -> None:
    ana.type(BREWLINE)
    draft = wait_for_drafts(ana, 3)[0]
    original = bot.rows("SELECT text FROM drafts WHERE variant = 1")[0]["text"]
    ana.click(draft, "edit")
    refused = ana.fill_and_submit({"text": "   "})
    ana.fill_and_submit({"text": "Something else altogether, from Brewline."})
    ana.wait_for(lambda page: "Something else" in shown(drafts(page)[0]) and not page.views)
    ana.click(draft, "edit")
    ana.fill_and_submit({"text": original})

    ana.wait_for(lambda page: original in shown(drafts(page)[0]))

    assert refused == {"ok": False, "errors": {"text": revising.EMPTY_EDIT}}
    assert bot.rows("SELECT text FROM edits") == [{"text": original}]


def test_more_rewrites_than_an_hour_allows_are_refused_in_the_form_and_a_standing_one_can_be_changed(
    bot: RunningBot, ana: Visitor
) -> None:
    ana.type(BREWLINE)
    first, second = wait_for_drafts(ana, 3)[:2]
    ana.click(first, "edit")
    ana.fill_and_submit({"text": "Brewline ships free."})
    now = datetime.fromisoformat(bot.rows("SELECT at FROM edits")[0]["at"])
    with bot.storage.write() as db:
        brief = add_brief(db, "earlier")
        for variant in range(2, MOST_AN_HOUR + 1):
            kept.save_edit(db, add_draft(db, brief, variant), user="U0ANA", text="Mine.", at=now)
    ana.wait_for(lambda page: not page.views)

    ana.click(second, "edit")
    refused = ana.fill_and_submit({"text": "Free, says Brewline."})
    ana.close_view()
    ana.wait_for(lambda page: not page.views)
    ana.click(first, "edit")
    changed = ana.fill_and_submit({"text": "Brewline ships free!"})

    assert f"you have rewritten {MOST_AN_HOUR} drafts within an hour" in refused["errors"]["text"]
    assert changed["ok"]
    assert bot.rows("SELECT text FROM edits WHERE text LIKE '%Brewline%'") == [{"text": "Brewline ships free!"}]


def test_more_shares_and_marks_than_an_hour_allows_are_refused_and_told(bot: RunningBot, ana: Visitor) -> None:
    ana.type(BREWLINE)
    first, second = wait_for_drafts(ana, 3)[:2]
    ana.click(first, "share")
    ana.wait_for(lambda page: [one for one in page.messages() if "shared by" in shown(one)])
    now = datetime.fromisoformat(bot.rows("SELECT at FROM uses")[0]["at"])
    names = [row["id"] for row in bot.rows("SELECT id FROM drafts ORDER BY variant")]
    with bot.storage.write() as db:
        brief = add_brief(db, "earlier")
        for variant in range(2, MOST_AN_HOUR + 1):
            kept.save_shipment(db, add_draft(db, brief, variant), user="U0ANA", at=now)

    ana.click(second, "share")
    ana.wait_for(lambda page: len(told(page)) == 1)
    ana.click(second, "ship", f"ship:{names[1]}")
    ana.wait_for(lambda page: len(told(page)) == 2)
    ana.click(first, "ship", f"ship:{names[0]}")
    ana.wait_for(lambda page: any("shipped by" in shown(one) for one in drafts(page)))

    assert f"you have shared or marked {MOST_AN_HOUR} drafts within an hour" in told(ana)[0]
    assert len([one for one in ana.messages() if "shared by" in shown(one)]) == 1
    assert bot.rows("SELECT shared, shipped FROM uses WHERE draft = ?", [names[0]]) == [{"shared": 1, "shipped": 1}]
    assert bot.rows("SELECT * FROM uses WHERE draft = ?", [names[1]]) == []


def told(page: Visitor) -> list[str]:
    return [text for text in ephemerals(page) if text.startswith("That isn't done")]


def test_sharing_twice_is_one_post(bot: RunningBot, ana: Visitor) -> None:
    ana.type(BREWLINE)
    first, second = wait_for_drafts(ana, 3)[:2]
    for draft in (first, first, second):
        ana.click(draft, "share")

    ana.wait_for(lambda page: len([one for one in page.messages() if "shared by" in shown(one)]) == 2)
    assert len(bot.rows("SELECT * FROM uses")) == 2


def test_a_shared_draft_goes_to_the_channel_with_who_shared_it(bot: RunningBot, ana: Visitor, ben: Visitor) -> None:
    ana.type(BREWLINE)
    draft = wait_for_drafts(ana, 3)[1]

    ben.wait_for(lambda page: len(drafts(page)) == 3)
    ben.click(draft, "share")

    shared = ana.wait_for(lambda page: next((one for one in page.messages() if "shared by" in shown(one)), None))
    assert shared is not None
    assert "thread_ts" not in shared
    assert "<@U0BEN>" in shown(shared)
    assert shown(draft).split("\n")[0] in shown(shared)
    assert [row["user"] for row in bot.rows("SELECT user FROM uses")] == ["U0BEN"]


def test_taste_learns_from_a_share_at_once(bot: RunningBot, ana: Visitor) -> None:
    ana.type(BREWLINE)
    draft = wait_for_drafts(ana, 3)[0]

    ana.click(draft, "share")

    def is_learnt(page: Visitor) -> bool:
        page.type("/copy taste")
        return any("Learnt from 1 " in shown(one) for one in page.messages())

    ana.wait_for(is_learnt)


def test_a_share_that_slack_refuses_is_no_use_and_can_be_tried_again(
    playground: PlaygroundServer, bot: RunningBot, ana: Visitor
) -> None:
    ana.type(BREWLINE)
    draft = wait_for_drafts(ana, 3)[0]
    asked = {"fault": "refuse", "method": "chat.postMessage", "error": "msg_too_long", "times": 1}
    httpx.post(f"{playground.url}/playground/faults", json=asked).raise_for_status()
    ana.click(draft, "share")
    ana.wait_for(lambda page: revising.NOT_SHARED.format(variant=1) in ephemerals(page))
    assert bot.rows("SELECT * FROM uses") == []

    ana.click(draft, "share")

    ana.wait_for(lambda page: [one for one in page.messages() if "shared by" in shown(one)])
    assert [row["shared"] for row in bot.rows("SELECT shared FROM uses")] == [1]


def test_stop_ends_the_writing_within_a_step(start_bot: Callable[..., RunningBot], ana: Visitor) -> None:
    engine = FakeEngine("Brewline cold brew ships free this week, and it is good.")
    engine.released.clear()
    bot = start_bot(engine=engine)
    ana.type(BREWLINE)
    opening = ana.wait_for(opener)

    ana.click(opening, "stop")

    ana.wait_for(lambda page: (found := opener(page)) and "Stopped" in shown(found))
    assert drafts(ana) == []
    assert [row["status"] for row in bot.rows("SELECT status FROM briefs")] == ["cancelled"]


def test_model_output_is_shown_as_text_and_never_acted_on(start_bot: Callable[..., RunningBot], ana: Visitor) -> None:
    nasty = "Brewline <!channel> *bold* <@U0BEN> <https://evil.test|click> :tada: ships free this week."
    start_bot(nasty)
    ana.type(BREWLINE)

    draft = wait_for_drafts(ana, 3)[0]

    assert draft["blocks"][0] == {
        "type": "rich_text",
        "block_id": draft["blocks"][0]["block_id"],
        "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": nasty}]}],
    }
    assert "<!channel>" not in draft["text"]
    assert "<@U0BEN>" not in draft["text"]
    assert "<https://evil.test" not in draft["text"]


def test_app_home_shows_the_newest_briefs_and_opens_the_form(bot: RunningBot, ana: Visitor) -> None:
    ana.type(BREWLINE)
    wait_for_drafts(ana, 3)
    ana.open_home()

    view = ana.wait_for(lambda page: page.home)
    assert view is not None
    assert "Brewline" in shown(view)
    ana.click(view, "write")

    form = ana.wait_for(lambda page: page.view)
    assert form["title"]["text"] == "Ask for copy"


def test_app_home_of_a_newcomer_says_what_to_do(bot: RunningBot, ana: Visitor) -> None:
    ana.open_home()

    view = ana.wait_for(lambda page: page.home)

    assert view is not None
    assert home.NOTHING_YET in shown(view)


def test_every_button_has_a_label_and_a_name_for_screen_readers(bot: RunningBot, ana: Visitor) -> None:
    ana.type(BREWLINE)

    rows = [row for draft in wait_for_drafts(ana, 3) for row in draft["blocks"][-2:]]
    buttons = [one for row in rows for one in row["elements"] if one["type"] == "button"]

    assert all(one["text"]["text"] and 0 < len(one["accessibility_label"]) <= 75 for one in buttons)
    assert blocks.UP in buttons[0]["accessibility_label"]
