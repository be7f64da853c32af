"""`copydesk sentiment`: how customers feel, in a comment, in lines from stdin, or in a file with many rows."""

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, NoReturn

import click
from tqdm import tqdm

from bot import sentiment_chart, sentiment_run, sentiment_source, sentiment_terminal
from bot import sentiment_summary_words as words
from bot.command_line import RunError, errors_in_one_sentence, read_settings
from bot.sentiment_arguments import Reads
from bot.sentiment_opening import brand_aspects, opened
from bot.sentiment_rows import Row
from bot.sentiment_source import Source, SourceError, Texts
from bot.sentiment_summary import Summary
from bot.sentiment_wish import STDIN, Wish, refuse
from model import sentiment_aspects
from model.sentiment import OpenSentiment, Reading, SentimentError
from model.sentiment_guess import guess

ASPECTS = f"""What to ask about: food,service or one of the sets {", ".join(sentiment_aspects.SETS)}; or none. Left out,
it is what the default brand asks about."""
WORKSPACE = "Whose corrections and brand count; may be left out when there is one workspace."
SHOWN_ROWS = 20
NO_CHART = "There is no chart: {reason}"
UNWRITABLE = "{path} can't be written: {reason}."
KEPT = "Each row with its label is in {paths}."
CHART = "The chart is in {path}."
KEEP = "Add --out F.csv to have each row with its label."


def _path(*, exists: bool = False) -> click.Path:
    return click.Path(exists=exists, dir_okay=False, path_type=Path)


@click.command(cls=Reads, short_help="Read; the word may be left out.")
@click.argument("texts", metavar="[TEXT…]", nargs=-1)
@click.option("--file", metavar="F.csv", type=_path(), help="A CSV, TSV or TXT file; - is stdin.")
@click.option(
    "--column",
    "columns",
    metavar="NAME",
    multiple=True,
    help="The column of comments; found when left out. Once more for --compare, where it has another name.",
)
@click.option("--date", metavar="NAME", help="The column of dates, for the trend; found when left out.")
@click.option("--group", metavar="NAME", help="The column whose groups are compared; found when left out.")
@click.option("--compare", metavar="F2.csv", type=_path(), help="A second file to compare with.")
@click.option("--aspects", metavar="A,B", default="", help=ASPECTS)
@click.option("--explain", is_flag=True, help="Show the words that moved the label, with sign and weight.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.option(
    "--out", metavar="F.csv", type=_path(), help="Write every row with its label to a CSV; F-2.csv with --compare."
)
@click.option("--chart", metavar="F.png", type=_path(), help="Draw what many comments say.")
@click.option("--workspace", metavar="ID", help=WORKSPACE)
def sentiment(**options: object) -> None:
    """Say how customers feel in TEXT, in lines from stdin (-), or in the rows of a file."""
    wish = Wish(**options)  # type: ignore[arg-type]  # click has checked each by its option
    refuse(wish)
    with errors_in_one_sentence(), _sentences(), ExitStack() as stack:
        settings = read_settings()
        aspects = sentiment_aspects.parse(wish.aspects) or brand_aspects(settings, wish.workspace)
        found = sources(wish, stack)
        model, note = opened(settings, wish.workspace, stack)
        if note:
            click.echo(note, err=True)
        if not show(model, found, aspects, wish):
            raise click.exceptions.Exit(1)


def show(model: OpenSentiment, read: Sequence[Source], aspects: Sequence[str], wish: Wish) -> bool:
    """Read the sources and print what came of it; whether there was anything that could be read."""
    aspects = sentiment_aspects.asked(aspects or _guessed(model, read[0]))
    with _rows(as_json=wish.as_json) as rows:
        summaries = [_read(model, source, aspects, wish, rows, number) for number, source in enumerate(read)]
        picture = _draw(summaries, wish.chart) if wish.chart else ""
        if wish.as_json:
            rows.print_json(model, summaries)
        else:
            _print(rows.first, summaries, wish)
    if picture:
        click.echo(picture, err=True)
    return any(one.counts.read for one in summaries)


def _guessed(model: OpenSentiment, source: Source) -> tuple[str, ...]:
    """What a single comment seems to speak of; of many, people say what to ask about."""
    if not isinstance(source, Texts) or len(source.texts) > 1 or not model.answers_aspects:
        return ()
    return guess(source.texts[0][1])


@contextmanager
def _sentences() -> Iterator[None]:
    try:
        yield
    except (SourceError, SentimentError) as error:
        raise RunError(str(error)) from error


def sources(wish: Wish, stack: ExitStack) -> list[Source]:
    """What is to be read; raises SourceError."""
    if wish.file is None:
        if wish.texts == (STDIN,):
            return [sentiment_source.from_file(_from_stdin(stack), name="stdin.txt")]
        # A comment without quotation marks comes as its words.
        alone = not any(" " in text for text in wish.texts)
        return [sentiment_source.from_texts([" ".join(wish.texts)] if alone else wish.texts)]
    if str(wish.file) == STDIN:
        files = [(_from_stdin(stack), "stdin.csv")]
    else:
        paths = [file for file in (wish.file, wish.compare) if file]
        files = list(zip(paths, sentiment_source.told_apart([path.name for path in paths]), strict=True))
    return [
        sentiment_source.from_file(file, name=name, column=wish.column_of(number), date=wish.date, group=wish.group)
        for number, (file, name) in enumerate(files)
    ]


def _from_stdin(stack: ExitStack) -> Path:
    """Stdin as a file, for it is looked at before it is read; it goes when the command ends."""
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    with (folder / "stdin").open("wb") as file:
        shutil.copyfileobj(sys.stdin.buffer, file)
    return folder / "stdin"


class _Rows:
    """The rows that were read: the first few to show, and for JSON all of them, on disk until they are printed."""

    def __init__(self, spill: IO[str] | None) -> None:
        self.first: list[tuple[Row, Reading]] = []
        self.file = ""
        self._spill = spill

    def keep(self, row: Row, reading: Reading) -> None:
        if len(self.first) <= SHOWN_ROWS:
            self.first.append((row, reading))
        if self._spill:
            made = sentiment_terminal.document(row, reading)
            self._spill.write(json.dumps({**({"file": self.file} if self.file else {}), **made}) + "\n")

    def print_json(self, model: OpenSentiment, summaries: Sequence[Summary]) -> None:
        """The document, row by row: it may be larger than the memory."""
        assert self._spill is not None, "made for JSON"
        self._spill.seek(0)
        head = {"model": model.name, **({"labels": dict(model.labels)} if model.labels else {})}
        click.echo(f'{json.dumps(head, ensure_ascii=False)[:-1]},\n"rows": [', nl=False)
        for at, line in enumerate(self._spill):
            row = json.dumps(json.loads(line), ensure_ascii=False).encode("utf-8", "replace").decode()
            click.echo(f"{',' if at else ''}\n{row}", nl=False)
        rest = {"summary": sentiment_terminal.summary_document(summaries[0])}
        if len(summaries) > 1:
            rest["compared"] = sentiment_terminal.summary_document(summaries[1])
            rest["differences"] = list(words.between(summaries).sentences())  # type: ignore[assignment]
        click.echo(f"\n],\n{json.dumps(rest, ensure_ascii=False, indent=2)[2:]}")


@contextmanager
def _rows(*, as_json: bool) -> Iterator[_Rows]:
    if not as_json:
        yield _Rows(None)
        return
    with tempfile.TemporaryFile("w+", encoding="utf-8") as spill:
        yield _Rows(spill)


def _read(
    model: OpenSentiment, source: Source, aspects: Sequence[str], wish: Wish, rows: _Rows, number: int
) -> Summary:
    """Read the first source, 0, or the second, with a progress bar on a terminal."""
    is_file = wish.file is not None
    rows.file = source.name if wish.compare else ""
    with tqdm(
        total=source.total,
        desc=source.name,
        unit="B",
        unit_scale=True,
        file=sys.stderr,
        disable=None if is_file else True,
    ) as bar:
        return sentiment_run.run(
            model,
            source,
            aspects=aspects,
            out=wish.out_of(number),
            explain=wish.explain,
            progress=lambda done, _total: _advance(bar, done),
            keep=rows.keep,
        )


def _advance(bar: "tqdm[NoReturn]", done: int) -> None:
    bar.update(done - bar.n)


def _print(first: Sequence[tuple[Row, Reading]], summaries: Sequence[Summary], wish: Wish) -> None:
    colour = False if os.environ.get("NO_COLOR") else None
    rows = summaries[0].counts.total
    if rows == 1 and wish.file is None:
        click.echo(sentiment_terminal.one(first[0][1], summaries[0]), color=colour)
        return
    shown = [sentiment_terminal.row(*found) for found in first] if rows <= SHOWN_ROWS and not wish.compare else []
    parts = ["\n".join(shown)] if shown else []
    parts += [
        sentiment_terminal.together(summary) for summary in summaries if wish.file or summary.is_enough or not shown
    ]
    if len(summaries) > 1:
        parts.append(sentiment_terminal.differences(words.between(summaries)))
    if wish.out:
        parts.append(KEPT.format(paths=" and ".join(map(str, wish.outs()))))
    elif rows > SHOWN_ROWS and not wish.compare:
        parts.append(KEEP)
    click.echo("\n\n".join(parts), color=colour)


def _draw(summaries: Sequence[Summary], path: Path) -> str:
    picture = sentiment_chart.draw(summaries[0], summaries[1:])
    if picture is None:
        return NO_CHART.format(reason=words.too_few())
    try:
        path.write_bytes(picture)
    except OSError as error:
        raise RunError(UNWRITABLE.format(path=path, reason=error.strerror)) from error
    return CHART.format(path=path)
