"""The clients that reach Slack, and telling a Slack that can't be reached from a Slack that says no."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler, ServerErrorRetryHandler

from bot.desk import SlackUnavailable

PASSING = frozenset({"ratelimited", "internal_error", "fatal_error", "service_unavailable", "request_timeout"})
"""Errors of the Web API that go away by themselves; every other error means no."""


RETRIES = 3


@dataclass(frozen=True, slots=True)
class Clients:
    """Two ways to call the Web API: waiting when Slack asks to and asking again when it stumbles, or neither."""

    patient: WebClient
    hurried: WebClient


def build_clients(token: str, api_url: str) -> Clients:
    """The clients of one workspace."""
    base_url = api_url if api_url.endswith("/") else f"{api_url}/"
    patient, hurried = (WebClient(token=token, base_url=base_url) for _ in range(2))
    patient.retry_handlers.append(RateLimitErrorRetryHandler(max_retry_count=RETRIES))
    patient.retry_handlers.append(ServerErrorRetryHandler(max_retry_count=RETRIES))
    return Clients(patient, hurried)


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
