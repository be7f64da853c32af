"""A version that is to keep a draft's message says so where little of that draft is left."""

from collections.abc import Sequence

import pytest

from model.brief import Brief
from model.checks import check
from model.choosing import Choosing
from model.embedding import Vector
from model.formats import FORMATS
from model.ranking import added, score
from model.revision import KINDS, is_fresh, keeps, revise

BRIEF = Brief("tweet for Brewline cold brew, free shipping this week")
OLD = (
    "Mondays are a lot. Brewline cold brew is less: cold, black, at your door. We ship it free this week, because "
    "nobody should queue before nine."
)
KEPT = "Brewline cold brew: cold, black, at your door, free this week. Nobody queues before nine."
OTHER = "Brewline cold brew comes with free shipping this week, so stock up."


def said(text: str, kind: str, old: str = OLD, **more: str) -> list[str]:
    brief = revise(old, BRIEF, kind, **more)
    return [one.reason for one in check(text, brief, FORMATS[brief.format]) if one.name == "keeps the draft"]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "translation"])
def test_a_version_that_has_nothing_of_the_draft_says_so_where_it_should_keep_it(kind: str) -> None:
    brief = revise(OLD, BRIEF, kind)

    assert keeps(brief) is not is_fresh(brief)
    assert bool(said(OTHER, kind)) is keeps(brief)
    assert said(KEPT, kind) == []


def test_it_says_how_many_of_the_drafts_own_words_are_left() -> None:
    assert said(OTHER, "shorter") == ["none of the draft's own 8 words is left"]
    assert said(f"{OTHER} At your door.", "shorter") == ["1 of the draft's own 8 words is left"]


def test_a_short_place_needs_but_a_part_of_a_long_draft() -> None:
    assert said("Cold, black, at your door", "another format", form="slogan") == []


@pytest.mark.parametrize("old", ["Brewline cold brew ships free this week.", "Cold brew. Free."])
def test_a_draft_that_says_only_what_the_brief_says_is_kept_by_any(old: str) -> None:
    assert said(OTHER, "shorter", old) == []


def test_a_translation_keeps_no_words() -> None:
    assert said("Brewline zieht über Nacht.", "translation", language="de") == []


def test_the_words_of_a_kept_draft_are_no_addition_and_count() -> None:
    shorter, redesign = revise(OLD, BRIEF, "shorter"), revise(OLD, BRIEF, "redesign")

    assert added(KEPT, shorter) == 0 < added(KEPT, redesign)
    assert score(KEPT, shorter, ()) > score(OTHER, shorter, ())
    assert score(KEPT, shorter, (), 0.5, kept=0.9) > score(KEPT, shorter, (), 0.5, kept=0.2)


def test_the_version_nearest_to_the_draft_in_meaning_comes_first() -> None:
    vectors = {BRIEF.product: [1.0, 0.0], OLD: [0.0, 1.0], OTHER: [0.5, 0.1], KEPT: [0.4, 0.9]}

    def meaning(texts: Sequence[str]) -> list[Vector]:
        return [vectors[text] for text in texts]

    brief = revise(OLD, BRIEF, "in words", words="make it less about shipping")
    choosing = Choosing(brief, FORMATS["tweet"], (), meaning, None, 1)
    pool = [choosing.candidate(text, False, ()) for text in (OTHER, KEPT)]

    assert choosing.best(pool, 1)[0].candidate.text == KEPT
