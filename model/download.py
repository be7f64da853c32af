"""One file from the network to the disk: resumable, checked, and whole or not there."""

import errno
import hashlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Never
from urllib.parse import urlsplit
from urllib.request import url2pathname

import httpx
from tqdm import tqdm

UNREACHABLE = (
    "{!r} can't be downloaded; check the network, and behind a proxy with its own certificates set SSL_CERT_FILE."
)
REFUSED = "{!r} can't be downloaded: the server answered {}; check the address and your package index."
BROKEN = (
    "{!r} is not the file that was expected (SHA-256 {}); it was deleted, so try again or check your package index."
)
DISK_FULL = "The disk with {!r} is full; free 1 GB and try again."
UNWRITABLE = "{!r} can't be written; check that the folder exists and belongs to you."

BLOCK = 1 << 20
TRIES = 50  # a bad line may break often; a server that never sends enough must not be asked for ever
TIMEOUT = httpx.Timeout(30.0)


class ModelError(Exception):
    """Weights can't be had; the message is a sentence for people: what, its value, what to do."""


def download(url: str, target: Path, *, sha256: str, size: int, hidden: bool = True) -> None:
    """Bring a file of a known size and hash; a part that is there already is continued, never fetched again."""
    part = target.with_name(target.name + ".part")
    with writing(target):
        if urlsplit(url).scheme == "file":
            _copy(url, part)
        else:
            client = httpx.Client(follow_redirects=True, timeout=TIMEOUT)
            with client, _bar(target.name, size, hidden) as bar:
                _fetch(client, url, part, size, bar)
        if (found := _sha256(part)) != sha256:
            part.unlink()
            raise ModelError(BROKEN.format(url, found))
        part.replace(target)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Say in a sentence why a file can't be written."""
    try:
        yield
    except OSError as error:
        sentence = DISK_FULL if error.errno in (errno.ENOSPC, errno.EDQUOT) else UNWRITABLE
        raise ModelError(sentence.format(str(path))) from error


def _copy(url: str, part: Path) -> None:
    source = Path(url2pathname(urlsplit(url).path))
    if not source.is_file():
        raise ModelError(UNREACHABLE.format(url))
    with source.open("rb") as read, part.open("wb") as write:
        while block := read.read(BLOCK):
            write.write(block)


def _fetch(client: httpx.Client, url: str, part: Path, size: int, bar: "tqdm[Never]") -> None:
    """Ask again after every break, as long as each try brings something."""
    for _ in range(TRIES):
        if (start := _length(part)) >= size:
            return
        try:
            with client.stream("GET", url, headers=_range(start)) as answer:
                _store(answer, url, part, start, size, bar)
        except httpx.TransportError as error:
            if _length(part) <= start:
                raise ModelError(UNREACHABLE.format(url)) from error
    raise ModelError(UNREACHABLE.format(url))


def _range(start: int) -> dict[str, str]:
    # Without identity a server may compress, and then a range is one of other bytes.
    return {"Accept-Encoding": "identity"} | ({"Range": f"bytes={start}-"} if start else {})


def _store(answer: httpx.Response, url: str, part: Path, start: int, size: int, bar: "tqdm[Never]") -> None:
    continued = answer.headers.get("Content-Range") == f"bytes {start}-{size - 1}/{size}"
    beyond = start and answer.status_code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE
    if answer.is_error and not beyond:
        raise ModelError(REFUSED.format(url, answer.status_code))
    if start and not (answer.status_code == httpx.codes.OK or continued):
        part.unlink()  # another file by now, or a server that can't continue: from the start, next time round
        return
    with part.open("ab" if continued else "wb") as file:
        bar.reset()
        bar.update(file.tell())
        for block in answer.iter_raw():
            file.write(block)
            bar.update(len(block))
            if file.tell() > size:
                return
    if _length(part) < size:
        raise httpx.ReadError("the answer ended early")


def _bar(name: str, size: int, hidden: bool) -> "tqdm[Never]":
    return tqdm(total=size, desc=name, unit="B", unit_scale=True, disable=hidden, file=sys.stderr)


def _length(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
