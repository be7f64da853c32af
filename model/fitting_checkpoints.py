"""What is begun and not done: a folder beside the adapter, from which a killed fine-tuning goes on."""

import hashlib
import json
import os
import shutil
from dataclasses import asdict
from pathlib import Path

from model.finetune import FitError, Job
from model.lora import CONFIG, WEIGHTS

FIGURES = "fitting.json"
FREE_TO_CHANGE = ("out", "seconds", "keep_seconds", "threads", "base", "start", "lessons")
TAKEN = "The folder {!r} is there already and holds no adapter of this job; name another."


class Partial:
    """The folder `OUT.partial`; what lies in it under its own name is whole, for it was renamed in."""

    def __init__(self, job: Job) -> None:
        self.root, self._out = job.partial, job.out
        self.writing = self.root / "writing"
        self.reference = self.root / "reference.json"
        self._spent = self.root / "spent.json"
        self._mark = self.root / "job.sha256"
        self.fingerprint = fingerprint(job)

    def open(self) -> bool:
        """Make the folder ready, and throw away what another job left there; False when the adapter is done already.

        Raises FitError when something else stands where the adapter goes.
        """
        if self._out.exists():
            if _figures(self._out).get("job") != self.fingerprint:
                raise FitError(TAKEN.format(str(self._out)))
            self.clear()
            return False
        if not self._mark.is_file() or self._mark.read_text("utf-8") != self.fingerprint:
            self.clear()
        shutil.rmtree(self.writing, ignore_errors=True)
        self.writing.mkdir(parents=True)
        self._mark.write_text(self.fingerprint, "utf-8")
        return True

    def newest(self) -> Path | None:
        """The last whole checkpoint."""
        return max(self.root.glob("kept-*"), key=_step, default=None)

    def keep(self, step: int, spent: float) -> None:
        """Rename what the trainer has written in, and let the ones before go."""
        before = list(self.root.glob("kept-*"))
        (self.writing / f"checkpoint-{step}").rename(self.root / f"kept-{step}")
        write_whole(self._spent, json.dumps(spent))
        for folder in before:
            shutil.rmtree(folder)

    def spent(self) -> float:
        """Seconds that earlier runs took until their last checkpoint."""
        return float(json.loads(self._spent.read_text("utf-8"))) if self._spent.is_file() else 0.0

    def finish(self, made: Path, figures: dict[str, object]) -> None:
        """Rename the adapter to where it goes, its figures with it, and clear up."""
        write_whole(made / FIGURES, json.dumps({"job": self.fingerprint, **figures}, indent=1, sort_keys=True) + "\n")
        made.rename(self._out)
        self.clear()

    def clear(self) -> None:
        """Throw away all that is begun."""
        shutil.rmtree(self.root, ignore_errors=True)


def fingerprint(job: Job) -> str:
    """What makes two jobs the same: their settings and the content of what they read, wherever it lies."""
    found = hashlib.sha256()
    kept = {name: value for name, value in asdict(job).items() if name not in FREE_TO_CHANGE}
    found.update(json.dumps(kept, sort_keys=True, default=str).encode())
    files = [job.lessons, job.base / "config.json"]
    files += [job.start / CONFIG, job.start / WEIGHTS] if job.start else []
    for path in files:
        found.update(path.read_bytes() if path.is_file() else b"-")
    return found.hexdigest()


def done_before(out: Path) -> dict[str, object]:
    """The figures of an adapter that is done."""
    return {name: value for name, value in _figures(out).items() if name != "job"}


def write_whole(path: Path, text: str) -> None:
    """Write a file that is whole or not there."""
    begun = path.with_name(f"{path.name}.part")
    with begun.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    begun.replace(path)


def _figures(out: Path) -> dict[str, object]:
    try:
        found = json.loads((out / FIGURES).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _step(folder: Path) -> int:
    return int(folder.name.partition("-")[2])
