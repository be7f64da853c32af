"""Sends a message that must never stand there twice, and tells surely not sent from nobody knows."""

import errno
import socket
from http.client import HTTPException
from typing import Any
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.reaching import PASSING

NO_WAY_THERE = frozenset({errno.ECONNREFUSED, errno.ENETUNREACH, errno.EHOSTUNREACH})


class NotSent(Exception):
    """Slack has surely not taken the message; it may be sent again."""


class Unsure(Exception):
    """Slack gave no answer, or one after which the message may stand there all the same."""


def send(client: WebClient, **message: Any) -> str:
    """Post a message and return its ts; raises NotSent, Unsure, or SlackApiError where Slack says no.

    The SDK sends again by itself when a connection breaks, also when the message had arrived; this client doesn't.
    Slack has no key by which it would recognise a second copy, and looking for the first would need to read channels.
    """
    once = WebClient(token=client.token, base_url=client.base_url, timeout=client.timeout, retry_handlers=[])
    try:
        return str(once.chat_postMessage(**message)["ts"])
    except SlackApiError as error:
        name, status = error.response.get("error", ""), error.response.status_code
        if status == 429 or name == "ratelimited":
            raise NotSent(f"Slack answered {name!r}.") from error
        if status >= 500 or name in PASSING:
            raise Unsure(f"Slack answered {name or status!r}.") from error
        raise
    except URLError as error:
        if _found_no_way(error.reason):
            raise NotSent(f"Slack can't be reached: {error.reason}.") from error
        raise Unsure(f"Slack gave no answer: {error.reason}.") from error
    except (OSError, HTTPException) as error:
        raise Unsure(f"Slack gave no answer: {type(error).__name__}.") from error


def _found_no_way(reason: object) -> bool:
    """Whether no connection was made at all."""
    return isinstance(reason, socket.gaierror) or (isinstance(reason, OSError) and reason.errno in NO_WAY_THERE)
