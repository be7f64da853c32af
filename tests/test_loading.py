"""What loading leaves behind: the memory that it needed goes back to the system."""

import subprocess
import sys

import pytest

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
