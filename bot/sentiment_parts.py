"""The parts of sentiment put together: the model, the desk that reads, and what listens in Slack."""

import logging
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from slack_bolt import App

from bot import sentiment, sentiment_actions, sentiment_home, sentiment_sharing
from bot.blocks import Block
from bot.reaching import Clients
from bot.sentiment import SentimentIntake
from bot.sentiment_desk import SentimentDesk
from bot.sentiment_many import ManyReader
from bot.sentiment_readers import Readers
from bot.sentiment_work import SentimentWork
from bot.settings import Settings
from model.remote import is_address
from model.sentiment import EMBEDDED, OpenSentiment, open_sentiment
from storage.database import Storage
from storage.sqlite import Database

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SentimentParts:
    """What the rest of the desk needs of it."""

    storage: Storage
    intake: SentimentIntake

    def register(self, app: App) -> None:
        """Listen in Slack."""
        sentiment.register(app, self.intake)
        desk, clock, is_ours = self.intake.desk, self.intake.clock, self.intake.readers.learns
        sentiment_actions.register(app, self.storage, desk, clock, is_ours=is_ours)
        sentiment_sharing.register(app, self.storage, clock)

    def blocks_for(self, db: Database, workspace: str) -> list[Block]:
        """App Home's part."""
        return sentiment_home.blocks_for(db, workspace, self.intake.clock())

    def start(self, clients: Clients, data: Path, stack: ExitStack) -> None:
        """Begin to read, until the stack closes."""
        intake = self.intake
        folder, waits = data / "sentiment-files", (intake.desk.first_wait / 2, intake.desk.first_wait)
        many = ManyReader(clients, self.storage, intake.readers, folder, intake.clock, time.monotonic, waits)
        many.sweep()
        work = SentimentWork(clients, self.storage, intake.readers, many, intake.clock)
        stack.callback(intake.readers.close)
        stack.callback(intake.desk.close)
        if resumed := intake.desk.start(work):
            logger.warning("%d unfinished readings are resumed.", resumed)


def build(
    storage: Storage, readers: Readers, *, clock: Callable[[], datetime], limit: int, first_wait: float
) -> SentimentParts:
    """The parts over what the desk has, not started yet."""
    desk = SentimentDesk(storage, clock=clock, limit=limit, first_wait=first_wait)
    return SentimentParts(storage, SentimentIntake(storage, desk, readers, clock, limit))


def open_readers(settings: Settings) -> Readers:
    """What loads the model that the settings name, when it is first needed."""
    name = settings.copydesk_sentiment_model
    # Where the writer works in this process, too, the two would take turns with each other's threads.
    threads = 0 if is_address(settings.copydesk_model) else 1

    def open_(weights: Path | None) -> OpenSentiment:
        device = settings.copydesk_device
        return open_sentiment(name, data=settings.copydesk_data, device=device, weights=weights, threads=threads)

    return Readers(open_, settings.copydesk_data, learns=name in EMBEDDED)
