"""The Events API: what happened, in Slack's words, if the app subscribed to it."""

from typing import Any

from bot.playground import escaping
from bot.playground.slack import Slack
from bot.playground.state import APP_ID, BOT_USER, TEAM_ID, VERIFICATION_TOKEN, Channel, Message


def send(slack: Slack, subscription: str, event: dict[str, Any]) -> None:
    """Deliver an event in its envelope, if the app subscribed to it."""
    if subscription not in slack.manifest.events:
        return
    authorization = {
        "enterprise_id": None,
        "team_id": TEAM_ID,
        "user_id": BOT_USER,
        "is_bot": True,
        "is_enterprise_install": False,
    }
    event_id = slack.ids.letters("Ev")
    slack.deliveries.tell(
        {
            "token": VERIFICATION_TOKEN,
            "team_id": TEAM_ID,
            "context_team_id": TEAM_ID,
            "context_enterprise_id": None,
            "api_app_id": APP_ID,
            "event": {name: value for name, value in event.items() if value is not None},
            "type": "event_callback",
            "event_id": event_id,
            "event_time": int(slack.clock()),
            "authorizations": [authorization],
            "is_ext_shared_channel": False,
            "event_context": f"4-{event_id}",
        }
    )


def message_posted(slack: Slack, message: Message) -> None:
    """Tell the app about a message; its own come too, as Slack sends them, with their bot_id."""
    channel = slack.state.channels[message.channel]
    if message.only_for is not None or BOT_USER not in channel.members:
        return
    event = _message(slack, message)
    kind = {"channel_type": "im" if channel.is_im else "channel"}
    send(slack, "message.im" if channel.is_im else "message.channels", {**event, **kind})
    if not channel.is_im and message.bot_id is None and f"<@{BOT_USER}>" in message.text:
        # A mention names its files and has no subtype: github.com/seratch/seratch-slack-types/issues/8.
        send(slack, "app_mention", {**event, "type": "app_mention", "subtype": None})
    for file in message.files:
        file_shared(slack, message, file["id"])


def _message(slack: Slack, message: Message) -> dict[str, Any]:
    own_blocks = escaping.rich_text(message.text, slack.ids.short()) if message.text else None
    # Slack leaves the team out where there are files: github.com/slackapi/slack-api-specs/issues/62.
    about_files = {"files": message.files, "upload": False, "display_as_bot": False, "team": None}
    event: dict[str, Any] = {
        "type": "message",
        "subtype": message.subtype,
        "client_msg_id": message.client_msg_id,
        "user": message.user,
        "text": message.text,
        "ts": message.ts,
        "team": TEAM_ID,
        "blocks": message.blocks or own_blocks,
        "channel": message.channel,
        "event_ts": message.ts,
        "thread_ts": message.thread_ts,
        "parent_user_id": _parent_user(slack, message),
        "bot_id": message.bot_id,
        "app_id": APP_ID if message.bot_id else None,
        **(about_files if message.files else {}),
    }
    return event


def file_shared(slack: Slack, message: Message, file_id: str) -> None:
    """Tell the app that a file is in a channel now; docs.slack.dev/reference/events/file_shared."""
    event = {"type": "file_shared", "file_id": file_id, "user_id": message.user, "file": {"id": file_id}}
    send(slack, "file_shared", {**event, "channel_id": message.channel, "event_ts": message.ts})


def _parent_user(slack: Slack, message: Message) -> str | None:
    parent = slack.state.messages[message.channel].get(message.thread_ts or "")
    return parent.user if parent is not None else None


def reaction_changed(slack: Slack, message: Message, user: str, name: str, *, added: bool) -> None:
    """Tell the app about a reaction in a channel it is in."""
    if BOT_USER not in slack.state.channels[message.channel].members:
        return
    kind = "reaction_added" if added else "reaction_removed"
    event = {
        "type": kind,
        "user": user,
        "reaction": name,
        "item": {"type": "message", "channel": message.channel, "ts": message.ts},
        "item_user": message.user,
        "event_ts": slack.ids.ts(),
    }
    send(slack, kind, event)


def home_opened(slack: Slack, user: str, channel: Channel, tab: str) -> None:
    """Tell the app that somebody looks at its home or its messages."""
    event: dict[str, Any] = {
        "type": "app_home_opened",
        "user": user,
        "channel": channel.id,
        "tab": tab,
        "event_ts": slack.ids.ts(),
    }
    home = slack.state.homes.get(user)
    if tab == "home" and home is not None:
        event["view"] = home.shape()
    send(slack, "app_home_opened", event)


def bot_joined(slack: Slack, channel: Channel, inviter: str) -> None:
    """Tell the app that it was invited to a channel."""
    event = {
        "type": "member_joined_channel",
        "user": BOT_USER,
        "channel": channel.id,
        "channel_type": "C",
        "team": TEAM_ID,
        "inviter": inviter,
        "event_ts": slack.ids.ts(),
    }
    send(slack, "member_joined_channel", event)
