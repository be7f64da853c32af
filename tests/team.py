"""A team whose members like bread and hate to be hurried: briefs, drafts and votes for a round; not a test itself."""

import random
from datetime import UTC, datetime, timedelta

from sqlite_utils import Database

from storage import consent, drafts, votes
from storage.database import Storage
from tests.desk_rows import WORKSPACE, add_brief, add_draft

SUNDAY = datetime(2026, 11, 22, 3, tzinfo=UTC)
PEOPLE = ("U0ANA", "U0BEN", "U0CAM", "U0DEE", "U0EVA", "U0FAY")
NOUNS = ("jacket", "lamp", "river", "garden", "piano", "window", "bottle", "mountain", "ticket", "blanket", "camera")
VERBS = ("carries", "warms", "opens", "follows", "colours", "keeps", "finds", "lifts", "holds", "shows", "brings")
PLACES = ("home", "work", "town", "school", "sea", "night", "noon", "winter", "summer", "friends", "breakfast", "rain")
BREAD, HURRY = "Fresh bread, made to last", "Hurry, hurry, hurry"


def add_votes(
    storage: Storage, number: int = 60, *, since: datetime = SUNDAY - timedelta(days=20), seed: int = 0
) -> None:
    """As many drafts of a brief each, a vote on each, half an hour apart; every other draft is liked."""
    words = random.Random(seed)
    with storage.write() as db:
        for one in range(number):
            _vote(db, f"s{seed}-{one}", one, words, since + timedelta(minutes=30 * one))


def allow(storage: Storage, at: datetime = SUNDAY - timedelta(days=30)) -> None:
    """Let the model be trained."""
    with storage.write() as db:
        consent.switch(db, WORKSPACE, on=True, user="U0ANA", at=at)


def _vote(db: Database, name: str, number: int, words: random.Random, at: datetime) -> None:
    liked = number % 2 == 0
    said = " ".join(words.choice(some) for some in (NOUNS, VERBS, PLACES, NOUNS, VERBS, PLACES))
    brief = add_brief(
        db,
        name,
        product=f"{words.choice(NOUNS)} number {words.randrange(10_000)} {words.choice(VERBS)} {words.choice(PLACES)}",
        asked_at=at.isoformat(timespec="microseconds"),
        user=PEOPLE[number % len(PEOPLE)],
    )
    add_draft(db, brief, text=f"{BREAD}: {said}." if liked else f"{HURRY}: {said}!")
    draft = drafts.get(db, f"{name}-1")
    assert draft is not None
    person = PEOPLE[(number // 2) % len(PEOPLE)]
    votes.cast(db, draft, user=person, value=1 if liked else -1, source="button", at=at + timedelta(minutes=5))
