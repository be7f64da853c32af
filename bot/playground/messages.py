"""Messages: posted, changed, reacted to and taken away, with everything that Slack does on the side."""

import re
import uuid

from bot.playground import events
from bot.playground.errors import SlackError
from bot.playground.slack import Slack
from bot.playground.state import BOT_ID, BOT_USER, Message

EMOJI = re.compile(r"[a-z0-9_+'-]{1,100}(::skin-tone-[2-6])?")
ALIASES = {"thumbsup": "+1", "thumbsdown": "-1"}
TOMBSTONE = "This message was deleted."


def bot_message(slack: Slack, channel: str) -> Message:
    """Return an empty message from the bot; nobody sees it before it is posted."""
    return Message(ts=slack.ids.ts(), channel=channel, user=BOT_USER, bot_id=BOT_ID)


def person_message(slack: Slack, channel: str, user: str, text: str) -> Message:
    """Return a message as a person's Slack client sends it."""
    client_msg_id = str(uuid.uuid4())
    return Message(slack.ids.ts(), channel, user, text=text, client_msg_id=client_msg_id)


def post(slack: Slack, message: Message) -> None:
    """Put a message into its channel, count it in its thread, and tell everybody."""
    parent = thread(slack, message.channel, message.thread_ts)
    slack.state.messages[message.channel][message.ts] = message
    if parent is not None:
        message.thread_ts = parent.ts
        if message.only_for is None:
            parent.replies.append(message.ts)
    slack.live.message(message)
    if parent is not None and message.only_for is None:
        slack.live.message(parent)
        if message.bot_id is not None:
            show_status(slack, message.channel, parent.ts, "", [])
    if message.stream is None:
        events.message_posted(slack, message)


def show_status(slack: Slack, channel: str, thread_ts: str, status: str, loading: list[str]) -> None:
    """Show that the app is busy in a thread; an empty status, or the app's next reply, ends that."""
    if not status and (channel, thread_ts) not in slack.state.statuses:
        return
    change = slack.state.statuses.add if status else slack.state.statuses.discard
    change((channel, thread_ts))
    update = {"type": "status", "channel": channel, "thread_ts": thread_ts, "status": status}
    slack.live.tell_channel(channel, {**update, "loading_messages": loading})


def thread(slack: Slack, channel: str, thread_ts: str | None) -> Message | None:
    """Return the message that a thread hangs on; a reply's ts leads to its parent."""
    if thread_ts is None:
        return None
    found = slack.state.messages[channel].get(thread_ts)
    if found is None or found.only_for is not None:
        raise SlackError("thread_not_found")
    return thread(slack, channel, found.thread_ts) or found


def own(slack: Slack, channel: str, ts: str, error: str) -> Message:
    """Return one of the bot's messages, or refuse with the error for others' messages."""
    message = slack.state.message(channel, ts)
    if message.bot_id != BOT_ID:
        raise SlackError(error)
    return message


def delete(slack: Slack, message: Message) -> None:
    """Take a message away; one with replies leaves a tombstone, as in Slack."""
    if message.replies:
        message.text, message.subtype = TOMBSTONE, "tombstone"
        message.blocks, message.files, message.reactions = [], [], {}
        message.user, message.bot_id, message.metadata = "USLACKBOT", None, None
        slack.live.message(message)
        return
    del slack.state.messages[message.channel][message.ts]
    slack.live.deleted(message)
    parent = slack.state.messages[message.channel].get(message.thread_ts or "")
    if parent is not None and message.ts in parent.replies:
        parent.replies.remove(message.ts)
        slack.live.message(parent)


def emoji(name: str | None) -> str:
    """Return an emoji's name as Slack stores it: no colons, thumbsup as +1."""
    if name is None or not EMOJI.fullmatch(name.strip(":")):
        raise SlackError("invalid_name")
    first, *tone = name.strip(":").split("::")
    return "::".join([ALIASES.get(first, first), *tone])


def react(slack: Slack, message: Message, user: str, name: str | None) -> None:
    """Add a person's reaction."""
    known = emoji(name)
    users = message.reactions.setdefault(known, [])
    if user in users:
        raise SlackError("already_reacted")
    users.append(user)
    slack.live.message(message)
    events.reaction_changed(slack, message, user, known, added=True)


def unreact(slack: Slack, message: Message, user: str, name: str | None) -> None:
    """Take a person's reaction back."""
    known = emoji(name)
    users = message.reactions.get(known, [])
    if user not in users:
        raise SlackError("no_reaction")
    users.remove(user)
    if not users:
        del message.reactions[known]
    slack.live.message(message)
    events.reaction_changed(slack, message, user, known, added=False)
