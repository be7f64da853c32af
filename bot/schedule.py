"""What happens by the clock; the only file that knows APScheduler."""

import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from bot.settings import SettingsError
from storage import deliveries, privacy, readings
from storage.database import Storage

GRACE_SECONDS = 3600
"""APScheduler's own default is one second, after which a late job is skipped."""
BAD_CRON = (
    "COPYDESK_ROUND_CRON is {!r}, which is no time: {}. Write minute, hour, day of the month, month and weekday, for "
    "example '0 3 * * sun' for Sundays at 3:00."
)
NEVER = "there is no such day"
DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
"""As crontab counts them from 0; APScheduler counts from Monday (agronholm/apscheduler#286), so it gets the names."""
PART = re.compile(r"(?P<first>\*|\w+)(?:-(?P<last>\w+))?(?:/(?P<step>[1-9]\d*))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Task:
    """Something to be done every so often, and at once when the desk starts; it finds out itself what is due."""

    name: str
    run: Callable[[], object]
    every: timedelta = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Times:
    """The times of a crontab line on the clock of a place; a day and a weekday that are both given must both hold.

    Where that clock is set forward, a time that it leaves out comes as much later; where it is set back, a time that
    it shows twice comes the first time only.
    """

    cron: CronTrigger
    zone: ZoneInfo

    def after(self, moment: datetime) -> datetime:
        """The first time later than a moment, in the zone."""
        shown: datetime = moment.astimezone(self.zone).replace(tzinfo=UTC, fold=0)
        while True:
            # Reckoned in UTC, which has every time once; the zone comes in afterwards.
            shown = self.cron.get_next_fire_time(None, shown + timedelta(microseconds=1))
            at = shown.replace(tzinfo=self.zone).astimezone(UTC)
            if at > moment:
                return at.astimezone(self.zone)

    def is_due(self, now: datetime, *, since: datetime) -> bool:
        """Whether one of the times came after one moment and up to now."""
        return self.after(since) <= now

    def is_hour(self, now: datetime, within: timedelta) -> bool:
        """Whether the clock shows the hour of the next of the times, or up to `within` later, on whatever day."""
        shown, coming = now.astimezone(self.zone), self.after(now - within)
        return (shown.replace(tzinfo=None) - coming.replace(tzinfo=None)) % timedelta(days=1) < within


def read_times(cron: str, zone: ZoneInfo) -> Times:
    """The times of a crontab line in a zone; raises SettingsError for what is no time, or never comes."""
    fields = cron.split()
    if len(fields) != 5:
        raise SettingsError(BAD_CRON.format(cron, f"it has {len(fields)} fields and needs 5"))
    minute, hour, day, month, weekday = fields
    try:
        trigger = CronTrigger(
            minute=minute, hour=hour, day=day, month=month, day_of_week=_weekdays(weekday), timezone=UTC
        )
    except ValueError as error:
        raise SettingsError(BAD_CRON.format(cron, str(error).rstrip("."))) from error
    if trigger.get_next_fire_time(None, datetime(2026, 1, 1, tzinfo=UTC)) is None:
        raise SettingsError(BAD_CRON.format(cron, NEVER))
    return Times(trigger, zone)


def build(storage: Storage, clock: Callable[[], datetime], tasks: Sequence[Task] = ()) -> BackgroundScheduler:
    """A scheduler with the desk's jobs, not yet started; a task that is still at work is not started again."""
    # Two lines for every run of every task would drown the log.
    logging.getLogger("apscheduler.executors").setLevel(logging.WARNING)
    scheduler = BackgroundScheduler(
        timezone="UTC", job_defaults={"misfire_grace_time": GRACE_SECONDS, "coalesce": True, "max_instances": 1}
    )
    scheduler.add_job(purge, CronTrigger(hour=4, timezone="UTC"), args=[storage, clock], id="purge")
    for task in tasks:
        trigger = IntervalTrigger(seconds=int(task.every.total_seconds()), timezone="UTC")
        scheduler.add_job(task.run, trigger, id=task.name, next_run_time=clock(), misfire_grace_time=None)
    return scheduler


def purge(storage: Storage, clock: Callable[[], datetime]) -> int:
    """Forget old deliveries, old readings, and what is left of people who wished it; returns how many deliveries."""
    with storage.write() as db:
        privacy.sweep(db, clock())
        readings.sweep(db, clock())
        return deliveries.purge(db, clock())


def _weekdays(field: str) -> str:
    """A crontab's weekdays by their names; raises ValueError.

    >>> _weekdays("0"), _weekdays("7"), _weekdays("1-5"), _weekdays("SAT-1"), _weekdays("*")
    ('sun', 'sun', 'mon,tue,wed,thu,fri', 'sat,sun,mon', '*')
    """
    return field if field == "*" else ",".join(name for part in field.split(",") for name in _days(part))


def _days(part: str) -> Sequence[str]:
    found = PART.fullmatch(part)
    if found is None:
        raise ValueError(f"{part!r} is no weekday")
    step = int(found["step"] or 1)
    if found["first"] == "*":
        return DAYS[::step]
    first = _day(found["first"])
    last = _day(found["last"]) if found["last"] else 6 if found["step"] else first
    return [DAYS[(first + more) % 7] for more in range(0, (last - first) % 7 + 1, step)]


def _day(name: str) -> int:
    if name.isdecimal() and int(name) <= 7:
        return int(name) % 7
    if name.lower() not in DAYS:
        raise ValueError(f"{name!r} is no weekday")
    return DAYS.index(name.lower())
