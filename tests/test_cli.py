"""The command line: what it prints, how it exits, and that errors are one sentence."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from filelock import FileLock

from bot import terminal
from bot.__main__ import IN_USE, main
from bot.brief import BriefError
from bot.command_line import RunError
from bot.playground.server import PlaygroundServer
from model.writer import Writer
from tests.fake_engine import FakeEngine
from tests.running_bot import TWEETS, RunningBot, free_port

ROOT = Path(__file__).parent.parent
BRIEF = "tweet for Brewline cold brew, free shipping this week"


def copydesk(*arguments: str, **environ: str) -> "subprocess.CompletedProcess[str]":
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("SLACK_", "COPYDESK_"))}
    command = [sys.executable, "-m", "bot", *arguments]
    return subprocess.run(command, cwd=ROOT, env={**clean, **environ}, capture_output=True, text=True, timeout=60)


def test_help_is_help_and_costs_no_torch() -> None:
    check = "import sys, bot.__main__; sys.exit(bool({'torch', 'transformers', 'pandas'} & set(sys.modules)))"

    assert subprocess.run([sys.executable, "-c", check], cwd=ROOT).returncode == 0
    assert CliRunner().invoke(main, ["--help"]).exit_code == 0
    assert CliRunner().invoke(main, ["draft", "--help"]).exit_code == 0


def test_the_json_of_draft_has_the_agreed_shape() -> None:
    brief = terminal.read_brief(BRIEF, format="tweet", variants=3, language=None)

    document = json.loads(terminal.to_json(terminal.write(Writer(FakeEngine(*TWEETS)), brief, seed=1, live=print)))

    assert list(document) == ["brief", "model", "adapter", "seconds", "learnt_from", "drafts"]
    assert document["brief"]["product"] == BRIEF
    assert [draft["variant"] for draft in document["drafts"]] == [1, 2, 3]
    first = document["drafts"][0]
    assert {"variant", "text", "characters", "checks", "taste"} == set(first)
    assert {"name", "ok", "reason"} <= set(first["checks"][0])
    assert first["characters"] == len(first["text"])
    assert next(check for check in first["checks"] if check["name"] == "length")["reason"] == (
        f"{first['characters']} of 280"
    )


def test_people_read_the_same_drafts_with_their_checks() -> None:
    brief = terminal.read_brief(BRIEF, format=None, variants=2, language=None)
    document = terminal.write(Writer(FakeEngine(*TWEETS)), brief, seed=1, live=print)

    text = terminal.to_text(document)

    assert all(draft["text"] in text for draft in document["drafts"])
    assert "Draft 1 · " in text
    assert "of 280" in text


def test_people_read_what_a_draft_fails_and_the_hard_ones_first() -> None:
    brief = terminal.read_brief(BRIEF, format=None, variants=1, language=None)
    engine = FakeEngine("Guaranteed 50% off Brewline cold brew this week, with free shipping. And then")
    document = terminal.write(Writer(engine), brief, seed=1, live=print)

    headline = terminal.to_text(document).splitlines()[0]

    assert "✗ facts: " in headline
    assert "△ whole: a half sentence at the end was taken off" in headline
    assert headline.index("✗") < headline.index("△")
    assert "✓" not in headline


def test_options_win_over_words() -> None:
    brief = terminal.read_brief("3 tweets for tea", format="linkedin", variants=2, language="en")

    assert (brief.format, brief.variants) == ("linkedin", 2)


def test_a_model_that_writes_english_only_says_so() -> None:
    brief = terminal.read_brief(BRIEF, format=None, variants=None, language="de")

    with pytest.raises(BriefError, match="German"):
        terminal.refuse_language(brief, frozenset({"en"}))


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["draft", "tweet"], 2, "What is it about?"),
        (["draft", "tea", "--format", "twet"], 2, "Did you mean `tweet`?"),
        (["draft", "tea", "--variants", "9"], 2, "--variants"),
        (["draft"], 2, "Missing argument"),
        (["nonsense"], 2, "No such command"),
    ],
)
def test_wrong_usage_is_exit_2_and_one_sentence(arguments: list[str], code: int, words: str) -> None:
    answer = copydesk(*arguments)

    assert answer.returncode == code
    assert words in answer.stderr
    assert answer.stdout == ""
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize(
    ("environ", "words"),
    [
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, "SLACK_APP_TOKEN"),
        ({"COPYDESK_PORT": "many"}, "COPYDESK_PORT is 'many'"),
        ({"COPYDESK_MODEL": "/no/such/folder"}, "/no/such/folder"),
    ],
)
def test_what_cannot_run_is_exit_1_and_one_sentence(environ: dict[str, str], words: str, tmp_path: Path) -> None:
    answer = copydesk("run", COPYDESK_DATA=str(tmp_path), **environ)

    assert answer.returncode == 1
    assert words in answer.stderr
    assert len(answer.stderr.strip().splitlines()) == 1
    assert answer.stdout == ""


def test_one_data_folder_has_one_desk(tmp_path: Path) -> None:
    with FileLock(tmp_path / "desk.lock"):
        answer = copydesk("run", COPYDESK_DATA=str(tmp_path), COPYDESK_PLAYGROUND_PORT=str(free_port()))

    assert answer.returncode == 1
    assert IN_USE.format(data=tmp_path) in answer.stderr


def test_a_taken_port_is_named(playground: PlaygroundServer, data: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(RunError, match="COPYDESK_PORT"):
        RunningBot(playground.url, data, copydesk_port=taken.getsockname()[1])
