"""Identifiers and timestamps that look like Slack's and never repeat."""

import itertools
import secrets

from bot.playground.clock import Clock

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"


class Ids:
    """Hands out ids; timestamps increase strictly even when the clock stands still."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last_micros = 0
        self._count = itertools.count(1)

    def ts(self) -> str:
        """Return a message timestamp such as 1769012345.000200."""
        micros = max(int(self._clock() * 1_000_000), self._last_micros + 100)
        self._last_micros = micros
        return f"{micros // 1_000_000}.{micros % 1_000_000:06d}"

    def trigger(self) -> str:
        """Return a trigger id of Slack's form 123.456.hex."""
        return f"{int(self._clock() * 1000)}.{next(self._count)}.{secrets.token_hex(16)}"

    def view_hash(self) -> str:
        """Return what a view's `hash` looks like."""
        return f"{int(self._clock())}.{secrets.token_hex(4)}"

    def letters(self, prefix: str) -> str:
        """Return a prefixed id such as V0ABCDEFGH or Ev0ABCDEFGH."""
        return prefix + "0" + "".join(secrets.choice(ALPHABET) for _ in range(9))

    def short(self) -> str:
        """Return what Slack puts where a block_id or action_id was left out."""
        return secrets.token_urlsafe(4)[:5]

    def secret(self) -> str:
        """Return the unguessable part of an address."""
        return secrets.token_hex(12)
