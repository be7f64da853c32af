"""The engine behind a server: what it asks, what it passes on, and how it ends."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from model import wire
from model.generation import EngineError, Event, Message, Request, Sampling
from model.remote import CLOSED, RemoteEngine
from tests.model_server import BASE, Exchange, ModelServer

CHAT: tuple[Message, ...] = ({"role": "system", "content": "Write."}, {"role": "user", "content": "Cold brew."})


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer("Cold brew, slowly made.", "Coffee that waits for no one.") as server:
        yield server


@pytest.fixture
def engine(server: ModelServer) -> Iterator[RemoteEngine]:
    engine = RemoteEngine(server.url)
    yield engine
    engine.close()


def texts(events: Iterator[Event]) -> dict[int, str]:
    found: dict[int, str] = {}
    for event in events:
        found[event.sequence] = found.get(event.sequence, "") + event.text
    return found


def test_every_sample_arrives_piece_by_piece_and_ends_once(server: ModelServer, engine: RemoteEngine) -> None:
    events = list(engine.submit(Request(CHAT, n=2)))

    assert texts(iter(events)) == dict(enumerate(server.texts))
    assert [event for event in events if event.finish] == [Event(0, "made.", "stop"), Event(1, "one.", "stop")]
    assert len(events) == sum(len(text.split()) for text in server.texts)


def test_what_is_asked_is_what_the_request_says(server: ModelServer, engine: RemoteEngine) -> None:
    sampling = Sampling(temperature=0.5, top_p=0.9, top_k=40, repetition_penalty=1.1, seed=0)
    request = Request(CHAT, n=3, max_tokens=64, sampling=sampling, stop=("\n\n",), banned=("cheap",), priority=2)

    list(engine.submit(request))

    assert server.bodies() == [
        {
            "model": BASE,
            "messages": list(CHAT),
            "stream": True,
            "n": 3,
            "max_tokens": 64,
            "temperature": 0.5,
            "top_p": 0.9,
            "top_k": 40,
            "repetition_penalty": 1.1,
            "seed": 0,
            "stop": ["\n\n"],
            "bad_words": ["cheap", "Cheap", "CHEAP"],
            "priority": -2,
        }
    ]


def test_what_is_not_asked_is_not_sent(server: ModelServer, engine: RemoteEngine) -> None:
    list(engine.submit(Request(CHAT)))

    assert {"seed", "stop", "bad_words", "cache_salt", "priority"}.isdisjoint(server.bodies()[0])


def test_an_answer_that_has_begun_is_to_be_continued(server: ModelServer, engine: RemoteEngine) -> None:
    begun: tuple[Message, ...] = (*CHAT, {"role": "assistant", "content": "# Cold brew\n\nIt takes"})

    list(engine.submit(Request(begun)))
    list(engine.submit(Request(CHAT)))

    continued, plain = server.bodies()
    assert continued["messages"] == list(begun)
    assert (continued["continue_final_message"], continued["add_generation_prompt"]) == (True, False)
    assert set(wire.CONTINUING).isdisjoint(plain)


def test_token_ids_are_completed_as_they_are(server: ModelServer, engine: RemoteEngine) -> None:
    found = texts(iter(engine.submit(Request((1, 2, 3)))))

    assert found == {0: server.texts[0]}
    assert server.asked[-1].path == "/v1/completions"
    assert server.bodies()[0]["prompt"] == [1, 2, 3]


def test_the_servers_name_for_the_model_is_the_drafts(server: ModelServer, engine: RemoteEngine) -> None:
    assert engine.model == server.url

    list(engine.submit(Request(CHAT)))
    list(engine.submit(Request(CHAT)))

    assert engine.model == BASE
    assert len([one for one in server.asked if one.path == "/v1/models"]) == 1


def test_words_are_passed_on_before_the_server_has_the_next(server: ModelServer, engine: RemoteEngine) -> None:
    server.faults.append(first_words_only)

    stream = engine.submit(Request(CHAT))

    assert next(iter(stream)) == Event(0, "Cold ", None)
    stream.cancel()


def test_cancelling_ends_every_sequence_at_once_and_closes_the_connection(
    server: ModelServer, engine: RemoteEngine
) -> None:
    server.faults.append(lambda exchange: leaving(server, exchange))
    stream = engine.submit(Request(CHAT, n=3))
    events = iter(stream)
    assert next(events) == Event(0, "Cold ", None)

    stream.cancel()
    stream.cancel()

    assert list(events) == [Event(number, "", "cancelled") for number in range(3)]
    assert server.left.wait(10), "the server still writes for nobody"
    assert engine.state().running == 0


def test_closing_ends_what_runs_as_cancelled(server: ModelServer) -> None:
    engine = RemoteEngine(server.url)
    server.faults.append(first_words_only)
    events = iter(engine.submit(Request(CHAT, n=2)))
    assert next(events).text == "Cold "

    engine.close()
    engine.close()

    assert [event.finish for event in events] == ["cancelled", "cancelled"]
    for ask in (lambda: engine.submit(Request(CHAT)), engine.adapters, lambda: engine.unload_adapter("v1")):
        with pytest.raises(EngineError, match=CLOSED):
            ask()
    assert engine.state().running == 0


def test_cancelling_what_has_not_been_answered_yet_is_the_same(server: ModelServer, engine: RemoteEngine) -> None:
    server.faults.append(lambda exchange: leaving(server, exchange, silent=True))
    stream = engine.submit(Request(CHAT, n=2))

    stream.cancel()

    assert [event.finish for event in stream] == ["cancelled", "cancelled"]


def test_many_threads_each_get_their_own_words(server: ModelServer, engine: RemoteEngine) -> None:
    def ask(n: int) -> dict[int, str]:
        return texts(iter(engine.submit(Request(CHAT, n=n))))

    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(ask, [1 + at % 4 for at in range(48)]))

    assert [len(answer) for answer in answers] == [1 + at % 4 for at in range(48)]
    assert all(text == server.texts[number % 2] for answer in answers for number, text in answer.items())


def test_more_requests_than_the_limit_are_refused(server: ModelServer) -> None:
    engine = RemoteEngine(server.url, limit=1)
    server.faults.append(first_words_only)
    running = engine.submit(Request(CHAT))
    assert next(iter(running)).text == "Cold "

    with pytest.raises(EngineError, match="1 requests wait already"):
        engine.submit(Request(CHAT))

    running.cancel()
    assert texts(iter(engine.submit(Request(CHAT)))) == {0: server.texts[0]}
    engine.close()


def test_the_state_is_the_servers_where_it_tells(server: ModelServer, engine: RemoteEngine) -> None:
    server.metrics = (
        'vllm:num_requests_running{engine="0",model_name="m"} 3.0\n'
        'vllm:num_requests_running{engine="1",model_name="m"} 2.0\n'
        'vllm:num_requests_waiting{engine="0",model_name="m"} 4.0\n'
        'vllm:num_requests_waiting_by_reason{engine="0",reason="capacity"} 9.0\n'
    )
    list(engine.submit(Request(CHAT)))

    state = engine.state()

    assert (state.running, state.queued) == (5, 4)
    assert state.tokens_per_second == pytest.approx(0.4)


def test_the_state_is_our_own_count_where_the_server_does_not_tell(server: ModelServer, engine: RemoteEngine) -> None:
    server.faults.append(first_words_only)
    stream = engine.submit(Request(CHAT, n=3))
    assert next(iter(stream)).sequence == 0

    state = engine.state()

    assert (state.running, state.queued) == (1, 2)
    stream.cancel()
    assert (engine.state().running, engine.state().queued) == (0, 0)


@pytest.mark.parametrize(
    ("request_", "sentence"),
    [
        (Request(()), "The prompt is empty"),
        (Request((1, CHAT[0])), "not both"),  # type: ignore[arg-type] # the point of the case
        (Request(CHAT, n=0), "n 0; it must be 1 or more"),
    ],
)
def test_nonsense_is_not_sent(server: ModelServer, engine: RemoteEngine, request_: Request, sentence: str) -> None:
    with pytest.raises(EngineError, match=sentence):
        engine.submit(request_)

    assert server.asked == []


def test_a_key_is_sent_with_every_request(server: ModelServer) -> None:
    engine = RemoteEngine(server.url, key="secret")

    list(engine.submit(Request(CHAT)))
    engine.state()
    engine.close()

    assert {one.headers.get("authorization") for one in server.asked} == {"Bearer secret"}


def test_an_engine_that_is_not_used_asks_nothing_and_leaves_no_thread() -> None:
    RemoteEngine("http://127.0.0.1:9/v1").close()

    assert not [one for one in threading.enumerate() if one.name == "copydesk-remote"]


async def first_words_only(exchange: Exchange) -> None:
    await exchange.open()
    await exchange.write(0, "Cold ")
    await exchange.until_left()


async def leaving(server: ModelServer, exchange: Exchange, *, silent: bool = False) -> None:
    if not silent:
        await exchange.open()
        await exchange.write(0, "Cold ")
    await exchange.until_left()
    server.left.set()
