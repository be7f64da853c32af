"""The steps of one round: collect, fit, publish, judge, decide; each goes on from where it was cut off."""

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from bot import consent, round_work
from bot.child import ChildStopped
from bot.fitting import Progress
from bot.learner import Learner
from bot.round_parts import Parts, RoundWaits, Step, Tell, Verdict
from bot.round_work import Material, Share
from model import adapters, evidence, gate, manifest
from model.adapters import HOUSE, AdapterError
from model.canary import DAYS, SHARE
from model.examples import Lessons
from model.finetune import Job, spare_threads
from model.fingerprint import Base, fingerprint
from model.fitting_room import Room
from model.gate import Evidence
from storage import rounds
from storage.database import stamp
from storage.rounds import RoundRow

TRYING = "{adapter} is on trial since {day}; the next round waits until that is decided."
TRIAL_LEFT = "The trial of {adapter} is over: somebody it learnt from asked to be left out."
NOTHING_NEW = "Nothing was voted on, rewritten or used since round {number}, which learnt from all there was."
PROMOTED = "{adapter} is better than {incumbent} and writes from now on. {why}"
CANARY = "{adapter} passed and is on trial: it writes {share:.0f} % of the briefs for at most {days:.0f} days. {why}"
REJECTED = "{adapter} is not served and {incumbent} stays. {why}"
CHANGED = "{adapter} was judged against {incumbent}, and meanwhile {now} serves; the next round begins anew."
LEFT = (
    "Somebody it learnt from asked to be left out meanwhile, so it is not served; the next round begins without them."
)

SWITCHED_OFF = "Training was switched off meanwhile, so what was learnt is not served."

JUDGE_SECONDS = 1800.0
QUIET, BY_HAND = "schedule", "terminal"
"""Who asks for rounds at the quiet hour, and who waits for one in person."""
WAITING = "waiting until there is memory"
PATIENCE = timedelta(hours=12)
"""How long a round waits for memory that something else holds."""
LOOK_SECONDS = 0.5
"""How often it is looked whether a round is to stop."""
SHOW_EVERY = timedelta(seconds=3)

Result = TypeVar("Result")


class Running:
    """One round under way."""

    def __init__(self, parts: Parts, row: RoundRow, stop: threading.Event, tell: Tell) -> None:
        self.parts, self._row, self._stop, self._tell = parts, row, stop, tell
        self._shown: datetime | None = None

    @property
    def state(self) -> str:
        """Which step it is at."""
        return self._row.state

    def go(self, trial: bool) -> Verdict:
        """Do the steps; raises what a step raises."""
        self._retire()
        material = self._collect()
        if why := self._too_early(material):
            return Verdict("skipped", why)
        learner = self.parts.learner()
        base = fingerprint(learner.base)
        incumbent = incumbent_of(self.parts.data, base, self._row.workspace)
        lessons = material.collected.lessons(round_work.prompt_for(learner))
        job, is_new = self._prepare(material, lessons, learner)
        pause = self._make_room(job, lessons, material, is_new)
        if isinstance(pause, Verdict):
            return pause
        with pause:
            candidate = self._fit(job, material, base, is_new)
            if isinstance(candidate, Verdict):
                return candidate
            self._advance("judging", incumbent=incumbent)
            found = self._measure(learner, incumbent, candidate)
        return self._decide(found, material, base, trial)

    def _retire(self) -> None:
        """From here on nothing serves that learnt from somebody who has asked to be left out since."""
        with self.parts.storage.write() as db:
            tried = rounds.on_trial(db, self._row.workspace)
            if tried is not None and tried.withdrawn_at:
                why = TRIAL_LEFT.format(adapter=tried.adapter)
                rounds.decide(db, tried.id, "ended", why, self.parts.clock())
            adapters.retire(self.parts.data, rounds.withdrawn(db, self._row.workspace))

    def _collect(self) -> Material:
        # Whoever has left by now is not in what is collected; who leaves from here on marks the row.
        self._advance(self._row.state, withdrawn_at=None)
        row = self._row
        now = datetime.fromisoformat(row.started_at)
        with self.parts.storage.read() as db:
            material = round_work.gather(db, row.workspace, self.parts.setting, now=now, seed=row.id)
        report = material.collected.report.as_json()
        # Who taught how much is nobody's business once the round is over.
        self._advance(row.state, examples={name: value for name, value in report.items() if name != "people"})
        return material

    def _too_early(self, material: Material) -> str:
        """Why nothing is to be fitted now; empty when there is something to learn from."""
        with self.parts.storage.read() as db:
            forbidden = consent.why_not(db, self._row.workspace, self.parts.setting)
            tried = rounds.on_trial(db, self._row.workspace)
            last = rounds.last_fitted(db, self._row.workspace)
        if forbidden:
            return forbidden
        if tried is not None:
            return trying(tried)
        if missing := material.collected.report.missing:
            return missing
        if last is not None and material.newest <= last.started_at and not last.withdrawn_at:
            return NOTHING_NEW.format(number=last.id)
        return ""

    def _prepare(self, material: Material, lessons: Lessons, learner: Learner) -> tuple[Job, bool]:
        """The job, its lessons laid out, and whether it is a new one or goes on."""
        work = round_work.works(self.parts.data)(self._row.id)
        is_new = work.lay_out(lessons, learner, seed=self._row.id)
        share = Share(self.parts.device, self.parts.seconds, self.parts.gpus())
        return work.job(material.collected, learner, share, seed=self._row.id), is_new

    def _make_room(
        self, job: Job, lessons: Lessons, material: Material, is_new: bool
    ) -> AbstractContextManager[None] | Verdict:
        """What serving does meanwhile: nothing, where both fit; else it pauses, at the quiet hour alone.

        What has begun waits for that hour.
        """
        room = self._wait_for_room(job, lessons, material)
        if isinstance(room, Verdict):
            return room
        if room.choice == "fits":
            return nullcontext()
        if room.choice == "never":
            return Verdict("failed", room.reason)
        if room.choice == "wait" and self._row.asked_by == QUIET and self.parts.pause is not None:
            return self.parts.pause()
        if room.choice == "wait" and not is_new:
            raise RoundWaits(room.reason)
        return Verdict("skipped", room.reason)

    def _wait_for_room(self, job: Job, lessons: Lessons, material: Material) -> Room | Verdict:
        """What there is room for, once what else holds the memory lets go; after some hours, what there is then."""
        ends = self.parts.clock() + PATIENCE
        while (room := self.parts.room(job, lessons.train)).choice == "later":
            if self._row.asked_by == BY_HAND or self.parts.clock() >= ends:
                break
            if withdrawn := self._withdrawn(material):
                return Verdict("skipped", withdrawn)
            with self.parts.storage.write() as db:
                rounds.show_progress(db, self._row.id, WAITING)
            if self._stop.wait(self.parts.wait_seconds) or self._is_asked_to_stop():
                raise ChildStopped(WAITING)
        return room

    def _fit(self, job: Job, material: Material, base: Base, is_new: bool) -> str | Verdict:
        """The name of the candidate, published; the one of an earlier attempt where that learnt from the same.

        A verdict when it may not be served any more.
        """
        row, data = self._row, self.parts.data
        if row.adapter and not is_new and _is_whole(data, row.adapter, base):
            return row.adapter
        self._advance("fitting", adapter=None)
        with self._stoppable(self.parts.fit(job, self._show)) as step:
            fitted = step.run()
        if withdrawn := self._withdrawn(material):
            return Verdict("skipped", withdrawn)
        name = adapters.next_name(data)
        # Its name first: killed in between, the next attempt finds what this one published.
        self._advance("fitting", adapter=name, figures=asdict(fitted))
        at = stamp(self.parts.clock())
        about = manifest.described(job.out, name=name, base=base, round_=row.id, workspace=row.workspace, made_at=at)
        adapters.publish(data, job.out, about)
        return name

    def _measure(self, learner: Learner, incumbent: str, candidate: str) -> Evidence:
        data, work = self.parts.data, round_work.works(self.parts.data)(self._row.id)
        serves = learner.start if incumbent == HOUSE else adapters.folder(data, incumbent)
        job = evidence.Job(
            base=learner.base.absolute(),
            start=learner.start.absolute() if learner.start else None,
            incumbent=incumbent,
            incumbent_folder=serves.absolute() if serves else None,
            candidate=candidate,
            candidate_folder=adapters.folder(data, candidate).absolute(),
            held=work.held.absolute(),
            out=(work.folder / f"evidence-{candidate}.json").absolute(),
            seed=self._row.id,
            seconds=JUDGE_SECONDS,
            threads=spare_threads(),
            device=self.parts.device,
            languages=tuple(sorted(learner.languages)) if learner.languages else None,
        )
        with self._stoppable(self.parts.measure(job, self._show)) as step:
            return step.run()

    def _decide(self, found: Evidence, material: Material, base: Base, trial: bool) -> Verdict:
        gates = gate.judge(found)
        names = {"adapter": found.candidate, "incumbent": found.incumbent}
        known = {"gates": [asdict(one) for one in gates]}
        if not gate.passes(gates):
            why = next(one.reason for one in gates if not one.ok)
            return Verdict("rejected", REJECTED.format(why=why, **names), known)
        if withdrawn := self._withdrawn(material):
            return Verdict("skipped", withdrawn, known)
        now = incumbent_of(self.parts.data, base, self._row.workspace)
        if now != found.incumbent:
            return Verdict("rejected", CHANGED.format(now=now, **names), known)
        why = gates[-1].reason
        if trial:
            return Verdict("canary", CANARY.format(why=why, share=100 * SHARE, days=DAYS, **names), known)
        adapters.promote(self.parts.data, found.candidate, base)
        return Verdict("promoted", PROMOTED.format(why=why, **names), known)

    def _withdrawn(self, material: Material) -> str:
        """Why what was learnt may not serve by now: somebody who taught, or the workspace, no longer wants to."""
        with self.parts.storage.read() as db:
            if consent.why_not(db, self._row.workspace, self.parts.setting):
                return SWITCHED_OFF
            row = rounds.get(db, self._row.id)
            left = row is not None and row.withdrawn_at
            return LEFT if left or round_work.withdrawn(db, self._row.workspace, material.people) else ""

    def _advance(self, state: str, **known: Any) -> None:
        with self.parts.storage.write() as db:
            self._row = rounds.advance(db, self._row.id, state, **known)

    def _show(self, progress: Progress) -> None:
        """Tell the terminal every step, and the row, where App Home looks, every few seconds."""
        self._tell(progress)
        now = self.parts.clock()
        if self._shown is None or now - self._shown >= SHOW_EVERY:
            self._shown = now
            with self.parts.storage.write() as db:
                rounds.show_progress(db, self._row.id, in_words(progress))

    @contextmanager
    def _stoppable(self, step: Step[Result]) -> Iterator[Step[Result]]:
        """Stop a step when the process is to end, or when somebody has asked for it, in whatever process."""
        over = threading.Event()

        def look() -> None:
            while not over.wait(LOOK_SECONDS):
                if self._stop.is_set() or self._is_asked_to_stop():
                    step.stop()
                    return

        watch = threading.Thread(target=look, name="round-watch", daemon=True)
        watch.start()
        try:
            yield step
        finally:
            over.set()
            watch.join()

    def _is_asked_to_stop(self) -> bool:
        with self.parts.storage.read() as db:
            return rounds.is_stopping(db, self._row.id)


def trying(tried: RoundRow) -> str:
    """Why nothing is fitted while an adapter is on trial."""
    return TRYING.format(adapter=tried.adapter, day=(tried.ended_at or "")[:10])


def incumbent_of(data: Path, base: Base | None, workspace: str) -> str:
    """What writes for a workspace where nothing is on trial: a version, or the house."""
    return adapters.serving(data, base, workspace).name


def in_words(progress: Progress) -> str:
    """How far a step is."""
    seconds = progress.eta_seconds
    left = f"{seconds / 60:.0f} minutes" if seconds >= 90 else f"{seconds:.0f} seconds"
    return f"{progress.stage}: {progress.step} of {progress.steps}, about {left} left"


def _is_whole(data: Path, name: str, base: Base) -> bool:
    try:
        adapters.verify(adapters.folder(data, name), base)
    except AdapterError:
        return False
    return True
