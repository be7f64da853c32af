"""The server answers and will not: what it is asked without, and what people are told."""

from collections.abc import Iterator

import pytest

from model import wire
from model.generation import EngineError, EngineUnavailable, Message, Request, Sampling
from model.remote import RemoteEngine
from tests.model_server import BASE, ModelServer, refusing

CHAT: tuple[Message, ...] = ({"role": "user", "content": "Cold brew."},)


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer("Cold brew, slowly made.") as server:
        yield server


@pytest.fixture
def engine(server: ModelServer) -> Iterator[RemoteEngine]:
    engine = RemoteEngine(server.url)
    yield engine
    engine.close()


def write(engine: RemoteEngine, request: Request | None = None) -> str:
    return "".join(event.text for event in engine.submit(request or Request(CHAT)))


@pytest.mark.parametrize(
    ("status", "text"),
    [
        (400, "Unrecognized request arguments supplied: repetition_penalty, top_k"),
        (422, '{"loc": ["body", "top_k"], "msg": "Extra inputs are not permitted, nor is repetition_penalty"}'),
    ],
)
def test_a_field_that_the_server_does_not_know_is_left_out_from_then_on(
    server: ModelServer, engine: RemoteEngine, status: int, text: str
) -> None:
    server.faults.append(refusing(status, text))

    assert write(engine, Request(CHAT, sampling=Sampling(seed=1))) == server.texts[0]
    assert write(engine) == server.texts[0]

    assert ["top_k" in body for body in server.bodies()] == [True, False, False]
    assert ["repetition_penalty" in body for body in server.bodies()] == [True, False, False]
    assert server.bodies()[1]["seed"] == 1


@pytest.mark.parametrize(
    "named", ["continue_final_message", "add_generation_prompt", "continue_final_message, add_generation_prompt"]
)
def test_a_server_that_cannot_continue_an_answer_is_asked_for_the_rest_in_words(
    server: ModelServer, engine: RemoteEngine, named: str
) -> None:
    """Without the fields it would begin anew, and with one of them alone its template would be half a turn."""
    begun: tuple[Message, ...] = (*CHAT, {"role": "assistant", "content": "# Cold brew\n\nIt takes"})
    server.faults.append(refusing(400, f"Unrecognized request argument supplied: {named}"))

    assert write(engine, Request(begun)) == server.texts[0]
    assert write(engine, Request(begun)) == server.texts[0]
    assert write(engine) == server.texts[0]

    refused, *others, plain = server.bodies()
    assert refused["messages"] == list(begun)
    assert [body["messages"] for body in others] == [[*begun, wire.GO_ON]] * 2
    assert all(set(wire.CONTINUING).isdisjoint(body) for body in others)
    assert plain["messages"] == list(CHAT)


def test_a_value_that_the_server_refuses_is_no_unknown_field(server: ModelServer, engine: RemoteEngine) -> None:
    server.faults.append(refusing(400, "top_k must be -1 or at least 1"))

    with pytest.raises(EngineError, match="refused the request, and the log says why"):
        write(engine)

    assert write(engine) == server.texts[0]
    assert "top_k" in server.bodies()[-1]


def test_more_tokens_than_the_server_has_room_for_is_as_many_as_it_has(
    server: ModelServer, engine: RemoteEngine
) -> None:
    server.faults.append(refusing(400, "max_tokens=6000 cannot be greater than max_model_len=1024."))

    assert write(engine, Request(CHAT, max_tokens=6000)) == server.texts[0]
    assert write(engine, Request(CHAT, max_tokens=60)) == server.texts[0]

    assert [body.get("max_tokens") for body in server.bodies()] == [6000, None, 60]


def test_a_prompt_that_is_too_long_is_said_to_be(server: ModelServer, engine: RemoteEngine) -> None:
    server.faults.extend([refusing(400, "This model's maximum context length is 1024 tokens.")] * 2)

    with pytest.raises(EngineError, match=r"too long for the model server at .*; shorten it"):
        write(engine)


@pytest.mark.parametrize("status", [401, 403])
def test_a_refused_key_is_named(server: ModelServer, engine: RemoteEngine, status: int) -> None:
    server.faults.append(refusing(status))

    with pytest.raises(EngineError, match="COPYDESK_API_KEY") as caught:
        write(engine)

    assert not isinstance(caught.value, EngineUnavailable)


def test_a_server_that_changed_its_model_is_asked_for_the_new_one(server: ModelServer, engine: RemoteEngine) -> None:
    server.faults.append(refusing(404, f"The model {BASE!r} does not exist."))

    assert write(engine) == server.texts[0]

    assert len([one for one in server.asked if one.path == "/v1/models"]) == 2


def test_an_address_without_a_server_behind_it_is_named(server: ModelServer) -> None:
    engine = RemoteEngine(server.url.removesuffix("/v1") + "/api")

    with pytest.raises(EngineError, match="ends in '/v1'"):
        write(engine)

    engine.close()


@pytest.mark.parametrize("address", ["http://", "https:///v1", "http://host:port/v1"])
def test_what_is_no_address_is_refused_at_once(address: str) -> None:
    with pytest.raises(EngineError, match=r"must be like 'http://127\.0\.0\.1:8000/v1'"):
        RemoteEngine(address)
