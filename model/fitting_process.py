"""The process of a fine-tuning: reads a job, does it in its share of the machine, and says how it went."""

import argparse
import os
import traceback
import warnings
from collections.abc import Sequence
from pathlib import Path

from model.finetune import FitError, Job, read_job
from model.fitting_events import Teller, reason
from model.fitting_share import environment, step_back, tether


def main(arguments: Sequence[str] | None = None) -> int:
    """`python -m model.finetune JOB.json`; exit code 0 with an adapter, 1 with a reason on standard output."""
    parser = argparse.ArgumentParser(prog="python -m model.finetune", description=__doc__)
    parser.add_argument("job", type=Path, help="a job as JSON")
    parser.add_argument("--tethered", action="store_true", help="end when standard input closes")
    chosen = parser.parse_args(arguments)
    tell = Teller()
    tell.silent = int(os.environ.get("RANK", "0")) > 0
    if chosen.tethered:
        tether()
    try:
        job = read_job(chosen.job)
    except FitError as error:
        tell("failed", reason=str(error))
        return 1
    return run(job, tell)


def run(job: Job, tell: Teller) -> int:
    """Do a job and tell how it went; nothing of a failed one stays."""
    # Before torch and TRL are there: both look at it once.
    os.environ.update(environment(os.environ, device=job.device, threads=job.threads, processes=job.processes))
    step_back(job.threads)
    # TRL and transformers speak of each other's old names; whoever reads the log can't mend that.
    warnings.filterwarnings("ignore", category=FutureWarning)
    from model.fitting import fit
    from model.fitting_checkpoints import Partial

    try:
        tell("done", **fit(job, tell))
        return 0
    except FitError as error:
        said = str(error)
    except Exception as error:  # whoever started it reads one sentence, whatever happened
        said, known = reason(error, device=job.device, batch=job.batch)
        if not known:
            traceback.print_exc()
    Partial(job).clear()
    tell("failed", reason=said)
    return 1
