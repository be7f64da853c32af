"""Uploaded files: taken in where the upload address says, and shown to whoever asks."""

import mimetypes
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from bot.playground.errors import SlackError
from bot.playground.slack import Slack
from bot.playground.state import BOT_USER, File


async def upload(request: Request) -> Response:
    """Take the bytes of one file."""
    slack: Slack = request.app.state.slack
    file = slack.state.files.get(request.path_params["file_id"])
    if file is None or file.shared:
        return PlainTextResponse("file not found", status_code=404)
    content = await request.body()
    if len(content) != file.length:
        return PlainTextResponse(f"{file.length} bytes expected, {len(content)} came", status_code=400)
    file.content = content
    return PlainTextResponse(f"OK - {len(content)}")


async def download(request: Request) -> Response:
    """Give a file back as it came, never as a page of ours."""
    slack: Slack = request.app.state.slack
    file = slack.state.files.get(request.path_params["file_id"])
    if file is None or file.content is None:
        return PlainTextResponse("file not found", status_code=404)
    headers = {"content-security-policy": "sandbox; default-src 'none'", "x-content-type-options": "nosniff"}
    return Response(file.content, media_type=mimetype(file), headers=headers)


def pictures_are_ready(slack: Slack, blocks: list[dict[str, Any]]) -> None:
    """Refuse blocks that show an uploaded picture before its upload is complete, or that is none."""
    wrong = []
    for pointer, node in _images(blocks, "/blocks"):
        shown = node.get("slack_file") or {}
        name = shown.get("id") or str(shown.get("url")).partition("/files/")[2].partition("/")[0]
        file = slack.state.files.get(str(name))
        if shown and (file is None or not file.shared or not mimetype(file).startswith("image/")):
            wrong.append(f"invalid slack file [json-pointer:{pointer}/slack_file]")
    if wrong:
        raise SlackError("invalid_blocks", wrong)


def _images(node: Any, pointer: str) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(node, dict):
        if node.get("type") == "image":
            yield pointer, node
        for name, item in node.items():
            yield from _images(item, f"{pointer}/{name}")
    elif isinstance(node, list):
        for index, item in enumerate(node):
            yield from _images(item, f"{pointer}/{index}")


def mimetype(file: File) -> str:
    """Return a file's type, told by its name."""
    return mimetypes.guess_type(file.name)[0] or "application/octet-stream"


def shape(slack: Slack, file: File) -> dict[str, Any]:
    """Return a file as Slack shows it in a message."""
    address = f"{slack.address}/files/{file.id}/{quote(file.name)}"
    return {
        "id": file.id,
        "name": file.name,
        "title": file.title or file.name,
        "mimetype": mimetype(file),
        "filetype": file.name.rpartition(".")[2],
        "size": file.length,
        "user": BOT_USER,
        "mode": "hosted",
        "is_external": False,
        "is_public": True,
        "alt_txt": file.alt_txt,
        "url_private": address,
        "url_private_download": address,
        "permalink": address,
    }
