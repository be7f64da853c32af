"""What people do on the page: write, react, click, submit, close and look at the App Home."""

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.playground import commands, elements, events, messages, modals, payloads
from bot.playground.errors import SlackError
from bot.playground.slack import Slack
from bot.playground.state import BOT_USER, Channel, Message, View

Action = Callable[[Slack, dict[str, Any], Request], Awaitable[dict[str, Any]]]


def answering(action: Action) -> Callable[[Request], Awaitable[Response]]:
    """Return an endpoint that reads JSON, acts, and answers with `ok`."""

    async def endpoint(request: Request) -> Response:
        slack: Slack = request.app.state.slack
        try:
            body = await request.json()
            slack.state.person(body.get("user"))
            return JSONResponse({"ok": True, **await action(slack, body, request)})
        except SlackError as error:
            return JSONResponse(error.body())
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            return JSONResponse({"ok": False, "error": f"invalid_request: {error!r}"}, status_code=400)

    return endpoint


async def write(slack: Slack, body: dict[str, Any], _: Request) -> dict[str, Any]:
    """Post a person's message, or run the command it begins with."""
    channel, text = visible(slack, body), str(body["text"]).strip()
    if not text:
        raise SlackError("no_text")
    if text.startswith("/"):
        return await commands.run(slack, body["user"], channel, text)
    message = messages.person_message(slack, channel.id, body["user"], commands.written(slack, text))
    message.thread_ts = body.get("thread_ts")
    messages.post(slack, message)
    return {"ts": message.ts}


async def react(slack: Slack, body: dict[str, Any], _: Request) -> dict[str, Any]:
    """Add or take back a person's reaction."""
    message = slack.state.message(visible(slack, body).id, body["ts"])
    change = messages.react if body["add"] else messages.unreact
    change(slack, message, body["user"], body["name"])
    return {}


async def act(slack: Slack, body: dict[str, Any], _: Request) -> dict[str, Any]:
    """Use an element in a message, a modal or the App Home."""
    source = _source(slack, body["container"], body["user"])
    blocks = source.content["blocks"] if isinstance(source, View) else source.blocks
    element = elements.find(blocks, body["block_id"], body["action_id"])
    action = elements.action(element, body["block_id"], body.get("value"), slack.ids.ts())
    payload = payloads.block_actions(slack, body["user"], source, action, body.get("state") or {})
    reply = await slack.deliveries.ask("interactive", payload)
    return {} if reply.ok else {"ok": False, "error": reply.error}


async def submit(slack: Slack, body: dict[str, Any], request: Request) -> dict[str, Any]:
    """Submit an open modal."""
    view = _open_view(slack, request.path_params["view_id"], body["user"])
    return await modals.submit(slack, view, body.get("state") or {})


async def close(slack: Slack, body: dict[str, Any], request: Request) -> dict[str, Any]:
    """Close an open modal."""
    modals.close(slack, _open_view(slack, request.path_params["view_id"], body["user"]))
    return {}


async def look_at_home(slack: Slack, body: dict[str, Any], _: Request) -> dict[str, Any]:
    """Open a tab of the app's own page."""
    if body["tab"] not in ("home", "messages"):
        raise SlackError("invalid_tab")
    events.home_opened(slack, body["user"], slack.state.channel(body["user"]), body["tab"])
    return {}


async def choose_shortcut(slack: Slack, body: dict[str, Any], _: Request) -> dict[str, Any]:
    """Use a message shortcut."""
    message = slack.state.message(visible(slack, body).id, body["ts"])
    payload = payloads.message_action(slack, body["user"], message, body["callback_id"])
    reply = await slack.deliveries.ask("interactive", payload)
    return {} if reply.ok else {"ok": False, "error": reply.error}


def visible(slack: Slack, body: dict[str, Any]) -> Channel:
    """Return the channel that a person acts in, which they have to be in."""
    channel = slack.state.channel(body["channel"])
    if body["user"] not in channel.members or body["user"] == BOT_USER:
        raise SlackError("not_in_channel")
    return channel


def _source(slack: Slack, container: dict[str, Any], user: str) -> Message | View:
    if container["type"] == "view":
        return _open_view(slack, container["view_id"], user)
    message = slack.state.messages[slack.state.channel(container["channel"]).id].get(container["ts"])
    if message is None or message.only_for not in (None, user):
        raise SlackError("message_not_found")
    return message


def _open_view(slack: Slack, view_id: str, user: str) -> View:
    view = slack.state.view(view_id)
    if view.user != user:
        raise SlackError("not_found")
    return view
