"""A real slack-bolt app that is given files and shortcuts on a playground, and keeps what came."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import pytest
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.playground import manifest
from bot.playground.server import PlaygroundServer
from tests.visitor import Visitor

# On this machine there is no TLS; loading the certificates would cost each request 30 ms.
PLAIN: dict[str, Any] = {"trust_env": False, "verify": False}
BEARER = {"authorization": "Bearer xoxb-playground"}
CSV = b"text\nLovely waiter\n"

Json = dict[str, Any]
APP: Json = {
    "features": {
        "slash_commands": [{"command": "/form"}],
        "shortcuts": [
            {"type": "message", "callback_id": "check", "name": "Check", "description": "Check it"},
            {"type": "global", "callback_id": "everywhere", "name": "Everywhere", "description": "Do it"},
        ],
    },
    "oauth_config": {"scopes": {"bot": ["commands", "chat:write", "files:read", "files:write"]}},
    "settings": {
        "event_subscriptions": {"bot_events": ["app_mention", "message.im", "message.channels", "file_shared"]}
    },
}
ROWS = {"type": "file_input", "action_id": "rows", "filetypes": ["csv", "TXT"], "max_files": 2}


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


FORM: Json = {
    "type": "modal",
    "callback_id": "form",
    "title": plain("Comments"),
    "submit": plain("Read"),
    "blocks": [{"type": "input", "block_id": "file", "label": plain("File"), "element": ROWS}],
}


@dataclass
class Desk:
    """A Bolt app that keeps what came, and opens the form for `/form`."""

    url: str
    seen: "SimpleQueue[Json]" = field(default_factory=SimpleQueue)

    def __post_init__(self) -> None:
        self.client = WebClient(token="xoxb-playground", base_url=f"{self.url}/api/")
        app = App(client=self.client)
        for event in ("message", "app_mention", "file_shared"):
            app.event(event)(self._note)
        app.shortcut("check")(self._note)
        app.shortcut("everywhere")(self._note)
        app.view("form")(self._note)
        app.command("/form")(self._open)
        self.handler = SocketModeHandler(app, app_token="xapp-playground")
        self.handler.connect()  # type: ignore[no-untyped-call] # slack_bolt leaves it untyped

    def event(self, kind: str) -> Json:
        """The next event of a kind; what else comes is passed over."""
        while (event := self.seen.get(timeout=5).get("event", {})).get("type") != kind:
            pass
        found: Json = event
        return found

    def interaction(self, kind: str) -> Json:
        """The next interaction of a kind; what else comes is passed over."""
        while (body := self.seen.get(timeout=5))["type"] != kind:
            pass
        return body

    def _note(self, ack: Callable[..., None], body: Json) -> None:
        ack()
        self.seen.put(body)

    def _open(self, ack: Callable[..., None], body: Json) -> None:
        ack()
        self.client.views_open(trigger_id=body["trigger_id"], view=FORM)


@contextmanager
def open_desk(folder: Path) -> Iterator[Desk]:
    """A desk on a playground that keeps its files in this folder."""
    with PlaygroundServer(manifest=manifest.parse(APP), data=folder) as server:
        desk = Desk(server.url)
        yield desk
        # The SDK's link notices its own end after three seconds, the server's end at once.
        client = desk.handler.client
        client.auto_reconnect_enabled = client.default_auto_reconnect_enabled = False
    desk.handler.close()  # type: ignore[no-untyped-call] # slack_bolt leaves it untyped


def shown(page: Visitor, ts: str, channel: str = "C0LAUNCH") -> Json:
    """A message as a page shows it."""
    return page.wait_for(lambda page: [m for m in page.messages(channel) if m["ts"] == ts])[0]


def error(call: Any, **arguments: Any) -> Json:
    """What Slack answers to a call that it refuses."""
    with pytest.raises(SlackApiError) as refused:
        call(**arguments)
    data: Json = refused.value.response.data
    return data
