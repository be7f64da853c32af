"""An engine that can let go of its model for a while; what is asked of it meanwhile waits and is written afterwards."""

import gc
import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from model.generation import (
    Engine,
    EngineError,
    EngineState,
    EngineStopped,
    EngineUnavailable,
    Prompt,
    Request,
    Stream,
)
from model.manifest import WEIGHTS

PAUSED, WHY = "The desk is learning, and its GPU has no room to write meanwhile", "it goes on when the round is over"
BROKEN, HOW = "The model could not be loaded again after a round", "it is tried again every minute; the log says why"
ANEW = "it is started again"
NO_MEMORY, OTHERWISE = "something else holds the memory that it needs", "its device refused it"
LOOK_SECONDS = 0.2
AGAIN_SECONDS = 60.0
"""How long until it is tried once more to load a model that could not be loaded after a pause."""

logger = logging.getLogger(__name__)


class PausingEngine:
    """The same engine with a pause in it; after a pause it has the adapters that it had before."""

    def __init__(self, open_engine: Callable[[], Engine], *, again: float = AGAIN_SECONDS) -> None:
        """`open_engine` is called at once, and again after each pause; every `again` seconds where it then fails."""
        self._open, self._again = open_engine, again
        self._lock = threading.Lock()
        self._pausing = threading.Lock()
        self._inner: Engine | None = open_engine()
        self._model, self._guards = self._inner.model, self._inner.guards
        self._folders: dict[str, Path] = {}
        self._preferred = ""
        self._refusal = EngineUnavailable(PAUSED, WHY)
        self._over = threading.Event()

    @property
    def model(self) -> str:
        """The name of the model."""
        return self._model

    @property
    def guards(self) -> bool:
        """Whether it keeps the guard of a request."""
        return self._guards

    def room(self, prompt: Prompt) -> int | None:
        """How many tokens an answer may have; None during a pause."""
        with self._lock:
            engine = self._inner
        return engine.room(prompt) if engine else None

    def submit(self, request: Request) -> Stream:
        """Queue a request; raises EngineUnavailable during a pause, so that a brief waits.

        An engine that has stopped for good is opened anew meanwhile.
        """
        with self._lock:
            engine = self._engine()
            try:
                return engine.submit(request)
            except EngineStopped as stopped:
                fact = stopped.fact
            # Neither the error nor a thread's arguments may hold the engine: there may be room for one model only.
            left = [engine]
            del engine
            self._inner, self._refusal = None, EngineUnavailable(fact, ANEW)
            threading.Thread(target=self._replace, args=[left], name="model-again", daemon=True).start()
        raise EngineUnavailable(fact, ANEW)

    def load_adapter(self, name: str, folder: Path) -> None:
        """Make an adapter available, after a pause too."""
        with self._lock:
            self._engine().load_adapter(name, folder)
            self._folders[name] = folder

    def unload_adapter(self, name: str) -> None:
        """Forget an adapter."""
        with self._lock:
            self._engine().unload_adapter(name)
            self._folders.pop(name, None)

    def merge_adapter(self, name: str) -> None:
        """Prefer an adapter, after a pause too."""
        with self._lock:
            self._engine().merge_adapter(name)
            self._preferred = name

    def adapters(self) -> Sequence[str]:
        """The names of the loaded adapters; none during a pause."""
        with self._lock:
            return self._inner.adapters() if self._inner else ()

    def state(self) -> EngineState:
        """How busy it is; without a slot during a pause."""
        with self._lock:
            return self._inner.state() if self._inner else EngineState(0, 0, 0, 0.0)

    def close(self) -> None:
        """Stop for good."""
        with self._lock:
            self._over.set()
            if self._inner:
                self._inner.close()

    @contextmanager
    def pause(self) -> Iterator[None]:
        """Take nothing new, let what is being written end, and hold no memory until the block ends."""
        with self._pausing:
            engine = self._take_away()
            logger.warning("Writing pauses for a round.")
            try:
                self._empty(engine)
                del engine
                _release_memory()
                yield
            finally:
                if not self._open_again():
                    threading.Thread(target=self._keep_trying, name="model-again", daemon=True).start()

    def _engine(self) -> Engine:
        if self._inner is None:
            raise self._refusal
        return self._inner

    def _take_away(self) -> Engine:
        with self._lock:
            engine, self._inner = self._engine(), None
            self._refusal = EngineUnavailable(PAUSED, WHY)
            return engine

    def _empty(self, engine: Engine) -> None:
        """Let what runs end by itself: a draft that is being written has a person waiting for it."""
        over = threading.Event()
        while (state := engine.state()).running or state.queued:
            if self._over.is_set():
                break
            over.wait(LOOK_SECONDS)
        engine.close()

    def _open_again(self) -> bool:
        """Load the model and its adapters as they were; False, with the reason told, where that can't be done now."""
        if self._over.is_set():
            return True
        try:
            engine = self._opened()
        except (EngineError, RuntimeError, OSError, MemoryError) as error:
            # A GPU without room raises an error of torch's, and not the engine's.
            logger.warning("The model could not be loaded again; the next try is in a minute.", exc_info=True)
            with self._lock:
                self._refusal = EngineUnavailable(f"{BROKEN}: {_why(error)}".rstrip("."), HOW)
            return False
        with self._lock:
            if self._over.is_set():
                engine.close()
            else:
                self._inner = engine
        logger.warning("Writing goes on.")
        return True

    def _opened(self) -> Engine:
        engine = self._open()
        try:
            self._load(engine)
        except BaseException:
            engine.close()
            raise
        return engine

    def _load(self, engine: Engine) -> None:
        for name, folder in list(self._folders.items()):
            # A round deletes the weights of what learnt from people who left.
            if (folder / WEIGHTS).exists():
                engine.load_adapter(name, folder)
            else:
                self._folders.pop(name)
                self._preferred = "" if name == self._preferred else self._preferred
        if self._preferred:
            engine.merge_adapter(self._preferred)

    def _replace(self, left: list[Engine]) -> None:
        left.pop().close()
        _release_memory()
        if not self._open_again():
            self._keep_trying()

    def _keep_trying(self) -> None:
        while not self._over.wait(self._again):
            _release_memory()
            if self._open_again():
                return


def _why(error: Exception) -> str:
    import torch

    if isinstance(error, EngineError):
        return str(error)
    return NO_MEMORY if isinstance(error, (MemoryError, torch.OutOfMemoryError)) else OTHERWISE


def _release_memory() -> None:
    import torch

    gc.collect()
    if torch.cuda.is_available():
        torch.cuda.empty_cache()
