"""Who waits, who goes first, and what happens to everyone when a request is cancelled or the engine ends."""

import queue
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from model import engine as engine_module
from model.engine import LocalEngine
from model.generation import EngineError, EngineStopped, Event, Request, Sampling, Stream
from tests import tiny
from tests.tiny import Gate, texts

GREEDY = Sampling(temperature=0)
LONG = 60


@pytest.fixture(scope="module")
def model() -> Any:
    return tiny.llama()


@pytest.fixture(scope="module")
def tokenizer() -> Any:
    return tiny.tokenizer()


@pytest.fixture
def gate(model: Any) -> Iterator[Gate]:
    hooks = dict(model._forward_pre_hooks)
    yield Gate(model)
    model._forward_pre_hooks.clear()
    model._forward_pre_hooks.update(hooks)


@pytest.fixture
def engine(model: Any, tokenizer: Any) -> Iterator[LocalEngine]:
    engine = LocalEngine(model, tokenizer, name="tiny", slots=3, limit=4)
    yield engine
    engine.close()


def test_cancelling_ends_every_sequence_within_a_step(engine: LocalEngine, gate: Gate) -> None:
    stream = engine.submit(Request((5, 6, 7), n=5, max_tokens=LONG, sampling=Sampling(temperature=1.5, seed=4)))
    events = iter(stream)
    seen = [next(events) for _ in range(4)]

    gate.open.clear()
    before = gate.steps
    stream.cancel()
    stream.cancel()
    gate.open.set()
    seen.extend(events)

    assert gate.steps <= before + 1
    finishes: list[Event] = [event for event in seen if event.finish]
    assert sorted(event.sequence for event in finishes) == [0, 1, 2, 3, 4]
    assert finishes[-1].finish == "cancelled"
    assert engine.state().running == engine.state().queued == 0


def test_too_many_waiting_are_refused(engine: LocalEngine, gate: Gate) -> None:
    gate.open.clear()
    first = engine.submit(Request((5, 6), max_tokens=4))
    assert gate.reached.wait(10)
    waiting = [engine.submit(Request((5, 6, number), max_tokens=4)) for number in range(2, 6)]

    with pytest.raises(EngineError, match="4 requests wait already"):
        engine.submit(Request((5, 6, 7), max_tokens=4))

    gate.open.set()
    for stream in [first, *waiting]:
        assert texts(stream)[0][1] in ("length", "stop")
    assert texts(engine.submit(Request((5, 6), max_tokens=2)))


def finishing_order(streams: dict[str, Stream], gate: Gate) -> list[str]:
    """Let the gate open and note which stream ends after which."""
    ended: queue.SimpleQueue[str] = queue.SimpleQueue()

    def read(name: str, stream: Stream) -> None:
        list(stream)
        ended.put(name)

    readers = [threading.Thread(target=read, args=item) for item in streams.items()]
    for reader in readers:
        reader.start()
    gate.open.set()
    return [ended.get(timeout=10) for _ in readers]


def test_a_small_request_does_not_wait_for_a_large_one(engine: LocalEngine, gate: Gate) -> None:
    """Three slots: a request for nine gives way after each of its turns."""
    gate.open.clear()
    large = engine.submit(Request((5, 6), n=9, max_tokens=12, sampling=Sampling(temperature=2, top_p=1, seed=1)))
    small = engine.submit(Request((7, 8), n=1, max_tokens=12, sampling=GREEDY))

    assert finishing_order({"large": large, "small": small}, gate) == ["small", "large"]


def test_a_higher_priority_goes_first(model: Any, tokenizer: Any, gate: Gate) -> None:
    engine = LocalEngine(model, tokenizer, name="tiny", slots=1)
    gate.open.clear()
    first = engine.submit(Request((5, 6), max_tokens=3, sampling=GREEDY))
    assert gate.reached.wait(10)
    late = engine.submit(Request((7, 8), max_tokens=20, sampling=GREEDY))
    urgent = engine.submit(Request((9, 10), max_tokens=20, sampling=GREEDY, priority=1))

    order = finishing_order({"first": first, "late": late, "urgent": urgent}, gate)

    engine.close()
    assert order == ["first", "urgent", "late"]


def test_a_failing_model_fails_every_stream_and_later_ones(
    model: Any, tokenizer: Any, gate: Gate, caplog: pytest.LogCaptureFixture
) -> None:
    engine = LocalEngine(model, tokenizer, name="tiny", slots=2)
    gate.open.clear()
    streams = [engine.submit(Request((5, 6, number), max_tokens=4)) for number in range(2, 6)]
    gate.failure = RuntimeError("out of memory")

    gate.open.set()
    for stream in streams:
        with pytest.raises(EngineStopped, match=engine_module.FAILED) as caught:
            list(stream)
        assert caught.value.began

    with pytest.raises(EngineStopped, match="internal error") as later:
        engine.submit(Request((5, 6)))
    assert not later.value.began
    assert "out of memory" in caplog.text
    engine.close()
    caplog.clear()


def test_closing_cancels_what_runs_and_what_waits(model: Any, tokenizer: Any, gate: Gate) -> None:
    engine = LocalEngine(model, tokenizer, name="tiny", slots=2)
    gate.open.clear()
    streams = [engine.submit(Request((5, 6, number), n=2, max_tokens=LONG)) for number in range(2, 5)]
    closing = threading.Thread(target=engine.close)
    closing.start()
    gate.open.set()
    closing.join(10)

    finishes = [{finish for _, finish in texts(stream).values()} for stream in streams]

    assert finishes[-1] == {"cancelled"}
    with pytest.raises(EngineError, match="closed"):
        engine.submit(Request((5, 6)))
