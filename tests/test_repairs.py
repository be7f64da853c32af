"""Repairs of a draft do what an editor would do without asking."""

import pytest

from model.formats import FORMATS
from model.repairs import keeps_end, repaired, taken_off, trimmed, unwrapped


@pytest.mark.parametrize(
    ("name", "text", "mended"),
    [
        ("tweet", "“Come in.”", "Come in."),
        ("tweet", '"Come in."', "Come in."),
        ("tweet", "**Come in.**", "Come in."),
        ("tweet", '"Come in," she said. "Now."', '"Come in," she said. "Now."'),
        ("tweet", "Sure! Here's a tweet for you: Come in.", "Come in."),
        ("tweet", 'Here is the tweet:\n\n"Come in."', "Come in."),
        ("tweet", "Tweet: Come in.", "Come in."),
        ("tweet", "Sure! Come in.", "Come in."),
        ("tweet", "Certainly!\n\n“Come in.”", "Come in."),
        ("tweet", "Happy to help! Come in.", "Come in."),
        ("tweet", "Your tweet:\nCome in.", "Come in."),
        ("tweet", "Sure, come in.", "Sure, come in."),
        ("tweet", "Sure!", "Sure!"),
        ("tweet", "Of course! I'd be happy to help.", "Of course! I'd be happy to help."),
        ("push", "Absolutely! Title: a\nBody: B.", "Title: a\nBody: B."),
        ("tweet", "Cold brew: come in.", "Cold brew: come in."),
        ("tweet", "Come in. We have the", "Come in."),
        ("tweet", "Come in. #cold And then the", "Come in. #cold"),
        ("tweet", "Nothing to keep of the", "Nothing to keep of the"),
        ("tweet", "Come in. " + "a" * 300 + ".", "Come in."),
        ("tweet", "Come in.", "Come in."),
        (
            "tweet",
            "Come in. It is cold and slow. It is cold and slow. It is cold and slow.",
            "Come in. It is cold and slow.",
        ),
        ("email", "Subject: a\nPreheader: b\n\nCome in. We have the", "Subject: a\nPreheader: b\n\nCome in."),
        (
            "google-ad",
            "Headlines:\n- One\n- Two\n- One\n- Three\n- A headline that is far too long for "
            "it\nDescriptions:\n- D.\n- E.",
            "Headlines:\n- One\n- Two\n- Three\nDescriptions:\n- D.\n- E.",
        ),
        ("push", "Title: a\nTitle: b\nBody: B.\nBody: C.", "Title: a\nBody: B."),
        ("push", "Title: a\nBody: B.\nAnother line", "Title: a\nBody: B."),
        ("thread", "1/ One.\n\n2/ Two.\n\n3/ Three.\n\n4/ And then the", "1/ One.\n\n2/ Two.\n\n3/ Three."),
    ],
)
def test_repairs_are_what_an_editor_would_do_without_asking(name: str, text: str, mended: str) -> None:
    assert repaired(text, FORMATS[name]) == mended


def test_repairs_leave_a_text_without_a_sentence_alone() -> None:
    assert trimmed("no end") == "no end"
    assert unwrapped("“") == "“"


@pytest.mark.parametrize(
    ("name", "text", "kept"),
    [
        ("tweet", "Come in. We have the", False),
        ("tweet", "Nothing to keep of the", True),
        ("tweet", "Sure! Here's a tweet for you: Come in and have the", True),
        ("tweet", "It is cold and slow. It is cold and slow. It is cold and slow. It", False),
        ("thread", "1/ One.\n\n2/ Two.\n\n3/ Three.\n\n4/ And then the", False),
        ("thread", "1/ One.\n\n2/ One.\n\n3/ Two is cold.\n\n4/ Three.\n\n5/ Then it", True),
        (
            "facebook-ad",
            "Primary text: Soup is hot. Soup is on the house today. Soup is on the house today.\n"
            "Headline: Soup\nDescription: Soup every day of the we",
            True,
        ),
        ("landing", "Headline: Soup\nSub: Hot.\nBullets:\n- One\n- One\n- Two\nCTA: Order your so", True),
        ("landing", "Headline: Soup\nSub: Hot.\nBullets:\n- One\n- One\n- Two\nCTA:", True),
    ],
)
def test_a_cut_end_is_gone_only_where_the_repair_took_it_off(name: str, text: str, kept: bool) -> None:
    assert keeps_end(text, repaired(text, FORMATS[name], cut=True), FORMATS[name]) is kept


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("tweet", "“Come in.”", ""),
        ("tweet", "Sure! Here's a tweet for you: Come in.", ""),
        ("tweet", "Come in.", ""),
        ("tweet", "Come in. We have the", "a half sentence at the end was taken off"),
        ("tweet", "Sure! Here's a tweet for you: Come in. We have", "a half sentence at the end was taken off"),
        ("tweet", "Come in. " + "a" * 300 + ".", "what went over the limit was taken off"),
        (
            "tweet",
            "Come in. It is cold and slow. It is cold and slow. It is cold and slow.",
            "what was said again was taken off",
        ),
        ("thread", "1/ One.\n\n2/ Two.\n\n3/ Three.\n\n4/ And then the", "1 of 4 was taken off"),
        (
            "push",
            "Title: a\nTitle: b\nBody: B.\nAnother line",
            "Title: 1 of 2 was taken off; Body: a further line was taken off",
        ),
        (
            "google-ad",
            "Headlines:\n- One\n- Two\n- One\n- Three\n- A headline that is far too long for it\n"
            "Descriptions:\n- D.\n- E.",
            "Headlines: 2 of 5 were taken off",
        ),
        (
            "email",
            "Subject: a\nPreheader: b\n\nCome in. We have the",
            "a half sentence at the end was taken off",
        ),
    ],
)
def test_what_a_repair_takes_off_is_said(name: str, text: str, said: str) -> None:
    form = FORMATS[name]

    assert taken_off(text, repaired(text, form, cut=True), form) == said
