"""An engine that pauses: what runs is written to its end, what comes meanwhile waits, and nothing is lost."""

import threading
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import torch

from bot import pausing
from bot.pausing import PausingEngine
from model import manifest
from model.engine import LocalEngine
from model.generation import Engine, EngineError, EngineStopped, EngineUnavailable, Request, Sampling
from tests import tiny

ASKED = Request((9, 10, 11), max_tokens=12, sampling=Sampling(temperature=0))
ON_V1 = Request((9, 10, 11), max_tokens=12, sampling=Sampling(temperature=0), adapter="v1")


class Opener:
    """Opens tiny engines, and keeps what it opened."""

    def __init__(self) -> None:
        self.opened: list[LocalEngine] = []
        self.gates: list[tiny.Gate] = []
        self.failure: Exception | None = None
        self.failed = 0
        self.refused = threading.Event()

    def __call__(self) -> Engine:
        if self.failure:
            self.failed += 1
            if self.failed > 1:
                self.refused.set()
            raise self.failure
        model = tiny.llama()
        self.gates.append(tiny.Gate(model))
        self.opened.append(LocalEngine(model, tiny.tokenizer(), name="tiny", slots=4))
        return self.opened[-1]


@pytest.fixture
def opener() -> Opener:
    return Opener()


@pytest.fixture
def engine(opener: Opener) -> Iterator[PausingEngine]:
    made = PausingEngine(opener)
    yield made
    made.close()


def test_a_pause_holds_no_model_and_afterwards_all_is_as_before(
    engine: PausingEngine, opener: Opener, tmp_path: Path
) -> None:
    engine.load_adapter("v1", tiny.adapter(tmp_path / "v1", seed=1))
    engine.load_adapter("v2", tiny.adapter(tmp_path / "v2", seed=2))
    engine.merge_adapter("v1")
    engine.unload_adapter("v2")
    before = [tiny.texts(engine.submit(request)) for request in (ASKED, ON_V1)]

    with engine.pause():
        with pytest.raises(EngineError, match="closed"):
            opener.opened[0].submit(ASKED)
        assert (engine.adapters(), engine.state().slots, engine.model) == ((), 0, "tiny")
        assert engine.room(ASKED.prompt) is None

    assert engine.room(ASKED.prompt) == opener.opened[1].room(ASKED.prompt)
    assert [tiny.texts(engine.submit(request)) for request in (ASKED, ON_V1)] == before
    assert engine.adapters() == ("v1",)
    assert len(opener.opened) == 2


def test_what_comes_during_a_pause_waits(engine: PausingEngine, tmp_path: Path) -> None:
    with engine.pause():
        with pytest.raises(EngineUnavailable, match=pausing.PAUSED) as refused:
            engine.submit(ASKED)
        with pytest.raises(EngineUnavailable):
            engine.load_adapter("v1", tmp_path)

    assert not refused.value.began, "an attempt during a pause is none"
    assert tiny.texts(engine.submit(ASKED))


def test_what_is_being_written_is_written_to_its_end(engine: PausingEngine, opener: Opener) -> None:
    alone = tiny.texts(engine.submit(ASKED))
    gate = opener.gates[0]
    gate.open.clear()
    gate.reached.clear()
    running = engine.submit(ASKED)
    assert gate.reached.wait(10)
    paused = threading.Event()

    def pause() -> None:
        with engine.pause():
            paused.set()

    thread = threading.Thread(target=pause)
    thread.start()
    assert not paused.wait(0.3)
    gate.open.set()
    assert paused.wait(10)
    thread.join()

    assert tiny.texts(running) == alone


def test_an_error_during_a_pause_ends_the_pause(engine: PausingEngine) -> None:
    with pytest.raises(ValueError, match="fitting"), engine.pause():
        raise ValueError("fitting")

    assert tiny.texts(engine.submit(ASKED))


def test_a_model_that_can_not_be_loaded_again_is_told_with_what_to_do(engine: PausingEngine, opener: Opener) -> None:
    with engine.pause():
        opener.failure = EngineError("The weights are gone.")

    with pytest.raises(
        EngineUnavailable, match=r"could not be loaded again after a round: The weights are gone; it is tried again"
    ):
        engine.submit(ASKED)


def test_a_model_that_finds_no_room_after_a_pause_is_tried_again_until_it_does(opener: Opener, tmp_path: Path) -> None:
    engine = PausingEngine(opener, again=0.02)
    engine.load_adapter("v1", tiny.adapter(tmp_path / "v1", seed=1))

    with engine.pause():
        opener.failure = torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB.")
    with pytest.raises(EngineUnavailable, match=pausing.NO_MEMORY):
        engine.submit(ASKED)
    assert opener.refused.wait(10), "nobody tries again"
    opener.failure = None
    for thread in threading.enumerate():
        if thread.name == "model-again":
            thread.join(30)

    assert tiny.texts(engine.submit(ON_V1))
    engine.close()


def test_an_adapter_whose_weights_a_round_deleted_is_missed_by_nobody(engine: PausingEngine, tmp_path: Path) -> None:
    engine.load_adapter("v1", tiny.adapter(tmp_path / "v1", seed=1))
    engine.merge_adapter("v1")

    with engine.pause():
        (tmp_path / "v1" / manifest.WEIGHTS).unlink()

    assert engine.adapters() == ()
    assert tiny.texts(engine.submit(ASKED))


def test_a_desk_that_closes_during_a_pause_loads_nothing_again(opener: Opener) -> None:
    engine = PausingEngine(opener)

    with engine.pause():
        engine.close()

    assert len(opener.opened) == 1


def test_an_engine_that_has_stopped_is_opened_anew(
    engine: PausingEngine, opener: Opener, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """After one failure of the model every brief failed, until somebody restarted the desk."""
    engine.load_adapter("v1", tiny.adapter(tmp_path / "v1", seed=1))
    wanted = tiny.texts(engine.submit(ON_V1))
    opener.gates[0].failure = RuntimeError("out of memory")
    with pytest.raises(EngineUnavailable):
        list(engine.submit(ASKED))

    with pytest.raises(EngineUnavailable, match="it is started again"):
        engine.submit(ASKED)
    for thread in threading.enumerate():
        if thread.name == "model-again":
            thread.join(30)

    assert len(opener.opened) == 2
    assert tiny.texts(engine.submit(ON_V1)) == wanted
    caplog.clear()  # the failure that was told of


class Stopped(LocalEngine):
    """An engine that has stopped."""

    def submit(self, request: Request) -> Any:
        """Refuse everything, as after a failure."""
        raise EngineStopped("The model stopped", f"it is started again for {request.n}")


def test_a_stopped_engine_is_let_go_of_before_another_is_opened() -> None:
    """Where there is room for one model, the dead one kept its place, and no other could be opened."""
    opened: list[weakref.ref[LocalEngine]] = []
    held: list[bool] = []

    def open_engine() -> Engine:
        held.extend(one() is not None for one in opened)
        made = Stopped(tiny.llama(), tiny.tokenizer(), name="tiny", slots=2)
        opened.append(weakref.ref(made))
        return made

    engine = PausingEngine(open_engine)
    with pytest.raises(EngineUnavailable, match="The model stopped; it is started again"):
        engine.submit(ASKED)
    for thread in threading.enumerate():
        if thread.name == "model-again":
            thread.join(30)

    assert held == [False]
    engine.close()
