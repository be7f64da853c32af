"""The "Make it…" menu under a draft: a new version in the same thread, named for what it is."""

from collections.abc import Callable

import httpx
import pytest

from bot import blocks, intake, make_it, revising, versions
from bot.playground.server import PlaygroundServer
from model.formats import FORMATS
from tests.fake_engine import FakeEngine
from tests.running_bot import TWEETS, RunningBot
from tests.thread_reading import Message, drafts, ephemerals, opener, shown, wait_for_drafts
from tests.visitor import Visitor

BREWLINE = "/copy tweet for Brewline cold brew, free shipping this week"
SHORTER = (
    "Brewline cold brew. Free shipping this week. Order now.",
    "Free shipping on Brewline cold brew this week only.",
)
LINKEDIN = (
    "Some weeks are long. Brewline cold brew ships free this week, so the next long one can start well. Order here.",
    "We pay the postage this week: every Brewline cold brew ships free. Try it with your team.",
)
StartBot = Callable[..., RunningBot]


@pytest.fixture
def draft(bot: RunningBot, ana: Visitor) -> Message:
    ana.type(BREWLINE)
    return wait_for_drafts(ana, 3)[1]


def pick(page: Visitor, draft: Message, kind: str) -> dict[str, object]:
    """Choose from a draft's menu as it stands now; the menu's block has another id after each choice."""
    now = next(one for one in page.messages(draft["channel"]) if one["ts"] == draft["ts"])
    return page.click(now, "make_it", f"{kind}:{draft['metadata']['event_payload']['draft']}")


def picked(page: Visitor, draft: Message, times: int) -> bool:
    now = next(one for one in page.messages(draft["channel"]) if one["ts"] == draft["ts"])
    return bool(now["blocks"][-1]["block_id"] == f"work-{times}")


def new(page: Visitor, count: int = 2, before: int = 3) -> list[Message]:
    return wait_for_drafts(page, before + count)[before:]


def test_the_menu_offers_every_version_and_keeps_to_slacks_limits(draft: Message) -> None:
    menu = next(one for one in draft["blocks"][-1]["elements"] if one["action_id"] == "make_it")

    labels = [option["text"]["text"] for option in menu["options"]]
    assert labels == [label for label, _ in blocks.MENU]
    assert all(len(option["value"]) <= 150 for option in menu["options"])
    assert {kind for _, kind in blocks.MENU} > set(make_it.FIELDS)


def test_a_shorter_version_comes_in_the_thread_and_is_called_so(bot: RunningBot, ana: Visitor, draft: Message) -> None:
    bot.engine.script(SHORTER)

    assert pick(ana, draft, "shorter") == {"ok": True}

    found = new(ana)
    assert {one["thread_ts"] for one in found} == {draft["thread_ts"]}
    assert {shown(one).split("\n")[0] for one in found} == set(SHORTER)
    assert "Shorter version of draft 2 · 1 of 2 · " in shown(found[0])
    assert found[0]["text"].startswith("Draft 1 of 2 (shorter version of draft 2): ")
    opening = opener(ana)
    assert opening is not None
    assert opening["text"] == "<@U0ANA> asked for a shorter version of draft 2"
    old = bot.rows("SELECT characters FROM drafts WHERE variant = 2")[0]["characters"]
    assert f"At most {int(old * 0.8)} characters" in shown(opening)
    row = bot.rows("SELECT * FROM briefs WHERE redesign_of IS NOT NULL")[0]
    assert (row["revision"], row["variants"], row["product"]) == (
        "shorter",
        2,
        bot.rows("SELECT product FROM briefs")[0]["product"],
    )


def test_a_version_that_is_not_shorter_says_so(bot: RunningBot, ana: Visitor, draft: Message) -> None:
    bot.engine.script(TWEETS)

    pick(ana, draft, "shorter")

    assert "✗ revised: " in shown(new(ana)[0])


def test_an_edited_draft_is_revised_as_it_was_edited(bot: RunningBot, ana: Visitor, draft: Message) -> None:
    ana.click(draft, "edit")
    ana.fill_and_submit({"text": "Brewline cold brew. " * 10})
    ana.wait_for(lambda page: "edited by" in shown(drafts(page)[1]))
    bot.engine.script(SHORTER)

    pick(ana, draft, "shorter")

    found = new(ana)
    assert "✓ all checks" in shown(found[0])
    assert "Brewline cold brew. Brewline cold brew." in bot.engine.requests[-1].prompt[-1]["content"]  # type: ignore[index]
    opening = opener(ana)
    assert opening is not None
    assert "At most 159 characters" in shown(opening)


def test_somebody_else_may_ask_and_is_named(bot: RunningBot, ana: Visitor, ben: Visitor, draft: Message) -> None:
    ben.wait_for(lambda page: len(drafts(page)) == 3)
    pick(ben, draft, "punchier")

    new(ana)

    opening = opener(ana)
    assert opening is not None
    assert "<@U0BEN> asked for a punchier version of draft 2" in shown(opening)


def test_a_version_of_a_version_says_of_which(bot: RunningBot, ana: Visitor, draft: Message) -> None:
    bot.engine.script(SHORTER)
    pick(ana, draft, "shorter")
    shorter = new(ana)[0]
    bot.engine.script(
        ["Brewline cold brew is delivered free of charge this week.", "Brewline ships cold brew free this week."]
    )

    pick(ana, shorter, "more formal")

    formal = new(ana, before=5)[0]
    assert "More formal version of draft 1 (shorter) · 1 of 2" in shown(formal)
    assert {one["thread_ts"] for one in drafts(ana)} == {draft["thread_ts"]}
    assert bot.rows("SELECT tone FROM briefs ORDER BY rowid DESC LIMIT 1") == [{"tone": "formal, concise"}]


def test_clicks_that_repeat_are_one_version(playground: PlaygroundServer, start_bot: StartBot, ana: Visitor) -> None:
    engine = FakeEngine(*TWEETS)
    bot = start_bot(engine=engine)
    ana.type(BREWLINE)
    draft = wait_for_drafts(ana, 3)[1]
    engine.script(SHORTER)
    engine.released.clear()
    httpx.post(f"{playground.url}/playground/faults", json={"fault": "duplicate", "times": 3}).raise_for_status()
    pick(ana, draft, "shorter")
    ana.wait_for(lambda page: picked(page, draft, 1))
    pick(ana, draft, "shorter")
    already = versions.ALREADY.format(version="Shorter version of draft 2")
    ana.wait_for(lambda page: already in ephemerals(page))
    assert len(bot.rows("SELECT * FROM briefs")) == 2

    engine.released.set()
    new(ana)
    # Closed, for the brief ends a moment after its opener says so.
    bot.close()
    start_bot(engine=engine)
    pick(ana, draft, "shorter")

    assert len(new(ana, before=5)) == 2
    assert len(bot.rows("SELECT * FROM briefs")) == 3


def test_another_format_is_asked_for_in_a_form(bot: RunningBot, ana: Visitor, draft: Message) -> None:
    bot.engine.script(LINKEDIN)
    pick(ana, draft, "another format")
    view = ana.wait_for(lambda page: page.view)
    offered = [option["value"] for option in view["blocks"][0]["element"]["options"]]
    assert offered == [name for name in FORMATS if name != "tweet"]

    assert ana.fill_and_submit({"format": "linkedin"}) == {"ok": True}

    found = new(ana)
    assert "LinkedIn post from draft 2 · 1 of 2 · " in shown(found[0])
    assert "of 3,000" in shown(found[0])
    assert bot.rows("SELECT format FROM briefs ORDER BY rowid DESC LIMIT 1") == [{"format": "linkedin"}]


def test_a_closed_form_asks_for_nothing_and_may_be_opened_again(bot: RunningBot, ana: Visitor, draft: Message) -> None:
    pick(ana, draft, "in words")
    ana.wait_for(lambda page: page.views)
    ana.close_view()
    ana.wait_for(lambda page: not page.views and picked(page, draft, 1))

    pick(ana, draft, "in words")
    refused = ana.fill_and_submit({"words": "   "})

    assert refused == {"ok": False, "errors": {"words": make_it.NO_WORDS}}
    assert len(bot.rows("SELECT * FROM briefs")) == 1


def test_words_of_ones_own_may_bring_facts(bot: RunningBot, ana: Visitor, draft: Message) -> None:
    parking = "Brewline cold brew ships free this week. Come by too: free parking at the roastery"
    bot.engine.script([f"{parking}.", f"{parking} for 12 cars."])
    pick(ana, draft, "in words")
    ana.fill_and_submit({"words": "mention the free parking"})

    found = new(ana)

    assert "New version of draft 2 · 1 of 2" in shown(found[0])
    assert "must-say" not in "".join(shown(one) for one in found)
    row = bot.rows("SELECT must_say, instruction FROM briefs ORDER BY rowid DESC LIMIT 1")[0]
    assert row == {"must_say": '["free parking"]', "instruction": "mention the free parking"}
    assert "✗ facts" not in shown(found[0])


def test_a_language_that_the_model_does_not_write_is_refused_in_the_form(start_bot: StartBot, ana: Visitor) -> None:
    bot = start_bot(languages=frozenset({"en"}))
    ana.type(BREWLINE)
    draft = wait_for_drafts(ana, 3)[0]
    pick(ana, draft, "translation")

    answer = ana.fill_and_submit({"language": "de"})

    assert answer == {"ok": False, "errors": {"language": intake.LANGUAGE.format(language="German")}}
    assert len(bot.rows("SELECT * FROM briefs")) == 1


def test_a_translation_is_named_for_its_language(bot: RunningBot, ana: Visitor, draft: Message) -> None:
    german = "Brewline Cold Brew kommt diese Woche ohne Versandkosten zu Ihnen. Bestellen Sie jetzt."
    bot.engine.script([german, "Kalt gebraut und ohne Porto: Brewline kommt diese Woche zu Ihnen nach Hause."])
    pick(ana, draft, "translation")
    ana.fill_and_submit({"language": "de"})

    found = new(ana)

    assert "German version of draft 2 · 1 of 2" in shown(found[0])
    assert "revised" not in shown(found[0])
    assert bot.rows("SELECT language FROM briefs ORDER BY rowid DESC LIMIT 1") == [{"language": "de"}]


def test_where_there_is_no_room_the_person_is_told(bot: RunningBot, ana: Visitor, draft: Message) -> None:
    ana.click(draft, "edit")
    ana.fill_and_submit({"text": "a" * 279 + "."})
    ana.wait_for(lambda page: "edited by" in shown(drafts(page)[1]))

    pick(ana, draft, "longer")

    ana.wait_for(lambda page: any("280 of 280 characters" in said for said in ephemerals(page)))
    assert len(bot.rows("SELECT * FROM briefs")) == 1


def test_a_full_desk_says_so(start_bot: StartBot, ana: Visitor) -> None:
    engine = FakeEngine(*TWEETS)
    start_bot(engine=engine, copydesk_queue=1, copydesk_workers=1)
    ana.type(BREWLINE)
    draft = wait_for_drafts(ana, 3)[0]
    engine.released.clear()
    for times, kind in enumerate(("punchier", "longer", "shorter"), 1):
        assert pick(ana, draft, kind) == {"ok": True}
        ana.wait_for(lambda page, times=times: picked(page, draft, times))  # type: ignore[misc]

    ana.wait_for(lambda page: intake.FULL.format(limit=1) in ephemerals(page))
    engine.released.set()


def test_a_version_is_stopped_and_tried_again_like_any_brief(start_bot: StartBot, ana: Visitor) -> None:
    engine = FakeEngine(*TWEETS)
    bot = start_bot(engine=engine)
    ana.type(BREWLINE)
    draft = wait_for_drafts(ana, 3)[1]
    engine.script(SHORTER)
    engine.released.clear()
    pick(ana, draft, "shorter")
    opening = ana.wait_for(lambda page: (found := opener(page)) and "shorter version" in found["text"] and found)

    ana.click(opening, "stop")
    stopped = ana.wait_for(lambda page: (found := opener(page)) and "Stopped" in shown(found) and found)
    engine.released.set()
    ana.click(stopped, "retry")

    assert "Shorter version of draft 2 · 1 of 2" in shown(new(ana)[0])
    assert [row["revision"] for row in bot.rows("SELECT revision FROM briefs")] == ["", "shorter", "shorter"]


def test_a_thumbs_down_for_length_asks_for_a_shorter_version(bot: RunningBot, ana: Visitor, draft: Message) -> None:
    bot.engine.script(SHORTER)
    ana.click(draft, "vote_down")
    ana.fill_and_submit({"reason": "too long", "words": ""})

    assert "Shorter version of draft 2 · 1 of 2" in shown(new(ana)[0])


def test_a_private_draft_is_revised_where_it_stands(bot: RunningBot, ana: Visitor) -> None:
    ana.type(f"{BREWLINE} --private")
    channel = next(one["id"] for one in ana.channels if one["is_im"])
    draft = wait_for_drafts(ana, 3, channel)[0]
    bot.engine.script(SHORTER)

    pick(ana, draft, "shorter")

    found = wait_for_drafts(ana, 5, channel)[3:]
    assert {one["thread_ts"] for one in found} == {draft["thread_ts"]}
    assert blocks.SHIP in shown(found[0])
    assert drafts(ana) == []


def test_the_edit_form_of_a_version_is_named_like_the_others(bot: RunningBot, ana: Visitor, draft: Message) -> None:
    bot.engine.script(SHORTER)
    pick(ana, draft, "shorter")
    ana.click(new(ana)[0], "edit")

    refused = ana.fill_and_submit({"text": " "})

    assert refused["errors"] == {"text": revising.EMPTY_EDIT}
