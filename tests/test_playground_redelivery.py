"""Socket Mode seen from a bare link, where Bolt would hide what matters: acknowledgements, repeats, refreshes."""

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from bot.playground.clock import ManualClock, Patience
from bot.playground.server import PlaygroundServer
from bot.playground.socket_mode import MOST_LINKS
from tests.visitor import Visitor

# On this machine there is no TLS; loading the certificates would cost each request 30 ms.
PLAIN: dict[str, Any] = {"trust_env": False, "verify": False}
Json = dict[str, Any]


class Bare:
    """A bot without Bolt: it acknowledges only what a test tells it to."""

    def __init__(self, url: str) -> None:
        client = WebClient(token="xapp-playground", base_url=f"{url}/api/")
        self.socket: ClientConnection = connect(
            client.apps_connections_open(app_token="xapp-playground")["url"], proxy=None
        ).__enter__()
        self.hello = self.read()

    def read(self) -> Json:
        message: Json = json.loads(self.socket.recv(timeout=5))
        return message

    def acknowledge(self, envelope: Json, **payload: Any) -> None:
        self.socket.send(json.dumps({"envelope_id": envelope["envelope_id"], "payload": payload}))

    def close(self) -> None:
        self.socket.__exit__(None, None, None)


@pytest.fixture
def hasty() -> Iterator[PlaygroundServer]:
    patience = Patience(ack=0.1, retries=(0.0, 0.0, 60.0))
    with PlaygroundServer(patience=patience) as server:
        yield server


def test_an_unacknowledged_event_is_sent_again_three_times(hasty: PlaygroundServer) -> None:
    with Visitor(hasty.url) as ana:
        bot = Bare(hasty.url)
        ana.type("anybody?", channel="D0ANA")
        sent = [bot.read() for _ in range(3)]
        bot.close()
        again = Bare(hasty.url)
        sent.append(again.read())
        again.acknowledge(sent[-1])
        again.close()

    assert [envelope["retry_attempt"] for envelope in sent] == [0, 1, 2, 3]
    assert [envelope["retry_reason"] for envelope in sent[:3]] == ["", "timeout", "timeout"]
    assert sent[3]["retry_reason"] in ("timeout", "connection_failed")
    assert len({envelope["payload"]["event_id"] for envelope in sent}) == 1
    assert len({envelope["envelope_id"] for envelope in sent}) == 4
    assert sent[0]["accepts_response_payload"] is False


def test_a_command_that_nobody_acknowledges_times_out_and_is_not_repeated(hasty: PlaygroundServer) -> None:
    with Visitor(hasty.url) as ana:
        assert ana.type("/copy mug") == {"ok": False, "error": "not_connected"}
        bot = Bare(hasty.url)
        assert ana.type("/copy mug") == {"ok": False, "error": "operation_timeout"}
        ana.type("hello", channel="D0ANA")
        command, event = bot.read(), bot.read()
        bot.close()

    assert (command["type"], command["accepts_response_payload"]) == ("slash_commands", True)
    assert event["type"] == "events_api"


def test_hello_counts_the_links_and_there_are_at_most_ten() -> None:
    clock = ManualClock()
    with PlaygroundServer(clock=clock) as server:
        bots = [Bare(server.url) for _ in range(MOST_LINKS)]
        with pytest.raises(SlackApiError, match="ratelimited"):
            Bare(server.url)
        clock.advance(60)
        with pytest.raises(SlackApiError, match="too_many_websockets"):
            Bare(server.url)
        for bot in bots:
            bot.close()

    assert [bot.hello["num_connections"] for bot in bots] == list(range(1, 11))
    assert bots[0].hello["connection_info"] == {"app_id": "A0DESK"}


def test_a_warning_leaves_the_link_open_and_a_refresh_ends_it(hasty: PlaygroundServer) -> None:
    faults = f"{hasty.url}/playground/faults"
    bot = Bare(hasty.url)

    httpx.post(faults, json={"fault": "disconnect", "reason": "warning"}, **PLAIN)
    warning = bot.read()
    httpx.post(faults, json={"fault": "disconnect"}, **PLAIN)
    refresh = bot.read()

    assert (warning["reason"], refresh["reason"]) == ("warning", "refresh_requested")
    with pytest.raises(ConnectionClosed):
        bot.read()
    bot.close()


def test_a_ticket_works_once(hasty: PlaygroundServer) -> None:
    client = WebClient(token="xapp-playground", base_url=f"{hasty.url}/api/")
    url = client.apps_connections_open(app_token="xapp-playground")["url"]

    with connect(url, proxy=None) as first:
        first.recv(timeout=5)
        with pytest.raises(Exception, match="403"), connect(url, proxy=None):
            pass
