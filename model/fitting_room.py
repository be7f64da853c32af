"""Whether a fine-tuning has room beside serving, and what to do where it hasn't."""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import Literal

from model.finetune import AT_ONCE, RANK, Job
from model.lessons import Lesson

Choice = Literal["fits", "wait", "later", "never"]

FITS = "The fine-tuning needs about {need} GiB and {free} GiB are free beside serving, so it runs at once."
WAIT = (
    "The fine-tuning needs about {need} GiB and only {free} GiB are free beside serving, so it waits for the quiet "
    "hour, when serving pauses and {all} GiB are free."
)
LATER = (
    "The fine-tuning needs about {need} GiB, and just now only {all} GiB of the {total} GiB here are free, even with "
    "serving paused: something else holds them. It is tried again; if that stays so, use a smaller model."
)
NEVER = (
    "The fine-tuning needs about {need} GiB, and even with serving paused only {all} GiB are free: nothing is "
    "fine-tuned here. Use a smaller model, or a device with more memory."
)

GIB = 1 << 30
STATE_BYTES = 16  # a LoRA weight, its gradient and Adam's two moments, in float32
HIDDEN_KEPT, INNER_KEPT = 10, 5  # activations that a layer keeps for each token, in widths of its two kinds
SCORED = 32768  # words of the vocabulary that are scored at once
SCORE_COPIES = 6
PROGRAM_BYTES = {"cpu": 700 << 20, "cuda": 900 << 20}  # Python, torch and TRL; on a GPU its context
MARGIN = 1.15
TOKEN_CHARACTERS = 3  # few, so that the estimate is high


@dataclass(frozen=True, slots=True)
class Room:
    """What to do, and the sentence that says why."""

    choice: Choice
    reason: str


def decide(need: int, free: int, held: int, total: int = 0) -> Room:
    """Whether what a fine-tuning needs is free, or would be if serving let go of what it holds; all in bytes.

    Of what the device has in `total`, something else may hold the rest for a while.

    >>> decide(6 << 30, free=8 << 30, held=10 << 30).choice, decide(12 << 30, free=8 << 30, held=10 << 30).choice
    ('fits', 'wait')
    """
    choice: Choice = (
        "fits" if need <= free else "wait" if need <= free + held else "later" if need <= total else "never"
    )
    said = {"fits": FITS, "wait": WAIT, "later": LATER, "never": NEVER}[choice]
    sizes = {"need": need, "free": free, "all": free + held, "total": total}
    return Room(choice, said.format(**{name: f"{size / GIB:.1f}" for name, size in sizes.items()}))


def needed(job: Job, lessons: Sequence[Lesson], *, device: Literal["cpu", "cuda"]) -> int:
    """Bytes that a job takes at its peak, estimated on the high side from the model's files and the lessons."""
    config = json.loads((job.base / "config.json").read_text("utf-8"))
    width, inner, layers = config["hidden_size"], config["intermediate_size"], config["num_hidden_layers"]
    each = 4 if device == "cpu" else 2
    weights, adapted = _sizes(job.base)
    longest = min(job.longest, max((_tokens(lesson) for lesson in lessons), default=0))
    at_once = job.at_once or AT_ONCE[device]
    a_layer = (HIDDEN_KEPT * width + INNER_KEPT * inner) * each
    # A longer lesson keeps what goes into each layer, and one layer's activations while it goes back.
    kept = max(min(longest * job.batch, at_once) * layers * a_layer, longest * (layers * width * each + a_layer))
    scores = max(at_once, longest) * min(SCORED, config["vocab_size"]) * each * SCORE_COPIES
    return int((weights * each + adapted * STATE_BYTES + kept + scores + PROGRAM_BYTES[device]) * MARGIN)


def free_bytes(device: Literal["cpu", "cuda"]) -> int:
    """What is free now: on the GPU, or of the machine's memory where Linux tells; else what there is in all."""
    if device == "cuda":
        import torch

        return int(torch.cuda.mem_get_info()[0])
    memory = Path("/proc/meminfo")
    if not memory.is_file():
        return total_bytes(device)
    line = next(line for line in memory.read_text("utf-8").splitlines() if line.startswith("MemAvailable"))
    return int(line.split()[1]) * 1024


def total_bytes(device: Literal["cpu", "cuda"]) -> int:
    """What there is in all: on the GPU, or of the machine's memory."""
    if device == "cuda":
        import torch

        return int(torch.cuda.mem_get_info()[1])
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")


def held_bytes(device: Literal["cpu", "cuda"]) -> int:
    """What this process would give back if it let go of its model on the GPU; of the machine's memory it keeps its."""
    if device == "cpu":
        return 0
    import torch

    return int(torch.cuda.memory_reserved())


def _sizes(base: Path) -> tuple[int, int]:
    """The model's weights in number, and how many a LoRA adapter over its linear layers has."""
    from safetensors import safe_open

    weights = adapted = 0
    for path in base.glob("*.safetensors"):
        with safe_open(path, "numpy") as file:
            for name in file.keys():  # noqa: SIM118 (no mapping)
                shape = file.get_slice(name).get_shape()
                weights += prod(shape)
                inside = len(shape) == 2 and "embed" not in name and "lm_head" not in name
                adapted += RANK * sum(shape) if inside else 0
    return weights, adapted


def _tokens(lesson: Lesson) -> int:
    return (sum(len(turn["content"]) for turn in lesson.prompt) + len(lesson.completion)) // TOKEN_CHARACTERS + 1
