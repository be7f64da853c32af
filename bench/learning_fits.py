"""Fits an adapter to a simulated team's votes, as a round does it; the adapter stays in the cache."""

import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench import results
from bench.results import say
from model.brief import Brief
from model.examples import collect
from model.finetune import Job, choose_loss, write_job
from model.fitting_share import environment
from model.formats import FORMATS
from model.generation import Message
from model.lessons import to_jsonl
from model.prompts import messages
from model.replay import replay
from model.signals import Signal

NOW = datetime(2026, 11, 23, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Fit:
    """What is fitted: a team's votes, over which base and house adapter, and where it is kept."""

    name: str
    signals: tuple[Signal, ...]
    base: Path
    start: Path
    cache: Path


def fitted(fit: Fit, threads: int = 1, seconds: float = 3600.0) -> Path:
    """The adapter's folder; what was fitted before is taken as it is."""
    out = fit.cache / fit.name.replace(" ", "-")
    if out.is_dir():
        return out
    collected = collect(fit.signals, now=NOW, seed=0)
    say(f"{fit.name}: {len(collected.train)} lessons, {collected.report.missing or 'enough'}")
    lessons = fit.cache / f"{out.name}.lessons.jsonl"
    learnt = collected.lessons(_prompt).train
    to_jsonl((*learnt, *replay(len(learnt), seed=0, prompt=_prompt)), lessons)
    loss = choose_loss(collected.report.votes_up, collected.report.votes_down)
    _run(Job(fit.base, fit.start, lessons, out, loss, seconds=seconds, threads=threads))
    return out


def _prompt(brief: Brief) -> tuple[Message, ...]:
    return messages(brief, FORMATS[brief.format], taught=True)


def _run(job: Job) -> None:
    """Fit in a process of its own, as rounds do; its events go to stderr."""
    path = job.out.with_name(f"{job.out.name}.job.json")
    write_job(job, path)
    made = environment(os.environ, device=job.device, threads=job.threads)
    command = [sys.executable, "-m", "model.finetune", str(path)]
    subprocess.run(command, env=made, cwd=results.ROOT, stdout=sys.stderr, check=True)
