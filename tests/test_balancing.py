"""Nobody gives more than their share, recent signals come before old ones, and both labels are learnt in turn."""

import random
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.balancing import (
    HALF_LIFE,
    OLD,
    TOO_FEW_PEOPLE,
    TOO_MUCH_OF_ONE,
    TOO_UNEQUAL,
    balanced,
    limit,
)
from model.brief import Brief
from model.ledger import Ledger
from model.merging import Entry
from tests.signalling import NOW


def entry(number: int, user: str = "U1", label: bool = True, *, days: float = 1) -> Entry:
    at = (NOW - timedelta(days=days)).isoformat()
    one, draft = frozenset({number}), f"d{number}"
    people, drafts, briefs = frozenset({user}), frozenset({draft}), frozenset({f"b{number}"})
    return Entry(Brief("x"), f"text {number}", label, "vote", at, draft, one, people, drafts, briefs, user)


def people(*counts: int, days: float = 1) -> list[Entry]:
    """So many entries of each person in turn, every other one liked."""
    users = [f"U{at}" for at, count in enumerate(counts) for _ in range(count)]
    return [entry(number, user, number % 2 == 0, days=days) for number, user in enumerate(users)]


def chosen(train: list[Entry], seed: int = 0) -> tuple[list[Entry], dict[str, int]]:
    ledger = Ledger(len(train))
    found = balanced(train, now=NOW, order=random.Random(seed), ledger=ledger)
    used = frozenset(number for one in found for number in one.numbers)
    return found, {one.reason: one.rows for one in ledger.dropped(used)}


def test_a_person_above_their_share_loses_their_oldest() -> None:
    found, dropped = chosen(people(40, 10, 10, 10))

    assert Counter(one.user for one in found) == {"U0": 12, "U1": 10, "U2": 10, "U3": 10}
    assert {one.place[0] for one in found if one.user == "U0"} == set(range(28, 40))
    assert dropped == {TOO_MUCH_OF_ONE: 28}


@pytest.mark.parametrize("counts", [(30,), (30, 30), (30, 30, 30), (1, 1, 500)])
def test_with_three_people_or_fewer_there_is_nothing_to_learn(counts: tuple[int, ...]) -> None:
    assert chosen(people(*counts)) == ([], {TOO_FEW_PEOPLE: sum(counts)})


@pytest.mark.parametrize("counts", [(25, 25, 25, 25), (9, 7, 7, 7), (1, 1, 1, 1)])
def test_nobody_loses_anything_while_all_are_within_their_share(counts: tuple[int, ...]) -> None:
    found, dropped = chosen(people(*counts))

    assert len(found) == sum(counts)
    assert dropped == {}


@given(st.lists(st.integers(1, 60), min_size=1, max_size=9))
def test_the_limit_is_the_largest_that_holds(counts: list[int]) -> None:
    def holds(most: int) -> bool:
        return 10 * most <= 3 * sum(min(count, most) for count in counts)

    most = limit(counts)

    assert most == max((at for at in range(1, max(counts) + 1) if holds(at)), default=0)
    assert len(counts) > 3 or most == 0


@given(
    st.lists(st.tuples(st.integers(0, 6), st.booleans(), st.floats(0, 900)), max_size=260),
    st.integers(0, 5),
)
@settings(max_examples=80, deadline=None)
def test_both_caps_hold_together_repeats_counted(rows: list[tuple[int, bool, float]], seed: int) -> None:
    by_age = sorted(rows, key=lambda row: -row[2])
    train = [entry(at, f"U{user}", label, days=days) for at, (user, label, days) in enumerate(by_age)]

    found, dropped = chosen(train, seed)

    counts, labels = Counter(one.user for one in found), Counter(one.label for one in found)
    assert all(10 * count <= 3 * len(found) for count in counts.values())
    assert len(labels) < 2 or max(labels.values()) <= 10 * min(labels.values())
    assert max(Counter(found).values(), default=0) <= 2
    assert len(set(found)) + sum(dropped.values()) == len(train)
    assert chosen(train, seed)[0] == found


def test_recent_entries_are_learnt_more_often_than_old_ones() -> None:
    ages = [HALF_LIFE.days * at / 100 for at in range(400, 0, -1)]
    train = [entry(at, f"U{at % 8}", at // 2 % 2 == 0, days=days) for at, days in enumerate(ages)]

    counts: Counter[int] = Counter()
    for seed in range(20):
        counts.update(one.place[0] // 100 for one in chosen(train, seed)[0])

    newest, *older = (counts[quarter] / 20 for quarter in (3, 2, 1, 0))
    assert newest > older[0] > older[1] > older[2] > 15
    assert 1.7 < newest / older[0] < 2.3
    assert OLD in chosen(train)[1]


def test_entries_of_one_age_are_all_learnt_once() -> None:
    found, dropped = chosen(people(*[40] * 5))

    assert len(found) == len(set(found)) == 200
    assert dropped == {}


def test_a_small_team_loses_nothing_to_age() -> None:
    few = people(*[12] * 4)
    aged = [replace(one, at=(NOW - timedelta(days=900 - 18 * at)).isoformat()) for at, one in enumerate(few)]

    assert set(chosen(aged)[0]) == set(aged)


def test_a_label_far_in_the_majority_loses_its_oldest() -> None:
    train = [entry(at, f"U{at % 10}", at >= 5) for at in range(90)]

    found, dropped = chosen(train)

    assert Counter(one.label for one in found) == {True: 50, False: 5}
    assert {one.place[0] for one in found if one.label} == set(range(40, 90))
    assert dropped == {TOO_UNEQUAL: 35}


def test_liked_and_disliked_come_in_turn_in_an_order_that_the_seed_decides() -> None:
    train = [entry(at, f"U{at % 5}", at % 3 != 0) for at in range(90)]

    found = chosen(train)[0]

    assert all(Counter(one.label for one in found[at : at + 9])[False] == 3 for at in range(0, 90, 9))
    assert [one.place[0] for one in found] != sorted(one.place[0] for one in found)
    assert chosen(train, seed=1)[0] != found == chosen(train)[0]


def test_repeats_of_an_entry_lie_far_apart() -> None:
    train = [entry(at, f"U{at % 6}", at % 2 == 0, days=900 - 3 * at) for at in range(300)]

    found = chosen(train)[0]

    places: dict[int, list[int]] = {}
    for at, one in enumerate(found):
        places.setdefault(one.place[0], []).append(at)
    gaps = [later - first for pair in places.values() for first, later in pairwise(pair)]
    assert len(gaps) > 40
    assert sorted(gaps)[len(gaps) // 10] > 16
