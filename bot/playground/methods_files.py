"""The files.* methods: an address to upload to, then a message that shares the files."""

from typing import Any

from bot.playground import files, limits_blocks, messages
from bot.playground.arguments import Arguments
from bot.playground.errors import SlackError
from bot.playground.methods import Method
from bot.playground.methods_chat import member
from bot.playground.rates import Tier
from bot.playground.slack import Slack
from bot.playground.state import Channel, File

LONGEST_ALT_TEXT = 1000
LARGEST_FILE = 100_000_000


def upload_url(slack: Slack, call: Arguments) -> dict[str, Any]:
    """files.getUploadURLExternal."""
    name, length = call.required("filename"), call.number("length", 0)
    if not 0 < length <= LARGEST_FILE:
        raise SlackError("invalid_arguments", [f"must be between 1 and {LARGEST_FILE} [json-pointer:/length]"])
    alt_txt = call.text("alt_txt")
    if alt_txt is not None and len(alt_txt) > LONGEST_ALT_TEXT:
        raise SlackError("alt_txt_too_large")
    file = File(slack.ids.letters("F"), name, length, alt_txt)
    slack.state.files[file.id] = file
    return {"upload_url": f"{slack.address}/upload/{file.id}", "file_id": file.id}


def complete(slack: Slack, call: Arguments) -> dict[str, Any]:
    """files.completeUploadExternal; without a channel the files stay private."""
    uploaded = _uploaded(slack, call)
    wanted = call.text("channel_id") or call.text("channels") or ""
    channels = [slack.state.channel(channel) for channel in wanted.split(",") if channel]
    thread_ts = call.text("thread_ts")
    if thread_ts is not None and len(channels) != 1:
        raise SlackError("invalid_arguments", ["thread_ts needs exactly one channel [json-pointer:/thread_ts]"])
    for channel in channels:
        member(channel)
        messages.thread(slack, channel.id, thread_ts)
    for file in uploaded:
        file.shared = True
    for channel in channels:
        _share(slack, channel, uploaded, call)
    return {"files": [files.shape(slack, file) for file in uploaded]}


def _uploaded(slack: Slack, call: Arguments) -> list[File]:
    entries = call.structure("files")
    if not isinstance(entries, list) or not entries or not all(isinstance(entry, dict) for entry in entries):
        raise SlackError("invalid_arguments", ["missing required field: files"])
    uploaded = []
    for entry in entries:
        file = slack.state.files.get(str(entry.get("id")))
        if file is None or file.content is None or file.shared:
            raise SlackError("file_not_found")
        file.title = entry.get("title") or file.name
        uploaded.append(file)
    return uploaded


def _share(slack: Slack, channel: Channel, uploaded: list[File], call: Arguments) -> None:
    message = messages.bot_message(slack, channel.id)
    message.subtype = "file_share"
    message.text = call.text("initial_comment") or ""
    given = call.structure("blocks", "invalid_blocks_format")
    message.blocks = [] if given is None else limits_blocks.message_blocks(given, slack.ids)
    message.files = [files.shape(slack, file) for file in uploaded]
    message.thread_ts = call.text("thread_ts")
    messages.post(slack, message)


METHODS = {
    "files.getUploadURLExternal": Method(upload_url, Tier.T4),
    "files.completeUploadExternal": Method(complete, Tier.T4),
}
