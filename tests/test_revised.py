"""A new version is measured: what a person would call undone is a hard fault, everything else passes."""

import pytest

from model.brief import Brief
from model.checks import Check, check
from model.formats import FORMATS
from model.revision import revise

OLD = (
    "Brewline cold brew is steeped slowly overnight in our little roastery, and this week we're sending it to your "
    "door with free shipping. Order a bottle!"
)
SHORT = "Brewline cold brew, steeped overnight. Free shipping this week. Order a bottle."
LONG = f"{OLD} It waits in your fridge, smooth and ready, for the mornings that begin before you do."
FORMAL = (
    "Brewline cold brew is steeped slowly overnight in our roastery. This week it is delivered to your door with "
    "free shipping."
)
GERMAN = "Brewline Cold Brew zieht über Nacht und kommt diese Woche ohne Versandkosten zu Ihnen. Bestellen Sie jetzt."
OTHER = "Mornings are loud. A bottle from Brewline is quiet, and the postage is ours until Sunday."


def judged(kind: str, text: str, *, old: str = OLD, form: str = "tweet", language: str = "", **fields: object) -> Check:
    brief = revise(old, Brief("Brewline cold brew", form, **fields), kind, language=language)  # type: ignore[arg-type]
    found = {one.name: one for one in check(text, brief, FORMATS[form])}
    return found["revised"]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("shorter", SHORT),
        ("shorter", "Free shipping. Order a bottle."),
        ("shorter", OLD[:120]),
        ("longer", LONG),
        ("punchier", SHORT),
        ("more formal", FORMAL),
        ("in words", SHORT),
        ("in words", OLD.replace("little", "tiny")),
    ],
)
def test_a_version_that_is_what_was_asked_for_passes(kind: str, text: str) -> None:
    assert judged(kind, text).ok


@pytest.mark.parametrize(
    ("kind", "text", "reason"),
    [
        ("shorter", OLD, "150, a shorter version has at most 120"),
        ("shorter", LONG, "at most 120"),
        ("shorter", OLD[:121], "121, a shorter version has at most 120"),
        ("longer", OLD, "at least 180"),
        ("longer", SHORT, "at least 180"),
        ("punchier", OLD, "words a sentence, as long as the"),
        ("punchier", OLD.replace(". Order", " and order").replace("!", "."), "words a sentence"),
        ("more formal", OLD, "“we're”, an exclamation mark"),
        ("more formal", SHORT + " Don’t wait ☕", "“Don’t”, emoji"),
        ("more formal", "It's here, and you'll like it.", "“It's”, “you'll”"),
        ("in words", OLD, "The copy is as it was."),
        ("in words", OLD.upper(), "The copy is as it was."),
    ],
)
def test_a_version_that_is_not_is_a_hard_fault(kind: str, text: str, reason: str) -> None:
    found = judged(kind, text)

    assert (found.ok, found.hard) == (False, True)
    assert reason in found.reason


@pytest.mark.parametrize(
    "text",
    ["Brewline's cold brew is steeped in the roastery's cellar.", "The boss' cellar is cold.", "Yahoo! is open."],
)
def test_a_possessive_and_a_phrase_that_must_be_said_are_formal(text: str) -> None:
    assert judged("more formal", text, must_say=("Yahoo!",)).ok


def test_a_name_with_a_contraction_is_formal_and_the_word_is_not() -> None:
    brief = revise(OLD, Brief("tweet for Don't Panic Books"), "more formal")

    def formal(text: str) -> bool:
        return next(one.ok for one in check(text, brief, FORMATS["tweet"]) if one.name == "revised")

    assert formal("Don't Panic Books is open until nine.")
    assert not formal("Books that don't shout are at Don't Panic Books.")


@pytest.mark.parametrize(
    ("text", "language", "ok"),
    [
        (GERMAN, "de", True),
        (OLD, "de", False),
        (SHORT, "de", False),
        (GERMAN, "fr", False),
        ("Brewline Cold Brew bu hafta kapınıza ücretsiz geliyor. Hemen bir şişe sipariş edin.", "tr", True),
        (OLD, "tr", False),
        (OTHER, "tr", False),
        ("ブリューラインのコールドブリュー、今週は送料無料です。", "ja", True),
        (OLD, "ja", False),
    ],
)
def test_a_translation_is_in_that_language(text: str, language: str, ok: bool) -> None:
    assert judged("translation", text, language=language).ok is ok


@pytest.mark.parametrize(("text", "ok"), [(FORMAL, True), (GERMAN, False)])
def test_a_translation_into_english_is_english(text: str, ok: bool) -> None:
    german = Brief("Brewline", language="de")
    brief = revise(GERMAN, german, "translation", language="en")

    found = {one.name: one for one in check(text, brief, FORMATS["tweet"])}

    assert found["revised"].ok is ok


@pytest.mark.parametrize("kind", ["redesign", "boring", "off-brand", "wrong facts", "wrong tone"])
def test_a_redesign_is_different_copy(kind: str) -> None:
    brief = revise(OLD, Brief("Brewline cold brew"), kind)

    def different(text: str) -> bool:
        return next(one.ok for one in check(text, brief, FORMATS["tweet"]) if one.name == "different")

    assert different(OTHER)
    assert not different(OLD.replace("little", "tiny"))


@pytest.mark.parametrize("kind", ["shorter", "longer", "more formal", "another format", "in words", "translation"])
def test_a_changed_version_may_keep_the_words(kind: str) -> None:
    brief = revise(OLD, Brief("Brewline cold brew"), kind)

    assert "different" not in {one.name for one in check(SHORT, brief, FORMATS["tweet"])}


def test_a_first_draft_is_no_version_of_anything() -> None:
    assert "revised" not in {one.name for one in check(OLD, Brief("x"), FORMATS["tweet"])}


@pytest.mark.parametrize(("form", "words", "ok"), [("product", 40, True), ("product", 41, False), ("blog", 41, False)])
def test_copy_that_is_counted_in_words_is_measured_in_words(form: str, words: int, ok: bool) -> None:
    old = " ".join(["extraordinarily"] * 50)

    assert judged("shorter", " ".join(["a"] * words), old=old, form=form).ok is ok
