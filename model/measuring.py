"""The process that measures a candidate: texts it is given, texts that it writes, and how far it has moved."""

import argparse
import hashlib
import json
import os
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from model.evidence import Job, read_job, write
from model.fitting_events import Teller
from model.fitting_share import environment, step_back, tether
from model.generation import EngineError
from model.lessons import Lesson, from_jsonl
from model.measured import Evidence, Perplexity, Score

SCORING = 0.5
"""The share of the time after which no further held-out lesson is begun."""
UNFORESEEN = "The judging stopped because of an internal error ({}), which the log explains."

Tell = Callable[..., None]


def main(arguments: Sequence[str] | None = None) -> int:
    """`python -m model.evidence JOB.json`; exit code 0 with evidence, 1 with a reason on standard output."""
    parser = argparse.ArgumentParser(prog="python -m model.evidence", description=__doc__)
    parser.add_argument("job", type=Path, help="a job as JSON")
    parser.add_argument("--tethered", action="store_true", help="end when standard input closes")
    chosen = parser.parse_args(arguments)
    tell = Teller()
    if chosen.tethered:
        tether()
    try:
        job = read_job(chosen.job)
        os.environ.update(environment(os.environ, device=job.device, threads=job.threads))
        step_back(job.threads)
        evidence = measure(job, tell)
        write(evidence, job.out)
    except (EngineError, ValueError, OSError) as error:
        tell("failed", reason=str(error))
        return 1
    except Exception as error:  # whoever started it reads one sentence, whatever happened
        traceback.print_exc()
        tell("failed", reason=UNFORESEEN.format(type(error).__name__))
        return 1
    tell("done", seconds=evidence.seconds, texts=len(evidence.texts), lessons=len(evidence.scores))
    return 0


def measure(job: Job, tell: Tell = lambda *_, **__: None, clock: Callable[[], float] = time.monotonic) -> Evidence:
    """Measure a candidate; raises EngineError when the base or the incumbent can't be used.

    A candidate that can't be used is no error but evidence, which the first gate refuses.
    """
    from model.integrity import integrity
    from model.lora import Adapted
    from model.weights import load, name_of

    began = clock()
    whole = integrity(job.candidate_folder, base=job.base, start=job.start)
    found = Evidence(job.incumbent, job.candidate, whole)
    if whole.fault or whole.bad:
        return found
    model, tokenizer = load(job.base, job.device)
    adapted = Adapted(model, name_of(job.base))
    # What is in one folder is one adapter, and one row of a batch.
    known = {place: adapted.load(place) for place in {job.start, job.incumbent_folder} if place}
    try:
        known.setdefault(job.candidate_folder, adapted.load(job.candidate_folder))
    except EngineError as error:
        return replace(found, integrity=replace(whole, fault=str(error)))
    parts = Measuring(job, model, tokenizer, adapted, known, tell, clock, began)
    found = parts.scored(found)
    found = parts.written(found)
    return replace(found, seconds=round(clock() - began, 1))


@dataclass(frozen=True, slots=True)
class Measuring:
    """A loaded model with the adapters that are compared on it."""

    job: Job
    model: Any
    tokenizer: Any
    adapted: Any
    known: Mapping[Path, Any]
    tell: Tell
    clock: Callable[[], float]
    began: float

    def scored(self, found: Evidence) -> Evidence:
        """Add what given texts are worth under the three: general prose, the house's own, and held-out lessons."""
        from model.scoring import Scorer, drift, fixed_lessons, perplexities

        three = [
            self._adapter(place) for place in (self.job.start, self.job.incumbent_folder, self.job.candidate_folder)
        ]
        scorer = Scorer(self.model, self.tokenizer, self.adapted, three)
        tokens, (base, incumbent, candidate) = perplexities(scorer.general(self.job.general.read_text("utf-8")))
        apart = Scorer(self.model, self.tokenizer, self.adapted, [three[0], three[2]])
        kl = drift(apart, fixed_lessons(taught=self.job.taught))
        scores, left_out = self._lessons(Scorer(self.model, self.tokenizer, self.adapted, three[1:]))
        return replace(
            found,
            drift=kl,
            perplexity=Perplexity(base, incumbent, candidate, tokens),
            scores=tuple(scores),
            left_out=left_out,
        )

    def written(self, found: Evidence) -> Evidence:
        """Add what incumbent and candidate write for the suite."""
        from model.audition import audition
        from model.engine import LocalEngine
        from model.packing import can_pack, pack
        from model.suite import read
        from model.weights import name_of

        job, asked = self.job, read(self.job.suite, self.job.languages)
        if can_pack(self.model.device):
            pack(self.model)
        folders = {job.incumbent: job.incumbent_folder, job.candidate: job.candidate_folder}
        adapters = {name: self._adapter(place) for name, place in folders.items() if place}
        engine = LocalEngine(
            self.model, self.tokenizer, name=name_of(job.base), adapted=self.adapted, adapters=adapters
        )
        names = (job.incumbent if job.incumbent_folder else None, job.candidate)
        left = job.seconds - (self.clock() - self.began)
        try:
            tell = self._teller("writing")
            texts = audition(engine, asked, names, taught=job.taught, seed=job.seed, seconds=left, tell=tell)
        finally:
            engine.close()
        return replace(found, texts=texts, asked=len(asked))

    def _lessons(self, scorer: Any) -> tuple[list[Score], int]:
        """Score the held-out lessons, the newest first, and count those that found no room or no time."""
        # What the house taught itself says nothing of people.
        held = [one for one in from_jsonl(self.job.held) if one.source != "house"][::-1]
        tell, scores = self._teller("scoring"), []
        for number, one in enumerate(held):
            if self.clock() - self.began > SCORING * self.job.seconds:
                break
            if found := scorer.lesson(one.prompt, one.completion):
                scores.append(_score(one, *found))
            tell(number + 1, len(held))
        return scores, len(held) - len(scores)

    def _adapter(self, place: Path | None) -> Any:
        return self.known[place] if place else None

    def _teller(self, stage: str) -> Callable[[int, int], None]:
        since = self.clock()

        def told(step: int, steps: int) -> None:
            eta = (self.clock() - since) / max(1, step) * (steps - step)
            self.tell("progress", stage=stage, step=step, steps=steps, loss=None, eta_seconds=round(eta, 1))

        return told


def _score(lesson: Lesson, tokens: int, logs: Sequence[float]) -> Score:
    brief = hashlib.sha256(json.dumps(lesson.prompt).encode()).hexdigest()[:16]
    return Score(lesson.user, brief, lesson.format, lesson.label, tokens, *logs)
