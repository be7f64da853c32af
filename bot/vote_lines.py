"""A line of `copydesk votes import` and `export`: one person's vote on a draft and rewrite of it, as JSON."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, BinaryIO

from bot import brief as briefs
from bot.brief import BriefError
from bot.slack_text import escape
from bot.votes import REASONS
from model.brief import Brief
from model.formats import UnknownFormat, find
from storage.signals import SignalRow

LINE_LIMIT = 200_000
TEXT_LIMIT = 20_000
USER_LIMIT = 100
RANK_LIMIT = 1_000_000
AHEAD = timedelta(days=1)
"""Clocks differ; a vote from next year would win over every vote until then."""

TOO_LONG = "it is longer than {limit:,} bytes"
NOT_UTF8 = "it is not UTF-8 text"
NOT_JSON = "it is not JSON"
NOT_AN_OBJECT = 'it is JSON but not an object such as {{"brief": …}}'
UNKNOWN = "it has the unknown field {name!r}; the fields are {fields}"
MISSING = "it has no {name!r}"
NOT_TEXT = "{name!r} is not a text"
EMPTY = "{name!r} is empty"
LONG = "{name!r} has {count:,} characters; at most {limit:,} are read"
NUL = "{name!r} holds a NUL character"
HALF = "{name!r} holds half a character (a lone surrogate)"
BAD_VALUE = "'value' is {value}; it must be 1, -1 or null"
NOTHING = "it has neither a 'value' nor an 'edited' text that differs from 'text'"
BAD_REASON = "'reason' is {reason!r}; it must be null or one of {reasons}"
BAD_TIME = "'at' is {at!r}; it must be a time with its zone, such as 2026-11-20T10:00:00Z"
FUTURE = "'at' is {at!r}, which lies in the future"
BAD_RANK = "'rank' is {value}; it must be a whole number from 1 on, or null"
BAD_PROPENSITY = "'propensity' is {value}; it must be a number above 0 and at most 1, or null"
ONLY_FORMAT = "'brief' names a format and nothing to write about"

REQUIRED = ("brief", "format", "text", "user", "at")
FIELDS = ("brief", "format", "text", "user", "value", "edited", "reason", "at", "adapter", "rank", "propensity")
LIMITS = {
    "brief": TEXT_LIMIT,
    "format": 100,
    "text": TEXT_LIMIT,
    "user": USER_LIMIT,
    "edited": TEXT_LIMIT,
    "at": 100,
    "adapter": 100,
}
QUOTE, APOSTROPHE = '"', "'"
SYNONYMS = {"other": "something else"}


class BadLine(Exception):
    """A line can't be used; the message says what is wrong with it, to follow "Line 7: "."""


@dataclass(frozen=True, slots=True)
class Line:
    """A vote, a rewrite, or both; `brief` is understood as if it had been typed after /copy.

    `adapter`, `rank` and `propensity` say how the draft was written and chosen, where that is known.
    """

    brief: Brief
    private: bool
    text: str
    user: str
    value: int | None
    edited: str
    reason: str
    at: datetime
    adapter: str | None = None
    rank: int = 0
    propensity: float = 1.0


def lines(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """The numbered lines of a file that aren't blank; of a longer one than is read, only the beginning."""
    number = 0
    while raw := file.readline(LINE_LIMIT + 1):
        number += 1
        rest = raw
        while len(rest) > LINE_LIMIT and not rest.endswith(b"\n"):
            rest = file.readline(LINE_LIMIT + 1)
        if number == 1:
            raw = raw.removeprefix(b"\xef\xbb\xbf")
        if raw.strip():
            yield number, raw


def parse(raw: bytes, *, now: datetime) -> Line:
    """Read a line; raises BadLine."""
    fields = _fields(raw)
    value, edited, text = _value(fields), _wanted(fields, "edited"), _text(fields, "text")
    edited = "" if edited == text else edited
    if value is None and not edited:
        raise BadLine(NOTHING)
    brief, private = _brief(fields)
    return Line(
        brief,
        private,
        text,
        _text(fields, "user"),
        value,
        edited,
        _reason(fields),
        _at(fields, now),
        _wanted(fields, "adapter") or None,
        _rank(fields),
        _propensity(fields),
    )


def to_json(row: SignalRow, brief: Brief) -> str:
    """The line for a signal, whose brief is written as it could be typed after /copy."""
    line = {
        "brief": typed(brief),
        "format": brief.format,
        "text": row.text,
        "user": row.user,
        "value": row.value or None,
        "edited": row.edited or None,
        "reason": row.reason or None,
        "at": datetime.fromisoformat(row.at).isoformat().replace("+00:00", "Z"),
        "adapter": row.adapter,
        "rank": row.rank or None,
        "propensity": row.propensity if row.rank else None,
    }
    return json.dumps(line, ensure_ascii=False)


def typed(brief: Brief) -> str:
    """A brief as text that is understood in the same way after /copy; the product alone where that can't be."""
    flags = {
        "audience": [brief.audience],
        "tone": [brief.tone],
        "must-say": brief.must_say,
        "must-not-say": brief.must_not_say,
        # Of ASCII letters alone, English is assumed.
        "language": [] if brief.language == "en" and brief.product.isascii() else [brief.language],
    }
    words = [(name, value) for name, given in flags.items() for value in given if value]
    # A double quote ends a value, and there is no way to write one inside.
    whole = " ".join([brief.product, *(f'--{name} "{value.replace(QUOTE, APOSTROPHE)}"' for name, value in words)])
    try:
        briefs.parse(escape(whole))
    except BriefError:
        return brief.product
    return whole


def _fields(raw: bytes) -> dict[str, Any]:
    if len(raw) > LINE_LIMIT:
        raise BadLine(TOO_LONG.format(limit=LINE_LIMIT))
    try:
        fields = json.loads(raw.decode())
    except UnicodeDecodeError as error:
        raise BadLine(NOT_UTF8) from error
    except (ValueError, RecursionError) as error:
        raise BadLine(NOT_JSON) from error
    if not isinstance(fields, dict):
        raise BadLine(NOT_AN_OBJECT.format())
    for name in fields:
        if name not in FIELDS:
            raise BadLine(UNKNOWN.format(name=name[:50], fields=", ".join(FIELDS)))
    for name in REQUIRED:
        if fields.get(name) is None:
            raise BadLine(MISSING.format(name=name))
    return fields


def _text(fields: dict[str, Any], name: str) -> str:
    text = fields[name]
    if not isinstance(text, str):
        raise BadLine(NOT_TEXT.format(name=name))
    text = text.strip()
    if not text:
        raise BadLine(EMPTY.format(name=name))
    if len(text) > LIMITS[name]:
        raise BadLine(LONG.format(name=name, count=len(text), limit=LIMITS[name]))
    if "\0" in text:
        raise BadLine(NUL.format(name=name))
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise BadLine(HALF.format(name=name))
    return text


def _wanted(fields: dict[str, Any], name: str) -> str:
    """A text that may be left out; empty then."""
    return _text(fields, name) if fields.get(name) is not None else ""


def _brief(fields: dict[str, Any]) -> tuple[Brief, bool]:
    text = _text(fields, "brief")
    try:
        form = find(_text(fields, "format")).name
        understood = briefs.parse(escape(text))
    except UnknownFormat as error:
        raise BadLine(str(error)) from error
    except BriefError as error:
        if len(text) > briefs.MAX_CHARACTERS or not any(character.isalnum() for character in text):
            raise BadLine(str(error)) from error
        # What only looks like a flag is part of what it is about.
        return Brief(product=text, format=form), False
    if not understood.is_complete:
        raise BadLine(ONLY_FORMAT)
    return replace(understood.brief, format=form), understood.private


def _value(fields: dict[str, Any]) -> int | None:
    value = fields.get("value")
    # True equals 1 in Python and in no JSON.
    if value is None or (type(value) is int and value in (1, -1)):
        return value
    raise BadLine(BAD_VALUE.format(value=json.dumps(value)[:50]))


def _reason(fields: dict[str, Any]) -> str:
    reason = fields.get("reason")
    if reason is None:
        return ""
    known = SYNONYMS.get(reason, reason) if isinstance(reason, str) else reason
    if known not in REASONS:
        raise BadLine(BAD_REASON.format(reason=str(reason)[:50], reasons=", ".join(REASONS)))
    return str(known)


def _rank(fields: dict[str, Any]) -> int:
    rank = fields.get("rank")
    if rank is None:
        return 0
    if type(rank) is int and 0 < rank <= RANK_LIMIT:
        return rank
    raise BadLine(BAD_RANK.format(value=json.dumps(rank)[:50]))


def _propensity(fields: dict[str, Any]) -> float:
    propensity = fields.get("propensity")
    if propensity is None:
        return 1.0
    if type(propensity) in (int, float) and 0 < propensity <= 1:
        return float(propensity)
    raise BadLine(BAD_PROPENSITY.format(value=json.dumps(propensity)[:50]))


def _at(fields: dict[str, Any], now: datetime) -> datetime:
    written = _text(fields, "at")
    try:
        at = datetime.fromisoformat(written)
        if at.tzinfo is None:
            raise BadLine(BAD_TIME.format(at=written[:50]))
        at = at.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise BadLine(BAD_TIME.format(at=written[:50])) from error
    if at > now + AHEAD:
        raise BadLine(FUTURE.format(at=written))
    return at
