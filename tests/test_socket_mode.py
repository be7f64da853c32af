"""Letting go of Slack: what a listener has begun is finished first."""

import threading
from typing import Any

import pytest
from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot import local_slack
from bot.playground.server import PlaygroundServer
from bot.reaching import build_clients
from bot.socket_mode import SocketMode
from tests.visitor import Visitor


def test_closing_waits_for_a_listener_that_runs(playground: PlaygroundServer) -> None:
    client = build_clients(local_slack.BOT_TOKEN, f"{playground.url}/api/").patient
    bolt = App(client=client, signing_secret="unused", token_verification_enabled=False)
    hung_up, published = threading.Event(), threading.Event()

    @bolt.command("/copy")
    def copy(ack: Ack, command: dict[str, Any], client: WebClient) -> None:
        ack()
        assert hung_up.wait(10)
        client.views_publish(user_id=command["user_id"], view={"type": "home", "blocks": [{"type": "divider"}]})
        published.set()

    link = SocketMode(bolt, local_slack.APP_TOKEN)
    link.connect()
    with Visitor(playground.url) as ana:
        ana.type("/copy")  # comes back once it is acknowledged
        closing = threading.Thread(target=link.close)
        closing.start()
        ana.wait_for(lambda page: not page.connected)
        hung_up.set()
        closing.join()

    assert published.is_set()
    with pytest.raises(RuntimeError, match="after shutdown"):  # and none can begin any more
        bolt.listener_runner.listener_executor.submit(print)
