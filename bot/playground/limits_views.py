"""Slack's limits for modals and the App Home."""

from typing import Any

from bot.playground.errors import SlackError
from bot.playground.ids import Ids
from bot.playground.limits import LONGEST_ID, Field, Problems, Shape, boolean, plain, required, string, typed
from bot.playground.limits_blocks import IN_VIEWS, block_list, with_ids

MOST_VIEW_BLOCKS = 100
LONGEST_TITLE = 24
LONGEST_METADATA = 3000

SHARED: Shape = {
    "callback_id": Field(string(LONGEST_ID, least=0)),
    "external_id": Field(string(LONGEST_ID, least=0)),
    "private_metadata": Field(string(LONGEST_METADATA, least=0)),
}
VIEWS: dict[str, Shape] = {
    "modal": {
        **SHARED,
        "title": required(plain(LONGEST_TITLE)),
        "submit": Field(plain(LONGEST_TITLE)),
        "close": Field(plain(LONGEST_TITLE)),
        "blocks": required(block_list(IN_VIEWS["modal"], MOST_VIEW_BLOCKS)),
        "clear_on_close": Field(boolean),
        "notify_on_close": Field(boolean),
        "submit_disabled": Field(boolean),
    },
    "home": {**SHARED, "blocks": required(block_list(IN_VIEWS["home"], MOST_VIEW_BLOCKS))},
}


def view(content: Any, ids: Ids, kind: str) -> dict[str, Any]:
    """Return a view with its ids filled in, or refuse it as Slack does."""
    problems = Problems()
    typed(VIEWS, [kind], extra=_whole)(problems, "/view", content)
    if problems.found:
        raise SlackError("invalid_arguments", problems.found)
    return {**content, "blocks": with_ids(content["blocks"], ids.short)}


def _whole(problems: Problems, pointer: str, content: dict[str, Any]) -> None:
    blocks = content.get("blocks")
    if content["type"] != "modal" or not isinstance(blocks, list):
        return
    asks = any(isinstance(block, dict) and block.get("type") == "input" for block in blocks)
    if asks and not content.get("submit"):
        problems.add(f"{pointer}/submit", "missing required field: submit")
