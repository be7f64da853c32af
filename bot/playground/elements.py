"""Interactive elements: where they are in blocks, and their values in the shapes Slack sends."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.playground.errors import SlackError

Block = dict[str, Any]
Element = dict[str, Any]

# element type -> (the field of its value, the field of what it shows at first)
SINGLE = {
    "plain_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "users_select": ("selected_user", "initial_user"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
}
SEVERAL = {
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "file_input": ("files", "initial_files"),
}
ONE_OPTION = ("static_select", "radio_buttons", "external_select")
SOME_OPTIONS = ("multi_static_select", "checkboxes", "multi_external_select")
STATELESS = ("button", "overflow", "feedback_buttons", "icon_button", "workflow_button")
INTERACTIVE = (*SINGLE, *SEVERAL, *ONE_OPTION, *SOME_OPTIONS, *STATELESS)


def walk(blocks: list[Block]) -> Iterator[tuple[Block, Element]]:
    """Yield every interactive element with its block."""
    for block in blocks:
        for element in _inside(block):
            yield block, element


def _inside(node: Any) -> Iterator[Element]:
    if isinstance(node, list):
        for item in node:
            yield from _inside(item)
    elif isinstance(node, dict):
        if node.get("type") in INTERACTIVE:
            yield node
            return
        for item in node.values():
            yield from _inside(item)


def find(blocks: list[Block], block_id: str, action_id: str) -> Element:
    """Return the element that a person used."""
    for block, element in walk(blocks):
        if block["block_id"] == block_id and element.get("action_id") == action_id:
            return element
    raise SlackError("element_not_found")


def options(element: Element) -> list[dict[str, Any]]:
    """Return an element's options, whether grouped or not."""
    groups = element.get("option_groups") or []
    return [*(element.get("options") or []), *(option for group in groups for option in group["options"])]


def option(element: Element, value: Any) -> dict[str, Any]:
    """Return the option with that value; nobody can choose another one."""
    for found in options(element):
        if found.get("value") == value:
            return dict(found)
    raise SlackError("option_not_found")


def state(element: Element, value: Any) -> dict[str, Any]:
    """Return an element's entry in `state.values`."""
    kind = element["type"]
    if kind in ONE_OPTION:
        return {"type": kind, "selected_option": None if value in (None, "") else option(element, value)}
    if kind in SOME_OPTIONS:
        return {"type": kind, "selected_options": [option(element, one) for one in value or []]}
    if kind in SEVERAL:
        return {"type": kind, SEVERAL[kind][0]: list(value or [])}
    return {"type": kind, SINGLE[kind][0]: None if value == "" else value}


def initial(element: Element) -> Any:
    """Return the value that an element has before anybody touches it."""
    kind = element["type"]
    if kind in ONE_OPTION:
        return (element.get("initial_option") or {}).get("value")
    if kind in SOME_OPTIONS:
        return [chosen["value"] for chosen in element.get("initial_options") or []]
    return element.get((SINGLE.get(kind) or SEVERAL[kind])[1])


def state_values(blocks: list[Block], given: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Return `state.values`: what was given, and the initial values of everything else."""
    values: dict[str, Any] = {}
    for block, element in walk(blocks):
        if element["type"] in STATELESS:
            continue
        action_id = element["action_id"]
        entered = given.get(block["block_id"], {})
        value = entered[action_id] if action_id in entered else initial(element)
        values.setdefault(block["block_id"], {})[action_id] = state(element, value)
    return values


def action(element: Element, block_id: str, value: Any, ts: str) -> dict[str, Any]:
    """Return one entry of a block_actions payload's `actions`."""
    kind = element["type"]
    shape = {"type": kind, "action_id": element["action_id"], "block_id": block_id, "action_ts": ts}
    if kind == "overflow":
        return {**shape, "selected_option": option(element, value)}
    if kind == "feedback_buttons":
        for button in (element["positive_button"], element["negative_button"]):
            if button.get("value") == value:
                return {**shape, "value": value, "text": button["text"]}
        raise SlackError("option_not_found")
    if kind in STATELESS:
        kept = ("text", "value", "style", "url", "icon", "confirm")
        return {**shape, **{name: element[name] for name in kept if name in element}}
    return {**shape, **state(element, value)}
