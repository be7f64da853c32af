"""Tells a Slack that can't be reached from a Slack that says no."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException

from slack_sdk.errors import SlackApiError

from bot.desk import SlackUnavailable

PASSING = frozenset({"ratelimited", "internal_error", "fatal_error", "service_unavailable", "request_timeout"})
"""Errors of the Web API that go away by themselves; every other error means no."""


@contextmanager
def reaching_slack() -> Iterator[None]:
    """Raise SlackUnavailable for what is worth trying again; a refusal stays a SlackApiError."""
    try:
        yield
    except SlackApiError as error:
        status = getattr(error.response, "status_code", 200)
        name = error.response.get("error", "") if hasattr(error.response, "get") else ""
        if name in PASSING or status >= 500 or status == 429:
            raise SlackUnavailable(f"Slack answered {name or status!r}.") from error
        raise
    except (OSError, HTTPException) as error:
        raise SlackUnavailable(f"Slack can't be reached: {type(error).__name__}.") from error
