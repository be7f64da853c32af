"""Scopes: which ones a Web API method wants of an app, and the refusal that Slack gives an app without them."""

from collections.abc import Sequence

from bot.playground.errors import SlackError
from bot.playground.manifest import Manifest
from bot.playground.state import Channel

ASSISTANT, SPEAK, REACT, PEOPLE = "assistant:write", "chat:write", "reactions:write", "users:read"
READ_FILES, SEND_FILES, READ_REACTIONS, BEGIN_MESSAGES = "files:read", "files:write", "reactions:read", "im:write"
READ = {"public_channel": "channels:read", "private_channel": "groups:read", "mpim": "mpim:read", "im": "im:read"}
"""Which scope a conversation of each type is read with."""


def demand(manifest: Manifest, scopes: Sequence[str]) -> None:
    """Refuse an app that has none of these scopes, any one of which is enough; where none is named, none is needed."""
    if scopes and not any(manifest.grants(scope) for scope in scopes):
        given = {"needed": ",".join(scopes), "provided": ",".join(manifest.scopes)}
        raise SlackError("missing_scope", details=given)


def demand_reading(manifest: Manifest, channel: Channel) -> None:
    """Refuse an app that may not read conversations of this one's type."""
    demand(manifest, [READ["im" if channel.is_im else "public_channel"]])
