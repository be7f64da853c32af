"""What a digest tells of rounds: each verdict in its week, and the end of its trial in the week that it came."""

from datetime import datetime, timedelta
from pathlib import Path

from bot import digest_learned
from bot.weeks import ending
from storage import rounds
from storage.database import Storage
from tests.desk_rows import WORKSPACE
from tests.digest_rows import DUE, WEDNESDAY, WEEK


def told(storage: Storage, due: datetime) -> str:
    return digest_learned.from_rows(storage, lambda _: [])(WORKSPACE, ending(due)).verdict


def test_a_trial_is_told_when_it_begins_and_when_it_ends(tmp_path: Path) -> None:
    storage = Storage(tmp_path / "copydesk.db")
    storage.migrate()
    with storage.write() as db:
        row = rounds.begin(db, WORKSPACE, asked_by="schedule", at=WEDNESDAY)
        rounds.end(db, row.id, "canary", "v0001 passed and is on trial.", at=WEDNESDAY)
    week = timedelta(days=7)
    assert told(storage, DUE) == "Round 1: on trial. v0001 passed and is on trial."
    assert told(storage, DUE + week) == ""

    with storage.write() as db:
        rounds.decide(db, row.id, "promoted", "v0001 writes from now on.", WEEK.end + timedelta(days=1))

    assert told(storage, DUE + week) == "Round 1: on trial, then promoted. v0001 writes from now on."
    assert told(storage, DUE + 2 * week) == ""
