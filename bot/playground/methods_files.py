"""The files.* methods: an address to upload to, then a message that shares the files."""

from typing import Any

from bot.playground import files, limits_blocks, messages, scopes
from bot.playground.arguments import Arguments
from bot.playground.errors import SlackError
from bot.playground.methods import Method
from bot.playground.methods_chat import member
from bot.playground.rates import Tier
from bot.playground.slack import Slack
from bot.playground.state import BOT_USER, Channel, File

LONGEST_ALT_TEXT = 1000


def upload_url(slack: Slack, call: Arguments) -> dict[str, Any]:
    """files.getUploadURLExternal."""
    name, length = call.required("filename"), call.number("length", 0)
    if not 0 < length <= files.LARGEST_FILE:
        raise SlackError("invalid_arguments", [f"must be between 1 and {files.LARGEST_FILE} [json-pointer:/length]"])
    alt_txt = call.text("alt_txt")
    if alt_txt is not None and len(alt_txt) > LONGEST_ALT_TEXT:
        raise SlackError("alt_txt_too_large")
    file = File(slack.ids.letters("F"), name, length, BOT_USER, int(slack.clock()), alt_txt)
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
        if file is None or file.path is None or file.shared or file.user != BOT_USER:
            raise SlackError("file_not_found")
        file.title = entry.get("title") or file.name
        uploaded.append(file)
    return uploaded


def _share(slack: Slack, channel: Channel, uploaded: list[File], call: Arguments) -> None:
    message = messages.bot_message(slack, channel.id)
    message.text = call.text("initial_comment") or ""
    given = call.structure("blocks", "invalid_blocks_format")
    message.blocks = [] if given is None else limits_blocks.message_blocks(given, slack.ids)
    files.share(slack, message, uploaded)
    message.thread_ts = call.text("thread_ts")
    messages.post(slack, message)


def info(slack: Slack, call: Arguments) -> dict[str, Any]:
    """files.info; docs.slack.dev/reference/methods/files.info."""
    file = slack.state.files.get(call.required("file"))
    if file is None or file.path is None or not files.open_to_bot(slack, file):
        raise SlackError("file_not_found")
    return {"file": files.full_shape(slack, file), "comments": [], "response_metadata": {"next_cursor": ""}}


METHODS = {
    "files.info": Method(info, Tier.T4, scopes=(scopes.READ_FILES,)),
    "files.getUploadURLExternal": Method(upload_url, Tier.T4, scopes=(scopes.SEND_FILES,)),
    "files.completeUploadExternal": Method(complete, Tier.T4, scopes=(scopes.SEND_FILES,)),
}
