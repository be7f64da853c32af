"""The house's own examples of good copy, format by format: what prompts show and every model learns from."""

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources

from model.brief import Brief
from model.formats import FORMATS
from model.shape import Format
from model.words import stems


@dataclass(frozen=True, slots=True)
class Example:
    """A brief as a marketer wrote it, and the copy it got."""

    brief: str
    copy: str


@cache
def examples(name: str) -> tuple[Example, ...]:
    """Read the examples of a format; one without a file has the one that its own entry carries."""
    form = FORMATS[name]
    file = resources.files("model").joinpath("house", f"{name}.jsonl")
    lines = file.read_text("utf-8").splitlines() if file.is_file() else []
    rows = [json.loads(line) for line in lines if line.strip()]
    found = tuple(Example(row["brief"], row["copy"]) for row in rows if row.get("format", name) == name)
    return found or (Example(form.example, form.example_copy),)


def choose(form: Format, brief: Brief, most: int, budget: int) -> tuple[Example, ...]:
    """Choose up to that many examples within so many characters; none that shares the brief's own subject.

    The choice is the same for every brief where it can be, so that engines prefill it once.
    """
    asked = set(stems(brief.product))
    chosen: list[Example] = []
    for example in sorted(examples(form.name), key=lambda one: len(one.brief) + len(one.copy)):
        size = len(example.brief) + len(example.copy)
        same = len(asked & set(stems(example.brief))) > 0.6 * len(asked)
        if len(chosen) < most and size <= budget and not same:
            chosen.append(example)
            budget -= size
    return tuple(chosen)
