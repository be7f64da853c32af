"""What Slack sends when somebody types a command, clicks, chooses, submits or closes."""

from collections.abc import Mapping
from typing import Any

from bot.playground import elements, escaping, files
from bot.playground.live import slack_shape
from bot.playground.slack import Slack
from bot.playground.state import APP_ID, TEAM, TEAM_ID, VERIFICATION_TOKEN, Channel, Message, View

TEAM_SHAPE = {"id": TEAM_ID, "domain": TEAM["domain"]}


def command(slack: Slack, user: str, channel: Channel, name: str, text: str) -> dict[str, Any]:
    """Return a slash command's fields."""
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": TEAM_ID,
        "team_domain": TEAM["domain"],
        "channel_id": channel.id,
        "channel_name": channel.name,
        "user_id": user,
        "user_name": slack.state.users[user].name,
        "command": name,
        "text": text,
        "api_app_id": APP_ID,
        "is_enterprise_install": "false",
        "response_url": slack.response_urls.issue(user, channel.id),
        "trigger_id": slack.triggers.issue(user),
    }


def message_action(slack: Slack, user: str, message: Message, callback_id: str) -> dict[str, Any]:
    """Return what choosing a message shortcut sends.

    docs.slack.dev/tools/bolt-js/reference/interfaces/MessageShortcut names all fields, undocumented ones too.
    """
    shown = slack_shape(message)
    if message.text and not message.blocks:
        shown["blocks"] = escaping.rich_text(message.text, slack.ids.short())
    return {
        **shortcut(slack, user, callback_id),
        "type": "message_action",
        "response_url": slack.response_urls.issue(user, message.channel),
        "message_ts": message.ts,
        "channel": _channel(slack, message.channel),
        "message": shown,
    }


def shortcut(slack: Slack, user: str, callback_id: str) -> dict[str, Any]:
    """Return what choosing a global shortcut sends: it knows no channel and has no response_url."""
    return {
        **_interaction(slack, "shortcut", user),
        "action_ts": slack.ids.ts(),
        "callback_id": callback_id,
        "trigger_id": slack.triggers.issue(user),
        "enterprise": None,
        "is_enterprise_install": False,
    }


def block_actions(
    slack: Slack, user: str, source: Message | View, action: dict[str, Any], given: Mapping[str, Any]
) -> dict[str, Any]:
    """Return what using an element in a message, a modal or the App Home sends."""
    payload = {
        **_interaction(slack, "block_actions", user),
        "api_app_id": APP_ID,
        "trigger_id": slack.triggers.issue(user),
        "enterprise": None,
        "is_enterprise_install": False,
        "actions": [action],
    }
    if isinstance(source, View):
        blocks = source.content["blocks"]
        source.values = elements.state_values(blocks, files.entered(slack, user, blocks, given))
        return payload | {"container": {"type": "view", "view_id": source.id}, "view": source.shape()}
    return payload | _in_message(slack, user, source, given)


def _in_message(slack: Slack, user: str, message: Message, given: Mapping[str, Any]) -> dict[str, Any]:
    container: dict[str, Any] = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": message.channel,
        "is_ephemeral": message.only_for is not None,
    }
    if message.thread_ts is not None:
        container["thread_ts"] = message.thread_ts
    payload = {
        "container": container,
        "channel": _channel(slack, message.channel),
        "state": {"values": elements.state_values(message.blocks, given)},
        "response_url": slack.response_urls.issue(user, message.channel, message),
    }
    # Slack leaves the message out when only one person can see it.
    return payload if message.only_for is not None else payload | {"message": slack_shape(message)}


def view_submission(slack: Slack, view: View) -> dict[str, Any]:
    """Return what submitting a modal sends."""
    return {
        **_interaction(slack, "view_submission", view.user),
        "api_app_id": APP_ID,
        "trigger_id": slack.triggers.issue(view.user),
        "view": view.shape(),
        "response_urls": _response_urls(slack, view),
        "is_enterprise_install": False,
        "enterprise": None,
    }


def _response_urls(slack: Slack, view: View) -> list[dict[str, str]]:
    """Return an address for each chosen channel that the modal asked one for."""
    urls = []
    for block, element in elements.walk(view.content["blocks"]):
        if not element.get("response_url_enabled"):
            continue
        shape = view.values[block["block_id"]][element["action_id"]]
        channel = shape.get("selected_conversation") or shape.get("selected_channel")
        if channel in slack.state.channels:
            url = slack.response_urls.issue(view.user, channel)
            names = {"block_id": block["block_id"], "action_id": element["action_id"]}
            urls.append({**names, "channel_id": channel, "response_url": url})
    return urls


def view_closed(slack: Slack, view: View, *, cleared: bool) -> dict[str, Any]:
    """Return what closing a modal sends, where the app asked to be told."""
    return {
        **_interaction(slack, "view_closed", view.user),
        "api_app_id": APP_ID,
        "view": view.shape(),
        "is_cleared": cleared,
        "is_enterprise_install": False,
        "enterprise": None,
    }


def _interaction(slack: Slack, kind: str, user: str) -> dict[str, Any]:
    name = slack.state.users[user].name
    return {
        "type": kind,
        "team": TEAM_SHAPE,
        "user": {"id": user, "username": name, "name": name, "team_id": TEAM_ID},
        "token": VERIFICATION_TOKEN,
    }


def _channel(slack: Slack, channel: str) -> dict[str, str]:
    return {"id": channel, "name": slack.state.channels[channel].name}
