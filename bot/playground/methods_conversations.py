"""The conversations.* methods: which channels there are and who is in them."""

from typing import Any

from bot.playground import scopes
from bot.playground.arguments import Arguments
from bot.playground.errors import SlackError
from bot.playground.methods import Method
from bot.playground.methods_auth import page
from bot.playground.rates import Tier
from bot.playground.slack import Slack
from bot.playground.state import BOT_USER, TEAM_ID, Channel

READING = tuple(scopes.READ.values())


def info(slack: Slack, call: Arguments) -> dict[str, Any]:
    """conversations.info."""
    channel = slack.state.channels.get(call.required("channel"))
    if channel is None:
        raise SlackError("channel_not_found")
    scopes.demand_reading(slack.manifest, channel)
    shape = channel_shape(channel)
    if call.flag("include_num_members"):
        shape["num_members"] = len(channel.members)
    return {"channel": shape}


def listing(slack: Slack, call: Arguments) -> dict[str, Any]:
    """conversations.list."""
    types = (call.text("types") or "public_channel").replace(" ", "").split(",")
    if not set(types) <= scopes.READ.keys():
        raise SlackError("invalid_types")
    for kind in types:
        scopes.demand(slack.manifest, [scopes.READ[kind]])
    wanted = [
        channel for channel in slack.state.channels.values() if ("im" if channel.is_im else "public_channel") in types
    ]
    channels, cursor = page(wanted, call)
    return {
        "channels": [channel_shape(channel) for channel in channels],
        "response_metadata": {"next_cursor": cursor},
    }


def members(slack: Slack, call: Arguments) -> dict[str, Any]:
    """conversations.members."""
    channel = slack.state.channel(call.required("channel"))
    scopes.demand_reading(slack.manifest, channel)
    found, cursor = page(channel.members, call)
    return {"members": list(found), "response_metadata": {"next_cursor": cursor}}


def open_conversation(slack: Slack, call: Arguments) -> dict[str, Any]:
    """conversations.open, for the direct messages with one person."""
    users = call.structure("users") if isinstance(call.raw.get("users"), list) else call.text("users")
    wanted = users if isinstance(users, list) else (users or "").split(",")
    if call.text("channel") is not None:
        wanted = [slack.state.channel(call.required("channel")).user or ""]
    if len(wanted) != 1:
        raise SlackError("not_enough_users" if not wanted else "too_many_users")
    channel = next((found for found in slack.state.channels.values() if found.user == wanted[0]), None)
    if channel is None:
        raise SlackError("user_not_found")
    shape = channel_shape(channel) if call.flag("return_im") else {"id": channel.id}
    return {"channel": shape, "no_op": True, "already_open": True}


def channel_shape(channel: Channel) -> dict[str, Any]:
    """Return a channel as Slack sends it."""
    shared: dict[str, Any] = {
        "id": channel.id,
        "created": 1,
        "is_archived": False,
        "is_im": channel.is_im,
        "is_mpim": False,
        "is_org_shared": False,
        "context_team_id": TEAM_ID,
    }
    if channel.is_im:
        return {**shared, "user": channel.user, "is_user_deleted": False}
    return {
        **shared,
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": True,
        "is_group": False,
        "is_private": False,
        "is_general": False,
        "is_shared": False,
        "is_member": BOT_USER in channel.members,
        "topic": {"value": channel.topic, "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
        "num_members": len(channel.members),
    }


METHODS = {
    "conversations.info": Method(info, Tier.T3, scopes=READING),
    "conversations.list": Method(listing, Tier.T2, scopes=READING),
    "conversations.members": Method(members, Tier.T4, scopes=READING),
    "conversations.open": Method(open_conversation, Tier.T3, scopes=(scopes.BEGIN_MESSAGES,)),
}
