"""A file on its way from Slack to the disk."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from slack_sdk import WebClient

from bot import slack_files
from bot.slack_files import FileProblem


class Handler(BaseHTTPRequestHandler):
    """Gives everybody the same table."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"comment\nGreat food\n")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def slack() -> Iterator[WebClient]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever).start()
    yield WebClient(token="xoxb-1", base_url=f"http://127.0.0.1:{server.server_port}/api/")
    server.shutdown()
    server.server_close()


def fetch(slack: WebClient, to: Path) -> None:
    file = {"name": "may.csv", "url_private_download": f"{slack.base_url}may.csv"}
    slack_files.fetch(slack, file, to, lambda: False)


def test_a_file_lies_on_the_disk(slack: WebClient, tmp_path: Path) -> None:
    fetch(slack, tmp_path / "0.csv")

    assert (tmp_path / "0.csv").read_bytes() == b"comment\nGreat food\n"


@pytest.mark.parametrize(
    ("to", "reason"), [("/dev/full", "No space left on device"), ("/proc/nowhere/0.csv", "No such file or directory")]
)
def test_a_full_disk_is_no_fault_of_slacks(slack: WebClient, to: str, reason: str) -> None:
    """It was called out of reach, asked four times, and then something had gone wrong."""
    with pytest.raises(FileProblem, match=f"may.csv can't be written to the desk's disk .{reason}"):
        fetch(slack, Path(to))
