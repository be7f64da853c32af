"""A process that works beside the bot: it tells how far it is, a JSON object a line, and never outlives the bot."""

import json
import logging
import os
import signal
import subprocess
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

GRACE_SECONDS = 600.0
"""How long after its own time limit a process is waited for: it ends what it has begun, and saves."""
KILLED = "{name} was killed by the system, most likely for want of memory; run it while serving is paused."
ENDED = "{name} ended with code {code} and no reason; its log {log} may have one."
OVERDUE = "{name} did not end by itself {minutes:.0f} minutes after its time limit, and was stopped."
STOPPED = "{name} was stopped."

log = logging.getLogger(__name__)


class ChildFailed(Exception):
    """A process came to nothing; the message is a sentence that says why."""


class ChildStopped(ChildFailed):
    """A process was ended on request."""


@dataclass(frozen=True, slots=True)
class Task:
    """What is run, and as whom it is spoken of: "The fine-tuning".

    What it writes to standard error goes to `said`, which is deleted when all is well. It has `seconds` for itself.
    """

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    said: Path
    seconds: float


class Child:
    """One such process; `run` blocks until its end, `stop` may be called from any thread."""

    def __init__(self, task: Task, on_progress: Callable[[dict[str, Any]], None]) -> None:
        self._task, self._on_progress = task, on_progress
        self._process: subprocess.Popen[str] | None = None
        self._changing = threading.Lock()
        self._why = ""
        self._is_stopped = False

    def run(self) -> dict[str, Any]:
        """What it says when it is done; raises ChildFailed, and ChildStopped when it was stopped."""
        limit = self._task.seconds + GRACE_SECONDS
        overdue = threading.Timer(limit, self._end, [self._worded(OVERDUE, minutes=GRACE_SECONDS / 60)])
        overdue.daemon = True
        try:
            with self._task.said.open("w", encoding="utf-8") as said:
                process = self._start(said)
                overdue.start()
                done = self._follow(process)
        finally:
            overdue.cancel()
            self._end("")
        self._task.said.unlink(missing_ok=True)
        return done

    def stop(self) -> None:
        """End the process now, or keep it from starting."""
        self._is_stopped = True
        self._end(self._worded(STOPPED))

    def _start(self, said: Any) -> "subprocess.Popen[str]":
        with self._changing:
            if self._why:
                raise ChildStopped(self._why)
            self._process = subprocess.Popen(
                self._task.command,
                env=_finding_us(self._task.environment),
                # It ends when this closes, which it does however this process ends.
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=said,
                text=True,
                start_new_session=True,
            )
        log.info("%s has started as process %d.", self._task.name, self._process.pid)
        return self._process

    def _follow(self, process: "subprocess.Popen[str]") -> dict[str, Any]:
        assert process.stdout is not None, "it was opened with one"
        with process.stdout:
            for line in process.stdout:
                event: dict[str, Any] = json.loads(line)
                if event["event"] == "progress":
                    self._on_progress(event)
                elif event["event"] == "done":
                    return event
                elif event["event"] == "failed":
                    raise ChildFailed(event["reason"])
        code = process.wait()
        if self._why:
            raise (ChildStopped if self._is_stopped else ChildFailed)(self._why)
        killed = code == -signal.SIGKILL
        raise ChildFailed(self._worded(KILLED) if killed else self._worded(ENDED, code=code, log=self._task.said))

    def _end(self, why: str) -> None:
        """Make sure that nothing of the process runs on."""
        with self._changing:
            self._why = self._why or why
            process = self._process
        if process is None:
            return
        assert process.stdin is not None, "it was opened with one"
        # Its own children may be in sessions of their own: this ends them.
        process.stdin.close()
        if process.poll() is None:
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                log.debug("%s ended by itself.", self._task.name)
            process.wait()

    def _worded(self, sentence: str, **values: object) -> str:
        return sentence.format(name=self._task.name, **values)


def _finding_us(environment: Mapping[str, str]) -> dict[str, str]:
    """With our modules where Python looks for them, wherever it is started."""
    root = str(Path(__file__).parent.parent)
    return {**environment, "PYTHONPATH": os.pathsep.join(filter(None, (root, environment.get("PYTHONPATH", ""))))}
