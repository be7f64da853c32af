"""The network learns what it is shown, the same way each time, and stops in time."""

import math
import random
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import nn

from model.sentiment_data import Row, certain
from model.sentiment_fitting import Plan, batches, encode, fit, loss_of, predict, share_of_rate
from model.sentiment_network import SentimentNetwork, compress, load, network, save
from model.sentiment_training import mean
from tests import tiny

WORDS = {"rain": 0, "people": 1, "fresh": 2}
PLAN = Plan(rate=5e-3, head_rate=5e-3, decay=1.0, smoothing=0.0, average=0.9, batch_tokens=100)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny.encoder(tmp_path_factory.mktemp("encoder"))


@pytest.fixture(scope="module")
def tokenizer(folder: Path) -> Any:
    from transformers import AutoTokenizer

    return AutoTokenizer.from_pretrained(folder)


def shown(number: int, seed: int) -> list[Row]:
    """Texts whose label a word gives away; asked about "jacket", which is absent where the text hasn't got it."""
    order, found = random.Random(seed), list[Row]()
    for _ in range(number):
        word = order.choice(sorted(WORDS))
        others = order.choices(["bread", "morning", "every", "light", "and"], k=order.randrange(1, 5))
        asked, there = order.random() < 0.5, order.random() < 0.6
        words = [*others, word, *(["jacket"] if asked and there else [])]
        order.shuffle(words)
        label = ("negative", "neutral", "positive")[WORDS[word]]
        aspect = "jacket" if asked else ""
        target = certain("absent" if asked and not there else label, 4 if asked else 3)
        found.append(Row(" ".join(words), aspect, target, "made"))
    return found


def fitted(folder: Path, tokenizer: Any, plan: Plan = PLAN, epochs: int = 2) -> SentimentNetwork:
    torch.manual_seed(1)
    made = network(folder)
    torch.nn.init.normal_(made.text_head.weight, std=0.02)
    torch.nn.init.normal_(made.aspect_head.weight, std=0.02)
    fit(made, [encode(tokenizer, shown(300, seed), 32) for seed in range(epochs)], plan, say=lambda _: None)
    return made


@pytest.fixture(scope="module")
def learnt(folder: Path, tokenizer: Any) -> SentimentNetwork:
    return fitted(folder, tokenizer, epochs=40)


def right(made: SentimentNetwork, tokenizer: Any, rows: list[Row]) -> float:
    asked = encode(tokenizer, rows, 32)
    logits = predict(made, asked)
    hits = [
        int(logits["aspect" if one.row.aspect else "text"][at].argmax()) == one.row.label
        for at, one in enumerate(asked)
    ]
    return sum(hits) / len(hits)


def test_it_learns_to_tell_words_apart_and_what_a_text_does_not_mention(
    folder: Path, tokenizer: Any, learnt: SentimentNetwork
) -> None:
    assert right(network(folder), tokenizer, shown(200, 9)) < 0.6
    assert right(learnt, tokenizer, shown(200, 9)) > 0.9


def test_what_it_learnt_is_still_there_in_a_low_rank(
    folder: Path, tokenizer: Any, learnt: SentimentNetwork, tmp_path: Path
) -> None:
    save(tmp_path, compress(learnt, network(folder), {"attention": 8, "dense": 8}), {})

    assert right(load(folder, tmp_path), tokenizer, shown(200, 9)) > 0.85


def test_the_same_seed_makes_the_same_weights_and_another_seed_others(folder: Path, tokenizer: Any) -> None:
    one, same = (fitted(folder, tokenizer).state_dict() for _ in range(2))
    other = fitted(folder, tokenizer, replace(PLAN, seed=3)).state_dict()

    assert all(torch.equal(one[name], same[name]) for name in one)
    assert not all(torch.equal(one[name], other[name]) for name in one)


def test_words_and_places_are_not_trained(folder: Path, tokenizer: Any) -> None:
    made, base = dict(fitted(folder, tokenizer).named_parameters()), dict(network(folder).named_parameters())

    still = {name for name in base if torch.equal(made[name], base[name])}

    assert {name.split(".")[-2] for name in still} == {"word_embeddings", "position_embeddings"}


def test_it_stops_when_the_time_is_over(folder: Path, tokenizer: Any) -> None:
    ticks, said = count(), list[str]()
    plan = Plan(seconds=5, batch_tokens=800)

    done = fit(
        network(folder),
        [encode(tokenizer, shown(900, 0), 32)],
        plan,
        say=said.append,
        clock=lambda: float(next(ticks)),
    )

    assert done == 5
    assert "the time is over" in said[-1]


def test_rows_of_both_questions_go_into_batches_of_like_length_that_keep_to_their_size(tokenizer: Any) -> None:
    asked = encode(tokenizer, shown(100, 2), 32)

    found = list(batches(asked, 80, None))

    assert sorted(map(id, asked)) == sorted(id(one) for batch in found for one in batch)
    assert all(max(len(one.tokens) for one in batch) * len(batch) <= 80 for batch in found)


def test_a_long_text_is_cut_and_its_aspect_is_not(tokenizer: Any) -> None:
    (one,) = encode(tokenizer, [Row("bread " * 50, "fresh jacket", certain("absent", 4), "made")], 12)

    assert len(one.tokens) == 12
    assert sum(one.types) == 3  # two words and the end


def test_the_loss_asks_each_row_its_own_question(folder: Path, tokenizer: Any) -> None:
    made = network(folder)
    rows = [
        Row("fresh bread", "", (0.2, 0.3, 0.5), "made"),
        Row("fresh bread", "jacket", certain("absent", 4), "made", weight=3.0),
    ]
    asked = encode(tokenizer, rows, 32)
    logits = predict(made, asked)
    text = -(torch.tensor([0.2, 0.3, 0.5]) * logits["text"][0].log_softmax(-1)).sum()
    aspect = -logits["aspect"][1].log_softmax(-1)[3]

    assert loss_of(made, asked, 0.0).item() == pytest.approx(float(text + 3 * aspect) / 4, rel=1e-4)


def test_the_rate_rises_and_falls() -> None:
    shares = [share_of_rate(step, 100, 0.1) for step in range(100)]

    assert shares[0] == pytest.approx(0.1)
    assert max(shares) == shares[9] == shares[10] == 1.0
    assert all(math.isclose(one, 0.5 * (1 + math.cos(math.pi * at / 90))) for at, one in enumerate(shares[10:]))


def test_runs_are_averaged_weight_by_weight() -> None:
    runs = [nn.Linear(2, 2), nn.Linear(2, 2)]
    wanted = (runs[0].weight.detach() + runs[1].weight.detach()) / 2

    made = mean(runs)

    assert torch.allclose(made.weight, wanted)
