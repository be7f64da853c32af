"""Where the model is never shown an old draft, versions are made of that draft by rule, and say so."""

from collections.abc import Sequence

import pytest

from model.brief import Brief
from model.checks import check
from model.embedding import Vector
from model.formats import FORMATS
from model.revision import KINDS, revise
from model.reworking import reworked
from model.writer import Writer
from model.writing import BY_RULE, Draft
from tests.fake_engine import FakeEngine

BRIEF = Brief("tweet for Brewline cold brew, free shipping this week", variants=2)
EDITED = (
    "Mondays are a lot. Brewline cold brew is less: cold, black, at your door. "
    "We ship it free this week, because nobody should queue before nine. Order a bottle!"
)
CHATTY = (
    "Brewline's cold brew doesn't need ice ☕ Don't you want one? We've free shipping this week, so you'll pay nothing!"
)
OTHERS = ("Brewline cold brew, free shipping this week. Try it.", "Free shipping on Brewline cold brew. Drink up.")


def made(kind: str, text: str = EDITED, words: str = "", form: str = "", brief: Brief = BRIEF) -> tuple[str, ...]:
    asked = revise(text, brief, kind, words=words, form=form)
    return reworked(asked, FORMATS[asked.format])


def sentences(text: str) -> list[str]:
    return text.replace("!", ".").rstrip(".").split(". ")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("text", [EDITED, CHATTY])
def test_whatever_is_made_passes_every_hard_check(kind: str, text: str) -> None:
    brief = revise(text, BRIEF, kind, words="drop the first sentence" if kind == "in words" else "")

    for version in reworked(brief, FORMATS["tweet"]):
        assert [one for one in check(version, brief, FORMATS["tweet"]) if one.hard and not one.ok] == []


def test_a_shorter_version_has_whole_sentences_of_the_draft_in_their_order() -> None:
    for version in made("shorter"):
        places = [sentences(EDITED).index(one) for one in sentences(version)]
        assert places == sorted(places)
        assert len(version) <= 0.8 * len(EDITED)
    assert made("shorter")


def test_what_must_be_said_is_still_said() -> None:
    brief = Brief(BRIEF.product, must_say=("at your door",))

    assert made("shorter", brief=brief)
    assert all("at your door" in version for version in made("shorter", brief=brief))


def test_the_call_to_action_is_the_last_to_go() -> None:
    text = (
        "Brewline cold brew is steeped slowly overnight and waits in the fridge. It is black and calm and never needs "
        "ice or sugar or a queue. Order a bottle today, and drink it slowly on a loud morning."
    )

    assert "Order a bottle" in made("shorter", text)[0]


def test_a_floor_of_words_is_kept() -> None:
    brief = Brief("product page for Brewline cold brew", "product")
    text = "Brewline cold brew waits in the fridge, dark and slow. Pour it over ice, or pudding. Sip. It suits August."

    found = made("shorter", text, brief=brief)

    assert FORMATS["product"].parts[0].floor == 15
    assert found == ("Brewline cold brew waits in the fridge, dark and slow. Pour it over ice, or pudding.",)


def test_a_formal_version_spells_out_what_the_draft_contracts() -> None:
    assert made("more formal", CHATTY) == (
        "Brewline's cold brew does not need ice. Do you not want one? We have free shipping this week, so you will pay "
        "nothing.",
    )


def test_a_punchier_version_ends_sentences_where_their_halves_meet() -> None:
    assert "We ship it free this week. Because nobody should queue before nine." in made("punchier")[0]


def test_another_place_gets_the_draft_itself_where_it_fits_and_a_cut_of_it_where_not() -> None:
    assert made("another format", form="facebook") == (EDITED,)
    assert made("another format", form="slogan")[0] == "Brewline cold brew is less: cold, black, at your door."
    assert "☕" not in made("another format", CHATTY, form="sms")[0]


@pytest.mark.parametrize(
    ("words", "version"),
    [
        ("drop the first sentence", EDITED.partition(". ")[2]),
        ("no exclamation marks", EDITED.replace("!", ".")),
        ("change week to month", EDITED.replace("week", "month")),
        ("don't say queue", EDITED.replace("We ship it free this week, because nobody should queue before nine. ", "")),
        ("drop the first sentence and no exclamation marks", EDITED.partition(". ")[2].replace("!", ".")),
    ],
)
def test_a_wish_that_a_rule_can_fulfil_is_fulfilled_in_the_draft(words: str, version: str) -> None:
    assert made("in words", words=words) == (version,)


@pytest.mark.parametrize("words", ["make it less about shipping", "mention free parking", "drop the ninth sentence"])
def test_what_needs_new_words_is_left_to_a_writer(words: str) -> None:
    assert made("in words", words=words) == ()
    assert made("longer") == ()


def test_other_languages_and_texts_that_are_read_while_they_are_written_are_left_to_a_writer() -> None:
    assert made("shorter", brief=Brief(BRIEF.product, language="de")) == ()
    assert made("shorter", brief=Brief(BRIEF.product, "blog")) == ()


def meaning(texts: Sequence[str]) -> list[Vector]:
    """A text's vector: near the draft's the more of its words it has."""
    words = set(EDITED.split())
    shares = [len(words & set(text.split())) / len(words) for text in texts]
    return [[share, (1 - share**2) ** 0.5] for share in shares]


@pytest.mark.parametrize("kind", ["shorter", "punchier"])
def test_a_model_that_is_not_shown_the_draft_is_beaten_by_the_drafts_own_words(kind: str) -> None:
    engine = FakeEngine(*OTHERS)

    written = [
        one
        for one in Writer(engine, adapter="house", vectors=meaning, taught=True).write(revise(EDITED, BRIEF, kind))
        if isinstance(one, Draft)
    ]

    first = written[0]
    assert first.text in made(kind)
    assert (first.model, first.adapter) == (BY_RULE, None)
    assert [one.ok for one in first.checks if one.name == "made"] == [True]
    assert first.ok


def test_a_model_that_is_shown_the_draft_writes_every_version() -> None:
    written = [
        one for one in Writer(FakeEngine(*OTHERS)).write(revise(EDITED, BRIEF, "shorter")) if isinstance(one, Draft)
    ]

    assert {one.model for one in written} == {"fake"}
