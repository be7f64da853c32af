"""The adapters folder: what is whole may serve, what isn't is refused with the reason, and the way back is open."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from model import adapters, manifest
from model.adapters import HOUSE, AdapterError
from model.fingerprint import Base
from tests import published
from tests.published import fitted, publish


@pytest.fixture
def on(tmp_path: Path) -> Base:
    return published.base(tmp_path / "tiny")


def test_what_a_round_published_is_whole_and_waits_to_be_promoted(data: Path, on: Base) -> None:
    name = publish(data, on)

    found = adapters.verify(adapters.folder(data, name), on)

    assert (name, found.name, found.rank, found.base, found.workspace) == ("v0001", "v0001", 2, on, published.WORKSPACE)
    assert adapters.current(data) == HOUSE
    assert [(one.name, one.problem, one.serves) for one in adapters.listed(data, on)] == [("v0001", "", False)]
    assert adapters.next_name(data) == "v0002"


def test_a_name_is_published_once(data: Path, on: Base, tmp_path: Path) -> None:
    publish(data, on, fill=1)
    again = fitted(tmp_path / "again", fill=9)
    about = manifest.described(again, name="v0001", base=on, round_=2, workspace="T", made_at="")

    with pytest.raises(AdapterError, match="taken"):
        adapters.publish(data, again, about)

    assert adapters.verify(adapters.folder(data, "v0001"), on).round == 1


def test_a_version_without_its_manifest_is_half_written(data: Path, on: Base) -> None:
    """A process that is killed while it publishes leaves a folder without the manifest, which comes last."""
    name = publish(data, on)
    (adapters.folder(data, name) / "manifest.json").unlink()

    with pytest.raises(AdapterError, match=r"'v0001' is half-written: its 'manifest\.json' is missing"):
        adapters.promote(data, name, on)

    assert adapters.current(data) == HOUSE
    assert adapters.next_name(data) == "v0002"


@pytest.mark.parametrize("left_out", ["adapter_config.json", "adapter_model.safetensors"])
def test_a_version_without_one_of_its_files_is_refused(data: Path, on: Base, left_out: str) -> None:
    name = publish(data, on)
    (adapters.folder(data, name) / left_out).unlink()

    with pytest.raises(AdapterError, match=f"half-written: its '{left_out}'"):
        adapters.promote(data, name, on)


def test_one_changed_byte_of_the_weights_is_found(data: Path, on: Base) -> None:
    weights = adapters.folder(data, publish(data, on)) / manifest.WEIGHTS
    raw = bytearray(weights.read_bytes())
    raw[-1] ^= 1
    weights.write_bytes(raw)

    with pytest.raises(AdapterError, match="'v0001' is corrupt"):
        adapters.verify(weights.parent, on)


def test_weights_that_were_cut_off_are_found(data: Path, on: Base) -> None:
    weights = adapters.folder(data, publish(data, on)) / manifest.WEIGHTS
    weights.write_bytes(weights.read_bytes()[:-4])

    with pytest.raises(AdapterError, match=r"'v0001' can't be read: The file .* bytes where"):
        adapters.verify(weights.parent, on)


@pytest.mark.parametrize(
    ("content", "words"),
    [("{", "no JSON"), ("[]", "no JSON object"), ("{}", "another form"), ('{"base": 1}', "another form")],
)
def test_a_garbled_manifest_is_a_sentence(data: Path, on: Base, content: str, words: str) -> None:
    name = publish(data, on)
    (adapters.folder(data, name) / "manifest.json").write_text(content, "utf-8")

    with pytest.raises(AdapterError, match=words):
        adapters.verify(adapters.folder(data, name), on)


def test_a_version_under_another_name_is_refused(data: Path, on: Base) -> None:
    name = publish(data, on)
    adapters.folder(data, name).rename(adapters.folder(data, "v0009"))

    with pytest.raises(AdapterError, match="'v0009' holds the adapter 'v0001'"):
        adapters.promote(data, "v0009", on)


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"name": "another"}, "made for the model 'tiny', and here 'another'"),
        ({"weights": "f00"}, "other weights of 'tiny'"),
        ({"tokenizer": "f00"}, "another tokenizer of 'tiny'"),
    ],
)
def test_a_version_for_another_model_is_refused(data: Path, on: Base, other: dict[str, str], words: str) -> None:
    name = publish(data, replace(on, **other) if "name" not in other else on)

    with pytest.raises(AdapterError, match=words):
        adapters.promote(data, name, replace(on, **other) if "name" in other else on)

    assert adapters.current(data) == HOUSE


def test_where_a_server_has_the_weights_the_rest_is_still_held_against_the_files(data: Path, on: Base) -> None:
    name = publish(data, on)

    assert adapters.verify(adapters.folder(data, name), None).name == name
    (adapters.folder(data, name) / manifest.WEIGHTS).write_bytes(b"no tensors")
    with pytest.raises(AdapterError):
        adapters.verify(adapters.folder(data, name), None)


@pytest.mark.parametrize(("rank", "says"), [(65, 65), (4, 8)])
def test_a_rank_that_no_engine_keeps_room_for_is_refused(
    data: Path, on: Base, tmp_path: Path, rank: int, says: int
) -> None:
    name = publish(data, on, fitted(tmp_path / "made", rank=rank, says=says))

    with pytest.raises(AdapterError, match=f"rank {says}, and its files speak of"):
        adapters.promote(data, name, on)


def test_pickles_are_never_served(data: Path, on: Base) -> None:
    name = publish(data, on)
    (adapters.folder(data, name) / "adapter_model.bin").write_bytes(b"")

    with pytest.raises(AdapterError, match=r"'adapter_model\.bin', which may run code"):
        adapters.promote(data, name, on)


def test_an_unknown_name_is_answered_with_the_known_ones(data: Path, on: Base) -> None:
    publish(data, on)

    with pytest.raises(AdapterError, match=r"no adapter '\.\./x'; there are house, v0001"):
        adapters.promote(data, "../x", on)


def test_promotions_can_be_taken_back_one_by_one(data: Path, on: Base) -> None:
    for _ in range(3):
        adapters.promote(data, publish(data, on), on)

    steps = [(adapters.line(data)[1], adapters.rollback(data, on), adapters.current(data)) for _ in range(3)]

    assert steps == [("v0002",) * 3, ("v0001",) * 3, (HOUSE,) * 3]
    with pytest.raises(AdapterError, match="nothing to go back to"):
        adapters.rollback(data, on)


def test_going_back_and_promoting_again_forgets_no_way(data: Path, on: Base) -> None:
    for _ in range(2):
        adapters.promote(data, publish(data, on), on)
    adapters.rollback(data, on)
    adapters.promote(data, "v0002", on)
    adapters.promote(data, "v0002", on)

    assert [adapters.rollback(data, on), adapters.rollback(data, on)] == ["v0001", HOUSE]


def test_one_workspace_goes_back_and_nothing_changes_for_another(data: Path, on: Base) -> None:
    """There was one line for all: going back took away what served whoever had been promoted last."""
    for workspace in ("T1", "T1", "T2"):
        adapters.promote(data, publish(data, on, workspace=workspace), on)

    def serve() -> tuple[str, str]:
        return adapters.serving(data, on, "T1").name, adapters.serving(data, on, "T2").name

    assert serve() == ("v0002", "v0003")
    assert [one.name for one in adapters.listed(data, on) if one.serves] == ["v0002", "v0003"]
    assert (adapters.rollback(data, on, workspace="T1"), serve()) == ("v0001", ("v0001", "v0003"))
    assert (adapters.rollback(data, on, workspace="T2"), serve()) == (HOUSE, ("v0001", HOUSE))
    assert (adapters.rollback(data, on, workspace="T1"), serve()) == (HOUSE, (HOUSE, HOUSE))
    with pytest.raises(AdapterError, match="nothing to go back to"):
        adapters.rollback(data, on, workspace="T1")


def test_after_the_house_was_promoted_one_workspace_goes_back_to_its_own(data: Path, on: Base) -> None:
    for workspace in ("T1", "T2"):
        adapters.promote(data, publish(data, on, workspace=workspace), on)
    adapters.promote(data, HOUSE, on)

    assert adapters.rollback(data, on, workspace="T1") == "v0001"
    assert [adapters.serving(data, on, one).name for one in ("T1", "T2")] == ["v0001", HOUSE]
    assert adapters.rollback(data, on, workspace="T1") == HOUSE


def test_going_back_passes_over_what_is_broken(data: Path, on: Base) -> None:
    for _ in range(3):
        adapters.promote(data, publish(data, on), on)
    (adapters.folder(data, "v0002") / manifest.WEIGHTS).unlink()

    assert adapters.rollback(data, on) == "v0001"


def test_a_broken_promotion_leaves_the_last_good_one_serving_and_says_why(data: Path, on: Base) -> None:
    for _ in range(2):
        adapters.promote(data, publish(data, on), on)
    (adapters.folder(data, "v0002") / "manifest.json").unlink()

    found = adapters.serving(data, on)

    assert found.name == "v0001"
    assert "'v0002' is half-written" in found.problem
    assert adapters.current(data) == "v0002", "mending the folder mends what serves"


def test_garbage_in_the_small_file_serves_the_house(data: Path, on: Base) -> None:
    publish(data, on)
    (adapters.home(data) / "current").write_text("../../etc\n", "utf-8")

    assert adapters.serving(data, on).name == HOUSE


def test_old_versions_are_pruned_but_never_one_that_serves_or_may(data: Path, on: Base) -> None:
    for _ in range(3):
        adapters.promote(data, publish(data, on), on)
    for _ in range(adapters.KEPT + 2):
        publish(data, on)
    adapters.rollback(data, on)

    gone = adapters.prune(data, ["v0004"])

    left = [one.name for one in adapters.listed(data, on)]
    assert gone == ("v0003", "v0005")
    assert left == ["v0001", "v0002", "v0004", "v0006", "v0007", "v0008", "v0009", "v0010"]
    assert adapters.next_name(data) == "v0011"
    assert adapters.current(data) == "v0002"


def test_what_serves_another_workspace_is_passed_over_and_never_pruned(data: Path, on: Base) -> None:
    for workspace in ("T1", "T1", "T2", "T2"):
        adapters.promote(data, publish(data, on, workspace=workspace), on)
    for _ in range(adapters.KEPT):
        publish(data, on, workspace="T2")

    gone = adapters.prune(data, [])

    assert gone == ()
    assert [adapters.serving(data, on, one).name for one in ("T1", "T2", "T3", "")] == [
        "v0002",
        "v0004",
        HOUSE,
        "v0004",
    ]
    publish(data, on, workspace="T1")
    adapters.promote(data, "v0005", on)
    assert adapters.prune(data, []) == ("v0003",), "T2 may go back to v0004 from v0005"


def test_readers_see_one_version_or_the_other_while_it_changes(data: Path, on: Base) -> None:
    names = [publish(data, on), publish(data, on)]
    adapters.promote(data, names[0], on)
    done, seen = threading.Event(), set[str]()

    def read() -> None:
        while not done.is_set():
            seen.add(adapters.current(data))

    reader = threading.Thread(target=read)
    reader.start()
    for turn in range(60):
        adapters.promote(data, names[turn % 2], on)
    done.set()
    reader.join()

    assert seen <= set(names)
