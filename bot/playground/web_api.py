"""The Web API's front door: tokens, faults, rate limits, then the method."""

import json
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.playground import (
    faults,
    methods_assistant,
    methods_auth,
    methods_chat,
    methods_conversations,
    methods_files,
    methods_reactions,
    methods_streams,
    methods_views,
    scopes,
)
from bot.playground.arguments import Arguments
from bot.playground.errors import RateLimitError, SlackError
from bot.playground.methods import Method
from bot.playground.slack import Slack
from bot.playground.state import APP_TOKEN, BOT_TOKEN

METHODS: dict[str, Method] = {
    **methods_assistant.METHODS,
    **methods_auth.METHODS,
    **methods_chat.METHODS,
    **methods_conversations.METHODS,
    **methods_files.METHODS,
    **methods_reactions.METHODS,
    **methods_streams.METHODS,
    **methods_views.METHODS,
}


async def call(request: Request) -> Response:
    """Answer one Web API call."""
    slack: Slack = request.app.state.slack
    name = request.path_params["method"]
    headers = {"x-slack-req-id": slack.ids.secret(), "x-oauth-scopes": ",".join(slack.manifest.scopes)}
    fault = slack.faults.of_call(name)
    instead = await faults.hit(fault, request)
    if instead is not None:
        return instead
    try:
        raw = await _arguments(request)
        method = _allowed(name, _token(request, raw))
        scopes.demand(slack.manifest, method.scopes)
        slack.rates.call(name, method.tier)
        if fault is not None and fault.kind == "refuse":
            raise SlackError(fault.error)
        body = {"ok": True, **method.run(slack, Arguments(raw))}
    except SlackError as error:
        body = error.body()
    except RateLimitError as limit:
        return faults.limited(limit.retry_after)
    return JSONResponse(body, headers=headers)


def _allowed(name: str, token: str | None) -> Method:
    """Return a method that this token may call."""
    if name not in METHODS:
        raise SlackError("unknown_method")
    if not token:
        raise SlackError("not_authed")
    if token not in (BOT_TOKEN, APP_TOKEN):
        raise SlackError("invalid_auth")
    if token != METHODS[name].token:
        raise SlackError("not_allowed_token_type")
    return METHODS[name]


def _token(request: Request, raw: dict[str, Any]) -> str | None:
    """Return the token of a call, from its header or its arguments."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    given = raw.pop("token", None)
    return token.strip() if scheme.lower() == "bearer" and token.strip() else given


async def _arguments(request: Request) -> dict[str, Any]:
    """Return the arguments of a call: the query, and a body of JSON or of a form."""
    raw: dict[str, Any] = dict(request.query_params)
    body = await request.body()
    if not request.headers.get("content-type", "").startswith("application/json"):
        return raw | dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
    try:
        given = json.loads(body or b"{}")
    except ValueError:
        raise SlackError("invalid_json") from None
    if not isinstance(given, dict):
        raise SlackError("json_not_object")
    return raw | given
