"""Gives back to the system what was freed, where C's library keeps it for itself."""

import ctypes


def trim() -> bool:
    """Hand back the free pages of every arena, in a few milliseconds; whether there were any, and glibc to do it.

    https://man7.org/linux/man-pages/man3/malloc_trim.3.html
    """
    try:
        found: int = ctypes.CDLL(None).malloc_trim(0)
    except (AttributeError, OSError, TypeError):  # musl and macOS have none; Windows has no library of that name
        return False
    return bool(found)
