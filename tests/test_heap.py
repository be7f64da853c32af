"""Memory that was freed goes back to the system."""

import platform
import resource
from pathlib import Path

import pytest

from model.heap import trim

NUMBER, SIZE = 2000, 100_000  # under what C's library takes from the system piece by piece


def resident() -> int:
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize()


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc keeps what is freed and can hand it back")
def test_what_was_freed_under_something_that_stays_goes_back() -> None:
    blocks = [bytearray(b"x" * SIZE) for _ in range(NUMBER)]
    last = bytearray(b"x" * SIZE)  # at the top of the heap, so that nothing under it goes back by itself
    blocks.clear()
    before = resident()

    assert trim()
    assert before - resident() > NUMBER * SIZE / 2
    assert len(last) == SIZE
