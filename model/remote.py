"""The same engine behind an OpenAI-compatible server such as vLLM: growing past one machine is a setting."""

import asyncio
import hashlib
import logging
import re
import threading
import time
from collections import deque
from collections.abc import Coroutine, Sequence
from concurrent.futures import CancelledError, Future
from pathlib import Path
from typing import Any, TypeVar

from model import wire
from model.endpoint import NOT_A_SERVER, Endpoint, Refusal
from model.generation import EngineError, EngineState, Prompt, Request
from model.refusals import refuse_nonsense
from model.remote_answer import RemoteAnswer

CLOSED = "The engine is closed; start it again to write."
FAILED = "The connection to the model server failed because of an internal error, which the log explains; try again."
FULL = "{} requests wait already, which is the limit; try again in a moment."
TOO_LONG = "The prompt is too long for the model server at {}; shorten it."
UNWILLING = "The model server at {} refused the request, and the log says why; ask for something else."
NO_MODEL = "The model server at {} has no model {!r}; load it there, or name another."
TOO_FEW = "The model server at {} wrote {} of {} texts; use one that takes 'n', such as vLLM."
BAD_NAME = "The adapter's name is {!r}; it must be letters, digits, dots, dashes and underscores."
NO_WEIGHTS = "The adapter in {!r} has no readable 'adapter_model.safetensors'."
NO_ADAPTERS = (
    "The model server at {} takes no adapters while it runs; "
    "start it with --enable-lora and VLLM_ALLOW_RUNTIME_LORA_UPDATING=1."
)
UNFIT = "The model server at {} can't load the adapter in {!r}: it must see that folder, and the adapter must fit."
NOT_LOADED = "The adapter {!r} is not loaded at the model server at {}."
WITHOUT = "The model server doesn't know %s; it is asked without."

LIMIT = 256  # requests at once; the server queues what it doesn't run
SLOTS = 128  # what vLLM runs at once unless told otherwise; no server tells
IDLE_SECONDS = 120.0
WAITS = (0.2, 0.8)
RATE_SECONDS = 10.0
LOAD_SECONDS = 1.0
NAME = re.compile(r"[A-Za-z0-9][\w.-]*", re.ASCII)

Result = TypeVar("Result")

log = logging.getLogger(__name__)


def is_address(model: str) -> bool:
    """Whether the setting names a server rather than weights."""
    return model.startswith(("http://", "https://"))


class RemoteEngine:
    """Requests go to a server, each on a connection of its own, from one event loop in a thread.

    A prompt is queued by the server, not here. Banned phrases become unlikely, not impossible: a server bans one way to
    spell a phrase in tokens, so whoever asks checks what comes. A seeded request repeats as far as the server's
    arithmetic does. The state is the server's, with everybody's work in it, where it has metrics; else it is our own.
    """

    guards = False  # a server can't be told what to keep to token by token: more is sampled, and all of it checked

    def __init__(
        self,
        address: str,
        *,
        key: str = "",
        limit: int = LIMIT,
        slots: int = SLOTS,
        idle_seconds: float = IDLE_SECONDS,
        waits: tuple[float, ...] = WAITS,
    ) -> None:
        """Nothing is sent before the first request, so the server may come up later than the desk."""
        self._endpoint = Endpoint(address, key=key, idle_seconds=idle_seconds, waits=waits)
        self._limit, self._slots = limit, slots
        self._name = ""
        self._without: set[str] = set()
        self._adapters: dict[str, tuple[Path, str]] = {}
        self._written: deque[float] = deque()
        self._lock = threading.Lock()
        self._answers: set[RemoteAnswer] = set()
        self._closed = False
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="copydesk-remote", daemon=True)
        self._thread.start()

    @property
    def model(self) -> str:
        """The server's name for the model, or the server's address as long as it hasn't answered."""
        name = self._name or self._endpoint.shown
        return Path(name).name if name.startswith("/") else name

    def room(self, _: Prompt, /) -> int | None:
        """None: a server says that a prompt is too long once it has it."""
        return None

    def submit(self, request: Request) -> RemoteAnswer:
        """Send a request; returns at once. Raises EngineError when the engine is closed or full."""
        refuse_nonsense(request)
        answer = RemoteAnswer(request.n)
        with self._lock:
            if len(self._answers) >= self._limit:
                raise EngineError(FULL.format(len(self._answers)))
            answer.task = self._start(self._answer(request, answer))
            self._answers.add(answer)
        answer.task.add_done_callback(lambda _: self._forget(answer))
        return answer

    def load_adapter(self, name: str, folder: Path) -> None:
        """Make the server load a LoRA adapter from a folder that it sees too; raises EngineError when it can't."""
        if not NAME.fullmatch(name):
            raise EngineError(BAD_NAME.format(name))
        folder = folder.resolve()
        try:
            fingerprint = hashlib.sha256((folder / "adapter_model.safetensors").read_bytes()).hexdigest()
        except OSError as error:
            raise EngineError(NO_WEIGHTS.format(str(folder))) from error
        self._wait_for(self._load(name, folder))
        self._adapters[name] = (folder, fingerprint)

    def unload_adapter(self, name: str) -> None:
        """Make the server forget an adapter; requests that run on it finish on it."""
        try:
            self._wait_for(self._endpoint.ask("POST", "unload_lora_adapter", {"lora_name": name}))
        except Refusal as refusal:
            if name not in self._adapters:  # else the server was started anew, and has forgotten it already
                raise EngineError(NOT_LOADED.format(name, self._endpoint.shown)) from refusal
        self._adapters.pop(name, None)

    def merge_adapter(self, name: str) -> None:
        """Nothing to do: a server prices its adapters alike."""

    def adapters(self) -> Sequence[str]:
        """The names of the adapters that the server has; raises EngineError when it can't be asked."""
        return tuple(name for name, parent in self._wait_for(self._models()) if parent)

    def state(self) -> EngineState:
        """How busy the server is now; our own requests where it doesn't tell."""
        with self._lock:
            self._trim()
            rate = len(self._written) / RATE_SECONDS
            waiting = sum(answer.waiting for answer in self._answers)
            running = sum(answer.running for answer in self._answers)
            asked = None if self._closed else self._start(self._endpoint.load(LOAD_SECONDS))
        if asked and (found := self._result(asked)):
            running, waiting = found
        return EngineState(waiting, running, self._slots, rate)

    def close(self) -> None:
        """Stop; running sequences end as `cancelled`."""
        with self._lock:
            if self._closed:
                return
            ending = self._start(self._end())
            self._closed = True
            answers = list(self._answers)
        for answer in answers:
            answer.cancel()
        ending.result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _start(self, coroutine: Coroutine[Any, Any, Result]) -> "Future[Result]":
        """Run something on the loop; called with the lock held, so that nothing starts once the loop is to end."""
        if self._closed:
            coroutine.close()
            raise EngineError(CLOSED)
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop)

    def _wait_for(self, coroutine: Coroutine[Any, Any, Result]) -> Result:
        with self._lock:
            started = self._start(coroutine)
        return self._result(started)

    def _result(self, started: "Future[Result]") -> Result:
        try:
            return started.result()
        except CancelledError as error:
            raise EngineError(CLOSED) from error

    async def _end(self) -> None:
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await self._endpoint.close()
        await self._loop.shutdown_asyncgens()

    def _forget(self, answer: RemoteAnswer) -> None:
        with self._lock:
            self._answers.discard(answer)

    def _trim(self) -> None:
        since = time.monotonic() - RATE_SECONDS
        while self._written and self._written[0] < since:
            self._written.popleft()

    async def _answer(self, request: Request, answer: RemoteAnswer) -> None:
        try:
            await self._base()  # asked even where an adapter writes: drafts record what it stands on
            await self._write(request, answer)
        except EngineError as error:
            answer.fail(error)
        except Exception:  # whatever it was, nobody may wait for it for ever
            log.exception("A request to the model server failed")
            answer.fail(EngineError(FAILED))

    async def _write(self, request: Request, answer: RemoteAnswer) -> None:
        path = "completions" if wire.is_tokens(request) else "chat/completions"
        mended = set[str]()
        while True:
            model = request.adapter or await self._base()
            # A cache of prompts that adapters of one name have read must not outlive their weights.
            _, salt = self._adapters.get(request.adapter or "", (None, ""))
            body = wire.body(request, model, salt=salt, without=self._without | (mended & {"max_tokens"}))
            try:
                await self._endpoint.stream(path, body, lambda said: self._say(said, answer))
                break
            except Refusal as refusal:
                await self._mend(request, refusal, mended)
        if missing := answer.waiting + answer.running:
            raise EngineError(TOO_FEW.format(self._endpoint.shown, answer.n - missing, answer.n))

    def _say(self, said: dict[str, Any], answer: RemoteAnswer) -> None:
        for event in wire.events(said, answer.n):
            if event.text:
                with self._lock:
                    self._trim()
                    self._written.append(time.monotonic())
            answer.put(event)

    async def _mend(self, request: Request, refusal: Refusal, mended: set[str]) -> None:
        """Change what the server refuses and can do without; raises EngineError when that was all."""
        if unknown := wire.unknown_fields(refusal.text) - self._without:
            log.warning(WITHOUT, ", ".join(sorted(unknown)))
            self._without |= unknown
        elif refusal.status == 404 and "model" not in mended:
            # The server was started anew: it has forgotten adapters, and may serve another model.
            mended.add("model")
            self._name = ""
            if request.adapter:
                await self._load_again(request.adapter, refusal)
        elif wire.is_over_limit(refusal.text) and "max_tokens" not in mended:
            mended.add("max_tokens")  # without a limit of ours the server writes up to its own, which is lower
        else:
            raise EngineError(self._sentence(request, refusal)) from refusal

    def _sentence(self, request: Request, refusal: Refusal) -> str:
        where = self._endpoint.shown
        if refusal.status == 404:
            return NO_MODEL.format(where, request.adapter or self._name)
        return (TOO_LONG if wire.is_over_limit(refusal.text) else UNWILLING).format(where)

    async def _base(self) -> str:
        """The model that the server was started with: the first that is nobody's adapter."""
        if not self._name:
            self._name = next((name for name, parent in await self._models() if not parent), "")
        if not self._name:
            raise EngineError(NOT_A_SERVER.format(self._endpoint.shown))
        return self._name

    async def _models(self) -> list[tuple[str, str | None]]:
        try:
            found = await self._endpoint.ask("GET", "models")
            return [(str(one["id"]), one.get("parent")) for one in found["data"]]
        except (Refusal, KeyError, TypeError, AttributeError) as error:
            raise EngineError(NOT_A_SERVER.format(self._endpoint.shown)) from error

    async def _load(self, name: str, folder: Path) -> None:
        body = {"lora_name": name, "lora_path": str(folder)}
        try:
            try:
                await self._endpoint.ask("POST", "load_lora_adapter", body)
            except Refusal as refusal:
                if "already" not in refusal.text:
                    raise
                # By an earlier run of ours or by somebody else: from which weights is not known.
                await self._endpoint.ask("POST", "unload_lora_adapter", {"lora_name": name})
                await self._endpoint.ask("POST", "load_lora_adapter", body)
        except Refusal as refusal:
            where = self._endpoint.shown
            missing = refusal.status in (404, 405) and "adapter" not in refusal.text
            raise EngineError(NO_ADAPTERS.format(where) if missing else UNFIT.format(where, str(folder))) from refusal

    async def _load_again(self, name: str, refusal: Refusal) -> None:
        if name not in self._adapters:
            raise EngineError(NOT_LOADED.format(name, self._endpoint.shown)) from refusal
        folder, _ = self._adapters[name]
        await self._load(name, folder)
