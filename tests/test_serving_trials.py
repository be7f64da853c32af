"""For a share of briefs what is on trial writes: always the same briefs, their new versions too, and openers say so."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import serving
from bot.serving import Now, Serving
from model import adapters, canary
from model.engine import LocalEngine
from model.fingerprint import Base, fingerprint
from model.weights import load
from storage.database import Storage
from tests import tiny
from tests.published import WORKSPACE
from tests.serving_rows import begin, draft, publish, try_out

ON_TRIAL = [f"b{number}" for number in range(200) if canary.on_trial(f"b{number}", "v0002")]
NOT_ON_TRIAL = [f"b{number}" for number in range(200) if f"b{number}" not in ON_TRIAL]


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


def test_a_candidate_writes_its_share_and_always_the_same_briefs(
    chooser: Serving, storage: Storage, data: Path, on: Base
) -> None:
    adapters.promote(data, publish(data, on, seed=1), on)
    candidate = publish(data, on, seed=2)
    try_out(storage, candidate, "v0001")
    rows = [begin(storage, f"b{number}") for number in range(40)]

    twice = [[chooser.adapter_for(row) for row in rows] for _ in range(2)]

    assert twice[0] == twice[1]
    assert {row.id for row, name in zip(rows, twice[0], strict=True) if name == candidate} == {
        row.id for row in rows if row.id in ON_TRIAL
    }
    assert twice[0].count(candidate) in range(2, 20)
    assert chooser.now(WORKSPACE) == Now("v0001", "v0002")


@pytest.mark.parametrize("brief", [ON_TRIAL[0], NOT_ON_TRIAL[0]])
def test_a_new_version_of_a_draft_is_written_by_the_same_arm(
    chooser: Serving, storage: Storage, data: Path, on: Base, brief: str
) -> None:
    for seed in (1, 2):
        publish(data, on, seed=seed)
    try_out(storage, "v0002", "house")
    first = begin(storage, brief)
    wrote = chooser.adapter_for(first)

    old = draft(storage, first, wrote)
    chain = []
    for number in range(6):
        again = begin(storage, f"again{number}", redesign_of=old.id)
        chain.append(chooser.adapter_for(again))
        old = draft(storage, again, chain[-1])

    assert chain == [wrote] * 6


def test_a_trial_is_over_as_soon_as_another_serves_than_it_was_tried_against(
    chooser: Serving, storage: Storage, data: Path, on: Base
) -> None:
    for seed in (1, 2):
        publish(data, on, seed=seed)
    try_out(storage, "v0002", "house")
    assert chooser.adapter_for(begin(storage, ON_TRIAL[0])) == "v0002"

    adapters.promote(data, "v0001", on)

    assert chooser.adapter_for(begin(storage, ON_TRIAL[1])) == "v0001"
    assert chooser.now(WORKSPACE) == Now("v0001")


def test_a_broken_candidate_is_never_tried(chooser: Serving, storage: Storage, data: Path, on: Base) -> None:
    for seed in (1, 2):
        publish(data, on, seed=seed)
    (adapters.folder(data, "v0002") / "manifest.json").unlink()
    try_out(storage, "v0002", "house")

    assert chooser.adapter_for(begin(storage, ON_TRIAL[0])) is None


def test_a_brief_that_is_resumed_stays_with_whom_it_began(
    chooser: Serving, storage: Storage, data: Path, on: Base
) -> None:
    for seed in (1, 2):
        adapters.promote(data, publish(data, on, seed=seed), on)
    brief = begin(storage)
    draft(storage, brief, "v0001")

    assert chooser.adapter_for(brief) == "v0001"


def test_an_opener_says_who_wrote(storage: Storage) -> None:
    try_out(storage, "v0002", "house")
    wrote = [
        draft(storage, begin(storage, f"b{at}"), name) for at, name in enumerate([None, "house", "v0002", "v0001"])
    ]

    with storage.read() as db:
        said = [serving.credit(db, row) for row in wrote]

    assert said == ["tiny", "tiny · house", "tiny · v0002 (trial)", "tiny · v0001"]
