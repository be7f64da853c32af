"""Times of a crontab on a place's clock, through both changes of the year; and tasks that run at start and again."""

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from apscheduler.triggers.cron import CronTrigger
from hypothesis import given
from hypothesis import strategies as st

from bot import schedule, time_zone
from bot.playground.server import PlaygroundServer
from bot.reaching import build_clients
from bot.schedule import Task, Times, read_times
from bot.settings import SettingsError, read
from bot.time_zone import Zone
from storage import briefs
from storage.briefs import BriefRow
from storage.database import Storage, stamp

BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC", "America/Santiago")


def times_between(times: Times, first: datetime, last: datetime) -> list[datetime]:
    found, at = [], times.after(first)
    while at <= last:
        found.append(at)
        at = times.after(at)
    return found


def test_the_default_is_sunday_at_three_on_the_clock_of_the_place() -> None:
    times = read_times(read({}).copydesk_round_cron, BERLIN)

    found = times.after(datetime(2026, 11, 23, 12, tzinfo=UTC))

    assert found == datetime(2026, 11, 29, 3, tzinfo=BERLIN)
    assert found.strftime("%A %H:%M") == "Sunday 03:00"


@pytest.mark.parametrize("cron", ["0 3 * * sun", "30 2 * * sun", "0 2 * * 0", "59 1 * * 7"])
@pytest.mark.parametrize(
    ("zone", "change"),
    [
        (BERLIN, datetime(2026, 3, 29, tzinfo=BERLIN)),
        (BERLIN, datetime(2026, 10, 25, tzinfo=BERLIN)),
        (NEW_YORK, datetime(2026, 3, 8, tzinfo=NEW_YORK)),
        (NEW_YORK, datetime(2026, 11, 1, tzinfo=NEW_YORK)),
    ],
)
def test_on_the_day_that_the_clock_changes_it_comes_once(cron: str, zone: ZoneInfo, change: datetime) -> None:
    times = read_times(cron, zone)

    assert len(times_between(times, change - timedelta(days=3), change + timedelta(days=3))) == 1


def test_a_time_that_the_clock_leaves_out_comes_as_much_later() -> None:
    times = read_times("30 2 * * sun", BERLIN)

    assert times.after(datetime(2026, 3, 28, tzinfo=UTC)).isoformat() == "2026-03-29T03:30:00+02:00"


def test_a_time_that_the_clock_shows_twice_comes_the_first_time() -> None:
    times = read_times("30 2 * * sun", BERLIN)
    between = datetime(2026, 10, 25, 1, 10, tzinfo=UTC)  # 2:10 for the second time

    assert times.after(datetime(2026, 10, 24, tzinfo=UTC)).isoformat() == "2026-10-25T02:30:00+02:00"
    assert times.after(between).date().isoformat() == "2026-11-01"


@given(
    st.sampled_from(ZONES),
    st.integers(0, 59),
    st.integers(0, 23),
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 1)),  # noqa: DTZ001 - made aware below
)
def test_every_day_has_its_time_once_in_every_zone(zone: str, minute: int, hour: int, start: datetime) -> None:
    times = read_times(f"{minute} {hour} * * *", ZoneInfo(zone))
    begin = start.replace(tzinfo=UTC)

    found = [at.date() for at in times_between(times, begin, begin + timedelta(days=5))]

    assert found == [found[0] + timedelta(days=day) for day in range(len(found))]
    assert len(found) in (5, 6)


def test_the_library_alone_would_run_twice_or_not_on_the_dot() -> None:
    """Why the clock is reckoned here: with a zone of its own the library's trigger repeats what is shown twice."""
    alone = CronTrigger(minute=30, hour=2, day_of_week="sun", timezone=BERLIN)
    at, found = datetime(2026, 10, 24, tzinfo=BERLIN), []
    for _ in range(2):
        at = alone.get_next_fire_time(None, at.astimezone(UTC) + timedelta(seconds=1))
        found.append(at.date().isoformat())

    assert found == ["2026-10-25", "2026-10-25"]


@pytest.mark.parametrize(
    ("cron", "words"),
    [
        ("", "it has 0 fields and needs 5"),
        ("3 * * sun", "it has 4 fields and needs 5"),
        ("61 3 * * sun", "61"),
        ("0 3 * * someday", "'someday' is no weekday"),
        ("0 3 * * 8", "'8' is no weekday"),
        ("0 3 * * mon/", "'mon/' is no weekday"),
        ("x 3 * * *", "x"),
        ("0 3 30 2 *", schedule.NEVER),
    ],
)
def test_what_is_no_time_is_one_sentence_with_an_example(cron: str, words: str) -> None:
    with pytest.raises(SettingsError) as error:
        read_times(cron, BERLIN)

    said = str(error.value)
    assert words in said
    assert said.startswith(f"COPYDESK_ROUND_CRON is {cron!r}")
    assert "'0 3 * * sun' for Sundays" in said


@pytest.mark.parametrize(("cron", "days"), [("0 3 * * 0", "Sun"), ("0 3 * * 1-3", "Mon Tue Wed"), ("0 3 * * */3", "")])
def test_weekdays_are_counted_as_crontab_does(cron: str, days: str) -> None:
    begin = datetime(2026, 11, 23, tzinfo=UTC)

    found = [at.strftime("%a") for at in times_between(read_times(cron, BERLIN), begin, begin + timedelta(days=7))]

    assert found == (days.split() or ["Wed", "Sat", "Sun"])


def test_what_was_missed_is_due_until_it_was_done() -> None:
    times = read_times("0 3 * * sun", BERLIN)
    monday = datetime(2026, 11, 23, 9, tzinfo=BERLIN)

    assert times.is_due(monday, since=datetime(2026, 11, 21, tzinfo=BERLIN))
    assert times.is_due(datetime(2026, 11, 22, 3, tzinfo=BERLIN), since=datetime(2026, 11, 21, tzinfo=BERLIN))
    assert not times.is_due(monday, since=datetime(2026, 11, 22, 3, tzinfo=BERLIN))


@pytest.mark.parametrize(
    ("hour", "minute", "is_hour"), [(3, 0, True), (3, 59, True), (2, 59, False), (4, 0, False), (15, 0, False)]
)
@pytest.mark.parametrize("day", [22, 24])
def test_the_hour_of_a_weekly_time_comes_every_day(day: int, hour: int, minute: int, is_hour: bool) -> None:
    times = read_times("0 3 * * sun", BERLIN)

    assert times.is_hour(datetime(2026, 11, day, hour, minute, tzinfo=BERLIN), timedelta(hours=1)) is is_hour


@pytest.mark.parametrize("zone", ["Mars/Base", "../etc", "Europe"])
def test_a_zone_that_nobody_knows_is_named(zone: str) -> None:
    with pytest.raises(SettingsError, match="COPYDESK_TIME_ZONE is"):
        read({"COPYDESK_TIME_ZONE": zone})


def ask(storage: Storage, *people: str) -> None:
    with storage.write() as db:
        for number, person in enumerate(people):
            at = stamp(datetime(2026, 11, 23, minute=number, tzinfo=UTC))
            briefs.insert(db, BriefRow(f"b{number}", "T1", "C1", person, "tea", "tweet", 3, at))


def test_the_schedule_goes_by_the_clock_of_those_who_use_the_desk(playground: PlaygroundServer, tmp_path: Path) -> None:
    storage = Storage(tmp_path / "copydesk.db")
    storage.migrate()
    client = build_clients("xoxb-playground", f"{playground.url}/api/").patient

    now = datetime(2026, 11, 23, tzinfo=UTC)
    clock = [now]
    zone = Zone("", lambda: time_zone.of_workspace(client, storage, "T1"), lambda: clock[0])
    assert zone().key == "UTC"
    ask(storage, "U0ANA", "U0NOBODY")
    assert zone().key == "UTC", "asked of Slack once an hour"

    clock[0] = now + timedelta(hours=1)

    assert zone().key == client.users_info(user="U0ANA")["user"]["tz"] != "UTC"
    assert Zone("Asia/Kolkata", lambda: None, lambda: now)().key == "Asia/Kolkata"


@pytest.mark.parametrize(("every", "times"), [(timedelta(hours=1), 1), (timedelta(seconds=1), 2)])
def test_tasks_run_when_the_desk_starts_and_again(tmp_path: Path, every: timedelta, times: int) -> None:
    storage, ran = Storage(tmp_path / "copydesk.db"), threading.Semaphore(0)
    clockwork = schedule.build(storage, lambda: datetime.now(UTC), [Task("count", ran.release, every)])

    clockwork.start()

    try:
        for _ in range(times):
            assert ran.acquire(timeout=10)
    finally:
        clockwork.shutdown()


def test_a_task_that_is_still_at_work_is_not_started_again(tmp_path: Path) -> None:
    storage, release, started = Storage(tmp_path / "copydesk.db"), threading.Event(), list[int]()
    other = threading.Semaphore(0)

    def work() -> None:
        started.append(1)
        release.wait(10)

    tasks = [Task("work", work, timedelta(seconds=1)), Task("other", other.release, timedelta(seconds=1))]
    clockwork = schedule.build(storage, lambda: datetime.now(UTC), tasks)
    clockwork.start()
    try:
        for _ in range(3):
            assert other.acquire(timeout=10)
        assert started == [1]
    finally:
        release.set()
        clockwork.shutdown()
