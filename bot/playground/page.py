"""What people do on the page: write, react, click, submit, close and look at the App Home."""

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.playground import commands, elements, events, files, messages, modals, payloads
from bot.playground.arguments import Arguments
from bot.playground.errors import SlackError
from bot.playground.slack import Slack
from bot.playground.state import BOT_USER, Channel, Message, View

Action = Callable[[Slack, str, Arguments, Request], Awaitable[dict[str, Any]]]


def answering(action: Action) -> Callable[[Request], Awaitable[Response]]:
    """Return an endpoint that reads JSON, acts, and answers with `ok`."""

    async def endpoint(request: Request) -> Response:
        slack: Slack = request.app.state.slack
        try:
            body = await request.json()
        except ValueError:
            body = None
        if not isinstance(body, dict):
            return JSONResponse({"ok": False, "error": "invalid_json"}, status_code=400)
        call = Arguments(body)
        try:
            user = slack.state.person(call.required("user")).id
            return JSONResponse({"ok": True, **await action(slack, user, call, request)})
        except SlackError as error:
            return JSONResponse(error.body())

    return endpoint


async def write(slack: Slack, user: str, call: Arguments, _: Request) -> dict[str, Any]:
    """Post a person's message with its files, or run the command it begins with."""
    channel, text = visible(slack, user, call), (call.text("text") or "").strip()
    attached = files.uploaded(slack, user, call.structure("files") or [])
    if not text and not attached:
        raise SlackError("no_text")
    if text.startswith("/") and attached:
        raise SlackError("command_with_files")
    if text.startswith("/"):
        return await commands.run(slack, user, channel, text)
    message = messages.person_message(slack, channel.id, user, commands.written(slack, text))
    message.thread_ts = call.text("thread_ts")
    messages.thread(slack, channel.id, message.thread_ts)
    if attached:
        files.share(slack, message, attached)
    messages.post(slack, message)
    return {"ts": message.ts}


async def react(slack: Slack, user: str, call: Arguments, _: Request) -> dict[str, Any]:
    """Add or take back a person's reaction."""
    message = slack.state.message(visible(slack, user, call).id, call.required("ts"))
    change = messages.react if call.flag("add") else messages.unreact
    change(slack, message, user, call.text("name"))
    return {}


async def act(slack: Slack, user: str, call: Arguments, _: Request) -> dict[str, Any]:
    """Use an element in a message, a modal or the App Home."""
    source = _source(slack, user, call)
    blocks = source.content["blocks"] if isinstance(source, View) else source.blocks
    block_id = call.required("block_id")
    element = elements.find(blocks, block_id, call.required("action_id"))
    action = elements.action(element, block_id, call.raw.get("value"), slack.ids.ts())
    payload = payloads.block_actions(slack, user, source, action, call.structure("state") or {})
    return await _deliver(slack, payload)


async def submit(slack: Slack, user: str, call: Arguments, request: Request) -> dict[str, Any]:
    """Submit an open modal."""
    view = _open_view(slack, request.path_params["view_id"], user)
    return await modals.submit(slack, view, call.structure("state") or {})


async def close(slack: Slack, user: str, _: Arguments, request: Request) -> dict[str, Any]:
    """Close an open modal."""
    modals.close(slack, _open_view(slack, request.path_params["view_id"], user))
    return {}


async def look_at_home(slack: Slack, user: str, call: Arguments, _: Request) -> dict[str, Any]:
    """Open a tab of the app's own page."""
    tab = call.required("tab")
    if tab not in ("home", "messages"):
        raise SlackError("invalid_tab")
    events.home_opened(slack, user, slack.state.channel(user), tab)
    return {}


async def choose_shortcut(slack: Slack, user: str, call: Arguments, _: Request) -> dict[str, Any]:
    """Use a shortcut: of a message when the call names one, else one that works everywhere."""
    callback_id = call.required("callback_id")
    of_message = call.text("ts") is not None
    if not slack.manifest.has_shortcut(callback_id, "message" if of_message else "global"):
        raise SlackError("unknown_shortcut")
    if not of_message:
        return await _deliver(slack, payloads.shortcut(slack, user, callback_id))
    message = slack.state.message(visible(slack, user, call).id, call.required("ts"))
    return await _deliver(slack, payloads.message_action(slack, user, message, callback_id))


def visible(slack: Slack, user: str, call: Arguments) -> Channel:
    """Return the channel that a person acts in, which they have to be in."""
    channel = slack.state.channel(call.required("channel"))
    if user not in channel.members or user == BOT_USER:
        raise SlackError("not_in_channel")
    return channel


async def _deliver(slack: Slack, payload: dict[str, Any]) -> dict[str, Any]:
    reply = await slack.deliveries.ask("interactive", payload)
    return {} if reply.ok else {"ok": False, "error": reply.error}


def _source(slack: Slack, user: str, call: Arguments) -> Message | View:
    container = call.structure("container")
    if not isinstance(container, dict):
        raise SlackError("invalid_arguments", ["missing required field: container"])
    place = Arguments(container)
    if place.required("type") == "view":
        return _open_view(slack, place.required("view_id"), user)
    channel = slack.state.channel(place.required("channel"))
    message = slack.state.messages[channel.id].get(place.required("ts"))
    if message is None or user not in channel.members or message.only_for not in (None, user):
        raise SlackError("message_not_found")
    return message


def _open_view(slack: Slack, view_id: str, user: str) -> View:
    view = slack.state.view(view_id)
    if view.user != user:
        raise SlackError("not_found")
    return view
