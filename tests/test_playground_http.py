"""A real slack-bolt app behind an address of its own: signed requests, the challenge, retries."""

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import SimpleQueue
from typing import Any
from urllib.parse import parse_qs

import httpx
import pytest
from slack_bolt import App, BoltRequest
from slack_sdk import WebClient

from bot.playground.clock import Patience
from bot.playground.server import PlaygroundServer
from tests.visitor import Visitor

# On this machine there is no TLS; loading the certificates would cost each request 30 ms.
PLAIN: dict[str, Any] = {"trust_env": False, "verify": False}


Answer = tuple[int, dict[str, str], str]


@dataclass
class Address:
    """A web server in a thread; `answer` decides what it says, `seen` keeps what came."""

    answer: Callable[[dict[str, str], str], Answer]
    seen: "SimpleQueue[tuple[dict[str, str], str]]" = field(default_factory=SimpleQueue)
    url: str = ""

    def start(self) -> ThreadingHTTPServer:
        address = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"])).decode()
                headers = {name.lower(): value for name, value in self.headers.items()}
                address.seen.put((headers, body))
                status, answer_headers, text = address.answer(headers, body)
                self.send_response(status)
                for name, value in answer_headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(text.encode())

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        self.url = f"http://127.0.0.1:{server.server_port}/slack/events"
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return server


@pytest.fixture(scope="module")
def server() -> Iterator[PlaygroundServer]:
    patience = Patience(retries=(0.0, 0.0, 0.0))
    with PlaygroundServer(patience=patience) as running:
        yield running


@pytest.fixture
def ana(server: PlaygroundServer) -> Iterator[Visitor]:
    with Visitor(server.url) as visitor:
        yield visitor


@pytest.fixture
def serve(server: PlaygroundServer) -> Iterator[Callable[[Address, str], dict[str, Any]]]:
    running = []

    def at(address: Address, secret: str = "playground") -> dict[str, Any]:
        running.append(address.start())
        body = {"url": address.url, "signing_secret": secret}
        answer: dict[str, Any] = httpx.post(f"{server.url}/playground/http", json=body, **PLAIN).json()
        return answer

    yield at
    httpx.request("DELETE", f"{server.url}/playground/http", **PLAIN)
    for one in running:
        one.shutdown()
        one.server_close()


def bolt(server: PlaygroundServer, secret: str = "playground") -> Address:
    """Return the address of a Bolt app that answers one command, one action and every message."""
    client = WebClient(token="xoxb-playground", base_url=f"{server.url}/api/")
    app = App(client=client, signing_secret=secret, process_before_response=True)

    @app.command("/copy")
    def copy(ack: Any, command: Any, client: WebClient) -> None:
        go = {"type": "button", "text": {"type": "plain_text", "text": "Go"}, "action_id": "go", "value": "7"}
        client.chat_postMessage(
            channel=command["channel_id"], text="Choose", blocks=[{"type": "actions", "elements": [go]}]
        )
        ack(f"Writing: {command['text']}")

    @app.action("go")
    def go(ack: Any, action: Any, respond: Any) -> None:
        ack()
        respond(text=f"Went {action['value']}", replace_original=True)

    @app.event("message")
    def message(event: Any, say: Any) -> None:
        say(f"You said {event['text']}")

    def answer(headers: dict[str, str], body: str) -> Answer:
        response = app.dispatch(BoltRequest(body=body, headers={**headers}))
        return response.status, {name: values[0] for name, values in response.headers.items()}, response.body

    return Address(answer)


def test_commands_clicks_and_events_work_over_signed_http(
    server: PlaygroundServer, serve: Callable[[Address], dict[str, Any]], ana: Visitor
) -> None:
    address = bolt(server)

    assert serve(address) == {"ok": True}
    assert ana.type("/copy mug & more") == {"ok": True}
    ana.wait_for(lambda page: len(page.messages()) == 2)
    choice, written = ana.messages()
    assert (choice["text"], written["text"]) == ("Choose", "Writing: mug &amp; more")
    assert ana.click(choice, "go") == {"ok": True}
    ana.wait_for(lambda page: page.messages()[0]["text"] == "Went 7")
    ana.type("hello", channel="D0ANA")
    ana.wait_for(lambda page: [m for m in page.messages("D0ANA") if m["text"] == "You said hello"])

    challenge, command, click, event = (address.seen.get(timeout=5) for _ in range(4))
    assert json.loads(challenge[1])["type"] == "url_verification"
    assert parse_qs(command[1])["command"] == ["/copy"]
    assert json.loads(parse_qs(click[1])["payload"][0])["type"] == "block_actions"
    assert event[0]["content-type"] == "application/json"


def test_a_wrong_secret_fails_the_challenge(
    server: PlaygroundServer, serve: Callable[[Address, str], dict[str, Any]], ana: Visitor
) -> None:
    assert serve(bolt(server), "another")["error"] == "url_verification_failed"
    assert ana.type("/copy mug")["error"] == "not_connected"


def challenged(answer: Callable[[dict[str, str]], Answer]) -> Address:
    """Return an address that passes the challenge and then answers as told."""

    def say(headers: dict[str, str], body: str) -> Answer:
        return (200, {}, json.loads(body)["challenge"]) if "challenge" in body else answer(headers)

    return Address(say)


def test_an_event_is_repeated_with_its_number_and_reason(
    serve: Callable[[Address], dict[str, Any]], ana: Visitor
) -> None:
    address = challenged(lambda headers: (200 if headers.get("x-slack-retry-num") == "2" else 500, {}, ""))
    serve(address)
    ana.type("hello", channel="D0ANA")

    tries = [address.seen.get(timeout=5)[0] for _ in range(4)][1:]

    assert [headers.get("x-slack-retry-num") for headers in tries] == [None, "1", "2"]
    assert [headers.get("x-slack-retry-reason") for headers in tries] == [None, "http_error", "http_error"]
    assert address.seen.empty()


def test_x_slack_no_retry_ends_the_repeats(serve: Callable[[Address], dict[str, Any]], ana: Visitor) -> None:
    address = challenged(lambda _: (500, {"x-slack-no-retry": "1"}, ""))
    serve(address)

    ana.type("hello", channel="D0ANA")
    commands = [ana.type("/copy mug") for _ in range(4)]

    kinds = [address.seen.get(timeout=5)[1][:1] for _ in range(6)]
    assert commands == [{"ok": False, "error": "dispatch_failed"}] * 4
    assert kinds.count("{") == 2, "the challenge and one try of the event"


def test_a_slow_bot_times_out() -> None:
    answered = threading.Event()
    address = challenged(lambda _: (200 if answered.wait(timeout=5) else 500, {}, ""))
    with PlaygroundServer(patience=Patience(ack=0.5)) as server, Visitor(server.url) as ana:
        running = address.start()
        httpx.post(f"{server.url}/playground/http", json={"url": address.url}, **PLAIN)

        assert ana.type("/copy mug") == {"ok": False, "error": "operation_timeout"}

        answered.set()
        running.shutdown()
        running.server_close()
