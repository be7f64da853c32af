"""One OpenAI-compatible server: reaching it, reading its streams, and asking again where that is safe."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any, TypeVar

import httpx

from model import wire
from model.generation import EngineError, EngineUnavailable

BAD_ADDRESS = "The model's address is {!r}; it must be like 'http://127.0.0.1:8000/v1'."
REFUSED = "The model server at {} does not accept the key; correct COPYDESK_API_KEY."
NOT_A_SERVER = (
    "{} does not answer as an OpenAI-compatible server; correct COPYDESK_MODEL, which ends in '/v1' as a rule."
)
GONE, START = "The model server at {} can't be reached", "check that it runs, and the address in COPYDESK_MODEL"
BUSY = "The model server at {} takes no more work just now"
BROKE_OFF = "The model server at {} broke off while it was writing"
SILENT = "The model server at {} has fallen silent"
LATER, LOOK = "try again in a moment", "see its log, and try again"

CONNECT_SECONDS, SEND_SECONDS, ASK_SECONDS = 5.0, 30.0, 60.0
LONGEST_RETRY_AFTER = 30.0  # what asks for more is left to the desk, which holds no connection while it waits
NOT_NOW = (429, 503)

UNSENT = (httpx.ConnectError, httpx.ConnectTimeout)

Result = TypeVar("Result")

log = logging.getLogger(__name__)


class Refusal(Exception):
    """The server answered, and it will not do what was asked; nothing was written."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(f"{status}: {text[:500]}")
        self.status, self.text = status, text


class NotNow(Exception):
    """The server asks to be asked again after so many seconds, or doesn't say when."""

    def __init__(self, seconds: float | None) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Endpoint:
    """A server's address and the connections to it; used on one event loop."""

    def __init__(
        self,
        address: str,
        *,
        key: str,
        idle_seconds: float,
        waits: tuple[float, ...],
        connect_seconds: float = CONNECT_SECONDS,
    ) -> None:
        """`idle_seconds` is how long a stream may bring no token, `waits` the pauses before further attempts."""
        url = parsed(address)
        self.shown = str(url.copy_with(userinfo=b""))
        self._idle, self._waits, self._connect = idle_seconds, waits, connect_seconds
        self._root = url.copy_with(raw_path=url.raw_path.removesuffix(b"/v1") + b"/")
        self._client = httpx.AsyncClient(
            base_url=url,
            headers={"Authorization": f"Bearer {key}"} if key else {},
            # Idle time is counted by tokens, not by bytes, which a comment of the stream would also be.
            timeout=httpx.Timeout(None, connect=connect_seconds, write=SEND_SECONDS),
            # A kept connection may be closed by the server just when it is used again, and whether it had read the
            # request is then unknown; a new one costs next to nothing beside writing.
            limits=httpx.Limits(max_connections=None, max_keepalive_connections=0),
        )

    async def stream(self, path: str, body: dict[str, Any], say: Callable[[dict[str, Any]], None]) -> None:
        """Post and pass on what the server says, until its stream ends; raises Refusal or EngineError."""
        await self._patiently(lambda: self._stream(path, body, say))

    async def ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """What the server answers to a short question, as JSON or text; raises Refusal or EngineError."""
        return await self._patiently(lambda: self._ask(method, path, body))

    async def load(self, seconds: float) -> tuple[int, int] | None:
        """How many sequences run and wait there, None when the server doesn't tell in time."""
        try:
            response = await self._client.get(self._root.join("metrics"), timeout=seconds)
        except httpx.TransportError:
            return None
        return wire.load(response.text) if response.status_code == 200 else None

    async def close(self) -> None:
        """Close every connection."""
        await self._client.aclose()

    def unavailable(self, fact: str, advice: str, *, began: bool = False) -> EngineUnavailable:
        """The error for a server that is not there, or not for now."""
        return EngineUnavailable(fact.format(self.shown), advice, began=began)

    async def _patiently(self, attempt: Callable[[], Awaitable[Result]]) -> Result:
        """Try, and try again where the server can't have begun with what was asked."""
        for pause in (*self._waits, None):
            try:
                return await attempt()
            except UNSENT as error:
                if pause is None:
                    raise self.unavailable(GONE, START) from error
                await asyncio.sleep(pause)
            except NotNow as later:
                if pause is None or later.seconds is None or later.seconds > LONGEST_RETRY_AFTER:
                    raise self.unavailable(BUSY, LATER) from later
                await asyncio.sleep(later.seconds)
        raise AssertionError("the last attempt returns or raises")

    async def _ask(self, method: str, path: str, body: dict[str, Any] | None) -> Any:
        try:
            patience = httpx.Timeout(ASK_SECONDS, connect=self._connect)
            response = await self._client.request(method, path, json=body, timeout=patience)
        except UNSENT:
            raise
        except httpx.TransportError as error:
            raise self.unavailable(GONE, START) from error
        self._check(response)
        try:
            return response.json()
        except ValueError:  # a sentence, as vLLM answers about adapters
            return response.text

    async def _stream(self, path: str, body: dict[str, Any], say: Callable[[dict[str, Any]], None]) -> None:
        clock, began = asyncio.get_running_loop().time, False
        try:
            async with asyncio.timeout(self._idle) as idle, self._client.stream("POST", path, json=body) as response:
                if response.status_code != httpx.codes.OK:
                    await response.aread()
                self._check(response)
                async for line in response.aiter_lines():
                    if said := wire.payload(line):
                        began = True
                        idle.reschedule(clock() + self._idle)
                        say(said)
        except TimeoutError as error:
            # Before its first word it may be busy with others, whose requests it takes in turn.
            raise self.unavailable(SILENT, LOOK, began=began) from error
        except UNSENT:
            raise
        except (httpx.TransportError, wire.Aborted) as error:
            raise self.unavailable(BROKE_OFF, LOOK, began=True) from error
        except Refusal as refusal:
            if refusal.status < 500:
                raise
            # The request itself may have broken it.
            raise self.unavailable(BROKE_OFF, LOOK, began=True) from refusal
        except wire.Garbled as error:
            log.warning("The model server said: %s", error)
            raise EngineError(NOT_A_SERVER.format(self.shown)) from error

    def _check(self, response: httpx.Response) -> None:
        """Raise what an answer other than 200 means; its body has been read."""
        status = response.status_code
        if status == httpx.codes.OK:
            return
        log.warning("The model server answered %d: %s", status, response.text[:500])
        if status in NOT_NOW:
            raise NotNow(wire.seconds_until(response.headers.get("retry-after"), datetime.now(UTC)))
        if status in (401, 403):
            raise EngineError(REFUSED.format(self.shown))
        if status in (502, 504):
            raise self.unavailable(GONE, START)
        raise Refusal(status, response.text)


def parsed(address: str) -> httpx.URL:
    """The address of a server; raises EngineError when it is none."""
    try:
        url = httpx.URL(address.rstrip("/"))
    except httpx.InvalidURL as error:
        raise EngineError(BAD_ADDRESS.format(address)) from error
    if url.scheme not in ("http", "https") or not url.host:
        raise EngineError(BAD_ADDRESS.format(address))
    return url
