"""Slack's limits for the elements inside blocks."""

from typing import Any

from bot.playground.elements import options
from bot.playground.limits import (
    LONGEST_ID,
    LONGEST_URL,
    Field,
    Problems,
    Rule,
    Shape,
    anything,
    boolean,
    choice,
    integer,
    listing,
    plain,
    required,
    shaped,
    string,
    text,
    typed,
)

MOST_OPTIONS = 100
LONGEST_OPTION = 75
LONGEST_OPTION_VALUE = 150
LONGEST_PLACEHOLDER = 150
LONGEST_BUTTON = 75
LONGEST_BUTTON_VALUE = 2000
LONGEST_ALT_TEXT = 2000

ACTION_ID = Field(string(LONGEST_ID))
CONFIRM = Field(
    shaped(
        {
            "title": required(plain(100)),
            "text": required(text(300)),
            "confirm": required(plain(30)),
            "deny": required(plain(30)),
            "style": Field(choice("primary", "danger")),
        }
    )
)
PLACEHOLDER = Field(plain(LONGEST_PLACEHOLDER))
FOCUS = Field(boolean)
DISPATCH = Field(
    shaped({"trigger_actions_on": Field(listing(choice("on_enter_pressed", "on_character_entered"), most=2))})
)
SLACK_FILE = Field(shaped({"id": Field(string()), "url": Field(string(LONGEST_URL))}))
USER_IDS = Field(listing(string(), most=100))


def option(*kinds: str) -> Rule:
    """Return the rule for one option of a menu."""
    return shaped(
        {
            "text": required(text(LONGEST_OPTION, *kinds)),
            "value": required(string(LONGEST_OPTION_VALUE)),
            "description": Field(text(LONGEST_OPTION, *kinds)),
            "url": Field(string(LONGEST_URL)),
        }
    )


PLAIN_OPTION, ANY_OPTION = option("plain_text"), option()
GROUP = shaped(
    {
        "label": required(plain(LONGEST_OPTION)),
        "options": required(listing(PLAIN_OPTION, MOST_OPTIONS)),
    }
)


def menu(**own: Field) -> Shape:
    """Return the shape of a select menu."""
    return {
        "action_id": ACTION_ID,
        "placeholder": PLACEHOLDER,
        "confirm": CONFIRM,
        "focus_on_load": FOCUS,
        **own,
    }


def static(**own: Field) -> Shape:
    """Return the shape of a menu with its options in it."""
    return menu(
        options=Field(listing(PLAIN_OPTION, MOST_OPTIONS)),
        option_groups=Field(listing(GROUP, MOST_OPTIONS)),
        **own,
    )


def entry(**own: Field) -> Shape:
    """Return the shape of a field to type into."""
    return {
        "action_id": ACTION_ID,
        "placeholder": PLACEHOLDER,
        "dispatch_action_config": DISPATCH,
        "focus_on_load": FOCUS,
        **own,
    }


def boxes(**own: Field) -> Shape:
    """Return the shape of check boxes and radio buttons."""
    return {
        "action_id": ACTION_ID,
        "options": required(listing(ANY_OPTION, most=10)),
        "confirm": CONFIRM,
        "focus_on_load": FOCUS,
        **own,
    }


FEEDBACK_BUTTON = shaped(
    {
        "text": required(plain(LONGEST_BUTTON)),
        "value": required(string(LONGEST_BUTTON_VALUE)),
        "accessibility_label": Field(string(LONGEST_BUTTON)),
    }
)
SEVERAL = Field(integer(1, 100))
IDS = Field(listing(string(), most=100, least=0))
ID = Field(string())
FILTER = Field(
    shaped(
        {
            "include": Field(listing(choice("im", "mpim", "private", "public"), most=4)),
            "exclude_external_shared_channels": Field(boolean),
            "exclude_bot_users": Field(boolean),
        }
    )
)
FROM_HERE = {"response_url_enabled": Field(boolean)}
HERE = {"default_to_current_conversation": Field(boolean), "filter": FILTER}

ELEMENTS: dict[str, Shape] = {
    "button": {
        "action_id": ACTION_ID,
        "text": required(plain(LONGEST_BUTTON)),
        "value": Field(string(LONGEST_BUTTON_VALUE)),
        "url": Field(string(LONGEST_URL)),
        "style": Field(choice("primary", "danger")),
        "confirm": CONFIRM,
        "accessibility_label": Field(string(LONGEST_BUTTON)),
        "agent_prompt": Field(string(4000)),
        "agent_prompt_display": Field(anything),
        "visible_to_user_ids": USER_IDS,
    },
    "icon_button": {
        "action_id": ACTION_ID,
        "icon": required(string(LONGEST_ID)),
        "text": required(plain(LONGEST_BUTTON)),
        "value": Field(string(LONGEST_BUTTON_VALUE)),
        "confirm": CONFIRM,
        "accessibility_label": Field(string(LONGEST_BUTTON)),
        "visible_to_user_ids": USER_IDS,
    },
    "feedback_buttons": {
        "action_id": ACTION_ID,
        "positive_button": required(FEEDBACK_BUTTON),
        "negative_button": required(FEEDBACK_BUTTON),
    },
    "workflow_button": {
        "action_id": ACTION_ID,
        "text": required(plain(LONGEST_BUTTON)),
        "workflow": required(anything),
        "style": Field(choice("primary", "danger")),
        "accessibility_label": Field(string(LONGEST_BUTTON)),
    },
    "overflow": {
        "action_id": ACTION_ID,
        "options": required(listing(PLAIN_OPTION, most=5)),
        "confirm": CONFIRM,
    },
    "image": {
        "image_url": Field(string(LONGEST_URL)),
        "slack_file": SLACK_FILE,
        "alt_text": required(string(LONGEST_ALT_TEXT)),
    },
    "static_select": static(initial_option=Field(PLAIN_OPTION)),
    "multi_static_select": static(
        initial_options=Field(listing(PLAIN_OPTION, MOST_OPTIONS)), max_selected_items=SEVERAL
    ),
    "external_select": menu(initial_option=Field(PLAIN_OPTION), min_query_length=Field(integer(0, 100))),
    "multi_external_select": menu(
        initial_options=Field(listing(PLAIN_OPTION, MOST_OPTIONS)),
        min_query_length=Field(integer(0, 100)),
        max_selected_items=SEVERAL,
    ),
    "users_select": menu(initial_user=ID),
    "multi_users_select": menu(initial_users=IDS, max_selected_items=SEVERAL),
    "conversations_select": menu(initial_conversation=ID, **HERE, **FROM_HERE),
    "multi_conversations_select": menu(initial_conversations=IDS, max_selected_items=SEVERAL, **HERE),
    "channels_select": menu(initial_channel=ID, **FROM_HERE),
    "multi_channels_select": menu(initial_channels=IDS, max_selected_items=SEVERAL),
    "checkboxes": boxes(initial_options=Field(listing(ANY_OPTION, most=10))),
    "radio_buttons": boxes(initial_option=Field(ANY_OPTION)),
    "datepicker": menu(initial_date=ID),
    "timepicker": menu(initial_time=ID, timezone=ID),
    "datetimepicker": {
        "action_id": ACTION_ID,
        "confirm": CONFIRM,
        "focus_on_load": FOCUS,
        "initial_date_time": Field(integer(1_000_000_000, 9_999_999_999)),
    },
    "plain_text_input": entry(
        initial_value=Field(string(3000, least=0)),
        multiline=Field(boolean),
        min_length=Field(integer(0, 3000)),
        max_length=Field(integer(1, 3000)),
    ),
    "email_text_input": entry(initial_value=Field(string(least=0))),
    "url_text_input": entry(initial_value=Field(string(least=0))),
    "number_input": entry(
        initial_value=Field(string(least=0)),
        is_decimal_allowed=required(boolean),
        min_value=Field(string()),
        max_value=Field(string()),
    ),
    "rich_text_input": entry(initial_value=Field(anything), min_lines=Field(anything), max_lines=Field(anything)),
    "file_input": {
        "action_id": ACTION_ID,
        "filetypes": Field(listing(string(), most=100)),
        "max_files": Field(integer(1, 10)),
    },
}

SELECTS = tuple(f"{kind}_select" for kind in ("static", "external", "users", "conversations", "channels"))
MULTI_SELECTS = tuple(f"multi_{kind}" for kind in SELECTS)
PICKERS = ("datepicker", "timepicker", "checkboxes", "radio_buttons")
IN_ACTIONS = ("button", "workflow_button", "overflow", "datetimepicker", *PICKERS, *SELECTS)
IN_SECTION = ("button", "workflow_button", "overflow", "image", *PICKERS, *SELECTS, *MULTI_SELECTS)
ENTRIES = ("plain_text_input", "email_text_input", "url_text_input", "number_input", "rich_text_input")
IN_INPUT = (*ENTRIES, "file_input", "datetimepicker", *PICKERS, *SELECTS, *MULTI_SELECTS)


def element(*types: str) -> Rule:
    """Return the rule for an element of one of these types."""
    return typed(ELEMENTS, types, extra=whole)


def whole(problems: Problems, pointer: str, value: dict[str, Any]) -> None:
    """Check what no single property shows: a source for images, one kind of options, a known first choice."""
    kind = value["type"]
    if kind == "image" and bool(value.get("image_url")) == bool(value.get("slack_file")):
        problems.add(pointer, "must have either image_url or slack_file")
    static_menu = kind in ("static_select", "multi_static_select")
    if static_menu and bool(value.get("options")) == bool(value.get("option_groups")):
        problems.add(pointer, "must have either options or option_groups")
    if kind in ("feedback_buttons", "icon_button") and not value.get("action_id"):
        problems.add(pointer, "missing required field: action_id")
    if kind == "plain_text_input" and len(value.get("initial_value") or "") > value.get("max_length", 3000):
        problems.add(pointer, "initial_value must not be longer than max_length")
    if problems.found:
        return
    first = [value["initial_option"]] if value.get("initial_option") else value.get("initial_options") or []
    if not kind.endswith("external_select") and any(one not in options(value) for one in first):
        problems.add(pointer, "initial option must be one of the options")
