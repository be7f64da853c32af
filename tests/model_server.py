"""A small OpenAI-compatible server on a port of its own: real HTTP and real event streams, faults on demand."""

import asyncio
import json
import threading
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from types import TracebackType
from typing import Any, Self

from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.types import Receive, Scope, Send

from bot.server import Server
from tests.running_bot import free_port

BASE = "acme/writer-1b"


class Exchange:
    """One request and the answer to it, piece by piece."""

    def __init__(self, path: str, headers: dict[str, str], body: dict[str, Any], receive: Receive, send: Send) -> None:
        self.path, self.headers, self.body = path, headers, body
        self._receive, self._send = receive, send

    async def answer(self, status: int, said: object = "", **headers: str) -> None:
        """The whole answer at once."""
        text = said if isinstance(said, str) else json.dumps(said)
        raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
        await self._send({"type": "http.response.start", "status": status, "headers": raw})
        await self._send({"type": "http.response.body", "body": text.encode()})

    async def open(self) -> None:
        """Begin an event stream."""
        await self._send(
            {"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/event-stream")]}
        )

    async def say(self, line: str) -> None:
        """A line of the event stream, as it is."""
        await self._send({"type": "http.response.body", "body": f"{line}\n\n".encode(), "more_body": True})

    async def write(self, number: int, text: str, finish: str | None = None) -> None:
        """A piece of one sequence, as chat or as completion."""
        words = {"delta": {"content": text}} if "chat" in self.path else {"text": text}
        await self.say(f"data: {json.dumps({'choices': [{'index': number, **words, 'finish_reason': finish}]})}")

    async def end(self) -> None:
        """End the event stream as it ought to end."""
        await self.say("data: [DONE]")
        await self._send({"type": "http.response.body", "body": b""})

    async def until_left(self) -> None:
        """Write nothing more until the other side has gone."""
        while (await self._receive())["type"] != "http.disconnect":
            continue

    async def comment_until_left(self) -> None:
        """Write nothing but comments until the other side has gone."""
        leaving = asyncio.ensure_future(self.until_left())
        while not (await asyncio.wait([leaving], timeout=0.02))[0]:
            await self.say(": still here")


Fault = Callable[[Exchange], Awaitable[None]]


class ModelServer:
    """Writes `texts`, a word of each in turn; each of `faults` answers one request for text before that."""

    def __init__(self, *texts: str, port: int | None = None) -> None:
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}/v1"
        self.texts: Sequence[str] = texts or ("Cold brew, slowly made.",)
        self.faults: deque[Fault] = deque()
        self.asked: list[Exchange] = []
        self.adapters: dict[str, str] = {}
        self.adapting: tuple[int, object] | None = None  # what it says to every adapter
        self.metrics = ""
        self.root = BASE  # what it was started from: a name, or a folder
        self.pause = 0.0  # between two words
        self.left = threading.Event()
        self._server = Server(Starlette(routes=[Mount("/", self._serve)]), host="127.0.0.1", port=self.port)

    def __enter__(self) -> Self:
        self._server.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.stop()

    def bodies(self, ending: str = "completions") -> list[dict[str, Any]]:
        """What was posted to the paths that end so."""
        return [one.body for one in self.asked if one.path.endswith(ending)]

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = b""
        while (message := await receive()).get("more_body") or message.get("body"):
            body += message["body"]
            if not message.get("more_body"):
                break
        headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        exchange = Exchange(scope["path"], headers, json.loads(body or b"{}"), receive, send)
        self.asked.append(exchange)
        match scope["path"].removeprefix("/v1/"):
            case "chat/completions" | "completions":
                await (self.faults.popleft() if self.faults else self._write)(exchange)
            case "models":
                base = {"id": BASE, "root": self.root, "parent": None}
                cards = [base, *({"id": name, "parent": BASE} for name in self.adapters)]
                await exchange.answer(200, {"object": "list", "data": cards})
            case "load_lora_adapter" | "unload_lora_adapter" as action:
                await self._adapt(exchange, action)
            case "/metrics" if self.metrics:
                await exchange.answer(200, self.metrics)
            case _:
                await exchange.answer(404, {"detail": "Not Found"})

    async def _write(self, exchange: Exchange) -> None:
        if exchange.body["model"] not in {BASE, *self.adapters}:
            await exchange.answer(404, {"error": {"message": f"The model {exchange.body['model']!r} does not exist."}})
            return
        await exchange.open()
        left = {number: deque(self.texts[number % len(self.texts)].split(" ")) for number in range(exchange.body["n"])}
        while left:
            for number, words in list(left.items()):
                word = words.popleft()
                await asyncio.sleep(self.pause)
                await exchange.write(number, word + " " if words else word, None if words else "stop")
                if not words:
                    del left[number]
        await exchange.end()

    async def _adapt(self, exchange: Exchange, action: str) -> None:
        name = exchange.body["lora_name"]
        if self.adapting:
            await exchange.answer(*self.adapting)
        elif action.startswith("unload"):
            known = self.adapters.pop(name, None)
            await exchange.answer(200 if known else 404, f"The lora adapter {name!r} is or was here.")
        elif name in self.adapters:
            await exchange.answer(400, {"error": {"message": f"The lora adapter {name!r} has already been loaded."}})
        else:
            self.adapters[name] = exchange.body["lora_path"]
            await exchange.answer(200, f"Success: LoRA adapter {name!r} added successfully.")


def refusing(status: int, text: str = "", **headers: str) -> Fault:
    """A fault that answers with a status."""

    async def fault(exchange: Exchange) -> None:
        await exchange.answer(status, {"error": {"message": text}}, **headers)

    return fault
