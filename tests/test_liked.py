"""A team that liked and rewrote drafts is written for in their manner."""

from datetime import UTC, datetime

from bot import rows
from model.brief import Brief
from model.generation import Request
from model.house_examples import Example
from model.writer import Writer
from storage import drafts as drafts_kept
from storage import imports, judged, taste, votes
from storage.database import Storage, stamp
from tests.desk_rows import WORKSPACE, add_brief, add_draft, at
from tests.fake_engine import FakeEngine
from tests.running_bot import TWEETS, RunningBot
from tests.thread_reading import drafts, shown, wait_for_drafts
from tests.visitor import Visitor

BREWLINE = "/copy tweet for Brewline cold brew, free shipping this week"
ALDER = "/copy tweet for Alder shoes, free shipping this week"
REWRITE = "Brewline ships free this week. Put the kettle out of work."


def turns(request: Request) -> list[str]:
    """What the model was shown, as role: text."""
    return [f"{turn['role']}: {turn['content']}" for turn in request.prompt if isinstance(turn, dict)]


def ask_again(bot: RunningBot, page: Visitor, text: str = ALDER, count: int = 6) -> list[str]:
    """Ask for another brief and return the turns of its prompt."""
    before = len(bot.engine.requests)
    page.type(text)
    wait_for_drafts(page, count)
    page.wait_for(lambda _: len(bot.engine.requests) > before)
    return turns(bot.engine.requests[before])


def liked_one(bot: RunningBot, page: Visitor) -> str:
    """Like the first draft of a brief and return its text."""
    page.type(BREWLINE)
    draft = wait_for_drafts(page, 3)[0]
    page.react(draft, "+1")
    page.wait_for(lambda seen: "👍 1" in shown(drafts(seen)[0]))
    return str(bot.rows("SELECT text FROM drafts WHERE variant = 1")[0]["text"])


def test_a_liked_draft_is_the_last_turn_before_the_brief(bot: RunningBot, ana: Visitor) -> None:
    text = liked_one(bot, ana)

    asked = ask_again(bot, ana)

    assert "Alder shoes" in asked[-1]
    assert asked[-2] == f"assistant: {text}"
    assert asked[-3] == f"user: Tweet. Brief: «{BREWLINE.removeprefix('/copy ')}»"
    assert len(asked) > 4, "the house's examples come before it"
    assert text not in turns(bot.engine.requests[0])


def test_a_rewrite_takes_the_place_of_what_it_rewrote(bot: RunningBot, ana: Visitor) -> None:
    text = liked_one(bot, ana)
    ana.click(drafts(ana)[0], "edit")
    ana.fill_and_submit({"text": REWRITE})
    ana.wait_for(lambda page: "edited by" in shown(drafts(page)[0]))

    asked = ask_again(bot, ana)

    assert asked[-2] == f"assistant: {REWRITE}"
    assert not any(text in turn for turn in asked)


def test_a_draft_that_divides_the_team_is_not_shown(bot: RunningBot, ana: Visitor, ben: Visitor) -> None:
    text = liked_one(bot, ana)
    ben.wait_for(lambda page: drafts(page))
    ben.react(drafts(ben)[0], "-1")
    ben.wait_for(lambda page: "👎 1" in shown(drafts(page)[0]))

    assert not any(text in turn for turn in ask_again(bot, ana))


def test_what_was_liked_in_a_direct_message_is_not_shown_to_others(bot: RunningBot, ana: Visitor, ben: Visitor) -> None:
    ana.type(f"{BREWLINE} --private")
    direct = next(one["id"] for one in ana.channels if one["is_im"])
    draft = wait_for_drafts(ana, 3, direct)[0]
    ana.react(draft, "+1")
    ana.wait_for(lambda page: "👍 1" in shown(drafts(page, direct)[0]))
    text = bot.rows("SELECT text FROM drafts WHERE variant = 1")[0]["text"]

    assert not any(text in turn for turn in ask_again(bot, ben, count=3))
    assert ask_again(bot, ana, f"{ALDER} again", count=6)[-2] == f"assistant: {text}"


def test_what_was_liked_before_an_admin_began_anew_is_not_shown(bot: RunningBot, ana: Visitor) -> None:
    text = liked_one(bot, ana)
    workspace = bot.rows("SELECT workspace FROM votes")[0]["workspace"]
    with bot.storage.write() as db:
        taste.reset(db, workspace, user="U0ADMIN", at=datetime.now(UTC))

    assert not any(text in turn for turn in ask_again(bot, ana))


def test_a_draft_that_somebody_used_is_liked_as_by_a_vote(storage: Storage) -> None:
    with storage.write() as db:
        brief = add_brief(db, "brew")
        shared, shipped, both = (add_draft(db, brief, variant) for variant in (1, 2, 3))
        drafts_kept.save_share(db, shared, user="U0BEN", channel="C0LAUNCH", at=at(1))
        drafts_kept.save_shipment(db, shipped, user="U0BEN", at=at(2))
        drafts_kept.save_shipment(db, both, user="U0BEN", at=at(3))
        votes.cast(db, both, user="U0BEN", value=1, source="button", at=at(4))

        found = {row.draft: (row.up, row.down) for row in judged.recent(db, WORKSPACE, user="U0ANA")}

    assert found == {"brew-1": (1, 0), "brew-2": (1, 0), "brew-3": (1, 0)}, "who votes and uses is one person"


def test_a_use_from_before_a_rewrite_is_no_use_of_it(storage: Storage) -> None:
    with storage.write() as db:
        draft = add_draft(db, add_brief(db, "brew"))
        drafts_kept.save_shipment(db, draft, user="U0BEN", at=at(1))
        drafts_kept.save_edit(db, draft, user="U0ANA", text=REWRITE, at=at(2))
        (before,) = judged.recent(db, WORKSPACE, user="U0ANA")
        drafts_kept.save_shipment(db, draft, user="U0CHLOE", at=at(3))
        (after,) = judged.recent(db, WORKSPACE, user="U0ANA")

    assert [(one.edited, one.up) for one in (before, after)] == [(REWRITE, 0), (REWRITE, 1)]


def test_only_what_was_done_or_came_since_then_counts(storage: Storage) -> None:
    with storage.write() as db:
        brief = add_brief(db, "brew")
        old, new, filed = (add_draft(db, brief, variant) for variant in (1, 2, 3))
        for draft in (old, new):
            votes.cast(db, draft, user="U0BEN", value=1, source="button", at=at(1))
        votes.cast(db, new, user="U0CHLOE", value=1, source="button", at=at(6))
        drafts_kept.save_shipment(db, old, user="U0BEN", at=at(2))
        drafts_kept.save_edit(db, old, user="U0BEN", text=REWRITE, at=at(3))
        told = {imports.key(brief.format, brief.product, filed.text): filed.id}
        act = imports.Act(user="ben", value=1, reason="", edited="", at=at(0))
        imports.keep(db, brief, filed, act, known=told, now=at(7))

        found = {row.draft: row.up for row in judged.recent(db, WORKSPACE, user="U0ANA", since=stamp(at(5)))}

    assert found == {"brew-2": 1, "brew-3": 1}


def test_another_workspace_likes_for_itself(bot: RunningBot, ana: Visitor) -> None:
    liked_one(bot, ana)
    workspace = bot.rows("SELECT workspace FROM votes")[0]["workspace"]

    with bot.storage.read() as db:
        assert len(judged.recent(db, workspace, user="U0ANA")) == 1
        assert judged.recent(db, "T0OTHER", user="U0ANA") == []


def test_votes_from_before_a_rewrite_are_not_votes_on_it(bot: RunningBot, ana: Visitor) -> None:
    liked_one(bot, ana)
    workspace = bot.rows("SELECT workspace FROM votes")[0]["workspace"]
    ana.click(drafts(ana)[0], "edit")
    ana.fill_and_submit({"text": REWRITE})
    ana.wait_for(lambda page: "edited by" in shown(drafts(page)[0]))

    with bot.storage.read() as db:
        found = judged.recent(db, workspace, user="U0ANA")

    assert [(one.edited, one.up, one.down) for one in found] == [(REWRITE, 0, 0)]
    assert rows.to_judged(found[0]).is_liked


def test_the_newest_are_looked_at_and_an_index_finds_them(bot: RunningBot, ana: Visitor) -> None:
    liked_one(bot, ana)
    workspace = bot.rows("SELECT workspace FROM votes")[0]["workspace"]

    with bot.storage.read() as db:
        asked = {"workspace": workspace, "user": "U0ANA", "since": "", "limit": 1, "acts": 4}
        plan = " ".join(row["detail"] for row in db.query(f"EXPLAIN QUERY PLAN {judged.QUERY}", asked))

        assert judged.recent(db, workspace, user="U0ANA", limit=0) == []

    assert "idx_votes_workspace_at" in plan
    assert "idx_edits_workspace_at" in plan
    assert "idx_uses_workspace_at" in plan


def test_a_taught_writer_shows_the_liked_drafts_alone() -> None:
    engine = FakeEngine(*TWEETS)
    brief = Brief("tweet for Brewline cold brew, free shipping this week")

    list(Writer(engine, adapter="house", taught=True).write(brief, liked=[Example("tweet for Alder", "Walk on.")]))

    asked = turns(engine.requests[0])
    assert [turn.partition(":")[0] for turn in asked] == ["system", "user", "assistant", "user"]
    assert asked[2] == "assistant: Walk on."
