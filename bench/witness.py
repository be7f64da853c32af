"""An engine that remembers what it was asked and what it wrote, word for word, before anything was chosen or mended."""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from typing import Any

from model.generation import Engine, EngineError, Event, Finish, Request, Stream

GUARDED = any(one.name == "guard" for one in fields(Request))
_WITHOUT: Any = {"guard": None}


@dataclass
class Heard:
    """One request and its sequences so far; it is the request's stream as well."""

    stream: Stream
    request: Request
    texts: dict[int, str] = field(default_factory=dict)
    finishes: dict[int, Finish] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Event]:
        """Pass the events on."""
        for event in self.stream:
            self.texts[event.sequence] = self.texts.get(event.sequence, "") + event.text
            if event.finish:
                self.finishes[event.sequence] = event.finish
            yield event

    def cancel(self) -> None:
        """Pass it on."""
        self.stream.cancel()


class Witness:
    """Stands between a writer and its engine; without `guards` it takes them off every request."""

    def __init__(self, engine: Engine, *, guards: bool = True) -> None:
        self._engine, self._guards = engine, guards
        self.heard: list[Heard] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)

    def submit(self, request: Request) -> Heard:
        """Pass a request on and listen."""
        if GUARDED and not self._guards:
            request = replace(request, **_WITHOUT)
        self.heard.append(Heard(self._engine.submit(request), request))
        return self.heard[-1]


class Listener(Witness):
    """Takes down what is asked and answers nothing, so that the engine has read none of it."""

    def submit(self, request: Request) -> Heard:
        """Keep the request in `asked` and refuse it."""
        self.asked = request
        raise EngineError("Only the question was wanted.")
