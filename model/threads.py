"""Which thread gets all cores: the engine's alone, because a second team of threads would slow both."""

from functools import cache

import torch


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
