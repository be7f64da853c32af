"""Serves health, and Slack itself when it reaches us over signed HTTP."""

import socket
import threading
from collections.abc import Callable

import uvicorn
from slack_bolt import App
from slack_bolt.adapter.starlette.handler import to_bolt_request, to_starlette_response
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

Probe = Callable[[], bool]


def build(app: App | None, probes: dict[str, Probe]) -> Starlette:
    """The web application; `app` is None in Socket Mode, where Slack never calls."""

    async def healthz(_: Request) -> Response:
        state = {name: await run_in_threadpool(probe) for name, probe in probes.items()}
        return JSONResponse({"ok": all(state.values()), **state}, status_code=200 if all(state.values()) else 503)

    async def events(request: Request) -> Response:
        assert app is not None, "the route exists only with an app"
        # Bolt's own handler dispatches on the event loop, where one slow listener would hold up every other.
        answer = await run_in_threadpool(app.dispatch, to_bolt_request(request, await request.body()))
        return to_starlette_response(answer)

    routes = [Route("/healthz", healthz)]
    if app is not None:
        routes.append(Route("/slack/events", events, methods=["POST"]))
    return Starlette(routes=routes)


class Server:
    """uvicorn on a thread of its own."""

    def __init__(self, application: Starlette, *, host: str, port: int) -> None:
        """Take the port at once; raises OSError when another program has it."""
        self._listener = socket.create_server((host, port))
        self._server = uvicorn.Server(uvicorn.Config(application, log_config=None, access_log=False))
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [self._listener]}, name="server", daemon=True
        )

    def start(self) -> None:
        """Start answering in the background."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the requests under way and stop."""
        self._server.should_exit = True
        self._thread.join()
        self._listener.close()
