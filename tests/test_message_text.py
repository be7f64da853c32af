"""A message's words are found where integrations put them, and its emoji are emoji."""

from typing import Any

import pytest

from bot.forms import filled_in
from bot.message_text import words_of
from bot.slack_text import with_emoji

RICH = {
    "type": "rich_text",
    "elements": [
        {
            "type": "rich_text_section",
            "elements": [
                {"type": "text", "text": "Late again "},
                {"type": "emoji", "name": "rage", "unicode": "1f621"},
            ],
        },
        {
            "type": "rich_text_list",
            "elements": [
                {"type": "rich_text_section", "elements": [{"type": "text", "text": "cold"}]},
                {"type": "rich_text_section", "elements": [{"type": "text", "text": "small"}]},
            ],
        },
    ],
}
SECTION = {
    "type": "section",
    "text": {"type": "mrkdwn", "text": "The parcel &amp; its box arrived broken"},
    "fields": [{"type": "mrkdwn", "text": "Stars: 1"}, {"type": "plain_text", "text": "Shop: Leeds"}],
}
BUTTONS = {"type": "actions", "elements": [{"type": "button", "text": {"type": "plain_text", "text": "Reply"}}]}
REVIEW = {"fallback": "New 1-star review", "pretext": "A review", "text": "Nobody answers", "fields": [{"value": "1"}]}


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ({"text": "Lovely &lt;3 :heart_eyes:", "blocks": [SECTION], "attachments": [REVIEW]}, "Lovely <3 😍"),
        ({"text": "", "blocks": [SECTION, BUTTONS]}, "The parcel & its box arrived broken\nStars: 1\nShop: Leeds"),
        ({"text": " ", "blocks": [RICH]}, "Late again 😡\ncold\nsmall"),
        ({"text": "", "attachments": [REVIEW]}, "A review\nNobody answers\n1"),
        ({"text": "", "attachments": [{"fallback": "New 1-star review"}]}, "New 1-star review"),
        ({"text": "", "attachments": [{"blocks": [RICH], "fallback": "x"}]}, "Late again 😡\ncold\nsmall"),
        ({"text": "", "blocks": [BUTTONS]}, ""),
        ({"text": None, "blocks": None, "attachments": None}, ""),
        ({}, ""),
    ],
)
def test_the_words_of_a_message(message: dict[str, Any], words: str) -> None:
    assert words_of(message) == words


@pytest.mark.parametrize(
    ("sent", "seen"),
    [
        ("so late :rage:", "so late 😡"),
        (":-1:", "👎"),
        (":+1::skin-tone-4::heart:", "👍❤️"),
        (":flag-gb: :man-shrugging: :smiling_face_with_3_hearts:", "🇬🇧 🤷‍♂️ 🥰"),
        (":simple_smile:", "🙂"),
        ("our own :party-otter:", "our own :party-otter:"),
        ("at 10:30:15, 1:100:3, a:b:c", "at 10:30:15, 1:100:3, a:b:c"),
        ("https://brew.example:80:x", "https://brew.example:80:x"),
        ("", ""),
    ],
)
def test_emoji_come_by_name_and_are_read_as_emoji(sent: str, seen: str) -> None:
    assert with_emoji(sent) == seen


def test_emoji_in_a_form_are_emoji() -> None:
    values = {"product": {"value": {"type": "plain_text_input", "value": "tea :tea:"}}}

    assert filled_in({"state": {"values": values}}) == {"product": "tea 🍵"}
