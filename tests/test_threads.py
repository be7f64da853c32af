"""Only the engine's thread computes on all cores, and it gives way to the others."""

import os
import subprocess
import sys
import threading

import pytest
import torch

from model.threads import NICENESS, give_way

ASKING = """
import threading
import torch
from model.threads import keep_to_one_core, take_all_cores

taken, go_on, wide = threading.Event(), threading.Event(), []

def engine():
    take_all_cores()
    taken.set()
    go_on.wait()
    wide.append(torch.get_num_threads())

keep_to_one_core()
one = threading.Thread(target=engine)
one.start()
taken.wait()
keep_to_one_core()
go_on.set()
one.join()
later = []
other = threading.Thread(target=lambda: later.append(torch.get_num_threads()))
other.start()
other.join()
print(*wide, torch.get_num_threads(), *later)
"""


@pytest.mark.skipif(torch.get_num_threads() < 2, reason="there is one core")
def test_who_took_all_cores_keeps_them_and_everybody_else_has_one() -> None:
    found = subprocess.run(
        [sys.executable, "-c", ASKING], env=os.environ | {"OMP_NUM_THREADS": "2"}, capture_output=True, text=True
    )

    assert found.stdout.split() == ["2", "1", "1"], found.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has priorities of threads")
def test_who_gives_way_does_it_with_what_it_starts_and_nobody_else() -> None:
    before, found = os.getpriority(os.PRIO_PROCESS, 0), []

    def inherits() -> None:
        found.append(os.getpriority(os.PRIO_PROCESS, 0))

    def engine() -> None:
        give_way()
        team = threading.Thread(target=inherits)
        team.start()
        team.join()

    thread = threading.Thread(target=engine)
    thread.start()
    thread.join()

    assert found == [max(before, NICENESS)]
    assert os.getpriority(os.PRIO_PROCESS, 0) == before
