"""Requests join and leave a running batch, and each gets what it would get alone."""

import itertools
import queue
import threading
from collections.abc import Iterator
from typing import Any

import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from model import engine as engine_module
from model.engine import LocalEngine
from model.generation import EngineError, Event, Finish, Message, Request, Sampling, Stream
from tests import tiny

GREEDY = Sampling(temperature=0)
LONG = 60


class Gate:
    """Lets a test stand still between two steps: the model runs only while the gate is open."""

    def __init__(self, model: Any) -> None:
        self.open = threading.Event()
        self.open.set()
        self.reached = threading.Event()
        self.failure: Exception | None = None
        self.steps = 0
        model.register_forward_pre_hook(self._wait)

    def _wait(self, *_: object) -> None:
        self.reached.set()
        assert self.open.wait(10), "the test never opened the gate"
        self.steps += 1
        if self.failure:
            raise self.failure


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


def texts(stream: Stream) -> dict[int, tuple[str, Finish | None]]:
    """Each sequence's whole text and why it ended."""
    found: dict[int, tuple[str, Finish | None]] = {}
    for event in stream:
        before, finish = found.get(event.sequence, ("", None))
        assert finish is None, "nothing comes after the finish"
        found[event.sequence] = (before + event.text, event.finish)
    return found


def alone(model: Any, tokenizer: Any, prompt: tuple[int, ...], tokens: int) -> str:
    """What transformers' own generate writes, one request at a time."""
    output = model.generate(
        torch.tensor([prompt]), attention_mask=torch.ones(1, len(prompt)), max_new_tokens=tokens, do_sample=False
    )
    text: str = tokenizer.decode(output[0, len(prompt) :].tolist(), skip_special_tokens=True)
    return text.rstrip("\ufffd")


PROMPTS = st.lists(st.integers(2, 299), min_size=1, max_size=40).map(tuple)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    requests=st.lists(st.tuples(PROMPTS, st.integers(1, 24)), min_size=1, max_size=4),
    n=st.integers(1, 5),
    shared=PROMPTS,
)
def test_greedy_text_is_what_generate_writes(
    engine: LocalEngine, model: Any, tokenizer: Any, requests: list[tuple[Any, int]], n: int, shared: Any
) -> None:
    """Whatever the lengths, who is beside it, who comes and goes, and what prefix was read before."""
    prompts = [(prompt if index % 2 else (*shared, *prompt), tokens) for index, (prompt, tokens) in enumerate(requests)]

    streams = [engine.submit(Request(prompt, n=n, max_tokens=tokens, sampling=GREEDY)) for prompt, tokens in prompts]

    for stream, (prompt, tokens) in zip(streams, prompts, strict=True):
        expected = alone(model, tokenizer, prompt, tokens)
        assert {text for text, _ in texts(stream).values()} == {expected}


def test_a_chat_is_written_with_the_template(engine: LocalEngine, model: Any, tokenizer: Any) -> None:
    chat: tuple[Message, ...] = ({"role": "user", "content": "bread"},)

    written = texts(engine.submit(Request(chat, max_tokens=8, sampling=GREEDY)))

    prompt = tokenizer.encode("<|im_start|>user\nbread<|im_end|>\n<|im_start|>assistant\n")
    assert written[0][0] == alone(model, tokenizer, tuple(prompt), 8)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(prompt=PROMPTS, other=PROMPTS, top_p=st.sampled_from([0.3, 0.9, 1.0]), top_k=st.sampled_from([0, 5]))
def test_a_seed_repeats_alone_and_in_company(
    engine: LocalEngine, prompt: Any, other: Any, top_p: float, top_k: int
) -> None:
    sampling = Sampling(temperature=0.9, top_p=top_p, top_k=top_k, repetition_penalty=1.2, seed=7)
    request = Request(prompt, n=2, max_tokens=16, sampling=sampling)

    by_itself = texts(engine.submit(request))
    company = engine.submit(Request(other, n=3, max_tokens=20))
    beside_others = texts(engine.submit(request))
    texts(company)

    assert by_itself == beside_others


def test_sequences_of_one_seed_differ(engine: LocalEngine) -> None:
    request = Request((5, 6, 7), n=3, max_tokens=12, sampling=Sampling(temperature=1.5, top_p=1.0, seed=1))

    written = texts(engine.submit(request))

    assert len({text for text, _ in written.values()}) == 3


def test_a_stop_string_ends_the_text_before_it(engine: LocalEngine, model: Any, tokenizer: Any) -> None:
    whole = alone(model, tokenizer, (9, 10, 11), 24)
    assert len(whole) > 12, "the tiny model writes enough to cut"

    for start, length in itertools.product(range(3, 9), (1, 2, 4)):
        stop = whole[start : start + length]
        written = texts(engine.submit(Request((9, 10, 11), max_tokens=24, sampling=GREEDY, stop=(stop,))))
        assert written[0] == (whole[: whole.index(stop)], "stop")


def test_a_banned_phrase_never_appears(engine: LocalEngine, model: Any, tokenizer: Any) -> None:
    whole = alone(model, tokenizer, (9, 10, 11), 24)
    banned = tuple(whole[start : start + 2].upper() for start in range(2, 10))

    greedy = engine.submit(Request((9, 10, 11), max_tokens=24, sampling=GREEDY, banned=banned))
    sampled = engine.submit(Request((9, 10, 11), n=4, max_tokens=24, sampling=Sampling(seed=3), banned=banned))

    for text, _ in [*texts(greedy).values(), *texts(sampled).values()]:
        assert not any(phrase.casefold() in text.casefold() for phrase in banned)


def test_it_ends_at_the_end_token(engine: LocalEngine, model: Any) -> None:
    """A model that writes nothing else: its end token has the highest logit everywhere."""
    head = model.lm_head.register_forward_hook(lambda _, __, logits: logits.index_fill(-1, torch.tensor([1]), 1e4))

    written = texts(engine.submit(Request((5, 6), n=4, max_tokens=9, sampling=GREEDY)))

    head.remove()
    assert written == dict.fromkeys(range(4), ("", "stop"))


def test_the_end_of_the_context_ends_the_text(engine: LocalEngine) -> None:
    written = list(engine.submit(Request(tuple(range(2, 92)), max_tokens=50, sampling=GREEDY)))

    assert written[-1].finish == "length"


def test_a_prompt_without_room_is_refused(engine: LocalEngine) -> None:
    with pytest.raises(EngineError, match=r"too long: 96 tokens, and 95 are allowed"):
        engine.submit(Request(tuple([5] * 96)))

    assert engine.state().queued == 0


@pytest.mark.parametrize(
    "request_",
    [
        Request(()),
        Request((5, 300)),
        Request((5,), n=0),
        Request((5,), max_tokens=0),
        Request((5,), sampling=Sampling(temperature=-1)),
        Request((5,), sampling=Sampling(temperature=float("nan"))),
        Request((5,), sampling=Sampling(top_p=0)),
        Request((5,), sampling=Sampling(top_k=-1)),
        Request((5,), sampling=Sampling(repetition_penalty=0)),
        Request((5,), adapter="none of this name"),
    ],
)
def test_nonsense_is_refused_in_a_sentence(engine: LocalEngine, request_: Request) -> None:
    with pytest.raises(EngineError, match=r"[.;]"):
        engine.submit(request_)


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


def test_a_cancelled_request_leaves_others_alone(engine: LocalEngine, model: Any, tokenizer: Any) -> None:
    doomed = engine.submit(Request((5, 6, 7), n=2, max_tokens=LONG))
    kept = engine.submit(Request((8, 9), n=2, max_tokens=20, sampling=GREEDY))

    doomed.cancel()

    assert {text for text, _ in texts(kept).values()} == {alone(model, tokenizer, (8, 9), 20)}


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
        with pytest.raises(EngineError) as caught:
            list(stream)
        assert str(caught.value) == engine_module.FAILED

    with pytest.raises(EngineError, match="internal error"):
        engine.submit(Request((5, 6)))
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


def test_the_state_counts_tokens(engine: LocalEngine) -> None:
    texts(engine.submit(Request((5, 6), n=2, max_tokens=5, sampling=GREEDY)))

    state = engine.state()

    assert (state.queued, state.running, state.slots) == (0, 0, 3)
    assert state.tokens_per_second == pytest.approx(1.0)
