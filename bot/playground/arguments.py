"""A Web API call's arguments, whether they came as a form, a query or JSON."""

import json
from collections.abc import Mapping
from typing import Any

from bot.playground.errors import SlackError


class Arguments:
    """Typed access to the arguments of one call; what Slack refuses raises SlackError."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self.raw = {name: value for name, value in raw.items() if value is not None}

    def text(self, name: str) -> str | None:
        """Return a string argument, None when it is absent or empty."""
        value = self.raw.get(name)
        if value is None or value == "":
            return None
        if isinstance(value, bool) or not isinstance(value, (str, int, float)):
            raise SlackError("invalid_arguments", [f"must be a string [json-pointer:/{name}]"])
        return str(value)

    def required(self, name: str) -> str:
        """Return a string argument that Slack insists on."""
        value = self.text(name)
        if value is None:
            raise SlackError("invalid_arguments", [f"missing required field: {name}"])
        return value

    def flag(self, name: str) -> bool:
        """Return a boolean argument; forms send 1, 0, true and false."""
        return self.raw.get(name) in (True, 1, "1", "true", "True")

    def number(self, name: str, default: int) -> int:
        """Return a whole-number argument."""
        value = self.text(name)
        if value is None:
            return default
        try:
            return int(value)
        except ValueError:
            raise SlackError("invalid_arguments", [f"must be an integer [json-pointer:/{name}]"]) from None

    def structure(self, name: str, error: str = "invalid_arguments") -> Any:
        """Return a list or object argument, which a form carries as JSON."""
        value = self.raw.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except json.JSONDecodeError:
            raise SlackError(error, [f"must be valid JSON [json-pointer:/{name}]"]) from None
