"""What happens by the clock; the only file that knows APScheduler."""

from collections.abc import Callable
from datetime import datetime

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger

from storage import deliveries
from storage.database import Storage

GRACE_SECONDS = 3600
"""APScheduler's own default is one second, after which a late job is skipped."""


def build(storage: Storage, clock: Callable[[], datetime]) -> BackgroundScheduler:
    """A scheduler with the desk's jobs, not yet started."""
    scheduler = BackgroundScheduler(
        timezone="UTC", job_defaults={"misfire_grace_time": GRACE_SECONDS, "coalesce": True}
    )
    scheduler.add_job(purge, CronTrigger(hour=4, timezone="UTC"), args=[storage, clock], id="purge")
    return scheduler


def purge(storage: Storage, clock: Callable[[], datetime]) -> int:
    """Forget old deliveries; returns how many."""
    with storage.write() as db:
        return deliveries.purge(db, clock())
