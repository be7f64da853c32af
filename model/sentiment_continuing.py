"""Goes on training the sentiment weights from people's corrections, beside a replay of our comments; also a program."""

import argparse
import hashlib
import json
import os
import random
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, fields
from functools import partial
from pathlib import Path
from typing import Any

from model.download import ModelError
from model.fitting_events import Teller, untold
from model.fitting_share import environment, step_back, tether
from model.sentiment_data import NUMBER, Comment, Row, alike, certain, comments, rows, split
from model.sentiment_gate import FEWEST, Judged, judge
from model.sentiment_lexicon import lexicon_of

FAR = ("stage", "step", "steps")
HELD_OUT_EVERY = 4
ALIKE = 0.6  # share of words from which on two corrections stay on one side
REPLAY = 8  # rows of ours beside one correction, at least LEAST_REPLAY
LEAST_REPLAY, MOST_REPLAY = 400, 3000
REPEATS = 3  # times that a correction comes in an epoch
BAD_JOB = "The job {!r} can't be read: {}. Write it with `write_job`."
NOTHING = "There are no corrections to learn from; correct a few answers first."
TOO_FEW = (
    "{said} too few to learn from. About a quarter of the corrected texts judge what was learnt from the others: that "
    "takes {fewest}, and here it would be {held}. Put about {more} more texts right first."
)
UNFORESEEN = "The training stopped because of an internal error ({})."


class TrainingError(Exception):
    """The training can't go on; the message is a sentence that says why and what to do."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What somebody said is right; of the whole text without an aspect."""

    text: str
    label: str
    aspect: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """Weights to go on from, corrections, and where the candidate goes; two runs on as many threads make the same.

    `serves` are the weights that read now, which the candidate must beat; None where those are what it goes on from.
    """

    encoder: Path
    weights: Path
    out: Path
    corrections: tuple[Correction, ...]
    seed: int = 0
    seconds: float = 900.0
    threads: int = 1
    epochs: int = 2
    rate: float = 2e-5
    serves: Path | None = None


def write_job(job: Job, file: Path) -> None:
    """Write a job as JSON."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(asdict(job), default=str, ensure_ascii=False), "utf-8")


def read_job(file: Path) -> Job:
    """Read a job; raises TrainingError when it is none."""
    try:
        found = json.loads(file.read_text("utf-8"))
        wrong = found.keys() ^ {one.name for one in fields(Job)}
        if wrong:
            raise ValueError(f"see {sorted(wrong)[0]!r}")
        made = tuple(Correction(**one) for one in found.pop("corrections"))
        found |= {name: Path(found[name]) for name in ("encoder", "weights", "out")}
        found["serves"] = None if found["serves"] is None else Path(found["serves"])
        return Job(**found, corrections=made)
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise TrainingError(BAD_JOB.format(str(file), error)) from error


def divide(corrections: Sequence[Correction], seed: int) -> tuple[list[Correction], list[Correction]]:
    """The corrections to learn from and about a quarter that judges; a text goes with one that it is like.

    Of a question that was corrected twice, the later answer counts. The sides depend on which texts there are, not on
    their order: the text with the least number takes those that are like it to its side, then the next of the others
    does. So a text that is like no other stays where it is. One that is like others can change its side when a text
    is added or gone, for it may then go with another; what serves may have learnt what it is judged by then. And two
    that are alike can be parted where one of them goes with a third.
    """
    latest = {(one.text, one.aspect): one for one in corrections if one.label in NUMBER}
    numbers = {text: hashlib.sha256(f"{seed} {text}".encode("utf-8", "replace")).digest() for text, _ in latest}
    leaders, judging = list[str](), set[str]()
    # The first byte tells the side, so the order is by the others: else the first texts would all be on one side.
    for text in sorted(numbers, key=lambda text: numbers[text][1:]):
        leader = next((one for one in leaders if alike(one, text, ALIKE)), None)
        if leader is None:
            leaders.append(text)
        if numbers[leader or text][0] % HELD_OUT_EVERY == 0:
            judging.add(text)
    learnt = [one for one in latest.values() if one.text not in judging]
    return learnt, [one for one in latest.values() if one.text in judging]


def too_few(corrections: Sequence[Correction], seed: int = 0) -> str:
    """Why nothing could be told of what would be learnt, in a sentence, before any time is spent; empty if it could."""
    count, held = len(corrections), len(divide(corrections, seed)[1])
    if held >= FEWEST:
        return ""
    said = "1 correction is" if count == 1 else f"{count:,} corrections are"
    return TOO_FEW.format(said=said, held=held, fewest=FEWEST, more=HELD_OUT_EVERY * (FEWEST - held))


def as_row(one: Correction) -> Row:
    """A correction as a row."""
    return Row(one.text, one.aspect, certain(one.label, 4 if one.aspect else 3), "correction")


def continue_from(
    job: Job, found: Sequence[Sequence[Comment]] | None = None, tell: Callable[[str, int, int], None] = untold
) -> dict[str, Any]:
    """Train on corrections and replay, write the candidate to `job.out`, and judge it; what the gate says, as facts.

    Nothing serves by this: the candidate is a folder like the one it started from, with temperatures and a threshold
    of its own. `found` replaces our comments; `tell` hears stage, step and steps.
    """
    import torch

    from model.sentiment_fitting import Plan, encode, fit
    from model.sentiment_network import compress, facts, load, network, save

    learnt, held = _sides(job)
    torch.set_num_threads(job.threads)
    known, tokenizer = facts(job.weights), _tokenizer(job.encoder)
    length, order = int(known["max_length"]), random.Random(job.seed)
    ours, unseen = (list(rows(part)) for part in split(found or comments(Counter())))
    epochs = [encode(tokenizer, replay(learnt, ours, order), length) for _ in range(job.epochs)]
    made = load(job.encoder, job.weights).requires_grad_(True)
    plan = Plan(rate=job.rate, head_rate=5 * job.rate, batch_tokens=800, seed=job.seed, seconds=job.seconds)
    steps = fit(made, epochs, plan, say=lambda _: None, step=partial(tell, "learning"))
    tell("judging", steps, steps)
    tensors = compress(made, network(job.encoder), known["ranks"])
    save(job.out, tensors, known)
    examine = Examination(job.encoder, tokenizer, tuple(unseen), tuple(as_row(one) for one in held), length)
    after, fitted = examine(job.out)
    shipped = examine(job.weights)[0]
    before = _serving(job, examine) or shipped
    ok, sentence = judge(before, after, shipped)
    result = {"ok": ok, "reason": sentence, "steps": steps, "learnt": len(learnt), "held": len(held)}
    result |= {"recall_before": round(before.recall, 4), "recall_after": round(after.recall, 4)}
    result |= {"calibration_error": after.error, "threshold": fitted["threshold"]}
    save(job.out, tensors, {**known, **fitted, "max_length": length, "continued": result})
    return result


def _sides(job: Job) -> tuple[list[Correction], list[Correction]]:
    learnt, held = divide(job.corrections, job.seed)
    if not learnt:
        raise TrainingError(NOTHING)
    return learnt, held


def _serving(job: Job, examine: "Examination") -> Judged | None:
    """What the weights that read now get right; None where those are what the candidate began from.

    So they are where a version can't be loaded: the desk reads with what was shipped, too.
    """
    if job.serves is None or job.serves == job.weights:
        return None
    try:
        return examine(job.serves)[0]
    except ModelError:
        return None


def _tokenizer(encoder: Path) -> Any:
    from transformers import AutoTokenizer

    loader: Any = AutoTokenizer
    return loader.from_pretrained(encoder, local_files_only=True)


def replay(learnt: Sequence[Correction], ours: Sequence[Row], order: random.Random) -> list[Row]:
    """An epoch: each correction several times, and a sample of our comments."""
    number = min(max(LEAST_REPLAY, REPLAY * len(learnt)), MOST_REPLAY, len(ours))
    return [*([as_row(one) for one in learnt] * REPEATS), *order.sample(list(ours), number)]


@dataclass(frozen=True, slots=True)
class Examination:
    """What weights are judged by: our held-out comments, and the held-out corrections."""

    encoder: Path
    tokenizer: Any
    unseen: tuple[Row, ...]
    asked: tuple[Row, ...]
    length: int

    def __call__(self, weights: Path) -> tuple[Judged, dict[str, Any]]:
        """What weights get right, pooled as their facts say; and the temperatures and the threshold that fit them."""
        from model.sentiment_fitting import answers, encode
        from model.sentiment_network import facts, load

        # That module is about training from nothing and takes this one in, so it can't be imported above.
        from model.sentiment_training import calibrated

        network, lexicon = load(self.encoder, weights), lexicon_of(facts(weights))
        texts = encode(self.tokenizer, [row for row in self.unseen if not row.aspect], self.length)
        found = answers(network, texts, lexicon)["text"].argmax(1).tolist()
        labels = tuple(one.row.label for one in texts)
        right = tuple(said == own for said, own in zip(found, labels, strict=True))
        corrected = encode(self.tokenizer, self.asked, self.length)
        logits = answers(network, corrected, lexicon)
        hits = (
            int(logits["aspect" if one.row.aspect else "text"][at].argmax()) == one.row.label
            for at, one in enumerate(corrected)
        )
        fitted = calibrated(network, self.tokenizer, self.unseen, lexicon)
        error = max(float(one["ece"]) for one in fitted["held_out"].values())
        return Judged(labels, right, tuple(hits), error), fitted


def main(arguments: Sequence[str] | None = None) -> int:
    """`python -m model.sentiment_continuing JOB.json`; exit code 0 with a candidate, 1 with a reason."""
    parser = argparse.ArgumentParser(prog="python -m model.sentiment_continuing", description=__doc__)
    parser.add_argument("job", type=Path, help="a job as JSON")
    parser.add_argument("--tethered", action="store_true", help="end when standard input closes")
    chosen = parser.parse_args(arguments)
    tell = Teller()
    if chosen.tethered:
        tether()
    try:
        job = read_job(chosen.job)
        os.environ.update(environment(os.environ, device="cpu", threads=job.threads))
        step_back(job.threads)
        tell("done", **continue_from(job, tell=lambda *far: tell("progress", **dict(zip(FAR, far, strict=True)))))
    except TrainingError as error:
        tell("failed", reason=str(error))
        return 1
    except Exception as error:  # whoever started it reads one sentence, whatever happened
        traceback.print_exc()
        tell("failed", reason=UNFORESEEN.format(type(error).__name__))
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
