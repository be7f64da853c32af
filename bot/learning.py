"""What learns from people, and what they see of it: taste, rounds, sentiment, consent, privacy, the digest."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot import consent, digest, digest_forms, digest_home, digest_learned, privacy, subscriptions, taste_home
from bot.blocks import Block
from bot.desk import Desk
from bot.digest_home import DigestLook
from bot.home import Home
from bot.privacy import Privacy
from bot.reaching import Clients
from bot.refresher import Refresher
from bot.rounds_part import RoundsPart
from bot.schedule import Task
from bot.sentiment_parts import SentimentParts
from bot.subscriptions import Subscriptions
from bot.taste_home import TastePart
from bot.tastes import Tastes
from model.embedding import Vectors
from storage import digests
from storage.database import Storage
from storage.sqlite import Database

DIGEST_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Learning:
    """The parts that learn, each with its part of App Home and its word after /copy."""

    tastes: Tastes
    rounds: RoundsPart
    sentiment: SentimentParts
    taste: TastePart
    privacy: Privacy
    subscriptions: Subscriptions
    setting: str
    home: Home

    def blocks_for(self, db: Database, workspace: str, user: str) -> list[Block]:
        """The parts of App Home, one below the other."""
        rows = digests.subscriptions(db, workspace)
        return [
            *self.taste.blocks_for(db, workspace),
            *self.rounds.home.blocks_for(db, workspace),
            *consent.blocks_for(db, workspace, self.setting),
            *self.sentiment.blocks_for(db, workspace),
            *digest_forms.blocks_for(rows, user),
        ]

    def answer(self, ack: Ack, body: dict[str, Any], client: WebClient) -> bool:
        """Answer `/copy taste`, `privacy` and `digest …`; False when it is none of them."""
        word, workspace, user = first_word(body), body["team_id"], body["user_id"]
        if word == "digest":
            self.subscriptions.answer(ack, body, client)
        elif word == "privacy" and body["text"].strip().casefold() == word:
            ack(**self.privacy.answer(workspace, user))
        elif word == "taste" and body["text"].strip().casefold() == word:
            ack(**self.taste.answer(workspace))
        else:
            return False
        return True


def first_word(body: dict[str, Any]) -> str:
    """The first word after the command, in lower case.

    >>> first_word({"text": " Digest here"}), first_word({})
    ('digest', '')
    """
    return next(iter(body.get("text", "").split()), "").casefold()


def open_tastes(storage: Storage, vectors: Vectors | None, stack: ExitStack) -> Tastes:
    """The tastes, learning until the stack closes."""
    tastes = Tastes(storage, vectors)
    tastes.start()
    stack.callback(tastes.close)
    return tastes


def build(
    storage: Storage,
    tastes: Tastes,
    rounds: RoundsPart,
    sentiment: SentimentParts,
    *,
    desk: Desk,
    refresher: Refresher,
    clock: Callable[[], datetime],
    setting: str,
) -> Learning:
    """The parts over what the desk has, shown in App Home; `setting` is COPYDESK_TRAINING."""
    home = Home(storage)

    def relearn(workspace: str) -> None:
        tastes.soon(workspace)
        rounds.relearn(workspace)

    parts = Learning(
        tastes=tastes,
        rounds=rounds,
        sentiment=sentiment,
        taste=TastePart(storage, tastes, clock),
        privacy=Privacy(storage, desk, refresher, clock, setting, relearn),
        subscriptions=Subscriptions(storage, clock, home.publish),
        setting=setting,
        home=home,
    )
    home.more = parts.blocks_for
    return parts


def register(app: App, parts: Learning, storage: Storage, *, clock: Callable[[], datetime]) -> None:
    """Listen for every button and form of the parts."""
    republish = parts.home.publish
    consent.register(app, storage, setting=parts.setting, clock=clock, republish=republish)
    privacy.register(app, parts.privacy)
    subscriptions.register(app, parts.subscriptions)
    digest_home.register(app, DigestLook(storage, clock, digest_learned.from_rows(storage, parts.tastes.sentences)))
    taste_home.register(app, parts.taste, republish)
    parts.rounds.register(app, republish)
    parts.sentiment.register(app)


def tasks(parts: Learning, storage: Storage, clients: Clients, clock: Callable[[], datetime]) -> Sequence[Task]:
    """What the parts do by the clock."""
    learned = digest_learned.from_rows(storage, parts.tastes.sentences)
    weekly = Task("digest", lambda: digest.post_due(storage, clients, clock, learned=learned), DIGEST_EVERY)
    return [weekly, *parts.rounds.tasks()]
