"""Trains the shipped sentiment weights from open data and our own comments; also a program."""

import argparse
import random
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, replace
from itertools import starmap
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from model.sentiment_continuing import Job as Job
from model.sentiment_continuing import continue_from as continue_from
from model.sentiment_data import NUMBER, Data, Row, held_out, read
from model.sentiment_lexicon import KEY, Lexicon
from model.sentiment_questions import absent, clauses, general, named
from model.sentiment_variations import Shares, Variations, people

MAX_LENGTH = 128
RANKS: Mapping[str, int] = {"attention": 32, "intermediate": 32, "output": 32}
LEXICON = 0.27
"""How much the lexicon counts in the answer about a text; chosen by looking at tweets and our held-out comments."""
LEAST_COVERAGE = 0.85
"""The threshold is the highest at which so many of the held-out comments still get an answer."""
THRESHOLDS = [round(0.34 + 0.02 * step, 2) for step in range(32)]
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Mix:
    """What an epoch holds: the share of each open set that is drawn, how often our comments come, and questions."""

    xed: int = 6000
    mams: float = 1.0
    clauses: float = 1.0
    uci: int = 1
    named: int = 1
    comments: int = 1
    aspects: int = 1
    absent_terms: float = 0.15
    absent_aspects: float = 0.4
    absent_general: float = 0.08
    people: int = 3
    neutral_terms: float = 0.6
    neutral_clauses: float = 0.25
    """Weights of MAMS's neutral terms: nearly half of them are, above all because it has no text of one feeling alone.

    Elsewhere a sentence about one thing mostly praises or blames it, so a clause that was taken out weighs less still.
    """


def epoch(data: Data, mix: Mix, seed: int) -> list[Row]:
    """One epoch's rows, varied; the same seed gives the same."""
    order = random.Random(seed)
    by = {name: [row for row in data.learnt if row.source == name] for name in ("xed", "uci", "mams", "comments")}
    lines = [[row for row in by["xed"] if row.label == label] for label in range(3)]
    texts = [row for row in by["comments"] if not row.aspect]
    aspects = [row for row in by["comments"] if row.aspect]
    asked = list(general(by["mams"]))
    unmentioned = [row for row in asked if row.label == 3]
    rows = [
        *(row for part in lines for row in _drawn(part, mix.xed / 3 / max(1, len(part)), order)),
        *by["uci"] * mix.uci,
        *list(named(by["uci"])) * mix.named,
        *_drawn(by["mams"], mix.mams, order),
        *_drawn(list(clauses(by["mams"])), mix.clauses, order),
        *texts * mix.comments,
        *aspects * mix.aspects,
        *(row for row in asked if row.label != 3),
        *_drawn(unmentioned, mix.absent_general, order),
        *people(mix.people, order),
        *absent(by["mams"], mix.absent_terms, order),
        *absent(aspects, mix.absent_aspects, order),
    ]
    vary = Variations(seed, Shares(), by["comments"])
    return [vary.of(_weighed(row, mix)) for row in rows]


def _weighed(row: Row, mix: Mix) -> Row:
    weights = {"mams": mix.neutral_terms, "clauses": mix.neutral_clauses}
    is_neutral = row.label == NUMBER["neutral"] and row.source in weights
    return replace(row, weight=weights[row.source]) if is_neutral else row


def _drawn(rows: Sequence[Row], share: float, order: random.Random) -> list[Row]:
    return order.sample(list(rows), min(len(rows), round(share * len(rows))))


def train(
    encoder: Path, data: Data, out: Path, *, plan: Any, mix: Mix, epochs: Sequence[int], processes: int = 1
) -> dict[str, Any]:
    """Fit the whole encoder, keep the change in a low rank, calibrate, and write; what was written as facts.

    `epochs` says of each run how many it has; the weights are the mean of the runs, which differ in their order and
    variations and begin alike (Wortsman et al., Model soups, 2022). So many `processes` fit a run each at a time.
    """
    from model.sentiment_network import compress, network, save

    began = time.monotonic()
    jobs = [(encoder, data, plan, mix, number, times) for number, times in enumerate(epochs)]
    if processes > 1:
        with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
            runs, steps, rows = zip(*pool.map(_run, *zip(*jobs, strict=True)), strict=True)
    else:
        runs, steps, rows = zip(*starmap(_run, jobs), strict=True)
    how: dict[str, Any] = {"plan": asdict(plan), "mix": asdict(mix), "epochs": list(epochs)}
    how |= {"steps": steps, "rows": rows, "dropped": dict(data.dropped), "seconds": round(time.monotonic() - began)}
    tensors = compress(mean(runs), network(encoder), RANKS)
    plain = {"temperatures": {"text": 1.0, "aspect": 1.0}, "threshold": 0.0, "max_length": MAX_LENGTH}
    save(out, tensors, plain | {"ranks": dict(RANKS), "training": how})
    return calibrate(encoder, data.held, out)


def calibrate(encoder: Path, held: Sequence[Row], weights: Path) -> dict[str, Any]:
    """Fit temperatures and threshold to weights that are there, and write them to their facts, which are returned."""
    from transformers import AutoTokenizer

    from model.sentiment_network import facts, load, save_facts

    tokenizer: Any = AutoTokenizer.from_pretrained(encoder, local_files_only=True)
    known = {**facts(weights), **calibrated(load(encoder, weights), tokenizer, held, Lexicon(LEXICON))}
    save_facts(weights, known)
    return known


def _run(encoder: Path, data: Data, plan: Any, mix: Mix, number: int, epochs: int) -> tuple[Any, int, int]:
    """Fit one network; it, the steps that were taken and the rows that were seen.

    All runs begin alike: heads begin at random, and a fresh process has a seed of its own.
    """
    import torch
    from transformers import AutoTokenizer

    from model.sentiment_fitting import encode, fit
    from model.sentiment_network import network

    if plan.threads:
        torch.set_num_threads(plan.threads)
    torch.manual_seed(plan.seed)
    made, own = network(encoder), replace(plan, seed=plan.seed + number)
    tokenizer: Any = AutoTokenizer.from_pretrained(encoder, local_files_only=True)
    asked = [encode(tokenizer, epoch(data, mix, 1000 * own.seed + at), MAX_LENGTH) for at in range(epochs)]
    steps = fit(made, asked, own, say=lambda line: _say(f"run {number + 1}: {line}"))
    return made, steps, sum(len(one) for one in asked)


def mean(runs: Sequence[Any]) -> Any:
    """The first network with the mean of all weights."""
    import torch

    with torch.no_grad():
        for weights in zip(*(one.parameters() for one in runs), strict=True):
            weights[0].copy_(torch.stack([one.detach() for one in weights]).mean(0))
    return runs[0]


def calibrated(network: Any, tokenizer: Any, held: Sequence[Row], lexicon: Lexicon) -> dict[str, Any]:
    """Temperatures, threshold and scores from the held-out rows, of texts as they are pooled with the lexicon.

    What is said of calibration and of the threshold is taken on rows that the temperature was not fitted to.
    """
    import numpy as np

    from model.sentiment_fitting import answers, encode
    from model.sentiment_scores import calibration_error, choose_threshold, coverage, fit_temperature, scores

    rows = encode(tokenizer, held, MAX_LENGTH)
    logits = answers(network, rows, lexicon)
    found: dict[str, Any] = {"max_length": MAX_LENGTH, "pooling": "first and mean", "temperatures": {}, "held_out": {}}
    found[KEY] = lexicon.weight
    for question in ("text", "aspect"):
        places = [at for at, one in enumerate(rows) if bool(one.row.aspect) == (question == "aspect")]
        asked, right = logits[question][places], np.array([rows[at].row.label for at in places])
        if question == "aspect":
            asked = asked[:, :3]
        said = crosswise(asked, right)
        found["temperatures"][question] = fit_temperature(asked, right)
        found["held_out"][question] = scores(asked.argmax(1), right, 3) | {"ece": calibration_error(said, right)}
        if question == "text":
            curve = coverage(said, right, THRESHOLDS)
            found |= {"threshold": choose_threshold(curve, LEAST_COVERAGE), "coverage": curve}
    return found


def crosswise(logits: Any, right: Any) -> Any:
    """Probabilities of rows, each with a temperature that was fitted to the other folds."""
    import numpy as np

    from model.sentiment_scores import fit_temperature, softmax

    fold, found = np.arange(len(right)) % FOLDS, np.zeros(logits.shape)
    for number in range(FOLDS):
        inside = fold == number
        found[inside] = softmax(logits[inside], fit_temperature(logits[~inside], right[~inside]))
    return found


def main(arguments: Sequence[str] | None = None) -> None:
    """`python -m model.sentiment_training --data ../shared/data/open --out model/sentiment`.

    `--calibrate` needs no `--data`: what temperatures and threshold are fitted to are comments of ours.
    """
    chosen = _options(arguments)
    from model.fetch import fetch_encoder
    from model.sentiment_fitting import Plan

    encoder = fetch_encoder(chosen.home)
    if chosen.calibrate:
        facts = calibrate(encoder, held_out(), chosen.out)
    else:
        plan = Plan(seconds=chosen.seconds, seed=chosen.seed, bfloat16=chosen.bfloat16, threads=chosen.threads)
        how = {"epochs": chosen.epochs, "processes": chosen.processes}
        facts = train(encoder, read(chosen.data), chosen.out, plan=plan, mix=Mix(), **how)
    _say(f"held out: {facts['held_out']}")


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="folder of the open sets")
    parser.add_argument("--out", type=Path, required=True, help="folder for the weights")
    parser.add_argument("--home", type=Path, default=Path("data"), help="data folder that holds, or gets, the encoder")
    parser.add_argument("--epochs", type=int, nargs="+", default=[2, 2], help="of each run; runs are averaged")
    parser.add_argument("--seconds", type=float, default=4 * 3600.0)
    parser.add_argument("--bfloat16", action="store_true", help="multiply in bfloat16: faster with AVX512-BF16")
    parser.add_argument("--threads", type=int, default=1, help="of each run")
    parser.add_argument("--processes", type=int, default=1, help="runs at a time")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--calibrate", action="store_true", help="only fit temperatures and threshold to what is there")
    chosen = parser.parse_args(arguments)
    if chosen.data is None and not chosen.calibrate:
        parser.error("To train, the folder of the open sets is needed; name it with --data.")
    return chosen


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
