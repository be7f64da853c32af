"""Lessons: single texts that a model learns to like or not, and the file of JSON lines that holds them."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from model.generation import Message

Source = Literal["vote", "edit", "use", "house"]
"""What made a text a lesson; "house" is the house's own example, kept so that a fine-tune doesn't forget."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """One unpaired example: the chat that asks, a text that could answer, and whether it should.

    `user` is the pseudonym of the person it comes from, `at` the stamp of their newest act, and `draft` the draft's id.
    """

    prompt: tuple[Message, ...]
    completion: str
    label: bool
    user: str
    at: str
    draft: str
    format: str
    source: Source


def to_jsonl(lessons: Iterable[Lesson], path: Path) -> None:
    """Write lessons, one JSON object a line; the file is renamed in, so that it is whole or not there."""
    whole = "".join(f"{json.dumps(asdict(one), ensure_ascii=False)}\n" for one in lessons)
    begun = path.with_name(f"{path.name}.part")
    begun.write_text(whole, "utf-8")
    begun.replace(path)


def from_jsonl(path: Path) -> tuple[Lesson, ...]:
    """Read the lessons of a file, in their order. Raises ValueError with the line that is no lesson."""
    found = []
    # Not splitlines(): JSON leaves U+2028 and the like as they are, and no line of the file ends there.
    for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
        if line.strip():
            found.append(_read(line, f"{path.name}, line {number}"))
    return tuple(found)


def _read(line: str, where: str) -> Lesson:
    try:
        record = json.loads(line)
        return Lesson(**{**record, "prompt": tuple(record["prompt"])})
    except (ValueError, TypeError, KeyError) as error:
        raise ValueError(f"{where} is no lesson; write the file anew with `to_jsonl`.") from error
