"""Builds the Bolt app from its parts."""

from concurrent.futures import ThreadPoolExecutor

from slack_bolt import App
from slack_sdk import WebClient

from bot import brands, conversation, drafting, home, learning, make_it, revising, unforeseen, votes
from bot.brands import Brands
from bot.intake import Intake
from bot.learning import Learning
from bot.refresher import Refresher
from storage.database import Storage

LISTENER_THREADS = 16
"""Bolt's default of 5 lets the sixth listener wait; ours only touch SQLite and Slack, never the model."""


def build(
    client: WebClient,
    *,
    signing_secret: str,
    intake: Intake,
    storage: Storage,
    refresher: Refresher,
    learnt: Learning,
) -> App:
    """The app with every listener registered; an empty signing secret means Socket Mode, where nothing is signed."""
    app = App(
        client=client,
        signing_secret=signing_secret or "unused in Socket Mode",
        listener_executor=ThreadPoolExecutor(max_workers=LISTENER_THREADS, thread_name_prefix="listener"),
        token_verification_enabled=False,
    )
    app.error(unforeseen.answer)
    register(app, intake, storage, refresher, learnt)
    return app


def register(app: App, intake: Intake, storage: Storage, refresher: Refresher, learnt: Learning) -> None:
    """Everything the bot listens to: this list is its table of contents."""
    drafting.register(app, intake, learnt.answer)
    conversation.register(app, intake, storage)
    votes.register(app, intake, storage, refresher)
    make_it.register(app, intake, storage, refresher)
    revising.register(app, intake, storage, refresher)
    brands.register(app, Brands(storage, intake.clock, learnt.home.publish))
    home.register(app, learnt.home)
    learning.register(app, learnt, storage, clock=intake.clock)
