"""The training round: one at a time over all processes, each one recorded, and none that died left as if it ran."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from filelock import FileLock, Timeout

from bot import round_work
from bot.child import ChildFailed, ChildStopped
from bot.command_line import RunError
from bot.round_parts import Parts, RoundWaits, Tell, Verdict
from bot.round_steps import Running
from bot.round_work import Material
from model import adapters
from model.adapters import AdapterError
from model.download import ModelError
from model.fingerprint import BadWeights
from model.generation import EngineError
from storage import rounds
from storage.rounds import RoundRow

RUNNING = "A round is running already; `copydesk rounds` shows how far it is."
BY_HAND = "It was stopped by hand while {state}; what serves stays."
CUT_OFF = "It was cut off while {state} and did not go on; the next round begins anew."
UNFORESEEN = "It stopped because of an internal error, which the log explains; what serves stays."
NO_ROOM = "The data folder can't be written: {reason}. Make room and run a round again."

FOR_QUIET = "waiting for the quiet hour"
"""How far a round is that has begun and has no room by day."""
MOST_ATTEMPTS = 3
"""How often a round is begun that keeps being cut off: what it does may be what ends the process."""
TOO_OLD = timedelta(days=3)
"""After this a round that was cut off is not worth going on with: there are newer votes."""

logger = logging.getLogger(__name__)


class RoundRunning(RunError):
    """A round is running, in this process or in another."""


class RoundCut(Exception):
    """The process is to end; the round goes on from where it was at the next start."""


def preview(parts: Parts, workspace: str) -> Material:
    """What a round would learn from now; nothing is kept of it."""
    with parts.storage.read() as db:
        return round_work.gather(db, workspace, parts.setting, now=parts.clock(), seed=0)


def run(
    parts: Parts,
    workspace: str,
    *,
    asked_by: str,
    stop: threading.Event,
    trial: bool = True,
    tell: Tell = lambda _: None,
) -> RoundRow:
    """Run a round to its end, or go on with one that was cut off; without a `trial` what passes is promoted at once.

    Raises RoundRunning, RoundCut when `stop` was set, and RoundWaits: then nothing of it is lost.
    """
    with _alone(parts.data):
        row = _begin(parts, workspace, asked_by)
        verdict = _try(Running(parts, row, stop, tell), row, stop, trial)
        with parts.storage.write() as db:
            ended = rounds.end(db, row.id, verdict.verdict, verdict.reason, at=parts.clock(), **verdict.known)
            tried = rounds.candidates(db)
        round_work.works(parts.data)(row.id).clear(keep_log=ended.verdict == "failed")
        adapters.prune(parts.data, tried)
        logger.info("Round %d: %s. %s", ended.id, ended.verdict, ended.reason)
        return ended


def settle(parts: Parts) -> RoundRow | None:
    """Mark rounds as failed whose process died and that can't go on; returns the one that can, if there is one.

    Raises RoundRunning.
    """
    with _alone(parts.data):
        return _settle(parts)


def discard(data: Path) -> None:
    """Delete the lessons that an unfinished round has collected, as when somebody wants to be forgotten.

    A round that runs finds out by itself at its next step.
    """
    try:
        with _alone(data):
            round_work.clear_others(data)
    except RoundRunning:
        logger.info("A round runs; it will see who is not to be learnt from.")


def _begin(parts: Parts, workspace: str, asked_by: str) -> RoundRow:
    begun = _settle(parts)
    with parts.storage.write() as db:
        if begun is not None and begun.workspace == workspace:
            return rounds.resume(db, begun.id, asked_by=asked_by)
        return rounds.begin(db, workspace, asked_by=asked_by, at=parts.clock())


def _settle(parts: Parts) -> RoundRow | None:
    kept = None
    with parts.storage.write() as db:
        for row in rounds.unfinished(db):
            age = parts.clock() - datetime.fromisoformat(row.started_at)
            if kept is None and row.attempts < MOST_ATTEMPTS and age < TOO_OLD and not row.stopping:
                kept = row
                continue
            verdict, reason = ("skipped", BY_HAND) if row.stopping else ("failed", CUT_OFF)
            rounds.end(db, row.id, verdict, reason.format(state=row.state), at=parts.clock())
    round_work.clear_others(parts.data, [kept.id] if kept else [])
    return kept


@contextmanager
def _alone(data: Path) -> Iterator[None]:
    """One round at a time over all processes; the lock ends with the process, however it ends."""
    data.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(data / "round.lock", timeout=0):
            yield
    except Timeout as taken:
        raise RoundRunning(RUNNING) from taken


def _try(running: Running, row: RoundRow, stop: threading.Event, trial: bool) -> Verdict:
    try:
        return running.go(trial)
    except ChildStopped as error:
        if stop.is_set():
            with running.parts.storage.write() as db:
                rounds.put_back(db, row.id)
            raise RoundCut from error
        return Verdict("skipped", BY_HAND.format(state=running.state))
    except RoundWaits:
        with running.parts.storage.write() as db:
            rounds.put_back(db, row.id)
            rounds.show_progress(db, row.id, FOR_QUIET)
        logger.info("Round %d goes on at the quiet hour.", row.id)
        raise
    except (ChildFailed, AdapterError, EngineError, ModelError, BadWeights, RunError) as error:
        return Verdict("failed", str(error))
    except OSError as error:
        logger.warning("Round %d failed.", row.id, exc_info=True)
        return Verdict("failed", NO_ROOM.format(reason=error.strerror or type(error).__name__))
    except Exception:
        # A round must end with a verdict, whatever happened; the log has the traceback.
        logger.exception("Round %d failed.", row.id)
        return Verdict("failed", UNFORESEEN)
