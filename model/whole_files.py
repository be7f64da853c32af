"""Writes small files so that a reader, or a machine that loses its power, sees the old one or the new one."""

import os
from pathlib import Path


def write_whole(path: Path, text: str) -> None:
    """Write beside and rename."""
    unfinished = path.with_name(f"{path.name}.new-{os.getpid()}")
    unfinished.write_text(text, "utf-8")
    to_disk(unfinished)
    unfinished.replace(path)
    to_disk(path.parent)


def to_disk(path: Path) -> None:
    """Wait until the disk has a file, or a folder's list of files."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def lines(path: Path) -> list[str]:
    """A file's words, one a line; none where there is no file."""
    try:
        return path.read_text("utf-8").split()
    except FileNotFoundError:
        return []
