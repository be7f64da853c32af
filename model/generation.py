"""What an engine is asked and what it answers: the one protocol of every engine, near or far."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol, TypedDict

if TYPE_CHECKING:
    from model.guards import Guard


class Message(TypedDict):
    """One turn of a chat, as chat templates take it."""

    role: Literal["system", "user", "assistant"]
    content: str


Prompt = tuple[Message, ...] | tuple[int, ...]
Finish = Literal["stop", "length", "cancelled", "error"]


@dataclass(frozen=True, slots=True)
class Sampling:
    """How the next token is chosen; `temperature` 0 takes the likeliest one, `seed` makes a run repeat exactly."""

    temperature: float = 0.8
    top_p: float = 0.95
    top_k: int = 0
    repetition_penalty: float = 1.0
    seed: int | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """One prompt to be continued `n` times; `prompt` is chat messages, or token ids taken as they are.

    Where the last message is the assistant's, the answer has begun with it, and what is written continues it.
    A `guard` is kept while the answer is written, by engines that can (`Engine.guards`). Those also add to the
    temperature from one sequence to the next, evenly, up to their `spread` for the last: the first are the surest,
    and the last the least like them.
    """

    prompt: Prompt
    n: int = 1
    max_tokens: int = 256
    sampling: Sampling = Sampling()
    stop: tuple[str, ...] = ()
    banned: tuple[str, ...] = ()
    adapter: str | None = None
    priority: int = 0
    guard: "Guard | None" = None
    spread: float = 0.0


@dataclass(frozen=True, slots=True)
class Event:
    """A piece of one sequence (0 … n-1); the last piece of each carries why it ended."""

    sequence: int
    text: str
    finish: Finish | None = None


@dataclass(frozen=True, slots=True)
class EngineState:
    """How busy an engine is; `tokens_per_second` is over the last ten seconds."""

    queued: int
    running: int
    slots: int
    tokens_per_second: float


class EngineError(Exception):
    """The engine could not answer; the message is a sentence for people."""


class EngineUnavailable(EngineError):
    """The engine can't be reached, or went away: the same request may succeed later, so a brief waits.

    `fact` is the sentence without advice and full stop; `began` says that the engine had the request already, so that
    the request itself may be to blame.
    """

    def __init__(self, fact: str, advice: str, *, began: bool = False) -> None:
        super().__init__(f"{fact}; {advice}.")
        self.fact, self.began = fact, began


class EngineStopped(EngineUnavailable):
    """The engine will never answer again, and another one has to be opened."""


class Stream(Protocol):
    """The answer to one request: events in the order they happen, until every sequence has ended."""

    def __iter__(self) -> Iterator[Event]:
        """Yield events until each of the n sequences has finished; raises EngineError when the engine fails."""
        ...

    def cancel(self) -> None:
        """End every sequence within one step, with finish reason `cancelled`; safe to call twice, from any thread."""
        ...


class Engine(Protocol):
    """Anything that continues prompts; safe to call from several threads at once."""

    @property
    def model(self) -> str:
        """The name of the model, as drafts record it."""
        ...

    @property
    def guards(self) -> bool:
        """Whether it keeps the guard of a request; where it doesn't, more has to be sampled and checked."""
        ...

    def room(self, prompt: Prompt, /) -> int | None:
        """How many tokens an answer to a prompt may have, 0 where it is too long; None where only a server knows."""
        ...

    def submit(self, request: Request) -> Stream:
        """Queue a request; returns at once. Raises EngineError when the engine is closed or full."""
        ...

    def load_adapter(self, name: str, folder: Path) -> None:
        """Make a LoRA adapter available under a name; raises EngineError when it doesn't fit the model."""
        ...

    def unload_adapter(self, name: str) -> None:
        """Forget an adapter; requests that run on it finish on it."""
        ...

    def merge_adapter(self, name: str) -> None:
        """Prefer a loaded adapter: where adapters cost time, what it writes costs none; the others stay usable."""
        ...

    def adapters(self) -> Sequence[str]:
        """The names of the loaded adapters."""
        ...

    def state(self) -> EngineState:
        """How busy the engine is now."""
        ...

    def close(self) -> None:
        """Stop; running sequences end as `cancelled`."""
        ...
