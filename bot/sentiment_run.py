"""Reads the feelings of many rows in blocks, tells how far it is, and writes the CSV back: memory stays bounded."""

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from bot.sentiment_out import CsvBack
from bot.sentiment_rows import Row
from bot.sentiment_source import Source, SourceError
from bot.sentiment_summary import Summary
from bot.sentiment_tally import Tally
from model.sentiment import Reading, Sentiment

BLOCK_ROWS, BLOCK_CHARACTERS = 4096, 4_000_000
"""Rows that are in memory at once, unless their cells are so long that fewer are."""
NO_ROWS = "{name} holds no comments."
EARLY_SECONDS = 2.0

Progress = Callable[[int, int], None]
Keep = Callable[[Row, Reading], None]


def run(
    sentiment: Sentiment,
    source: Source,
    *,
    aspects: Sequence[str] = (),
    out: Path | None = None,
    explain: bool = False,
    progress: Progress | None = None,
    keep: Keep | None = None,
    chance: random.Random | None = None,
) -> Summary:
    """Read a source (`sentiment_source.from_text`, `from_file`) and say what its rows say together.

    `progress(done, total)` is in bytes of a file, else characters; what it raises ends the run and leaves no file.
    `out` is the CSV back. `keep` gets every row in order with its reading, a skipped one too. `chance` draws the
    sample of comments that the typical ones are chosen from. Raises SourceError and whatever the model raises.
    """
    tally = Tally(sentiment, source, aspects, chance or random.Random(0))
    told = progress or (lambda _done, _total: None)
    with ExitStack() as stack:
        back = stack.enter_context(_back(out, source, tally.aspects, explain)) if out else None
        done = 0
        for block in _blocks(source):
            readings = _read(sentiment, block, aspects, explain, _part(told, done, source))
            for row, reading in zip(block, readings, strict=True):
                tally.add(row, reading)
                if back:
                    back.write(row, reading)
                if keep:
                    keep(row, reading)
            done = source.position
            told(done, source.total)
        if not tally.rows:
            raise SourceError(NO_ROWS.format(name=source.name))
    return tally.summary()


def remaining(done: int, total: int, seconds: float) -> str:
    """How long it will still take, in words; empty as long as that can't be told.

    >>> remaining(250, 1000, 30.0), remaining(990, 1000, 30.0), remaining(0, 1000, 30.0)
    ('about 2 min left', 'a few seconds left', '')
    """
    if done <= 0 or seconds < EARLY_SECONDS or done > total:
        return ""
    left = seconds * (total - done) / done
    if left < 10:
        return "a few seconds left"
    if left < 90:
        return f"about {round(left, -1):.0f} s left"
    return f"about {round(left / 60)} min left" if left < 5400 else f"about {left / 3600:.1f} h left"


def _blocks(source: Source) -> Iterator[list[Row]]:
    block: list[Row] = []
    size = 0
    for row in source.rows():
        block.append(row)
        size += sum(map(len, row.cells)) + len(row.text)
        if len(block) >= BLOCK_ROWS or size >= BLOCK_CHARACTERS:
            yield block
            block, size = [], 0
    if block:
        yield block


def _read(
    sentiment: Sentiment, block: list[Row], aspects: Sequence[str], explain: bool, told: Callable[[int, int], None]
) -> list[Reading]:
    """A reading per row; rows that say the same are read once."""
    texts = list(dict.fromkeys(row.text for row in block if not row.skipped))
    read: dict[str, Reading] = {}
    if texts:
        answers = sentiment.read(texts, aspects, explain=explain, progress=lambda count: told(count, len(texts)))
        read = dict(zip(texts, answers, strict=True))
    return [read[row.text] if not row.skipped else _skipped(row) for row in block]


def _back(out: Path, source: Source, aspects: Sequence[str], explain: bool) -> CsvBack:
    return CsvBack(out, source.columns, aspects, explain=explain, column=source.column)


def _skipped(row: Row) -> Reading:
    return Reading(row.text, "", None, (), (), row.skipped)


def _part(told: Progress, done: int, source: Source) -> Callable[[int, int], None]:
    """Progress within a block, as if its texts were of one length."""
    here = source.position
    return lambda count, texts: told(done + (here - done) * count // texts, source.total)
