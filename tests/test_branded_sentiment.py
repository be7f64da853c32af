"""Sentiment asks about what the default brand names, unless a person says otherwise."""

import json

import pytest

from bot.sentiment_form import OWN, SET, TEXT
from model.sentiment_aspects import SETS
from tests.brand_rows import add_brand
from tests.running_bot import RunningBot
from tests.thread_reading import shown
from tests.visitor import Visitor


def test_sentiment_asks_about_what_the_default_brand_names(bot: RunningBot, ana: Visitor) -> None:
    add_brand(bot.storage, is_default=True, aspects=("food", "parking"))
    ana.type("/sentiment Lovely waiter, shame about the food")
    ana.wait_for(lambda page: any("food: *negative*" in shown(one) for one in page.messages()))
    ana.type("/sentiment --aspects waiter Lovely waiter")

    ana.type("/sentiment")

    view = ana.wait_for(lambda page: page.view)
    field = next(block for block in view["blocks"] if block["block_id"] == OWN)
    assert field["element"]["initial_value"] == "food, parking"
    found = bot.rows("SELECT aspects FROM readings ORDER BY asked_at")
    assert [json.loads(row["aspects"]) for row in found] == [["food", "parking"], ["waiter"]]


def test_sentiment_can_do_without_the_aspects_of_the_default_brand(bot: RunningBot, ana: Visitor) -> None:
    """Leaving `--aspects` out is what brings them in."""
    add_brand(bot.storage, is_default=True, aspects=("food", "parking"))

    ana.type("/sentiment --aspects none Lovely food, but none of it was warm")

    found = ana.wait_for(lambda page: [one for one in page.messages() if "none of it" in one["text"]])
    assert "food: *" not in shown(found[0])
    assert "none: *" not in shown(found[0])


@pytest.mark.parametrize(
    ("own", "aspects"),
    [
        ({}, SETS["shops"]),
        ({OWN: ""}, SETS["shops"]),
        ({OWN: "food, parking, taste"}, (*SETS["shops"], "food", "parking", "taste")),
        ({OWN: "none"}, SETS["shops"]),
    ],
)
def test_a_set_takes_the_place_of_the_default_brands_aspects(
    bot: RunningBot, ana: Visitor, own: dict[str, str], aspects: tuple[str, ...]
) -> None:
    add_brand(bot.storage, is_default=True, aspects=("food", "parking"))
    ana.type("/sentiment")
    ana.wait_for(lambda page: page.view)

    ana.fill_and_submit({TEXT: "Lovely waiter", SET: "shops", **own})

    (row,) = bot.rows("SELECT aspects FROM readings")
    assert tuple(json.loads(row["aspects"])) == aspects
