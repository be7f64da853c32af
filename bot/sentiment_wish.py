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
COLUMNS = "Name a column for each file: --column once, or twice with --compare."
NO_PLACE = "--explain has no place to show the words of so many rows: add --out F.csv or --json."
NOT_A_FILE = "--out {path} is no file, and would be replaced by one; name another."
ITSELF = "{one} {path} would overwrite {other}, which is the same file; name another."


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person asked for."""

    texts: tuple[str, ...]
    file: Path | None
    columns: tuple[str, ...]
    date: str | None
    group: str | None
    compare: Path | None
    aspects: str
    explain: bool
    as_json: bool
    out: Path | None
    chart: Path | None
    workspace: str | None = None

    def column_of(self, number: int) -> str | None:
        """The column of comments of the first file, 0, or of the second; one name is that of both."""
        return next(iter(self.columns[number:] or self.columns), None)

    def out_of(self, number: int) -> Path | None:
        """Where the rows of the first file go, 0, or those of the second."""
        if self.out is None or not number:
            return self.out
        return self.out.with_name(f"{self.out.stem}-{number + 1}{self.out.suffix}")

    def outs(self) -> Iterator[Path]:
        """Where all rows go."""
        found = (self.out_of(number) for number in range(2 if self.compare else 1))
        yield from (path for path in found if path)

    def written(self) -> Iterator[tuple[str, Path]]:
        """The files that are written, by their options."""
        yield from (("--out", path) for path in self.outs())
        if self.chart:
            yield "--chart", self.chart

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
    if wish.compare and str(wish.file) == STDIN:
        raise click.UsageError(NOT_TOGETHER.format(one=f"--file {STDIN}", other="--compare"))
    named = {"column": wish.columns, "date": wish.date, "group": wish.group, "compare": wish.compare}
    if wish.file is None and (option := next((one for one, said in named.items() if said), "")):
        raise click.UsageError(NO_FILE.format(option=f"--{option}"))
    if wish.explain and wish.file and not (wish.out or wish.as_json):
        raise click.UsageError(NO_PLACE)
    if path := next((path for path in wish.outs() if path.exists() and not path.is_file()), None):
        raise click.UsageError(NOT_A_FILE.format(path=path))
    if len(wish.columns) > (2 if wish.compare else 1):
        raise click.UsageError(COLUMNS)
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
