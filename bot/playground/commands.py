"""Slash commands that people type, and the text that goes with them."""

from typing import Any

from bot.playground import escaping, events, messages, payloads, responses
from bot.playground.errors import SlackError
from bot.playground.response_urls import ResponseUrl
from bot.playground.slack import Slack
from bot.playground.state import BOT_USER, Channel, Message

UNKNOWN = "`{command}` is not a valid command. Type `/` to see the commands that work here."


async def run(slack: Slack, user: str, channel: Channel, typed: str) -> dict[str, Any]:
    """Deliver a command and show what the bot answers at once."""
    name, text = split(typed)
    if name == "/invite" and text == f"@{slack.state.users[BOT_USER].name}":
        return invite(slack, channel, user)
    known = slack.manifest.command(name)
    if known is None:
        _tell(slack, user, channel, UNKNOWN.format(command=name))
        raise SlackError("unknown_command")
    escaped = escaping.escape(text)
    if known.escaped:
        escaped = escaping.link(slack.state, escaped, named=True)
    payload = payloads.command(slack, user, channel, name, escaped)
    reply = await slack.deliveries.ask("slash_commands", payload)
    if not reply.ok:
        return {"ok": False, "error": reply.error}
    if isinstance(reply.payload, dict) and reply.payload:
        url = ResponseUrl(user, channel.id, None, expires=slack.clock())
        responses.answer(slack, url, reply.payload)
    return {}


def split(typed: str) -> tuple[str, str]:
    """Return a command and what follows it.

    >>> split("/copy tweet for a mug")
    ('/copy', 'tweet for a mug')
    """
    name, *rest = typed.split(maxsplit=1)
    return name, rest[0] if rest else ""


def written(slack: Slack, text: str) -> str:
    """Return a person's message as Slack stores it."""
    return escaping.link(slack.state, escaping.escape(text), named=False)


def invite(slack: Slack, channel: Channel, user: str) -> dict[str, Any]:
    """Let the bot into a channel."""
    if BOT_USER in channel.members:
        raise SlackError("already_in_channel")
    channel.members.append(BOT_USER)
    for page_user in slack.state.users:
        slack.live.tell({"type": "channels", "channels": slack.channels_of(page_user)}, page_user)
    text = f"<@{BOT_USER}> has joined the channel"
    message = Message(slack.ids.ts(), channel.id, BOT_USER, text=text, subtype="channel_join")
    messages.post(slack, message)
    events.bot_joined(slack, channel, user)
    return {}


def _tell(slack: Slack, user: str, channel: Channel, text: str) -> None:
    """Show something that only this person sees, in Slack's own name."""
    note = Message(slack.ids.ts(), channel.id, "USLACKBOT", text=text, only_for=user)
    messages.post(slack, note)
