"""A desk whose model server goes away: briefs wait, people are told, and the drafts come when it is back."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.__main__ import main
from bot.delivery import FAILED, STOPPED, WAITS
from bot.desk import MAX_ATTEMPTS
from model.endpoint import BROKE_OFF, GONE, SILENT
from model.remote import RemoteEngine
from tests.model_server import Exchange, ModelServer, refusing
from tests.running_bot import TWEETS, RunningBot, free_port
from tests.test_cli import BRIEF, ROOT
from tests.thread_reading import drafts, opener, shown, wait_for_drafts
from tests.visitor import Visitor

COPY = f"/copy {BRIEF}"


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def url(port: int) -> str:
    return f"http://127.0.0.1:{port}/v1"


@pytest.fixture
def engine(url: str) -> Iterator[RemoteEngine]:
    engine = RemoteEngine(url, waits=(0.01,))
    yield engine
    engine.close()


@pytest.fixture
def bot(start_bot: Callable[..., RunningBot], engine: RemoteEngine) -> RunningBot:
    return start_bot(remote=engine)


def wait_for_opener(page: Visitor, words: str) -> None:
    page.wait_for(lambda one: (found := opener(one)) and words in shown(found))


def test_a_brief_waits_while_the_model_server_is_down_and_is_written_when_it_is_back(
    bot: RunningBot, ana: Visitor, port: int, url: str
) -> None:
    ana.type(COPY)
    wait_for_opener(ana, WAITS.format(fact=GONE.format(url)))
    assert bot.rows("SELECT status FROM briefs")[0]["status"] in ("queued", "writing")
    assert drafts(ana) == []

    with ModelServer(*TWEETS, port=port):
        assert len(wait_for_drafts(ana, 3)) == 3

    assert bot.rows("SELECT status, attempts FROM briefs") == [{"status": "done", "attempts": 1}]
    assert len([one for one in ana.messages() if "asked for" in one["text"]]) == 1


def test_a_brief_that_waits_can_be_stopped(bot: RunningBot, ana: Visitor, url: str) -> None:
    ana.type(COPY)
    wait_for_opener(ana, WAITS.format(fact=GONE.format(url)))
    opening = opener(ana)
    assert opening is not None

    ana.click(opening, "stop")

    wait_for_opener(ana, STOPPED.format(count="0 drafts"))
    assert bot.rows("SELECT status FROM briefs") == [{"status": "cancelled"}]


def test_a_desk_that_closes_while_a_brief_waits_resumes_it(
    start_bot: Callable[..., RunningBot], bot: RunningBot, ana: Visitor, url: str
) -> None:
    ana.type(COPY)
    wait_for_opener(ana, WAITS.format(fact=GONE.format(url)))

    bot.close()

    assert bot.rows("SELECT status, attempts FROM briefs") == [{"status": "queued", "attempts": 0}]
    start_bot(*TWEETS)
    assert len(wait_for_drafts(ana, 3)) == 3


@pytest.mark.logs_errors  # that a brief is given up is one
def test_a_brief_that_breaks_the_server_each_time_is_given_up(
    bot: RunningBot, ana: Visitor, port: int, url: str
) -> None:
    with ModelServer(port=port) as server:
        server.faults.extend([refusing(500, "boom")] * 20)

        ana.type(COPY)

        wait_for_opener(ana, WAITS.format(fact=BROKE_OFF.format(url)))
        wait_for_opener(ana, FAILED)
        assert len(server.bodies()) == MAX_ATTEMPTS
    assert bot.rows("SELECT status, attempts FROM briefs") == [{"status": "failed", "attempts": MAX_ATTEMPTS}]


def test_no_attempt_counts_while_the_server_is_busy_with_others(
    start_bot: Callable[..., RunningBot], ana: Visitor
) -> None:
    """Whatever stood in the server's queue for two minutes, five times over, was given up."""

    async def queued(exchange: Exchange) -> None:
        await exchange.until_left()

    with ModelServer(*TWEETS) as server:
        server.faults.extend([queued] * 2)
        engine = RemoteEngine(server.url, idle_seconds=0.2)
        bot = start_bot(remote=engine)

        ana.type(COPY)

        wait_for_opener(ana, WAITS.format(fact=SILENT.format(server.url)))
        assert len(wait_for_drafts(ana, 3, seconds=30)) == 3
        bot.close()
        engine.close()
    assert bot.rows("SELECT status, attempts FROM briefs") == [{"status": "done", "attempts": 1}]


@pytest.mark.logs_errors  # uvicorn logs that the answer was not completed, which is what a cut is
def test_an_article_that_breaks_off_is_written_anew_and_its_stump_removed(
    bot: RunningBot, ana: Visitor, port: int
) -> None:
    async def cut(exchange: Exchange) -> None:
        await exchange.open()
        await exchange.write(0, "An article that never ends. " * 30)

    with ModelServer("# Cold brew\n\nBrewline cold brew is poured slowly. It rests.", port=port) as server:
        server.faults.append(cut)

        ana.type("/copy blog about Brewline cold brew")

        ana.wait_for(lambda page: any("poured slowly" in shown(one) for one in drafts(page)))
    assert all("never ends" not in shown(one) for one in drafts(ana))
    assert len(bot.rows("SELECT * FROM drafts")) == 1


def test_the_terminal_writes_with_a_server_and_without_torch(data: Path) -> None:
    check = (
        "import sys; from bot.__main__ import main; main(sys.argv[1:], standalone_mode=False);"
        "sys.exit(3 if {'torch', 'transformers'} & set(sys.modules) else 0)"
    )
    with ModelServer(*TWEETS) as server:
        environ = {"COPYDESK_MODEL": server.url, "COPYDESK_API_KEY": "secret", "COPYDESK_DATA": str(data)}

        answer = subprocess.run(
            [sys.executable, "-c", check, "draft", BRIEF], cwd=ROOT, env=environ, capture_output=True, text=True
        )

        assert answer.returncode == 0, answer.stderr or "torch was imported"
        assert sum(tweet in answer.stdout for tweet in TWEETS) == 3
        assert "acme/writer-1b" in answer.stdout
        assert {one.headers["authorization"] for one in server.asked} == {"Bearer secret"}


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("http://127.0.0.1:9/v1", "The model server at http://127.0.0.1:9/v1 can't be reached; check that it runs"),
        ("http:///v1", "it must be like 'http://127.0.0.1:8000/v1'"),
    ],
)
def test_the_terminal_says_in_one_sentence_what_is_wrong_with_a_server(address: str, sentence: str) -> None:
    answer = CliRunner().invoke(main, ["draft", BRIEF], env={"COPYDESK_MODEL": address})

    assert answer.exit_code == 1
    assert sentence in answer.output
    assert len(answer.output.strip().splitlines()) == 1
