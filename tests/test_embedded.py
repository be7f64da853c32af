"""The product as it is run: the real SmolLM2 from its package, the real processes, `kill -9` in the middle."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from model.fetch import fetch_embedded
from tests.running_bot import free_port
from tests.thread_reading import drafts, opener, shown
from tests.visitor import Visitor

ROOT = Path(__file__).parent.parent
BRIEF = "tweet for Brewline cold brew, free shipping this week"

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.fixture
def environ(embedded_data: Path, data: Path) -> dict[str, str]:
    """A data folder of the test's own, with the one model that the session has fetched."""
    fetch_embedded(embedded_data, quiet=True)
    data.mkdir()
    (data / "models").symlink_to(embedded_data / "models")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("SLACK_", "COPYDESK_"))}
    return {
        **clean,
        "COPYDESK_DATA": str(data),
        "COPYDESK_PORT": str(free_port()),
        "COPYDESK_PLAYGROUND_PORT": str(free_port()),
    }


@contextmanager
def running(environ: dict[str, str]) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-m", "bot", "run"]
    with subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None, "asked for"
        assert (
            process.stdout.readline() == f"Copydesk is open: http://127.0.0.1:{environ['COPYDESK_PLAYGROUND_PORT']}\n"
        )
        try:
            yield process
        finally:
            process.terminate()
            process.wait(60)


def test_draft_prints_three_checked_tweets_as_json(environ: dict[str, str]) -> None:
    command = [
        sys.executable,
        "-m",
        "bot",
        "draft",
        BRIEF,
        "--format",
        "tweet",
        "--variants",
        "3",
        "--seed",
        "7",
        "--json",
    ]

    answer = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True)

    assert answer.returncode == 0, answer.stderr
    document = json.loads(answer.stdout)
    assert "SmolLM2" in document["model"]
    assert len({draft["text"] for draft in document["drafts"]}) == 3
    assert all(draft["checks"] for draft in document["drafts"])


def test_a_killed_bot_finishes_the_brief_after_its_next_start_and_the_page_lives_on(environ: dict[str, str]) -> None:
    url = f"http://127.0.0.1:{environ['COPYDESK_PLAYGROUND_PORT']}"
    with running(environ) as process, Visitor(url) as ana:
        ana.type(f"/copy {BRIEF}")
        # A candidate is finished, so the opener's row is kept and the writing is under way.
        ana.wait_for(lambda page: (found := opener(page)) and "candidates" in shown(found), timeout=60)
        process.send_signal(signal.SIGKILL)
        process.wait()
        ana.wait_for(lambda page: not page.connected, timeout=60)

        with running(environ):
            ana.wait_for(lambda page: (found := opener(page)) and "in the thread" in shown(found), timeout=120)

        texts = [shown(one).split("\n")[0] for one in drafts(ana)]
        assert 3 <= len(texts) <= 4
        assert len(set(texts)) == 3
        assert len([one for one in ana.messages() if "asked for" in one["text"]]) == 1
