"""How much is new to the next round: what it may read of what people did since the last round that learnt."""

from collections.abc import Iterator

import pytest
from sqlite_utils import Database

from bot.round_work import news
from storage import consent, drafts, rounds, votes
from storage.database import Storage
from storage.drafts import DraftRow
from tests.desk_rows import WORKSPACE, add_brief, add_draft, at
from tests.team import allow


@pytest.fixture
def db(storage: Storage) -> Iterator[Database]:
    allow(storage)
    with storage.write() as db:
        yield db


def draft(db: Database, name: str) -> DraftRow:
    return add_draft(db, add_brief(db, name))


def vote(db: Database, name: str, *, user: str = "U0BEN", minute: int = 0) -> DraftRow:
    made = draft(db, name)
    votes.cast(db, made, user=user, value=1, source="button", at=at(minute))
    return made


def learn(db: Database, verdict: str, *, minute: int) -> None:
    row = rounds.begin(db, WORKSPACE, asked_by="schedule", at=at(minute))
    rounds.end(db, row.id, verdict, "So it was.", at=at(minute + 1))


def test_votes_rewrites_and_uses_count_and_one_persons_on_a_draft_are_one(db: Database) -> None:
    voted = vote(db, "voted")
    drafts.save_edit(db, voted, user="U0BEN", text="Rewritten by who voted.", at=at(1))
    drafts.save_edit(db, draft(db, "edited"), user="U0ANA", text="Rewritten.", at=at(2))
    drafts.save_shipment(db, draft(db, "shipped"), user="U0ANA", at=at(3))

    assert news(db, WORKSPACE, "ask") == 3


def test_what_no_round_may_read_does_not_count(db: Database) -> None:
    vote(db, "theirs", user="U0BEN")
    vote(db, "anas", user="U0ANA")
    consent.object_to_learning(db, WORKSPACE, user="U0BEN", at=at(5))

    assert news(db, WORKSPACE, "ask") == 1
    assert news(db, WORKSPACE, "imported") == 0
    assert news(db, WORKSPACE, "off") == 0


@pytest.mark.parametrize(("verdict", "new"), [("rejected", 1), ("canary", 1), ("skipped", 2), ("failed", 2)])
def test_it_is_counted_since_the_last_round_that_learnt(db: Database, verdict: str, new: int) -> None:
    vote(db, "before", minute=0)
    learn(db, verdict, minute=10)
    vote(db, "after", minute=20)

    assert news(db, WORKSPACE, "ask") == new


def test_a_rewrite_of_a_draft_that_was_learnt_from_is_new(db: Database) -> None:
    voted = vote(db, "voted", minute=0)
    learn(db, "rejected", minute=10)
    assert news(db, WORKSPACE, "ask") == 0

    drafts.save_edit(db, voted, user="U0BEN", text="Rewritten since.", at=at(20))

    assert news(db, WORKSPACE, "ask") == 1
