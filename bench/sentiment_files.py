"""How often a trend tells of changes that aren't there or misses one, and what large files cost.

A file of 200 MB is read with a word list, to see what everything beside the model costs; and one of 100,000 rows with
the model, in a process of its own, so that its memory is its own.
"""

import argparse
import multiprocessing
import random
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bench import results
from bench.results import table
from bot import sentiment_run, sentiment_source
from bot.approval import wilson
from bot.sentiment_summary import Counts
from bot.sentiment_trend import changes
from model.sentiment import Sentiment, open_sentiment
from model.sentiment_data import comments
from tests.wordlist_sentiment import WordList

SERIES = 2000
SHAPES = ((6, 5), (8, 20), (12, 10), (12, 100), (24, 20), (30, 5), (30, 50), (60, 8), (60, 100), (120, 20))
"""Buckets, and comments in each."""
STILL, SHIFTED = (0.3, 0.4), (0.45, 0.3)
CLUMP = 30
ROWS = 100_000

ABOUT = """# Trends and large files

{series:,} simulated series a line; in brackets the 95 % interval. Still: the shares of negative and positive are
{still} throughout; in clumps: each bucket's own shares are drawn around them (Dirichlet, {clump}). Found: they become
{shifted} at the middle, and one change is told within a bucket of it.

"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Simulate series and read a large file; write sentiment_files.json and sentiment_files.md."""
    options = _options(arguments)
    rows = [_rates(buckets, number, options.series) for buckets, number in SHAPES]
    results.say(f"{len(rows)} shapes, {options.series} series each")
    document: dict[str, Any] = {"rates": rows, "file": _large(options.megabytes, options.explain)}
    if options.model:
        results.say(f"{options.rows:,} rows with {options.model}")
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as alone:
            document["model"] = alone.submit(real, options.model, options.data, options.rows, options.explain).result()
    shown = [
        (row["buckets"], row["comments"], _percent(row["still"]), _percent(row["clumped"]), _percent(row["found"]))
        for row in rows
    ]
    text = ABOUT.format(series=options.series, still=STILL, clump=CLUMP, shifted=SHIFTED)
    text += table(("buckets", "comments each", "false alarms, still", "false alarms, in clumps", "found"), shown)
    text += "\n\nA file, read with a word list in place of the model, a CSV written back:\n\n"
    text += table(("", "value"), list(document["file"].items()))
    if options.model:
        text += f"\n\nRows from end to end with the model ({options.model}), two aspects each, a CSV written back:\n\n"
        text += table(("", "value"), list(document["model"].items()))
    results.save("sentiment_files", document, text, options.out)
    return 0


def _rates(buckets: int, number: int, series: int) -> dict[str, Any]:
    chance = random.Random(1000 * buckets + number)
    middle = buckets // 2
    still = clumped = found = 0
    for _ in range(series):
        still += bool(changes([_plain(chance, number, STILL) for _ in range(buckets)]))
        clumped += bool(changes([_clump(chance, number) for _ in range(buckets)]))
        told = changes([_plain(chance, number, SHIFTED if at >= middle else STILL) for at in range(buckets)])
        found += len(told) == 1 and abs(told[0] - middle) <= 1
    held = {"still": still, "clumped": clumped, "found": found}
    shares = {name: (hits / series, *wilson(hits, series)) for name, hits in held.items()}
    return {"buckets": buckets, "comments": number, **shares}


def _plain(chance: random.Random, number: int, shares: tuple[float, float]) -> Counts:
    negative, positive = shares
    labels = chance.choices(
        ("negative", "positive", "neutral"), (negative, positive, 1 - negative - positive), k=number
    )
    return Counts(labels.count("negative"), labels.count("neutral"), labels.count("positive"))


def _clump(chance: random.Random, number: int) -> Counts:
    negative, positive = STILL
    weights = [chance.gammavariate(CLUMP * share, 1) for share in (negative, positive, 1 - negative - positive)]
    return _plain(chance, number, (weights[0] / sum(weights), weights[1] / sum(weights)))


def _large(megabytes: int, explain: bool) -> dict[str, Any]:
    chance = random.Random(7)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.csv"
        rows = _write(path, megabytes * 1_000_000, chance)
        return {"MB": megabytes, "rows": rows, **_read(lambda: WordList(), path, explain)}


def real(
    model: str, data: Path, rows: int, explain: bool, load: Callable[..., Sentiment] = open_sentiment
) -> dict[str, Any]:
    """Read a table of so many rows with a model, from opening it to the CSV back; meant for a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.csv"
        path.write_text("".join(_rows(rows, random.Random(7))), "utf-8")
        size = round(path.stat().st_size / 1_000_000, 1)
        found = _read(lambda: load(model, data=data), path, explain)
        return {"MB": size, "rows": rows, **found, "rows a second": round(rows / found["seconds"], 1)}


def _read(load: Callable[[], Sentiment], path: Path, explain: bool) -> dict[str, Any]:
    before, started = _most_memory(), time.monotonic()
    summary = sentiment_run.run(
        load(),
        sentiment_source.from_file(path),
        aspects=("food", "delivery"),
        out=path.with_name("out.csv"),
        explain=explain,
        progress=_telling(),
    )
    return {
        "rows counted": summary.counts.total,
        "rows skipped": summary.counts.skipped,
        "seconds": round(time.monotonic() - started, 1),
        "memory before, MiB": before,
        "memory at its peak, MiB": _most_memory(),
    }


def _telling() -> Callable[[int, int], None]:
    """Progress, every tenth of it."""
    told = Counter[str]()

    def tell(done: int, total: int) -> None:
        if 10 * done // max(1, total) > told["tenths"]:
            told["tenths"] = 10 * done // max(1, total)
            results.say(f"{10 * told['tenths']} %")

    return tell


def _most_memory() -> int:
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def _rows(number: int, chance: random.Random) -> Iterator[str]:
    """A table of our own comments, two or three joined in each row, so that hardly any comes twice."""
    known = [" ".join(one.text.split()).replace('"', "'") for file in comments(Counter()) for one in file]
    yield "id,comment,store,created_at\n"
    for at in range(number):
        text = " ".join(chance.sample(known, chance.randrange(1, 4)))
        on = date(2026, 1, 1) + timedelta(days=chance.randrange(200))
        yield f'{at},"{text[:280]}",store {chance.randrange(6)},{on}\n'


def _write(path: Path, size: int, chance: random.Random) -> int:
    """A table of made-up comments with dates, stores, cells of a megabyte and rows that lack cells."""
    syllables = [one + other for one in "bcdfglmnprst" for other in "aeiou"]
    words = ["".join(chance.choices(syllables, k=3)) for _ in range(30_000)]
    words += ["great", "slow", "rude", "lovely", "food", "delivery", "the", "was", "and"] * 800
    rows = 0
    with path.open("w", encoding="utf-8") as file:
        file.write("id,comment,store,created_at\n")
        while file.tell() < size:
            lines = []
            for _ in range(2000):
                rows += 1
                text = " ".join(chance.choices(words, k=chance.randrange(3, 40)))
                on = date(2026, 1, 1) + timedelta(days=chance.randrange(200))
                lines.append(f'{rows},"{text}",store {chance.randrange(6)},{on}\n')
            lines.append(f'{rows},"{"x" * 1_000_000}"\n' if rows % 10_000 == 0 else f"{rows}\n")
            rows += 1
            file.writelines(lines)
    return rows


def _percent(share: tuple[float, float, float]) -> str:
    return f"{100 * share[0]:.1f} % ({100 * share[1]:.1f}–{100 * share[2]:.1f})"


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--series", type=int, default=SERIES, help="simulated series for each shape")
    parser.add_argument("--megabytes", type=int, default=200, help="how large the file is")
    parser.add_argument("--model", default="", help="also read rows with it: embedded, a folder, or a hub id")
    parser.add_argument("--rows", type=int, default=ROWS, help="that the model reads")
    parser.add_argument("--data", type=Path, default=Path("data"), help="where the encoder is kept")
    parser.add_argument("--explain", action="store_true", help="with the words that moved each label")
    parser.add_argument("--out", type=Path, default=results.FOLDER, help="the folder for the figures")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    raise SystemExit(main())
