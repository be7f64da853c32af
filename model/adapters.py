"""The adapters folder: versions that are whole or refused, and the small file that says which one serves."""

import json
import logging
import re
import shutil
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from filelock import FileLock

from model.fingerprint import Base
from model.manifest import CONFIG, MANIFEST, RETIRED, UNFINISHED, WEIGHTS, AdapterError, Manifest, read_manifest, verify
from model.whole_files import lines, to_disk, write_whole

__all__ = [
    "HOUSE",
    "AdapterError",
    "Listed",
    "Manifest",
    "Serves",
    "current",
    "folder",
    "home",
    "line",
    "listed",
    "next_name",
    "promote",
    "prune",
    "publish",
    "retire",
    "rollback",
    "serving",
    "verify",
]

HOUSE = "house"
"""What serves where no version was promoted: the shipped adapter, or the bare model where none is shipped."""
KEPT = 5
"""How many versions stay beside those that serve, are on trial or may be gone back to."""
NAME = re.compile(r"v\d{4,}")

NO_NAME = "There is no adapter {!r}; there are {}."
NOWHERE = "There is nothing to go back to: {!r} serves, and nothing served before it."

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Listed:
    """A version in the folder; `problem` is the sentence why it can't serve, or empty."""

    name: str
    manifest: Manifest | None
    problem: str
    serves: bool


@dataclass(frozen=True, slots=True)
class Serves:
    """What is to write; `problem` says why it isn't what was promoted, or is empty."""

    name: str
    problem: str = ""


def home(data: Path) -> Path:
    """The adapters folder of a data folder."""
    return data / "adapters"


def folder(data: Path, name: str) -> Path:
    """Where a version is."""
    return home(data) / name


def next_name(data: Path) -> str:
    """The name of the next version; the newest one is never pruned, so that no name comes twice."""
    numbers = [int(name[1:]) for name in _names(data)]
    return f"v{max(numbers, default=0) + 1:04}"


def publish(data: Path, made: Path, manifest: Manifest) -> Path:
    """Move a fitted adapter into the folder, its manifest last, and return where; a killed publish leaves no manifest.

    Raises AdapterError when the name is taken or the files are missing.
    """
    target = folder(data, manifest.name)
    if (target / MANIFEST).exists() or not NAME.fullmatch(manifest.name):
        raise AdapterError(f"The name {manifest.name!r} is taken or none of a version; ask for the next one.")
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for name in (CONFIG, WEIGHTS):
        if not (made / name).is_file():
            raise AdapterError(UNFINISHED.format(str(made), name))
        shutil.move(made / name, target / name)
        to_disk(target / name)
    write_whole(target / MANIFEST, json.dumps(asdict(manifest), indent=1, sort_keys=True) + "\n")
    return target


def current(data: Path) -> str:
    """The name of what was promoted last: a version's, or `house`."""
    return next(iter(lines(home(data) / "current")), HOUSE)


def promote(data: Path, name: str, base: Base | None = None) -> None:
    """Let a version, or the house, serve from now on; raises AdapterError when it may not."""
    _find(data, name, base)
    with _changing(data):
        if current(data) != name:
            _switch(data, name, [one for one in line(data) if one != name])


def rollback(data: Path, base: Base | None = None, *, workspace: str = "", to: str = "") -> str:
    """Let what served a workspace before serve it again, the nearest that still may, and nothing change for others.

    Returns what serves; an empty workspace stands for all. Raises AdapterError. Nothing is done where that isn't what
    it is to go back `to`: a second click, or somebody was faster.
    """
    with _changing(data):
        now, *earlier = line(data, workspace)
        if to and [to] != earlier[:1]:
            return now
        for at, name in enumerate(earlier):
            if not _problem(data, name, base):
                _step_back(data, name, {now, *earlier[:at]}, keep_house=bool(workspace))
                return name
    raise AdapterError(NOWHERE.format(now))


def line(data: Path, workspace: str = "") -> tuple[str, ...]:
    """What may serve, the first that can be used: what was promoted, what served before it, and the house at last.

    Of a workspace only what learnt from it, and what can't be read and so was perhaps meant for it.
    """
    there = dict.fromkeys((current(data), *lines(home(data) / "previous"), HOUSE))
    return tuple(one for one in there if not workspace or one == HOUSE or _workspace(data, one) in ("", workspace))


def serving(data: Path, base: Base | None, workspace: str = "") -> Serves:
    """What is to serve in a workspace: the promoted version, or the last good one before it with the reason.

    What learnt from another workspace is passed over without a word; an empty one stands for any.
    """
    problem = ""
    for name in line(data, workspace):
        wrong = _problem(data, name, base)
        if not wrong:
            break
        problem = problem or wrong
    return Serves(name, problem)


def listed(data: Path, base: Base | None = None) -> tuple[Listed, ...]:
    """Every version in the folder, oldest first, the broken ones too; a version serves the workspace it learnt from."""
    found = []
    for name in _names(data):
        problem = _problem(data, name, base)
        try:
            manifest = read_manifest(folder(data, name))
        except AdapterError:
            manifest = None
        found.append(Listed(name, manifest, problem, name == line(data, _workspace(data, name))[0]))
    return tuple(found)


def prune(data: Path, keep: Collection[str]) -> tuple[str, ...]:
    """Delete all but the KEPT newest versions, those to `keep`, and what serves each workspace and served it before."""
    with _changing(data):
        names = _names(data)
        safe = {*keep, *names[-KEPT:], *line(data)[:2], *_serve_somebody(data)}
        gone = tuple(name for name in names if name not in safe)
        for name in gone:
            # Its manifest first: a version that is half deleted is none.
            (folder(data, name) / MANIFEST).unlink(missing_ok=True)
            shutil.rmtree(folder(data, name))
    return gone


def retire(data: Path, made: Mapping[str, int]) -> None:
    """Let versions never serve again, each given with the round that made it; their weights go, their names stay taken.

    A name alone is not enough: a round that was cut off may have had it before the one that published it.
    """
    with _changing(data):
        for name, number in made.items():
            if _round(data, name) == number:
                # Its mark first: killed in between, it is refused all the same.
                (folder(data, name) / RETIRED).touch()
                (folder(data, name) / WEIGHTS).unlink(missing_ok=True)
        may = [name for name in line(data) if not (folder(data, name) / RETIRED).exists()]
        if may != list(line(data)):
            _switch(data, may[0], may)


def _step_back(data: Path, name: str, passed: Collection[str], *, keep_house: bool) -> None:
    """Take what is passed over out of the line; the house stays where it is, for it may serve somebody else."""
    left = [one for one in line(data) if one not in passed or (keep_house and one == HOUSE)]
    if HOUSE in passed and keep_house:
        left = [name, *(one for one in left if one != name)]
    _switch(data, left[0], left[1:])


def _serve_somebody(data: Path) -> Iterator[str]:
    """The first two of each workspace in the line."""
    seen = Counter[str]()
    for name in line(data):
        whose = _workspace(data, name)
        if whose and seen[whose] < 2:
            seen[whose] += 1
            yield name


def _workspace(data: Path, name: str) -> str:
    """Whose votes a version learnt from; empty for the house, and where there is no such version."""
    try:
        return read_manifest(folder(data, name)).workspace
    except AdapterError:
        return ""


def _round(data: Path, name: str) -> int | None:
    """Which round made a version; None where there is no such version."""
    try:
        return read_manifest(folder(data, name)).round
    except AdapterError:
        return None


def _find(data: Path, name: str, base: Base | None) -> None:
    if name == HOUSE:
        return
    if name not in _names(data):
        raise AdapterError(NO_NAME.format(name, ", ".join([HOUSE, *_names(data)])))
    verify(folder(data, name), base)


def _problem(data: Path, name: str, base: Base | None) -> str:
    try:
        _find(data, name, base)
    except AdapterError as error:
        return str(error)
    return ""


def _names(data: Path) -> list[str]:
    found = home(data).iterdir() if home(data).is_dir() else iter(())
    return sorted(
        (one.name for one in found if NAME.fullmatch(one.name) and one.is_dir()), key=lambda name: int(name[1:])
    )


def _switch(data: Path, name: str, earlier: list[str]) -> None:
    """The way back is written first: killed in between, it only names what serves already."""
    write_whole(home(data) / "previous", "".join(f"{one}\n" for one in earlier))
    write_whole(home(data) / "current", f"{name}\n")
    log.info("The adapter %s serves from now on.", name)


@contextmanager
def _changing(data: Path) -> Iterator[None]:
    home(data).mkdir(parents=True, exist_ok=True)
    with FileLock(home(data) / "adapters.lock"):
        yield
