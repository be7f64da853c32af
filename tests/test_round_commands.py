"""`copydesk round`, `rounds` and `adapters`: what they print, and how they exit."""

import json
import os
import subprocess
import sys
import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from bot import round_words
from bot import rounds as round_
from bot.consent import NOT_HERE, NOT_ON
from bot.round_commands import adapters_group, rounds_command
from bot.round_parts import Parts
from model import adapters
from model.fingerprint import fingerprint
from storage import consent, rounds
from tests import published, scripted_steps
from tests.desk_rows import WORKSPACE, add_brief
from tests.scripted_steps import Scripted
from tests.team import SUNDAY, add_votes

ROOT = Path(__file__).parent.parent


@pytest.fixture
def script() -> Scripted:
    return Scripted()


@pytest.fixture
def parts(data: Path, tmp_path: Path, script: Scripted) -> Parts:
    return scripted_steps.parts(data, tmp_path / "tiny", script, [SUNDAY])


@dataclass(frozen=True)
class Answer:
    exit_code: int
    stdout: str
    stderr: str


def environment(parts: Parts, **more: str) -> dict[str, str]:
    return {"COPYDESK_DATA": str(parts.data), "COPYDESK_MODEL": str(parts.learner().base), **more}


def invoke(parts: Parts, command: click.Command, *arguments: str) -> Answer:
    result = CliRunner().invoke(command, list(arguments), env=environment(parts))
    return Answer(result.exit_code, result.stdout, result.stderr)


def invoke_round(parts: Parts, *arguments: str, **environ: str) -> Answer:
    """In a process of its own, for it sets up the log."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("SLACK_", "COPYDESK_"))}
    command = [sys.executable, "-c", "from bot.round_commands import round_command; round_command()", *arguments]
    env = {**clean, **environment(parts, **environ)}
    found = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=100)
    return Answer(found.returncode, found.stdout, found.stderr)


def document(result: Answer) -> Any:
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def run(parts: Parts, *, trial: bool = True) -> None:
    round_.run(parts, WORKSPACE, asked_by="terminal", stop=threading.Event(), trial=trial)


def test_a_dry_run_prints_the_report_in_the_agreed_shape(parts: Parts) -> None:
    add_votes(parts.storage)

    found = document(invoke_round(parts, "--dry-run", "--json"))

    assert {"examples", "adapter", "gates", "verdict", "reason"} <= set(found)
    assert (found["examples"]["up"], found["examples"]["down"], found["examples"]["edits"]) == (30, 30, 0)
    assert found["examples"]["dropped"] == []
    assert (found["adapter"], found["gates"], found["verdict"]) == (None, [], "skipped")
    assert found["reason"] == round_words.DRY


def test_a_dry_run_tells_people_what_is_missing(parts: Parts) -> None:
    add_votes(parts.storage, 8)

    result = invoke_round(parts, "--dry-run")

    assert result.exit_code == 0
    assert "4 liked (0 rewrites), 4 not" in result.stdout
    assert "Missing     8 examples so far" in result.stdout


def test_a_round_with_too_little_is_recorded_and_is_no_error(parts: Parts) -> None:
    at = datetime.now(UTC) - timedelta(days=3)
    add_votes(parts.storage, 8, since=at)

    found = document(invoke_round(parts, "--json"))

    assert (found["verdict"], found["adapter"]) == ("skipped", None)
    assert found["reason"].startswith("8 examples so far")
    assert document(invoke(parts, rounds_command, "--json"))[0] == found


@pytest.mark.parametrize(("setting", "words"), [("ask", NOT_ON), ("off", NOT_HERE)])
def test_without_consent_the_answer_is_a_sentence(parts: Parts, setting: str, words: str) -> None:
    add_votes(parts.storage, 8)
    with parts.storage.write() as db:
        consent.switch(db, WORKSPACE, on=False, user="U0ANA", at=SUNDAY)

    result = invoke_round(parts, COPYDESK_TRAINING=setting)

    assert result.exit_code == 1
    assert result.stderr == f"Error: {words}\n"
    with parts.storage.read() as db:
        assert rounds.latest(db, WORKSPACE) is None


@pytest.mark.parametrize("command", [(rounds_command,), (adapters_group, "rollback")])
def test_several_workspaces_must_be_told_apart(parts: Parts, command: tuple[click.Command, *tuple[str, ...]]) -> None:
    with parts.storage.write() as db:
        for workspace in ("T1", "T2"):
            add_brief(db, workspace, workspace=workspace)

    result = invoke(parts, *command)

    assert result.exit_code == 1
    assert "name one with --workspace" in result.stderr


def test_a_round_that_fails_exits_with_1_and_says_why(parts: Parts) -> None:
    """Here the model is none that could be loaded; the process that should fit it says so itself."""
    add_votes(parts.storage, since=datetime.now(UTC) - timedelta(days=3))

    result = invoke_round(parts, "--json")

    assert result.exit_code == 1
    found = json.loads(result.stdout)
    assert (found["verdict"], found["adapter"]) == ("failed", None)
    assert found["reason"].endswith(".")
    assert "Traceback" not in result.stderr


def test_rounds_are_listed_newest_first_with_their_verdicts_verbatim(parts: Parts, script: Scripted) -> None:
    with parts.storage.write() as db:
        add_brief(db, "only")
    assert invoke(parts, rounds_command).stdout == f"{round_words.NO_ROUNDS}\n"
    add_votes(parts.storage)
    script.better = False
    run(parts)
    run(parts)

    said = invoke(parts, rounds_command).stdout

    with parts.storage.read() as db:
        newest, oldest = rounds.recent(db, WORKSPACE, 2)
    assert said.splitlines()[0] == "Round 2: skipped · 2026-11-22 03:00 UTC"
    assert said.index(newest.reason) < said.index("Round 1: not promoted") < said.index(oldest.reason)
    assert "  G2 ✗ On 40 liked" in said


def test_adapters_are_listed_with_what_serves_what_is_tried_and_what_is_broken(parts: Parts, data: Path) -> None:
    add_votes(parts.storage)
    on = fingerprint(parts.learner().base)
    adapters.promote(data, published.publish(data, on, workspace=WORKSPACE), on)
    run(parts)
    broken = published.publish(data, on, workspace=WORKSPACE)
    (adapters.folder(data, broken) / "manifest.json").unlink()

    lines = invoke(parts, adapters_group, "list").stdout.splitlines()
    found = document(invoke(parts, adapters_group, "list", "--json"))

    assert lines[0].startswith("house")
    assert lines[1].startswith("v0001  · serves · round 1, 2026-11-22, rank 2")
    assert lines[2].startswith("v0002  · on trial · round 1")
    assert "is half-written" in lines[3]
    assert [(one["name"], one["serves"], one["on_trial"]) for one in found] == [
        ("v0001", True, False),
        ("v0002", False, True),
        ("v0003", False, False),
    ]
    assert found[2]["problem"].startswith("The adapter 'v0003' is half-written")


def test_promoting_and_going_back_are_one_command_each(parts: Parts, data: Path) -> None:
    add_votes(parts.storage, 1)
    published.publish(data, fingerprint(parts.learner().base), workspace=WORKSPACE)

    promoted = invoke(parts, adapters_group, "promote", "v0001")
    serves = adapters.current(data)
    back = invoke(parts, adapters_group, "rollback")

    assert (promoted.exit_code, promoted.stdout) == (0, "v0001 writes from the next brief on.\n")
    assert serves == "v0001"
    assert (back.exit_code, back.stdout) == (0, "house writes again, from the next brief on.\n")
    assert adapters.current(data) == "house"


def test_promoting_what_is_on_trial_ends_the_trial_at_once(parts: Parts, data: Path) -> None:
    published.publish(data, fingerprint(parts.learner().base), workspace=WORKSPACE)
    with parts.storage.write() as db:
        row = rounds.begin(db, WORKSPACE, asked_by="terminal", at=SUNDAY)
        rounds.end(db, row.id, "canary", "On trial.", at=SUNDAY, incumbent="house", adapter="v0001")

    invoke(parts, adapters_group, "promote", "v0001")

    with parts.storage.read() as db:
        assert rounds.on_trial(db, WORKSPACE) is None
        ended = rounds.get(db, row.id)
    assert ended is not None
    assert (ended.outcome, ended.trial) == ("promoted", "v0001 was promoted before its trial had ended.")


def test_what_may_not_serve_is_refused_in_one_sentence(parts: Parts, data: Path, tmp_path: Path) -> None:
    add_votes(parts.storage, 1)
    other = published.base(tmp_path / "other" / "tiny", weights=b"another!")
    published.publish(data, other, workspace=WORKSPACE)

    foreign = invoke(parts, adapters_group, "promote", "v0001")
    nothing = invoke(parts, adapters_group, "rollback")

    assert foreign.exit_code == nothing.exit_code == 1
    assert foreign.stderr.startswith("Error: The adapter 'v0001' was made for other weights of 'tiny'")
    assert nothing.stderr.startswith("Error: There is nothing to go back to")
    assert adapters.current(data) == "house"


def test_a_second_round_beside_a_running_one_says_so(parts: Parts, script: Scripted) -> None:
    add_votes(parts.storage)
    script.hold = True
    stop = threading.Event()

    def hold() -> None:
        with pytest.raises(round_.RoundCut):
            round_.run(parts, WORKSPACE, asked_by="schedule", stop=stop)

    thread = threading.Thread(target=hold)
    thread.start()
    assert script.reached.wait(10)

    result = invoke_round(parts)
    stop.set()
    thread.join(10)

    assert (result.exit_code, result.stderr) == (1, f"Error: {round_.RUNNING}\n")
