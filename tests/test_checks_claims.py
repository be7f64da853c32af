"""Risky claims, and words that only look like them."""

import pytest

from model.brief import Brief
from model.claims import RULES, risky

RISKY = [
    ("Cures back pain.", "medical"),
    ("It treats chronic anxiety.", "medical"),
    ("Helps prevent colds.", "medical"),
    ("Clinically proven to work.", "proof"),
    ("Dermatologist-tested cream.", "proof"),
    ("Studies show it works.", "proof"),
    ("FDA-approved formula.", "approval"),
    ("Lose up to 10 pounds by June.", "weight"),
    ("Shed belly fat fast.", "weight"),
    ("Guaranteed to please.", "guarantee"),
    ("We guarantee results.", "guarantee"),
    ("Try it risk-free.", "risk"),
    ("You've nothing to lose.", "risk"),
    ("The #1 coffee in town.", "superlative"),
    ("The world's best coffee.", "superlative"),
    ("The best coffee in Bristol.", "superlative"),
    ("Unbeatable value.", "superlative"),
    ("The lowest prices anywhere.", "superlative"),
    ("Get a free mug.", "free"),
    ("Free coffee all day.", "free"),
    ("Up to 70% off.", "up to"),
    ("Was £20, now £10.", "was/now"),
    ("Only 3 left in stock.", "scarcity"),
    ("Hurry, while stocks last!", "scarcity"),
    ("Last chance to save.", "scarcity"),
    ("Don't miss out.", "scarcity"),
    ("Earn $5,000 a month from home.", "income"),
    ("Quit your job.", "income"),
    ("Our eco-friendly cups.", "green"),
    ("Carbon neutral since birth.", "green"),
    ("100% natural soap.", "green"),
    ("A sustainable choice.", "green"),
    ("“I can't live without this coffee.” - Sarah T.", "testimonial"),
    ("Our customers love it.", "testimonial"),
    ("Rated 4.9 stars.", "testimonial"),
    ("Award-winning coffee.", "testimonial"),
    ("Support is here 24/7.", "always there"),
    ("Help around the clock.", "always there"),
    ("Are you diabetic? Read on.", "personal attribute"),
    ("As a disabled person, you know.", "personal attribute"),
    ("Flat to let, no children.", "exclusion"),
    ("Young applicants preferred.", "exclusion"),
]
HARMLESS = [
    "Feel free to bring the dog.",
    "Gluten-free and carefree.",
    "Freedom starts at five.",
    "Sugar-free, smoke-free, queue-free.",
    "Free up your evening.",
    "A treat for your back garden.",
    "Treat yourself to a cold one.",
    "Cured ham from Parma.",
    "The best bit is the crust.",
    "Sunday is the best day for it.",
    "The wonky ones have the best faces.",
    "In no hurry to get home.",
    "First on the list: socks.",
    "Up to the top of the hill.",
    "It was cold; now it's colder.",
    "One left, one right: shoes.",
    "Earn your breakfast.",
    "Make time for tea.",
    "The green mug is back.",
    "Planet Earth called.",
    "He said “no thanks” and left.",
    "A star is born.",
    "Reward yourself.",
    "Open late.",
    "Are you a morning person?",
    "As a runner, you know the feeling.",
    "Bring the kids.",
    "Lose yourself in a book.",
    "Drop in for a pint.",
    "We never promise the weather.",
]


@pytest.mark.parametrize(("copy", "rule"), RISKY)
def test_a_risky_claim_comes_with_advice(copy: str, rule: str) -> None:
    advice = next(one.advice for one in RULES if one.name == rule)

    assert any(advice in found for found in risky(copy, Brief("coffee")))


@pytest.mark.parametrize("copy", HARMLESS)
def test_words_that_only_look_like_claims_pass(copy: str) -> None:
    assert risky(copy, Brief("coffee")) == ()


@pytest.mark.parametrize(
    ("brief", "copy"),
    [
        ("coffee, free refill on Mondays", "A free refill."),
        ("24/7 locksmith", "Here 24/7."),
        ("award-winning pies", "Award-winning pies."),
        ("only 12 left", "Only 12 left."),
    ],
)
def test_what_the_brief_itself_states_is_not_flagged(brief: str, copy: str) -> None:
    assert risky(copy, Brief(brief)) == ()


def test_every_rule_names_its_source_and_where_it_holds() -> None:
    assert all(rule.advice and rule.source and rule.where for rule in RULES)
    assert len({rule.name for rule in RULES}) == len(RULES)
