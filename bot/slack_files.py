"""Files between Slack and the disk, in small pieces: fetched with the bot's token, and handed back."""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPException
from io import RawIOBase
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.desk import SlackUnavailable
from bot.reaching import reaching_slack

LARGEST = 200 * 1024 * 1024
PIECE = 1 << 16
SECONDS = 30.0
TABLES = (".csv", ".tsv", ".txt")

TOO_LARGE = "{name} has {size} MB; I read files of at most {limit} MB. Split it, or leave columns out."
WRONG_TYPE = "{name} is no CSV, TSV or text file. Save the table as CSV and choose it again."
NO_DISK = (
    "{name} can't be written to the desk's disk ({reason}). Ask whoever runs Copydesk to make room in its data folder."
)
EMPTY = "{name} is empty: it has 0 bytes."
NOT_THERE = "{name} can't be fetched from Slack ({reason}). Upload it again; if that fails, the app lacks `files:read`."
NO_SCOPE = (
    "Slack didn't hand out {name}: the app may not read files. Ask whoever installed it to add the scope `files:read` "
    "and install it again."
)

logger = logging.getLogger(__name__)


class FileProblem(Exception):
    """A file can't be read; the message is a sentence for whoever uploaded it."""


class Stopped(Exception):
    """A transfer was ended on request."""


class _NoRedirect(HTTPRedirectHandler):
    """The token goes to the address that was asked and nowhere else; Slack redirects those without a right to it."""

    def redirect_request(self, *_: Any) -> None:
        return None


def is_table(file: Mapping[str, Any]) -> bool:
    """Whether a file's name is that of comments in a table or in lines."""
    return str(file.get("name") or "").lower().endswith(TABLES)


def refusal(file: Mapping[str, Any]) -> str:
    """Why a file that somebody chose is not read, as far as Slack describes it; empty when it may be."""
    name, size = str(file.get("name") or "The file"), int(file.get("size") or 0)
    if not is_table(file):
        return WRONG_TYPE.format(name=name)
    if size > LARGEST:
        return TOO_LARGE.format(name=name, size=f"{size / 2**20:,.0f}", limit=LARGEST // 2**20)
    return EMPTY.format(name=name) if file.get("size") == 0 else ""


def fetch(client: WebClient, file: Mapping[str, Any], to: Path, stopped: Callable[[], bool]) -> None:
    """Write a file to the disk; raises FileProblem, SlackUnavailable, and Stopped as soon as `stopped` says so."""
    name = str(file.get("name") or "The file")
    address = file.get("url_private_download") or file.get("url_private") or _ask(client, file, name)
    if not _is_slacks(str(address), client.base_url):
        # A token that went elsewhere would be everybody's.
        raise FileProblem(NOT_THERE.format(name=name, reason="it isn't stored in Slack"))
    request = Request(str(address), headers={"Authorization": f"Bearer {client.token}"})
    try:
        with build_opener(_NoRedirect).open(request, timeout=SECONDS) as answer, _opened(to, name) as target:
            _check(answer.headers, name, file)
            _copy(answer, target, name, stopped)
    except HTTPError as error:
        if error.code >= 500 or error.code == 429:
            raise SlackUnavailable(f"Slack answered {error.code} to a download.") from error
        reason = f"Slack answered {error.code}"
        raise FileProblem(
            NO_SCOPE.format(name=name) if error.code < 404 else NOT_THERE.format(name=name, reason=reason)
        ) from error
    except (URLError, OSError, HTTPException) as error:
        raise SlackUnavailable(f"A file can't be fetched: {type(error).__name__}.") from error


def hand_over(client: WebClient, path: Path, *, name: str, title: str, place: str, thread_ts: str | None) -> None:
    """Share a file from the disk in a thread, without taking it into memory; raises SlackUnavailable, SlackApiError."""
    length = path.stat().st_size
    with reaching_slack():
        slot = client.files_getUploadURLExternal(filename=name, length=length)
        with path.open("rb") as source:
            headers = {"Content-Length": str(length), "Content-Type": "application/octet-stream"}
            request = Request(str(slot["upload_url"]), data=source, headers=headers, method="POST")
            with build_opener(_NoRedirect).open(request, timeout=SECONDS * 10):
                logger.info("A file of %d bytes was handed to Slack.", length)
        client.files_completeUploadExternal(
            files=[{"id": slot["file_id"], "title": title}], channel_id=place, thread_ts=thread_ts
        )


def _ask(client: WebClient, file: Mapping[str, Any], name: str) -> str:
    """The address of a file of which Slack sent only the id, as it does for shared channels."""
    try:
        with reaching_slack():
            found = client.files_info(file=str(file.get("id")))["file"]
    except SlackApiError as error:
        reason = str(error.response["error"])
        sentence = NO_SCOPE if reason == "missing_scope" else NOT_THERE
        raise FileProblem(sentence.format(name=name, reason=reason)) from error
    return str(found.get("url_private_download") or found.get("url_private") or "")


def _is_slacks(address: str, api: str) -> bool:
    parts, own = urlsplit(address), urlsplit(api)
    if (parts.scheme, parts.netloc) == (own.scheme, own.netloc):
        return True
    host = parts.hostname or ""
    return parts.scheme == "https" and host.endswith((".slack.com", ".slack-gov.com"))


def _check(headers: Mapping[str, str], name: str, file: Mapping[str, Any]) -> None:
    """Slack answers with its login page, and a 200, where the token may not read files."""
    if str(headers.get("Content-Type", "")).startswith("text/html") and file.get("mimetype") != "text/html":
        raise FileProblem(NO_SCOPE.format(name=name))
    length = headers.get("Content-Length", "")
    if length.isdecimal() and int(length) > LARGEST:
        raise FileProblem(TOO_LARGE.format(name=name, size=f"{int(length) / 2**20:,.0f}", limit=LARGEST // 2**20))


@contextmanager
def _opened(path: Path, name: str) -> Iterator[RawIOBase]:
    """A file of ours to write to, in which nothing waits to be written."""
    with _on_disk(name):
        file = path.open("wb", buffering=0)
    with file:
        yield file


@contextmanager
def _on_disk(name: str) -> Iterator[None]:
    """What our own disk refuses is no fault of Slack's, which would be asked again and again."""
    try:
        yield
    except OSError as error:
        raise FileProblem(NO_DISK.format(name=name, reason=error.strerror)) from error


def _copy(source: Any, target: Any, name: str, stopped: Callable[[], bool]) -> None:
    total = 0
    while piece := source.read(PIECE):
        total += len(piece)
        if total > LARGEST:
            raise FileProblem(TOO_LARGE.format(name=name, size=f"over {LARGEST / 2**20:,.0f}", limit=LARGEST // 2**20))
        if stopped():
            raise Stopped
        with _on_disk(name):
            target.write(piece)
    if not total:
        raise FileProblem(EMPTY.format(name=name))
