"""The trial of a candidate: once a day people's votes decide whether it is promoted, goes on or goes."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot import consent, rows
from bot.round_steps import TRIAL_LEFT, incumbent_of
from model import adapters, canary
from model.adapters import HOUSE, AdapterError
from model.canary import Decision
from model.fingerprint import Base
from model.tally import tally
from model.writing import BY_RULE
from storage import rounds, signals
from storage.database import Storage
from storage.rounds import RoundRow
from storage.signals import SignalRow

EVERY = timedelta(days=1)
"""How often a trial is looked at: the chance of a false promotion is reckoned for looks a day apart or more."""
OUTCOMES = {"promote": "promoted", "roll back": "rolled back", "expire": "expired"}
PROMOTED = "{adapter} writes from now on. {why}"
BACK = "{adapter} is not served any more and {incumbent} writes everything again. {why}"
OVER = "The trial of {adapter} against {incumbent} is over, because {now} serves since."
BEFORE = "{adapter} was promoted before its trial had ended."
OFF = "The trial of {adapter} is over, because training was switched off. {incumbent} writes everything again."
BROKEN = "{adapter} can't be promoted, so {incumbent} writes everything again. {why}"

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Trials:
    """Decides trials; `base` is None where a server has the weights, and `setting` is COPYDESK_TRAINING."""

    storage: Storage
    data: Path
    clock: Callable[[], datetime]
    base: Base | None
    setting: str

    def look(self, workspace: str) -> RoundRow | None:
        """Decide the trial of a workspace, if there is one and it is due; returns its round where something changed."""
        if overtaken := self.notice(workspace):
            return overtaken
        row = self._on_trial(workspace)
        if row is None:
            return None
        last = datetime.fromisoformat(row.trial_at or row.ended_at or row.started_at)
        return self._decide(row) if self.clock() - last >= EVERY else None

    def notice(self, workspace: str) -> RoundRow | None:
        """End the trial of a workspace where something else serves by now, or where it may not be served any more.

        Returns its round then. It may not where somebody it learnt from left, or where training was switched off.
        """
        row = self._on_trial(workspace)
        if row is None:
            return None
        if row.withdrawn_at:
            return self._end(row, "ended", TRIAL_LEFT.format(adapter=row.adapter))
        now = incumbent_of(self.data, self.base, workspace)
        if now == row.adapter:
            return self._end(row, "promoted", BEFORE.format(adapter=row.adapter))
        if now != row.incumbent:
            return self._end(row, "ended", OVER.format(adapter=row.adapter, incumbent=row.incumbent, now=now))
        if self._is_off(workspace):
            return self._end(row, "ended", OFF.format(adapter=row.adapter, incumbent=row.incumbent))
        return None

    def _on_trial(self, workspace: str) -> RoundRow | None:
        with self.storage.read() as db:
            row = rounds.on_trial(db, workspace)
        return row if row is not None and row.adapter is not None else None

    def _is_off(self, workspace: str) -> bool:
        with self.storage.read() as db:
            return bool(consent.why_not(db, workspace, self.setting))

    def _decide(self, row: RoundRow) -> RoundRow:
        decision = self.decision(row)
        if decision.action == "go on":
            with self.storage.write() as db:
                rounds.go_on(db, row.id, decision.reason, self.clock())
            return self._kept(row)
        if decision.action == "promote":
            return self._promote(row, decision)
        why = BACK.format(adapter=row.adapter, incumbent=row.incumbent, why=decision.reason)
        return self._end(row, OUTCOMES[decision.action], why)

    def decision(self, row: RoundRow) -> Decision:
        """What people's votes, edits and uses say of the candidate so far."""
        since = row.ended_at or row.started_at
        with self.storage.read() as db:
            found = signals.of_workspace(db, row.workspace, since=since)
            attempt = rounds.trials_against(db, row.workspace, row.incumbent)
        # A brief from before the trial had no chance to be written by the candidate.
        during = [one for one in found if one.brief.asked_at >= since and not one.imported]
        before, now = (
            [rows.to_signal(one) for one in during if _arm(one) == name] for name in (row.incumbent, row.adapter)
        )
        counted = tally(before, now)
        days = (self.clock() - datetime.fromisoformat(since)) / timedelta(days=1)
        return canary.canary(
            counted.incumbent,
            counted.candidate,
            days=days,
            matched=counted.matched,
            attempt=attempt,
            names=(row.incumbent, row.adapter or HOUSE),
        )

    def _promote(self, row: RoundRow, decision: Decision) -> RoundRow:
        try:
            adapters.promote(self.data, row.adapter or HOUSE, self.base)
        except AdapterError as error:
            logger.warning("The adapter of round %d can't be promoted: %s", row.id, error)
            why = BROKEN.format(adapter=row.adapter, incumbent=row.incumbent, why=error)
            return self._end(row, "ended", why)
        return self._end(row, "promoted", PROMOTED.format(adapter=row.adapter, why=decision.reason))

    def _end(self, row: RoundRow, outcome: str, why: str) -> RoundRow:
        with self.storage.write() as db:
            rounds.decide(db, row.id, outcome, why, self.clock())
        logger.info("The trial of round %d: %s. %s", row.id, outcome, why)
        return self._kept(row)

    def _kept(self, row: RoundRow) -> RoundRow:
        with self.storage.read() as db:
            found = rounds.get(db, row.id)
        assert found is not None, "rounds are never deleted"
        return found


def _arm(row: SignalRow) -> str:
    """Who wrote the draft, nobody where a rule made it; where no adapter is shipped, the bare model is the house."""
    return "" if row.model == BY_RULE else row.adapter or HOUSE
