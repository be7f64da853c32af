"""Aspects as people type them."""

import pytest

from model.sentiment import SentimentError
from model.sentiment_aspects import MOST, SETS, parse


@pytest.mark.parametrize(
    ("typed", "aspects"),
    [
        ("food, service", ("food", "service")),
        ("  Food ;room   service\nfood,", ("Food", "room service")),
        ("Hotels", SETS["hotels"]),
        ("restaurant", SETS["restaurants"]),
        ("coffee, shops", ("coffee", "shops")),
        ("food,delivery", ("food", "delivery")),
        ("delivery", SETS["delivery"]),
        ("Hotel; restaurants", tuple(dict.fromkeys((*SETS["hotels"], *SETS["restaurants"])))),
        ("None", ("None",)),
        ("none, food", ("food",)),
        ("", ()),
        (" , ;", ()),
    ],
)
def test_aspects_are_read_from_what_is_typed(typed: str, aspects: tuple[str, ...]) -> None:
    assert parse(typed) == aspects


def test_each_set_can_be_asked_about_at_once_and_names_nothing_twice() -> None:
    for name, aspects in SETS.items():
        assert parse(name) == aspects
        assert len(aspects) == len({one.casefold() for one in aspects}) <= MOST


def test_a_set_that_is_chosen_stands_beside_what_is_typed() -> None:
    assert parse("parking, Food", "restaurants") == (*SETS["restaurants"], "parking")
    assert parse("delivery", "restaurants") == (*SETS["restaurants"], "delivery")
    assert parse("", "hotels") == SETS["hotels"]


def test_too_many_and_too_long_are_a_sentence() -> None:
    with pytest.raises(SentimentError, match="There are 21 aspects"):
        parse(", ".join(f"aspect {number}" for number in range(21)))
    with pytest.raises(SentimentError, match="more than 60 characters"):
        parse("w" * 61)
