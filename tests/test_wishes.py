"""A person's own words are read as wishes: what a rule can see is told apart from what only a reader can."""

import pytest

from model.wishes import wishes


def read(words: str) -> list[tuple[str, ...]]:
    return [tuple(filter(None, (one.kind, one.what, one.new))) for one in wishes(words)]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("no emojis", [("without", "emoji")]),
        ("Please no emoji or hashtags!", [("without", "emoji"), ("without", "hashtags")]),
        ("don't use exclamation marks", [("without", "exclamation marks")]),
        ("remove the hashtag", [("without", "hashtags")]),
        ("don’t mention the price", [("without", "prices")]),
        ("no prices", [("without", "prices")]),
        ("leave out all links", [("without", "links")]),
        ("add a question at the end", [("question last",)]),
        ("end with a question", [("question last",)]),
        ("change Friday to Saturday", [("change", "Friday", "Saturday")]),
        ("Saturday instead of Friday", [("change", "Friday", "Saturday")]),
        ("use “silky” instead of “smooth”", [("change", "smooth", "silky")]),
        ("replace £3 with £4", [("change", "£3", "£4")]),
        ("drop the second sentence", [("drop sentence", "1")]),
        ("cut the last sentence", [("drop sentence", "-1")]),
        ("stop using the word cheap", [("never", "cheap")]),
        ("never mention competitors", [("never", "competitors")]),
        ("mention free parking", [("must", "free parking")]),
        ("include the hashtag #SlowCoffee", [("must", "#SlowCoffee")]),
        ("less salesy", [("tone", "less salesy")]),
        ("change the tone to friendly", [("tone", "friendly")]),
        ("mention the price", [("about", "the price")]),
        ("talk about summer evenings", [("about", "summer evenings")]),
        ("the price is now £4", [("fact", "the price is now £4")]),
        ("Easter", [("fact", "Easter")]),
        ("free parking after six", [("fact", "free parking after six")]),
        ("  ", []),
    ],
)
def test_a_wish_that_a_rule_understands_is_told_by_its_kind(words: str, found: list[tuple[str, ...]]) -> None:
    assert read(words) == found


@pytest.mark.parametrize(
    "words",
    [
        "make it less about shipping",
        "shorter sentences",
        "Use British spelling",
        "say it in a funnier way",
        "turn it into a question",
        "start with a question",
        "drop the last bit",
        "remove the ending",
        "the opening is weak",
        "sounds like everyone else",
        "boring",
        "make it rhyme",
        "don't say how much it costs",
    ],
)
def test_an_order_to_the_writer_is_no_fact(words: str) -> None:
    assert read(words) == [("unknown",)]


def test_several_wishes_are_read_one_by_one_only_where_each_is_understood() -> None:
    assert read("drop the second sentence and mention free parking") == [
        ("drop sentence", "1"),
        ("must", "free parking"),
    ]
    assert read("No emojis. Mention free parking.") == [("without", "emoji"), ("must", "free parking")]
    assert read("no emojis and make it rhyme") == [("unknown",)]
