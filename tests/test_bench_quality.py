"""The quality bench writes as the desk does, and forgets its drafts only when what writes or judges them changes."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import cast

from bench import quality, results
from model.embedding import Vector
from model.generation import Engine
from tests.fake_engine import FakeEngine
from tests.test_writer import BRIEF, GOOD


def options(*arguments: str) -> argparse.Namespace:
    return quality._options(arguments)


def test_drafts_are_ranked_with_the_encoder_as_at_the_desk() -> None:
    asked: list[Sequence[str]] = []

    def vectors(texts: Sequence[str]) -> list[Vector]:
        asked.append(texts)
        return [(1.0, 0.0) if text in (BRIEF.product, GOOD[4]) else (0.0, 1.0) for text in texts]

    row = quality.write_one(cast(Engine, FakeEngine(*GOOD)), BRIEF, options(), vectors)

    assert row["drafts"][0]["text"] == GOOD[4]
    assert BRIEF.product in asked[0]


def test_a_brief_gets_the_number_of_samples_of_an_idle_desk() -> None:
    engine = FakeEngine(*GOOD)
    engine.running, engine.queued = 16, 4

    assert options().workers == 1
    assert quality.write_one(cast(Engine, engine), BRIEF, options())["requests"] == [9]


def test_what_writes_and_judges_is_what_the_writer_and_its_engine_stand_on() -> None:
    names = {path.stem for path in quality.modules()}

    assert {"writer", "choosing", "checks", "embedding", "guarding", "formats_ads", "packing", "packages"} <= names
    assert not [name for name in names if name.startswith("sentiment")]
    assert names.isdisjoint({"gate", "fitting", "redaction"})


def test_a_draft_with_another_line_end_stays_one_row(tmp_path: Path) -> None:
    """Two of seven LinkedIn briefs were missing from the table: a line was taken to end where a draft held U+2028."""
    file = tmp_path / "drafts.jsonl"
    file.write_text('{"text": "one\u2028two"}\n{"torn', "utf-8")

    assert results.kept_rows(file) == [{"text": "one\u2028two"}]
