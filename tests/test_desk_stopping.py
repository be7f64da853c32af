"""A brief that waits to be tried again is stopped at once, and its end is shown by whoever has it."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from bot.desk import Desk, Job, Outcome, SlackUnavailable
from model.generation import EngineUnavailable
from storage.briefs import BriefRow
from storage.database import Storage, stamp

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
Unavailable = SlackUnavailable | EngineUnavailable


class Away:
    """Work that can't be done while something is away; keeps what was asked of it."""

    def __init__(self) -> None:
        self.missing: Unavailable | None = None
        self.began, self.ended = threading.Semaphore(0), threading.Semaphore(0)
        self.shown: list[str] = []
        self.taken = ""

    def write(self, job: Job) -> Outcome:
        self.taken = job.brief.id
        self.began.release()
        if self.missing is not None:
            raise self.missing
        return "done"

    def apologise(self, brief: BriefRow) -> None:
        self.shown.append(f"failed {brief.id}")
        self.ended.release()

    def end(self, brief: BriefRow) -> None:
        self.shown.append(f"stopped {brief.id}")
        self.ended.release()


@pytest.fixture
def work() -> Away:
    return Away()


@pytest.fixture
def desk(storage: Storage, work: Away) -> Iterator[Desk]:
    found = Desk(storage, clock=lambda: NOON, limit=5, workers=1, first_wait=60.0)
    found.start(work)
    yield found
    found.close()


def brief(name: str) -> BriefRow:
    return BriefRow(name, "T1", "C1", "U1", product="tea", format="tweet", variants=3, asked_at=stamp(NOON))


def status(storage: Storage) -> str:
    with storage.read() as db:
        return str(next(db.query("SELECT status FROM briefs"))["status"])


def missing(kind: str) -> Unavailable:
    return (
        SlackUnavailable("Slack is away.") if kind == "slack" else EngineUnavailable("The engine is away", "Start it.")
    )


@pytest.mark.parametrize("kind", ["slack", "engine"])
def test_a_brief_that_waits_for_a_minute_is_stopped_at_once(
    desk: Desk, work: Away, storage: Storage, kind: str
) -> None:
    work.missing = missing(kind)
    desk.put(brief("b1"), key="k1")
    assert work.began.acquire(timeout=10)

    assert desk.cancel("b1")

    assert work.ended.acquire(timeout=10)
    assert work.shown == ["stopped b1"]
    assert status(storage) == "cancelled"


@pytest.mark.parametrize("kind", ["slack", "engine"])
def test_closing_does_not_wait_for_what_is_away_and_keeps_the_brief(
    desk: Desk, work: Away, storage: Storage, kind: str
) -> None:
    work.missing = missing(kind)
    desk.put(brief("b1"), key="k1")
    assert work.began.acquire(timeout=10)

    desk.close()

    assert work.shown == []
    assert status(storage) == "queued"


def test_a_brief_that_ended_is_not_stopped(desk: Desk, work: Away, storage: Storage) -> None:
    desk.put(brief("b1"), key="k1")
    assert work.began.acquire(timeout=10)
    desk.close()

    assert not desk.cancel("b1")
    assert work.shown == []
    assert status(storage) == "done"


def test_a_brief_that_nobody_has_yet_is_shown_as_stopped_by_who_stops_it(
    desk: Desk, work: Away, storage: Storage
) -> None:
    work.missing = missing("slack")
    desk.put(brief("b1"), key="k1")
    assert work.began.acquire(timeout=10)
    desk.put(brief("b2"), key="k2")

    assert desk.cancel("b2")

    assert work.shown == ["stopped b2"]
