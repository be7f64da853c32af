"""The Slack app's manifest says what the code does, no more and no less."""

import json
import re
from concurrent.futures import Future
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from slack_bolt import App
from slack_sdk import WebClient

from bot import learning, rounds_part, sentiment_parts
from bot.__main__ import MANIFEST
from bot.app import register
from bot.desk import Desk
from bot.engines import Source
from bot.intake import Intake
from bot.playground.web_api import METHODS
from bot.refresher import Refresher
from bot.sentiment_readers import Readers
from bot.settings import Settings
from bot.tastes import Tastes
from model.sentiment import OpenSentiment, SentimentError
from storage.database import Storage
from tests.fake_engine import FakeEngine

ROOT = Path(__file__).parent.parent
# Slack's own limits (manifest schema 2.0.0) for everything that our manifest uses.
SCHEMA = Path(__file__).with_name("manifest.schema.json")
MAX_SCOPES = 10
FAMILIES = sorted({name.split(".")[0] for name in METHODS})
SEVERAL = {
    "chat_stream": ["chat.startStream", "chat.appendStream", "chat.stopStream"],
    "files_upload_v2": ["files.getUploadURLExternal", "files.completeUploadExternal"],
}
"""What the client has one name for and Slack several."""


@pytest.fixture
def manifest() -> dict[str, Any]:
    parsed: dict[str, Any] = json.loads(MANIFEST.read_text("utf-8"))
    return parsed


def test_it_satisfies_slacks_schema(manifest: dict[str, Any]) -> None:
    jsonschema.validate(manifest, json.loads(SCHEMA.read_text("utf-8")))


def test_a_broken_manifest_does_not(manifest: dict[str, Any]) -> None:
    manifest["features"]["slash_commands"][0]["command"] = "copy"

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(manifest, json.loads(SCHEMA.read_text("utf-8")))


def test_every_command_and_event_has_a_listener_and_the_other_way_round(
    manifest: dict[str, Any], tmp_path: Path
) -> None:
    commands, events, shortcuts = _registered(tmp_path)

    assert {one["command"] for one in manifest["features"]["slash_commands"]} == commands
    assert {one["callback_id"] for one in manifest["features"]["shortcuts"]} == shortcuts
    listed = {name.split(".")[0] for name in manifest["settings"]["event_subscriptions"]["bot_events"]}
    assert listed == events


def test_the_agent_view_is_used_and_the_old_one_is_not(manifest: dict[str, Any]) -> None:
    assert "agent_view" in manifest["features"]
    assert "assistant_view" not in manifest["features"]


def test_scopes_are_few_and_each_is_justified_in_the_readme(manifest: dict[str, Any]) -> None:
    scopes = manifest["oauth_config"]["scopes"]["bot"]
    readme = (ROOT / "README.md").read_text("utf-8")

    assert len(scopes) <= MAX_SCOPES
    assert set(re.findall(r"^\| `([a-z_]+(?::[a-z_]+)?)` \|", readme, re.MULTILINE)) >= set(scopes)


def test_the_app_may_call_every_method_that_the_code_calls(manifest: dict[str, Any]) -> None:
    granted = set(manifest["oauth_config"]["scopes"]["bot"])
    called = _called()

    assert {"conversations.info", "chat.startStream", "files.completeUploadExternal", "users.info"} <= called
    for name in sorted(called):
        assert not METHODS[name].scopes or granted & set(METHODS[name].scopes), name


def _called() -> set[str]:
    """The Web API methods that the bot calls, by the names that its client has for them."""
    code = "\n".join(path.read_text("utf-8") for path in MANIFEST.parent.glob("*.py"))
    found = re.findall(rf"\.((?:{'|'.join(FAMILIES)})_\w+)\(", code)
    return {name for one in found for name in SEVERAL.get(one, [one.replace("_", ".")])}


def _registered(folder: Path) -> tuple[set[str], set[str], set[str]]:
    """The commands, events and shortcuts that listeners were registered for."""
    commands: set[str] = set()
    events: set[str] = set()
    shortcuts: set[str] = set()

    class Recording(App):
        def command(self, command: Any, *args: Any, **kwargs: Any) -> Any:
            commands.add(command)
            return super().command(command, *args, **kwargs)

        def event(self, event: Any, *args: Any, **kwargs: Any) -> Any:
            events.add(event)
            return super().event(event, *args, **kwargs)

        def shortcut(self, constraints: Any, *args: Any, **kwargs: Any) -> Any:
            shortcuts.add(constraints)
            return super().shortcut(constraints, *args, **kwargs)

    def clock() -> datetime:
        return datetime.now(UTC)

    def no_model(_weights: Path | None) -> OpenSentiment:
        raise SentimentError("Nothing is read here.")

    storage = Storage(folder / "unused.db")
    desk = Desk(storage, clock=clock, limit=1, workers=0, first_wait=0)
    recording = Recording(token="xoxb-1", signing_secret="s", token_verification_enabled=False)
    intake = Intake(desk=desk, clock=clock, limit=1, languages=None, storage=storage)
    refresher = Refresher(WebClient(), storage)
    source, settings = Source(FakeEngine, None, None, None, None), Settings(copydesk_data=folder)
    part = rounds_part.build(settings, storage, WebClient(), clock, source, Future(), ExitStack())
    felt = sentiment_parts.build(storage, Readers(no_model, folder), clock=clock, limit=1, first_wait=0)
    tastes = Tastes(storage)
    learnt = learning.build(storage, tastes, part, felt, desk=desk, refresher=refresher, clock=clock, setting="ask")
    register(recording, intake, storage, refresher, learnt)
    return commands, events, shortcuts
