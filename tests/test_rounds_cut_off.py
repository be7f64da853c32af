"""A round is on record while it runs; cut off it goes on or is marked as failed, and two never run at once."""

import subprocess
import sys
import threading
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from filelock import FileLock

from bot import rounds
from bot.fitting import Progress
from bot.round_parts import Parts
from bot.rounds import RoundCut, RoundRunning
from model.adapters import HOUSE
from storage import consent
from storage import rounds as rows
from storage.rounds import RoundRow
from tests import scripted_steps
from tests.desk_rows import WORKSPACE
from tests.scripted_steps import Scripted
from tests.team import SUNDAY, add_votes

ROOT = Path(__file__).parent.parent
TAKE = "import sys; from filelock import FileLock; FileLock(sys.argv[1], timeout=0).acquire()"


@pytest.fixture
def script() -> Scripted:
    return Scripted()


@pytest.fixture
def clock() -> list[datetime]:
    return [SUNDAY]


@pytest.fixture
def parts(data: Path, tmp_path: Path, script: Scripted, clock: list[datetime]) -> Parts:
    made = scripted_steps.parts(data, tmp_path / "tiny", script, clock)
    add_votes(made.storage)
    return made


def run(parts: Parts, stop: threading.Event | None = None) -> RoundRow:
    return rounds.run(parts, WORKSPACE, asked_by="terminal", stop=stop or threading.Event())


def cut_off(parts: Parts, script: Scripted) -> None:
    """Run until the fitting has begun, and end as the process does."""
    stop = threading.Event()
    stop.set()
    script.hold = True
    with pytest.raises(RoundCut):
        run(parts, stop)
    script.hold = False


def kept(parts: Parts) -> list[RoundRow]:
    with parts.storage.read() as db:
        return rows.recent(db, WORKSPACE, 10)


def test_two_rounds_never_run_at_once(parts: Parts, script: Scripted, data: Path) -> None:
    script.hold = True
    stop, ended = threading.Event(), threading.Event()

    def hold() -> None:
        with pytest.raises(RoundCut):
            run(parts, stop)
        ended.set()

    threading.Thread(target=hold).start()
    assert script.reached.wait(10)
    other = subprocess.run([sys.executable, "-c", TAKE, str(data / "round.lock")], capture_output=True, cwd=ROOT)

    with pytest.raises(RoundRunning, match="running already"):
        run(parts)

    assert b"Timeout" in other.stderr, "another process is kept out too"
    assert len(kept(parts)) == 1
    stop.set()
    assert ended.wait(10)


def test_a_round_that_was_cut_off_goes_on_with_the_same_job(parts: Parts, script: Scripted, data: Path) -> None:
    cut_off(parts, script)
    begun = kept(parts)[0]
    checkpoint = data / "rounds" / "1" / "adapter.partial"
    checkpoint.mkdir()
    seen = list[bool]()
    script.during = lambda: seen.append(checkpoint.exists())

    row = run(parts)

    assert (begun.state, begun.verdict) == ("fitting", "")
    assert (row.id, row.verdict, row.attempts) == (1, "canary", 1)
    assert script.jobs[0] == script.jobs[1]
    assert seen == [True]
    assert len(kept(parts)) == 1


def test_what_was_begun_is_dropped_when_the_lessons_are_others(parts: Parts, script: Scripted, data: Path) -> None:
    cut_off(parts, script)
    checkpoint = data / "rounds" / "1" / "adapter.partial"
    checkpoint.mkdir()
    with parts.storage.write() as db:
        consent.object_to_learning(db, WORKSPACE, user="U0BEN", at=SUNDAY)
    seen = list[bool]()
    script.during = lambda: seen.append(checkpoint.exists())

    run(parts)

    assert seen == [False]


def test_votes_that_came_after_a_round_began_are_left_to_the_next(parts: Parts, script: Scripted, data: Path) -> None:
    cut_off(parts, script)
    (data / "rounds" / "1" / "adapter.partial").mkdir()
    before = (data / "rounds" / "1" / "train.jsonl").read_bytes()
    add_votes(parts.storage, 10, since=SUNDAY + timedelta(hours=1), seed=1)
    seen = list[bytes]()
    script.during = lambda: seen.append((data / "rounds" / "1" / "train.jsonl").read_bytes())

    run(parts)

    assert seen == [before]


def test_a_candidate_that_was_published_before_the_crash_is_judged_and_not_fitted_again(
    parts: Parts, script: Scripted
) -> None:
    def die() -> None:
        raise SystemExit

    script.during = die
    with pytest.raises(SystemExit):
        run(parts)
    script.during = lambda: None

    row = run(parts)

    assert (row.id, row.verdict, row.adapter, row.attempts) == (1, "canary", "v0001", 2)
    assert len(script.jobs) == 1


@pytest.mark.parametrize("why", ["too often", "too old"])
def test_a_round_that_can_not_go_on_is_marked_as_failed(
    parts: Parts, why: str, clock: list[datetime], data: Path
) -> None:
    with parts.storage.write() as db:
        row = rows.begin(db, WORKSPACE, asked_by="schedule", at=SUNDAY)
        rows.advance(db, row.id, "fitting", attempts=rounds.MOST_ATTEMPTS if why == "too often" else 1)
    (data / "rounds" / "1").mkdir(parents=True)
    clock[0] += timedelta(0) if why == "too often" else rounds.TOO_OLD

    assert rounds.settle(parts) is None

    row = kept(parts)[0]
    assert (row.verdict, row.reason) == ("failed", rounds.CUT_OFF.format(state="fitting"))
    assert not (data / "rounds" / "1").exists()


def test_a_round_is_stopped_from_another_process(parts: Parts, script: Scripted, data: Path) -> None:
    script.hold = True
    ended = list[RoundRow]()
    thread = threading.Thread(target=lambda: ended.append(run(parts)))
    thread.start()
    assert script.reached.wait(10)

    with parts.storage.write() as db:
        assert rows.ask_to_stop(db, 1)
    thread.join(10)

    assert [(row.verdict, row.reason) for row in ended] == [("skipped", rounds.BY_HAND.format(state="fitting"))]
    assert not (data / "rounds" / "1").exists()


def test_what_was_collected_goes_when_somebody_is_forgotten(parts: Parts, data: Path) -> None:
    (data / "rounds" / "1").mkdir(parents=True)
    with FileLock(data / "round.lock"):
        rounds.discard(parts.data)
        assert (data / "rounds" / "1").exists(), "a round that runs finds out by itself"

    rounds.discard(parts.data)

    assert not list((data / "rounds").iterdir())


def test_a_round_is_on_record_from_its_first_moment(parts: Parts, script: Scripted) -> None:
    seen = list[RoundRow]()
    script.during = lambda: seen.extend(kept(parts))

    run(parts)

    assert [(row.state, row.verdict, row.adapter, row.incumbent) for row in seen] == [
        ("judging", "", "v0001", HOUSE),
    ]


def test_progress_is_kept_where_app_home_looks(parts: Parts, script: Scripted, clock: list[datetime]) -> None:
    seen, told = list[str](), list[Progress]()
    script.during = lambda: seen.append(kept(parts)[0].progress)

    def tell(progress: Progress) -> None:
        told.append(progress)
        clock[0] += timedelta(seconds=5)

    rounds.run(parts, WORKSPACE, asked_by="terminal", stop=threading.Event(), tell=tell)

    assert seen == ["judging: 1 of 2, about 5 seconds left"]
    assert [one.stage for one in told] == ["training", "judging"]


def test_why_a_process_failed_can_be_read_until_the_next_round(parts: Parts, script: Scripted, data: Path) -> None:
    script.failure = "The fine-tuning ended with code 1 and no reason."
    log = data / "rounds" / "1" / "adapter.log"
    failed = run(parts)
    log.parent.mkdir(exist_ok=True)
    log.touch()

    script.failure = ""
    run(parts)

    assert failed.verdict == "failed"
    assert not log.exists()
