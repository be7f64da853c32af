"""Briefs for the simulated teams: made-up firms, each asking for a tweet, a push notification and a slogan."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from model.brief import Brief

FILE = Path(__file__).with_name("learning_firms.txt")
ASKED = {
    "tweet": "tweet for {name}, {what}: {news}",
    "push": "push notification from {name}, {what}. {news}",
    "slogan": "slogan for {name}, {what}, {detail}",
}
UNSEEN = 20
"""So many firms, the last of the file, ask only once everything has been learnt."""


@dataclass(frozen=True, slots=True)
class Firm:
    """One that asks: its name, what it is, what is special about it, and its news."""

    name: str
    what: str
    detail: str
    news: str


def firms() -> list[Firm]:
    """The firms of the file, one a line, four parts each."""
    lines = FILE.read_text("utf-8").splitlines()
    return [Firm(*(part.strip() for part in line.split("|"))) for line in lines if line.strip()]


def briefs(some: Sequence[Firm]) -> list[Brief]:
    """What these firms ask for: every format for each of them."""
    return [
        Brief(asked.format(name=one.name, what=one.what, detail=one.detail, news=one.news), name, variants=3)
        for one in some
        for name, asked in ASKED.items()
    ]


def known_and_unseen() -> tuple[list[Brief], list[Brief]]:
    """The briefs that are voted on, and those of other firms on which the desk is then judged."""
    found = firms()
    return briefs(found[:-UNSEEN]), briefs(found[-UNSEEN:])
