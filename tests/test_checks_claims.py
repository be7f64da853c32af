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
    ("Award-winning coffee.", "award"),
    ("Voted the best in Leeds.", "award"),
    ("Support is here 24/7.", "always there"),
    ("Help around the clock.", "always there"),
    ("Boosts your immunity.", "wellness"),
    ("A detox in a cup.", "wellness"),
    ("Anti-ageing cream.", "wellness"),
    ("Recommended by dentists.", "approval"),
    ("Relieves headaches.", "medical"),
    ("Backed by science.", "proof"),
    ("Burn fat while you sleep.", "weight"),
    ("A no-risk trial.", "risk"),
    ("The world's most popular coffee.", "superlative"),
    ("Our number one seller.", "superlative"),
    ("Up to three times 5x the taste, up to 5x.", "up to"),
    ("Normally £20.", "was/now"),
    ("Guaranteed returns.", "income"),
    ("Kind to the planet.", "green"),
    ("Non-toxic paint.", "green"),
    ("Made in the USA.", "origin"),
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
    "Free-range eggs.",
    "Up to you.",
    "Curated by hand.",
    "Our number one fan is the dog.",
    "Visit us at No. 1 Marsh Lane.",
    "4 GB of memory.",
    "Fight for your right to brunch.",
    "Call toll free.",
    "A free-standing bath.",
    "Proof the dough overnight.",
    "Only the dog was left.",
    "Natural light, green walls.",
    "Best served cold.",
    "The risk of rain is yours.",
    "Award yourself a biscuit.",
    "Made in Sheffield.",
]


@pytest.mark.parametrize(("copy", "rule"), RISKY)
def test_a_risky_claim_comes_with_advice(copy: str, rule: str) -> None:
    advice = next(one.advice for one in RULES if one.name == rule)

    found = risky(copy, Brief("coffee"))

    assert any(f": {advice} (" in one for one in found)


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
        ("made in the USA from US oak", "Made in the USA."),
        ("vet-approved dog food", "Vet-approved dog food."),
        ("won Best Pie 2025", "Award-winning pies."),
    ],
)
def test_what_the_brief_itself_states_is_not_flagged(brief: str, copy: str) -> None:
    assert risky(copy, Brief(brief)) == ()


def test_every_rule_names_its_source_and_where_it_holds() -> None:
    assert all(rule.advice and rule.source and rule.where for rule in RULES)
    assert len({rule.name for rule in RULES}) == len(RULES)


def test_a_claim_says_where_its_rule_holds() -> None:
    assert risky("Made in the USA.", Brief("coffee")) == (
        "“Made in the USA”: all or virtually all of it must be made there (US)",
    )
