"""What a Web API method is: a function of the playground and a call's arguments, with its rate tier."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.playground.arguments import Arguments
from bot.playground.rates import Tier
from bot.playground.slack import Slack
from bot.playground.state import BOT_TOKEN

Handler = Callable[[Slack, Arguments], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Method:
    """One method; `token` is the only kind of token it takes, and an app needs any one of its `scopes`."""

    run: Handler
    tier: Tier
    token: str = BOT_TOKEN
    scopes: tuple[str, ...] = ()
