"""A fine-tuning runs in a process of its own, low and followed; killed, it goes on; it outlives nobody."""

import json
import os
import select
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.child import ChildFailed, ChildStopped
from bot.fitting import Fitted, Fitting, Progress, command
from model.finetune import Job, write_job
from tests.tiny_job import job

ENDLESS = 4000
"""Epochs."""


def process_of(made: Job) -> int:
    """The id of the process that works at a job, by its command line."""
    wanted = f"{made.out.name}.job.json"
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        line = path.read_bytes().decode().split("\0")
        if "model.finetune" in line and str(made.out.with_name(wanted)) in line:
            return int(path.parent.name)
    raise AssertionError("no process works at it")


@dataclass
class Run:
    """A run with what was told, and what was seen of its process at the first telling."""

    job: Job
    fitted: Fitted
    told: list[Progress]
    niceness: int
    environment: dict[str, str]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    made = job(tmp_path_factory.mktemp("run"), epochs=4)
    told: list[Progress] = []
    seen: list[tuple[int, dict[str, str]]] = []

    def on_progress(progress: Progress) -> None:
        told.append(progress)
        if len(told) == 1:
            process = process_of(made)
            lines = Path(f"/proc/{process}/environ").read_bytes().decode().split("\0")
            environment = dict(line.split("=", 1) for line in lines if line)
            seen.append((os.getpriority(os.PRIO_PROCESS, process), environment))

    fitted = Fitting(made, on_progress).run()
    return Run(made, fitted, told, *seen[0])


def weights(made: Job) -> bytes:
    return (made.out / "adapter_model.safetensors").read_bytes()


def test_it_tells_how_far_it_is_and_how_long_it_takes(run: Run) -> None:
    stages = [one.stage for one in run.told]
    training = [one for one in run.told if one.stage == "training"]

    assert stages == ["reference"] * 3 + ["training"] * 12
    assert [(one.step, one.steps) for one in training] == [(step, 12) for step in range(1, 13)]
    assert all(one.loss is not None for one in training)
    assert training[-1].eta_seconds == 0 < training[0].eta_seconds
    assert run.fitted.epochs == 4
    assert not run.fitted.stopped


def test_it_steps_back_behind_serving_and_reports_to_nobody(run: Run) -> None:
    assert run.niceness == max(15, os.getpriority(os.PRIO_PROCESS, 0))
    assert run.environment["OMP_NUM_THREADS"] == "1"
    assert run.environment["HF_HUB_OFFLINE"] == run.environment["HF_HUB_DISABLE_TELEMETRY"] == "1"


def test_it_leaves_the_adapter_and_nothing_else(run: Run) -> None:
    left = {path.name for path in run.job.out.parent.iterdir()}

    assert left == {"tiny", "start", "lessons.jsonl", "out"}


def test_killed_it_goes_on_and_ends_in_the_same_bytes(run: Run, tmp_path: Path) -> None:
    made = job(tmp_path, epochs=4, keep_seconds=0.0)
    told: list[Progress] = []

    def kill_at_half(progress: Progress) -> None:
        told.append(progress)
        if progress.stage == "training" and progress.step == 6:
            os.kill(process_of(made), signal.SIGKILL)

    with pytest.raises(ChildFailed, match="killed by the system, most likely for want of memory"):
        Fitting(made, kill_at_half).run()
    assert not made.out.exists()
    again: list[Progress] = []
    fitted = Fitting(made, again.append).run()

    assert {one.stage for one in again} == {"training"}, "the reference is kept"
    assert 1 < again[0].step <= 7
    assert fitted.epochs == 4
    assert weights(made) == weights(run.job)


def test_stopped_it_ends_at_once_and_can_go_on(tmp_path: Path) -> None:
    made = job(tmp_path, keep_seconds=0.0, epochs=ENDLESS)
    processes: list[int] = []

    def stop(progress: Progress) -> None:
        if progress.step == 3 and progress.stage == "training":
            processes.append(process_of(made))
            # From another thread, as the schedule and the bot's end do.
            thread = threading.Thread(target=fitting.stop)
            thread.start()
            thread.join()

    fitting = Fitting(made, stop)
    with pytest.raises(ChildStopped, match="The fine-tuning was stopped"):
        fitting.run()

    assert not Path(f"/proc/{processes[0]}").exists()
    assert list(made.partial.glob("kept-*"))


def test_stopped_before_it_began_it_does_not_begin(tmp_path: Path) -> None:
    fitting = Fitting(job(tmp_path))
    fitting.stop()

    with pytest.raises(ChildStopped):
        fitting.run()


def test_at_its_time_limit_it_ends_with_what_it_has(tmp_path: Path) -> None:
    made = job(tmp_path, epochs=ENDLESS, seconds=3.0)

    fitted = Fitting(made).run()

    assert fitted.stopped
    assert 0 < fitted.epochs < ENDLESS
    assert weights(made)


def test_why_it_failed_is_its_own_sentence(tmp_path: Path) -> None:
    with pytest.raises(ChildFailed, match="Only 0 of 24 lessons have room in 3 tokens"):
        Fitting(job(tmp_path, longest=3)).run()


def test_it_does_not_outlive_a_bot_that_is_killed(tmp_path: Path) -> None:
    made = job(tmp_path, epochs=ENDLESS)
    write_job(made, tmp_path / "its.json")
    program = (
        "import sys, pathlib\n"
        "from bot.fitting import Fitting\n"
        "from model.finetune import read_job\n"
        "Fitting(read_job(pathlib.Path(sys.argv[1])), lambda _: print('.', flush=True)).run()\n"
    )
    with subprocess.Popen([sys.executable, "-c", program, str(tmp_path / "its.json")], stdout=subprocess.PIPE) as bot:
        assert bot.stdout is not None
        bot.stdout.readline()
        process = os.pidfd_open(process_of(made))
        bot.kill()

    ready, _, _ = select.select([process], [], [], 30)
    os.close(process)
    assert ready, "the fine-tuning runs on"


def test_several_gpus_get_a_process_each_from_accelerates_launcher(tmp_path: Path) -> None:
    alone = command(job(tmp_path), tmp_path / "job.json")
    four = command(job(tmp_path, processes=4), tmp_path / "job.json")

    assert alone == [sys.executable, "-m", "model.finetune", str(tmp_path / "job.json"), "--tethered"]
    assert four[1:3] == ["-m", "accelerate.commands.launch"]
    assert four[four.index("--num_processes") + 1] == "4"
    assert four[-4:] == alone[-4:]


def test_its_standard_output_is_json_lines_alone(tmp_path: Path) -> None:
    made = job(tmp_path, epochs=1)
    write_job(made, tmp_path / "its.json")

    found = subprocess.run(
        [sys.executable, "-m", "model.finetune", str(tmp_path / "its.json")],
        capture_output=True,
        text=True,
        check=False,
    )

    events = [json.loads(line)["event"] for line in found.stdout.splitlines()]
    assert found.returncode == 0
    assert events == ["progress"] * 6 + ["done"]
    assert "Traceback" not in found.stderr
