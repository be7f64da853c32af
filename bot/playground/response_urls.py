"""Response addresses: five uses in thirty minutes."""

from dataclasses import dataclass

from bot.playground.clock import Clock
from bot.playground.errors import SlackError
from bot.playground.ids import Ids
from bot.playground.state import Message

MOST_USES = 5


@dataclass(slots=True)
class ResponseUrl:
    """Where an answer to one interaction may go; `message` is what it may replace or delete."""

    user: str
    channel: str
    message: Message | None
    expires: float
    uses: int = 0


class ResponseUrls:
    """Hands out response addresses and counts their uses."""

    def __init__(self, clock: Clock, ids: Ids, seconds: float, address: str) -> None:
        self._clock = clock
        self._ids = ids
        self._seconds = seconds
        self._address = address
        self._urls: dict[str, ResponseUrl] = {}

    def issue(self, user: str, channel: str, message: Message | None = None) -> str:
        """Return a fresh address for the answers to one interaction."""
        key = self._ids.secret()
        self._urls[key] = ResponseUrl(user, channel, message, self._clock() + self._seconds)
        return f"{self._address}/response/{key}"

    def use(self, key: str) -> ResponseUrl:
        """Count one use, or refuse as Slack does when they are used up or too old."""
        found = self._urls.get(key)
        if found is None or self._clock() > found.expires:
            raise SlackError("expired_url")
        if found.uses >= MOST_USES:
            raise SlackError("used_url")
        found.uses += 1
        return found
