"""Opens a modal, and reads what a person filled in."""

import logging
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.desk import SlackUnavailable
from bot.reaching import reaching_slack

logger = logging.getLogger(__name__)


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


def filled_in(view: dict[str, Any]) -> dict[str, str]:
    """The values by block: text, the chosen option's value, channel or time, "yes" for a ticked box; "" for nothing."""
    return {block: _value(inputs["value"]) for block, inputs in view["state"]["values"].items()}


def _value(field: dict[str, Any]) -> str:
    if field["type"] in ("static_select", "radio_buttons"):
        return str((field.get("selected_option") or {}).get("value", ""))
    if field["type"] == "checkboxes":
        return "yes" if field.get("selected_options") else ""
    chosen = {"conversations_select": "selected_conversation", "timepicker": "selected_time"}
    return str(field.get(chosen.get(field["type"], "value")) or "")
