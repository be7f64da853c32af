"""The briefs that every bench writes for: varied as marketers vary, over all formats."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from model.brief import Brief
from model.formats import FORMATS

FILE = Path(__file__).with_name("briefs.jsonl")
LISTS = ("must_say", "must_not_say")


def rows() -> list[dict[str, Any]]:
    """The file's lines as they are written."""
    return [json.loads(line) for line in FILE.read_text("utf-8").splitlines()]


def read(formats: Sequence[str] = (), limit: int | None = None) -> list[Brief]:
    """The briefs of these formats, of all when none is named; a limit takes some of every format before more of one."""
    found = [_brief(row) for row in rows() if not formats or row["format"] in formats]
    places: dict[str, int] = {}
    turn = []
    for brief in found:
        places[brief.format] = places.get(brief.format, 0) + 1
        turn.append(places[brief.format])
    ordered = sorted(range(len(found)), key=lambda at: (turn[at], at))
    return [found[at] for at in sorted(ordered[:limit])]


def _brief(row: dict[str, Any]) -> Brief:
    row = {name: tuple(value) if name in LISTS else value for name, value in row.items()}
    brief = Brief(product=row.pop("brief"), **row)
    return replace(brief, variants=FORMATS[brief.format].variants)
