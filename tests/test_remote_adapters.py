"""Adapters at a server: loaded from a folder that both see, asked for by name, found again after a restart."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from model.generation import EngineError, Message, Request
from model.remote import RemoteEngine
from tests.model_server import BASE, ModelServer, refusing

CHAT: tuple[Message, ...] = ({"role": "user", "content": "Cold brew."},)
V1 = Request(CHAT, adapter="v1")


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer("Cold brew, slowly made.") as server:
        yield server


@pytest.fixture
def engine(server: ModelServer) -> Iterator[RemoteEngine]:
    engine = RemoteEngine(server.url)
    yield engine
    engine.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "adapter_model.safetensors").write_bytes(b"weights")
    return tmp_path


def write(engine: RemoteEngine, request: Request) -> str:
    return "".join(event.text for event in engine.submit(request))


def test_an_adapter_is_loaded_by_its_folder_and_asked_for_by_its_name(
    server: ModelServer, engine: RemoteEngine, folder: Path
) -> None:
    engine.load_adapter("v1", folder)

    assert write(engine, V1) == server.texts[0]

    assert server.adapters == {"v1": str(folder)}
    assert engine.adapters() == ("v1",)
    assert server.bodies()[0]["model"] == "v1"
    assert engine.model == BASE, "drafts record what the adapter stands on"


def test_no_cache_of_prompts_outlives_an_adapters_weights(
    server: ModelServer, engine: RemoteEngine, folder: Path
) -> None:
    engine.load_adapter("v1", folder)
    write(engine, V1)
    (folder / "adapter_model.safetensors").write_bytes(b"other weights")
    engine.load_adapter("v1", folder)
    write(engine, V1)
    write(engine, Request(CHAT))

    salts = [body.get("cache_salt") for body in server.bodies()]

    assert None not in salts[:2]
    assert salts[0] != salts[1]
    assert salts[2] is None


def test_a_name_that_the_server_has_already_is_loaded_anew(
    server: ModelServer, engine: RemoteEngine, folder: Path
) -> None:
    """The server outlives the desk, and what it has by that name may be from anywhere."""
    server.adapters["v1"] = "/somewhere/else"

    engine.load_adapter("v1", folder)

    assert server.adapters == {"v1": str(folder)}


def test_an_adapter_is_forgotten(server: ModelServer, engine: RemoteEngine, folder: Path) -> None:
    engine.load_adapter("v1", folder)

    engine.unload_adapter("v1")

    assert engine.adapters() == ()
    with pytest.raises(EngineError, match="'v1' is not loaded"):
        write(engine, V1)
    with pytest.raises(EngineError, match="'v1' is not loaded"):
        engine.unload_adapter("v1")


def test_a_server_that_was_started_anew_gets_its_adapters_back(
    server: ModelServer, engine: RemoteEngine, folder: Path
) -> None:
    engine.load_adapter("v1", folder)
    server.adapters.clear()

    assert write(engine, V1) == server.texts[0]

    assert server.adapters == {"v1": str(folder)}
    server.adapters.clear()
    engine.unload_adapter("v1")


def test_a_server_that_loses_its_adapter_again_and_again_is_asked_once_more_only(
    server: ModelServer, engine: RemoteEngine, folder: Path
) -> None:
    engine.load_adapter("v1", folder)
    server.faults.extend([refusing(404, "The model 'v1' does not exist.")] * 9)

    with pytest.raises(EngineError, match="has no model 'v1'"):
        write(engine, V1)

    assert len(server.bodies()) == 2


@pytest.mark.parametrize(
    ("status", "said", "sentence"),
    [
        (404, {"detail": "Not Found"}, "VLLM_ALLOW_RUNTIME_LORA_UPDATING=1"),
        (404, {"error": {"message": "Loading lora v1 failed: No adapter found for /x"}}, "must see that folder"),
        (500, {"error": {"message": "LoRA rank 64 is greater than max_lora_rank 16."}}, "the adapter must fit"),
    ],
)
def test_why_an_adapter_could_not_be_loaded_is_said(
    server: ModelServer, engine: RemoteEngine, folder: Path, status: int, said: object, sentence: str
) -> None:
    server.adapting = (status, said)

    with pytest.raises(EngineError, match=sentence):
        engine.load_adapter("v1", folder)

    with pytest.raises(EngineError, match="'v1' is not loaded"):
        write(engine, V1)


@pytest.mark.parametrize("name", ["", "../v1", "a b", "v1/x", ".hidden"])
def test_a_name_that_could_be_a_path_is_refused(
    server: ModelServer, engine: RemoteEngine, folder: Path, name: str
) -> None:
    with pytest.raises(EngineError, match="letters, digits"):
        engine.load_adapter(name, folder)

    assert server.asked == []


def test_a_folder_without_weights_is_refused(server: ModelServer, engine: RemoteEngine, tmp_path: Path) -> None:
    with pytest.raises(EngineError, match=r"no readable 'adapter_model\.safetensors'"):
        engine.load_adapter("v1", tmp_path)

    assert server.asked == []
