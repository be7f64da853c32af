"""The form of /sentiment: a text or lines, a file, what they are about, and who sees the result."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot import blocks
from bot.blocks import Block
from model.sentiment_aspects import SETS

TITLE = "Check sentiment"
TEXT, FILE, EACH, SET, OWN, PRIVATE = "text", "file", "each", "set", "own", "private"
COLUMN, DATE, GROUP = "column", "date", "group"
LINES, ONE = "lines", "one"
NONE = "none"
MOST_FILES = 2
"""Two are compared with each other."""

PASTE = "One comment, or one a line, of 3,000 characters together; a file takes more."
FILES = (
    "A CSV, TSV or text file of up to 10 MB, as Slack's forms take them; two are compared. One of up to 200 MB: send "
    "it to me in our direct messages, and choose “Check sentiment” in that message's menu."
)

OWN_HINT = "Names, with commas between: each comment is asked how it feels about them. “none” asks about nothing."
OF_BRAND = " These are your brand's; a set that you choose takes their place, unless you change them."


def modal(*, channel: str, response_url: str = "", text: str = "", aspects: Sequence[str] = ()) -> dict[str, Any]:
    """The form, opened where somebody is; `aspects` are asked about unless they take them out, or choose a set."""
    kept = {"channel": channel, "response_url": response_url, "prefilled": ", ".join(aspects)}
    return {
        "type": "modal",
        "callback_id": "sentiment",
        "private_metadata": json.dumps(kept),
        "title": blocks.plain(TITLE),
        "submit": blocks.plain("Read"),
        "close": blocks.plain("Cancel"),
        "blocks": [
            blocks.text_input(
                TEXT,
                "What did customers write?",
                multiline=True,
                max_length=blocks.INPUT_LIMIT,
                placeholder="Lovely waiter, shame about the food",
                hint=PASTE,
                initial_value=text,
            ),
            _each(),
            _file(),
            *_details(aspects),
            blocks.checkbox(
                PRIVATE, "Who sees the result of lines and files?", "Only me, in a direct message", ticked=True
            ),
        ],
    }


def _details(aspects: Sequence[str]) -> list[Block]:
    """What it may be about, and where in a file the comments stand."""
    sets = [("None", NONE), *((f"{name.capitalize()}: {', '.join(found)}", name) for name, found in SETS.items())]
    return [
        blocks.select(SET, "What may it be about?", sets, NONE) | {"optional": True},
        blocks.text_input(
            OWN,
            "Other aspects",
            max_length=200,
            initial_value=", ".join(aspects),
            placeholder="food, service, parking",
            hint=OWN_HINT + (OF_BRAND if aspects else ""),
        ),
        *(
            blocks.text_input(name, label, max_length=100, hint=hint)
            for name, label, hint in (
                (COLUMN, "Column with the comments", "Of a file, by its name; only where the guess would be wrong."),
                (DATE, "Column with the dates", "For the trend; found when left out."),
                (GROUP, "Column with the groups", "Such as shop or product, to compare them; found when left out."),
            )
        ),
    ]


def chosen_files(view: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The files of a form that was sent, as Slack describes them."""
    found = view["state"]["values"].get(FILE, {}).get("value", {}).get("files")
    return list(found or [])


def _each() -> Block:
    pairs = [("A comment each", LINES), ("One comment together", ONE)]
    options = blocks.options(pairs)
    element = {"type": "radio_buttons", "action_id": "value", "options": options, "initial_option": options[0]}
    return {
        "type": "input",
        "block_id": EACH,
        "label": blocks.plain("Several lines are"),
        "element": element,
        "optional": True,
    }


def _file() -> Block:
    element = {"type": "file_input", "action_id": "value", "filetypes": ["csv", "tsv", "txt"], "max_files": MOST_FILES}
    label = blocks.plain("Or a file of comments")
    hint = blocks.plain(FILES)
    return {"type": "input", "block_id": FILE, "label": label, "element": element, "optional": True, "hint": hint}
