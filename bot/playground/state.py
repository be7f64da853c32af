"""What the playground's workspace holds: people, channels, messages, views and files, all in memory."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.playground.errors import SlackError

TEAM = {"id": "T0PLAY", "name": "Playground", "domain": "playground"}
TEAM_ID = "T0PLAY"
BOT_USER, BOT_ID, APP_ID = "U0DESK", "B0DESK", "A0DESK"
BOT_TOKEN, APP_TOKEN, SIGNING_SECRET = "xoxb-playground", "xapp-playground", "playground"
VERIFICATION_TOKEN = "playground-verification"


@dataclass(frozen=True, slots=True)
class User:
    """A member of the workspace; one of them is the bot."""

    id: str
    name: str
    real_name: str
    color: str
    tz: str
    tz_offset: int
    is_bot: bool = False


@dataclass(slots=True)
class Channel:
    """A public channel, or the direct messages between one person and the bot."""

    id: str
    name: str
    members: list[str]
    topic: str = ""
    user: str | None = None

    @property
    def is_im(self) -> bool:
        """Direct messages have exactly one person on the other side."""
        return self.user is not None


@dataclass(slots=True)
class Stream:
    """The live half of a message that is still being written."""

    started: float
    mode: str | None = None
    tasks: dict[str, dict[str, Any]] = field(default_factory=dict)
    plan: str | None = None
    chunk_blocks: list[dict[str, Any]] = field(default_factory=list)
    markdown: str = ""


@dataclass(slots=True)
class Message:
    """One message; `only_for` makes it an ephemeral one."""

    ts: str
    channel: str
    user: str
    text: str = ""
    blocks: list[dict[str, Any]] = field(default_factory=list)
    composed: bool = False  # Slack made the blocks from the text, so a new text replaces them
    attachments: list[dict[str, Any]] = field(default_factory=list)
    bot_id: str | None = None
    thread_ts: str | None = None
    only_for: str | None = None
    subtype: str | None = None
    client_msg_id: str | None = None
    metadata: dict[str, Any] | None = None
    edited: dict[str, str] | None = None
    reactions: dict[str, list[str]] = field(default_factory=dict)
    files: list[dict[str, Any]] = field(default_factory=list)
    replies: list[str] = field(default_factory=list)
    stream: Stream | None = None


@dataclass(slots=True)
class View:
    """One open modal, or one person's App Home; `content` is what the bot sent, ids filled in."""

    id: str
    user: str
    content: dict[str, Any]
    hash: str
    root_view_id: str
    previous_view_id: str | None = None
    values: dict[str, Any] = field(default_factory=dict)

    def shape(self) -> dict[str, Any]:
        """Return the view as Slack sends it."""
        defaults = {"private_metadata": "", "callback_id": "", "title": None, "close": None, "submit": None}
        flags = {"clear_on_close": False, "notify_on_close": False, "external_id": ""}
        own = {
            "id": self.id,
            "team_id": TEAM_ID,
            "app_id": APP_ID,
            "bot_id": BOT_ID,
            "app_installed_team_id": TEAM_ID,
            "hash": self.hash,
            "root_view_id": self.root_view_id,
            "previous_view_id": self.previous_view_id,
            "state": {"values": self.values},
        }
        return {**defaults, **flags, **self.content, **own}


@dataclass(slots=True)
class File:
    """An uploaded file, from the moment its address is handed out; its bytes lie on the disk."""

    id: str
    name: str
    length: int
    user: str
    created: int
    alt_txt: str | None = None
    title: str | None = None
    path: Path | None = None
    shared: bool = False
    handed_over: bool = False  # in a form that the app was sent
    places: dict[str, str] = field(default_factory=dict)  # channel -> ts of the message that shows it


@dataclass
class State:
    """Everything that a restart forgets."""

    users: dict[str, User]
    channels: dict[str, Channel]
    messages: dict[str, dict[str, Message]]
    homes: dict[str, View] = field(default_factory=dict)
    stacks: dict[str, list[View]] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    prompts: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    statuses: set[tuple[str, str]] = field(default_factory=set)

    def person(self, user: str | None) -> User:
        """Return a user or refuse as Slack does."""
        if user is None or user not in self.users:
            raise SlackError("user_not_found")
        return self.users[user]

    def channel(self, channel: str) -> Channel:
        """Return a channel by its id, by #name, or the direct messages with a user id."""
        for found in self.channels.values():
            if channel in (found.id, found.user) or (not found.is_im and channel.lstrip("#") == found.name):
                return found
        raise SlackError("channel_not_found")

    def message(self, channel: str, ts: str) -> Message:
        """Return a message that everybody in its channel can see."""
        found = self.messages[self.channel(channel).id].get(ts)
        if found is None or found.only_for is not None:
            raise SlackError("message_not_found")
        return found

    def view(self, view_id: str) -> View:
        """Return an open view or a home by its id."""
        for view in [*self.homes.values(), *(view for stack in self.stacks.values() for view in stack)]:
            if view.id == view_id:
                return view
        raise SlackError("not_found")


def first_day() -> State:
    """Return the workspace as everybody finds it: three people, three channels, one bot."""
    people = [
        User("U0ANA", "ana", "Ana Reyes", "9f69e7", "America/Los_Angeles", -28800),
        User("U0BEN", "ben", "Ben Okafor", "4bbe2e", "Europe/London", 0),
        User("U0CHLOE", "chloe", "Chloe Lindqvist", "e7392d", "Europe/Stockholm", 3600),
    ]
    bot = User(BOT_USER, "copydesk", "Copydesk", "3c989f", "America/Los_Angeles", -28800, is_bot=True)
    names = [person.id for person in people]
    channels = [
        Channel("C0LAUNCH", "launch", [*names, BOT_USER], "Everything for the launch"),
        Channel("C0SOCIAL", "social", [*names, BOT_USER], "Posts, replies, campaigns"),
        Channel("C0RANDOM", "random", list(names), "Anything else"),
        *(Channel(f"D{person.id[1:]}", "directmessage", [person.id, BOT_USER], user=person.id) for person in people),
    ]
    return State(
        users={user.id: user for user in [*people, bot]},
        channels={channel.id: channel for channel in channels},
        messages={channel.id: {} for channel in channels},
    )
