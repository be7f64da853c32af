"""A fine-tuning of a tiny model: its folder, an adapter to start from, lessons about bread, and the job."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from model.finetune import Job
from model.lessons import Lesson, Source, to_jsonl
from tests import tiny

LIKED, DISLIKED = "Fresh bread, made to last.", "A jacket for rain and wind!"


def lesson(number: int, *, source: Source = "vote", completion: str = "") -> Lesson:
    """Every other one is liked; they are of three lengths."""
    liked = number % 2 == 0
    text = completion or " ".join([LIKED if liked else DISLIKED] * (1 + number % 3))
    return Lesson(
        prompt=({"role": "system", "content": "Write."}, {"role": "user", "content": f"bread {number}"}),
        completion=text,
        label=liked,
        user=f"U{number % 3}",
        at=f"2026-11-01T00:00:{number:02}Z",
        draft=f"d{number}",
        format="tweet",
        source=source,
    )


def job(root: Path, lessons: Sequence[Lesson] = (), **changes: Any) -> Job:
    """A job in a folder; the model and the adapter are made where they aren't there yet."""
    base = root / "tiny"
    if not base.is_dir():
        tiny.llama(context=512).save_pretrained(base)
        tiny.tokenizer().save_pretrained(base)
        tiny.adapter(root / "start", seed=5)
    to_jsonl(lessons or [lesson(number) for number in range(24)], root / "lessons.jsonl")
    made = Job(base, root / "start", root / "lessons.jsonl", root / "out", "kto", rate=1e-2, device="cpu", threads=1)
    return replace(made, **changes)
