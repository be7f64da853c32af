"""Copy that goes in circles, and figures of speech that only repeat a word."""

import pytest

from model.faults import repetition
from model.formats import FORMATS
from model.parts import parse

CIRCLES = [
    "Cold brew is here now. Cold brew is here now.",
    "It is slow and cold. Come in. It is slow and cold!",
    "Come and try our coffee. COME AND TRY OUR COFFEE.",
    "The best way to start the day is the best way to start the day is the best way to start the day.",
    "Fresh fresh fresh fresh coffee",
    "Buy now.\nIt tastes like the sea.\nIt tastes like the sea.",
    "so so so so good",
    "A cup of our coffee and a cup of our coffee and a cup of our coffee and more.",
    "We love our cold brew!\n\nWe love our cold brew!",
    "#coffee #coffee #coffee #coffee",
    "Our beans are roasted slowly. Our beans are roasted slowly, in Leeds. Our beans are roasted slowly!",
    "It tastes of the sea and it tastes of the sea and of salt, and it tastes of the sea.",
    "Cold cold cold cold brew.",
    "Pour it over ice and wait.\n\nPour it over ice, and wait.",
    "No fuss, no fees, just a cup. No fuss, no fees, just a cup.",
    "We're on the quay every morning. Find us! We’re on the quay every morning.",
    "The one for slow mornings is the one for slow mornings is here.",
    "Come and see us, come and see us on the quay, come and see us on the quay today.",
    "It's here. It's cold. And it's in a can. And it's in a can.",
    "Try the new can of ours today, and try the new can of ours.",
]
NO_CIRCLES = [
    "No queues. No fees. No fuss.",
    "Sale, sale, sale!",
    "Coffee. Coffee. Coffee.",
    "Cold brew for mornings, cold brew for nights.",
    "Come in. Sit down. Come in.",
    "Again and again and again.",
    "It's the little things: the cup, the chair, the quiet.",
    "One for you. One for me.",
    "Very, very, very good.",
    "Knock knock. Who's there? Coffee.",
    "Less noise, less fuss, less plastic.",
    "For early birds. For night owls. For everyone in between.",
    "It's cold. It's in a can. It's yours.",
    "Slow roasted, slow brewed, slow mornings.",
    "You asked. We listened. You asked again.",
    "A can for the train, a can for the desk, a can for the way home.",
    "Day after day, cup after cup.",
    "No sugar. No sugar at all.",
    "Ha, ha, ha! Your kettle is jealous.",
    "What's in it? Coffee. What's not in it? Everything else.",
]


@pytest.mark.parametrize("text", CIRCLES)
def test_going_in_circles_is_found(text: str) -> None:
    assert repetition(parse(text, FORMATS["tweet"]))


@pytest.mark.parametrize("text", NO_CIRCLES)
def test_a_figure_of_speech_is_no_repetition(text: str) -> None:
    assert repetition(parse(text, FORMATS["tweet"])) == ""


def test_the_same_headline_twice_is_a_repetition() -> None:
    text = "Headlines:\n- Cold Brew\n- Iced\n- Cold brew\nDescriptions:\n- Come in.\n- Sit down."

    assert "cold brew" in repetition(parse(text, FORMATS["google-ad"]))


def test_a_subject_may_come_again_in_the_body() -> None:
    text = "Subject: Cold brew is here now\nPreheader: At last\n\nCold brew is here now. Come and get it."

    assert repetition(parse(text, FORMATS["email"])) == ""
