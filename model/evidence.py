"""Measuring a candidate beside the incumbent: what is asked of it; also the program that does it."""

import json
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from model.measured import Evidence
from model.suite import GENERAL, SUITE

PATHS = ("base", "start", "incumbent_folder", "candidate_folder", "held", "out", "suite", "general")
BAD_JOB = "The job {!r} can't be read: {}. Write it with `write_job`."


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be measured; two runs of one job on one machine come to the same, but for what time allows."""

    base: Path
    """The model's folder."""
    start: Path | None
    """The adapter that the candidate's fit went on from, which is the round's base; None where it is the bare model."""
    incumbent: str
    incumbent_folder: Path | None
    """None where the bare model serves."""
    candidate: str
    candidate_folder: Path
    held: Path
    """The held-out lessons as JSON lines (model.lessons)."""
    out: Path
    """Where evidence.json goes; it is there when it is whole."""
    seed: int = 0
    seconds: float = 900.0
    """After so long nothing further is begun, and what was measured counts."""
    threads: int = 1
    device: str = "auto"
    suite: Path = SUITE
    languages: tuple[str, ...] | None = None
    """Those that the model writes: the suite's briefs in others are left out. None where that is not known."""
    general: Path = GENERAL

    @property
    def taught(self) -> bool:
        """Whether all three stand on the house's adapter, and so are asked in its short chat."""
        return self.start is not None


def write_job(job: Job, path: Path) -> None:
    """Write a job as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(asdict(job), default=str, indent=1, sort_keys=True) + "\n", "utf-8")


def read_job(path: Path) -> Job:
    """Read a job; raises ValueError with what is wrong with it."""
    try:
        found: Mapping[str, Any] = json.loads(path.read_text("utf-8"))
        known = {name: found[name] for name in found if name in {one.name for one in fields(Job)}}
        made: dict[str, Any] = {name: Path(known[name]) for name in PATHS if known.get(name) is not None}
        if known.get("languages") is not None:
            made["languages"] = tuple(known["languages"])
        return Job(**{**known, **made})
    except (OSError, ValueError, TypeError) as error:
        raise ValueError(BAD_JOB.format(str(path), error)) from error


def write(evidence: Evidence, path: Path) -> None:
    """Write evidence.json beside and rename it, so that whoever reads it reads all of it."""
    begun = path.with_name(f"{path.name}.part")
    begun.write_text(evidence.to_json() + "\n", "utf-8")
    begun.replace(path)


if __name__ == "__main__":
    from model.measuring import main

    sys.exit(main())
