"""Which draft comes first: the one that the brief explains, whatever else is said of it."""

from dataclasses import dataclass

import pytest

from model.brief import Brief
from model.ranking import added, coverage, narrates, score

BRIEF = Brief("Kestrel hand soap, the refill costs less than a new bottle")


@dataclass(frozen=True)
class Verdict:
    name: str
    ok: bool
    hard: bool


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Kestrel's refills cost less than new bottles.", 0),
        ("Kestrel's refills cost less than new bottles, and your fridge is hungry.", 2),
        ("Title: Kestrel\nBody: Refill your soap.", 0),
        ("Primary text: Kestrel\nHeadline: Refill your soap, said Mr Smith", 3),
        ("", 0),
    ],
)
def test_what_the_brief_does_not_explain_is_counted(text: str, number: int) -> None:
    assert added(text, BRIEF) == number


def test_what_brand_and_persona_know_is_no_addition() -> None:
    assert added("Handmade in Leeds.", BRIEF) == 2
    assert added("Handmade in Leeds.", Brief(BRIEF.product, known=("Everything is handmade in Leeds.",))) == 0


def test_the_nearer_to_the_brief_the_better() -> None:
    assert score("Soap.", BRIEF, (), near=0.8) > score("Soap.", BRIEF, (), near=0.7)


def test_without_vectors_the_words_of_the_brief_count() -> None:
    assert score("The Kestrel refill costs less.", BRIEF, ()) > score("Something costs less.", BRIEF, ())
    assert coverage("Kestrel soap", BRIEF) == pytest.approx(2 / 8)


def test_every_further_addition_is_worse() -> None:
    texts = [f"Kestrel soap {' '.join(['giraffe'] * number)}" for number in range(4)]

    scores = [score(text, BRIEF, (), near=0.5) for text in texts]

    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == 4


def test_only_soft_checks_that_fail_count() -> None:
    plain = score("Soap.", BRIEF, (), near=0.5)

    assert score("Soap.", BRIEF, [Verdict("claims", ok=True, hard=False)], near=0.5) == plain
    assert score("Soap.", BRIEF, [Verdict("facts", ok=False, hard=True)], near=0.5) == plain
    assert score("Soap.", BRIEF, [Verdict("hashtags", ok=False, hard=False)], near=0.5) < plain
    claims, hashtags = (score("Soap.", BRIEF, [Verdict(one, False, False)], near=0.5) for one in ("claims", "hashtags"))
    assert claims < hashtags


@pytest.mark.parametrize(
    ("text", "brief", "tells"),
    [
        ("I love my Kestrel.", BRIEF, True),
        ("We love Kestrel.", BRIEF, False),
        ("I love my Kestrel.", Brief("post by our CEO about Kestrel"), False),
        ("Henry I. washed.", BRIEF, False),
    ],
)
def test_an_i_that_the_brief_does_not_know_is_noticed(text: str, brief: Brief, tells: bool) -> None:
    assert narrates(text, brief) is tells
    assert (score(text, brief, (), near=0.5) < score(text, Brief(f"{brief.product}; CEO"), (), near=0.5)) is tells
