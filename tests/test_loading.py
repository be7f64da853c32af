"""What is loaded in the background, in which order, and what that leaves behind."""

import gc
import logging
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from bot import engines, loading
from bot.sentiment_readers import Readers
from bot.settings import Settings
from model.download import ModelError
from model.packages import ENCODER
from tests import tiny_sentiment
from tests.fake_sentiment import FakeSentiment
from tests.tiny import TEXTS

SERVER = Settings(copydesk_model="http://127.0.0.1:9/v1")

PROGRAM = """
from pathlib import Path
from threading import Thread
from bot.loading import settle

def resident():
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("RssAnon"))
    return int(line.split()[1]) // 1024

kept = []

def load():
    blocks = [bytearray(100_000) for _ in range(500)]
    kept.append(bytearray(100_000))  # stands behind them, so that nothing is returned of itself

loading = Thread(target=load)
loading.start()
loading.join()
before = resident()
settle()
print(before - resident())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc, and only glibc keeps what is freed")
def test_what_loading_no_longer_needs_is_given_back() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)

    assert int(done.stdout) > 30, "of the 48 MiB that were freed"


def test_garbage_is_looked_for_again_once_all_is_loaded() -> None:
    program = "import gc, bot.loading as l; gc.disable(); l.settle(); print(gc.isenabled(), gc.get_freeze_count())"

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    enabled, frozen = done.stdout.split()
    assert enabled == "True"
    assert int(frozen) > 10_000


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack
    gc.unfreeze()


@pytest.fixture
def at_server(tmp_path: Path) -> engines.Source:
    """What a desk with a server makes its parts from; a tiny encoder is on disk."""
    return engines.find(Settings(copydesk_model=SERVER.copydesk_model, copydesk_data=tmp_path), stays=True)


def test_beside_a_server_the_encoder_is_loaded_once_the_desk_is_open(
    at_server: engines.Source, stack: ExitStack, tmp_path: Path
) -> None:
    tiny_sentiment.data(tmp_path)
    readers, is_open = Readers(lambda _: FakeSentiment(), tmp_path), threading.Event()
    assert at_server.encoder is not None

    writer = loading.load(at_server, readers, stack, is_open=is_open)
    writer.result(timeout=20)
    assert readers.after is not None
    with pytest.raises(TimeoutError):
        readers.after.result(timeout=0.5)
    assert not at_server.encoder.is_loaded
    is_open.set()
    readers.after.result(timeout=60)

    assert at_server.encoder.is_loaded
    assert not readers.is_ready, "what reads sentiment waits until somebody asks"
    assert at_server.vectors is not None
    assert len(at_server.vectors(TEXTS[:2])) == 2


def test_a_desk_that_never_opened_can_be_closed(at_server: engines.Source, tmp_path: Path) -> None:
    tiny_sentiment.data(tmp_path)

    with ExitStack() as stack:
        loading.load(at_server, Readers(lambda _: FakeSentiment(), tmp_path), stack, is_open=threading.Event())

    gc.unfreeze()


def test_an_encoder_that_could_not_be_loaded_is_not_tried_again_by_every_brief(
    at_server: engines.Source, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    encoder = at_server.encoder
    assert encoder is not None
    folder = tmp_path / "models" / ENCODER.folder
    folder.mkdir(parents=True)

    with caplog.at_level(logging.WARNING):
        encoder.settle()
    folder.rmdir()

    with pytest.raises(ModelError, match=str(folder)):
        encoder.vectors(["Come in."])
    assert not folder.exists()
    assert "until the next start" in caplog.text


def test_one_command_with_a_server_needs_no_encoder() -> None:
    assert engines.find(SERVER).encoder is None
