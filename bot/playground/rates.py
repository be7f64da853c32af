"""Slack's rate limits, as buckets that the clock refills."""

import math
from collections.abc import Hashable
from dataclasses import dataclass
from enum import IntEnum

from bot.playground.clock import Clock
from bot.playground.errors import RateLimitError

# Slack allows one message a second in a channel and tolerates short bursts without naming a number: ten here.
POST_BURST = 10
POSTS_PER_SECOND = 1.0
# Tier 1 is "once a minute, bursts tolerated"; ten lets all ten Socket Mode connections open at once.
TIER_1_BURST = 10


class Tier(IntEnum):
    """How many calls of a method Slack allows in a minute."""

    T1 = 1
    T2 = 20
    T3 = 50
    T4 = 100
    SPECIAL = 600


@dataclass(slots=True)
class Bucket:
    """What is left of an allowance, and when that was counted."""

    left: float
    counted: float


class Rates:
    """Counts calls and refuses those over the limit."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._buckets: dict[Hashable, Bucket] = {}

    def call(self, method: str, tier: Tier) -> None:
        """Count one call of a method."""
        burst = TIER_1_BURST if tier is Tier.T1 else int(tier)
        self._take(method, burst, tier / 60)

    def post(self, channel: str) -> None:
        """Count one message posted in a channel."""
        self._take(("post", channel), POST_BURST, POSTS_PER_SECOND)

    def _take(self, key: Hashable, burst: int, per_second: float) -> None:
        now = self._clock()
        bucket = self._buckets.setdefault(key, Bucket(burst, now))
        bucket.left = min(burst, bucket.left + (now - bucket.counted) * per_second)
        bucket.counted = now
        if bucket.left < 1:
            raise RateLimitError(max(1, math.ceil((1 - bucket.left) / per_second)))
        bucket.left -= 1
