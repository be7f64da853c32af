"""What a typed brief and the form forbid and ask for, and what in it is only a fact."""

from typing import Any

import pytest
from click.testing import CliRunner

from bot import brief, drafting
from bot.__main__ import main
from model.brief import Brief
from model.prompts import LANGUAGES

BANS = [
    ("don't mention the price", "price"),
    ("never say cheap, tweet for shoes", "cheap"),
    ("do not use the word 'cheap'", "cheap"),
    ('don\'t use the words "best ever"', "best ever"),
    ('don\'t use "unleash"', "unleash"),
    ("Please don't say sale", "sale"),
    ("tweet for the fair don't mention rain", "rain"),
    ("you know: never mention: discounts", "discounts"),
    ("and do not mention the phrase 'sold out'", "sold out"),
    ("We never mention it, so don't say politics", "politics"),
]
FACTS = [
    "sms for Lathe Soap, we never use palm oil",
    "tweet: we don't use preservatives",
    "for people who don't use preservatives",
    "a soap that we never mention",
    "they never say no to a dog",
    "I never use a machine, all knitted by hand",
    "it's a shop that will never say closed",
    "people who do not mention their salary",
    "don't use much water: that is our new tap",
    "never use a plastic bottle again",
]


@pytest.mark.parametrize(("text", "banned"), BANS)
def test_what_is_not_to_be_said_is_forbidden(text: str, banned: str) -> None:
    assert brief.parse(text).brief.must_not_say == (banned,)


@pytest.mark.parametrize("text", FACTS)
def test_what_somebody_does_not_do_is_a_fact(text: str) -> None:
    """The product's main claim was forbidden: no draft could say "no preservatives"."""
    assert brief.parse(text).brief.must_not_say == ()


def test_a_private_dining_room_is_no_private_brief() -> None:
    typed = brief.parse("private dining room at Loxley, tweet")

    assert (typed.private, typed.brief.product) == (False, "private dining room at Loxley, tweet")


def test_the_form_reads_the_phrases_that_the_command_reads() -> None:
    found = brief.from_fields(
        {"product": 'Soap, must say "no palm oil", never say cheap', "format": "tweet", "must_not_say": "cheap\nlush"}
    )

    assert (found.must_say, found.must_not_say) == (("no palm oil",), ("cheap", "lush"))


def language_of(**known: Any) -> Any:
    start = Brief("", language=known.pop("begins", "en"))
    form = drafting.modal(start, private=False, metadata="", **known)
    return next((one["element"] for one in form["blocks"] if one["block_id"] == "language"), None)


def test_a_model_of_one_language_asks_for_none() -> None:
    assert language_of() is None


def test_the_form_asks_for_the_language_where_the_model_writes_several() -> None:
    element = language_of(languages=None)

    assert element["initial_option"]["value"] == brief.AS_WRITTEN
    assert len(element["options"]) == len(LANGUAGES) + 1


def test_the_language_that_was_typed_is_the_forms() -> None:
    """`/copy --language de` opened a form that wrote English."""
    element = language_of(begins="de")

    assert element["initial_option"]["value"] == "de"
    fields = {"product": "Bread", "format": "tweet"}
    assert brief.from_fields({**fields, "language": "de"}).language == "de"
    assert brief.from_fields({**fields, "language": brief.AS_WRITTEN}).language == "en"


def test_a_seed_below_zero_is_refused_in_a_sentence() -> None:
    found = CliRunner().invoke(main, ["draft", "a tweet for soap", "--seed", "-1"])

    assert (found.exit_code, "x>=0" in found.output) == (2, True)
