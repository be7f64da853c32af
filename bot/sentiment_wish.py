"""What a person asks of `copydesk sentiment`, and what of it can't be done together."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import click

STDIN = "-"
NOTHING = "Give a comment, - for lines from stdin, or --file F.csv."
BOTH = "Give comments or --file, not both."
NO_FILE = "{option} needs --file."
NOT_TOGETHER = "{one} and {other} can't go together."
ITSELF = "{one} {path} would overwrite {other}, which is the same file; name another."


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person asked for."""

    texts: tuple[str, ...]
    file: Path | None
    column: str | None
    date: str | None
    group: str | None
    compare: Path | None
    aspects: str
    explain: bool
    as_json: bool
    out: Path | None
    chart: Path | None
    workspace: str | None = None

    def written(self) -> Iterator[tuple[str, Path]]:
        """The files that are written, by their options."""
        yield from ((f"--{name}", path) for name, path in (("out", self.out), ("chart", self.chart)) if path)

    def read(self) -> Iterator[tuple[str, Path]]:
        """The files that are read, by their options."""
        yield from ((f"--{name}", path) for name, path in (("file", self.file), ("compare", self.compare)) if path)


def refuse(wish: Wish) -> None:
    """Raise click's UsageError for what can't be asked."""
    if not wish.texts and wish.file is None:
        raise click.UsageError(NOTHING)
    if wish.texts and wish.file is not None:
        raise click.UsageError(BOTH)
    if wish.as_json and wish.out:
        raise click.UsageError(NOT_TOGETHER.format(one="--json", other="--out"))
    if wish.compare and wish.out:
        raise click.UsageError(NOT_TOGETHER.format(one="--compare", other="--out"))
    if wish.compare and str(wish.file) == STDIN:
        raise click.UsageError(NOT_TOGETHER.format(one=f"--file {STDIN}", other="--compare"))
    for option in ("column", "date", "group", "compare"):
        if wish.file is None and getattr(wish, option):
            raise click.UsageError(NO_FILE.format(option=f"--{option}"))
    _refuse_overwriting(wish)


def _refuse_overwriting(wish: Wish) -> None:
    """Nothing is written over what is read, or over what is written beside it."""
    written = list(wish.written())
    pairs = [*combinations(written, 2), *((one, other) for one in written for other in wish.read())]
    for (one, path), (other, taken) in pairs:
        if _is_same(path, taken):
            raise click.UsageError(ITSELF.format(one=one, path=path, other=f"{other} {taken}"))


def _is_same(one: Path, other: Path) -> bool:
    """Whether two paths lead to one file, by a link of either kind or in another spelling, too."""
    return one.resolve() == other.resolve() or (one.exists() and other.exists() and one.samefile(other))
