"""The bot's answers to commands and interactions: in its acknowledgement and through response_url."""

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from bot.playground import messages, methods_chat
from bot.playground.arguments import Arguments
from bot.playground.errors import SlackError
from bot.playground.response_urls import ResponseUrl
from bot.playground.slack import Slack
from bot.playground.state import Message


async def respond(request: Request) -> Response:
    """Answer one use of a response_url."""
    slack: Slack = request.app.state.slack
    try:
        url = slack.response_urls.use(request.path_params["key"])
    except SlackError as error:
        return PlainTextResponse(error.code, status_code=404)
    try:
        body = json.loads(await request.body())
        if not isinstance(body, dict):
            raise SlackError("invalid_payload")
        answer(slack, url, body)
    except json.JSONDecodeError:
        return PlainTextResponse("invalid_payload", status_code=400)
    except SlackError as error:
        return PlainTextResponse(error.code, status_code=400)
    return PlainTextResponse("ok")


def answer(slack: Slack, url: ResponseUrl, body: dict[str, Any]) -> None:
    """Post, replace or delete what a body says, where the address belongs."""
    call = Arguments(body)
    original = url.message if url.message is not None and _stands(slack, url.message) else None
    if call.flag("delete_original") and original is not None:
        messages.delete(slack, original)
    elif call.flag("replace_original") and original is not None:
        methods_chat.write(slack, original, call)
        slack.live.message(original)
    else:
        _post(slack, url, call)


def _stands(slack: Slack, message: Message) -> bool:
    return slack.state.messages[message.channel].get(message.ts) is message


def _post(slack: Slack, url: ResponseUrl, call: Arguments) -> None:
    message = messages.bot_message(slack, url.channel)
    methods_chat.write(slack, message, call)
    message.thread_ts = call.text("thread_ts")
    if call.text("response_type") != "in_channel":
        message.only_for = url.user
    messages.post(slack, message)
