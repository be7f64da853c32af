"""A person at the playground's page, for tests: types, reacts, clicks and sees what the page would show."""

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self, TypeVar
from urllib.parse import urlsplit

import httpx
from websockets.sync.client import connect

Seen = TypeVar("Seen")


class Visitor:
    """One open page; `wait_for` reads its live updates, nothing here sleeps."""

    def __init__(self, url: str, user: str = "U0ANA") -> None:
        self.user = user
        self.home: dict[str, Any] | None = None
        self.views: list[dict[str, Any]] = []
        self.prompts: list[dict[str, Any]] = []
        self.channels: list[dict[str, Any]] = []
        self.statuses: list[dict[str, Any]] = []
        self.connected = False
        self._messages: dict[str, dict[str, dict[str, Any]]] = {}
        self._open = ExitStack()
        self._http = self._open.enter_context(_plain_http(url))
        address = f"{url.replace('http', 'ws', 1)}/page/live?user={user}"
        self._socket = self._open.enter_context(connect(address, proxy=None, max_size=None, max_queue=None))
        self._read(timeout=10)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Leave the page."""
        self._open.close()

    def type(
        self, text: str, channel: str = "C0LAUNCH", thread_ts: str | None = None, files: Sequence[str] = ()
    ) -> dict[str, Any]:
        """Write a message (with files that `upload` returned) or a command and return the page's answer."""
        return self._post("/page/messages", channel=channel, text=text, thread_ts=thread_ts, files=list(files))

    def upload(self, name: str, content: bytes | Path) -> str:
        """Choose a file, as its bytes or as one on the disk, and return its id for `type` and `fill_and_submit`."""
        query = {"user": self.user, "name": name}
        with ExitStack() as stack:
            body = content if isinstance(content, bytes) else stack.enter_context(content.open("rb"))
            answer = self._http.post("/page/files", params=query, content=body).json()
        assert answer["ok"], f"{name} was not taken: {answer}"
        return str(answer["file"]["id"])

    def download(self, file: Mapping[str, Any]) -> bytes:
        """Follow the download link of a file that the page shows."""
        self._http.get("/").raise_for_status()  # a browser has opened the page, and brings its cookie
        return self._http.get(urlsplit(file["url_private_download"]).path).raise_for_status().content

    def react(self, message: Mapping[str, Any], name: str) -> dict[str, Any]:
        """Add a reaction to a message."""
        return self._react(message, name, add=True)

    def unreact(self, message: Mapping[str, Any], name: str) -> dict[str, Any]:
        """Take a reaction back."""
        return self._react(message, name, add=False)

    def click(
        self,
        place: Mapping[str, Any],
        action_id: str,
        value: Any = None,
        *,
        state: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> dict[str, Any]:
        """Use an element of a message or a view; selects and feedback buttons need the chosen value."""
        for block in place["blocks"]:
            for element in _elements(block):
                if element["action_id"] == action_id:
                    return self._post(
                        "/page/actions",
                        container=_container(place),
                        block_id=block["block_id"],
                        action_id=action_id,
                        value=element.get("value") if value is None else value,
                        state=state or {},
                    )
        raise AssertionError(f"no element {action_id!r} in {json.dumps(place['blocks'], indent=1)}")

    def fill_and_submit(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Submit the top modal; `values` are keyed by action_id or block_id, the rest stays as it is.

        The value of a file_input is a list of ids that `upload` returned.
        """
        view = self._top_view()
        state: dict[str, dict[str, Any]] = {}
        unknown = set(values)
        for block in view["blocks"]:
            for element in _elements(block):
                for key in {element["action_id"], block["block_id"]} & set(values):
                    state.setdefault(block["block_id"], {})[element["action_id"]] = values[key]
                    unknown.discard(key)
        assert not unknown, f"the modal has no {sorted(unknown)}: {json.dumps(view['blocks'], indent=1)}"
        return self._post(f"/page/views/{view['id']}/submit", state=state)

    def close_view(self) -> dict[str, Any]:
        """Close the top modal."""
        view = self._top_view()
        return self._post(f"/page/views/{view['id']}/close")

    def open_home(self, tab: str = "home") -> dict[str, Any]:
        """Look at the app's own page."""
        return self._post("/page/home", tab=tab)

    def shortcut(self, message: Mapping[str, Any], callback_id: str) -> dict[str, Any]:
        """Use a message shortcut."""
        where = {"channel": message["channel"], "ts": message["ts"]}
        return self._post("/page/shortcuts", callback_id=callback_id, **where)

    def global_shortcut(self, callback_id: str) -> dict[str, Any]:
        """Use a shortcut that works everywhere."""
        return self._post("/page/shortcuts", callback_id=callback_id)

    def messages(self, channel: str = "C0LAUNCH") -> list[dict[str, Any]]:
        """Return what the channel shows so far, threads included, oldest first."""
        found = self._messages.get(channel, {})
        return [found[ts] for ts in sorted(found)]

    def thread(self, channel: str, ts: str) -> list[dict[str, Any]]:
        """Return the replies under a message, oldest first."""
        return [message for message in self.messages(channel) if message.get("thread_ts") == ts != message["ts"]]

    @property
    def view(self) -> dict[str, Any] | None:
        """The modal on top."""
        return self.views[-1] if self.views else None

    def wait_for(self, predicate: Callable[["Visitor"], Seen | Literal[False] | None], timeout: float = 10) -> Seen:
        """Read live updates until the predicate is true of this page, and return its value."""
        deadline = time.monotonic() + timeout
        while not (value := predicate(self)):
            try:
                self._read(timeout=max(0.0, deadline - time.monotonic()))
            except TimeoutError:
                raise AssertionError(f"not seen within {timeout} s; the page shows:\n{self}") from None
        return value

    def __str__(self) -> str:
        seen = {channel: self.messages(channel) for channel in self._messages if self.messages(channel)}
        parts = {"messages": seen, "views": self.views, "home": self.home, "connected": self.connected}
        return json.dumps(parts, indent=1, ensure_ascii=False)[:6000]

    def _top_view(self) -> dict[str, Any]:
        self.wait_for(lambda page: bool(page.views))
        return self.views[-1]

    def _post(self, path: str, **body: Any) -> dict[str, Any]:
        answer: dict[str, Any] = self._http.post(path, json={"user": self.user, **body}).json()
        return answer

    def _react(self, message: Mapping[str, Any], name: str, *, add: bool) -> dict[str, Any]:
        where = {"channel": message["channel"], "ts": message["ts"]}
        return self._post("/page/reactions", name=name, add=add, **where)

    def _read(self, timeout: float) -> None:
        """Take in one live update."""
        update = json.loads(self._socket.recv(timeout=timeout))
        kind = update["type"]
        if kind == "state":
            for channel, messages in update["messages"].items():
                self._keep(channel, *messages)
            self.home, self.views, self.prompts = update["home"], update["views"], update["prompts"]
            self.channels, self.connected = update["channels"], update["bot"]["connected"]
        elif kind == "message":
            self._keep(update["channel"], update["message"])
        elif kind == "message_deleted":
            self._messages[update["channel"]].pop(update["ts"], None)
        elif kind == "status":
            self.statuses.append(update)
        elif kind == "bot":
            self.connected = update["connected"]
        else:
            name = {"home": "view"}.get(kind, kind)
            setattr(self, kind, update[name])

    def _keep(self, channel: str, *messages: dict[str, Any]) -> None:
        for message in messages:
            self._messages.setdefault(channel, {})[message["ts"]] = {**message, "channel": channel}


def _plain_http(url: str) -> httpx.Client:
    # On this machine there is no TLS; loading the certificates would cost each test 30 ms.
    return httpx.Client(base_url=url, timeout=30, trust_env=False, verify=False)


def _container(place: Mapping[str, Any]) -> dict[str, Any]:
    if "ts" in place:
        return {"type": "message", "channel": place["channel"], "ts": place["ts"]}
    return {"type": "view", "view_id": place["id"]}


def _elements(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        if "action_id" in node:
            yield node
            return
        node = list(node.values())
    if isinstance(node, list):
        for item in node:
            yield from _elements(item)
