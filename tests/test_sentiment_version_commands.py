"""`copydesk sentiment promote`: the way forward again, for a workspace's own versions."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from bot import sentiment_version_commands as commands
from bot.__main__ import main
from model import sentiment_versions as versions
from storage import readings
from storage.database import Storage, stamp
from storage.readings import ReadingRow
from tests.desk_rows import NOON, WORKSPACE
from tests.test_sentiment_versions import publish

OTHER = "T0OTHER"


@pytest.fixture(autouse=True)
def known(storage: Storage, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two workspaces that have used the desk."""
    monkeypatch.setenv("COPYDESK_DATA", str(data))
    with storage.write() as db:
        for workspace in (WORKSPACE, OTHER):
            readings.insert(db, ReadingRow(f"r-{workspace}", workspace, "U0ANA", "C0LAUNCH", "text", stamp(NOON)))


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["sentiment", *arguments, "--workspace", WORKSPACE])
    return done.exit_code, done.output


def test_a_version_that_was_taken_back_reads_again(data: Path) -> None:
    """There was a way back and none forward."""
    for _ in range(2):
        publish(data)
    assert run("rollback") == (0, f"{commands.BACK.format(name='v0001')}\n")

    assert run("promote", "v0002") == (0, f"{commands.PROMOTED.format(name='v0002')}\n")

    assert versions.reads(data, WORKSPACE) == ("v0002", "")
    assert run("rollback") == (0, f"{commands.BACK.format(name='v0001')}\n")


def test_only_a_workspaces_own_whole_versions_are_promoted(data: Path) -> None:
    broken, others = publish(data), publish(data, OTHER)
    (versions.home(data) / broken / versions.WEIGHTS[0]).write_text("other")

    assert run("promote", others) == (1, f"Error: {versions.ELSEWHERE.format(others)}\n")
    assert run("promote", "v0009") == (1, f"Error: {versions.NO_NAME.format('v0009', broken)}\n")
    code, said = run("promote", broken)
    assert (code, "is not whole" in said) == (1, True)
    assert run("promote", versions.HOUSE) == (1, f"Error: {commands.SHIPPED}\n")
    assert versions.current(data) == others
    assert versions.reads(data, OTHER) == (others, "")


def test_beside_somebody_elses_model_a_version_would_not_read(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = publish(data, promote=False)
    monkeypatch.setenv("COPYDESK_SENTIMENT_MODEL", "someone/model")

    assert run("promote", name) == (1, f"Error: {commands.ANOTHER_READS.format(model='someone/model')}\n")
    assert versions.current(data) == versions.HOUSE


def test_more_than_a_name_behind_the_word_is_a_comment() -> None:
    told = CliRunner().invoke(main, ["sentiment", "promote", "this", "place", "--column", "x"])

    assert "--column needs --file" in told.output
    assert "Missing argument 'NAME'" in CliRunner().invoke(main, ["sentiment", "promote"]).output
