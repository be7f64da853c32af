"""The CSV of a result: there once, however often the rest is tried, and not promised where Slack refused it."""

import httpx

from bot import sentiment_result
from bot.playground.server import PlaygroundServer
from tests.many_comments import HOME, LINES, result
from tests.running_bot import RunningBot
from tests.thread_reading import shown
from tests.visitor import Visitor


def fail(playground: PlaygroundServer, method: str, error: str) -> None:
    fault = {"fault": "refuse", "method": method, "error": error, "times": 1}
    httpx.post(f"{playground.url}/playground/faults", json=fault).raise_for_status()


def test_a_csv_that_slack_did_not_take_is_not_promised(
    playground: PlaygroundServer, bot: RunningBot, ana: Visitor
) -> None:
    fail(playground, "files.completeUploadExternal", "storage_limit_reached")

    ana.type(f"/sentiment {LINES}")

    said = shown(result(ana))
    assert "Slack did not take the CSV with each comment's label (storage_limit_reached)" in said
    assert sentiment_result.ROWS_BACK not in said


def test_a_result_that_is_shown_at_the_second_try_has_one_csv(
    playground: PlaygroundServer, bot: RunningBot, ana: Visitor
) -> None:
    """The file was read again as a whole, and its CSV stood there once more for each try."""
    fail(playground, "chat.update", "internal_error")

    ana.type(f"/sentiment {LINES}")

    message = result(ana)
    assert sentiment_result.ROWS_BACK in shown(message)
    files = [file for one in ana.thread(HOME, message["ts"]) for file in one.get("files", [])]
    assert [file["name"] for file in files] == ["pasted-comments-sentiment.csv"]
