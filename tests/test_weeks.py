"""When a digest is due and which days it tells of, over a year with both changes of the clocks."""

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from bot import weeks
from bot.weeks import LATE, Appointment, Week

LONDON = Appointment(0, time(9), "Europe/London")
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def london(month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZoneInfo("Europe/London"))


def due(appointment: Appointment, now: datetime) -> Week | None:
    return weeks.due(appointment, now, since=LONG_AGO)


@pytest.mark.parametrize(
    ("weekday", "day", "hour", "name", "dates"),
    [
        (0, 23, 9, "2026-W47", "16–22 November"),
        (3, 26, 9, "2026-W47", "19–25 November"),
        (4, 20, 9, "2026-W47", "13–19 November"),
        (4, 20, 16, "2026-W47", "14–20 November"),
        (6, 22, 18, "2026-W47", "16–22 November"),
    ],
)
def test_a_digest_tells_of_the_seven_days_before_it_and_is_named_after_the_week_they_are_most_in(
    weekday: int, day: int, hour: int, name: str, dates: str
) -> None:
    found = due(Appointment(weekday, time(hour), "Europe/London"), london(11, day, hour))

    assert found is not None
    assert (found.name, found.dates()) == (name, dates)
    assert (found.start, found.end) == (london(11, day - 7, hour), london(11, day, hour))


def test_a_week_that_begins_in_another_month_says_so() -> None:
    found = due(LONDON, london(11, 2))

    assert found is not None
    assert found.dates() == "26 October – 1 November"


def test_nothing_is_due_before_its_moment_and_nothing_after_two_days() -> None:
    moment = london(11, 23)

    assert due(LONDON, moment - timedelta(seconds=1)) is None
    assert due(LONDON, moment) is not None
    assert due(LONDON, moment + LATE) is not None
    assert due(LONDON, moment + LATE + timedelta(seconds=1)) is None


def test_who_subscribes_after_the_moment_waits_for_the_next_one() -> None:
    now = london(11, 23, 9, 30)

    assert weeks.due(LONDON, now, since=now) is None
    assert weeks.coming(LONDON, now) == london(11, 30)
    assert weeks.due(LONDON, london(11, 30), since=now) is not None


@pytest.mark.parametrize("zone", ["Europe/London", "America/Los_Angeles", "Pacific/Auckland", "Asia/Kolkata", "UTC"])
@pytest.mark.parametrize(
    ("weekday", "at"), [(0, time(9)), (6, time(1, 30)), (6, time(2, 30)), (3, time(0)), (5, time(23, 59))]
)
def test_over_a_year_every_week_comes_once_at_the_time_on_the_wall_and_no_hour_is_told_twice_or_left_out(
    zone: str, weekday: int, at: time
) -> None:
    appointment = Appointment(weekday, at, zone)
    found: dict[str, Week] = {}
    first_seen: dict[str, datetime] = {}
    now = datetime(2026, 1, 1, tzinfo=UTC)
    while now < datetime(2027, 1, 8, tzinfo=UTC):
        week = due(appointment, now)
        if week is not None:
            assert found.setdefault(week.name, week) == week
            first_seen.setdefault(week.name, now)
        now += timedelta(minutes=30)

    told = list(found.values())
    assert len(told) in (53, 54)
    for earlier, later in pairwise(told):
        assert earlier.end == later.start
        assert later.before == earlier
    for week in told[1:]:
        assert week.end.weekday() == weekday
        assert week.end.time() == at
        waited = first_seen[week.name] - week.end.astimezone(UTC)
        assert timedelta(0) <= waited <= timedelta(minutes=30)
        assert weeks.named(week.name, appointment) == week


def test_a_time_that_the_clocks_skip_comes_an_hour_later_and_one_that_they_repeat_comes_at_first() -> None:
    spring = Appointment(6, time(1, 30), "Europe/London")
    skipped, repeated = weeks.latest(spring, london(3, 30)), weeks.latest(spring, london(10, 26))

    assert skipped.astimezone(UTC) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert repeated.astimezone(UTC) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_within_the_repeated_hour_the_first_one_counts() -> None:
    appointment = Appointment(6, time(1, 30), "Europe/London")
    # 1:15 for the second time: the moment of 1:30 has passed.
    now = datetime(2026, 10, 25, 1, 15, tzinfo=UTC)

    assert weeks.latest(appointment, now).astimezone(UTC) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize("name", ["2026-47", "2026-W60", "W47", "47", "2026-W", "last"])
def test_a_name_that_is_no_week_is_refused(name: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # whatever it says, the caller says it better
        weeks.named(name, LONDON)


def test_a_calendar_week_is_found_by_its_name_in_any_case() -> None:
    calendar = Appointment(0, time(0), "UTC")

    found = weeks.named("2026-w53", calendar)

    assert (found.name, found.start.date().isoformat(), found.end.date().isoformat()) == (
        "2026-W53",
        "2026-12-28",
        "2027-01-04",
    )
