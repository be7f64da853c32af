"""The house's examples are the bar, and what a fine-tune may learn of them."""

import random

from model import house_training
from model.brief import Brief
from model.checks import check
from model.formats import FORMATS
from model.house_examples import Example, examples
from model.writer import Writer
from model.writing import Draft
from tests import tiny
from tests.fake_engine import FakeEngine

FEWEST = 800


def test_every_format_has_examples_and_there_are_enough_of_them() -> None:
    counts = {name: len(examples(name)) for name in FORMATS}

    assert sum(counts.values()) >= FEWEST
    assert min(counts.values()) >= 10, counts


def test_the_examples_hold_what_the_checks_ask() -> None:
    """Figures of speech may fool a check; a length, a cut sentence or a placeholder never gets in."""
    names = {"length", "complete", "assistant talk", "placeholders"}
    failed = [
        (name, one.copy[:60], verdict.reason)
        for name in FORMATS
        for one in examples(name)
        for verdict in check(one.copy, Brief(product=one.brief, format=name), FORMATS[name])
        if verdict.name in names and verdict.hard and not verdict.ok
    ]

    assert failed == []


def test_a_tenth_is_held_out_and_never_taught() -> None:
    taught, held = list(house_training.split(held_out=False)), list(house_training.split(held_out=True))

    assert not set(taught) & set(held)
    assert 0.07 < len(held) / (len(taught) + len(held)) < 0.11


def test_a_phrase_that_must_be_said_is_in_brief_and_copy() -> None:
    example = Example("tweet for Acme, free shipping this week", "Acme has free shipping this week.")

    found = {house_training.phrase_in_both(example, random.Random(seed)) for seed in range(20)}

    assert () in found
    assert ("free shipping this week",) in found


def test_only_the_copy_is_learnt() -> None:
    tokenizer = tiny.tokenizer()

    one = house_training.lesson(tokenizer, "tweet", Example("tea", "hot tea"))

    assert tokenizer.decode(one.tokens[one.start :]).startswith("hot tea")
    assert "tea" in tokenizer.decode(one.tokens[: one.start])


def test_the_writer_asks_for_its_adapter_and_says_so() -> None:
    engine = FakeEngine("Brewline cold brew ships free this week, and it is good.")

    drafts = [
        item
        for item in Writer(engine, adapter="house", taught=True).write(
            Brief(product="tweet for Brewline cold brew", variants=1)
        )
        if isinstance(item, Draft)
    ]

    assert [one.adapter for one in drafts] == ["house"]
    assert {request.adapter for request in engine.requests} == {"house"}
    assert len(engine.requests[0].prompt) == 2, "the house has learnt the examples; the prompt shows none"
