"""The chat.* methods for messages that are written in one go."""

import json
from typing import Any

from bot.playground import files, limits_blocks, messages, scopes, streams
from bot.playground.arguments import Arguments
from bot.playground.errors import SlackError
from bot.playground.live import slack_shape
from bot.playground.methods import Method
from bot.playground.rates import Tier
from bot.playground.slack import Slack
from bot.playground.state import BOT_USER, Channel, Message

LONGEST_TEXT = 40_000
LONGEST_MARKDOWN = 12_000
LARGEST_METADATA = 16_000
MOST_ATTACHMENTS = 100


def post_message(slack: Slack, call: Arguments) -> dict[str, Any]:
    """chat.postMessage."""
    channel = slack.state.channel(call.required("channel"))
    member(channel)
    message = messages.bot_message(slack, channel.id)
    write(slack, message, call)
    message.thread_ts = call.text("thread_ts")
    messages.thread(slack, channel.id, message.thread_ts)
    slack.rates.post(channel.id)
    messages.post(slack, message)
    return {"channel": channel.id, "ts": message.ts, "message": slack_shape(message)}


def update(slack: Slack, call: Arguments) -> dict[str, Any]:
    """chat.update."""
    channel = slack.state.channel(call.required("channel"))
    message = messages.own(slack, channel.id, call.required("ts"), "cant_update_message")
    if streams.alive(slack, message):
        raise SlackError("streaming_state_conflict")
    write(slack, message, call)
    message.edited = {"user": BOT_USER, "ts": slack.ids.ts()}
    slack.live.message(message)
    return {"channel": channel.id, "ts": message.ts, "text": message.text, "message": slack_shape(message)}


def delete(slack: Slack, call: Arguments) -> dict[str, Any]:
    """chat.delete."""
    channel = slack.state.channel(call.required("channel"))
    message = messages.own(slack, channel.id, call.required("ts"), "cant_delete_message")
    messages.delete(slack, message)
    return {"channel": channel.id, "ts": message.ts}


def post_ephemeral(slack: Slack, call: Arguments) -> dict[str, Any]:
    """chat.postEphemeral."""
    channel = slack.state.channel(call.required("channel"))
    user = slack.state.person(call.required("user"))
    member(channel)
    if user.id not in channel.members:
        raise SlackError("user_not_in_channel")
    message = messages.bot_message(slack, channel.id)
    write(slack, message, call)
    message.thread_ts = call.text("thread_ts")
    message.only_for = user.id
    messages.post(slack, message)
    return {"message_ts": message.ts}


def permalink(slack: Slack, call: Arguments) -> dict[str, Any]:
    """chat.getPermalink."""
    channel = slack.state.channel(call.required("channel"))
    message = slack.state.message(channel.id, call.required("message_ts"))
    address = f"{slack.address}/archives/{channel.id}/p{message.ts.replace('.', '')}"
    if message.thread_ts is not None:
        address += f"?thread_ts={message.thread_ts}&cid={channel.id}"
    return {"channel": channel.id, "permalink": address}


def member(channel: Channel) -> None:
    """Refuse to post where the bot was not invited."""
    if BOT_USER not in channel.members:
        raise SlackError("not_in_channel")


def write(slack: Slack, message: Message, call: Arguments) -> None:
    """Put a call's text, blocks, attachments and metadata into a message; what is absent stays."""
    text, markdown = call.text("text"), call.text("markdown_text")
    given = call.structure("blocks", "invalid_blocks_format")
    attachments = read_attachments(slack, call)
    if markdown is not None:
        if text is not None or given:
            raise SlackError("markdown_text_conflict")
        if len(markdown) > LONGEST_MARKDOWN:
            raise SlackError("msg_too_long")
        given = [{"type": "markdown", "text": markdown}]
    if text is None and not given and not attachments:
        raise SlackError("no_text")
    if text is not None and len(text) > LONGEST_TEXT:
        raise SlackError("msg_too_long")
    metadata = read_metadata(call)
    blocks = None if given is None else limits_blocks.message_blocks(given, slack.ids)
    files.pictures_are_ready(slack, blocks or [])
    message.text = text or markdown or message.text
    if blocks is not None or message.composed:
        message.blocks, message.composed = blocks or [], False
    if "attachments" in call.raw:
        message.attachments = attachments
    message.metadata = metadata or message.metadata


def read_attachments(slack: Slack, call: Arguments) -> list[dict[str, Any]]:
    """Return a call's attachments; blocks inside them obey the same limits."""
    attachments = call.structure("attachments", "invalid_attachments") or []
    if not isinstance(attachments, list) or not all(isinstance(one, dict) for one in attachments):
        raise SlackError("invalid_attachments")
    if len(attachments) > MOST_ATTACHMENTS:
        raise SlackError("too_many_attachments")
    return [
        {**one, "blocks": limits_blocks.message_blocks(one["blocks"], slack.ids)} if one.get("blocks") else one
        for one in attachments
    ]


def read_metadata(call: Arguments) -> dict[str, Any] | None:
    """Return a call's message metadata, in the shape that Slack insists on."""
    metadata = call.structure("metadata", "invalid_metadata_format")
    if metadata is None:
        return None
    if not (
        isinstance(metadata, dict)
        and isinstance(metadata.get("event_type"), str)
        and isinstance(metadata.get("event_payload"), dict)
    ):
        raise SlackError("invalid_metadata_format")
    if len(json.dumps(metadata)) > LARGEST_METADATA:
        raise SlackError("metadata_too_large")
    return metadata


METHODS = {
    "chat.postMessage": Method(post_message, Tier.SPECIAL, scopes=(scopes.SPEAK,)),
    "chat.update": Method(update, Tier.T3, scopes=(scopes.SPEAK,)),
    "chat.delete": Method(delete, Tier.T3, scopes=(scopes.SPEAK,)),
    "chat.postEphemeral": Method(post_ephemeral, Tier.T4, scopes=(scopes.SPEAK,)),
    "chat.getPermalink": Method(permalink, Tier.SPECIAL),
}
