"""Risky claims, and words that only look like them."""

import pytest

from bot.blocks import TOLD
from model.brief import Brief
from model.checks import CLAIMS_ASKED, check
from model.claims import RULES, risky
from model.formats import FORMATS
from model.ranking import score

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
    ("Cures hangovers.", "medical"),
    ("Heals your gut.", "medical"),
    ("It will cure your insomnia.", "medical"),
    ("Lowers cholesterol.", "medical"),
    ("Reduces anxiety.", "medical"),
    ("Eases joint pain.", "medical"),
    ("Doctors recommend it.", "approval"),
    ("Vets trust it.", "approval"),
    ("Kills 99.9% of germs.", "germs"),
    ("Kills all bacteria.", "germs"),
    ("No side effects.", "safety"),
    ("100% safe.", "safety"),
    ("Only three left.", "scarcity"),
    ("Just 5 remaining.", "scarcity"),
    ("The last few cans are here.", "scarcity"),
    ("Save up to £20.", "up to"),
    ("Up to half price.", "up to"),
    ("Up to £30 off.", "up to"),
    ("Cheapest in town.", "superlative"),
    ("The smoothest brew around.", "superlative"),
    ("A compostable cup.", "green"),
    ("Plastic-free.", "green"),
    ("A recyclable can.", "green"),
    ("Immune-boosting tea.", "wellness"),
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
    "Our salmon is cured for 24 hours.",
    "We cure our own bacon.",
    "Concrete cures in a day, and the glue cures hard.",
    "Time heals. It also bakes.",
    "The Cure play Leeds on Friday.",
    "A sure cure for boredom, and it cures Mondays.",
    "Healing a broken heart takes cake.",
    "Heal the world, one bike at a time.",
    "Reduce waste, lower the table, ease into the week.",
    "Only one left turn, then the quay.",
    "In the last few days of summer.",
    "Save up for a bike.",
    "Up to half the town came.",
    "The cheapest seat is by the door.",
    "The finest hour of the week.",
    "Ask your doctor, or a friend with a dog.",
    "It kills time, not Mondays.",
    "Side effects: joy.",
    "Just three of us, remaining calm.",
    "A safe place for bikes.",
]


@pytest.mark.parametrize(("copy", "rule"), RISKY)
def test_a_risky_claim_comes_with_advice(copy: str, rule: str) -> None:
    advice = next(one.advice for one in RULES if one.name == rule)

    found, asked = risky(copy, Brief("coffee"))

    assert f": {advice} (" in found
    assert not asked


@pytest.mark.parametrize("copy", HARMLESS)
def test_words_that_only_look_like_claims_pass(copy: str) -> None:
    assert risky(copy, Brief("coffee"))[0] == ""


NAMED = [
    ("coffee, free refill on Mondays", "A free refill."),
    ("Brewline cold brew, free shipping this week", "Free shipping this week."),
    ("24/7 locksmith", "Here 24/7."),
    ("award-winning pies", "Award-winning pies."),
    ("only 3 left", "Only 3 left."),
    ("made in the USA from US oak", "Made in the USA."),
    ("vet-approved dog food", "Vet-approved dog food."),
    ("Brewline is FDA approved", "FDA approved."),
    ("up to 50% off", "Up to 50% off."),
    ("guaranteed fresh", "Guaranteed fresh."),
]


@pytest.mark.parametrize(("brief", "copy"), NAMED)
def test_a_claim_that_the_brief_makes_needs_proof_as_any_other(brief: str, copy: str) -> None:
    """To name a claim in a brief doesn't make it lawful; the advice is for whoever publishes it."""
    found, asked = risky(copy, Brief(brief))

    assert found
    assert asked


@pytest.mark.parametrize(("brief", "copy"), NAMED)
def test_a_draft_that_claims_what_was_asked_for_is_at_no_fault_and_says_what_to_do(brief: str, copy: str) -> None:
    asked = Brief(brief, must_say=(copy.rstrip("."),))
    found = next(one for one in check(copy, asked, FORMATS["tweet"]) if one.name.startswith("claims"))

    assert (found.name, found.ok, found.hard) == (CLAIMS_ASKED, True, False)
    assert found.name in TOLD
    assert found.reason == risky(copy, asked)[0]


def test_a_claim_beside_the_briefs_own_still_ranks_lower() -> None:
    asked = Brief("Brewline cold brew, free shipping")
    found = next(
        one
        for one in check("Free shipping. The #1 cold brew.", asked, FORMATS["tweet"])
        if one.name.startswith("claims")
    )

    assert found.name == "claims"
    assert score("Cold.", asked, [found], near=0.5) < score("Cold.", asked, (), near=0.5)


@pytest.mark.parametrize(
    "copy",
    [
        "Free delivery on orders over £30.",
        "Buy two, get one free.",
        "A free refill with every breakfast.",
        "Free entry until Friday.",
        "Free for members, and for your first ride.",
        "Free coffee. Terms apply.",
        "Free coffee when you bring a cup.",
        "Award-winning pies: Best Pie, Leeds 2025.",
        "Made in the USA with imported zips.",
    ],
)
def test_what_stands_beside_a_claim_settles_it(copy: str) -> None:
    assert risky(copy, Brief("coffee"))[0] == ""


@pytest.mark.parametrize(
    "copy",
    [
        "Your check-up is free, so call us if you have any questions.",
        "Free coffee, with a smile.",
        "Free coffee. See you by the sea.",
        "Free shipping this week.",
        "Award-winning pies, and 2,000 a day.",
    ],
)
def test_what_is_no_condition_settles_nothing(copy: str) -> None:
    assert risky(copy, Brief("coffee"))[0]


def test_what_stands_far_from_a_claim_does_not_settle_it() -> None:
    assert risky(f"Free coffee.{' It is cold.' * 15} Spend a day here.", Brief("coffee"))[0]


def test_every_rule_names_its_source_and_where_it_holds() -> None:
    assert all(rule.advice and rule.source and rule.where for rule in RULES)
    assert len({rule.name for rule in RULES}) == len(RULES)


def test_a_claim_says_where_its_rule_holds() -> None:
    found, _ = risky("Made in the USA.", Brief("coffee"))

    assert found == "“Made in the USA”: all or virtually all of it must be made there (US)"
