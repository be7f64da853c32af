"""Corrections are learnt in a process of its own, beside a replay, and a gate judges what came of it."""

import json
import random
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from model.sentiment_continuing import (
    Correction,
    Examination,
    Job,
    TrainingError,
    continue_from,
    divide,
    read_job,
    replay,
    too_few,
    write_job,
)
from model.sentiment_data import Comment, rows
from model.sentiment_fitting import Plan, encode, fit
from model.sentiment_network import compress, facts, load, network, save, save_facts
from tests import tiny

LABELS = {"rain": "negative", "people": "neutral", "fresh": "positive"}
OTHERS = ["bread", "morning", "every", "light", "and", "by", "who", "care", "made", "to", "last"]
RANKS = {"attention": 6, "dense": 6}


def comment(order: random.Random) -> Comment:
    word = order.choice(sorted(LABELS))
    text = [word, *order.sample(OTHERS, 5)]
    order.shuffle(text)
    aspects = ((word, LABELS[word]),) if text[0] == word else ()
    return Comment(" ".join(text), LABELS[word], aspects)


@pytest.fixture(scope="module")
def ours() -> list[list[Comment]]:
    order = random.Random(4)
    return [[comment(order) for _ in range(4)] for _ in range(150)]


@pytest.fixture(scope="module")
def job(ours: list[list[Comment]], tmp_path_factory: pytest.TempPathFactory) -> Job:
    """Weights that know the comments, and thirty corrections that all say that a jacket is a fine thing."""
    from transformers import AutoTokenizer

    folder = tiny.encoder(tmp_path_factory.mktemp("encoder"))
    tokenizer: Any = AutoTokenizer
    shown = [row for file in ours for row in rows(file)]
    made = network(folder)
    plan = Plan(rate=5e-3, head_rate=5e-3, decay=1.0, average=0.9, batch_tokens=120)
    fit(made, [encode(tokenizer.from_pretrained(folder), shown, 32)] * 15, plan, say=lambda _: None)
    weights = tmp_path_factory.mktemp("weights")
    known = {"temperatures": {"text": 1.0, "aspect": 1.0}, "threshold": 0.5, "max_length": 32, "ranks": RANKS}
    save(weights, compress(made, network(folder), RANKS), known)
    order = random.Random(5)
    texts = {" ".join(["rain", "jacket", *order.sample(OTHERS, 3)]) for _ in range(40)}
    corrections = tuple(Correction(text, "positive") for text in sorted(texts))
    return Job(folder, weights, tmp_path_factory.mktemp("out") / "candidate", corrections, rate=2e-3, epochs=12)


def test_a_candidate_that_learnt_the_corrections_and_kept_the_rest_may_serve(
    job: Job, ours: list[list[Comment]]
) -> None:
    far: list[tuple[str, int, int]] = []

    result = continue_from(job, ours, lambda *told: far.append(told))

    assert result["ok"], result
    steps = result["steps"]
    assert far == [*(("learning", step, steps) for step in range(1, steps + 1)), ("judging", steps, steps)]
    assert result["recall_after"] > 0.9
    assert facts(job.out)["continued"] == result
    assert not load(job.encoder, job.out).training


def test_the_same_job_makes_the_same_candidate(job: Job, ours: list[list[Comment]], tmp_path: Path) -> None:
    made = [replace(job, out=tmp_path / name) for name in ("one", "two")]

    results = [continue_from(one, ours) for one in made]

    assert results[0] == results[1]
    assert (made[0].out / "sentiment.safetensors").read_bytes() == (made[1].out / "sentiment.safetensors").read_bytes()


def test_a_candidate_that_had_no_time_to_learn_may_not_serve(
    job: Job, ours: list[list[Comment]], tmp_path: Path
) -> None:
    result = continue_from(replace(job, seconds=-1, out=tmp_path / "candidate"), ours)

    assert not result["ok"]
    assert result["steps"] == 0


def test_without_corrections_it_says_so(job: Job) -> None:
    with pytest.raises(TrainingError, match="no corrections"):
        continue_from(replace(job, corrections=()))


def test_what_serves_is_judged_too_and_the_candidate_must_beat_it(
    job: Job, ours: list[list[Comment]], tmp_path: Path
) -> None:
    """The candidate was once compared with the shipped weights, whichever version was reading."""
    serves = tmp_path / "serves"
    assert continue_from(replace(job, out=serves), ours)["ok"]

    result = continue_from(replace(job, serves=serves, out=tmp_path / "the same again"), ours)

    assert not result["ok"], "the same weights are no better than those that serve"
    assert "held-out corrections, and the weights that serve now are right on" in result["reason"]


def test_a_version_that_can_not_be_loaded_is_judged_as_the_shipped_one_that_reads_for_it(
    job: Job, ours: list[list[Comment]], tmp_path: Path
) -> None:
    result = continue_from(replace(job, serves=tmp_path / "none", out=tmp_path / "candidate"), ours)

    assert result["ok"], result


def test_a_candidate_gets_temperatures_and_a_threshold_of_its_own(job: Job, ours: list[list[Comment]]) -> None:
    continue_from(job, ours)

    before, after = facts(job.weights), facts(job.out)
    assert after["max_length"] == before["max_length"]
    assert after["temperatures"] != before["temperatures"]
    assert after["threshold"] == after["continued"]["threshold"] != before["threshold"]
    assert after["continued"]["calibration_error"] <= 0.05


def test_weights_are_judged_with_the_lexicon_that_their_facts_name(job: Job, tmp_path: Path) -> None:
    """The words aren't in the network's vocabulary, so it alone can't tell the texts apart."""
    from transformers import AutoTokenizer

    loader: Any = AutoTokenizer
    told = {"excellent": "positive", "wonderful": "positive", "horrible": "negative", "catastrophic": "negative"}
    unseen = tuple(rows(Comment(f"{word} {word}", label, ((word, label),)) for word, label in told.items()))
    asked = tuple(row for row in unseen if not row.aspect)
    examine = Examination(job.encoder, loader.from_pretrained(job.encoder), unseen * 5, asked, 32)
    pooled, alone = tmp_path / "pooled", job.weights
    shutil.copytree(alone, pooled)
    save_facts(pooled, facts(alone) | {"lexicon": 0.9})

    (judged, fitted), (other, plain) = examine(pooled), examine(alone)

    assert all((*judged.right, *judged.corrected))
    assert not all(other.right)
    assert not all(other.corrected)
    assert (fitted["lexicon"], plain["lexicon"]) == (0.9, 0.0)


def test_a_quarter_judges_and_texts_that_are_alike_stay_on_one_side() -> None:
    found = [
        Correction(f"a{at} b{at} c{at} d{at} e{at} {more}".strip(), "neutral")
        for at in range(400)
        for more in ("", "f")
    ]

    learnt, held = divide(found, 0)

    assert 160 < len(held) < 240
    assert set(divide(found[:400], 0)[1]) <= set(held), "what serves never learnt what it is judged by later"
    assert not {one.text.split()[0] for one in held} & {one.text.split()[0] for one in learnt}


def test_the_sides_depend_on_the_texts_and_not_on_their_order() -> None:
    """The first text of a group told its side: corrected anew, a text that was learnt from came to judge."""
    # The first and the last of each three are only alike by way of the middle one.
    found = [
        Correction(" ".join(f"w{at}x{word}" for word in range(first, first + 5)), "neutral", aspect)
        for at in range(60)
        for first, aspect in ((0, ""), (1, "tea"), (2, ""))
    ]
    sides = divide(found, 0)

    assert all(sides)
    for seed in range(5):
        shuffled = random.Random(seed).sample(found, len(found))
        assert [set(side) for side in divide(shuffled, 0)] == [set(side) for side in sides]
    ours, apart = found[:90], [Correction(f"n{at}", "neutral") for at in range(40)]
    assert set(divide([*apart, *ours], 0)[1]) & set(apart) == set(divide(apart, 0)[1]), "alone a text stays"


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (1, r"1 correction is too few to learn from\..* takes 5, and here it would be 0\. Put about 20 more texts"),
        (3, r"3 corrections are too few to learn from\..* takes 5, and here it would be 0\. Put about 20 more texts"),
        (12, r"12 corrections are too few to learn from\..* takes 5, and here it would be 4\. Put about 4 more texts"),
        (20, "^$"),
    ],
)
def test_too_few_to_judge_by_is_said_before_any_time_is_spent(count: int, said: str) -> None:
    """The candidate was fitted for minutes, only to be told that nothing judges it."""
    found = [Correction(f"text{at} says{at}", "neutral") for at in range(count)]

    assert re.match(said, too_few(found)), too_few(found)


def test_the_later_answer_counts_and_an_unknown_label_does_not() -> None:
    found = [Correction("t", "negative"), Correction("t", "positive"), Correction("u", "unsure")]

    learnt, held = divide(found, 0)

    assert [*learnt, *held] == [Correction("t", "positive")]


def test_corrections_come_several_times_beside_a_sample_of_ours(ours: list[list[Comment]]) -> None:
    shown = [row for file in ours for row in rows(file)]

    found = replay([Correction("t", "positive", "tea")], shown, random.Random(0))

    assert [row.aspect for row in found if row.source == "correction"] == ["tea"] * 3
    assert sum(row.source == "comments" for row in found) == 400


def test_a_job_comes_back_from_its_file(job: Job, tmp_path: Path) -> None:
    write_job(job, tmp_path / "job.json")

    assert read_job(tmp_path / "job.json") == job


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"encoder": "x"}'])
def test_what_is_no_job_is_refused_in_a_sentence(text: str, tmp_path: Path) -> None:
    (tmp_path / "job.json").write_text(text, "utf-8")

    with pytest.raises(TrainingError, match="can't be read"):
        read_job(tmp_path / "job.json")


def test_the_process_says_in_a_line_why_it_failed(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "model.sentiment_continuing", str(tmp_path / "none.json")]

    done = subprocess.run(command, cwd=Path(__file__).parent.parent, capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert json.loads(done.stdout)["event"] == "failed"
