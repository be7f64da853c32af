"""One fine-tuning from lessons to adapter: the base, the trainer, and the checks that something was learnt."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from accelerate import PartialState
from accelerate.utils import broadcast_object_list
from safetensors import SafetensorError
from transformers import AutoModelForCausalLM, AutoTokenizer

from model.finetune import FitError, Job
from model.fitting_blocks import Plan
from model.fitting_checkpoints import Partial, done_before
from model.fitting_events import Progress
from model.fitting_rows import Material, rows
from model.fitting_share import peak_mib
from model.fitting_strength import temper
from model.fitting_trainer import Fitter
from model.fitting_watch import Watch
from model.generation import EngineError
from model.lessons import from_jsonl
from model.stacking import merge, stack
from model.weights import choose_device, name_of

FEWEST = 2
NO_LESSONS = "The lessons in {!r} can't be read: {} Run a round again."
TOO_FEW = "Only {} of {} lessons have room in {} tokens, and {} are needed; collect more votes on shorter copy."
NO_BASE = "The model in {!r} can't be loaded for fine-tuning; fetch it again or name another."
NOTHING_LEARNS = "No weight of the model is free to learn, so that nothing would change; it has no linear layers."
UNCHANGED = "The fine-tuning changed no weight, so that there is nothing to serve; its rate is {}."
NO_NUMBER = "The fine-tuning left weights that are no numbers, and nothing was saved; try a lower rate than {}."

_BAD_FOLDER = (OSError, ValueError, KeyError, SafetensorError)


def fit(job: Job, tell: Callable[..., None]) -> dict[str, object]:
    """Do a job, or go on with it, and return the figures of its end; raises FitError."""
    device = place(job.device)
    partial, state = Partial(job), PartialState(cpu=device == "cpu")
    with state.main_process_first():
        begun = partial.open() if state.is_main_process else partial.root.exists()
    if not begun:
        return done_before(job.out)
    tokenizer = opened(job.base, AutoTokenizer)
    material = read_material(job, tokenizer)
    plan = Plan(material.learnt, job)
    progress = Progress(tell, plan.work)
    watch = Watch(job, plan, partial, progress, agree=broadcast_object_list)
    began, resumed = time.monotonic(), partial.newest()
    fitter = Fitter(base_model(job, device), tokenizer, material, plan, job, partial, progress, [watch])
    require_learning(fitter.model)
    fitter.train(resume_from_checkpoint=str(resumed) if resumed else None)
    seconds = time.monotonic() - began
    require_change(fitter.model, fitter.args.learning_rate)
    figures = _figures(fitter, watch, seconds) | {
        "left_out": material.left_out,
        "peak_mib": round(peak_mib(device)),
    }
    if state.is_main_process:
        figures["strength"] = temper(_fitted(fitter), tokenizer, job.general.read_text("utf-8"))
        _save(job, fitter, partial, figures)
    state.wait_for_everyone()
    return figures


def place(device: str) -> str:
    """`cpu` or `cuda`; raises FitError when the device isn't there."""
    try:
        return choose_device("cuda" if device.startswith("cuda") else device).type
    except EngineError as error:
        raise FitError(str(error)) from error


def opened(folder: Path, kind: Any, **options: Any) -> Any:
    """What transformers reads of a model's folder; raises FitError."""
    try:
        return kind.from_pretrained(folder, local_files_only=True, **options)
    except _BAD_FOLDER as error:
        raise FitError(NO_BASE.format(str(folder))) from error


def base_model(job: Job, device: str) -> Any:
    """The base of the round, the start adapter merged; raises FitError.

    Float32 on a CPU, also on one that then multiplies in bfloat16, and bfloat16 on a GPU.
    """
    dtype = torch.float32 if device == "cpu" else torch.bfloat16
    model = opened(job.base, AutoModelForCausalLM, dtype=dtype, use_safetensors=True, attn_implementation="sdpa")
    if job.start is not None:
        try:
            merge(model, job.start)
        except _BAD_FOLDER as error:
            raise FitError(str(error)) from error
    return model


def read_material(job: Job, tokenizer: Any) -> Material:
    """The lessons of a job as tokens; raises FitError when there are too few."""
    try:
        lessons = from_jsonl(job.lessons)
    except (OSError, ValueError) as error:
        raise FitError(NO_LESSONS.format(str(job.lessons), error)) from error
    found = rows(tokenizer, lessons, longest=job.longest)
    house = [row for row in found if row.house and job.replay > 0]
    learnt = [row for row in found if not (row.house and job.replay > 0)]
    if len(learnt) < FEWEST:
        raise FitError(TOO_FEW.format(len(learnt), len(lessons), job.longest, FEWEST))
    return Material(learnt, house, len(lessons) - len(found))


def require_learning(model: Any) -> None:
    """Raise FitError when nothing can learn: training would run, look well, and do nothing."""
    if sum(one.numel() for one in model.parameters() if one.requires_grad) == 0:
        raise FitError(NOTHING_LEARNS)


def require_change(model: Any, rate: float) -> None:
    """Raise FitError when the adapter still adds nothing, or no numbers; peft begins with ups of zero."""
    ups = [one for name, one in model.named_parameters() if "lora_B" in name]
    if not all(bool(torch.isfinite(one).all()) for one in ups):
        raise FitError(NO_NUMBER.format(rate))
    if not any(bool(one.any()) for one in ups):
        raise FitError(UNCHANGED.format(rate))


def _figures(fitter: Fitter, watch: Watch, seconds: float) -> dict[str, object]:
    steps, before = fitter.state.global_step, watch.resumed_at
    losses = [one["loss"] for one in fitter.state.log_history if "loss" in one][-fitter.plan.a_lap :]
    return {
        "seconds": round(watch.spent, 2),
        "examples_per_second": round((fitter.plan.seen(steps) - fitter.plan.seen(before)) / seconds, 4),
        "loss": round(sum(losses) / len(losses), 5),
        "steps": steps,
        "epochs": round(fitter.plan.epochs(steps), 2),
        "stopped": watch.stopped,
        "rate": fitter.args.learning_rate,
        "device": "cpu" if fitter.args.use_cpu else "cuda",
    }


def _fitted(fitter: Fitter) -> Any:
    return fitter.accelerator.unwrap_model(fitter.model)


def _save(job: Job, fitter: Fitter, partial: Partial, figures: dict[str, object]) -> None:
    """Write the adapter, the start's part in it, beside where it goes, and rename it in."""
    fitted, made = partial.writing / "fitted", partial.writing / "adapter"
    # All adapters of the model are saved unless one is named.
    _fitted(fitter).save_pretrained(fitted, selected_adapters=["default"])
    try:
        stack(job.start, fitted, made, base=name_of(job.base))
    except ValueError as error:
        raise FitError(str(error)) from error
    partial.finish(made, figures)
