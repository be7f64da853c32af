"""Which thread gets all cores: the engine's alone, because a second team would slow both; and that it gives way."""

import os
import sys
import threading
from functools import cache

import torch

NICENESS = 5  # of a thread that gives way: it still gets most of a core beside a round's process, which has 15


@cache
def cores() -> int:
    """As many threads as torch took for itself when it was first asked."""
    return torch.get_num_threads()


def take_all_cores() -> None:
    """Let what this thread computes spread over all cores.

    OpenMP keeps a team for every thread that has ever asked for one. Once there are more of them than cores, they no
    longer wait for work awake, and each of the hundreds of small products of a step begins by waking a thread up.
    """
    torch.set_num_threads(cores())
    torch.get_num_threads()  # settles it: a thread that has never asked takes over what is said later for new ones


def keep_to_one_core() -> None:
    """Let this thread, and all that haven't computed yet, do it alone; who took all cores keeps them."""
    cores()
    torch.set_num_threads(1)


def give_way() -> None:
    """Let other threads of this process go first, as far as the system knows priorities of threads.

    On Linux a niceness is a thread's own, and what it starts later inherits it: call this before `take_all_cores`.
    """
    if sys.platform == "linux":
        thread = threading.get_native_id()
        os.setpriority(os.PRIO_PROCESS, thread, max(NICENESS, os.getpriority(os.PRIO_PROCESS, thread)))
