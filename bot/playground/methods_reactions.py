"""The reactions.* methods."""

from typing import Any

from bot.playground import messages, scopes
from bot.playground.arguments import Arguments
from bot.playground.live import slack_shape
from bot.playground.methods import Method
from bot.playground.rates import Tier
from bot.playground.slack import Slack
from bot.playground.state import BOT_USER, Message


def add(slack: Slack, call: Arguments) -> dict[str, Any]:
    """reactions.add."""
    messages.react(slack, _message(slack, call), BOT_USER, call.text("name"))
    return {}


def remove(slack: Slack, call: Arguments) -> dict[str, Any]:
    """reactions.remove."""
    messages.unreact(slack, _message(slack, call), BOT_USER, call.text("name"))
    return {}


def get(slack: Slack, call: Arguments) -> dict[str, Any]:
    """reactions.get."""
    message = _message(slack, call)
    return {"type": "message", "channel": message.channel, "message": slack_shape(message)}


def _message(slack: Slack, call: Arguments) -> Message:
    messages.emoji(call.text("name") or "+1")
    return slack.state.message(call.required("channel"), call.required("timestamp"))


METHODS = {
    "reactions.add": Method(add, Tier.T3, scopes=(scopes.REACT,)),
    "reactions.remove": Method(remove, Tier.T2, scopes=(scopes.REACT,)),
    "reactions.get": Method(get, Tier.T3, scopes=(scopes.READ_REACTIONS,)),
}
