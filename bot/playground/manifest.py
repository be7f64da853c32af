"""What the playground reads from a Slack app manifest: commands, shortcuts, prompts, events, scopes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DEFAULT_EVENTS = frozenset({"app_home_opened", "app_mention", "message.im", "reaction_added", "reaction_removed"})


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command; `escaped` turns @ana into <@U0ANA|ana> in its text."""

    command: str
    description: str = ""
    usage_hint: str = ""
    escaped: bool = False

    def shape(self) -> dict[str, str]:
        """Return the command as the page lists it."""
        return {"command": self.command, "description": self.description, "usage_hint": self.usage_hint}


@dataclass(frozen=True, slots=True)
class Manifest:
    """The app as Slack knows it; without a manifest every /word is a command."""

    commands: tuple[Command, ...] | None = None
    shortcuts: tuple[dict[str, str], ...] = ()
    global_shortcuts: tuple[dict[str, str], ...] = ()
    prompts: tuple[dict[str, str], ...] = ()
    events: frozenset[str] = DEFAULT_EVENTS
    scopes: tuple[str, ...] = ()
    agent_view: bool = False

    def has_shortcut(self, callback_id: str, kind: str) -> bool:
        """Tell whether the app has a shortcut of this kind, "message" or "global"."""
        known = self.shortcuts if kind == "message" else self.global_shortcuts
        return self.commands is None or any(shortcut["callback_id"] == callback_id for shortcut in known)

    def grants(self, scope: str) -> bool:
        """Tell whether the bot's token has a scope; a manifest that names none grants everything."""
        return not self.scopes or scope in self.scopes

    def command(self, name: str) -> Command | None:
        """Return the command of that name, None when the app has none."""
        if self.commands is None:
            return Command(name)
        return next((command for command in self.commands if command.command == name), None)


def read(path: Path | None) -> Manifest:
    """Return the manifest in a file, or the one that allows everything."""
    return Manifest() if path is None else parse(json.loads(path.read_text(encoding="utf-8")))


def parse(manifest: Mapping[str, Any]) -> Manifest:
    """Return the parts of a manifest that change what Slack does."""
    features = manifest.get("features", {})
    commands = tuple(
        Command(
            command=entry["command"],
            description=entry.get("description", ""),
            usage_hint=entry.get("usage_hint", ""),
            escaped=bool(entry.get("should_escape")),
        )
        for entry in features.get("slash_commands", [])
    )
    prompts = tuple(
        {"title": entry["title"], "message": entry["message"]}
        for entry in features.get("agent_view", {}).get("suggested_prompts", [])
    )
    events = manifest.get("settings", {}).get("event_subscriptions", {}).get("bot_events", [])
    scopes = manifest.get("oauth_config", {}).get("scopes", {}).get("bot", [])
    return Manifest(
        commands=commands,
        shortcuts=_shortcuts(features, "message"),
        global_shortcuts=_shortcuts(features, "global"),
        prompts=prompts,
        events=frozenset(events),
        scopes=tuple(scopes),
        agent_view="agent_view" in features,
    )


def _shortcuts(features: Mapping[str, Any], kind: str) -> tuple[dict[str, str], ...]:
    return tuple(
        {"callback_id": entry["callback_id"], "name": entry["name"]}
        for entry in features.get("shortcuts", [])
        if entry.get("type") == kind
    )
