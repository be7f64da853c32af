"""What people do with drafts can be learnt from: whole, honest about what it was said of, and nobody's too often."""

from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot import rows
from model.brief import Brief
from model.signals import Signal
from storage import consent, drafts, judged, signals
from storage import votes as votes_kept
from storage.briefs import BriefRow
from storage.database import Storage, stamp
from storage.drafts import DraftRow
from storage.migrations import MIGRATIONS
from storage.signals import SignalRow
from tests.desk_rows import WORKSPACE, add_brief, add_draft, at
from tests.running_bot import RunningBot
from tests.thread_reading import wait_for_drafts
from tests.visitor import Visitor

BREWLINE = "/copy tweet for Brewline cold brew, free shipping this week"
REWRITE = "Brewline ships free this week."


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    storage = Storage(tmp_path / "copydesk.db")
    storage.migrate()
    with storage.write() as db:
        yield db


@pytest.fixture
def brief(db: Database) -> BriefRow:
    return add_brief(db, "brew", tone="dry", must_say=("free",))


@pytest.fixture
def draft(db: Database, brief: BriefRow) -> DraftRow:
    return add_draft(db, brief, adapter="v0003", rank=2, propensity=0.25)


def vote(db: Database, draft: DraftRow, user: str = "U0BEN", value: int = 1, minute: float = 1) -> None:
    votes_kept.cast(db, draft, user=user, value=value, source="button", at=at(minute))


def edit(db: Database, draft: DraftRow, user: str = "U0BEN", text: str = REWRITE, minute: float = 2) -> None:
    drafts.save_edit(db, draft, user=user, text=text, at=at(minute))


def only(db: Database, **options: object) -> SignalRow:
    (found,) = signals.of_workspace(db, WORKSPACE, **options)  # type: ignore[arg-type] # passed through as it is
    return found


def test_a_persons_vote_edit_and_use_are_one_signal(db: Database, draft: DraftRow) -> None:
    vote(db, draft, value=-1)
    votes_kept.give_reason(db, draft.id, user="U0BEN", reason="boring", words="bolder")
    edit(db, draft, minute=2)
    drafts.save_share(db, draft, user="U0BEN", channel="C0LAUNCH", at=at(3))

    assert rows.to_signal(only(db)) == Signal(
        draft="brew-1",
        brief=Brief(product="tweet for brew", tone="dry", must_say=("free",)),
        text="Draft 1 about brew.",
        user="U0BEN",
        at=stamp(at(3)),
        value=-1,
        edited=REWRITE,
        used=True,
        reason="boring",
        words="bolder",
        model="tiny",
        adapter="v0003",
        rank=2,
        propensity=0.25,
    )
    assert only(db).brief.user == "U0ANA"


def test_a_rewrite_that_is_touched_up_later_keeps_the_votes_that_it_got(db: Database, draft: DraftRow) -> None:
    edit(db, draft, "U0ANA", minute=1)
    vote(db, draft, "U0BEN", value=1, minute=2)
    drafts.save_share(db, draft, user="U0CHLOE", channel="C0LAUNCH", at=at(2))
    edit(db, draft, "U0ANA", text=f"{REWRITE} Yes, free.", minute=3)

    assert [(row.user, row.at) for row in signals.of_workspace(db, WORKSPACE)] == [("U0ANA", stamp(at(3)))]


def test_a_draft_that_got_its_first_words_back_counts_as_rewritten_from_the_next_rewrite_on(
    db: Database, draft: DraftRow
) -> None:
    edit(db, draft, "U0ANA", minute=1)
    edit(db, draft, "U0ANA", text=draft.text, minute=2)
    vote(db, draft, "U0BEN", value=1, minute=3)
    edit(db, draft, "U0ANA", minute=4)

    assert [(row.user, row.value) for row in signals.of_workspace(db, WORKSPACE)] == [("U0BEN", 1), ("U0ANA", 0)]


def test_a_row_has_every_field_of_a_signal() -> None:
    known = {one.name for one in fields(SignalRow)}

    assert {one.name for one in fields(Signal)} <= known


def test_two_people_are_two_signals_in_the_order_of_their_acts(db: Database, draft: DraftRow) -> None:
    vote(db, draft, "U0BEN", minute=5)
    edit(db, draft, "U0CHLOE", minute=6)
    vote(db, draft, "U0ANA", minute=1)

    assert [row.user for row in signals.of_workspace(db, WORKSPACE)] == ["U0ANA", "U0BEN", "U0CHLOE"]
    assert [row.user for row in signals.of_workspace(db, WORKSPACE, since=stamp(at(5)))] == ["U0CHLOE"]
    assert signals.of_workspace(db, "T0ELSEWHERE") == []


def test_a_vote_on_a_rewrite_is_about_the_rewrite_and_not_about_what_the_desk_wrote(
    db: Database, draft: DraftRow
) -> None:
    """Such votes were left out."""
    vote(db, draft, "U0ANA", value=-1, minute=1)
    edit(db, draft, "U0BEN", minute=2)
    vote(db, draft, "U0BEN", value=1, minute=3)
    vote(db, draft, "U0CHLOE", value=-1, minute=3)
    votes_kept.give_reason(db, draft.id, user="U0CHLOE", reason="boring", words="")

    found = {row.user: row for row in signals.of_workspace(db, WORKSPACE)}

    assert {user: (row.value, row.edited) for user, row in found.items()} == {
        "U0ANA": (-1, ""),
        "U0BEN": (0, REWRITE),
        "U0CHLOE": (0, ""),
    }
    assert {user: (row.shown, row.shown_value) for user, row in found.items() if row.shown} == {
        "U0CHLOE": (REWRITE, -1)
    }
    assert found["U0CHLOE"].reason == ""
    assert rows.to_signal(found["U0CHLOE"]).shown_value == -1
    assert [row.user for row in signals.of_workspace(db, WORKSPACE, since=stamp(at(2.5)))] == ["U0CHLOE"]


def test_a_vote_is_on_the_rewrite_that_was_shown_when_it_was_given(db: Database, draft: DraftRow) -> None:
    edit(db, draft, "U0ANA", text="Ana's words.", minute=1)
    vote(db, draft, "U0CHLOE", minute=2)
    edit(db, draft, "U0BEN", text="Ben's words.", minute=3)
    vote(db, draft, "U0ANA", value=-1, minute=4)
    edit(db, draft, "U0DEE", text=draft.text, minute=5)
    vote(db, draft, "U0EVE", minute=6)

    found = {row.user: (row.value, row.shown, row.shown_value) for row in signals.of_workspace(db, WORKSPACE)}

    assert found["U0CHLOE"] == (0, "Ana's words.", 1)
    assert found["U0ANA"] == (0, "Ben's words.", -1)
    assert found["U0EVE"] == (1, "", 0), "the first words were back"


def test_a_vote_from_a_file_is_on_the_text_that_the_file_names(db: Database, draft: DraftRow) -> None:
    edit(db, draft, "U0BEN", minute=1)
    votes_kept.cast(db, draft, user="U0CHLOE", value=1, source="imported", at=at(2))

    found = {row.user: (row.value, row.shown) for row in signals.of_workspace(db, WORKSPACE)}

    assert found["U0CHLOE"] == (1, "")


def test_a_vote_on_the_words_of_somebody_who_said_no_is_left_out(db: Database, draft: DraftRow) -> None:
    edit(db, draft, "U0BEN", minute=1)
    vote(db, draft, "U0CHLOE", minute=2)
    consent.object_to_learning(db, WORKSPACE, user="U0BEN", at=at(3))

    assert signals.of_workspace(db, WORKSPACE) == []
    assert len(signals.of_workspace(db, WORKSPACE, learnable=False)) == 2


def test_a_rewrite_that_is_used_counts_for_whoever_wrote_it(db: Database, draft: DraftRow) -> None:
    edit(db, draft, "U0BEN", minute=2)
    for user in ("U0BEN", "U0CHLOE"):
        drafts.save_shipment(db, draft, user=user, at=at(3))

    found = [(row.user, row.used, row.edited) for row in signals.of_workspace(db, WORKSPACE)]

    assert found == [("U0BEN", True, REWRITE)]


def test_an_edit_that_brings_the_first_words_back_is_none(db: Database, draft: DraftRow) -> None:
    edit(db, draft, text=draft.text)

    assert signals.of_workspace(db, WORKSPACE) == []

    vote(db, draft, minute=9)
    assert (only(db).value, only(db).edited) == (1, "")


def test_a_new_version_remembers_what_it_was_to_replace(db: Database, draft: DraftRow) -> None:
    edit(db, draft, minute=2)
    anew = add_brief(db, "anew", redesign_of=draft.id, revision="shorter", asked_at=stamp(at(5)), user="U0BEN")
    vote(db, add_draft(db, anew), minute=10)

    new = signals.of_workspace(db, WORKSPACE)[-1]
    assert (new.draft, new.rejected) == ("anew-1", REWRITE)
    assert rows.to_signal(new).brief.rejected == REWRITE

    edit(db, draft, text="Later words.", minute=9)
    later = next(row for row in signals.of_workspace(db, WORKSPACE) if row.draft == "anew-1")
    assert later.rejected == draft.text, "the rewrite of that time is gone, so the draft stands for it"


@pytest.mark.parametrize("place", [{"private": True}, {"channel": "D0ANA"}])
def test_what_was_asked_for_in_private_is_marked(db: Database, place: dict[str, object]) -> None:
    vote(db, add_draft(db, add_brief(db, "secret", **place)), "U0ANA")

    assert only(db).private


def test_of_people_who_said_no_neither_acts_nor_words_are_learnt(db: Database, draft: DraftRow) -> None:
    anew = add_brief(db, "anew", redesign_of=draft.id, revision="shorter", user="U0BEN")
    bens = add_brief(db, "bens", user="U0BEN")
    of_anew, of_bens = add_draft(db, anew), add_draft(db, bens)
    for one in (draft, of_anew, of_bens):
        vote(db, one, "U0ANA")
        vote(db, one, "U0CHLOE")

    consent.object_to_learning(db, WORKSPACE, user="U0ANA", at=at(5))

    found = [(row.draft, row.user) for row in signals.of_workspace(db, WORKSPACE)]
    assert found == [("bens-1", "U0CHLOE")], "a new version of ana's brief has her words, whoever asks for it"
    assert len(signals.of_workspace(db, WORKSPACE, learnable=False)) == 6

    consent.allow_learning(db, WORKSPACE, user="U0ANA")
    assert len(signals.of_workspace(db, WORKSPACE)) == 6


def test_what_people_who_said_no_did_is_shown_to_no_writer(db: Database) -> None:
    liked, rewritten = (add_draft(db, add_brief(db, name, user="U0BEN")) for name in ("liked", "rewritten"))
    for user in ("U0ANA", "U0BEN"):
        vote(db, liked, user)
    edit(db, liked, "U0ANA")
    edit(db, rewritten, "U0ANA")
    consent.object_to_learning(db, WORKSPACE, user="U0ANA", at=at(5))

    found = [(row.draft, row.up, row.edited) for row in judged.recent(db, WORKSPACE, user="U0BEN")]

    assert found == [("liked-1", 1, None)]


def test_a_use_in_a_direct_message_was_a_mark_before_there_were_marks(tmp_path: Path) -> None:
    storage = Storage(tmp_path / "old.db")
    with storage.write() as db:
        MIGRATIONS.apply(db, stop_before="m006_signals_and_consent")
    with storage.write() as db:
        for channel in ("C0LAUNCH", "D0ANA"):
            db.execute(
                "INSERT INTO briefs (id, workspace, channel, user, product, format, status, asked_at)"
                " VALUES (?, 'T', 'C', 'U', 'p', 'tweet', 'done', '')",
                [channel],
            )
            db.execute(
                "INSERT INTO drafts (id, workspace, brief, variant, text, checks, model, written_at)"
                " VALUES (?, 'T', ?, 1, 't', '[]', 'm', '')",
                [channel, channel],
            )
            db.execute(
                "INSERT INTO uses (draft, user, workspace, channel, at) VALUES (?, 'U', 'T', ?, '')", [channel, channel]
            )

    storage.migrate()

    with storage.read() as db:
        found = {row["channel"]: (row["shared"], row["shipped"]) for row in db.query("SELECT * FROM uses")}
    assert found == {"C0LAUNCH": (1, 0), "D0ANA": (0, 1)}


def test_a_draft_keeps_how_it_was_chosen(bot: RunningBot, ana: Visitor, db: Database, draft: DraftRow) -> None:
    ana.type(BREWLINE)
    wait_for_drafts(ana, 3)

    found = bot.rows("SELECT rank, propensity FROM drafts ORDER BY variant")
    assert found[0]["rank"] == 1
    assert all(row["rank"] >= 1 and 0 < row["propensity"] <= 1 for row in found)

    drafts.complete(db, replace(draft, rank=3, propensity=0.5))
    streamed = drafts.get(db, draft.id)
    assert streamed is not None
    assert (streamed.rank, streamed.propensity) == (3, 0.5)
