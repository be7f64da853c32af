"""Slack's limits for blocks, and for all blocks of a message together."""

import copy
from collections.abc import Callable
from typing import Any

from bot.playground import elements
from bot.playground.errors import SlackError
from bot.playground.ids import Ids
from bot.playground.limits import (
    LONGEST_ID,
    LONGEST_TEXT,
    LONGEST_URL,
    Field,
    Problems,
    Rule,
    Shape,
    anything,
    boolean,
    characters,
    choice,
    listing,
    plain,
    required,
    string,
    text,
    typed,
    unique,
)
from bot.playground.limits_data import DATA_TABLE, DATA_VISUALIZATION, RICH_TEXT, TABLE, table_whole
from bot.playground.limits_elements import (
    ELEMENTS,
    IN_ACTIONS,
    IN_INPUT,
    IN_SECTION,
    element,
)

MOST_MESSAGE_BLOCKS = 50
LONGEST_MARKDOWN = 12_000
# Nobody at Slack documents it, many have measured it: legal blocks whose texts add up to more are refused.
LONGEST_BLOCKS = 13_200
MOST_CHARTS = 2

IMAGE: Shape = {**ELEMENTS["image"], "title": Field(plain(2000))}
CONTEXT_TEXTS: dict[str, Shape] = {
    "plain_text": {"text": required(string(LONGEST_TEXT)), "emoji": Field(boolean)},
    "mrkdwn": {"text": required(string(LONGEST_TEXT)), "verbatim": Field(boolean)},
    "image": ELEMENTS["image"],
}
RICH = typed({"rich_text": {**RICH_TEXT, "block_id": Field(string(LONGEST_ID))}})
SOURCE = typed({"url": {"url": required(string(LONGEST_URL)), "text": required(string())}})
TASK: Shape = {
    "task_id": required(string(LONGEST_ID)),
    "title": required(string()),
    "details": Field(RICH),
    "output": Field(RICH),
    "sources": Field(listing(SOURCE, most=100, least=0)),
    "status": required(choice("pending", "in_progress", "complete", "error")),
    "block_id": Field(string(LONGEST_ID)),
}
CARD: Shape = {
    "hero_image": Field(typed({"image": ELEMENTS["image"]})),
    "icon": Field(anything),
    "title": Field(text(150)),
    "subtitle": Field(text(150)),
    "body": Field(text(200)),
    "actions": Field(listing(element("button"), most=5)),
}
OWN: dict[str, Shape] = {
    "section": {
        "text": Field(text(LONGEST_TEXT)),
        "fields": Field(listing(text(2000), most=10)),
        "accessory": Field(element(*IN_SECTION)),
        "expand": Field(boolean),
    },
    "header": {"text": required(plain(150))},
    "divider": {},
    "image": IMAGE,
    "actions": {"elements": required(listing(element(*IN_ACTIONS), most=25))},
    "context": {"elements": required(listing(typed(CONTEXT_TEXTS), most=10))},
    "context_actions": {"elements": required(listing(element("feedback_buttons", "icon_button"), most=5))},
    "input": {
        "label": required(plain(2000)),
        "element": required(element(*IN_INPUT)),
        "hint": Field(plain(2000)),
        "optional": Field(boolean),
        "dispatch_action": Field(boolean),
    },
    "markdown": {"text": required(string())},
    "rich_text": RICH_TEXT,
    "table": TABLE,
    "data_table": DATA_TABLE,
    "data_visualization": DATA_VISUALIZATION,
    "alert": {
        "text": required(text(LONGEST_TEXT)),
        "level": Field(choice("default", "info", "warning", "error", "success")),
    },
    "task_card": TASK,
    "plan": {"title": required(string()), "tasks": Field(listing(typed({"task_card": TASK}), most=50, least=0))},
    "card": CARD,
    "carousel": {"elements": required(listing(typed({"card": CARD}), most=10))},
    "video": {
        "alt_text": required(string()),
        "title": required(plain(199)),
        "thumbnail_url": required(string(LONGEST_URL)),
        "video_url": required(string(LONGEST_URL)),
        "author_name": Field(string(49)),
        "description": Field(plain(200)),
        "provider_icon_url": Field(string(LONGEST_URL)),
        "provider_name": Field(string()),
        "title_url": Field(string(LONGEST_URL)),
    },
}
BLOCKS: dict[str, Shape] = {kind: {"block_id": Field(string(LONGEST_ID)), **shape} for kind, shape in OWN.items()}
ONLY_IN_MODALS = frozenset({"alert"})
ONLY_IN_MESSAGES = frozenset({"context_actions", "markdown", "table", "task_card", "plan", "card", "carousel"})
IN_MESSAGES = frozenset(BLOCKS) - ONLY_IN_MODALS
IN_VIEWS = {"modal": frozenset(BLOCKS) - ONLY_IN_MESSAGES, "home": IN_MESSAGES - ONLY_IN_MESSAGES}


def whole(problems: Problems, pointer: str, block: dict[str, Any]) -> None:
    """Check what no single property of a block shows."""
    kind = block["type"]
    if kind == "section" and not block.get("text") and not block.get("fields"):
        problems.add(pointer, "must have either text or fields")
    if kind == "image" and bool(block.get("image_url")) == bool(block.get("slack_file")):
        problems.add(pointer, "must have either image_url or slack_file")
    if kind == "card" and not {"hero_image", "title", "body", "actions"} & set(block):
        problems.add(pointer, "must have a hero_image, a title, a body or actions")
    if kind in ("table", "data_table"):
        table_whole(problems, pointer, block)
    inside = block.get("elements")
    if kind in ("actions", "context_actions") and isinstance(inside, list):
        unique(((f"{pointer}/elements/{i}", item) for i, item in enumerate(inside)), problems, "action_id")


def block_list(types: frozenset[str], most: int) -> Rule:
    """Return the rule for a list of blocks on one surface."""
    each = listing(typed(BLOCKS, types, extra=whole), most)

    def rule(problems: Problems, pointer: str, value: Any) -> None:
        each(problems, pointer, value)
        if isinstance(value, list):
            unique(((f"{pointer}/{i}", block) for i, block in enumerate(value)), problems, "block_id")
            _count(problems, pointer, [block for block in value if isinstance(block, dict)])

    return rule


def _count(problems: Problems, pointer: str, blocks: list[dict[str, Any]]) -> None:
    texts = [block.get("text") for block in blocks if block.get("type") == "markdown"]
    if sum(len(one) for one in texts if isinstance(one, str)) > LONGEST_MARKDOWN:
        problems.add(pointer, f"markdown blocks must be less than {LONGEST_MARKDOWN + 1} characters together")
    for kind, most in (("table", 1), ("data_visualization", MOST_CHARTS)):
        if sum(block.get("type") == kind for block in blocks) > most:
            problems.add(pointer, f"no more than {most} {kind} allowed")


def message_blocks(blocks: Any, ids: Ids) -> list[dict[str, Any]]:
    """Return a message's blocks with their ids filled in, or refuse them as Slack does."""
    if not isinstance(blocks, list):
        raise SlackError("invalid_blocks_format")
    if not blocks:
        return []
    problems = Problems()
    block_list(IN_MESSAGES, MOST_MESSAGE_BLOCKS)(problems, "/blocks", blocks)
    if problems.found:
        raise SlackError("invalid_blocks", problems.found)
    if characters(blocks) > LONGEST_BLOCKS:
        raise SlackError("msg_blocks_too_long")
    return with_ids(blocks, ids.short)


def with_ids(blocks: list[dict[str, Any]], new: Callable[[], str]) -> list[dict[str, Any]]:
    """Return a copy of blocks in which every block and every element has its id."""
    blocks = copy.deepcopy(blocks)
    for block in blocks:
        block.setdefault("block_id", new())
    for _, part in elements.walk(blocks):
        part.setdefault("action_id", new())
    return blocks
