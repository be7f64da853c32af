"""Where the bytes of uploaded files lie: a folder of the playground's own, written piece by piece."""

import asyncio
import secrets
import shutil
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path


class Shelf:
    """A folder that is made for the first file and taken away with the playground."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._made: Path | None = None

    async def put(self, name: str, pieces: AsyncIterator[bytes], length: int) -> Path | None:
        """Write a file of exactly this many bytes and return where it lies, None when more or fewer came.

        Never more than one piece is in memory. Raises OSError when the disk takes no more.
        """
        part = self._open() / f"{name}.{secrets.token_hex(4)}"
        came = 0
        try:
            with part.open("wb") as file:
                async for piece in pieces:
                    came += len(piece)
                    if came > length:
                        return None
                    await asyncio.to_thread(file.write, piece)
            return part.replace(part.with_name(name)) if came == length else None
        finally:
            part.unlink(missing_ok=True)

    def clear(self) -> None:
        """Take the folder and all files away."""
        if self._made is not None:
            shutil.rmtree(self._made, ignore_errors=True)
            self._made = None

    def _open(self) -> Path:
        """Return the folder; what a killed playground has left in it goes first."""
        if self._made is None and self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder.mkdir(mode=0o700, parents=True)
            self._made = self._folder
        elif self._made is None:
            self._made = Path(tempfile.mkdtemp(prefix="playground-"))
        return self._made
