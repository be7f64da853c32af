"""Versions of the sentiment model: whole or refused, one reads, and there is a way back."""

from pathlib import Path

import pytest

from bot.sentiment_readers import Readers
from model import sentiment_versions as versions
from model.sentiment import OpenSentiment, SentimentError
from model.sentiment_versions import Version, VersionError
from tests.desk_rows import WORKSPACE
from tests.fake_sentiment import FakeSentiment


def publish(data: Path, workspace: str = WORKSPACE, *, promote: bool = True) -> str:
    """A version with made-up weights."""
    made = data / "made"
    made.mkdir(parents=True, exist_ok=True)
    name = versions.next_name(data)
    for file in versions.WEIGHTS:
        (made / file).write_text(f"{name} {file}")
    versions.publish(data, made, Version(name, workspace, "2026-11-23", 7, versions.HOUSE, "Better."))
    if promote:
        versions.promote(data, name)
    return name


def named(readers: Readers) -> str:
    """What reads for the workspace."""
    with readers.using(WORKSPACE) as sentiment:
        return sentiment.name


def test_the_promoted_version_reads_and_rollback_goes_back_to_the_house(tmp_path: Path) -> None:
    assert versions.reads(tmp_path, WORKSPACE) == (versions.HOUSE, "")
    assert publish(tmp_path) == "v0001"
    assert publish(tmp_path) == "v0002"

    assert versions.reads(tmp_path, WORKSPACE) == ("v0002", "")
    assert versions.rollback(tmp_path, WORKSPACE) == "v0001"
    assert versions.rollback(tmp_path, WORKSPACE) == versions.HOUSE
    with pytest.raises(VersionError, match="nothing to go back to"):
        versions.rollback(tmp_path, WORKSPACE)
    assert [one.name for one in versions.listed(tmp_path)] == ["v0001", "v0002"]


def test_a_version_with_other_weights_than_were_published_does_not_read(tmp_path: Path) -> None:
    publish(tmp_path)
    publish(tmp_path)
    (versions.home(tmp_path) / "v0002" / versions.WEIGHTS[0]).write_text("other")

    name, problem = versions.reads(tmp_path, WORKSPACE)

    assert name == "v0001"
    assert "'v0002' of the sentiment model is not whole" in problem


def test_a_version_without_its_weights_is_not_published(tmp_path: Path) -> None:
    (tmp_path / "made").mkdir()

    with pytest.raises(VersionError, match=r"sentiment\.safetensors is missing"):
        versions.publish(tmp_path, tmp_path / "made", Version("v0001", WORKSPACE, "", 1, "", ""))

    assert versions.listed(tmp_path) == []


def test_what_one_workspace_said_reads_for_no_other(tmp_path: Path) -> None:
    publish(tmp_path, "T0OTHER")

    assert versions.reads(tmp_path, WORKSPACE) == (versions.HOUSE, "")
    assert versions.reads(tmp_path, "T0OTHER") == ("v0001", "")


def test_a_workspace_that_goes_back_takes_no_other_one_back(tmp_path: Path) -> None:
    publish(tmp_path)
    publish(tmp_path, "T0OTHER")
    publish(tmp_path)

    assert versions.rollback(tmp_path, WORKSPACE) == "v0001"
    assert versions.reads(tmp_path, "T0OTHER") == ("v0002", "")
    assert versions.rollback(tmp_path, "T0OTHER") == versions.HOUSE
    assert versions.reads(tmp_path, WORKSPACE) == ("v0001", "")
    with pytest.raises(VersionError, match="nothing to go back to"):
        versions.rollback(tmp_path, "T0OTHER")


def test_going_back_passes_over_a_version_that_is_not_whole(tmp_path: Path) -> None:
    for _ in range(3):
        publish(tmp_path)
    (versions.home(tmp_path) / "v0002" / versions.WEIGHTS[0]).write_text("other")
    (versions.home(tmp_path) / "v0003" / versions.MANIFEST).unlink()

    assert versions.rollback(tmp_path, WORKSPACE) == "v0001"
    assert versions.reads(tmp_path, WORKSPACE) == ("v0001", "")


def test_what_reads_for_another_workspace_is_kept_however_old(tmp_path: Path) -> None:
    for _ in range(3):
        publish(tmp_path, "T0OTHER")
    for _ in range(versions.KEPT + 2):
        publish(tmp_path)

    assert versions.reads(tmp_path, "T0OTHER") == ("v0003", "")
    assert [one.name for one in versions.listed(tmp_path) if one.workspace == "T0OTHER"] == ["v0002", "v0003"]


def test_only_the_newest_versions_are_kept(tmp_path: Path) -> None:
    for _ in range(versions.KEPT + 2):
        publish(tmp_path)

    assert [one.name for one in versions.listed(tmp_path)] == [f"v{number:04}" for number in range(3, 8)]
    assert versions.next_name(tmp_path) == "v0008"


def test_a_promoted_version_is_loaded_when_the_next_text_comes(tmp_path: Path) -> None:
    opened: list[Path | None] = []

    def open_(weights: Path | None) -> OpenSentiment:
        opened.append(weights)
        return FakeSentiment()

    readers = Readers(open_, tmp_path)
    before = named(readers)
    publish(tmp_path)
    after = named(readers)
    named(readers)

    assert (before, after) == ("counted words", "counted words · v0001")
    assert opened == [None, versions.home(tmp_path) / "v0001"]


def test_a_version_that_does_not_load_leaves_the_reading_to_the_house(tmp_path: Path) -> None:
    def open_(weights: Path | None) -> OpenSentiment:
        if weights is not None:
            raise SentimentError("No such weights.")
        return FakeSentiment()

    publish(tmp_path)

    assert named(Readers(open_, tmp_path)) == "counted words"


def test_a_version_that_a_file_is_read_with_is_closed_when_the_file_ends(tmp_path: Path) -> None:
    class Closable(FakeSentiment):
        def close(self) -> None:
            closed.append(self)

    closed: list[Closable] = []
    readers = Readers(lambda _: Closable(), tmp_path)
    publish(tmp_path)

    with readers.using(WORKSPACE) as reads_a_file:
        publish(tmp_path)
        assert named(readers) == "counted words · v0002"
        assert closed == []
        assert reads_a_file.read(["Great"])[0].feeling is not None
    assert len(closed) == 1
    publish(tmp_path)
    assert named(readers) == "counted words · v0003"
    assert len(closed) == 2
