"""The benches' briefs are many, over every format, well formed, and none of them has been learnt."""

from collections import Counter

import pytest

from bench import briefs
from model.formats import FORMATS
from model.house_examples import examples
from model.words import says, shingles

FEWEST, FEWEST_OF_A_FORMAT = 126, 6
FIELDS = {"format", "brief", "audience", "tone", "must_say", "must_not_say"}
LIKE = 0.6


def test_there_are_enough_briefs_of_every_format() -> None:
    counts = Counter(row["format"] for row in briefs.rows())

    assert set(counts) == set(FORMATS)
    assert min(counts.values()) >= FEWEST_OF_A_FORMAT, counts
    assert sum(counts.values()) >= FEWEST


@pytest.mark.parametrize("row", briefs.rows(), ids=lambda row: row["brief"][:40])
def test_a_brief_is_well_formed(row: dict[str, object]) -> None:
    assert set(row) <= FIELDS
    brief = str(row["brief"])
    assert brief.strip()
    for name in ("audience", "tone"):
        assert name not in row or (isinstance(row[name], str) and row[name])
    for name in ("must_say", "must_not_say"):
        phrases = row.get(name, ["x"])
        assert isinstance(phrases, list)
        assert phrases
        assert all(isinstance(phrase, str) and phrase for phrase in phrases)


def test_what_must_be_said_is_in_the_brief_and_what_must_not_is_not() -> None:
    """Otherwise a draft could only pass by inventing a fact or by not naming its subject."""
    for brief in briefs.read():
        assert all(says(brief.product, phrase) for phrase in brief.must_say), brief.product
        assert not any(says(phrase, banned) for phrase in brief.must_say for banned in brief.must_not_say)


def test_no_brief_is_one_of_the_houses() -> None:
    house = {one.brief: shingles(one.brief, 2) for name in FORMATS for one in examples(name)}
    mine = {row["brief"]: shingles(row["brief"], 2) for row in briefs.rows()}
    alike = [(one, other) for one in mine for other in house if _shared(mine[one], house[other]) >= LIKE]

    assert alike == []


def _shared(one: set[tuple[str, ...]], other: set[tuple[str, ...]]) -> float:
    return len(one & other) / min(len(one), len(other))


def test_no_brief_comes_twice() -> None:
    written = [row["brief"] for row in briefs.rows()]

    assert len(set(written)) == len(written)


def test_a_limit_takes_some_of_every_format() -> None:
    assert {brief.format for brief in briefs.read(limit=len(FORMATS))} == set(FORMATS)
    assert len(briefs.read(limit=5)) == 5
    assert {brief.format for brief in briefs.read(("tweet", "sms"))} == {"tweet", "sms"}
