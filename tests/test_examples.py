"""Votes, rewrites and uses become lessons: which texts are liked, which are not, and which signals teach nothing."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.balancing import LARGEST_SHARE
from model.distance import distance
from model.examples import NO_TIME, Collected, collect, from_jsonl, to_jsonl
from model.ledger import Ledger
from model.merging import CHANGED_MIND, OUTVOTED, TIED, Entry, merge
from model.near_duplicates import likeness
from model.opinions import BROKEN, CONTRADICTION, NO_TEXT, NOTHING_SAID, UNKNOWN_FORMAT, opinions
from model.signals import Signal
from model.words import shingles
from tests.signalling import NOW, ago, drafts, prompt, rewrite, signal, team

Said = set[tuple[str, bool, str]]


def entries(*signals: Signal) -> tuple[list[Entry], dict[str, int]]:
    """What signals, oldest first, come to before the split, and how many were left out for which reason."""
    ledger = Ledger(len(signals))
    found = merge(opinions(signals, ledger), ledger)
    used = frozenset(number for entry in found for number in entry.numbers)
    return found, {one.reason: one.rows for one in ledger.dropped(used)}


def said(*signals: Signal) -> Said:
    return {(entry.text, entry.label, entry.source) for entry in entries(*signals)[0]}


def collected(signals: Sequence[Signal], seed: int = 0) -> Collected:
    return collect(signals, now=NOW, seed=seed)


TEXT, NEW = drafts()[0][1], rewrite(0)


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (signal(value=1), {(TEXT, True, "vote")}),
        (signal(value=-1), {(TEXT, False, "vote")}),
        (signal(used=True), {(TEXT, True, "use")}),
        (signal(value=1, used=True), {(TEXT, True, "vote")}),
        (replace(signal(value=-1), reason="wrong facts"), {(TEXT, False, "vote")}),
        (signal(edited=NEW), {(TEXT, False, "edit"), (NEW, True, "edit")}),
        (signal(value=1, edited=NEW), {(TEXT, False, "edit"), (NEW, True, "edit")}),
        (signal(value=-1, edited=NEW), {(TEXT, False, "vote"), (NEW, True, "edit")}),
        (signal(edited=NEW, used=True), {(TEXT, False, "edit"), (NEW, True, "edit")}),
        (signal(value=1, edited=f" {TEXT}\n"), {(TEXT, True, "vote")}),
    ],
)
def test_what_a_person_did_says_which_text_is_liked(one: Signal, expected: Said) -> None:
    assert said(one) == expected


def test_a_trivial_edit_says_nothing_against_its_original() -> None:
    mended = f"{TEXT} Ha!"

    assert 0 < distance(TEXT, mended) < 0.05
    assert said(signal(edited=mended)) == {(mended, True, "edit")}
    assert said(signal(value=-1, edited=mended)) == {(TEXT, False, "vote")}


def test_a_rewrite_that_is_another_task_says_nothing_against_its_original() -> None:
    other = (
        "Doors are open at our place on Saturdays, and everybody may come in and look around for as long as they like, "
    )
    other = f"{other * 6}with no hurry at all."
    one = replace(
        signal(edited=other), brief=replace(drafts()[0][0], product="we are open on Saturdays", format="linkedin")
    )

    assert distance(TEXT, other) > 0.8
    assert {label for _, label, _ in said(one)} <= {True}


def test_a_vote_after_somebodys_rewrite_is_about_the_rewrite() -> None:
    edit, voter = signal(user="U1", edited=NEW, days=3), signal(user="U2", days=2)

    assert said(edit, replace(voter, shown=NEW, shown_value=1)) == {(TEXT, False, "edit"), (NEW, True, "edit")}
    assert said(edit, replace(voter, shown=NEW, shown_value=-1)) == {(TEXT, False, "edit")}
    assert said(replace(voter, shown=NEW, shown_value=-1, used=True)) == {(TEXT, True, "use"), (NEW, False, "vote")}
    # On the original it is one for it, beside one against.
    assert said(edit, replace(voter, value=1)) == {(NEW, True, "edit")}


@pytest.mark.parametrize(
    ("one", "reason"),
    [
        (signal(), NOTHING_SAID),
        (signal(edited=TEXT), NOTHING_SAID),
        (replace(signal(value=1), text=" \n"), NO_TEXT),
        (signal(value=-1, used=True), CONTRADICTION),
        (replace(signal(value=1), brief=replace(drafts()[0][0], format="telegram")), UNKNOWN_FORMAT),
        (replace(signal(value=1), text=f"{TEXT} Only £999!"), BROKEN.format(check="facts")),
        (replace(signal(value=1), text=TEXT * 20), BROKEN.format(check="length")),
    ],
)
def test_a_signal_that_teaches_nothing_is_left_out_with_its_reason(one: Signal, reason: str) -> None:
    assert entries(one) == ([], {reason: 1})


def test_a_text_that_breaks_a_check_is_never_liked_and_may_be_disliked() -> None:
    broken = f"{TEXT} Only £999!"

    assert said(replace(signal(value=-1), text=broken)) == {(broken, False, "vote")}
    assert said(signal(edited=broken)) == {(TEXT, False, "edit")}
    assert said(signal(edited=f"{NEW} Only £999!")) == {(TEXT, False, "edit")}


def test_people_who_agree_on_a_draft_make_one_example() -> None:
    (entry,), dropped = entries(signal(user="U1", value=1, days=3), signal(user="U2", value=1, days=2))

    assert entry.people == {"U1", "U2"}
    assert entry.at == ago(2)
    assert dropped == {}


def test_the_majority_decides_and_a_tie_decides_nothing() -> None:
    votes = [signal(user=f"U{at}", value=value, days=9 - at) for at, value in enumerate((1, -1, 1, -1))]

    (entry,), dropped = entries(*votes[:3])
    assert (entry.label, set(entry.people), dropped) == (True, {"U0", "U2"}, {OUTVOTED: 1})
    assert entries(*votes[:2]) == ([], {TIED: 2})
    assert entries(*votes) == ([], {TIED: 4})


def test_a_person_has_one_voice_on_a_text_their_newest() -> None:
    again = replace(signal(value=-1, days=1), draft="another")

    (entry,), dropped = entries(signal(value=1, days=2), again)

    assert (entry.label, dropped) == (False, {CHANGED_MIND: 1})


def test_nearly_the_same_text_is_learnt_once_and_counts_for_all_who_said_so() -> None:
    near = replace(signal(user="U2", value=1, days=1), draft="other", text=TEXT.replace(".", "!"))

    (entry,), dropped = entries(signal(value=1, days=2), near)

    assert (entry.text, set(entry.people), set(entry.drafts)) == (near.text, {"U1", "U2"}, {"d0", "other"})
    assert dropped == {}
    assert len(entries(signal(value=1, days=2), replace(near, value=-1))[0]) == 2


def test_an_agreed_example_counts_where_it_strains_nobodys_share() -> None:
    votes = [signal(at, "U1", 1, days=20 - at) for at in range(5)]

    found, _ = entries(*votes, signal(9, "U1", 1, days=2), signal(9, "U2", 1, days=1))

    assert [entry.user for entry in found] == ["U1"] * 5 + ["U2"]


def test_lessons_hold_stand_ins_and_pseudonyms_in_place_of_people() -> None:
    brief, text = drafts()[3]
    asked = replace(brief, product=f"{brief.product}, call 020 7946 0958")
    votes = [*team(60), replace(signal(3, "U77", 1, days=0.5), brief=asked, text=f"{text} Call 020 7946 0958.")]

    found = collected(votes)

    lessons = found.lessons(prompt)
    lesson = next(one for one in (*lessons.train, *lessons.held) if "Call 01632" in one.completion)
    number = lesson.completion.rpartition("Call ")[2].rstrip(".")
    assert number in lesson.prompt[-1]["content"]
    assert "7946" not in json.dumps([one.prompt for one in lessons.held]) + lesson.completion
    assert lesson.user == "person 7"
    assert [(one.kind, one.values) for one in found.report.redactions if one.kind == "phone"] == [("phone", 1)]


def test_a_time_that_cannot_be_read_is_left_out() -> None:
    found = collected(
        [replace(signal(value=1), at="yesterday"), signal(1, value=1), replace(signal(2, value=1), at="")]
    )

    assert [(one.reason, one.rows) for one in found.report.dropped if one.reason == NO_TIME] == [(NO_TIME, 2)]
    assert found.report.given == 3


def test_lessons_come_back_from_their_file_as_they_were(tmp_path: Path) -> None:
    found = collected(team(60)).lessons(prompt)
    odd = replace(found.train[0], completion="Line\u2028one\r\n“two” \x85 🎈\x00")

    to_jsonl((odd, *found.train), tmp_path / "lessons.jsonl")

    assert from_jsonl(tmp_path / "lessons.jsonl") == (odd, *found.train)
    assert [path.name for path in tmp_path.iterdir()] == ["lessons.jsonl"]
    (tmp_path / "bad.jsonl").write_text('{"prompt": []}\n', "utf-8")
    with pytest.raises(ValueError, match=r"bad\.jsonl, line 1"):
        from_jsonl(tmp_path / "bad.jsonl")


def acts(number: int, user: str, value: int, edit: str, used: bool, days: float) -> Signal:
    text = drafts()[number][1]
    edited = {"none": "", "typo": f"{text}!", "rewrite": rewrite(number), "broken": f"{text} £999", "same": text}[edit]
    return signal(number, user, value, days=days, edited=edited, used=used)


SIGNALS = st.lists(
    st.builds(
        acts,
        number=st.integers(0, 40),
        user=st.sampled_from([f"U{at}" for at in range(7)]),
        value=st.sampled_from([-1, -1, 0, 1, 1]),
        edit=st.sampled_from(["none", "none", "none", "typo", "rewrite", "broken", "same"]),
        used=st.booleans(),
        days=st.floats(-1, 800),
    ),
    max_size=70,
)


@given(SIGNALS, st.integers(0, 3))
@settings(max_examples=60, deadline=None)
def test_whatever_people_do_the_books_balance_and_the_caps_hold(signals: list[Signal], seed: int) -> None:
    found = collected(signals, seed)

    report = found.report
    assert report.given == len(signals) == report.used + sum(one.rows for one in report.dropped)
    users = [one.user for one in found.train]
    assert all(users.count(user) <= LARGEST_SHARE * len(users) for user in set(users))
    assert (report.train_up, report.train_down) == tuple(
        sum(one.label == label for one in found.train) for label in (True, False)
    )
    sides = [{one.draft for one in side} for side in (found.train, found.held)]
    assert not sides[0] & sides[1]
    there = [shingles(one.text, 2) for one in found.held]
    here = [shingles(text, 2) for text in {one.text for one in found.train}]
    assert all(likeness(one, other) < 0.7 for one in here for other in there)
    assert collected(signals[::-1], seed) == found
