"""A marketer types /copy and three drafts appear in a thread."""

from collections.abc import Callable

import httpx
import pytest

from bot import blocks, brief, delivery, drafting, intake, opener
from bot.playground.server import PlaygroundServer
from model.formats import FORMATS
from model.generation import Request
from tests.fake_engine import FakeEngine, FakeStream
from tests.running_bot import RunningBot
from tests.thread_reading import drafts, ephemerals, shown, wait_for_drafts
from tests.thread_reading import opener as opener_of
from tests.visitor import Visitor

BREWLINE = "/copy tweet for Brewline cold brew, free shipping this week"
StartBot = Callable[..., RunningBot]


def test_a_brief_becomes_three_drafts_in_a_thread(bot: RunningBot, ana: Visitor) -> None:
    answer = ana.type(BREWLINE)

    found = wait_for_drafts(ana, 3)

    assert answer == {"ok": True}
    opening = opener_of(ana)
    assert opening is not None
    assert {draft["thread_ts"] for draft in found} == {opening["ts"]}
    assert "<@U0ANA>" in opening["text"]
    rows = bot.rows("SELECT * FROM drafts ORDER BY variant")
    assert [row["ts"] for row in rows] == [draft["ts"] for draft in found]
    assert [draft["metadata"]["event_payload"]["draft"] for draft in found] == [row["id"] for row in rows]
    bot.close()
    assert bot.rows("SELECT status FROM briefs") == [{"status": "done"}]


def test_a_draft_shows_its_length_its_checks_and_its_buttons(bot: RunningBot, ana: Visitor) -> None:
    ana.type(BREWLINE)

    draft = wait_for_drafts(ana, 3)[0]

    length = bot.rows("SELECT characters FROM drafts WHERE variant = 1")[0]["characters"]
    assert f"{length} of 280" in shown(draft)
    assert "Draft 1 of 3" in shown(draft)
    *elements, more = [element for row in draft["blocks"][-2:] for element in row["elements"]]
    labels = [element.get("text", element.get("placeholder"))["text"] for element in elements]
    assert [option["text"]["text"] for option in more["options"]] == [blocks.SHIP]
    assert labels == [f"{blocks.UP} 👍", f"{blocks.DOWN} 👎", blocks.EDIT, blocks.SHARE, blocks.MAKE_IT]


def test_a_failed_check_is_shown_with_its_reason(start_bot: StartBot, ana: Visitor) -> None:
    start_bot("Brewline cold brew is made from 97 kinds of beans and ships free this week.")
    ana.type(BREWLINE)

    draft = wait_for_drafts(ana, 3)[0]

    assert "✗" in shown(draft)
    assert "97" in shown(draft).split("✗")[1]


def test_help_lists_every_format(bot: RunningBot, ana: Visitor) -> None:
    ana.type("/copy help")

    ana.wait_for(lambda page: ephemerals(page))

    assert ephemerals(ana) == [drafting.help_text()]
    assert all(f"`{name}`" in drafting.help_text() for name in FORMATS)
    assert bot.rows("SELECT * FROM briefs") == []


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("--colour red tweet for tea", "I don't know `--colour`. `/copy help` lists what I understand."),
        ("--formt tweet tea", "I don't know `--formt`. Did you mean `--format`? `/copy help` lists what I understand."),
        ("--format twet tea", "I don't know the format 'twet'. Did you mean `tweet`? `/copy help` lists the formats."),
        ("--variants 9 tweet for tea", brief.BAD_VARIANTS.format(value="9", limit=5)),
        ("tweet for tea --tone", brief.NO_VALUE.format(flag="tone", sample="playful")),
        ("x" * 10_000, brief.TOO_LONG.format(count=10_000, limit=2_000)),
        ("🎉🎉🎉", brief.NO_WORDS.format(example=brief.EXAMPLE)),
    ],
)
def test_what_cannot_be_read_is_answered_with_what_to_do(
    bot: RunningBot, ana: Visitor, text: str, sentence: str
) -> None:
    answer = ana.type(f"/copy {text}")

    ana.wait_for(lambda page: ephemerals(page))

    assert answer == {"ok": True}
    assert ephemerals(ana) == [sentence]
    assert bot.rows("SELECT * FROM briefs") == []
    assert bot.engine.requests == []


def test_right_to_left_text_is_refused_by_a_model_that_writes_english_only(start_bot: StartBot, ana: Visitor) -> None:
    bot = start_bot(languages=frozenset({"en"}))
    ana.type("/copy tweet: שלום, קפה קר חדש")

    ana.wait_for(lambda page: ephemerals(page))

    assert ephemerals(ana) == [intake.LANGUAGE.format(language="Hebrew")]
    assert bot.rows("SELECT * FROM briefs") == []


def test_right_to_left_text_is_written_by_a_model_that_knows_more(bot: RunningBot, ana: Visitor) -> None:
    ana.type("/copy tweet: שלום, קפה קר חדש")

    wait_for_drafts(ana, 3)

    assert bot.rows("SELECT language, product FROM briefs") == [
        {"language": "he", "product": "tweet: שלום, קפה קר חדש"}
    ]


def test_a_mention_in_a_brief_becomes_a_name(bot: RunningBot, ana: Visitor) -> None:
    ana.type("/copy tweet for <@U0BEN|ben>'s stall &amp; R&D <!channel>")

    wait_for_drafts(ana, 3)

    opening = opener_of(ana)
    assert opening is not None
    assert "<@U0BEN" not in opening["text"]
    assert "<!channel>" not in opening["text"]


def test_a_brief_without_a_format_says_which_one_was_assumed(bot: RunningBot, ana: Visitor) -> None:
    ana.type("/copy Brewline cold brew, free shipping this week")

    wait_for_drafts(ana, 3)

    ana.wait_for(lambda page: ephemerals(page) == [intake.ASSUMED.format(title=FORMATS["tweet"].title)])


def test_a_place_that_the_desk_does_not_know_is_told_with_the_nearest_format(bot: RunningBot, ana: Visitor) -> None:
    ana.type("/copy pinterest pin for Brewline cold brew, free shipping this week")

    wait_for_drafts(ana, 3)

    (said,) = ana.wait_for(ephemerals)
    assert said.startswith(intake.ASSUMED.format(title=FORMATS["tweet"].title))
    assert "no format for Pinterest yet; the nearest is Instagram caption" in said
    assert bot.rows("SELECT format FROM briefs") == [{"format": "tweet"}]


def test_an_empty_command_opens_a_form_and_the_form_becomes_a_brief(bot: RunningBot, ana: Visitor) -> None:
    ana.type("/copy")
    answer = ana.fill_and_submit(
        {"product": "Brewline cold brew, free shipping this week", "format": "tweet", "must_say": "free shipping\ncold"}
    )

    wait_for_drafts(ana, 3)

    assert answer == {"ok": True}
    row = bot.rows("SELECT product, must_say, channel FROM briefs")[0]
    assert row["must_say"] == '["free shipping", "cold"]'
    assert row["channel"] == "C0LAUNCH"


def test_a_format_alone_opens_the_form_with_that_format(bot: RunningBot, ana: Visitor) -> None:
    ana.type("/copy linkedin")

    view = ana.wait_for(lambda page: page.view)

    chosen = next(block["element"] for block in view["blocks"] if block["block_id"] == "format")
    assert chosen["initial_option"]["value"] == "linkedin"


def test_a_form_without_words_keeps_what_was_typed_and_says_so(bot: RunningBot, ana: Visitor) -> None:
    ana.type("/copy")
    answer = ana.fill_and_submit({"product": "🎉🎉"})

    assert answer == {"ok": False, "errors": {"product": brief.NO_WORDS.format(example=brief.EXAMPLE)}}
    assert bot.rows("SELECT * FROM briefs") == []


def test_a_private_brief_is_drafted_in_the_direct_message(bot: RunningBot, ana: Visitor) -> None:
    ana.type(f"{BREWLINE} --private")
    channel = next(one["id"] for one in ana.channels if one["is_im"])

    found = wait_for_drafts(ana, 3, channel)

    assert len(found) == 3
    assert drafts(ana, "C0LAUNCH") == []
    labels = [element["text"]["text"] for element in found[0]["blocks"][-1]["elements"] if "text" in element]
    assert labels[-1] == blocks.SHIP


def test_where_the_bot_is_not_a_member_the_drafts_come_to_the_direct_message(bot: RunningBot, ana: Visitor) -> None:
    ana.type(BREWLINE, channel="C0RANDOM")
    channel = next(one["id"] for one in ana.channels if one["is_im"])

    wait_for_drafts(ana, 3, channel)

    assert ephemerals(ana, "C0RANDOM") == [opener.NOT_IN_CHANNEL]


def test_four_deliveries_are_one_reply_and_one_row(playground: PlaygroundServer, bot: RunningBot, ana: Visitor) -> None:
    httpx.post(f"{playground.url}/playground/faults", json={"fault": "duplicate", "times": 3}).raise_for_status()

    ana.type(BREWLINE)
    wait_for_drafts(ana, 3)
    # A second brief, finished after the repeats of the first were taken in, shows that nothing came of them.
    ana.type(f"{BREWLINE} again")
    ana.wait_for(lambda page: len(drafts(page)) == 6)

    assert len(bot.rows("SELECT * FROM briefs")) == 2
    assert len([one for one in ana.messages() if "asked for" in one["text"]]) == 2


def test_a_full_desk_says_so_and_loses_nothing(start_bot: StartBot, ana: Visitor) -> None:
    engine = FakeEngine("Brewline cold brew ships free this week, and it is good.")
    engine.released.clear()
    bot = start_bot(engine=engine, copydesk_queue=1, copydesk_workers=1)
    ana.type(BREWLINE)
    ana.wait_for(opener_of)

    answers = [ana.type(f"{BREWLINE} {number}") for number in range(2)]

    ana.wait_for(lambda page: intake.FULL.format(limit=1) in ephemerals(page))
    assert answers == [{"ok": True}, {"ok": True}]
    assert len(bot.rows("SELECT * FROM briefs")) == 2
    engine.released.set()
    ana.wait_for(lambda page: len(drafts(page)) == 6)


def test_twenty_commands_at_once_are_all_acknowledged_while_the_model_is_busy(
    start_bot: StartBot, ana: Visitor
) -> None:
    engine = FakeEngine("Brewline cold brew ships free this week, and it is good.")
    engine.released.clear()
    bot = start_bot(engine=engine)

    answers = [ana.type(f"{BREWLINE} {number}") for number in range(20)]

    assert answers == [{"ok": True}] * 20
    assert len(bot.rows("SELECT * FROM briefs")) == 20


def test_a_closing_desk_says_so(bot: RunningBot, ana: Visitor) -> None:
    bot.desk.close()

    ana.type(BREWLINE)

    ana.wait_for(lambda page: ephemerals(page))
    assert ephemerals(ana) == [intake.CLOSING]
    assert bot.rows("SELECT * FROM briefs") == []


def test_an_engine_that_fails_is_told_with_a_way_to_try_again(start_bot: StartBot, ana: Visitor) -> None:
    engine = FakeEngine("Brewline cold brew ships free this week, and it is good.")
    engine.failure = "The model ran out of memory; ask for fewer variants."
    bot = start_bot(engine=engine)
    ana.type(BREWLINE)
    opening = ana.wait_for(lambda page: (found := opener_of(page)) and engine.failure in shown(found) and found)

    engine.failure = ""
    ana.click(opening, "retry")

    ana.wait_for(lambda page: len(drafts(page)) == 3)
    bot.close()
    assert [row["status"] for row in bot.rows("SELECT status FROM briefs ORDER BY asked_at")] == ["failed", "done"]


@pytest.mark.logs_errors
def test_what_nobody_foresaw_is_told_too_and_the_desk_goes_on(start_bot: StartBot, ana: Visitor) -> None:
    bot = start_bot(engine=BrokenEngine("Brewline cold brew ships free this week, and it is good."))
    ana.type(BREWLINE)
    ana.wait_for(lambda page: (found := opener_of(page)) and delivery.FAILED in shown(found))

    ana.type(f"{BREWLINE} once more")

    ana.wait_for(lambda page: len(drafts(page)) == 3)
    bot.close()
    assert [row["status"] for row in bot.rows("SELECT status FROM briefs ORDER BY asked_at")] == ["failed", "done"]


class BrokenEngine(FakeEngine):
    """Fails in a way that no part of the desk expects, once."""

    def submit(self, request: Request) -> FakeStream:
        if not self.requests:
            self.requests.append(request)
            raise RuntimeError("a fault that nobody foresaw")
        return super().submit(request)
