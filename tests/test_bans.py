"""A ban is read off a brief where somebody gives one, and not where they tell what the product is made without."""

import pytest

from bot.brief import parse


@pytest.mark.parametrize(
    ("text", "banned"),
    [
        ("don't mention the price", ("price",)),
        ("Never say cheap", ("cheap",)),
        ("do not use the word 'cheap'", ("cheap",)),
        ("don't use the word cheap", ("cheap",)),
        ('never use "palm oil"', ("palm oil",)),
        ("do not use: 'last chance'", ("last chance",)),
        ('never use the phrase "game changer", please', ("game changer",)),
        ("don’t say “cheap”", ("cheap",)),
        ("do not mention: refunds", ("refunds",)),
        ("DON'T SAY CHEAP", ("CHEAP",)),
        ("never say cheap, don't mention delivery", ("cheap", "delivery")),
        ("We never say no. Don't mention the price", ("price",)),
        ("for people who don't cook, and never say cheap", ("cheap",)),
    ],
)
def test_a_ban_that_is_given_is_heeded(text: str, banned: tuple[str, ...]) -> None:
    assert parse(f"sms for Lathe Soap. {text}").brief.must_not_say == banned


@pytest.mark.parametrize(
    "text",
    [
        "we never use palm oil",
        "we don't use preservatives",
        "We also never use plastic",
        "we'd never use palm oil",
        "made by people who do not use machines",
        "for people who don't use soap",
        "a soap that never uses palm oil",
        "machines that never use water",
        "they never say no",
        "our bakers never say no",
        "our soaps never use palm oil",
        "it will never use your data",
        "you don't use water",
        "do not use near open fire",
        "never use plastic again",
        "for those who would never say no",
        "we don’t mention brands",
        'we never use "filler"',
        "don't use 'til Friday",
    ],
)
def test_a_fact_is_no_ban(text: str) -> None:
    assert parse(f"sms for Lathe Soap, {text}").brief.must_not_say == ()
