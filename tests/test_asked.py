"""What a person asked in their own words goes into the brief, is checked, or is said not to be checked."""

import pytest

from model.brief import Brief
from model.checks import Check, check
from model.facts import invented
from model.formats import FORMATS
from model.prompts import messages
from model.revision import revise

OLD = "Mondays are a lot. Brewline is silky, cold and at your door on Friday. Yours for £3! ☕"
BRIEF = Brief("tweet for Brewline, £3 on Friday")
NEW = "Mondays are a lot. Brewline is at your door on Friday."


def asked(words: str, brief: Brief = BRIEF) -> Brief:
    return revise(OLD, brief, "in words", words=words)


def found(words: str, text: str) -> list[Check]:
    checks = check(text, asked(words), FORMATS["tweet"])
    return [one for one in checks if one.name in ("as asked", "not checked")]


@pytest.mark.parametrize(
    ("words", "undone", "done"),
    [
        ("no emoji", "Brewline is cold ☕", NEW),
        ("no hashtags", "Brewline is cold. #slow", NEW),
        ("no exclamation marks", "Brewline is cold!", NEW),
        ("no questions", "Is Brewline cold? Yes.", NEW),
        ("no links", "Brewline: see brewline.com.", NEW),
        ("don't mention price", "Brewline, three pounds on Friday.", NEW),
        ("don't mention price", "Brewline, £3 on Friday.", "Brewline, 3 flavours on Friday."),
        ("add a question at the end", "Is it Friday? Brewline is cold.", "Brewline is cold. Is it Friday? ☕ #cold"),
        ("drop the first sentence", NEW, "Brewline is at your door on Friday."),
        ("drop the second sentence", OLD, "Mondays are a lot. Brewline costs £3."),
    ],
)
def test_what_a_rule_can_see_is_a_hard_check(words: str, undone: str, done: str) -> None:
    (wrong,), (right,) = found(words, undone), found(words, done)

    assert (wrong.name, wrong.ok, wrong.hard) == ("as asked", False, True)
    assert right.ok


@pytest.mark.parametrize(
    "words",
    [
        "swap the last sentence for a question",
        "make it less about shipping",
        "drop the ninth sentence",
        "drop the fifth sentence",
        "change the headline to something funny",
        "boring",
    ],
)
def test_what_no_rule_can_see_is_said_not_to_be_checked_and_is_no_fact(words: str) -> None:
    (said,) = found(words, NEW)

    assert (said.name, said.ok, said.hard) == ("not checked", False, False)
    assert words in said.reason
    assert asked(words).product == BRIEF.product
    assert words not in str(messages(asked(words), FORMATS["tweet"], taught=True))


def test_what_is_to_be_spoken_of_is_looked_for() -> None:
    (silent,) = found("mention how we roast it", NEW)
    assert (silent.ok, silent.hard) == (False, False)
    assert found("mention how we roast it", "Brewline is slowly roasted.") == []
    assert found("mention the price", "Brewline is £3.") == []


def test_one_day_takes_the_place_of_another_everywhere() -> None:
    brief = asked("change Friday to Saturday", Brief(BRIEF.product, must_say=("on Friday",)))

    assert (brief.product, brief.must_say) == ("tweet for Brewline, £3 on Saturday", ("on Saturday",))
    failing = {one.name for one in check("Brewline on Friday.", brief, FORMATS["tweet"]) if not one.ok}
    assert {"must-say", "must-not-say"} <= failing
    assert found("change Friday to Saturday", NEW) == []


def test_a_word_of_the_draft_alone_is_changed_too() -> None:
    brief = asked("smooth instead of silky")

    assert (brief.product, brief.must_say, brief.must_not_say) == (BRIEF.product, ("smooth",), ("silky",))


def test_prices_that_are_not_to_be_mentioned_are_no_fact_any_more() -> None:
    brief = asked("don't mention the price", Brief(BRIEF.product, must_say=("only £3", "on Friday")))

    assert (brief.product, brief.must_say, brief.must_not_say) == ("tweet for Brewline, on Friday", ("on Friday",), ())
    assert "£3" in invented("Brewline for £3.", brief)


def test_a_new_price_takes_the_place_of_the_old_one() -> None:
    assert asked("the price is now £4").product == "tweet for Brewline, £4 on Friday"
    assert asked("parking is £2, entry £3").product.endswith("on Friday. Parking is £2, entry £3")


def test_a_complaint_about_a_draft_is_no_fact_of_the_product() -> None:
    redesign = revise(OLD, BRIEF, "redesign", words="we already said that on Monday")

    assert redesign.product == BRIEF.product


def test_a_draft_of_its_own_and_an_edited_one_are_not_asked_anything() -> None:
    brief = Brief(BRIEF.product, instruction="no emoji", revision="in words")

    assert not {"as asked", "not checked"} & {one.name for one in check(OLD, brief, FORMATS["tweet"])}
