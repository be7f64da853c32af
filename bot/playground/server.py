"""The playground as a web server, in this process's main thread or in a thread of a test."""

import contextlib
import socket
import threading
import time
from collections.abc import AsyncIterator
from pathlib import Path
from types import TracebackType
from typing import Self

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.websockets import WebSocket

from bot.playground import control, page, page_live, responses, transfers, web_api
from bot.playground.clock import Clock, Patience
from bot.playground.guard import Guard
from bot.playground.manifest import Manifest
from bot.playground.slack import Slack

PAGE = Path(__file__).parent / "page"


def application(slack: Slack) -> Starlette:
    """Return the web application over one playground."""

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        await slack.stop()

    app = Starlette(routes=[*_slack_routes(), *_page_routes()], middleware=[Middleware(Guard)], lifespan=lifespan)
    app.state.slack = slack
    return app


def _slack_routes() -> list[BaseRoute]:
    return [
        Route("/api/{method}", web_api.call, methods=["GET", "POST"]),
        WebSocketRoute("/socket/{ticket}", _socket_mode),
        Route("/response/{key}", responses.respond, methods=["POST"]),
        Route("/upload/{file_id}", transfers.upload, methods=["POST"]),
        Route("/files-pri/{team}-{file_id}/{name}", transfers.download),
        Route("/files-pri/{team}-{file_id}/download/{name}", transfers.download),
        Route("/files/{user}/{file_id}/{name}", transfers.download),
        Route("/signin", transfers.sign_in),
        Route("/playground/health", control.health),
        Route("/playground/faults", control.fault, methods=["POST", "DELETE"]),
        Route("/playground/http", control.http, methods=["POST", "DELETE"]),
    ]


def _page_routes() -> list[BaseRoute]:
    posts = {
        "/page/messages": page.write,
        "/page/reactions": page.react,
        "/page/actions": page.act,
        "/page/views/{view_id}/submit": page.submit,
        "/page/views/{view_id}/close": page.close,
        "/page/home": page.look_at_home,
        "/page/shortcuts": page.choose_shortcut,
    }
    return [
        Route("/", _index),
        Mount("/page/static", StaticFiles(directory=PAGE, check_dir=False)),
        WebSocketRoute("/page/live", page_live.live),
        Route("/page/files", transfers.attach, methods=["POST"]),
        Route("/page/commands", page_live.list_commands),
        Route("/page/shortcuts", page_live.list_shortcuts),
        Route("/page/prompts", page_live.list_prompts),
        *(Route(path, page.answering(action), methods=["POST"]) for path, action in posts.items()),
    ]


async def _socket_mode(websocket: WebSocket) -> None:
    slack: Slack = websocket.app.state.slack
    await slack.socket_mode.serve(websocket)


async def _index(_: Request) -> Response:
    index = PAGE / "index.html"
    if not index.is_file():
        return PlainTextResponse("The playground runs, but its page is missing.", status_code=404)
    page_file = FileResponse(index)
    page_file.set_cookie(transfers.COOKIE, transfers.SIGNED_IN, httponly=True, samesite="strict")
    return page_file


def config(slack: Slack) -> uvicorn.Config:
    """Return how a playground is served; nothing is compressed, for it goes no further than this machine."""
    return uvicorn.Config(
        application(slack),
        log_config=None,
        lifespan="on",
        timeout_graceful_shutdown=1,
        access_log=False,
        ws_per_message_deflate=False,
    )


class PlaygroundServer:
    """A playground that runs in a thread between `with` and its end."""

    def __init__(
        self,
        *,
        port: int = 0,
        host: str = "127.0.0.1",
        manifest: Manifest | None = None,
        clock: Clock = time.time,
        patience: Patience | None = None,
        data: Path | None = None,
    ) -> None:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._listener = socket.create_server((host, port), family=family)
        self.url = f"http://{_local(host)}:{self._listener.getsockname()[1]}"
        slack = Slack(
            address=self.url,
            clock=clock,
            patience=patience or Patience(),
            manifest=manifest or Manifest(),
            data=data,
        )
        self._server = uvicorn.Server(config(slack))
        self._thread = threading.Thread(target=self.run, name="playground", daemon=True)

    def run(self) -> None:
        """Serve in this thread until somebody stops it; the address already takes connections."""
        self._server.run(sockets=[self._listener])

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.should_exit = True
        self._thread.join()
        self._listener.close()


def _local(host: str) -> str:
    """Return the name under which this machine reaches a host that may mean all of them."""
    if host in ("0.0.0.0", "::"):
        return "127.0.0.1" if host == "0.0.0.0" else "[::1]"
    return f"[{host}]" if ":" in host else host
