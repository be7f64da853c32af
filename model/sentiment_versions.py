"""Versions of the sentiment model that corrections made: whole or refused, and which of them reads."""

import hashlib
import json
import logging
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from filelock import FileLock

from model.whole_files import lines, to_disk, write_whole

HOUSE = "house"
"""What reads where no version was promoted: the shipped weights."""
MANIFEST = "manifest.json"
WEIGHTS = ("sentiment.safetensors", "sentiment.json")
KEPT = 5
NAME = re.compile(r"v\d{4,}")

NOWHERE = "There is nothing to go back to: {!r} reads, and nothing read before it."
NO_NAME = "There is no version {!r} of the sentiment model; there are {}."
ELSEWHERE = "The version {!r} of the sentiment model learnt from another workspace, and reads in no other than that."
BROKEN = "The version {!r} of the sentiment model is not whole: {}. `copydesk sentiment rollback` goes back."

log = logging.getLogger(__name__)


class VersionError(Exception):
    """A version can't be used; the message is a sentence."""


@dataclass(frozen=True, slots=True)
class Version:
    """What a version was made from, and why it was let read."""

    name: str
    workspace: str
    made_at: str
    corrections: int
    before: str
    verdict: str
    digest: str = ""


def home(data: Path) -> Path:
    """The folder of versions in a data folder."""
    return data / "sentiment"


def folder(data: Path, name: str) -> Path | None:
    """Where a version's weights are; None stands for the shipped ones."""
    return None if name == HOUSE else home(data) / name


def current(data: Path) -> str:
    """The name of what was promoted last: a version's, or `house`."""
    return next(iter(lines(home(data) / "current")), HOUSE)


def reads(data: Path, workspace: str) -> tuple[str, str]:
    """What reads for a workspace: the first promoted version that is whole and learnt from it, or the house.

    The second is the sentence why that isn't what was promoted last, or is empty.
    """
    problem = ""
    for name in _line(data):
        if name == HOUSE:
            break
        # What people of one workspace said is no other's business.
        if _workspace(data, name) not in (workspace, ""):
            continue
        try:
            if verify(data, name).workspace == workspace:
                return name, problem
        except VersionError as error:
            problem = problem or str(error)
    return HOUSE, problem


def verify(data: Path, name: str) -> Version:
    """A version, when all of it is there as it was published; raises VersionError."""
    where = home(data) / name
    try:
        version = Version(**json.loads((where / MANIFEST).read_text("utf-8")))
        found = _digest(where)
    except (OSError, ValueError, TypeError) as error:
        raise VersionError(BROKEN.format(name, f"{type(error).__name__} in its files")) from error
    if found != version.digest:
        raise VersionError(BROKEN.format(name, "its weights are others than were published"))
    return version


def listed(data: Path) -> list[Version]:
    """Every whole version, oldest first."""
    found = []
    for name in _names(data):
        try:
            found.append(verify(data, name))
        except VersionError as error:
            log.warning("%s", error)
    return found


def next_name(data: Path) -> str:
    """The name of the next version; the newest is never pruned, so that no name comes twice."""
    return f"v{max((int(name[1:]) for name in _names(data)), default=0) + 1:04}"


def publish(data: Path, made: Path, version: Version) -> None:
    """Move fitted weights into the folder, the manifest last; a killed publish leaves no manifest."""
    target = home(data) / version.name
    if not NAME.fullmatch(version.name) or (target / MANIFEST).exists():
        raise VersionError(f"The name {version.name!r} is taken or none of a version; ask for the next one.")
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for name in WEIGHTS:
        if not (made / name).is_file():
            raise VersionError(BROKEN.format(version.name, f"{name} is missing"))
        shutil.move(made / name, target / name)
        to_disk(target / name)
    whole = asdict(version) | {"digest": _digest(target)}
    write_whole(target / MANIFEST, json.dumps(whole, indent=1, sort_keys=True) + "\n")


def promote(data: Path, name: str, *, workspace: str = "") -> None:
    """Let a version read from now on; raises VersionError when it isn't whole, or isn't the workspace's."""
    if name not in (known := _names(data)):
        mine = [one for one in known if not workspace or _workspace(data, one) == workspace]
        raise VersionError(NO_NAME.format(name, ", ".join(mine) or "none"))
    if verify(data, name).workspace != workspace and workspace:
        raise VersionError(ELSEWHERE.format(name))
    with _changing(data):
        if current(data) != name:
            _switch(data, name, [one for one in _line(data) if one != name])
        _prune(data)


def rollback(data: Path, workspace: str) -> str:
    """Let what read for a workspace before read there again, the nearest that is whole; returns what reads.

    The versions of other workspaces go on reading; one that doesn't say whose it is reads nowhere, and goes. Raises
    VersionError.
    """
    with _changing(data):
        line = _line(data)
        mine = [name for name in line[: line.index(HOUSE)] if _workspace(data, name) in (workspace, "")]
        if not mine:
            raise VersionError(NOWHERE.format(HOUSE))
        now = next((name for name in mine[1:] if not _problem(data, name)), HOUSE)
        gone = mine if now == HOUSE else mine[: mine.index(now)]
        newest, *earlier = [name for name in line if name not in gone]
        _switch(data, newest, earlier)
    return now


def _line(data: Path) -> tuple[str, ...]:
    return tuple(dict.fromkeys((current(data), *lines(home(data) / "previous"), HOUSE)))


def _switch(data: Path, name: str, earlier: list[str]) -> None:
    """The way back is written first: killed in between, it only names what reads already."""
    write_whole(home(data) / "previous", "".join(f"{one}\n" for one in earlier))
    if current(data) != name:
        write_whole(home(data) / "current", f"{name}\n")
        log.info("The sentiment model %s reads from now on.", name)


def _prune(data: Path) -> None:
    """Keep the newest, and of each workspace what reads there and what read before."""
    names, serving = _names(data), dict[str, list[str]]()
    for name in _line(data):
        serving.setdefault(_workspace(data, name), []).append(name)
    safe = {*names[-KEPT:], *(name for found in serving.values() for name in found[:2])}
    gone = [name for name in names if name not in safe]
    newest, *earlier = [name for name in _line(data) if name not in gone]
    if gone:
        _switch(data, newest, earlier)
    for name in gone:
        (home(data) / name / MANIFEST).unlink(missing_ok=True)
        shutil.rmtree(home(data) / name)


def _workspace(data: Path, name: str) -> str:
    """Whose corrections a version learnt, be it whole or not; empty where that can't be told."""
    try:
        return str(json.loads((home(data) / name / MANIFEST).read_text("utf-8"))["workspace"])
    except (OSError, ValueError, TypeError, KeyError):
        return ""


def _problem(data: Path, name: str) -> str:
    try:
        verify(data, name)
    except VersionError as error:
        return str(error)
    return ""


def _names(data: Path) -> list[str]:
    found = home(data).iterdir() if home(data).is_dir() else iter(())
    return sorted((one.name for one in found if NAME.fullmatch(one.name)), key=lambda name: int(name[1:]))


def _digest(where: Path) -> str:
    whole = hashlib.sha256()
    for name in WEIGHTS:
        whole.update((where / name).read_bytes())
    return whole.hexdigest()


@contextmanager
def _changing(data: Path) -> Iterator[None]:
    home(data).mkdir(parents=True, exist_ok=True)
    with FileLock(home(data) / "versions.lock"):
        yield
