"""The weeks of a digest and the moments at which one is due, in a person's time zone; pure."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LATE = timedelta(hours=48)
"""A digest that was missed while the desk was off is posted within this time of its moment, and then no more."""

WEEK = timedelta(days=7)
HALF_WEEK = timedelta(days=3, hours=12)
HALF_DAY = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Appointment:
    """When a digest comes: every week on `weekday` (0 is Monday) at a local time of an IANA time zone."""

    weekday: int
    time: time
    timezone: str

    def __str__(self) -> str:
        """Such as "Mondays at 9:00 (London time)"."""
        return f"{DAYS[self.weekday]}s at {self.time.hour}:{self.time.minute:02} ({zone_name(self.timezone)})"


@dataclass(frozen=True, slots=True)
class Week:
    """The seven days that a digest tells of; both ends are aware, and one week's end is the next one's start.

    `name` is the ISO week that holds the middle of it: a digest of Monday morning tells of the week that ended,
    and one of Friday afternoon of the week that ends.
    """

    name: str
    start: datetime
    end: datetime

    @property
    def before(self) -> "Week":
        """The week before."""
        return ending(self.start)

    @property
    def first(self) -> date:
        """The first day that is more in it than out."""
        return (self.start + HALF_DAY).date()

    def dates(self) -> str:
        """Its days, such as "16–22 November"."""
        first, last = self.first, (self.end - HALF_DAY).date()
        begins = f"{first.day}" if first.month == last.month else f"{first.day} {first:%B} "
        return f"{begins}–{' ' if first.month != last.month else ''}{last.day} {last:%B}"


def ending(due: datetime) -> Week:
    """The week that ends at a moment; the clock on the wall counts, so one with a change of time is an hour off."""
    year, week, _ = (due - HALF_WEEK).isocalendar()
    return Week(f"{year}-W{week:02}", due - WEEK, due)


def named(name: str, appointment: Appointment) -> Week:
    """The week of that name as an appointment's digest tells it; raises ValueError for no ISO week."""
    year, _, number = name.upper().partition("-W")
    thursday = date.fromisocalendar(int(year), int(number), 4)
    for days in range(8):
        due = _moment(thursday + timedelta(days=days), appointment)
        if due.weekday() == appointment.weekday and ending(due).name == f"{int(year)}-W{int(number):02}":
            return ending(due)
    raise AssertionError("the middle of exactly one of eight days' weeks is in the named week")


def latest(appointment: Appointment, now: datetime) -> datetime:
    """The last moment at which the digest was due, at most a week before now."""
    today = now.astimezone(ZoneInfo(appointment.timezone)).date()
    due = _moment(today - timedelta(days=(today.weekday() - appointment.weekday) % 7), appointment)
    # Compared in UTC: within one zone Python compares the clocks on the wall, which repeat an hour once a year.
    return due if due.astimezone(UTC) <= now.astimezone(UTC) else _moment(due.date() - WEEK, appointment)


def coming(appointment: Appointment, now: datetime) -> datetime:
    """The next moment at which the digest is due."""
    return _moment(latest(appointment, now).date() + WEEK, appointment)


def due(appointment: Appointment, now: datetime, *, since: datetime) -> Week | None:
    """The week whose digest should stand in the channel by now, if it was missed by no more than LATE.

    `since` is when the channel subscribed: nothing is due for a moment before it.
    """
    moment = latest(appointment, now)
    instant = moment.astimezone(UTC)
    if instant < since.astimezone(UTC) or now.astimezone(UTC) - instant > LATE:
        return None
    return ending(moment)


def zone_name(timezone: str) -> str:
    """A time zone as people say it.

    >>> zone_name("America/Los_Angeles"), zone_name("Etc/UTC")
    ('Los Angeles time', 'UTC')
    """
    city = timezone.rpartition("/")[2].replace("_", " ")
    return city if city in ("UTC", "GMT") else f"{city} time"


def day_name(moment: datetime) -> str:
    """A day as people say it.

    >>> day_name(datetime(2026, 11, 30))
    'Monday 30 November'
    """
    return f"{DAYS[moment.weekday()]} {moment.day} {moment:%B}"


def _moment(day: date, appointment: Appointment) -> datetime:
    """A day's moment; a time that the clocks skip comes an hour later, and one that they repeat comes once."""
    return datetime.combine(day, appointment.time, tzinfo=ZoneInfo(appointment.timezone))
