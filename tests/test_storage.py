"""Rows are kept whole, once, and in the order in which people did things."""

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage import briefs, deliveries, drafts, votes
from storage.briefs import BriefRow
from storage.database import Storage, stamp
from storage.drafts import DraftRow
from storage.migrations import MIGRATIONS

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)

COLUMNS = {
    "briefs": "id workspace channel user product format audience tone must_say must_not_say language redesign_of"
    " instruction response_url status thread_ts opener_channel opener_ts asked_at started_at finished_at"
    " variants private attempts revision erased brand",
    "brands": "id workspace key name voice known banned must_say examples aspects user at is_default",
    "drafts": "id workspace brief text checks model adapter channel ts written_at variant characters taste picks rank"
    " propensity imported",
    "votes": "draft user workspace value reason words source at kept_at rewrite_erased",
    "edits": "draft user workspace text at first_at kept_at",
    "uses": "draft user workspace channel at shared shipped rewrite_erased",
    "deliveries": "key at",
    "consents": "workspace user at trains",
    "objections": "workspace user at",
}


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    found = Storage(tmp_path / "new folder" / "copydesk.db")
    found.migrate()
    return found


@pytest.fixture
def draft(storage: Storage) -> DraftRow:
    row = DraftRow(
        id="d1",
        workspace="T1",
        brief="b1",
        variant=1,
        text="text",
        characters=4,
        checks=({"name": "length", "ok": True, "reason": "4 of 280"},),
        taste=0.0,
        model="m",
        adapter=None,
        written_at=stamp(NOON),
    )
    with storage.write() as db:
        briefs.insert(db, brief("b1"))
        drafts.insert(db, row)
    return row


def brief(name: str, *, workspace: str = "T1", user: str = "U1", minute: int = 0) -> BriefRow:
    return BriefRow(
        id=name,
        workspace=workspace,
        channel="C1",
        user=user,
        product="tea",
        format="tweet",
        variants=3,
        must_say=("free", "tea"),
        asked_at=stamp(NOON + timedelta(minutes=minute)),
    )


def test_migrating_makes_exactly_these_columns(storage: Storage) -> None:
    with storage.read() as db:
        assert {name: " ".join(db.table(name).columns_dict) for name in COLUMNS} == COLUMNS
        assert db.journal_mode == "wal"


def test_migrating_twice_changes_nothing(storage: Storage, draft: DraftRow) -> None:
    storage.migrate()

    with storage.read() as db:
        assert MIGRATIONS.pending(db) == []
        assert drafts.get(db, "d1") == draft


def test_a_brief_comes_back_as_it_was_put(storage: Storage) -> None:
    row = brief("b1")

    with storage.write() as db:
        briefs.insert(db, row)

    with storage.read() as db:
        assert briefs.get(db, "b1") == row


def test_a_block_that_raises_keeps_nothing(storage: Storage) -> None:
    def insert_and_fail() -> None:
        with storage.write() as db:
            briefs.insert(db, brief("b1"))
            raise KeyError

    with pytest.raises(KeyError):
        insert_and_fail()

    with storage.read() as db:
        assert briefs.get(db, "b1") is None


def test_a_delivery_is_claimed_once(storage: Storage) -> None:
    with storage.write() as db:
        claims = [deliveries.claim(db, "Ev1", NOON) for _ in range(4)]

    assert claims == [True, False, False, False]


def test_old_deliveries_are_purged_and_new_ones_stay(storage: Storage) -> None:
    with storage.write() as db:
        deliveries.claim(db, "old", NOON - deliveries.KEPT - timedelta(seconds=1))
        deliveries.claim(db, "new", NOON)

        assert deliveries.purge(db, NOON) == 1
        assert not deliveries.claim(db, "new", NOON)


@pytest.fixture
def queue(storage: Storage) -> Storage:
    with storage.write() as db:
        for number in range(3):
            briefs.insert(db, brief(f"greedy{number}", user="U1", minute=number))
        briefs.insert(db, brief("patient", user="U2", minute=10))
        briefs.insert(db, brief("elsewhere", workspace="T2", user="U1", minute=20))
    return storage


def test_the_queue_is_fair_between_workspaces_and_people(queue: Storage) -> None:
    with queue.write() as db:
        taken = [briefs.take(db, NOON + timedelta(minutes=30 + number)) for number in range(6)]

    assert [row.id if row else None for row in taken] == [
        "greedy0",
        "elsewhere",
        "patient",
        "greedy1",
        "greedy2",
        None,
    ]


def test_what_was_being_written_is_resumed_and_what_ended_is_not(queue: Storage) -> None:
    with queue.write() as db:
        first, second = briefs.take(db, NOON), briefs.take(db, NOON)
        assert first is not None
        assert second is not None
        briefs.finish(db, second.id, "done", NOON)

        assert briefs.resume(db) == 1

        found = briefs.get(db, first.id)
        assert found is not None
        assert (found.status, found.attempts) == ("queued", 1)


def test_a_brief_ends_once(queue: Storage) -> None:
    with queue.write() as db:
        assert briefs.finish(db, "patient", "cancelled", NOON)
        assert not briefs.finish(db, "patient", "done", NOON)

        found = briefs.get(db, "patient")
        assert found is not None
        assert found.status == "cancelled"


def test_an_older_vote_does_not_replace_a_newer_one(storage: Storage, draft: DraftRow) -> None:
    """Slack may deliver out of order: a 👍 of noon that arrives after a 👎 of one o'clock is old news."""
    with storage.write() as db:
        votes.cast(db, draft, user="U1", value=-1, source="button", at=NOON + timedelta(hours=1))

        assert not votes.cast(db, draft, user="U1", value=1, source="button", at=NOON)
        assert votes.value_of(db, "d1", user="U1") == -1


def test_a_reason_goes_with_the_vote_it_was_given_for(storage: Storage, draft: DraftRow) -> None:
    with storage.write() as db:
        votes.cast(db, draft, user="U1", value=-1, source="button", at=NOON)
        votes.give_reason(db, "d1", user="U1", reason="boring", words="")
        votes.cast(db, draft, user="U1", value=1, source="button", at=NOON)

        assert next(db.query("SELECT reason FROM votes")) == {"reason": None}


def test_a_vote_is_up_or_down(storage: Storage, draft: DraftRow) -> None:
    with storage.write() as db, pytest.raises(ValueError, match="not 2"):
        votes.cast(db, draft, user="U1", value=2, source="button", at=NOON)


def test_a_draft_belongs_to_a_brief(storage: Storage, draft: DraftRow) -> None:
    with pytest.raises(sqlite3.IntegrityError), storage.write() as db:
        drafts.insert(db, replace(draft, id="d2", brief="nobody", variant=2))


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        stamp(datetime(2026, 11, 23, 12))  # noqa: DTZ001 - what is being refused
