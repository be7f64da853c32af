"""Runs rounds in the bot: by the schedule, after a start that finds one overdue, or when an admin asks."""

import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot import round_work
from bot import rounds as round_
from bot.consent import why_not
from bot.round_parts import Parts, RoundWaits
from bot.round_steps import QUIET
from bot.rounds import FOR_QUIET, RoundCut, RoundRunning
from bot.schedule import Times
from bot.trials import EVERY, Trials
from model import adapters
from model.canary import DAYS
from storage import consent, rounds

LATE = "start"
"""Who asks for a round that was missed or cut off."""
AFTER = "after the trial of {adapter}, {latest} at the latest"
NEWS = {0: "no new votes, edits or uses", 1: "1 new vote, edit or use"}
MORE = "{} new votes, edits and uses"
QUIET_HOUR = timedelta(hours=1)

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class NextRound:
    """When the next round comes, in the zone of the schedule, and how much there is to learn from that is new.

    Where `trial` names an adapter the next round waits until its trial is decided, and comes then or at the latest.
    """

    at: datetime
    news: int
    trial: str = ""


class RoundRunner:
    """Rounds and trials in this process; each round in a thread of its own, never two, whatever the workspace."""

    def __init__(self, parts: Parts, trials: Trials, *, times: Callable[[str], Times]) -> None:
        """`times` is asked with a workspace every time, for whose clock counts may become known later."""
        self._parts, self._trials, self._times = parts, trials, times
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._at_work = False

    def tick(self) -> None:
        """Do what is due: decide trials, go on with a round that was cut off, begin one. Called every minute."""
        if self._stop.is_set():
            return
        with self._parts.storage.read() as db:
            workspaces = rounds.workspaces(db)
        for workspace in workspaces:
            # Beside a round nothing is promoted, but what may not be served any more goes at once.
            (self._trials.notice if self.is_running else self._trials.look)(workspace)
        if self.is_running:
            return
        try:
            begun = round_.settle(self._parts)
        except RoundRunning:
            return  # in another process
        is_quiet = begun is not None and self._is_quiet(begun.workspace, on_any_day=True)
        if begun is not None and (is_quiet or begun.progress != FOR_QUIET):
            self.start(begun.workspace, QUIET if is_quiet else LATE)
            return
        due = next((one for one in workspaces if self._is_due(one)), None)
        if due is not None:
            self.start(due, QUIET if self._is_quiet(due) else LATE)

    def start(self, workspace: str, asked_by: str, then: Callable[[], None] = lambda: None) -> bool:
        """Run a round in the background, and `then` show how it ended.

        False when this process runs one already, or is about to end.
        """
        with self._lock:
            if self._stop.is_set() or self.is_running:
                return False
            arguments = [workspace, asked_by, then]
            self._thread = threading.Thread(target=self._run, args=arguments, name="round", daemon=True)
            self._at_work = True
            self._thread.start()
            return True

    def close(self) -> None:
        """Cut the running round off, to go on at the next start."""
        with self._lock:
            self._stop.set()
        self.join()

    def join(self) -> None:
        """Wait until no round runs in this process."""
        with self._lock:
            thread = self._thread
        if thread is not None:
            thread.join()

    @property
    def is_running(self) -> bool:
        """Whether a round runs in this process."""
        return self._at_work

    def next_round(self, workspace: str) -> NextRound | None:
        """When the next round comes; None where training is off."""
        with self._parts.storage.read() as db:
            if why_not(db, workspace, self._parts.setting):
                return None
            new = round_work.news(db, workspace, self._parts.setting)
            tried = rounds.on_trial(db, workspace)
        now, times = self._parts.clock(), self._times(workspace)
        if tried is None:
            return NextRound(times.after(now), new)
        # A trial that is over is noticed by a look at it, and looks are a day apart.
        over = datetime.fromisoformat(tried.ended_at or tried.started_at) + timedelta(days=DAYS) + EVERY
        return NextRound(times.after(max(now, over)), new, tried.adapter or "")

    def _is_due(self, workspace: str) -> bool:
        with self._parts.storage.read() as db:
            # Where training is off a round does one thing: what learnt from people who left stops serving.
            serve = adapters.line(self._parts.data)
            if why_not(db, workspace, self._parts.setting) and rounds.withdrawn(db, workspace).keys().isdisjoint(serve):
                return False
            last = rounds.latest(db, workspace)
            first, allowed = rounds.first_act(db, workspace), consent.last(db, workspace)
        since = last.started_at if last else first
        if since is None:
            return False  # nobody has done anything yet: there is nothing to be late with
        if allowed is not None:
            # What came before anybody allowed it was no round that was missed.
            since = max(since, allowed.at)
        return self._times(workspace).is_due(self._parts.clock(), since=datetime.fromisoformat(since))

    def _is_quiet(self, workspace: str, *, on_any_day: bool = False) -> bool:
        """Whether the hour of rounds has just begun; a round that is caught up with later pauses nobody's work.

        That of any day will do for a round that has begun: a week later there is more to learn from.
        """
        now, times = self._parts.clock(), self._times(workspace)
        return times.is_hour(now, QUIET_HOUR) if on_any_day else times.is_due(now, since=now - QUIET_HOUR)

    def _run(self, workspace: str, asked_by: str, then: Callable[[], None]) -> None:
        try:
            with suppress(RoundWaits):
                round_.run(self._parts, workspace, asked_by=asked_by, stop=self._stop)
            self._at_work = False
            then()
        except RoundCut:
            logger.warning("The round was cut off; it goes on at the next start.")
        except RoundRunning:
            logger.info("A round runs in another process.")
        except Exception:
            # The thread ends here; without this nobody would read why.
            logger.exception("The round could not be run.")
        finally:
            self._at_work = False


def spoken(coming: NextRound) -> str:
    """The next round in a few words."""
    if coming.trial:
        latest = f"{coming.at:%A} {coming.at.day} {coming.at:%B %H:%M}"
        when = AFTER.format(adapter=coming.trial, latest=latest)
    else:
        when = f"{coming.at:%A %H:%M}"
    return f"next round {when}, {NEWS.get(coming.news, MORE).format(coming.news)}"
