"""People vote by button or reaction: one vote a person and draft, the last one counts, taking back deletes."""

from collections.abc import Callable

import httpx
import pytest

from bot import votes
from bot.playground.server import PlaygroundServer
from tests.running_bot import RunningBot
from tests.thread_reading import Message, drafts, ephemerals, opener, shown, wait_for_drafts
from tests.visitor import Visitor

BREWLINE = "/copy tweet for Brewline cold brew, free shipping this week"


@pytest.fixture
def draft(bot: RunningBot, ana: Visitor) -> Message:
    ana.type(BREWLINE)
    return wait_for_drafts(ana, 3)[0]


def cast(bot: RunningBot) -> list[tuple[str, int, str]]:
    return [(row["user"], row["value"], row["source"]) for row in bot.rows("SELECT * FROM votes ORDER BY user")]


def tallied(tally: str) -> Callable[[Visitor], Message | None]:
    """The first draft, once it shows this tally; "" waits until it shows none."""

    def look(visitor: Visitor) -> Message | None:
        text = shown(drafts(visitor)[0]) if drafts(visitor) else ""
        return drafts(visitor)[0] if (tally in text if tally else "👍 0" not in text and "👍 1" not in text) else None

    return look


def test_a_button_is_a_vote_and_the_voter_is_told(bot: RunningBot, ana: Visitor, draft: Message) -> None:
    ana.click(draft, "vote_up")

    ana.wait_for(tallied("👍 1 · 👎 0"))
    ana.wait_for(lambda page: votes.COUNTED[1].format(variant=1) in ephemerals(page))
    assert cast(bot) == [("U0ANA", 1, "button")]


def test_a_thumbs_down_asks_why_and_is_kept_when_the_form_is_closed(
    bot: RunningBot, ana: Visitor, draft: Message
) -> None:
    ana.click(draft, "vote_down")
    ana.wait_for(lambda page: page.views)
    ana.close_view()

    ana.wait_for(tallied("👍 0 · 👎 1"))
    assert cast(bot) == [("U0ANA", -1, "button")]


def test_the_last_of_ten_clicks_is_the_one_row(bot: RunningBot, ana: Visitor, draft: Message) -> None:
    for _ in range(9):
        ana.click(draft, "vote_up")
    ana.click(draft, "vote_down")

    ana.wait_for(tallied("👍 0 · 👎 1"))
    assert cast(bot) == [("U0ANA", -1, "button")]


def test_a_vote_is_taken_back_by_its_button(bot: RunningBot, ana: Visitor, draft: Message) -> None:
    ana.click(draft, "vote_up")
    told = ana.wait_for(lambda page: next((one for one in page.messages() if one.get("ephemeral")), None))
    assert told is not None

    ana.click(told, "vote_back")

    ana.wait_for(lambda page: votes.TAKEN_BACK.format(variant=1) in ephemerals(page))
    assert cast(bot) == []


@pytest.mark.parametrize(
    ("reaction", "value"),
    [
        ("+1", 1),
        ("thumbsup", 1),
        *[(f"+1::skin-tone-{tone}", 1) for tone in range(2, 7)],
        ("-1", -1),
        ("thumbsdown", -1),
        ("-1::skin-tone-2", -1),
    ],
)
def test_a_reaction_is_a_vote_in_every_skin_tone(
    bot: RunningBot, ana: Visitor, draft: Message, reaction: str, value: int
) -> None:
    assert ana.react(draft, reaction)["ok"]

    ana.wait_for(tallied("👍 1 · 👎 0" if value > 0 else "👍 0 · 👎 1"))
    assert cast(bot) == [("U0ANA", value, "reaction")]


def test_a_thumb_can_be_changed_and_taken_back(bot: RunningBot, ana: Visitor, draft: Message) -> None:
    ana.react(draft, "+1")
    ana.wait_for(tallied("👍 1 · 👎 0"))
    ana.react(draft, "-1")
    ana.wait_for(tallied("👍 0 · 👎 1"))

    ana.unreact(draft, "+1")
    ana.unreact(draft, "-1")

    ana.wait_for(tallied(""))
    assert cast(bot) == []


def test_taking_one_of_two_thumbs_back_leaves_the_other(bot: RunningBot, ana: Visitor, draft: Message) -> None:
    ana.react(draft, "-1")
    ana.wait_for(tallied("👍 0 · 👎 1"))
    ana.react(draft, "+1")
    ana.wait_for(tallied("👍 1 · 👎 0"))

    ana.unreact(draft, "+1")

    ana.wait_for(tallied("👍 0 · 👎 1"))
    assert cast(bot) == [("U0ANA", -1, "reaction")]


def test_two_people_are_two_votes(bot: RunningBot, ana: Visitor, ben: Visitor, draft: Message) -> None:
    ana.react(draft, "+1")
    ben.react(draft, "-1")

    ana.wait_for(tallied("👍 1 · 👎 1"))
    assert cast(bot) == [("U0ANA", 1, "reaction"), ("U0BEN", -1, "reaction")]


def test_other_reactions_and_other_messages_are_no_votes(bot: RunningBot, ana: Visitor, draft: Message) -> None:
    opening = opener(ana)
    assert opening is not None
    ana.react(draft, "tada")
    ana.react(opening, "+1")
    # The vote that follows is counted after the others were taken in.
    ana.react(draft, "+1")

    ana.wait_for(tallied("👍 1 · 👎 0"))
    assert cast(bot) == [("U0ANA", 1, "reaction")]


def test_a_click_delivered_four_times_is_one_row_and_one_answer(
    playground: PlaygroundServer, bot: RunningBot, ana: Visitor, draft: Message
) -> None:
    httpx.post(f"{playground.url}/playground/faults", json={"fault": "duplicate", "times": 3}).raise_for_status()

    ana.click(draft, "vote_up")
    ana.wait_for(tallied("👍 1 · 👎 0"))
    ana.react(draft, "-1")
    ana.wait_for(tallied("👍 0 · 👎 1"))

    assert ephemerals(ana).count(votes.COUNTED[1].format(variant=1)) == 1
    assert cast(bot) == [("U0ANA", -1, "reaction")]


def test_a_reason_is_kept_and_a_new_version_is_written(bot: RunningBot, ana: Visitor, draft: Message) -> None:
    bot.engine.enqueue(
        [
            "A bolder pour for bleary mornings: Brewline cold brew, with free shipping this week.",
            "Brewline cold brew, brewed overnight and sent to you. Free shipping this week.",
            "Skip the queue and the postage: Brewline cold brew ships free this week, straight to your fridge.",
            "Ready when you are. Brewline cold brew, and this week free shipping comes with every order.",
        ]
    )
    ana.click(draft, "vote_down")
    answer = ana.fill_and_submit({"reason": "boring", "words": "bolder, please"})

    ana.wait_for(lambda page: len(drafts(page)) == 5)

    assert answer == {"ok": True}
    assert bot.rows("SELECT reason, words FROM votes") == [{"reason": "boring", "words": "bolder, please"}]
    redesign = bot.rows("SELECT * FROM briefs WHERE redesign_of IS NOT NULL")[0]
    assert (redesign["revision"], redesign["instruction"], redesign["tone"]) == (
        "boring",
        "bolder, please",
        "vivid, bolder",
    )
    new = drafts(ana)[3:]
    assert {one["thread_ts"] for one in new} == {draft["thread_ts"]}
    assert all(shown(one).split("\n")[0] != shown(draft).split("\n")[0] for one in new)


def test_a_reason_without_a_new_version_writes_nothing(bot: RunningBot, ana: Visitor, draft: Message) -> None:
    ana.click(draft, "vote_down")
    ana.fill_and_submit({"reason": "too long", "words": "", "redesign": []})

    ana.wait_for(tallied("👍 0 · 👎 1"))
    assert bot.rows("SELECT reason FROM votes") == [{"reason": "too long"}]
    assert len(bot.rows("SELECT * FROM briefs")) == 1
