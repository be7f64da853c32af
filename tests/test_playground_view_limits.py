"""The limits of modals and the App Home, each crossed once."""

from collections.abc import Iterator
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.playground import limits_views
from bot.playground.clock import ManualClock
from bot.playground.ids import Ids
from bot.playground.server import PlaygroundServer

Json = dict[str, Any]
CLOCK = ManualClock()


@pytest.fixture(scope="module")
def client() -> Iterator[WebClient]:
    with PlaygroundServer(clock=CLOCK) as server:
        yield WebClient(token="xoxb-playground", base_url=f"{server.url}/api/")


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def modal(*blocks: Json, **own: Any) -> Json:
    asks = {"type": "input", "label": plain("L"), "element": {"type": "plain_text_input"}}
    return {"type": "modal", "title": plain("T"), "submit": plain("S"), **own, "blocks": list(blocks) or [asks]}


def home(**own: Any) -> Json:
    return {"type": "home", "blocks": [{"type": "divider"}], **own}


def sections(count: int) -> list[Json]:
    return [{"type": "divider"}] * count


VIEWS: dict[str, tuple[Json, str]] = {
    "title": (modal(title=plain("x" * 25)), "/view/title/text]"),
    "submit": (modal(submit=plain("x" * 25)), "/view/submit/text]"),
    "close": (modal(close=plain("x" * 25)), "/view/close/text]"),
    "private_metadata": (modal(private_metadata="x" * 3001), "/view/private_metadata]"),
    "callback_id": (modal(callback_id="x" * 256), "/view/callback_id]"),
    "blocks": (modal(*sections(101)), "/view/blocks]"),
    "input without submit": ({**modal(), "submit": None}, "missing required field: submit"),
    "no title": ({**modal(), "title": None}, "missing required field: title"),
    "markdown": (modal({"type": "markdown", "text": "x"}), "unsupported type: markdown"),
    "feedback": (modal({"type": "context_actions", "elements": []}), "unsupported type: context_actions"),
    "a home": (home(), "unsupported type: home"),
}


@pytest.mark.parametrize(("view", "where"), VIEWS.values(), ids=VIEWS)
def test_views_have_limits(client: WebClient, view: Json, where: str) -> None:
    with pytest.raises(SlackApiError) as refused:
        client.views_open(trigger_id="unused", view=view)

    assert refused.value.response["error"] == "invalid_arguments"
    assert any(where in message for message in refused.value.response["response_metadata"]["messages"])


def test_views_at_their_limits_are_allowed() -> None:
    most = {"title": plain("🎉" * 24), "private_metadata": "字" * 3000, "callback_id": "x" * 255}

    assert len(limits_views.view(modal(*sections(100), **most), Ids(CLOCK), "modal")["blocks"]) == 100


def test_the_home_has_no_buttons_of_a_modal(client: WebClient) -> None:
    publish = client.views_publish

    first = publish(user_id="U0BEN", view=home())["view"]
    assert publish(user_id="U0BEN", view=home(), hash=first["hash"])["view"]["id"] == first["id"]
    refusals: dict[str, Json] = {
        "hash_conflict": {"user_id": "U0BEN", "view": home(), "hash": first["hash"]},
        "invalid_arguments": {"user_id": "U0BEN", "view": home(submit=plain("Go"))},
        "user_not_found": {"user_id": "U0NOBODY", "view": home()},
    }
    for error, arguments in refusals.items():
        with pytest.raises(SlackApiError, match=error):
            publish(**arguments)
