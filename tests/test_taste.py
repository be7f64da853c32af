"""A team's taste: moved little by ten votes and much by a hundred, the same in whatever order they came."""

import random
import zlib
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from math import log
from typing import Any

import numpy as np
import pytest

from model.brief import Brief
from model.embedding import Vector
from model.impressions import VECTOR
from model.judgements import Judgement, judgements, weights
from model.signals import Signal
from model.taste import Taste

THINGS = ("coffee", "bread", "boots", "soap", "tents", "cider", "lamps", "bikes", "honey", "chairs", "tea", "rugs")
WAYS = ("slowly made", "delivered", "built to last", "in small batches", "for rainy days", "on the corner")
ASKED, TOLD = "Why wait for good pears?", "You can wait for good pears."


def no_vectors(texts: Sequence[str]) -> list[Vector | None]:
    return [None] * len(texts)


def vectors(texts: Sequence[str]) -> list[Vector | None]:
    """A direction for questions, and one of its own for each text."""
    return [vector(text) for text in texts]


def vector(text: str) -> Vector:
    found = np.random.default_rng(zlib.crc32(text.encode())).standard_normal(VECTOR)
    found[0] += 30.0 * ("?" in text) - 15.0
    return list((found / np.linalg.norm(found)).tolist())


def texts(number: int, seed: int = 0) -> list[str]:
    """As many short texts, every other one a question."""
    draw = random.Random(seed)
    said = [f"{draw.choice(THINGS)}, {draw.choice(WAYS)}, since {draw.randrange(1000)}" for _ in range(number)]
    return [f"Why not {one}?" if at % 2 else f"Our {one}." for at, one in enumerate(said)]


def votes(number: int, *, user: str = "", liked: str = "?", seed: int = 0, **fields: str) -> list[Judgement]:
    """Votes by five people, or by one: up for what has a sign in it and down for what hasn't."""
    return [
        Judgement(
            draft=f"{seed}-{at}",
            user=user or f"U{at % 5}",
            kind="vote",
            at=f"{seed:02d}-{at:05d}",
            format=fields.get("format", "tweet"),
            brief=f"brief {seed} {at // 3}",
            text=text,
            value=1 if liked in text else -1,
        )
        for at, text in enumerate(texts(number, seed))
    ]


def margin(taste: Taste, better: str = ASKED, worse: str = TOLD, form: str = "tweet", known: bool = False) -> float:
    """By how much the first is liked more."""
    preference = taste.preference(form)
    assert preference is not None
    found = preference([better, worse], [vector(better), vector(worse)] if known else None)
    return found[0][0] - found[1][0]


def answers(taste: Taste) -> list[tuple[float, float]]:
    preference = taste.preference("tweet")
    assert preference is not None
    return list(preference(texts(8, seed=99), None))


def assert_same(one: Taste, other: Taste) -> None:
    """What is stepped to has the very means; its deviations are those of a moment before."""
    means, deviations = zip(*answers(one), strict=True)
    others, anothers = zip(*answers(other), strict=True)
    assert means == pytest.approx(others, abs=1e-6)
    assert deviations == pytest.approx(anothers, abs=1e-2)


def test_nothing_is_liked_before_the_first_vote() -> None:
    assert Taste().preference("tweet") is None
    assert Taste().learn([], no_vectors).preference("tweet") is None


def test_ten_votes_move_it_little_and_a_hundred_much() -> None:
    ten, hundred, more = (margin(Taste().learn(votes(number), no_vectors)) for number in (10, 100, 400))

    # All ten said the very same. As chances that the question is liked more: two in three at most, then five in six.
    assert 0 < ten < log(2)
    assert hundred > 3 * ten
    assert hundred > log(5)
    assert more > 1.4 * hundred


def test_what_is_known_grows_surer_with_votes() -> None:
    deviations = []
    for number in (10, 100, 400):
        preference = Taste().learn(votes(number), no_vectors).preference("tweet")
        assert preference is not None
        deviations.append(preference([ASKED, TOLD], None)[0][1])

    assert deviations[0] > deviations[1] > deviations[2]


def test_the_order_of_votes_does_not_matter() -> None:
    found = votes(90)
    shuffled = random.Random(1).sample(found, len(found))
    taste = Taste()
    for at in range(0, len(shuffled), 2):
        taste = taste.learn(shuffled[: at + 2], vectors)

    assert taste.stale > 0, "the last votes were added to what was known"
    assert_same(taste, Taste().learn(found, vectors))


def test_one_vote_more_is_the_same_as_all_anew() -> None:
    found = votes(101)
    before = Taste().learn(found[:100], vectors)

    stepped, anew = before.learn(found, vectors), Taste().learn(found, vectors)

    assert stepped.stale == 1, "it was not fitted anew"
    assert anew.stale == 0
    assert_same(stepped, anew)


def test_a_vote_that_is_taken_back_leaves_nothing() -> None:
    found = votes(100)
    before = Taste().learn(found[:99], vectors)

    after = before.learn(found, vectors).learn(found[:99], vectors)

    assert np.allclose(answers(after), answers(before), atol=1e-6)
    assert answers(before) != answers(before.learn(found, vectors))
    assert before.learn(found, vectors).learn([], vectors).preference("tweet") is None


def test_a_vote_that_is_changed_counts_as_it_is_now() -> None:
    found = votes(60)
    changed = [replace(found[0], value=-found[0].value), *found[1:]]

    stepped = Taste().learn(found, vectors).learn(changed, vectors)

    assert stepped.stale == 2
    assert_same(stepped, Taste().learn(changed, vectors))


def test_a_taste_that_was_handed_out_stays_as_it_was() -> None:
    preference = (before := Taste().learn(votes(50), vectors)).preference("tweet")
    assert preference is not None
    said = preference([ASKED], None)

    before.learn(votes(80), vectors)

    assert preference([ASKED], None) == said


def test_a_rewrite_is_liked_better_than_what_it_replaced() -> None:
    edits = [
        replace(one, kind="edit", text=f"Why not {one.text}?", worse=one.text, value=1)
        for one in votes(40)
        if "?" not in one.text
    ]

    assert margin(Taste().learn(edits, no_vectors)) > 0.3


def signal(draft: str = "d1", **fields: Any) -> Signal:
    given: dict[str, Any] = {"text": "Pears are in.", "user": "U1", "at": "2026-11-23", **fields}
    return Signal(draft, Brief("pears"), **given)


def test_what_people_did_becomes_judgements() -> None:
    def kinds(**fields: Any) -> list[tuple[str, str, str, int]]:
        return [(one.kind, one.text, one.worse, one.value) for one in judgements([signal(**fields)])]

    assert kinds(value=-1) == [("vote", "Pears are in.", "", -1)]
    assert kinds(used=True, value=1) == [("use", "Pears are in.", "", 1)], "the stronger of two that say the same"
    assert kinds(used=True, value=-1) == [("use", "Pears are in.", "", 1), ("vote", "Pears are in.", "", -1)]
    assert kinds(edited="Pears!", value=1, used=True) == [
        ("edit", "Pears!", "Pears are in.", 1),
        ("use", "Pears!", "", 1),
        ("vote", "Pears are in.", "", 1),
    ]
    assert kinds(shown="Pears!", shown_value=-1) == [("vote", "Pears!", "", -1)]
    assert kinds(edited=" Pears are in. ") == []
    assert kinds() == []


def test_an_edit_says_more_than_a_use_and_a_use_more_than_a_vote() -> None:
    acts = [signal("d1", edited="Pears!"), signal("d2", used=True), signal("d3", value=1)]

    edit, use, vote = weights(judgements(acts))

    assert edit > use > vote > weights(judgements([signal(value=1, imported=True)]))[0] > 0


def test_only_what_came_after_a_reset_counts_and_the_newest_of_too_many() -> None:
    acts = [signal(f"d{at}", value=1, at=f"2026-11-{at:02d}") for at in range(1, 11)]

    assert [one.draft for one in judgements(acts, since="2026-11-07")] == ["d8", "d9", "d10"]
    assert [one.draft for one in judgements(reversed(acts), most=2)] == ["d9", "d10"]


def test_one_person_has_at_most_thirty_per_cent_of_the_say() -> None:
    loud = votes(200, user="ULOUD", liked=".")
    others = [one for at in range(4) for one in votes(20, user=f"U{at}", seed=at + 1)]

    assert sum(weights([*loud, *others])[:200]) == pytest.approx(0.3 * sum(weights([*loud, *others])))
    assert margin(Taste().learn([*loud, *others], no_vectors)) > 0
    assert margin(Taste().learn([*loud, *others[:1]], no_vectors)) < 0


def test_a_fourth_person_who_looks_in_once_takes_nothing_from_what_three_have_taught() -> None:
    """With the fourth's first vote the cap set in, and all the others' votes came to count as nine."""
    three = [one for at in range(3) for one in votes(60, user=f"U{at}", seed=at)]
    fourth = votes(10, user="U3", seed=9)

    assert sum(weights([*three, *fourth[:1]])) == 181
    assert sum(weights([*three, *fourth])) == pytest.approx(100), "from the tenth on nobody has more than 30 %"
    assert margin(Taste().learn([*three, *fourth[:1]], no_vectors)) > log(3)
    sums = [sum(weights([*three, *fourth[:size]])) for size in range(11)]
    assert all(later > 0.5 * before for before, later in pairwise(sums))


def test_a_team_of_two_is_learnt_from_however_unequally_they_speak() -> None:
    two = [*votes(80, user="U1"), *votes(2, user="U2", seed=1)]

    assert sum(weights(two)) == 82
    assert margin(Taste().learn(two, no_vectors)) > log(2)


def test_who_likes_everything_teaches_nothing_and_a_generous_voter_as_much_as_a_strict_one() -> None:
    everything = [replace(one, value=1, user="UANA") for one in votes(100)]
    generous = [replace(one, value=1 if "?" in one.text or at % 3 else -1) for at, one in enumerate(votes(120))]
    strict = [replace(one, value=-1 if "?" not in one.text or at % 3 else 1) for at, one in enumerate(votes(120))]

    assert abs(margin(Taste().learn(everything, no_vectors))) < 0.15
    learnt = [margin(Taste().learn(some, no_vectors)) for some in (generous, strict)]
    assert min(learnt) > 0.2
    assert max(learnt) < 2 * min(learnt)


def test_what_is_liked_in_one_format_is_liked_less_in_another() -> None:
    taste = Taste().learn(votes(200), no_vectors)

    there, elsewhere = margin(taste), margin(taste, form="email")

    assert 0 < elsewhere < there


def test_a_format_may_be_an_exception() -> None:
    mixed = [*votes(200), *votes(200, liked=".", seed=1, format="email")]

    taste = Taste().learn(mixed, no_vectors)

    assert margin(taste) > margin(taste, form="email")


@pytest.mark.parametrize("known", [False, True])
def test_a_corrected_feature_counts_no_more_and_nothing_takes_its_place(known: bool) -> None:
    lookup = vectors if known else no_vectors
    held = Taste().learn(votes(200), lookup)
    corrected = Taste(corrected=frozenset({"question", "asking"})).learn(votes(200), lookup)

    assert margin(held, known=known) > 1
    assert margin(corrected, known=known) < 0.45 * margin(held, known=known)


def test_vectors_tell_what_the_features_do_not() -> None:
    def liked(text: str) -> bool:
        return "coffee" in text or "tea" in text

    def meaning(some: Sequence[str]) -> list[Vector | None]:
        drinks = np.eye(VECTOR)[1]
        found = [np.array(vector(text.replace("?", "."))) + drinks * (1.5 if liked(text) else -1.5) for text in some]
        return [list((one / np.linalg.norm(one)).tolist()) for one in found]

    told = [replace(one, value=1 if liked(one.text) else -1) for one in votes(150)]
    asked = ["Cocoa is ready.", "Carpets are ready."]
    near = [[*np.eye(VECTOR)[1].tolist()], [*(-np.eye(VECTOR)[1]).tolist()]]

    blind, seeing = (
        Taste().learn(told, no_vectors).preference("tweet"),
        Taste().learn(told, meaning).preference("tweet"),
    )

    assert blind is not None
    assert seeing is not None
    (drink, _), (other, _) = seeing(asked, near)
    assert drink - other > 0.5
    (drink, _), (other, _) = blind(asked, near)
    assert abs(drink - other) < 0.2
