"""Scopes: the playground refuses a method whose scope the app's manifest doesn't have, as Slack does."""

from collections.abc import Iterator

import httpx
import pytest
from slack_sdk import WebClient

from bot.playground import manifest
from bot.playground.server import PlaygroundServer
from bot.playground.state import BOT_TOKEN
from bot.playground.web_api import METHODS
from tests.file_desk import BEARER, PLAIN, Json, error

BY_TYPE = "conversations."
OF_BOTS = sorted(name for name, method in METHODS.items() if method.token == BOT_TOKEN and not name.startswith(BY_TYPE))
GRANTED = ["commands", "channels:read"]


@pytest.fixture(scope="module")
def slack() -> Iterator[str]:
    """The address of a playground whose app may do next to nothing."""
    poor = manifest.parse({"oauth_config": {"scopes": {"bot": GRANTED}}})
    with PlaygroundServer(manifest=poor) as server:
        yield f"{server.url}/api/"


@pytest.mark.parametrize("method", OF_BOTS)
def test_a_method_without_its_scope_is_refused_whatever_is_asked(slack: str, method: str) -> None:
    answer: Json = httpx.post(f"{slack}{method}", headers=BEARER, **PLAIN).json()

    if not METHODS[method].scopes:
        assert answer.get("error") != "missing_scope"
        return
    needed = ",".join(METHODS[method].scopes)
    assert answer == {"ok": False, "error": "missing_scope", "needed": needed, "provided": ",".join(GRANTED)}


@pytest.mark.parametrize("method", ["chat.getPermalink", "views.open", "auth.test"])
def test_some_methods_need_none(method: str) -> None:
    assert METHODS[method].scopes == ()


def test_conversations_are_read_with_the_scope_of_their_type(slack: str) -> None:
    client = WebClient(token="xoxb-playground", base_url=slack)
    assert client.conversations_info(channel="C0LAUNCH")["channel"]["name"] == "launch"
    assert client.conversations_members(channel="C0LAUNCH")["members"]
    assert client.conversations_list()["channels"]

    for refused in (
        error(client.conversations_info, channel="D0ANA"),
        error(client.conversations_members, channel="D0ANA"),
        error(client.conversations_list, types="public_channel,im"),
    ):
        assert (refused["error"], refused["needed"]) == ("missing_scope", "im:read")
