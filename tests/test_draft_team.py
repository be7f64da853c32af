"""`copydesk draft` writes for a team as the desk does: by its taste, in its manner, on its version of the model."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bot.__main__ import main
from model import adapters
from storage import taste, votes
from storage.database import Storage
from tests import published
from tests.desk_rows import WORKSPACE, add_brief, add_draft, at
from tests.model_server import ModelServer
from tests.running_bot import TWEETS
from tests.test_cli import BRIEF

OTHER = "T1"
ASKS = "Why not try tea number {}?"
TELLS = "Tea number {} is here."

Write = Callable[..., dict[str, Any]]


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer(*TWEETS) as server:
        yield server


@pytest.fixture
def write(server: ModelServer, data: Path) -> Write:
    def write(*options: str) -> dict[str, Any]:
        environ = {"COPYDESK_DATA": str(data), "COPYDESK_MODEL": server.url}
        answer = CliRunner(env=environ).invoke(main, ["draft", BRIEF, *options, "--json"])
        assert answer.exit_code == 0, answer.output
        document: dict[str, Any] = json.loads(answer.stdout)
        return document

    return write


def vote(storage: Storage, workspace: str = WORKSPACE, count: int = 40) -> None:
    """A team votes up what asks, and down what tells."""
    with storage.write() as db:
        brief = add_brief(db, f"tea {workspace}", workspace=workspace)
        for number in range(count):
            text = (TELLS if number % 2 else ASKS).format(number)
            draft = add_draft(db, brief, number + 1, text=text)
            votes.cast(db, draft, user=f"U{number % 5}", value=-1 if number % 2 else 1, source="button", at=at(number))


def asked(server: ModelServer) -> str:
    """All that the model was shown, as one text."""
    return json.dumps(server.bodies())


def test_the_only_workspaces_taste_ranks_drafts_and_its_manner_is_shown(
    storage: Storage, server: ModelServer, write: Write
) -> None:
    vote(storage)

    document = write()

    assert document["learnt_from"] == {"votes": 40, "examples": 1}, "the others say nearly the same"
    assert any(draft["taste"] != 0.0 for draft in document["drafts"])
    assert "Why not try tea number" in asked(server)
    assert "is here." not in asked(server), "what was voted down is no example"


def test_without_taste_a_run_is_as_if_nobody_had_voted(storage: Storage, server: ModelServer, write: Write) -> None:
    before = write("--seed", "1")
    vote(storage)

    after = write("--seed", "1", "--no-taste")

    assert after["drafts"] == before["drafts"]
    assert after["learnt_from"] == {"votes": 0, "examples": 0}
    assert "tea number" not in asked(server)


def test_a_seed_below_zero_is_refused_where_people_have_voted(
    storage: Storage, server: ModelServer, data: Path
) -> None:
    vote(storage)
    environ = {"COPYDESK_DATA": str(data), "COPYDESK_MODEL": server.url}

    answer = CliRunner(env=environ).invoke(main, ["draft", BRIEF, "--seed", "-1"])

    assert answer.exit_code == 2, answer.exception
    assert "Invalid value for '--seed': -1" in answer.output


def test_what_an_admin_let_begin_anew_is_forgotten_here_too(
    storage: Storage, server: ModelServer, write: Write
) -> None:
    vote(storage)
    with storage.write() as db:
        taste.reset(db, WORKSPACE, user="U0ADMIN", at=at(100))

    assert write()["learnt_from"] == {"votes": 0, "examples": 0}
    assert "tea number" not in asked(server)


def test_of_several_workspaces_the_named_ones_taste_counts(storage: Storage, write: Write) -> None:
    vote(storage)
    vote(storage, OTHER, count=20)

    counted = [
        write(*options)["learnt_from"]["votes"] for options in ((), ("--workspace", WORKSPACE), ("--workspace", OTHER))
    ]

    assert counted == [0, 40, 20]


def test_a_version_writes_for_the_workspace_that_it_learnt_from_and_no_other(
    storage: Storage, data: Path, tmp_path: Path, server: ModelServer, write: Write
) -> None:
    on = published.base(tmp_path / "tiny")
    with storage.write() as db:
        for workspace in (WORKSPACE, OTHER):
            add_brief(db, f"tea {workspace}", workspace=workspace)
    for workspace in (WORKSPACE, OTHER):
        name = published.publish(data, on, workspace=workspace, fill=len(workspace))
        adapters.promote(data, name, on)

    written = [write(*options)["adapter"] for options in (("--workspace", WORKSPACE), ("--workspace", OTHER), ())]

    assert written == ["v0001", "v0002", None]
