"""The simulated teams want different things, say so with some noise, and are asked by firms that nobody has learnt."""

from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from bench import learning_briefs, learning_pool
from bench.learning_desk import Desk, candidates
from bench.learning_pool import Sample
from bench.learning_readers import FLIPPED, PEOPLE, TEAMS, readers
from bench.learning_teams import BASE, judged, summary
from bench.learning_upworthy import flipped
from bench.upworthy import FOLDS
from model.brief import Brief
from model.embedding import Vector
from model.house_examples import examples
from model.words import shingles

LIKE = 0.6
TWEETS = sorted({one.copy for one in examples("tweet")})
BRIEF = Brief("tweet for Ferry Lane Nursery: plant swap on Sunday at 10am, bring one, take one", "tweet", variants=3)


def no_vectors(texts: Sequence[str]) -> list[Vector]:
    return [(0.0,) * 384 for _ in texts]


def test_firms_are_whole_and_those_judged_by_never_asked() -> None:
    found = learning_briefs.firms()
    known, unseen = learning_briefs.known_and_unseen()

    assert all(all((one.name, one.what, one.detail, one.news)) for one in found)
    assert len({one.name for one in found}) == len(found) >= 50
    assert len(unseen) == 3 * learning_briefs.UNSEEN
    assert not {one.product for one in known} & {one.product for one in unseen}


def test_no_firm_is_in_the_house_examples() -> None:
    learnt = [shingles(one.brief, 4) for name in learning_briefs.ASKED for one in examples(name)]
    for brief in (*learning_briefs.known_and_unseen()[0], *learning_briefs.known_and_unseen()[1]):
        mine = shingles(brief.product, 4)
        assert max(len(mine & other) / len(mine) for other in learnt) < LIKE


def test_teams_differ_and_like_about_half() -> None:
    teams = [readers(team, {"tweet": TWEETS}, {}, 1) for team in TEAMS]
    likes = [np.array([people.approval(text) for text in TWEETS]) for people in teams]

    assert all(0.3 < one.mean() < 0.6 for one in likes)
    assert all(abs(np.corrcoef(one, other)[0, 1]) < 0.6 for one, other in combinations(likes, 2))


def test_a_vote_is_now_and_then_the_opposite_of_what_somebody_thinks() -> None:
    people, chance = readers(TEAMS[0], {"tweet": TWEETS}, {}, 1), np.random.default_rng(0)
    asked = [(text, person) for text in TWEETS for person in range(PEOPLE)]

    against = [people.vote(text, person, chance) != (1 if people.likes[text][person] else -1) for text, person in asked]

    assert np.mean(against) == pytest.approx(FLIPPED, abs=0.04)


def test_a_text_that_was_written_later_is_judged_by_what_was_usual_before() -> None:
    before = readers(TEAMS[0], {"tweet": TWEETS[:60]}, {}, 1)
    after = readers(TEAMS[0], {"tweet": TWEETS[:60]}, {"tweet": TWEETS[60:]}, 1)

    assert all((before.likes[text] == after.likes[text]).all() for text in TWEETS[:60])
    assert 0 < np.mean([after.approval(text) for text in TWEETS[60:]]) < 1


def test_a_desk_learns_from_votes_and_one_that_does_not_stays() -> None:
    ways = ("Plant swap", "Bring one, take one", "Swap plants")
    samples = tuple(Sample(f"{way} at Ferry Lane Nursery on Sunday{end}", False) for way in ways for end in ".?!")
    written = candidates([BRIEF], {BRIEF.product: samples})
    team = readers(TEAMS[0], {"tweet": [one.text for one in written[BRIEF.product]]}, {}, 1)
    learning, staying = Desk(written, no_vectors), Desk(written, no_vectors, learns=False)

    for desk in (learning, staying):
        desk.voted_on(BRIEF, team, np.random.default_rng(0), 2)

    assert len(learning.signals) == len(staying.signals) == 2
    assert learning.taste.posterior is not None
    assert staying.taste.posterior is None
    row = judged(learning, [BRIEF], team, 0)
    assert 0 <= row["approval"][0] <= 1


def test_a_gain_is_over_the_base_of_the_same_team() -> None:
    size = 3 * learning_briefs.UNSEEN

    def row(approval: float) -> dict[str, list[float]]:
        return {
            "approval": [approval] * size,
            "first": [approval] * size,
            "passed": [1.0] * size,
            "sense": [0.5] * size,
        }

    found = summary({"one": {BASE: [row(0.4)], "x": [row(0.5)]}, "other": {BASE: [row(0.2)]}})

    assert found["all"][BASE]["approval"]["mean"] == pytest.approx(0.3)
    assert found["all"]["x"]["teams"] == 1
    assert found["all"]["x"]["gain"]["mean"] == pytest.approx(0.1)
    assert found["teams"]["other"][BASE]["gain"]["mean"] == 0


def test_a_pool_that_was_cut_off_keeps_what_is_whole(tmp_path: Path) -> None:
    kept = tmp_path / "pool.jsonl"
    kept.write_text('{"brief": "a", "texts": [["A\u2028B.", false]]}\n{"brief": "b", "te', "utf-8")

    assert learning_pool.read(kept) == {"a": (Sample("A\u2028B.", False),)}


def test_votes_are_shuffled_by_numbers_of_their_own_in_each_fold() -> None:
    """The flips were the same in every fold, and the first fold's came from the stream that drew the votes."""
    flips = [tuple(flipped(order, fold, 64)) for order in range(4) for fold in range(FOLDS)]
    drawn = [tuple((np.random.default_rng([order, 0]).random(64) < 0.5).tolist()) for order in range(4)]

    assert len({*flips, *drawn}) == len(flips) + len(drawn)
    assert np.mean(flips) == pytest.approx(0.5, abs=0.05)
