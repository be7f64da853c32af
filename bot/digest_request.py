"""What a person typed after `/copy digest` → when the digest should come, or that it should stop; pure."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import time
from difflib import get_close_matches
from functools import cache
from typing import Literal
from zoneinfo import available_timezones

from bot.weeks import DAYS

EXAMPLE = "/copy digest here monday 9:00"
HELP = (
    f"`{EXAMPLE}` posts the week's digest in this channel, at that time where you are. Say it your way: "
    "`/copy digest here fridays at 4pm`. `/copy digest` says what is subscribed; `/copy digest off` stops it."
)
UNKNOWN = "I don't understand “{word}”. Say a day and a time, for example `{example}`; `/copy digest off` stops it."
CLOSE = "I don't understand “{word}”. Did you mean {close}?"
NO_TIME = "“{word}” is no time of day. Say it like 9:00, 16:30 or 4pm."
ONCE = "The digest comes once a week: name one day and one time, for example `{example}`."
ELSEWHERE = "The digest comes to the channel where you type this: go there and type `{example}`."

NOON = {"noon": time(12), "midday": time(12), "midnight": time(0)}
OFF = frozenset({"off", "stop", "unsubscribe", "cancel", "end", "remove", "no"})
ASKING = frozenset({"", "status", "when", "list", "show"})
HELPING = frozenset({"help", "?", "--help"})
SAID_ANYWAY = frozenset(
    {
        *("a", "an", "and", "at", "channel", "digest", "each", "every", "here", "in", "it", "me", "morning", "o'clock"),
        *("on", "please", "post", "send", "start", "subscribe", "the", "this", "time", "to", "us", "week", "weekly"),
    }
)
OFTEN = frozenset({"daily", "day", "everyday", "weekday", "weekdays", "month", "monthly", "hourly", "twice"})
SHORT = {"tues": 1, "weds": 2, "thur": 3, "thurs": 3, **{day[:3].lower(): number for number, day in enumerate(DAYS)}}
LONG = {day.lower(): number for number, day in enumerate(DAYS)}
CLOCK = re.compile(r"(\d{1,2})(?:[:.h](\d{2})?)?(am|pm|a\.m\.|p\.m\.)?")
COMPACT = re.compile(r"\d{4}")
SPLIT_HALF = re.compile(r"(?<=\d)\s+(?=[ap]\.?m\b)", re.IGNORECASE)


class NotUnderstood(Exception):
    """The words ask for nothing that can be done; the message is a sentence for the person."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked; day, time and zone are None where they were not said."""

    kind: Literal["on", "off", "ask", "help"]
    weekday: int | None = None
    at: time | None = None
    timezone: str | None = None


def parse(text: str) -> Request:
    """What the words ask for; raises NotUnderstood.

    >>> parse("here fridays at 4pm")
    Request(kind='on', weekday=4, at=datetime.time(16, 0), timezone=None)
    """
    words = [word.strip(",;!") for word in SPLIT_HALF.sub("", text.strip()).split()]
    plain = " ".join(word.lower() for word in words)
    if plain in HELPING:
        return Request("help")
    if plain in ASKING:
        return Request("ask")
    saying = [word for word in words if word.lower() not in SAID_ANYWAY]
    if saying and all(word.lower() in OFF for word in saying):
        return Request("off")
    return _appointment(saying)


def _appointment(words: list[str]) -> Request:
    days: list[int] = []
    times: list[time] = []
    zones: list[str] = []
    for word in words:
        if (day := _day(word.lower())) is not None:
            days.append(day)
        elif (zone := _zone(word)) is not None:
            zones.append(zone)
        elif (clock := _time(word.lower())) is not None:
            times.append(clock)
        else:
            raise _not_understood(word)
    if len(set(days)) > 1 or len(set(times)) > 1 or len(set(zones)) > 1:
        raise NotUnderstood(ONCE.format(example=EXAMPLE))
    return Request("on", next(iter(days), None), next(iter(times), None), next(iter(zones), None))


def _day(word: str) -> int | None:
    """The number of a weekday, in full, short or plural."""
    names = {**LONG, **SHORT}
    return names.get(word.rstrip("."), names.get(word.rstrip("s.")))


def _time(word: str) -> time | None:
    """A time of day; raises NotUnderstood for what looks like one and is none."""
    if word in NOON:
        return NOON[word]
    found = CLOCK.fullmatch(f"{word[:2]}:{word[2:]}" if COMPACT.fullmatch(word) else word)
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").replace(".", "")
    if half:
        if not 1 <= hour <= 12:
            raise NotUnderstood(NO_TIME.format(word=word))
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 23 or minute > 59:
        raise NotUnderstood(NO_TIME.format(word=word))
    return time(hour, minute)


def _zone(word: str) -> str | None:
    return _zones().get(word.lower())


@cache
def _zones() -> dict[str, str]:
    """Time zones by name or by city alone, in lower case; an abbreviation means different zones in different places."""
    zones = {name.lower(): name for name in available_timezones() if "/" in name or name == "UTC"}
    shared = Counter(name.rpartition("/")[2] for name in zones)
    return zones | {city: zones[name] for name in zones if shared[city := name.rpartition("/")[2]] == 1}


def _not_understood(word: str) -> NotUnderstood:
    lower = word.lower()
    if lower in OFTEN:
        return NotUnderstood(ONCE.format(example=EXAMPLE))
    if word.startswith(("<#", "#")):
        return NotUnderstood(ELSEWHERE.format(example=EXAMPLE))
    if any(letter.isdigit() for letter in word):
        return NotUnderstood(NO_TIME.format(word=word))
    close = get_close_matches(lower.rstrip("s"), LONG, n=2, cutoff=0.75)
    if close:
        return NotUnderstood(CLOSE.format(word=word, close=" or ".join(DAYS[LONG[day]] for day in close)))
    return NotUnderstood(UNKNOWN.format(word=word, example=EXAMPLE))
