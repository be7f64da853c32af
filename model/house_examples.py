"""The house's own examples of good copy, format by format: what prompts show and every model learns from."""

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import islice
from statistics import median

from model.brief import Brief
from model.checks import FULL, check
from model.formats import FORMATS
from model.shape import Format
from model.words import share, stems, words

CONSIDERED = 12
SAME = 0.5
SHORTEST = 4


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
    asked = _subject(brief.product, form)
    chosen: list[Example] = []
    for example in typical(form.name):
        size = _size(example)
        is_same = bool(asked) and len(asked & _subject(example.brief, form)) > SAME * len(asked)
        if len(chosen) < most and size <= budget and not is_same:
            chosen.append(example)
            budget -= size
    return tuple(chosen)


@cache
def typical(name: str) -> tuple[Example, ...]:
    """A format's examples of about the usual length that pass every check, each unlike those before it."""
    form, found = FORMATS[name], examples(name)
    usual = median(_size(one) for one in found)
    by_size = sorted(found, key=lambda one: abs(_size(one) - usual))
    left = list(islice((one for one in by_size if _is_model(one, form)), CONSIDERED))
    chosen: list[Example] = []
    while left:
        chosen.append(min(left, key=lambda one: max((_likeness(one, other) for other in chosen), default=0.0)))
        left.remove(chosen[-1])
    return tuple(chosen)


def _is_model(example: Example, form: Format) -> bool:
    """Whether it passes every check; its lists may be short, as a model writes them."""
    verdicts = check(example.copy, Brief(example.brief, form.name), form)
    return all(verdict.ok or verdict.name == FULL for verdict in verdicts)


def _likeness(one: Example, other: Example) -> float:
    """How alike two examples are: by their words, by how their copy opens, and by how their briefs do."""
    shared = share(one.copy, other.copy) + share(one.brief, other.brief)
    return shared + sum(words(a)[:1] == words(b)[:1] for a, b in ((one.copy, other.copy), (one.brief, other.brief)))


def _size(example: Example) -> int:
    return len(example.brief) + len(example.copy)


def _subject(text: str, form: Format) -> set[str]:
    """The longer words of a brief, without those that only name its format."""
    return {word for word in stems(text) if len(word) >= SHORTEST} - set(stems(" ".join((form.title, *form.aliases))))
