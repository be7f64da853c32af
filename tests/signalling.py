"""Signals for tests: people who vote on, rewrite and use the house's own copy, which passes every hard check."""

import random
from datetime import UTC, datetime, timedelta
from functools import cache

from model.brief import Brief
from model.checks import check
from model.formats import FORMATS
from model.generation import Message
from model.house_training import split
from model.near_duplicates import Nearby
from model.prompts import messages
from model.redaction import redact
from model.signals import Signal

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
FEW = ("tweet", "sms", "instagram", "facebook")


def prompt(brief: Brief) -> tuple[Message, ...]:
    return messages(brief, FORMATS[brief.format], taught=True)


def ago(days: float) -> str:
    return (NOW - timedelta(days=days)).isoformat()


@cache
def drafts() -> tuple[tuple[Brief, str], ...]:
    """Briefs and copy that breaks no hard check and names nobody's number, none like another."""
    texts, products, found = Nearby(0.3), Nearby(0.3), []
    for name, example in split(held_out=False):
        brief = Brief(example.brief, name)
        is_new = (
            name in FEW
            and not redact([example.brief, example.copy]).found
            and not texts.like(example.copy)
            and not products.like(example.brief)
        )
        if is_new and all(one.ok for one in check(example.copy, brief, FORMATS[name]) if one.hard):
            texts.put(example.copy)
            products.put(example.brief)
            found.append((brief, example.copy))
    return tuple(found)


def signal(
    number: int = 0, user: str = "U1", value: int = 0, *, days: float = 1, edited: str = "", used: bool = False
) -> Signal:
    """What a person did with one of the drafts, so many days ago."""
    brief, text = drafts()[number % len(drafts())]
    return Signal(f"d{number}", brief, text, user, ago(days), value, edited, used)


def rewrite(number: int = 0, words: str = "Come by when you like, and stay as long as the kettle is warm.") -> str:
    """A rewrite that is neither trivial nor another task, and that breaks nothing a plain text can break."""
    return f"{drafts()[number % len(drafts())][1]} {words}"


def team(size: int, people: int = 6, *, seed: int = 0, days: float = 300) -> list[Signal]:
    """Signals of people who vote on a draft each, evenly in number and time."""
    order = random.Random(seed)
    return [
        signal(at, f"U{at % people}", order.choice((1, -1)), days=days - days * at / max(1, size)) for at in range(size)
    ]
