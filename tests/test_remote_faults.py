"""The server fails in every way a server can: what is asked again, what is given up, and what people are told."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from model.endpoint import BROKE_OFF, BUSY, GONE, SILENT, Endpoint
from model.generation import EngineError, EngineUnavailable, Message, Request
from model.remote import RemoteEngine
from tests.model_server import Exchange, Fault, ModelServer, refusing
from tests.running_bot import free_port

CHAT: tuple[Message, ...] = ({"role": "user", "content": "Cold brew."},)


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer("Cold brew, slowly made.") as server:
        yield server


@pytest.fixture
def engine(server: ModelServer) -> Iterator[RemoteEngine]:
    engine = RemoteEngine(server.url, waits=(0.01, 0.01))
    yield engine
    engine.close()


def write(engine: RemoteEngine, request: Request | None = None) -> str:
    return "".join(event.text for event in engine.submit(request or Request(CHAT)))


async def cut(exchange: Exchange) -> None:
    await exchange.open()
    await exchange.write(0, "Cold ")


async def stall(exchange: Exchange) -> None:
    await exchange.open()
    await exchange.write(0, "Cold ")
    await exchange.until_left()


async def silence(exchange: Exchange) -> None:
    await exchange.until_left()


async def only_comments(exchange: Exchange) -> None:
    await exchange.open()
    await exchange.comment_until_left()


async def failure(exchange: Exchange) -> None:
    await exchange.open()
    await exchange.write(0, "Cold ")
    await exchange.say('data: {"error": {"message": "EngineCore encountered an issue", "code": 500}}')
    await exchange.end()


async def abort(exchange: Exchange) -> None:
    await exchange.open()
    await exchange.write(0, "", "abort")
    await exchange.end()


def saying(line: str) -> Fault:
    async def fault(exchange: Exchange) -> None:
        await exchange.open()
        await exchange.say(line)
        await exchange.end()

    return fault


def test_a_server_that_is_down_is_said_in_one_sentence() -> None:
    port = free_port()
    engine = RemoteEngine(f"http://ana:secret@127.0.0.1:{port}/v1/", waits=(0.01,))

    with pytest.raises(EngineUnavailable) as caught:
        write(engine)

    assert caught.value.fact == GONE.format(f"http://127.0.0.1:{port}/v1")
    assert str(caught.value).endswith("check that it runs, and the address in COPYDESK_MODEL.")
    assert not caught.value.began
    with pytest.raises(EngineUnavailable):
        engine.adapters()
    assert engine.state().queued == 0
    engine.close()


@pytest.fixture
def unreachable() -> Iterator[str]:
    """An address that takes no connection and doesn't refuse one either, as behind a firewall."""
    with ExitStack() as stack:
        listening = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        for _ in range(4):  # more than wait for a place, of which one is left in a backlog of none
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(listening.getsockname())
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/v1"


def test_a_server_that_takes_no_connection_is_soon_said_to_be_gone(unreachable: str) -> None:
    """A short question waited a minute for its connection, and that once for each address."""
    endpoint = Endpoint(unreachable, key="", idle_seconds=60, waits=(), connect_seconds=0.2)

    async def ask() -> None:
        async with asyncio.timeout(10):
            await endpoint.ask("GET", "models")

    with pytest.raises(EngineUnavailable, match="can't be reached"):
        asyncio.run(ask())


def test_a_server_that_comes_up_meanwhile_is_found() -> None:
    port = free_port()
    engine = RemoteEngine(f"http://127.0.0.1:{port}/v1", waits=(0.02,) * 400)

    stream = engine.submit(Request(CHAT))
    assert engine.state().queued == 1, "it is refused as well, and later than the request"
    with ModelServer("Cold brew.", port=port):
        assert "".join(event.text for event in stream) == "Cold brew."
        engine.close()


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("when", ["0", "Mon, 01 Jan 2024 00:00:00 GMT"])
def test_a_server_that_says_when_is_asked_again_then(
    server: ModelServer, engine: RemoteEngine, status: int, when: str
) -> None:
    server.faults.extend([refusing(status, retry_after=when)] * 2)

    assert write(engine) == server.texts[0]

    assert len(server.bodies()) == 3


@pytest.mark.parametrize(
    "headers", [{}, {"retry_after": "3600"}, {"retry_after": "soon"}, {"retry_after": "Fri, 01 Jan 2100 00:00:00 GMT"}]
)
def test_a_server_that_does_not_say_when_or_not_soon_is_left_to_the_desk(
    server: ModelServer, engine: RemoteEngine, headers: dict[str, str]
) -> None:
    server.faults.append(refusing(503, **headers))

    with pytest.raises(EngineUnavailable) as caught:
        write(engine)

    assert (caught.value.fact, caught.value.began) == (BUSY.format(server.url), False)
    assert len(server.bodies()) == 1


def test_a_server_that_stays_busy_is_not_asked_for_ever(server: ModelServer, engine: RemoteEngine) -> None:
    server.faults.extend([refusing(429, retry_after="0")] * 9)

    with pytest.raises(EngineUnavailable, match="takes no more work"):
        write(engine)

    assert len(server.bodies()) == 3


@pytest.mark.logs_errors  # uvicorn logs that the answer was not completed, which is what a cut is
def test_a_stream_that_is_cut_is_never_asked_for_again(server: ModelServer, engine: RemoteEngine) -> None:
    server.faults.append(cut)

    with pytest.raises(EngineUnavailable) as caught:
        write(engine)

    assert (caught.value.fact, caught.value.began) == (BROKE_OFF.format(server.url), True)
    assert len(server.bodies()) == 1


@pytest.mark.parametrize("fault", [failure, abort, refusing(500, "boom")])
def test_a_server_that_fails_while_it_writes_is_not_asked_again(
    server: ModelServer, engine: RemoteEngine, fault: Fault
) -> None:
    server.faults.append(fault)

    with pytest.raises(EngineUnavailable) as caught:
        write(engine)

    assert (caught.value.fact, caught.value.began) == (BROKE_OFF.format(server.url), True)
    assert len(server.bodies()) == 1


@pytest.mark.parametrize(("fault", "began"), [(stall, True), (silence, False), (only_comments, False)])
def test_a_server_without_a_token_for_too_long_is_given_up(server: ModelServer, fault: Fault, began: bool) -> None:
    engine = RemoteEngine(server.url, idle_seconds=0.5)
    server.faults.append(fault)

    with pytest.raises(EngineUnavailable) as caught:
        write(engine)

    assert (caught.value.fact, caught.value.began) == (SILENT.format(server.url), began)
    assert len(server.bodies()) == 1
    engine.close()


def test_a_slow_server_is_waited_for_as_long_as_tokens_come(server: ModelServer) -> None:
    engine = RemoteEngine(server.url, idle_seconds=1.0)
    server.pause = 0.1
    server.texts = ["one two three four five six seven eight nine ten eleven twelve"]

    assert write(engine) == server.texts[0], "longer in all than the idle time, and never idle"
    engine.close()


@pytest.mark.parametrize(
    "line",
    [
        "data: <html>",
        "data: [1]",
        'data: {"choices": [{"index": 7, "delta": {"content": "x"}}]}',
        'data: {"choices": [{"index": 0, "delta": {"content": 5}}]}',
        'data: {"choices": [{"index": 0, "delta": null}]}',
        'data: {"choices": ["x"]}',
        'data: {"choices": 5}',
    ],
)
def test_what_is_no_answer_is_said_to_be_none(server: ModelServer, engine: RemoteEngine, line: str) -> None:
    server.faults.append(saying(line))

    with pytest.raises(EngineError, match="does not answer as an OpenAI-compatible server") as caught:
        write(engine)

    assert not isinstance(caught.value, EngineUnavailable), "asking it again would not help"


@pytest.mark.parametrize("line", [": a comment", "event: ping", "data:", 'data: {"choices": [], "usage": {}}', "id: 1"])
def test_what_carries_no_words_does_no_harm(server: ModelServer, engine: RemoteEngine, line: str) -> None:
    async def fault(exchange: Exchange) -> None:
        await exchange.open()
        await exchange.say(line)
        await exchange.write(0, "Cold brew.", "stop")
        await exchange.end()

    server.faults.append(fault)

    assert write(engine) == "Cold brew."


def test_a_server_that_ignores_n_is_named(server: ModelServer, engine: RemoteEngine) -> None:
    async def one(exchange: Exchange) -> None:
        await exchange.open()
        await exchange.write(0, "Cold brew.", "stop")
        await exchange.end()

    server.faults.append(one)

    with pytest.raises(EngineError, match="wrote 1 of 3 texts"):
        write(engine, Request(CHAT, n=3))
