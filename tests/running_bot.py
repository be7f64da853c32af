"""The real bot on a playground, wired by the command line's own code; unless a test brings a model, it is scripted."""

import socket
from collections.abc import Sequence
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx

from bot import local_slack, round_commands
from bot.__main__ import open_desk
from bot.engines import Source
from bot.reaching import build_clients
from bot.rounds_part import BuildParts
from bot.sentiment_readers import Readers
from bot.settings import Settings
from model.generation import Engine
from model.sentiment import EMBEDDED, OpenSentiment
from model.writer import Writer
from storage.database import Storage
from tests.fake_engine import FakeEngine
from tests.fake_sentiment import FakeSentiment

TWEETS = (
    "Cold brew that waits for no one: Brewline ships free this week. Order a bottle and skip the queue.",
    "Your fridge has room for one more. Brewline cold brew comes with free shipping this week.",
    "This week Brewline pays the postage. Cold brew, steeped slowly, with free shipping to your door.",
    "Free shipping on every Brewline cold brew this week. Slow coffee, delivered to people in a hurry.",
    "Mornings are loud. Brewline cold brew is quiet, smooth and, this week, free shipping is on us.",
    "Pour, sip, carry on. Brewline cold brew, with free shipping this week, makes mornings shorter.",
)


class RunningBot:
    """A bot between its start and `close`; `engine` scripts the words and keeps what was asked.

    With a `source` that is what writes, opened as the command line does; `remote` is an engine that is open already.
    """

    def __init__(
        self,
        url: str,
        data: Path,
        *texts: str,
        engine: FakeEngine | None = None,
        remote: Engine | None = None,
        languages: frozenset[str] | None = None,
        source: Source | None = None,
        build_parts: BuildParts = round_commands.build_parts,
        sentiment: OpenSentiment | None = None,
        **settings: Any,
    ) -> None:
        self.engine = engine or FakeEngine(*(texts or TWEETS))
        self.port = free_port()
        self.storage = Storage(data / "copydesk.db")
        given = source or Source(lambda: remote or self.engine, None, None, None, languages)
        self.writer: Future[Writer] = Future()
        chosen = Settings(
            slack_bot_token=local_slack.BOT_TOKEN,
            slack_app_token=local_slack.APP_TOKEN,
            slack_api_url=f"{url}/api/",
            copydesk_data=data,
            copydesk_port=self.port,
        )
        chosen = replace(chosen, **settings)
        clients = build_clients(chosen.slack_bot_token, chosen.slack_api_url)
        felt = sentiment or FakeSentiment()
        self.readers = Readers(lambda _: felt, data, learns=chosen.copydesk_sentiment_model in EMBEDDED)
        self.readers.warm_up()
        with ExitStack() as stack:
            opened = given.open()
            if source:
                stack.callback(opened.close)
            self.writer.set_result(given.writer(opened))
            self.desk = open_desk(
                chosen,
                clients=clients,
                source=given,
                writer=self.writer,
                stack=stack,
                first_wait=0.1,
                build_parts=build_parts,
                readers=self.readers,
            )
            self._stack = stack.pop_all()

    def close(self) -> None:
        """Stop as on SIGTERM; safe to call twice."""
        self._stack.close()

    def rows(self, sql: str, arguments: Sequence[object] = ()) -> list[dict[str, Any]]:
        """What is in the database."""
        with self.storage.read() as db:
            return list(db.query(sql, list(arguments)))

    def healthz(self) -> httpx.Response:
        """What the health page answers."""
        return httpx.get(f"http://127.0.0.1:{self.port}/healthz", trust_env=False)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
