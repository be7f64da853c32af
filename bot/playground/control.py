"""What tests ask of the playground: faults, signed HTTP, health."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.playground import faults
from bot.playground.errors import SlackError
from bot.playground.signed_http import SignedHttp
from bot.playground.slack import Slack
from bot.playground.state import SIGNING_SECRET


async def health(request: Request) -> Response:
    """Tell that the playground runs, and whether a bot is listening."""
    return JSONResponse({"ok": True, "bot_connected": request.app.state.slack.connected})


async def fault(request: Request) -> Response:
    """Let something go wrong, or clear what was still to come."""
    slack: Slack = request.app.state.slack
    if request.method == "DELETE":
        slack.faults.clear()
        return JSONResponse({"ok": True})
    try:
        body = await request.json()
        wanted = faults.parse(body)
    except SlackError as error:
        return JSONResponse(error.body(), status_code=400)
    if wanted.kind == "disconnect":
        await slack.socket_mode.disconnect(str(body.get("reason", "refresh_requested")))
    else:
        slack.faults.add(wanted)
    return JSONResponse({"ok": True})


async def http(request: Request) -> Response:
    """Deliver over signed HTTP once the address answers the challenge, or over Socket Mode again."""
    slack: Slack = request.app.state.slack
    if request.method == "DELETE":
        await slack.switch(slack.socket_mode)
        return JSONResponse({"ok": True})
    body = await request.json()
    secret = str(body.get("signing_secret") or SIGNING_SECRET)
    transport = SignedHttp(str(body["url"]), secret, slack.patience.ack, slack.clock)
    try:
        await transport.verify()
    except SlackError as error:
        await transport.close()
        return JSONResponse(error.body())
    await slack.switch(transport)
    return JSONResponse({"ok": True})
