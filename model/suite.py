"""The suite: briefs that every candidate writes, some of them twice with the group swapped, and plain general prose.

Five are in each of three more languages than English, for models that aren't known to write English alone: so many that
the loss of one language is more than the gate allows.
"""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from model.brief import Brief

HOUSE = Path(__file__).with_name("house")
SUITE, GENERAL = HOUSE / "suite.jsonl", HOUSE / "general.txt"
LISTS = ("must_say", "must_not_say")
GROUP = "{group}"


@dataclass(frozen=True, slots=True)
class Asked:
    """One brief of the suite; `pair` is what it shares with the one that differs in the group alone."""

    name: str
    brief: Brief
    pair: str = ""


def read(path: Path = SUITE, languages: Collection[str] | None = None) -> tuple[Asked, ...]:
    """The briefs of a file, one JSON object a line; a line with two "groups" makes two briefs.

    Left out are those in other `languages` than the model writes; None where that is not known.
    """
    lines = path.read_text("utf-8").splitlines()
    found = (one for number, line in enumerate(lines, 1) for one in _asked(f"s{number:02}", json.loads(line)))
    return tuple(one for one in found if languages is None or one.brief.language in languages)


def _asked(name: str, row: dict[str, Any]) -> Iterator[Asked]:
    text, groups = row.pop("brief"), row.pop("groups", ())
    fields: dict[str, Any] = {key: tuple(value) if key in LISTS else value for key, value in row.items()}
    if not groups:
        yield Asked(name, Brief(text, variants=1, **fields))
    for side, group in zip("ab", groups, strict=False):
        yield Asked(f"{name}{side}", Brief(text.replace(GROUP, group), variants=1, **fields), name)
