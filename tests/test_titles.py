"""A text that goes on under a title, however it arrives."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from model.generation import Event
from model.titles import under_title

BODY = "One text.\n\n## Its part\n\nMore."


def arrived(text: str, cuts: list[int]) -> str:
    places = sorted({0, len(text), *(cut % (len(text) + 1) for cut in cuts)})
    events = [Event(0, text[start:end]) for start, end in itertools.pairwise(places)]
    return "".join(one.text for one in under_title(iter([*events, Event(0, "", "stop")])))


@given(st.lists(st.integers(0, 200)), st.sampled_from(["# Two titles\n\n", "\n\n# Two\n", "", "\n"]))
def test_its_own_title_is_left_out_however_it_is_cut(cuts: list[int], opening: str) -> None:
    assert arrived(opening + BODY, cuts) == BODY


@given(st.lists(st.integers(0, 200)))
def test_the_heading_of_a_part_is_no_title(cuts: list[int]) -> None:
    assert arrived(f"## A part\n\n{BODY}", cuts) == f"## A part\n\n{BODY}"


def test_a_title_alone_leaves_nothing_and_the_end_still_comes() -> None:
    assert list(under_title(iter([Event(0, "# Two"), Event(0, " titles", "length")]))) == [Event(0, "", "length")]
    assert list(under_title(iter([Event(0, "", "cancelled")]))) == [Event(0, "", "cancelled")]


def test_other_sequences_keep_theirs() -> None:
    assert list(under_title(iter([Event(1, "# Two\n"), Event(0, "# One\n\nText")]))) == [
        Event(1, "# Two\n"),
        Event(0, "Text"),
    ]
