"""A text message stays in the alphabet that holds most, or says which letters keep it out."""

import pytest

from model.brief import Brief
from model.checks import check
from model.counting import segments
from model.formats import FORMATS
from model.text_messages import advice, straightened
from model.writer import Writer
from model.writing import Draft
from tests.fake_engine import FakeEngine

LONG = " Come in and get a can on us this Friday, and bring a friend along. Reply STOP to opt out."
BRIEF = Brief("sms for Brewline cold brew, a can on us this Friday", "sms", variants=1)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("“It’s cold…”", '"It\'s cold..."'),
        ("Mon–Fri, 8–10", "Mon-Fri, 8-10"),
        ("Cold—and slow — here", "Cold - and slow - here"),
        ("8\u202fpm, £5", "8 pm, £5"),
        ("It's here", "It's here"),
        ("It’s here 🎉", "It’s here 🎉"),
        ("Вот “это”", "Вот “это”"),
    ],
)
def test_marks_are_straightened_where_that_is_all_it_takes(text: str, plain: str) -> None:
    assert straightened(text) == plain


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("It’s cold brew." + LONG, "write ' for ’"),
        (
            "“It’s cold – or ‘cool’…”" + LONG,
            "write \" for “ and ”, write ' for ’ and ‘, write - for –, write ... for …",
        ),
        ("It’s cold 🎉." + LONG, "write ' for ’, do without 🎉"),
        ("Ñandú from 8." + LONG, "do without ú"),
        ("At 8\u202fpm." + LONG, "write plain spaces"),
        ("It’s cold.", ""),
        ("Холодный кофе, и ещё один, и ещё один, и ещё один, и ещё один, и ещё один, и снова", ""),
        ("a" * 161, ""),
    ],
)
def test_the_letters_that_cost_a_segment_are_named(text: str, said: str) -> None:
    found = {one.name: one for one in check(text, BRIEF, FORMATS["sms"])}["segments"]

    assert advice(text) == said
    assert found.ok or found.reason.partition("; for fewer, ")[2] == said


def test_a_draft_of_a_text_message_is_written_with_plain_marks() -> None:
    text = "Brewline: it’s cold brew time…" + LONG

    (draft,) = [one for one in Writer(FakeEngine(text)).write(BRIEF) if isinstance(one, Draft)]

    assert draft.text == "Brewline: it's cold brew time..." + LONG
    assert segments(draft.text).segments == 1
    assert draft.ok


def test_elsewhere_marks_stay_as_they_were_written() -> None:
    text = "Brewline’s cold brew is here – on Friday…"

    (draft,) = [
        one for one in Writer(FakeEngine(text)).write(Brief(BRIEF.product, "tweet", 1)) if isinstance(one, Draft)
    ]

    assert draft.text == text
