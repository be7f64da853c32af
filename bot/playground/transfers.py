"""Files on their way: uploaded in pieces to the disk, downloaded with the bot's token or by the page's browser.

Whoever has neither is sent to a page to sign in, with status 200 in the end, as Slack does
(github.com/slackapi/deno-slack-sdk/issues/285, github.com/vercel/eve/pull/1531).
"""

from pathlib import PurePath
from urllib.parse import quote

from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response

from bot.playground import faults, files
from bot.playground.errors import SlackError
from bot.playground.slack import Slack
from bot.playground.state import BOT_TOKEN, File

COOKIE, SIGNED_IN = "d", "xoxd-playground"  # the name and the look of the cookie of Slack's own browser client
SIGN_IN = "<!DOCTYPE html><html><head><title>Sign in</title></head><body>Sign in to see this file.</body></html>"


async def upload(request: Request) -> Response:
    """Take the bytes of one file at the address that files.getUploadURLExternal gave."""
    slack: Slack = request.app.state.slack
    instead = await faults.hit(slack.faults.of_call("upload"))
    if instead is not None:
        return instead
    file = slack.state.files.get(request.path_params["file_id"])
    if file is None or file.shared:
        return PlainTextResponse("file not found", status_code=404)
    problem = await _receive(slack, file, request)
    return PlainTextResponse(problem or f"OK - {file.length}", status_code=400 if problem else 200)


async def attach(request: Request) -> Response:
    """Take a file that a person chose on the page: the body is its bytes, the query says who and what name."""
    slack: Slack = request.app.state.slack
    try:
        user = slack.state.person(request.query_params.get("user")).id
        length = int(request.headers.get("content-length") or 0)
        if not 0 < length <= files.LARGEST_FILE:
            raise SlackError("file_size")
        name = PurePath(request.query_params.get("name", "")).name or "file"
        file = File(slack.ids.letters("F"), name, length, user, int(slack.clock()))
        if await _receive(slack, file, request):
            raise SlackError("upload_failed")
    except SlackError as error:
        return JSONResponse(error.body())
    slack.state.files[file.id] = file
    return JSONResponse({"ok": True, "file": files.shape(slack, file)})


async def _receive(slack: Slack, file: File, request: Request) -> str:
    """Put what comes on the shelf; the answer is empty, or says why the file was not taken."""
    try:
        path = await slack.shelf.put(file.id, request.stream(), file.length)
    except ClientDisconnect:
        return "the upload broke off"
    except OSError as error:
        return f"the file could not be kept: {error.strerror}"
    if path is None:
        return f"exactly {file.length} bytes were expected"
    file.path = path
    return ""


async def download(request: Request) -> Response:
    """Give a file back as it came, never as a page of ours."""
    slack: Slack = request.app.state.slack
    fault = slack.faults.of_call("download")
    instead = await faults.hit(fault, request)
    if instead is not None:
        return instead
    file = slack.state.files.get(request.path_params["file_id"])
    if not _may_read(slack, file, request) or (fault is not None and fault.kind == "refuse"):
        return RedirectResponse(f"/signin?redir={quote(request.url.path, safe='')}", status_code=302)
    if file is None or file.path is None:
        return PlainTextResponse("file not found", status_code=404)
    headers = {"content-security-policy": "sandbox; default-src 'none'", "x-content-type-options": "nosniff"}
    kept = file.name if "/download/" in request.url.path else None
    return FileResponse(file.path, media_type=files.mimetype(file), headers=headers, filename=kept)


def _may_read(slack: Slack, file: File | None, request: Request) -> bool:
    if request.cookies.get(COOKIE) == SIGNED_IN:
        return True
    if request.headers.get("authorization") != f"Bearer {BOT_TOKEN}" or not slack.manifest.grants("files:read"):
        return False
    return file is None or files.open_to_bot(slack, file)


async def sign_in(_: Request) -> Response:
    """Show what Slack shows instead of a file to those it does not know."""
    return HTMLResponse(SIGN_IN)
