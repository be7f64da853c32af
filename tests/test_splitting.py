"""The newest examples are held out, and nothing alike stands on both sides."""

from collections import Counter
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from model.ledger import Ledger
from model.merging import Entry
from model.near_duplicates import likeness
from model.splitting import LEAKED, Split, split
from model.words import shingles
from tests.test_balancing import entry

WORDS = ["oak", "ivy", "kettle", "harbour", "lantern", "pebble"]


def text(number: int) -> str:
    """Six words; no two numbers share a pair of them."""
    return " ".join(f"{word}{number}" for word in WORDS)


def entries(size: int, down: int = 2) -> list[Entry]:
    """Entries unlike each other, oldest first; every so many-th is disliked."""
    found = [entry(at, f"U{at % 5}", at % down != 0) for at in range(size)]
    return [replace(one, text=text(at), briefs=frozenset({text(1000 + at)})) for at, one in enumerate(found)]


def divided(rows: list[Entry]) -> tuple[Split, dict[str, int]]:
    ledger = Ledger(1 + max((number for one in rows for number in one.numbers), default=-1))
    found = split(rows, ledger)
    used = frozenset(number for one in (*found.train, *found.held) for number in one.numbers)
    return found, {one.reason: one.rows for one in ledger.dropped(used)}


def test_the_newest_quarter_is_held_out() -> None:
    rows = entries(100)

    found, dropped = divided(rows)

    assert (found.train, found.held) == (tuple(rows[:75]), tuple(rows[75:]))
    assert (found.leaks, dropped) == (0, {})


def test_more_is_held_out_where_one_label_is_rare_among_the_newest() -> None:
    rows = entries(100)
    rows = [replace(one, label=at % 4 == 0 if at < 70 else at < 80) for at, one in enumerate(rows)]

    found, _ = divided(rows)

    assert Counter(one.label for one in found.held)[True] == 9  # a third of the 28 that there are
    assert 20 < len(found.held) <= 40


def test_a_draft_that_stands_on_both_sides_is_removed_from_the_smaller() -> None:
    rows = entries(100)
    same = frozenset({"d-same"})
    for at in (5, 6, 95):
        rows[at] = replace(rows[at], drafts=rows[at].drafts | same)

    found, dropped = divided(rows)

    assert rows[95] not in found.held
    assert {rows[5], rows[6]} <= set(found.train)
    assert (found.leaks, dropped) == (1, {LEAKED: 1})


def test_the_same_brief_or_nearly_the_same_text_never_stands_on_both_sides() -> None:
    rows = entries(100)
    rows[3] = replace(rows[3], briefs=rows[97].briefs)
    rows[4] = replace(rows[4], text=f"{rows[98].text} today", label=not rows[98].label)
    rows[7] = replace(rows[7], briefs=frozenset({f"{text(1096)} please"}))

    found, dropped = divided(rows)

    assert not {rows[3], rows[4], rows[7]} & set(found.train)
    assert (found.leaks, dropped) == (3, {LEAKED: 3})


def test_a_rewrite_and_its_original_are_never_parted() -> None:
    rows = entries(60)
    pairs = [replace(one, label=not one.label, text=f"{one.text} {one.text[::-1]}") for one in rows]

    found, dropped = divided([*rows, *pairs])

    assert (len(found.train), len(found.held), dropped) == (90, 30, {})


def test_a_team_with_one_brief_has_nothing_to_hold_out() -> None:
    rows = [replace(one, briefs=frozenset({"our cafe"})) for one in entries(50)]

    found, dropped = divided(rows)

    assert (len(found.train), len(found.held), dropped) == (37, 0, {LEAKED: 13})


def test_nothing_and_one_example_are_split_into_themselves() -> None:
    assert divided([])[0] == Split((), (), 0)
    assert divided(entries(1))[0] == Split(tuple(entries(1)), (), 0)


@given(
    st.lists(
        st.tuples(st.integers(0, 30), st.integers(0, 20), st.integers(0, 25), st.booleans()), min_size=1, max_size=80
    )
)
@settings(max_examples=150, deadline=None)
def test_no_side_knows_of_the_other_and_none_is_lost_unseen(rows: list[tuple[int, int, int, bool]]) -> None:
    made = [
        replace(
            entry(at, label=label),
            drafts=frozenset({f"d{draft}"}),
            briefs=frozenset({text(1000 + brief)}),
            text=f"{text(words)} {at}",
        )
        for at, (draft, brief, words, label) in enumerate(rows)
    ]

    found, dropped = divided(made)

    for one in found.train:
        for other in found.held:
            assert one.place < other.place
            assert not one.drafts & other.drafts
            assert not one.briefs & other.briefs
            assert likeness(shingles(one.text, 2), shingles(other.text, 2)) < 0.7
    assert len(found.train) + len(found.held) + found.leaks == len(made)
    assert sum(dropped.values()) == found.leaks
