"""Opens a modal, and reads what a person filled in."""

import logging
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.desk import SlackUnavailable
from bot.reaching import reaching_slack
from bot.slack_text import with_emoji

logger = logging.getLogger(__name__)


class Wrong(Exception):
    """A field of a form can't be used; the message is a sentence for below it."""

    def __init__(self, block: str, sentence: str) -> None:
        super().__init__(sentence)
        self.block = block


def open_modal(client: WebClient, body: dict[str, Any], view: dict[str, Any]) -> bool:
    """Open a modal for whoever typed or clicked, on top of the one that they clicked in.

    False when Slack would not, as when its trigger is spent.
    """
    show = client.views_push if body.get("view", {}).get("type") == "modal" else client.views_open
    try:
        with reaching_slack():
            show(trigger_id=body["trigger_id"], view=view)
    except (SlackApiError, SlackUnavailable) as error:
        logger.warning("The modal %r could not be opened: %s", view["callback_id"], type(error).__name__)
        return False
    return True


def change_modal(client: WebClient, view_id: str, view: dict[str, Any]) -> None:
    """Show something else in a modal that is open; one that was closed meanwhile stays so."""
    try:
        with reaching_slack():
            client.views_update(view_id=view_id, view=view)
    except (SlackApiError, SlackUnavailable) as error:
        logger.info("The modal %r could not be changed: %s", view["callback_id"], type(error).__name__)


def filled_in(view: dict[str, Any]) -> dict[str, str]:
    """The values by block: text, the chosen option's value, channel or time, "yes" for a ticked box; "" for nothing."""
    return {block: _value(inputs["value"]) for block, inputs in view["state"]["values"].items()}


def _value(field: dict[str, Any]) -> str:
    if field["type"] in ("static_select", "radio_buttons"):
        return str((field.get("selected_option") or {}).get("value", ""))
    if field["type"] == "checkboxes":
        return "yes" if field.get("selected_options") else ""
    chosen = {"conversations_select": "selected_conversation", "timepicker": "selected_time"}
    return with_emoji(str(field.get(chosen.get(field["type"], "value")) or ""))
