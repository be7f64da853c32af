"""Trigger ids: three seconds, one use."""

from dataclasses import dataclass

from bot.playground.clock import Clock
from bot.playground.errors import SlackError
from bot.playground.ids import Ids


@dataclass(slots=True)
class Trigger:
    """The right to open one modal for one person."""

    user: str
    expires: float
    used: bool = False


class Triggers:
    """Hands out trigger ids and takes each of them back once."""

    def __init__(self, clock: Clock, ids: Ids, seconds: float) -> None:
        self._clock = clock
        self._ids = ids
        self._seconds = seconds
        self._triggers: dict[str, Trigger] = {}

    def issue(self, user: str) -> str:
        """Return a fresh trigger id for what a person just did."""
        trigger_id = self._ids.trigger()
        self._triggers[trigger_id] = Trigger(user, self._clock() + self._seconds)
        return trigger_id

    def check(self, trigger_id: str) -> Trigger:
        """Return a trigger that still works, or refuse with Slack's reason."""
        trigger = self._triggers.get(trigger_id)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if self._clock() > trigger.expires:
            raise SlackError("expired_trigger_id")
        return trigger
