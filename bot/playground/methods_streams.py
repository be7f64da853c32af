"""The chat.*Stream methods: a message that grows while its reader watches."""

from typing import Any

from bot.playground import limits_blocks, messages, scopes, streams
from bot.playground.arguments import Arguments
from bot.playground.errors import SlackError
from bot.playground.live import slack_shape
from bot.playground.methods import Method
from bot.playground.methods_chat import member, read_metadata
from bot.playground.rates import Tier
from bot.playground.slack import Slack
from bot.playground.state import TEAM_ID, Channel, Message, Stream

SESSION_STATUSES = ("processing", "active", "suspended", "closed")


def start(slack: Slack, call: Arguments) -> dict[str, Any]:
    """chat.startStream."""
    channel = slack.state.channel(call.required("channel"))
    thread_ts = call.required("thread_ts")
    member(channel)
    _recipient(slack, channel, call)
    if call.text("task_display_mode") not in (None, "timeline", "plan"):
        raise SlackError("invalid_arguments", ["must be one of: timeline, plan [json-pointer:/task_display_mode]"])
    messages.thread(slack, channel.id, thread_ts)
    message = messages.bot_message(slack, channel.id)
    message.thread_ts = thread_ts
    message.stream = Stream(started=slack.clock())
    streams.take(slack, message, message.stream, call, needed=False)
    messages.post(slack, message)
    slack.deliveries.spawn(streams.expire(slack, message))
    return {"channel": channel.id, "ts": message.ts}


def append(slack: Slack, call: Arguments) -> dict[str, Any]:
    """chat.appendStream."""
    message = _message(slack, call)
    streams.take(slack, message, streams.current(slack, message), call, needed=True)
    slack.live.message(message)
    return {"channel": message.channel, "ts": message.ts}


def stop(slack: Slack, call: Arguments) -> dict[str, Any]:
    """chat.stopStream."""
    message = _message(slack, call)
    stream = streams.current(slack, message)
    given = call.structure("blocks", "invalid_blocks_format")
    blocks = [] if given is None else limits_blocks.message_blocks(given, slack.ids)
    metadata = read_metadata(call)
    if call.text("session_status") not in (None, *SESSION_STATUSES):
        raise SlackError("invalid_arguments", ["unknown status [json-pointer:/session_status]"])
    streams.take(slack, message, stream, call, needed=False)
    message.blocks = [*message.blocks, *blocks]
    message.composed = message.composed and not blocks
    message.metadata = metadata
    message.stream = None
    slack.live.message(message)
    return {"channel": message.channel, "ts": message.ts, "message": slack_shape(message)}


def _message(slack: Slack, call: Arguments) -> Message:
    channel = slack.state.channel(call.required("channel"))
    return messages.own(slack, channel.id, call.required("ts"), "message_not_owned_by_app")


def _recipient(slack: Slack, channel: Channel, call: Arguments) -> None:
    """Insist on the one person who watches, wherever there are several people."""
    if channel.is_im:
        return
    if call.text("recipient_user_id") is None:
        raise SlackError("missing_recipient_user_id")
    if call.text("recipient_team_id") is None:
        raise SlackError("missing_recipient_team_id")
    slack.state.person(call.text("recipient_user_id"))
    if call.text("recipient_team_id") != TEAM_ID:
        raise SlackError("team_not_found")


METHODS = {
    "chat.startStream": Method(start, Tier.T2, scopes=(scopes.SPEAK,)),
    "chat.appendStream": Method(append, Tier.T4, scopes=(scopes.SPEAK,)),
    "chat.stopStream": Method(stop, Tier.T2, scopes=(scopes.SPEAK,)),
}
