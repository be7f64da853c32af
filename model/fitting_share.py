"""A fine-tuning's share of the machine: few threads, low priority, no reports, no life after its parent's."""

import os
import resource
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

NICENESS = 15
AUTOGROUP = Path("/proc/self/autogroup")
QUIET = {
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "DISABLE_TELEMETRY": "1",
    "WANDB_DISABLED": "true",
    "TOKENIZERS_PARALLELISM": "false",
    "TQDM_DISABLE": "1",
    "HF_DATASETS_DISABLE_PROGRESS_BARS": "1",
    "TRANSFORMERS_VERBOSITY": "error",
}
ORPHANED = 3
MIB = 1 << 20


def environment(given: Mapping[str, str], *, device: str, threads: int, processes: int = 1) -> dict[str, str]:
    """The environment of the process: nothing is reported to anyone, and only its own GPUs are seen.

    TRL refuses a process that sees several GPUs: one alone has the first, or the one it is told.
    """
    found = {**given, **QUIET, "OMP_NUM_THREADS": str(threads), "MKL_NUM_THREADS": str(threads)}
    if device == "cpu":
        found["CUDA_VISIBLE_DEVICES"] = ""
    elif processes == 1:
        seen = given.get("CUDA_VISIBLE_DEVICES", "").split(",")
        number = int(device.partition(":")[2] or 0)
        found["CUDA_VISIBLE_DEVICES"] = seen[number] if seen != [""] and number < len(seen) else str(number)
    return found


def step_back(threads: int) -> None:
    """Let everything else on the machine go first."""
    import torch

    os.nice(max(0, NICENESS - os.nice(0)))
    if os.getsid(0) == os.getpid():  # else whoever began the session would step back with it
        _let_other_sessions_first()
    torch.set_num_threads(threads)


def _let_other_sessions_first() -> None:
    """Linux shares the cores out among sessions before it looks at niceness (sched(7), autogroup); none elsewhere."""
    with suppress(OSError):
        AUTOGROUP.write_text(str(NICENESS))


def tether() -> None:
    """End this process once its standard input closes, which a parent that dies in any way makes it do."""

    def watch() -> None:
        while sys.stdin.buffer.read(1):
            pass
        os._exit(ORPHANED)

    threading.Thread(target=watch, name="tether", daemon=True).start()


def peak_mib(device: str = "cpu") -> float:
    """The most memory that this process has held so far, in MiB: on the GPU where it works there, else in all."""
    if device != "cpu":
        import torch

        return float(torch.cuda.max_memory_allocated() / MIB)
    status = Path("/proc/self/status")
    if status.is_file():
        # getrusage() would count what the parent held when it started this process.
        line = next(line for line in status.read_text("utf-8").splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (MIB if sys.platform == "darwin" else 1024)
