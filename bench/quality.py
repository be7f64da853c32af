"""How many drafts pass every hard check: one sample delivered as it is against the shipped setting, on the same briefs.

Both are read off one run: the first sequence that the model wrote for a brief is what a bot without the desk's checks
would have posted, so the two differ in nothing but what the desk does with the samples. Every draft is appended to
results/quality-drafts.jsonl; a run that was killed goes on where it stopped, unless the code has changed.
"""

import argparse
import ast
import contextlib
import hashlib
import json
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import Any, cast

from bench import briefs, plots, quality_summary, results
from bench.ideas import Likeness
from bench.witness import GUARDED, Witness
from bot.engines import HOUSE, Encoder
from model.brief import Brief
from model.checks import Check, check
from model.embedding import Vectors
from model.engine import open_engine
from model.fetch import fetch_embedded
from model.formats import FORMATS, find
from model.generation import Engine
from model.writer import Writer
from model.writing import Draft

ROOTS = ("model.writer", "model.engine", "model.fetch")
HOUSE_FILES = results.ROOT / "model" / "house"
DRAFTS = "quality-drafts.jsonl"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write for the briefs that are not written yet, then summarise all settings that this code has written."""
    options = _options(arguments)
    results.end_cleanly()
    code = fingerprint()
    setting = name_of(options)
    asked = briefs.read(options.formats, options.limit)
    kept = Path(options.out) / DRAFTS
    kept.parent.mkdir(parents=True, exist_ok=True)
    done = {} if options.fresh else {_key(row): row for row in results.kept_rows(kept) if row["code"] == code}
    left = [brief for brief in asked if (setting, brief.format, brief.product) not in done]
    results.say(f"{setting}: {len(asked)} briefs, {len(asked) - len(left)} written already")
    if left:
        with kept.open("a", encoding="utf-8") as lines:
            for row in _write(left, options):
                lines.write(json.dumps({"setting": setting, "code": code, **row}, ensure_ascii=False) + "\n")
                lines.flush()
    rows = {_key(row): row for row in results.kept_rows(kept) if row["code"] == code}
    likeness = Likeness(options.data)
    document, markdown = quality_summary.summarise(list(rows.values()), likeness.mean, likeness.measure)
    results.save("quality", document, f"{markdown}\n\n{plots.picture('quality')}", options.out)
    plots.save("quality", document, options.out)
    return 0


def name_of(options: argparse.Namespace) -> str:
    """The levers of a run in words, the key under which its drafts are kept."""
    adapter = f"adapter {options.adapter.name}" if options.adapter else "no adapter"
    guards = "guards" if options.guards and GUARDED else "no guards"
    many = f", {options.candidates} candidates" if options.candidates else ""
    return f"{adapter}, {guards}{many}, seed {options.seed}"


def fingerprint() -> str:
    """Changes when anything does that decides what is written or how it is judged."""
    house = [path for kind in ("*.jsonl", "*.txt", "*.safetensors") for path in HOUSE_FILES.rglob(kind)]
    sources = sorted([*modules(), *house, briefs.FILE])
    digest = hashlib.sha256()
    for path in sources:
        digest.update(path.relative_to(results.ROOT).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def modules() -> set[Path]:
    """What writes and what judges: the modules that the writer and its engine import, those that these do, and so on.

    The rest of the package reads comments or learns from votes: an edit there changes no draft.
    """
    found, left = set[Path](), list(ROOTS)
    while left:
        path = results.ROOT / f"{left.pop().replace('.', '/')}.py"
        if path in found or not path.is_file():
            continue
        found.add(path)
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Import):
                left += [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                left += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return found


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    assert __doc__ is not None, "this file has one"
    parser = argparse.ArgumentParser(prog="python -m bench.quality", description=__doc__.splitlines()[0])
    parser.add_argument("--limit", type=int, help="how many briefs; some of every format")
    parser.add_argument("--formats", nargs="+", default=[], choices=list(FORMATS), metavar="FORMAT")
    parser.add_argument("--seed", type=int, default=0)
    results.add_adapter(parser)
    parser.add_argument("--no-guards", dest="guards", action="store_false", help="take the guards off every request")
    parser.add_argument("--candidates", type=int, help="samples a brief, by default the writer's own number")
    parser.add_argument("--workers", type=int, default=1, help="briefs at once; their seconds overlap")
    parser.add_argument("--fresh", action="store_true", help="write again what this code has written before")
    parser.add_argument("--data", type=Path, default=Path("data"), help="the data folder that holds the models")
    parser.add_argument("--model", type=Path, metavar="FOLDER", help="another model than the embedded one")
    parser.add_argument("--out", type=Path, default=results.FOLDER)
    return parser.parse_args(arguments)


def _write(asked: Sequence[Brief], options: argparse.Namespace) -> Iterator[dict[str, Any]]:
    """Yield a row for each brief as it is written; the seed keeps its samples as many as those of an idle desk."""
    with contextlib.ExitStack() as stack:
        merged = (HOUSE, options.adapter) if options.adapter else None
        engine = open_engine(options.model or fetch_embedded(options.data), device="auto", slots=16, merged=merged)
        stack.callback(engine.close)
        encoder = Encoder(options.data)
        encoder.settle()
        pool = stack.enter_context(ThreadPoolExecutor(options.workers))
        started = time.monotonic()
        writing = [pool.submit(write_one, engine, brief, options, encoder.vectors) for brief in asked]
        try:
            for number, one in enumerate(as_completed(writing), 1):
                row = one.result()
                passed = sum(draft["ok"] for draft in row["drafts"])
                first = "passes" if row["samples"][0]["ok"] else "fails"
                seconds = time.monotonic() - started
                results.say(
                    f"{number}/{len(asked)} {seconds:.0f} s  {row['format']}: "
                    f"{passed} of {len(row['drafts'])} pass; one sample {first}"
                )
                yield row
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def write_one(
    engine: Engine, brief: Brief, options: argparse.Namespace, vectors: Vectors | None = None
) -> dict[str, Any]:
    """What the model wrote for a brief and what was delivered, each judged; `vectors` rank as they do at the desk."""
    witness = Witness(engine, guards=options.guards)
    adapter = HOUSE if options.adapter else None
    writer = Writer(cast(Engine, witness), adapter=adapter, taught=adapter is not None, vectors=vectors)
    started = time.monotonic()
    written = [
        item
        for item in writer.write(brief, seed=options.seed, candidates=options.candidates)
        if isinstance(item, Draft)
    ]
    seconds = time.monotonic() - started
    return {
        "format": brief.format,
        "brief": brief.product,
        "must_say": brief.must_say,
        "must_not_say": brief.must_not_say,
        "seconds": round(seconds, 2),
        "requests": [one.request.n for one in witness.heard],
        "drafts": [{"text": draft.text, **judged(draft.checks)} for draft in written],
        "samples": _samples(witness, brief),
    }


def judged(checks: Sequence[Check]) -> dict[str, Any]:
    """Whether a text passes and what it fails, hard and soft."""
    failed = {one.name: one.reason for one in checks if one.hard and not one.ok}
    soft = {one.name: one.reason for one in checks if not one.hard and not one.ok}
    return {"ok": not failed, "failed": failed, "soft": soft}


def _samples(witness: Witness, brief: Brief) -> list[dict[str, Any]]:
    """The first request's sequences as the model ended them, each judged by itself."""
    first, found = witness.heard[0], []
    for number, text in sorted(first.texts.items()):
        cut = first.finishes.get(number) == "length"
        checks = check(text.strip(), brief, find(brief.format), cut=cut)
        found.append({"text": text.strip(), "cut": cut, **judged(checks)})
    return found


def _key(row: dict[str, Any]) -> tuple[str, str, str]:
    return str(row["setting"]), str(row["format"]), str(row["brief"])


if __name__ == "__main__":
    sys.exit(main())
