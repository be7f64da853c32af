"""A candidate is measured in a process of its own, which says how far it is and leaves whole evidence or none."""

# ruff: noqa: F811 (fixtures are asked for by name)

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from model.evidence import Job, read_job, write_job
from model.gate import Evidence
from model.lessons import to_jsonl
from model.measuring import measure
from tests import tiny_job
from tests.test_evidence import found, job, root  # noqa: F401 # two of them are fixtures


def test_a_job_survives_its_file(root: Path, tmp_path: Path) -> None:
    made = job(root, start=None, incumbent_folder=None, languages=("en",))
    write_job(made, tmp_path / "new" / "job.json")

    assert read_job(tmp_path / "new" / "job.json") == made


def run(root: Path, made: Job) -> tuple[int, list[dict[str, Any]]]:
    write_job(made, root / "job.json")
    done = subprocess.run(
        [sys.executable, "-m", "model.evidence", str(root / "job.json")], capture_output=True, text=True, check=False
    )
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]


def test_the_process_tells_how_far_it_is_and_leaves_whole_evidence(root: Path, found: Evidence, tmp_path: Path) -> None:
    code, events = run(root, job(root, out=tmp_path / "evidence.json"))

    assert code == 0
    assert [one["event"] for one in events[-1:]] == ["done"]
    assert {one["stage"] for one in events[:-1]} == {"scoring", "writing"}
    assert all({"step", "steps", "eta_seconds", "loss"} <= set(one) for one in events[:-1])
    left = Evidence.from_json((tmp_path / "evidence.json").read_text("utf-8"))
    assert replace(left, seconds=0) == replace(found, seconds=0), "one job comes to the same twice"
    assert list(tmp_path.iterdir()) == [tmp_path / "evidence.json"]


def test_the_process_says_in_a_sentence_what_it_wants(root: Path, tmp_path: Path) -> None:
    code, events = run(root, job(root, base=tmp_path / "nowhere", out=tmp_path / "evidence.json"))

    assert code == 1
    assert [one["event"] for one in events] == ["failed"]
    assert "nowhere" in events[0]["reason"]
    assert not (tmp_path / "evidence.json").exists()


def test_lessons_without_time_are_counted_as_left_out(root: Path) -> None:
    measured = measure(job(root, seconds=0.0))

    assert (len(measured.scores), measured.left_out, measured.texts, measured.asked) == (0, 12, (), 4)


def test_the_houses_own_lessons_say_nothing_of_people(root: Path, tmp_path: Path) -> None:
    held = tmp_path / "held.jsonl"
    to_jsonl([tiny_job.lesson(1), tiny_job.lesson(2, source="house"), tiny_job.lesson(3)], held)

    assert len(measure(job(root, held=held)).scores) == 2


def test_nothing_is_asked_for_in_a_language_that_the_model_does_not_write(root: Path, tmp_path: Path) -> None:
    rows = [{"format": "push", "brief": "push about bread", "language": name} for name in ("en", "de", "fr")]
    suite = tmp_path / "suite.jsonl"
    suite.write_text("\n".join(map(json.dumps, rows)), "utf-8")

    assert measure(job(root, seconds=0.0, suite=suite, languages=("en",))).asked == 1
    assert measure(job(root, seconds=0.0, suite=suite)).asked == 3
