"""Which adapter writes a brief: what was promoted, wherever from; for a share of briefs what is on trial."""

import logging
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import serving
from bot.serving import Now, Serving
from model import adapters, manifest
from model.engine import LocalEngine
from model.fingerprint import Base, fingerprint
from model.generation import EngineUnavailable, Request, Sampling
from model.remote import RemoteEngine
from model.weights import load
from model.writing import BY_RULE
from storage.database import Storage
from tests import tiny
from tests.desk_rows import add_draft
from tests.model_server import ModelServer
from tests.published import WORKSPACE
from tests.serving_rows import begin, end, publish

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny.save(tmp_path_factory.mktemp("model") / "tiny")


@pytest.fixture
def on(model: Path) -> Base:
    return fingerprint(model)


@pytest.fixture
def engine(model: Path) -> Iterator[LocalEngine]:
    engine = LocalEngine(*load(model, "cpu"), name="tiny", slots=4)
    yield engine
    engine.close()


@pytest.fixture
def chooser(storage: Storage, data: Path, engine: LocalEngine, on: Base) -> Serving:
    return Serving(storage, data, engine=lambda: engine, base=on, house=None)


def test_where_nothing_was_promoted_the_house_writes(chooser: Serving, storage: Storage) -> None:
    assert chooser.adapter_for(begin(storage)) is None
    assert chooser.now(WORKSPACE) == Now("house")


def test_a_brief_whose_first_draft_a_rule_made_is_resumed_by_what_serves(
    chooser: Serving, storage: Storage, data: Path, on: Base
) -> None:
    brief = begin(storage)
    with storage.write() as db:
        add_draft(db, brief, model=BY_RULE)
    adapters.promote(data, publish(data, on), on)

    assert chooser.adapter_for(brief) == "v0001"


def test_what_another_process_promotes_writes_the_next_brief(
    chooser: Serving, storage: Storage, data: Path, on: Base, engine: LocalEngine
) -> None:
    name = publish(data, on)
    assert chooser.adapter_for(begin(storage, "before")) is None

    code = (
        "import sys; from pathlib import Path; from model import adapters; adapters.promote(Path(sys.argv[1]), 'v0001')"
    )
    subprocess.run([sys.executable, "-c", code, str(data)], cwd=ROOT, check=True)

    assert chooser.adapter_for(begin(storage, "after")) == name
    assert engine.adapters() == (name,)
    assert chooser.now(WORKSPACE) == Now(name)


def test_a_draft_that_runs_finishes_on_the_adapter_it_began_with(
    storage: Storage, data: Path, on: Base, model: Path
) -> None:
    weights, tokenizer = load(model, "cpu")
    gate = tiny.Gate(weights)
    engine = LocalEngine(weights, tokenizer, name="tiny", slots=4)
    chooser = Serving(storage, data, engine=lambda: engine, base=on, house=None)
    for seed in (1, 2):
        adapters.promote(data, publish(data, on, seed=seed), on)
    adapters.rollback(data, on)
    asked = Request(
        (9, 10, 11), max_tokens=12, sampling=Sampling(temperature=0), adapter=chooser.adapter_for(begin(storage))
    )
    alone = tiny.texts(engine.submit(asked))

    gate.open.clear()
    gate.reached.clear()
    running = engine.submit(asked)
    assert gate.reached.wait(10)
    adapters.promote(data, "v0002", on)
    second = chooser.adapter_for(begin(storage, "b2"))
    gate.open.set()

    assert (asked.adapter, second) == ("v0001", "v0002")
    assert tiny.texts(running) == alone
    engine.close()


def test_no_adapter_is_unloaded_that_a_brief_began_with(
    chooser: Serving, storage: Storage, data: Path, on: Base, engine: LocalEngine
) -> None:
    first, second = (publish(data, on, seed=seed) for seed in (1, 2))
    adapters.promote(data, first, on)
    old = begin(storage, "old")
    chooser.adapter_for(old)
    adapters.promote(data, second, on)

    chooser.adapter_for(begin(storage, "new"))
    assert set(engine.adapters()) == {first, second}
    end(storage, old)
    chooser.adapter_for(begin(storage, "newer"))

    assert engine.adapters() == (second,)


def test_a_rollback_is_noticed_too(chooser: Serving, storage: Storage, data: Path, on: Base) -> None:
    adapters.promote(data, publish(data, on), on)
    assert chooser.adapter_for(begin(storage, "b1")) == "v0001"

    adapters.rollback(data, on)

    assert chooser.adapter_for(begin(storage, "b2")) is None


def test_a_broken_promotion_at_the_start_is_warned_of_and_the_last_good_one_writes(
    chooser: Serving, storage: Storage, data: Path, on: Base, caplog: pytest.LogCaptureFixture
) -> None:
    for seed in (1, 2):
        adapters.promote(data, publish(data, on, seed=seed), on)
    broken = adapters.folder(data, "v0002") / manifest.WEIGHTS
    whole = broken.read_bytes()
    broken.write_bytes(whole[:-1])

    chooser.look()
    chooser.look()

    warnings = [one.getMessage() for one in caplog.records if one.levelno == logging.WARNING]
    assert len(warnings) == 1
    assert "'v0002' can't be read" in warnings[0]
    assert warnings[0].endswith("Until then v0001 writes.")
    assert chooser.adapter_for(begin(storage, "b1")) == "v0001"
    assert chooser.now(WORKSPACE).adapter == "v0001"
    assert "'v0002' can't be read" in chooser.now(WORKSPACE).problem
    broken.write_bytes(whole)
    assert chooser.adapter_for(begin(storage, "b2")) == "v0002"
    assert chooser.now(WORKSPACE) == Now("v0002")


def test_an_adapter_that_the_engine_refuses_is_passed_over_with_its_reason(
    chooser: Serving, storage: Storage, data: Path, on: Base
) -> None:
    adapters.promote(data, publish(data, on, width=16), on)

    assert chooser.adapter_for(begin(storage)) is None
    assert "doesn't fit 'tiny'" in chooser.now(WORKSPACE).problem


def test_a_version_writes_only_for_the_workspace_whose_votes_it_learnt_from(
    chooser: Serving, storage: Storage, data: Path, on: Base
) -> None:
    adapters.promote(data, publish(data, on), on)

    assert chooser.adapter_for(begin(storage, "theirs", workspace="T0OTHER")) is None
    assert chooser.adapter_for(begin(storage, "ours")) == "v0001"


def test_a_server_loads_it_by_name(storage: Storage, data: Path, on: Base) -> None:
    adapters.promote(data, publish(data, on))
    with ModelServer() as server:
        engine = RemoteEngine(server.url)
        chooser = Serving(storage, data, engine=lambda: engine, base=None, house=None)

        assert chooser.adapter_for(begin(storage)) == "v0001"

        assert server.adapters == {"v0001": str(adapters.folder(data, "v0001").resolve())}
        engine.close()


def test_a_server_that_takes_no_adapters_writes_without_and_one_that_is_away_is_waited_for(
    storage: Storage, data: Path, on: Base
) -> None:
    adapters.promote(data, publish(data, on))
    server = ModelServer()
    engine = RemoteEngine(server.url, waits=())
    chooser = Serving(storage, data, engine=lambda: engine, base=None, house=None)

    with pytest.raises(EngineUnavailable):
        chooser.adapter_for(begin(storage, "b1"))
    with server:
        server.adapting = (404, {"detail": "Not Found"})
        assert chooser.adapter_for(begin(storage, "b2")) is None
        assert "takes no adapters" in chooser.now(WORKSPACE).problem
        server.adapting = None
        assert chooser.adapter_for(begin(storage, "b3")) == "v0001"
        assert chooser.now(WORKSPACE).problem == ""
    engine.close()


def test_the_terminal_writes_on_what_serves_too(data: Path, on: Base, engine: LocalEngine) -> None:
    assert serving.load_promoted(engine, data, on, WORKSPACE) is None
    for seed in (1, 2):
        adapters.promote(data, publish(data, on, seed=seed), on)
    (adapters.folder(data, "v0002") / "manifest.json").unlink()

    assert serving.load_promoted(engine, data, on, "T0OTHER") is None
    assert serving.load_promoted(engine, data, on, "") is None
    assert serving.load_promoted(engine, data, on, WORKSPACE) == "v0001"
    assert engine.adapters() == ("v0001",)
