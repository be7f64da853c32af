"""What surrounds a fine-tuning: its job, its share of the machine, its checkpoints, its limits and its reasons."""

import ast
import math
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import torch

from model.finetune import FitError, choose_loss, read_job, spare_threads, write_job
from model.fitting_checkpoints import Partial
from model.fitting_events import Progress, reason
from model.fitting_room import decide, needed
from model.fitting_share import environment
from model.lessons import from_jsonl
from tests.tiny_job import job, lesson

GIB = 1 << 30


@pytest.mark.parametrize(
    ("up", "down", "loss"),
    [(80, 20, "kto"), (20, 80, "kto"), (50, 49, "apo_zero_unpaired"), (500, 19, "apo_zero_unpaired")],
)
def test_few_votes_or_few_of_a_kind_take_the_loss_without_kl(up: int, down: int, loss: str) -> None:
    assert choose_loss(up, down) == loss


def test_a_job_comes_back_from_its_file(tmp_path: Path) -> None:
    made = job(tmp_path, start=None, seconds=12.5, epochs=2)

    write_job(made, tmp_path / "job.json")

    assert read_job(tmp_path / "job.json") == made


@pytest.mark.parametrize("text", ["", "[]", '{"base": "x"}'])
def test_a_garbled_job_is_refused_in_a_sentence(tmp_path: Path, text: str) -> None:
    (tmp_path / "job.json").write_text(text, "utf-8")

    with pytest.raises(FitError, match="can't be read"):
        read_job(tmp_path / "job.json")


def test_serving_keeps_a_core() -> None:
    assert 1 <= spare_threads() < max(2, torch.get_num_threads() + 2)


@pytest.mark.parametrize(
    ("need", "free", "held", "choice", "says"),
    [
        (6, 8, 10, "fits", "runs at once"),
        (8, 8, 10, "fits", "8.0 GiB are free"),
        (12, 8, 10, "wait", "waits for the quiet hour, when serving pauses and 18.0 GiB"),
        (19, 8, 10, "never", "even with serving paused only 18.0 GiB"),
    ],
)
def test_without_room_beside_serving_it_waits(need: int, free: int, held: int, choice: str, says: str) -> None:
    room = decide(need * GIB, free=free * GIB, held=held * GIB)

    assert room.choice == choice
    assert says in room.reason


def test_memory_that_something_else_holds_is_waited_for_and_what_is_not_there_is_not() -> None:
    room = decide(12 * GIB, free=8 * GIB, held=0, total=16 * GIB)

    assert room.choice == "later"
    assert "just now only 8.0 GiB of the 16.0 GiB here are free" in room.reason
    assert decide(17 * GIB, free=8 * GIB, held=0, total=16 * GIB).choice == "never"


def test_more_and_longer_lessons_at_once_need_more_room(tmp_path: Path) -> None:
    small = job(tmp_path)
    lessons = from_jsonl(small.lessons)
    base = needed(small, lessons, device="cpu")

    assert needed(small, [lesson(0, completion="Fresh bread. " * 400)] * 8, device="cpu") > base + (1 << 20)
    assert needed(replace(small, batch=2), lessons, device="cpu") < base


def test_memory_that_ran_out_is_said_so_and_anything_else_is_not() -> None:
    with pytest.raises(RuntimeError) as on_cpu:
        torch.empty(1 << 60)
    on_gpu = torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB.")

    assert reason(on_cpu.value, device="cpu", batch=8) == (
        "The fine-tuning ran out of memory: let it run while serving is paused, or lower the job's batch (8).",
        True,
    )
    assert "out of memory on the GPU" in reason(on_gpu, device="cuda", batch=8)[0]
    said, known = reason(KeyError("secret"), device="cpu", batch=8)
    assert "internal error (KeyError)" in said
    assert "secret" not in said
    assert not known


@pytest.mark.parametrize(
    ("device", "seen", "expected"),
    [("cpu", "0,1", ""), ("auto", "", "0"), ("cuda:1", "", "1"), ("cuda:1", "2,3", "3"), ("cuda", "2,3", "2")],
)
def test_a_process_sees_its_own_gpu_alone_and_reports_to_nobody(device: str, seen: str, expected: str) -> None:
    given_ = {"CUDA_VISIBLE_DEVICES": seen} if seen else {}

    found = environment(given_, device=device, threads=3)

    assert found["CUDA_VISIBLE_DEVICES"] == expected
    assert found["HF_HUB_OFFLINE"] == found["HF_HUB_DISABLE_TELEMETRY"] == "1"
    assert found["OMP_NUM_THREADS"] == "3"


def test_several_gpus_are_left_to_the_launcher() -> None:
    assert "CUDA_VISIBLE_DEVICES" not in environment({}, device="cuda", threads=1, processes=2)


def test_the_seconds_left_follow_from_the_work_left() -> None:
    told: list[dict[str, Any]] = []
    now = iter([0.0, 10.0, 40.0])
    progress = Progress(lambda event, **values: told.append({"event": event, **values}), 100.0, lambda: next(now))

    progress.step("reference", 1, 4, 10.0)
    progress.skip(50.0)
    progress.step("training", 2, 4, 30.0, 0.5)

    assert [one["eta_seconds"] for one in told] == [90.0, 10.0]
    assert told[1] == {
        "event": "progress", "stage": "training", "step": 2, "steps": 4, "loss": 0.5, "eta_seconds": 10.0,
    }  # fmt: skip


Watched = Callable[..., Any]


@pytest.fixture
def watched(tmp_path: Path) -> Watched:
    """A watch over four steps of which two are an epoch, at an hour that the test sets."""
    from model.fitting_watch import Watch

    def make(agree: Any = lambda own: own, **changes: Any) -> Any:
        made = job(tmp_path, **changes)
        partial = Partial(made)
        partial.open()
        plan = SimpleNamespace(a_lap=2, step_work=lambda _: 1.0)
        now = SimpleNamespace(seconds=0.0)
        watch = Watch(made, plan, partial, Progress(lambda *_, **__: None, 4.0), lambda: now.seconds, agree)

        def after(step: int, seconds: float, loss: float = 0.5) -> Any:
            now.seconds = seconds
            state = SimpleNamespace(global_step=step, max_steps=4, is_world_process_zero=True)
            control = SimpleNamespace(should_save=False, should_training_stop=False)
            watch.on_step_end(None, state, control)
            watch.on_log(SimpleNamespace(learning_rate=1e-2), state, control, logs={"loss": loss})
            return control

        return SimpleNamespace(watch=watch, after=after, partial=partial)

    return make


def test_at_its_time_limit_it_stops_with_what_it_has(watched: Watched) -> None:
    found = watched(seconds=60.0)

    assert not found.after(2, 59.0).should_training_stop
    assert found.after(3, 61.0).should_training_stop
    assert found.watch.stopped


def test_several_processes_stop_and_save_by_the_clock_of_the_first(watched: Watched) -> None:
    said = list[list[float]]()

    def of_the_first(own: list[float]) -> list[float]:
        said.append(own)
        return said[0]

    first = watched(seconds=60.0, keep_seconds=30.0, agree=of_the_first)
    second = watched(seconds=60.0, keep_seconds=30.0, agree=of_the_first)

    asked = [first.after(2, 59.9), second.after(2, 60.1)]
    assert [(one.should_training_stop, one.should_save) for one in asked] == [(False, True), (False, True)]
    said.clear()
    assert [one.after(3, late).should_training_stop for one, late in ((first, 60.2), (second, 59.8))] == [True, True]


def test_a_limit_over_before_the_first_epoch_is_said_so(watched: Watched) -> None:
    with pytest.raises(FitError, match="1 minutes was over in step 1 of the 2"):
        watched(seconds=60.0).after(1, 61.0)


def test_time_that_earlier_runs_took_counts(watched: Watched, tmp_path: Path) -> None:
    found = watched(seconds=60.0)
    (found.partial.writing / "checkpoint-2").mkdir()
    found.partial.keep(2, 50.0)

    assert watched(seconds=60.0).after(3, 11.0).should_training_stop


def test_a_loss_that_is_no_number_ends_it(watched: Watched) -> None:
    with pytest.raises(FitError, match="The loss became nan in step 1 of 4"):
        watched().after(1, 1.0, loss=math.nan)


def test_a_checkpoint_is_kept_every_so_often(watched: Watched) -> None:
    found = watched(keep_seconds=30.0)

    assert not found.after(1, 29.0).should_save
    assert found.after(2, 30.0).should_save


def test_a_checkpoint_of_another_job_is_thrown_away(tmp_path: Path) -> None:
    partial = Partial(job(tmp_path))
    partial.open()
    (partial.writing / "checkpoint-2").mkdir()
    partial.keep(2, 1.0)

    same, other = Partial(job(tmp_path, threads=2)), Partial(job(tmp_path, [lesson(0), lesson(1)]))
    same.open()
    kept = same.newest()
    other.open()

    assert kept is not None
    assert kept.name == "kept-2"
    assert other.newest() is None


def test_a_folder_that_is_there_already_is_not_written_over(tmp_path: Path) -> None:
    made = job(tmp_path)
    made.out.mkdir()

    with pytest.raises(FitError, match="is there already"):
        Partial(made).open()


def test_the_bot_does_not_import_what_only_training_needs() -> None:
    found = subprocess.run(
        [sys.executable, "-c", "import sys, bot.fitting, model.finetune; print(sorted(sys.modules))"],
        capture_output=True,
        text=True,
        check=True,
    )

    modules = ast.literal_eval(found.stdout)
    assert "model.fitting_share" in modules
    assert not {"torch", "trl", "transformers", "datasets", "peft", "accelerate"} & set(modules)
