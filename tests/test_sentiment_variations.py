"""Texts are varied as people write, without a change of what is right."""

import random
from collections import Counter
from dataclasses import replace

import pytest

from model.sentiment_data import Row, certain
from model.sentiment_variations import FRAMES, GROUPS, NAMES, Shares, Variations, people, untokenised

NONE = Shares(post=0, typo=0, mood=0, joined=0, framed=0, beside=0)
GOOD = Row("The bread was lovely.", "", certain("positive", 3), "comments")
PLAIN = Row("We open at nine.", "", certain("neutral", 3), "comments")
ASKED = Row("The bread was lovely.", "bread", certain("positive", 4), "comments")


def varied(row: Row, shares: Shares, times: int = 200) -> list[Row]:
    vary = Variations(5, shares, [GOOD, PLAIN, replace(GOOD, text="Soup again.")])
    return [vary.of(row) for _ in range(times)]


def test_without_shares_a_text_stays_as_it_is() -> None:
    assert set(varied(GOOD, NONE)) == {GOOD}


def test_the_same_seed_varies_the_same_way() -> None:
    assert varied(GOOD, Shares()) == varied(GOOD, Shares())


@pytest.mark.parametrize("row", [GOOD, PLAIN, ASKED])
def test_only_the_text_is_varied(row: Row) -> None:
    found = varied(row, Shares(1, 1, 1, 1, 1, 1))

    assert {replace(one, text="") for one in found} == {replace(row, text="")}
    assert len({one.text for one in found}) > 20


def test_names_and_groups_stand_beside_every_label_alike() -> None:
    order = random.Random(0)
    rows = [order.choice([GOOD, PLAIN]) for _ in range(4000)]
    vary = Variations(1, replace(NONE, framed=1.0), [PLAIN])
    found = Counter((row.label, "Jamal" in vary.of(row).text) for row in rows)

    shares = [found[label, True] / (found[label, True] + found[label, False]) for label in (1, 2)]

    assert shares[0] == pytest.approx(shares[1], abs=0.01)
    assert len(FRAMES) * len(NAMES) * len(GROUPS) > 1000


def test_a_text_is_joined_to_a_neutral_one_and_keeps_its_label() -> None:
    found = {one.text for one in varied(GOOD, replace(NONE, joined=1.0))}

    assert found == {"We open at nine. The bread was lovely.", "The bread was lovely. We open at nine."}


def test_beside_a_text_that_is_asked_about_stands_one_that_does_not_name_the_aspect() -> None:
    found = {one.text for one in varied(ASKED, replace(NONE, beside=1.0))}

    assert "Soup again. The bread was lovely." in found
    assert "The bread was lovely. The bread was lovely." not in found


def test_a_movie_line_is_written_as_people_write() -> None:
    assert untokenised("I do n't know , I 'm not gon na go !") == "I don't know, I'm not gonna go!"


def test_every_group_is_said_the_same_things_of_with_every_label() -> None:
    found = list(people(2, random.Random(0)))

    assert Counter(row.label for row in found) == dict.fromkeys(range(3), 2 * len(GROUPS))
    assert {sum(group in row.text for row in found) >= 6 for group in GROUPS} == {True}
    assert not [row.text for row in found if " a A" in row.text or " a e" in row.text]
