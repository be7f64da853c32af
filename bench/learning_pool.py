"""What a model writes for the simulated teams' briefs, sampled once and kept: taste and people choose from it."""

import contextlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from bench.results import kept_rows, say
from bench.witness import Witness
from model.brief import Brief
from model.engine import open_engine
from model.generation import Engine
from model.writer import Writer

SAMPLES = 15
"""As many as the writer samples for three drafts where a taste chooses on an idle desk."""
SLOTS = 18


@dataclass(frozen=True, slots=True)
class Sample:
    """One text as the model ended it; `cut` where it ran out of tokens."""

    text: str
    cut: bool


Pool = dict[str, tuple[Sample, ...]]
"""The samples by the brief's words, in the order that the model wrote them."""


def sampled(asked: Sequence[Brief], kept: Path, base: Path, adapter: Path, seed: int = 0) -> Pool:
    """Sample for the briefs that aren't in the file yet; a run that was killed goes on where it stopped."""
    pool = read(kept)
    missing = [one for one in asked if one.product not in pool]
    if not missing:
        return pool
    engine = open_engine(base, device="auto", slots=SLOTS, merged=("merged", adapter))
    kept.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.closing(engine), kept.open("a", encoding="utf-8") as lines:
        for number, brief in enumerate(missing, 1):
            pool[brief.product] = _written(engine, brief, seed)
            texts = [[one.text, one.cut] for one in pool[brief.product]]
            lines.write(json.dumps({"brief": brief.product, "texts": texts}, ensure_ascii=False) + "\n")
            lines.flush()
            say(f"{kept.name}: sampled {number} of {len(missing)} briefs")
    return pool


def _written(engine: Engine, brief: Brief, seed: int) -> tuple[Sample, ...]:
    """The first request's sequences, guarded and prompted as the writer does it."""
    witness = Witness(engine)
    writer = Writer(cast(Engine, witness), adapter="merged", taught=True)
    for _ in writer.write(replace(brief, variants=1), seed=seed, candidates=SAMPLES):
        pass
    first = witness.heard[0]
    return tuple(Sample(first.texts[at].strip(), first.finishes[at] == "length") for at in sorted(first.texts))


def read(kept: Path) -> Pool:
    """What was sampled before; the last line of a killed run may be torn."""
    rows = kept_rows(kept)
    return {row["brief"]: tuple(Sample(text, cut) for text, cut in row["texts"]) for row in rows}
