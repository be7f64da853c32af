"""The page's WebSocket: everything as it is, then every change."""

import asyncio
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.playground.live import Page, page_shape
from bot.playground.slack import Slack
from bot.playground.state import TEAM, TEAM_ID


async def live(socket: WebSocket) -> None:
    """Show one person the workspace for as long as their page is open."""
    slack: Slack = socket.app.state.slack
    user = socket.query_params.get("user", "")
    if user not in slack.state.users or slack.state.users[user].is_bot:
        await socket.close()
        return
    await socket.accept()
    page = slack.live.open(user)
    page.updates.put_nowait(snapshot(slack, user))
    sending = asyncio.create_task(_send(socket, page))
    try:
        while True:
            await socket.receive()
            if socket.client_state.name == "DISCONNECTED":
                return
    finally:
        slack.live.close(page)
        sending.cancel()


async def _send(socket: WebSocket, page: Page) -> None:
    try:
        while True:
            await socket.send_json(await page.updates.get())
    except (WebSocketDisconnect, RuntimeError):
        # The page went away while something was on its way to it.
        return


def snapshot(slack: Slack, user: str) -> dict[str, Any]:
    """Return everything that one person sees."""
    state = slack.state
    home = state.homes.get(user)
    return {
        "type": "state",
        "me": user,
        "team": {"id": TEAM_ID, "name": TEAM["name"]},
        "users": [
            {name: getattr(person, name) for name in ("id", "name", "real_name", "is_bot", "color")}
            for person in state.users.values()
        ],
        "channels": slack.channels_of(user),
        "messages": {
            channel["id"]: [
                page_shape(message)
                for message in state.messages[channel["id"]].values()
                if message.only_for in (None, user)
            ]
            for channel in slack.channels_of(user)
        },
        "home": home.shape() if home is not None else None,
        "views": [view.shape() for view in state.stacks.get(user, [])],
        "commands": _commands(slack),
        "shortcuts": list(slack.manifest.shortcuts),
        "global_shortcuts": list(slack.manifest.global_shortcuts),
        "prompts": state.prompts.get(user, list(slack.manifest.prompts)),
        "bot": {"connected": slack.connected},
    }


def _commands(slack: Slack) -> list[dict[str, str]]:
    return [command.shape() for command in slack.manifest.commands or ()]


async def list_commands(request: Request) -> Response:
    """List the app's slash commands."""
    return JSONResponse(_commands(request.app.state.slack))


async def list_shortcuts(request: Request) -> Response:
    """List the app's message shortcuts."""
    return JSONResponse(list(request.app.state.slack.manifest.shortcuts))


async def list_prompts(request: Request) -> Response:
    """List the prompts that the app's messages tab suggests."""
    return JSONResponse(list(request.app.state.slack.manifest.prompts))
