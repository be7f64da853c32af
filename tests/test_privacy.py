"""A person sees what is stored about them, says no, gets all of it, and is forgotten for good."""

import json
from collections.abc import Callable

import httpx
import pytest

from bot import local_slack, versions, votes
from bot import privacy as words
from bot.playground.server import PlaygroundServer
from storage import consent, judged, privacy, signals
from tests.desk_rows import WORKSPACE
from tests.fake_engine import FakeEngine
from tests.running_bot import RunningBot
from tests.thread_reading import Message, drafts, ephemerals, opener, shown, wait_for_drafts
from tests.visitor import Visitor

BREWLINE = "/copy tweet for Brewline cold brew, free shipping this week"


def ask(page: Visitor) -> Message:
    """Type /copy privacy and return the newest answer."""
    before = len(answers(page))
    page.type("/copy privacy")
    return page.wait_for(lambda visitor: len(answers(visitor)) > before and answers(visitor)[-1])


def answers(page: Visitor) -> list[Message]:
    return [one for one in page.messages() if one.get("ephemeral") and words.TITLE in shown(one)]


@pytest.fixture
def voted(bot: RunningBot, ana: Visitor) -> Message:
    """The first draft of a brief of ana's, on which she has voted and which she has rewritten."""
    ana.type(BREWLINE)
    draft = wait_for_drafts(ana, 3)[0]
    ana.react(draft, "-1")
    ana.click(draft, "edit")
    ana.fill_and_submit({"text": "Brewline ships free this week."})
    ana.wait_for(lambda page: "edited by" in shown(drafts(page)[0]) and "👎 1" in shown(drafts(page)[0]))
    return drafts(ana)[0]


def test_a_newcomer_hears_that_nothing_is_stored(bot: RunningBot, ana: Visitor) -> None:
    answer = ask(ana)

    assert words.NOTHING in shown(answer)
    assert words.FORGET not in shown(answer)


def test_a_person_sees_how_much_is_stored_and_whether_it_teaches(bot: RunningBot, ana: Visitor, voted: Message) -> None:
    told = shown(ask(ana))

    assert "1 brief you typed, 1 vote and 1 edit. All of it" in told
    assert words.TEACHES.format(training=words.TRAINS_NOT) in told
    assert {words.STOP, words.EXPORT, words.FORGET} <= set(told.split("\n"))
    assert [one["user"] for one in answers(ana)] == ["U0DESK"]


def test_nobody_else_sees_the_answer(bot: RunningBot, ana: Visitor, ben: Visitor) -> None:
    ask(ana)
    ana.type(BREWLINE)

    wait_for_drafts(ben, 3)

    assert answers(ben) == []


def test_who_says_no_teaches_nothing_until_they_say_yes(bot: RunningBot, ana: Visitor, voted: Message) -> None:
    ana.click(ask(ana), "privacy_stop")
    ana.wait_for(lambda page: words.TEACHES_NOT in shown(answers(page)[-1]))
    with bot.storage.read() as db:
        assert signals.of_workspace(db, WORKSPACE) == []
        assert judged.recent(db, WORKSPACE, user="U0ANA") == []

    ana.click(drafts(ana)[1], "vote_up")
    ana.wait_for(lambda page: votes.TEACHES_NOTHING.format(variant=2) in ephemerals(page))
    assert votes.COUNTED[1].format(variant=2) not in ephemerals(ana)
    ana.click(answers(ana)[-1], "privacy_resume")

    ana.wait_for(lambda page: words.STOP in shown(answers(page)[-1]))
    with bot.storage.read() as db:
        assert len(signals.of_workspace(db, WORKSPACE)) == 2


def test_everything_is_handed_out_in_the_direct_message(bot: RunningBot, ana: Visitor, voted: Message) -> None:
    channel = next(one["id"] for one in ana.channels if one["is_im"])
    ana.click(ask(ana), "privacy_export")

    ana.wait_for(lambda page: words.SENT in ephemerals(page))
    sent = ana.wait_for(lambda page: next((one for one in page.messages(channel) if one.get("files")), None))
    token = {"Authorization": f"Bearer {local_slack.BOT_TOKEN}"}
    document = json.loads(httpx.get(sent["files"][0]["url_private"], headers=token, trust_env=False).text)

    assert document["briefs"][0]["product"] == BREWLINE.removeprefix("/copy ")
    assert document["votes"][0]["value"] == -1
    assert document["edits"][0]["text"] == "Brewline ships free this week."
    assert "response_url" not in document["briefs"][0]


def test_a_file_that_slack_does_not_take_is_told(
    playground: PlaygroundServer, bot: RunningBot, ana: Visitor, voted: Message
) -> None:
    answer = ask(ana)
    fault = {"fault": "refuse", "method": "files.getUploadURLExternal", "error": "missing_scope"}
    httpx.post(f"{playground.url}/playground/faults", json=fault).raise_for_status()

    ana.click(answer, "privacy_export")

    ana.wait_for(lambda page: words.NOT_EXPORTED.format(user="U0ANA") in ephemerals(page))


def test_to_be_forgotten_is_asked_twice_and_leaves_nothing(
    bot: RunningBot, ana: Visitor, ben: Visitor, voted: Message
) -> None:
    ben.wait_for(lambda page: len(drafts(page)) == 3)
    ben.react(drafts(ben)[1], "+1")
    ben.wait_for(lambda page: "👍 1" in shown(drafts(page)[1]))
    answer = ask(ana)
    button = next(one for one in answer["blocks"][-1]["elements"] if one["action_id"] == "privacy_forget")
    assert button["confirm"]["text"]["text"] == words.SURE

    ana.click(answer, "privacy_forget")

    ana.wait_for(lambda page: words.FORGOTTEN.format(count="3 rows") in ephemerals(page))
    with bot.storage.read() as db:
        assert privacy.stored(db, WORKSPACE, "U0ANA").total == 0
        assert not consent.teaches(db, WORKSPACE, "U0ANA")
        assert signals.of_workspace(db, WORKSPACE) == []
    assert [row["variant"] for row in bot.rows("SELECT variant FROM drafts")] == [2], "ben's vote keeps his draft"
    assert bot.rows("SELECT user, product, erased FROM briefs") == [{"user": "", "product": "", "erased": 1}]
    assert [row["user"] for row in bot.rows("SELECT user FROM votes")] == ["U0BEN"]
    assert b"U0ANA" not in b"".join(bytes(str(row), "utf-8") for row in bot.rows("SELECT * FROM deliveries"))


def test_buttons_of_what_was_erased_say_so(bot: RunningBot, ana: Visitor, ben: Visitor) -> None:
    ana.type(BREWLINE)
    gone, kept, _ = wait_for_drafts(ana, 3)
    ben.wait_for(lambda page: len(drafts(page)) == 3)
    ben.click(kept, "vote_up")
    ben.wait_for(lambda page: "👍 1" in shown(drafts(page)[1]))
    ana.click(ask(ana), "privacy_forget")
    ana.wait_for(lambda page: any("forgotten you" in text for text in ephemerals(page)))

    ben.click(gone, "vote_up")
    ben.wait_for(lambda page: votes.NO_DRAFT in ephemerals(page))
    ben.click(kept, "make_it", f"shorter:{bot.rows('SELECT id FROM drafts')[0]['id']}")

    ben.wait_for(lambda page: versions.ERASED in ephemerals(page))


def test_a_rewrite_that_is_forgotten_is_shown_no_more(bot: RunningBot, ana: Visitor, ben: Visitor) -> None:
    ana.type(BREWLINE)
    draft = wait_for_drafts(ana, 3)[0]
    text = bot.rows("SELECT text FROM drafts WHERE variant = 1")[0]["text"]
    ben.wait_for(lambda page: len(drafts(page)) == 3)
    ben.click(draft, "edit")
    ben.fill_and_submit({"text": "Ben's own words."})
    ana.wait_for(lambda page: "Ben's own words." in shown(drafts(page)[0]))

    ben.click(ask(ben), "privacy_forget")

    ana.wait_for(lambda page: text in shown(drafts(page)[0]) and "edited by" not in shown(drafts(page)[0]))


def test_what_is_being_written_for_a_person_stops(start_bot: Callable[..., RunningBot], ana: Visitor) -> None:
    engine = FakeEngine("Brewline cold brew ships free this week, and it is good.")
    engine.released.clear()
    bot = start_bot(engine=engine)
    ana.type(BREWLINE)
    ana.wait_for(opener)

    ana.click(ask(ana), "privacy_forget")

    ana.wait_for(lambda page: any("forgotten you" in text for text in ephemerals(page)))
    ana.wait_for(lambda page: (found := opener(page)) and "Stopped" in shown(found))
    assert drafts(ana) == []
    assert {row["product"] for row in bot.rows("SELECT product FROM briefs")} <= {""}
