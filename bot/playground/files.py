"""Files as Slack describes them, who may see them, and the messages and forms they are in.

Shapes: docs.slack.dev/reference/objects/file-object, and the message_file_share event of slack-web 2.2's golden tests.
"""

import mimetypes
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from bot.playground import elements
from bot.playground.errors import SlackError
from bot.playground.slack import Slack
from bot.playground.state import BOT_USER, TEAM_ID, File, Message

LARGEST_FILE = 1_000_000_000  # slack.com/help/articles/201330736: "up to 1 GB"
MOST_IN_A_MESSAGE = 10
FILE_ID = re.compile(r"F0[A-Z0-9]{9}")
FILETYPES = {"txt": "text", "jpeg": "jpg", "": "binary"}


def uploaded(slack: Slack, user: str, ids: Any) -> list[File]:
    """Return a person's own files that are uploaded and in no message yet."""
    if not isinstance(ids, list) or len(ids) > MOST_IN_A_MESSAGE:
        raise SlackError("invalid_arguments", [f"no more than {MOST_IN_A_MESSAGE} items allowed [json-pointer:/files]"])
    found = [slack.state.files.get(str(one)) for one in ids]
    return [_ready(file, user) for file in found]


def _ready(file: File | None, user: str) -> File:
    if file is None or file.user != user or file.path is None or file.shared:
        raise SlackError("file_not_found")
    return file


def share(slack: Slack, message: Message, shown: Sequence[File]) -> None:
    """Put files into a message that is about to be posted."""
    for file in shown:
        file.shared = True
        file.places[message.channel] = message.ts
    message.subtype = "file_share"
    message.files = [shape(slack, file) for file in shown]


def entered(
    slack: Slack, user: str, blocks: list[dict[str, Any]], given: Mapping[str, Mapping[str, Any]]
) -> Mapping[str, Mapping[str, Any]]:
    """Return what a person entered in a form, with file objects in place of the ids of the files they chose."""
    found = {block_id: dict(values) for block_id, values in given.items()}
    for block, element in elements.walk(blocks):
        values = found.get(block["block_id"], {})
        if element["type"] == "file_input" and values.get(element["action_id"]):
            chosen = uploaded(slack, user, values[element["action_id"]])
            values[element["action_id"]] = [shape(slack, file) for file in chosen]
            for file in chosen:
                file.handed_over = True
    return found


def open_to_bot(slack: Slack, file: File) -> bool:
    """Tell whether the bot may read a file: its own, one in a form it was sent, or one in a channel it is in."""
    members = (slack.state.channels[channel].members for channel in file.places)
    return file.user == BOT_USER or file.handed_over or any(BOT_USER in some for some in members)


def pictures_are_ready(slack: Slack, blocks: list[dict[str, Any]]) -> None:
    """Refuse blocks that show an uploaded picture before its upload is complete, or that is none."""
    wrong = []
    for pointer, node in _images(blocks, "/blocks"):
        shown = node.get("slack_file") or {}
        known = FILE_ID.search(str(shown.get("id") or shown.get("url")))
        file = slack.state.files.get(known[0]) if known else None
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


def filetype(file: File) -> str:
    """Return Slack's word for a file's type: the ending of its name, with a few words of Slack's own."""
    ending = file.name.lower().rpartition(".")[2] if "." in file.name else ""
    return FILETYPES.get(ending, ending)


def shape(slack: Slack, file: File) -> dict[str, Any]:
    """Return a file as Slack shows it in a message and in a form's state."""
    name = quote(re.sub(r"[^\w.-]+", "_", file.name.lower()).strip(".") or "file")
    private = f"{slack.address}/files-pri/{TEAM_ID}-{file.id}"
    flags = {"editable": False, "is_external": False, "public_url_shared": False, "display_as_bot": False}
    fields = {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.title or file.name,
        "mimetype": mimetype(file),
        "filetype": filetype(file),
        "pretty_type": filetype(file).upper(),
        "user": file.user,
        "user_team": TEAM_ID,
        "size": file.length,
        "mode": "hosted",
        "external_type": "",
        "username": "",
        "is_public": bool(_channels(slack, file)),
        "url_private": f"{private}/{name}",
        "url_private_download": f"{private}/download/{name}",
        "permalink": f"{slack.address}/files/{file.user}/{file.id}/{name}",
        "has_rich_preview": False,
        "file_access": "visible",
    }
    return fields | flags | ({} if file.alt_txt is None else {"alt_txt": file.alt_txt})


def full_shape(slack: Slack, file: File) -> dict[str, Any]:
    """Return a file as files.info shows it: with the places that it is in."""
    public = _channels(slack, file)
    private = [channel for channel in file.places if channel not in public]
    shares = {"public": _shares(slack, file, public), "private": _shares(slack, file, private)}
    places = {"channels": public, "groups": [], "ims": private}
    return shape(slack, file) | places | {"shares": {kind: found for kind, found in shares.items() if found}}


def _channels(slack: Slack, file: File) -> list[str]:
    return [channel for channel in file.places if not slack.state.channels[channel].is_im]


def _shares(slack: Slack, file: File, channels: Sequence[str]) -> dict[str, Any]:
    named = {channel: slack.state.channels[channel].name for channel in channels}
    return {
        channel: [{"ts": file.places[channel], "channel_name": name, "team_id": TEAM_ID}]
        for channel, name in named.items()
    }
