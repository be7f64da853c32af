"""Keeps other web sites out: only local host names, and nothing but the page's address across origins."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose

LOCAL = ("localhost", "127.0.0.1", "::1")
OTHER_SITES = ("cross-site", "same-site")


class Guard:
    """Refuses a request before anything else sees it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] not in ("http", "websocket") or allowed(scope):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await WebSocketClose()(scope, receive, send)
        else:
            refusal = PlainTextResponse("This playground answers only its own page.", status_code=403)
            await refusal(scope, receive, send)


def allowed(scope: Scope) -> bool:
    """Tell whether a request comes from this machine, and from a browser only when the page itself sent it.

    The tokens are public, so this holds for the Web API too.
    """
    headers = Headers(scope=scope)
    host = headers.get("host", "")
    if _name(f"//{host}") not in LOCAL:
        return False
    if scope["type"] == "http" and scope["method"] in ("GET", "HEAD") and scope["path"] == "/":
        return True
    if headers.get("sec-fetch-site") in OTHER_SITES:
        return False
    origin = headers.get("origin")
    return origin is None or (_name(origin) in LOCAL and urlsplit(origin).netloc == host)


def _name(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None
