"""A real slack-bolt app on the playground's Socket Mode: commands, events, shortcuts, reconnects."""

from collections.abc import Callable, Iterator
from queue import SimpleQueue
from typing import Any

import httpx
import pytest
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from bot.playground import manifest
from bot.playground.server import PlaygroundServer
from tests.visitor import Visitor

# On this machine there is no TLS; loading the certificates would cost each request 30 ms.
PLAIN: dict[str, Any] = {"trust_env": False, "verify": False}

Json = dict[str, Any]
MANIFEST = manifest.parse(
    {
        "features": {
            "slash_commands": [
                {"command": "/copy", "should_escape": True},
                {"command": "/raw"},
                {"command": "/answer"},
            ],
            "shortcuts": [{"type": "message", "callback_id": "check", "name": "Check"}],
        },
        "settings": {"event_subscriptions": {"bot_events": sorted(manifest.DEFAULT_EVENTS)}},
    }
)


def record(app: App, seen: "SimpleQueue[Json]") -> None:
    """Let an app acknowledge everything and note what came."""

    @app.command("/answer")
    def answer(ack: Callable[..., None]) -> None:
        ack(text="In public", response_type="in_channel")

    def note(ack: Callable[..., None], body: Json) -> None:
        ack()
        seen.put(body)

    for name in ("/copy", "/raw"):
        app.command(name)(note)
    for event in ("message", "app_mention", "reaction_added", "reaction_removed", "app_home_opened"):
        app.event(event)(note)
    app.shortcut("check")(note)


@pytest.fixture(scope="module")
def bolt() -> Iterator[tuple[PlaygroundServer, "SimpleQueue[Json]", SocketModeHandler]]:
    seen: SimpleQueue[Json] = SimpleQueue()
    with PlaygroundServer(manifest=MANIFEST) as server:
        app = App(client=WebClient(token="xoxb-playground", base_url=f"{server.url}/api/"))
        record(app, seen)
        handler = SocketModeHandler(app, app_token="xapp-playground")
        handler.connect()  # type: ignore[no-untyped-call] # slack_bolt leaves it untyped
        yield server, seen, handler
        # The SDK's link notices its own end after three seconds, the server's end at once.
        handler.client.auto_reconnect_enabled = handler.client.default_auto_reconnect_enabled = False
    handler.close()  # type: ignore[no-untyped-call] # slack_bolt leaves it untyped


@pytest.fixture
def server(bolt: tuple[PlaygroundServer, Any, Any]) -> PlaygroundServer:
    return bolt[0]


@pytest.fixture
def seen(bolt: tuple[Any, "SimpleQueue[Json]", Any]) -> "SimpleQueue[Json]":
    return bolt[1]


@pytest.fixture
def ana(server: PlaygroundServer) -> Iterator[Visitor]:
    with Visitor(server.url) as visitor:
        visitor.wait_for(lambda page: page.connected)
        yield visitor


def test_a_command_comes_with_slacks_fields_and_escapes(ana: Visitor, seen: "SimpleQueue[Json]") -> None:
    assert ana.type("/copy tweet for @ben & <all> in #social") == {"ok": True}

    body = seen.get(timeout=5)
    assert body["text"] == "tweet for <@U0BEN|ben> &amp; &lt;all&gt; in <#C0SOCIAL|social>"
    assert (body["user_id"], body["channel_id"], body["channel_name"]) == ("U0ANA", "C0LAUNCH", "launch")
    assert body["response_url"].startswith("http")
    assert "thread_ts" not in body


def test_names_stay_names_without_should_escape(ana: Visitor, seen: "SimpleQueue[Json]") -> None:
    ana.type("/raw @ben <3")

    assert seen.get(timeout=5)["text"] == "@ben &lt;3"


def test_an_acknowledgement_with_text_is_shown(ana: Visitor) -> None:
    assert ana.type("/answer", channel="C0SOCIAL") == {"ok": True}

    shown = ana.wait_for(lambda page: page.messages("C0SOCIAL"))[-1]
    assert (shown["text"], "ephemeral" in shown) == ("In public", False)


def test_a_command_that_the_app_lacks_is_answered_by_slack(ana: Visitor) -> None:
    assert ana.type("/dance")["error"] == "unknown_command"

    note = ana.wait_for(lambda page: [m for m in page.messages() if m["user"] == "USLACKBOT"])[0]
    assert "/dance" in note["text"]


def test_direct_messages_mentions_and_reactions_are_events(ana: Visitor, seen: "SimpleQueue[Json]") -> None:
    ts = ana.type("hi & bye", channel="D0ANA")["ts"]
    direct = seen.get(timeout=5)
    ana.type("hey @copydesk")
    mention = seen.get(timeout=5)["event"]
    message = ana.wait_for(lambda page: [m for m in page.messages("D0ANA") if m["ts"] == ts])[0]
    ana.react(message, "+1::skin-tone-3")
    added = seen.get(timeout=5)["event"]
    ana.unreact(message, "+1::skin-tone-3")
    removed = seen.get(timeout=5)["event"]

    assert direct["type"] == "event_callback"
    assert direct["authorizations"][0]["user_id"] == "U0DESK"
    assert direct["event"]["channel_type"] == "im"
    assert direct["event"]["client_msg_id"]
    assert direct["event"]["text"] == "hi &amp; bye"
    assert (mention["type"], mention["text"]) == ("app_mention", "hey <@U0DESK>")
    assert (added["reaction"], added["item_user"]) == ("+1::skin-tone-3", "U0ANA")
    assert added["item"] == {"type": "message", "channel": "D0ANA", "ts": ts}
    assert (removed["type"], removed["reaction"]) == ("reaction_removed", "+1::skin-tone-3")


def test_the_home_tab_is_an_event_with_its_view(
    ana: Visitor, seen: "SimpleQueue[Json]", server: PlaygroundServer
) -> None:
    client = WebClient(token="xoxb-playground", base_url=f"{server.url}/api/")
    ana.open_home()
    before = seen.get(timeout=5)["event"]
    client.views_publish(user_id="U0ANA", view={"type": "home", "blocks": [{"type": "divider"}]})
    ana.open_home()
    after = seen.get(timeout=5)["event"]
    ana.open_home("messages")

    assert (before["tab"], before["channel"], "view" in before) == ("home", "D0ANA", False)
    assert after["view"]["id"].startswith("V")
    assert seen.get(timeout=5)["event"]["tab"] == "messages"
    ana.wait_for(lambda page: page.home is not None and page.home["blocks"][0]["type"] == "divider")


def test_a_shortcut_carries_its_message(ana: Visitor, seen: "SimpleQueue[Json]") -> None:
    ts = ana.type("is this good?")["ts"]
    message = ana.wait_for(lambda page: [m for m in page.messages() if m["ts"] == ts])[0]

    assert ana.shortcut(message, "check") == {"ok": True}

    body = seen.get(timeout=5)
    assert (body["type"], body["callback_id"], body["message"]["text"]) == (
        "message_action",
        "check",
        "is this good?",
    )


def test_the_bot_hears_nothing_where_it_is_not_until_it_is_invited(ana: Visitor, seen: "SimpleQueue[Json]") -> None:
    ana.type("hey @copydesk", channel="C0RANDOM")
    assert ana.type("/invite @copydesk", channel="C0RANDOM") == {"ok": True}
    ana.type("again @copydesk", channel="C0RANDOM")

    assert seen.get(timeout=5)["event"]["text"] == "again <@U0DESK>"
    ana.wait_for(lambda page: any("U0DESK" in c["members"] for c in page.channels if c["id"] == "C0RANDOM"))


def test_a_duplicate_says_which_attempt_it_is(
    ana: Visitor, seen: "SimpleQueue[Json]", server: PlaygroundServer
) -> None:
    fault = {"fault": "duplicate", "times": 2}
    httpx.post(f"{server.url}/playground/faults", json=fault, **PLAIN)

    ana.type("twice", channel="D0ANA")

    bodies = [seen.get(timeout=5) for _ in range(3)]
    assert len({body["event_id"] for body in bodies}) == 1


def test_bolt_reconnects_after_a_disconnect(ana: Visitor, seen: "SimpleQueue[Json]", server: PlaygroundServer) -> None:
    httpx.post(f"{server.url}/playground/faults", json={"fault": "disconnect"}, **PLAIN)

    ana.type("still there?", channel="D0ANA")

    assert seen.get(timeout=10)["event"]["text"] == "still there?"
    ana.wait_for(lambda page: page.connected)
