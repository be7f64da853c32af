"""Whether a round has room beside what serves: on the GPU where it works there, else in the machine's memory."""

import logging
from collections.abc import Sequence
from typing import Literal

from model.finetune import Job
from model.fitting_room import Room, decide, free_bytes, held_bytes, needed, total_bytes
from model.lessons import Lesson

FEWER = "COPYDESK_GPUS is %d, and there are %d GPUs; the round works on those."
UNKNOWN = "How much a fine-tuning needs is not known, for the model's config has no {}; it is tried."

Device = Literal["cpu", "cuda"]

log = logging.getLogger(__name__)


def in_the_desk(job: Job, lessons: Sequence[Lesson]) -> Room:
    """In the process that serves, which can let go of the model that it holds."""
    device = device_of(job)
    return _decide(job, lessons, device, held_bytes(device))


def beside_the_desk(job: Job, lessons: Sequence[Lesson]) -> Room:
    """In another process: what is held on the GPU is taken to be the desk's, which can let go of it."""
    device = device_of(job)
    return _decide(job, lessons, device, _held_by_others(device))


def gpus(wanted: int, device: str) -> int:
    """On how many GPUs a round works: as many as are wanted, where there are so many."""
    if wanted == 1 or device == "cpu":
        return 1
    import torch

    found = torch.cuda.device_count()
    if found < wanted:
        log.warning(FEWER, wanted, found)
    return max(1, min(wanted, found))


def device_of(job: Job) -> Device:
    """Where a job works."""
    if job.device == "cpu":
        return "cpu"
    import torch  # seconds, which a round has

    return "cuda" if torch.cuda.is_available() else "cpu"


def _decide(job: Job, lessons: Sequence[Lesson], device: Device, held: int) -> Room:
    try:
        need = needed(job, lessons, device=device)
    except KeyError as error:
        return Room("fits", UNKNOWN.format(error))
    return decide(need, free_bytes(device), held, total_bytes(device))


def _held_by_others(device: Device) -> int:
    if device == "cpu":
        return 0
    import torch

    free, total = torch.cuda.mem_get_info()
    return int(total - free)
