"""Whose clock the schedule goes by: the one that is set, else that of the people who use the desk."""

import logging
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.desk import SlackUnavailable
from bot.reaching import reaching_slack
from storage import briefs
from storage.database import Storage

EVERY, SOON = timedelta(days=1), timedelta(hours=1)
ASKED = 5
"""How many people Slack is asked about: the newest who asked for copy."""

logger = logging.getLogger(__name__)


class Zone:
    """The zone of the schedule: as it is set, else asked of Slack once a day, hourly while nobody's is known."""

    def __init__(self, named: str, ask: Callable[[], ZoneInfo | None], clock: Callable[[], datetime]) -> None:
        """`named` is COPYDESK_TIME_ZONE; `ask` is for where it is empty."""
        self._named, self._ask, self._clock = named, ask, clock
        self._next: datetime | None = None
        self._zone = ZoneInfo(named or "UTC")

    def __call__(self) -> ZoneInfo:
        """The zone; UTC as long as nobody's is known."""
        now = self._clock()
        if not self._named and (self._next is None or now >= self._next):
            found = self._ask()
            self._zone = found or self._zone
            self._next = now + (EVERY if found else SOON)
        return self._zone


def of_workspace(client: WebClient, storage: Storage, workspace: str) -> ZoneInfo | None:
    """The zone of most of the people who asked for copy lately; None where nobody has, or Slack doesn't tell."""
    with storage.read() as db:
        people = briefs.newest_people(db, workspace, ASKED)
    zones = Counter(zone for person in people if (zone := _zone(client, person)) is not None)
    return max(zones, key=lambda zone: zones[zone], default=None)


def _zone(client: WebClient, person: str) -> ZoneInfo | None:
    try:
        with reaching_slack():
            return ZoneInfo(client.users_info(user=person)["user"]["tz"])
    except (SlackApiError, SlackUnavailable, KeyError, TypeError, ValueError, ZoneInfoNotFoundError) as error:
        logger.info("The time zone of a person is not known: %s", type(error).__name__)
        return None
