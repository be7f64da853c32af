"""The examples in a prompt are typical and unlike each other, and the same for every brief where they can be."""

from statistics import median

import pytest

from model.brief import Brief
from model.checks import FULL, check
from model.formats import FORMATS
from model.house_examples import Example, choose, examples, typical
from model.words import overlap, words
from model.writing import EXAMPLES, PROMPT_CHARACTERS

SHORT = [name for name in FORMATS if name != "blog"]
SOCKS = "heated socks for cyclists"


def chosen(name: str, product: str = SOCKS) -> tuple[Example, ...]:
    return choose(FORMATS[name], Brief(product, name), EXAMPLES, PROMPT_CHARACTERS)


def size(example: Example) -> int:
    return len(example.brief) + len(example.copy)


@pytest.mark.parametrize("name", SHORT)
def test_they_are_of_the_usual_length_and_pass_every_check(name: str) -> None:
    usual = median(size(one) for one in examples(name))

    found = chosen(name)

    assert len(found) == EXAMPLES
    assert all(0.8 * usual <= size(one) <= 1.2 * usual for one in found)
    for one in found:
        verdicts = check(one.copy, Brief(one.brief, name), FORMATS[name])
        assert {verdict.name for verdict in verdicts if not verdict.ok} <= {FULL}


@pytest.mark.parametrize("name", SHORT)
def test_they_are_unlike_each_other(name: str) -> None:
    first, second = chosen(name)

    assert words(first.brief)[:1] != words(second.brief)[:1]
    assert overlap(first.brief, second.brief) < 0.2
    assert overlap(first.copy, second.copy) < 0.2


def test_they_are_the_same_for_every_brief_that_is_about_something_else() -> None:
    products = ("tweet for Brewline cold brew", "Twitter post: dentist, evening", "tweet for tea", "shoes", "x", "")

    assert {chosen("tweet", product) for product in products} == {typical("tweet")[:EXAMPLES]}


@pytest.mark.parametrize("name", SHORT)
def test_one_about_the_same_thing_gives_way_to_the_next(name: str) -> None:
    own = chosen(name)[0]

    found = chosen(name, f"{own.brief}, next week")

    assert own not in found
    assert len(found) == EXAMPLES


def test_they_stay_within_the_budget() -> None:
    assert choose(FORMATS["tweet"], Brief(SOCKS), 12, 700)
    assert sum(map(size, choose(FORMATS["tweet"], Brief(SOCKS), 12, 700))) <= 700
    assert choose(FORMATS["tweet"], Brief(SOCKS), 12, 10) == ()
