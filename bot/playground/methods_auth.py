"""Who the bot is, who else is there, and where Socket Mode connects."""

import base64
import binascii
from collections.abc import Sequence
from typing import Any, TypeVar

from bot.playground import scopes
from bot.playground.arguments import Arguments
from bot.playground.errors import SlackError
from bot.playground.methods import Method
from bot.playground.rates import Tier
from bot.playground.slack import Slack
from bot.playground.state import APP_ID, APP_TOKEN, BOT_ID, BOT_USER, TEAM, TEAM_ID, User

LARGEST_PAGE = 1000
OWNER = "U0CHLOE"
ADMINS = ("U0ANA", OWNER)
Item = TypeVar("Item")


def auth_test(slack: Slack, _: Arguments) -> dict[str, Any]:
    """auth.test."""
    return {
        "url": f"{slack.address}/",
        "team": TEAM["name"],
        "user": slack.state.users[BOT_USER].name,
        "team_id": TEAM_ID,
        "user_id": BOT_USER,
        "bot_id": BOT_ID,
        "is_enterprise_install": False,
    }


def open_connection(slack: Slack, _: Arguments) -> dict[str, Any]:
    """apps.connections.open."""
    return {"url": f"{slack.address.replace('http', 'ws', 1)}/socket/{slack.socket_mode.ticket()}"}


def bot_info(slack: Slack, call: Arguments) -> dict[str, Any]:
    """bots.info."""
    if (call.text("bot") or BOT_ID) != BOT_ID:
        raise SlackError("bot_not_found")
    name = slack.state.users[BOT_USER].name
    bot = {"id": BOT_ID, "deleted": False, "name": name, "app_id": APP_ID, "user_id": BOT_USER, "icons": {}}
    return {"bot": bot}


def user_info(slack: Slack, call: Arguments) -> dict[str, Any]:
    """users.info."""
    return {"user": user_shape(slack.state.person(call.required("user")))}


def user_list(slack: Slack, call: Arguments) -> dict[str, Any]:
    """users.list."""
    users, cursor = page(list(slack.state.users.values()), call)
    return {"members": [user_shape(user) for user in users], "response_metadata": {"next_cursor": cursor}}


def user_shape(user: User) -> dict[str, Any]:
    """Return a user as Slack sends it."""
    names = {"real_name": user.real_name, "display_name": user.name}
    return {
        "id": user.id,
        "team_id": TEAM_ID,
        "name": user.name,
        "real_name": user.real_name,
        "deleted": False,
        "color": user.color,
        "tz": user.tz,
        "tz_label": user.tz,
        "tz_offset": user.tz_offset,
        "profile": {**names, "team": TEAM_ID, **({"bot_id": BOT_ID} if user.is_bot else {})},
        "is_bot": user.is_bot,
        "is_admin": user.id in ADMINS,
        "is_owner": user.id == OWNER,
        "is_primary_owner": user.id == OWNER,
        "is_restricted": False,
        "is_ultra_restricted": False,
        "is_app_user": False,
        "updated": 1,
    }


def page(items: Sequence[Item], call: Arguments) -> tuple[Sequence[Item], str]:
    """Return one page of a list and the cursor of the next, empty at the end."""
    limit = call.number("limit", 100)
    if not 1 <= limit <= LARGEST_PAGE:
        raise SlackError("invalid_limit")
    start = _offset(call.text("cursor"))
    end = start + limit
    cursor = base64.b64encode(f"next:{end}".encode()).decode() if end < len(items) else ""
    return items[start:end], cursor


def _offset(cursor: str | None) -> int:
    if cursor is None:
        return 0
    try:
        word, _, number = base64.b64decode(cursor, validate=True).decode().partition(":")
        if word != "next":
            raise ValueError(cursor)
        return int(number)
    except (binascii.Error, UnicodeDecodeError, ValueError):
        raise SlackError("invalid_cursor") from None


METHODS = {
    "auth.test": Method(auth_test, Tier.SPECIAL),
    "apps.connections.open": Method(open_connection, Tier.T1, token=APP_TOKEN),
    "bots.info": Method(bot_info, Tier.T3, scopes=(scopes.PEOPLE,)),
    "users.info": Method(user_info, Tier.T4, scopes=(scopes.PEOPLE,)),
    "users.list": Method(user_list, Tier.T2, scopes=(scopes.PEOPLE,)),
}
