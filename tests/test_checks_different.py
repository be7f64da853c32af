"""Drafts that are near to an earlier one of the same brief, and drafts with another idea."""

import pytest

from model.brief import Brief
from model.checks import Check, check, compared
from model.formats import FORMATS


def judged(text: str, brief: Brief, *, earlier: tuple[str, ...] = ()) -> dict[str, Check]:
    return {one.name: one for one in check(text, brief, FORMATS["tweet"], earlier=earlier)}


EARLIER = "Cold brew is here. Come to the quay and try a can with us on Saturday."


@pytest.mark.parametrize(
    ("copy", "different"),
    [
        (EARLIER, False),
        (EARLIER.upper(), False),
        (EARLIER + " Bring a friend.", False),
        ("Cold brew is here. Come to the quay and try a can.", False),
        ("Come to the quay and try a can with us on Saturday. Cold brew!", False),
        ("Cold brews are here. Come to the quay, and try a can with us on Saturday!", False),
        ("Try a can with us on Saturday. Cold brew is here.", False),
        ("Come to the quay and try a can with us.", False),
        ("Good news. " + EARLIER, False),
        ("Cold brew is here! Come on: to the quay, and try a can with friends on Saturday.", False),
        ("Cold brew is here; come to the quay on Saturday and try a can with us.", False),
        ("On Saturday, come to the quay and try a can with us.", False),
        ("Come to the quay. Try a can with us on Saturday. Cold brew is here!", False),
        ("“Cold brew is here. Come to the quay and try a can with us on Saturday.”", False),
        (EARLIER + " " + EARLIER, False),
        (EARLIER.replace("can", "cup"), False),
        (EARLIER.replace(" on Saturday", ""), False),
        ("Hello! Cold brew is here. Come to the quay and try a can with us on Saturday. See you!", False),
        ("Cold brew is here. Come to the quay and try it with us on Saturday.", False),
        ("#coldbrew Cold brew is here. Come to the quay and try a can with us.", False),
        ("Your Saturday has a can in it. Meet us on the quay.", True),
        ("Cold brew is here, and your kettle is jealous.", True),
        ("What do you drink on a quay? Something cold, from a can.", True),
        ("Slow mornings, in cans.", True),
        ("Saturday. Quay. Can. You.", True),
        ("Try not to smile. It's only coffee.", True),
        ("A cold one, please. Yes, coffee.", True),
        ("The quay has a new regular, and it's chilled.", True),
        ("Saturday plans: a can, the water, nobody's emails.", True),
        ("Cold brew, meet Saturday. Saturday, meet the quay.", True),
        ("A can, a quay, a good excuse to be out of the house.", True),
        ("Nobody ever regretted a cold can by the water.", True),
        ("Which of us is colder, the sea or the coffee? Find out on the quay.", True),
        ("Coffee for people who like their mornings quiet.", True),
        ("It took us a year to put so little in a can.", True),
        ("Ice? It brought its own.", True),
        ("The kettle has the day off.", True),
        ("Bring a friend; the cans come in twos.", True),
        ("Drink it slowly. Saturdays are short enough.", True),
        ("We put the summer in a can and left the lid on until you came.", True),
    ],
)
def test_a_draft_differs_from_the_earlier_ones(copy: str, different: bool) -> None:
    assert (
        judged(copy, Brief("x"), earlier=("Something else entirely, about tea.", EARLIER))["different"].ok is different
    )


def test_the_draft_that_it_is_too_close_to_is_named() -> None:
    assert "draft 2" in judged(EARLIER, Brief("x"), earlier=("Tea, about now.", EARLIER))["different"].reason
    assert "the rejected draft" in judged(EARLIER, Brief("x", rejected=EARLIER))["different"].reason


def test_a_first_draft_has_nothing_to_differ_from() -> None:
    assert "different" not in judged(EARLIER, Brief("x"))


@pytest.mark.parametrize("before", [(), ("Tea, about now.",)])
@pytest.mark.parametrize("after", [(), ("Tea, about now.",), ("Something else entirely, about tea.", EARLIER)])
@pytest.mark.parametrize("unlike", [(), (EARLIER,)])
def test_compared_is_what_judging_anew_says(
    before: tuple[str, ...], after: tuple[str, ...], unlike: tuple[str, ...]
) -> None:
    brief, form = Brief("x", must_say=("quay",)), FORMATS["tweet"]
    first = check(EARLIER, brief, form, earlier=before, unlike=unlike)
    anew = check(EARLIER, brief, form, earlier=after, unlike=unlike)
    assert compared(first, EARLIER, brief, after, unlike) == anew
    assert all(one.ok for one in anew if one.name == "different") is (EARLIER not in (*after, *unlike))
