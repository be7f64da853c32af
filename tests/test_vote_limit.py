"""Nobody votes more often in an hour than people read: what is over the limit is told and not kept."""

from pathlib import Path

from bot import votes
from storage import votes as kept
from storage.database import Storage
from storage.hourly import MOST_AN_HOUR, full_until
from tests.desk_rows import add_brief, add_draft, at
from tests.running_bot import RunningBot
from tests.thread_reading import Message, drafts, ephemerals, shown, wait_for_drafts
from tests.visitor import Visitor

BREWLINE = "/copy tweet for Brewline cold brew, free shipping this week"


def first(bot: RunningBot) -> str:
    return str(bot.rows("SELECT id FROM drafts WHERE variant = 1")[0]["id"])


def fill_the_hour(bot: RunningBot, page: Visitor) -> Message:
    """Ask for drafts, and let ana have cast all the votes of this hour on others; returns the first draft."""
    page.type(BREWLINE)
    message = wait_for_drafts(page, 3)[0]
    now = votes.instant(message["ts"])
    with bot.storage.write() as db:
        brief = add_brief(db, "earlier")
        for variant in range(1, MOST_AN_HOUR + 1):
            draft = add_draft(db, brief, variant)
            kept.cast(db, draft, user="U0ANA", value=1, source="button", at=now)
    return message


def refused(page: Visitor) -> list[str]:
    return [text for text in ephemerals(page) if f"you have cast {MOST_AN_HOUR}" in text]


def test_more_votes_than_an_hour_allows_are_refused_and_told(bot: RunningBot, ana: Visitor) -> None:
    draft = fill_the_hour(bot, ana)

    ana.click(draft, "vote_up")

    ana.wait_for(refused)
    assert "60 minutes" in refused(ana)[0]
    assert bot.rows("SELECT * FROM votes WHERE draft = ?", [first(bot)]) == []
    assert votes.COUNTED[1].format(variant=1) not in ephemerals(ana)


def test_a_thumbs_down_over_the_limit_opens_no_form(bot: RunningBot, ana: Visitor) -> None:
    draft = fill_the_hour(bot, ana)

    ana.click(draft, "vote_down")

    ana.wait_for(refused)
    assert ana.views == []
    assert bot.rows("SELECT * FROM votes WHERE draft = ?", [first(bot)]) == []


def test_reactions_count_towards_the_limit_too(bot: RunningBot, ana: Visitor, ben: Visitor) -> None:
    draft = fill_the_hour(bot, ana)

    ana.react(draft, "+1")
    ana.wait_for(refused)
    ben.wait_for(lambda page: len(drafts(page)) == 3)
    ben.react(draft, "+1")

    ana.wait_for(lambda page: "👍 1" in shown(drafts(page)[0]))
    assert bot.rows("SELECT user FROM votes WHERE draft = ?", [first(bot)]) == [{"user": "U0BEN"}]


def test_a_vote_that_stands_can_be_changed_over_the_limit(tmp_path: Path) -> None:
    storage = Storage(tmp_path / "copydesk.db")
    storage.migrate()
    with storage.write() as db:
        brief = add_brief(db, "brew")
        draft, *others = (add_draft(db, brief, variant) for variant in range(1, MOST_AN_HOUR + 2))
        for variant, other in enumerate(others, 2):
            kept.cast(db, other, user="U0BEN", value=1, source="button", at=at(variant / 10))

        until = full_until(db, "votes", draft, user="U0BEN", at=at(30))
        assert until == at(60.2), "an hour after the oldest of the votes"
        assert full_until(db, "votes", draft, user="U0BEN", at=at(60.3)) is None
        assert full_until(db, "votes", draft, user="U0ANA", at=at(30)) is None

        kept.cast(db, draft, user="U0BEN", value=1, source="button", at=at(-10))
        assert full_until(db, "votes", draft, user="U0BEN", at=at(30)) is None
