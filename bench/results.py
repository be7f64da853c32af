"""Where figures go: a folder of JSON, Markdown tables and the machine that they were taken on."""

import argparse
import contextlib
import json
import os
import platform
import signal
import statistics
import subprocess
import sys
from collections.abc import Iterable, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
FOLDER = Path(__file__).with_name("results")
SHIPPED_ADAPTER = ROOT / "model" / "house" / "adapter"
LIBRARIES = ("torch", "transformers")


def kept_rows(kept: Path) -> list[dict[str, Any]]:
    """The rows of JSON lines that were written so far; the last line of a killed run may be torn."""
    rows = []
    # Not splitlines(): JSON leaves U+2028 and the like as they are, and no line of the file ends there.
    for line in kept.read_text("utf-8").split("\n") if kept.exists() else []:
        with contextlib.suppress(json.JSONDecodeError):
            rows.append(json.loads(line))
    return rows


def save(name: str, document: dict[str, Any], markdown: str, folder: Path = FOLDER) -> None:
    """Write NAME.json and NAME.md, and say where."""
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"machine": machine(), **document}, indent=1, ensure_ascii=False)
    (folder / f"{name}.json").write_text(text + "\n", "utf-8")
    (folder / f"{name}.md").write_text(f"{markdown.strip()}\n\nMeasured on {_sentence(machine())}.\n", "utf-8")
    say(f"written: {folder / name}.json and .md")


def table(head: Sequence[str], body: Iterable[Sequence[object]]) -> str:
    """A Markdown table.

    >>> print(table(("a", "b"), [(1, None)]))
    | a | b |
    |---|---|
    | 1 | – |
    """
    lines = [head, ["---"] * len(head), *([_cell(one) for one in row] for row in body)]
    drawn = ["| " + " | ".join(map(str, line)) + " |" for line in lines]
    drawn[1] = drawn[1].replace(" ", "")
    return "\n".join(drawn)


def median(values: Sequence[float]) -> float | None:
    """The middle value, None of nothing.

    >>> median([3.0, 1.0, 2.0]), median([])
    (2.0, None)
    """
    return statistics.median(values) if values else None


def percentile(values: Sequence[float], share: float) -> float | None:
    """The smallest value that at least that share of the values don't exceed.

    >>> percentile([5.0, 1.0, 2.0, 4.0, 3.0], 0.5), percentile([1.0, 2.0], 0.99)
    (3.0, 2.0)
    """
    ordered = sorted(values)
    at = next((at for at in range(len(ordered)) if at + 1 >= share * len(ordered)), None)
    return None if at is None else ordered[at]


def percent(part: float, whole: float) -> str:
    """A share for people.

    >>> percent(1, 3), percent(0, 0)
    ('33 %', '–')
    """
    return f"{part / whole:.0%}".replace("%", " %") if whole else "–"


def say(line: str) -> None:
    """Tell progress, on stderr."""
    print(line, file=sys.stderr, flush=True)


def add_adapter(parser: argparse.ArgumentParser) -> None:
    """Let a bench choose the adapter; the shipped one unless told otherwise, none where none is shipped."""
    shipped = SHIPPED_ADAPTER if SHIPPED_ADAPTER.is_dir() else None
    parser.add_argument("--adapter", type=Path, metavar="FOLDER", default=shipped, help="default: the shipped one")
    parser.add_argument("--no-adapter", dest="adapter", action="store_const", const=None)


def end_cleanly() -> None:
    """Let SIGTERM end a bench as Ctrl-C does, so that the processes that it has started end with it."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))


def machine() -> dict[str, Any]:
    """What the figures were taken on; ratios travel to another machine, absolute figures don't."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "commit": _commit(),
        **{name: _version(name) for name in LIBRARIES},
    }


def _sentence(about: dict[str, Any]) -> str:
    libraries = ", ".join(f"{name} {about[name]}" for name in LIBRARIES)
    return f"{about['processor']}, {about['cores']} cores, {libraries}, commit {about['commit']}"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())


def _commit() -> str:
    command = ["git", "describe", "--always", "--dirty"]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    except OSError:
        return "unknown"
    return done.stdout.strip() or "unknown"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"


def _cell(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"
    return str(value).replace("|", "\\|")
