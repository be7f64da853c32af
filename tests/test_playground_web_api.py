"""The Web API through the real slack_sdk: what it answers, what it refuses and with which of Slack's words."""

import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler, ServerErrorRetryHandler

from bot.playground.clock import ManualClock
from bot.playground.rates import POST_BURST
from bot.playground.server import PlaygroundServer
from tests.visitor import Visitor

# On this machine there is no TLS; loading the certificates would cost each request 30 ms.
PLAIN: dict[str, Any] = {"trust_env": False, "verify": False}
BEARER = {"authorization": "Bearer xoxb-playground"}

CLOCK = ManualClock()


@pytest.fixture(scope="module")
def server() -> Iterator[PlaygroundServer]:
    with PlaygroundServer(clock=CLOCK) as running:
        yield running


@pytest.fixture
def client(server: PlaygroundServer) -> WebClient:
    CLOCK.advance(120)
    return WebClient(token="xoxb-playground", base_url=f"{server.url}/api/")


@pytest.fixture
def ana(server: PlaygroundServer) -> Iterator[Visitor]:
    with Visitor(server.url) as visitor:
        yield visitor


def error(call: Any, **arguments: Any) -> str:
    with pytest.raises(SlackApiError) as refused:
        call(**arguments)
    return str(refused.value.response["error"])


def test_the_bot_is_told_who_it_is(client: WebClient) -> None:
    answer = client.auth_test()

    assert (answer["user_id"], answer["bot_id"], answer["team_id"]) == ("U0DESK", "B0DESK", "T0PLAY")


@pytest.mark.parametrize(
    ("token", "method", "expected"),
    [
        (None, "auth.test", "not_authed"),
        ("xoxb-somebody", "auth.test", "invalid_auth"),
        ("xapp-playground", "auth.test", "not_allowed_token_type"),
        ("xoxb-playground", "apps.connections.open", "not_allowed_token_type"),
        ("xoxb-playground", "chat.whisper", "unknown_method"),
    ],
)
def test_tokens_and_methods_are_checked(
    server: PlaygroundServer, token: str | None, method: str, expected: str
) -> None:
    headers = {"authorization": f"Bearer {token}"} if token else {}

    answer = httpx.post(f"{server.url}/api/{method}", headers=headers, **PLAIN).json()

    assert answer == {"ok": False, "error": expected}


def test_a_message_is_seen_and_its_ts_increases_while_the_clock_stands(client: WebClient, ana: Visitor) -> None:
    first = client.chat_postMessage(channel="C0LAUNCH", text="one")
    second = client.chat_postMessage(channel="#launch", text="two", metadata=METADATA)

    seen = ana.wait_for(lambda page: [m for m in page.messages() if m["ts"] >= first["ts"]][1:])
    assert (seen[0]["text"], seen[0]["ts"], seen[0]["metadata"]) == ("two", second["ts"], METADATA)
    assert first["ts"] < second["ts"]


METADATA = {"event_type": "draft", "event_payload": {"id": 7}}
POST: dict[str, dict[str, Any]] = {
    "channel_not_found": {"channel": "C0NOWHERE", "text": "x"},
    "not_in_channel": {"channel": "C0RANDOM", "text": "x"},
    "no_text": {"channel": "C0LAUNCH", "text": ""},
    "msg_too_long": {"channel": "C0LAUNCH", "text": "x" * 40_001},
    "thread_not_found": {"channel": "C0LAUNCH", "text": "x", "thread_ts": "1.000000"},
    "invalid_blocks_format": {"channel": "C0LAUNCH", "text": "x", "blocks": "{not json"},
    "invalid_metadata_format": {"channel": "C0LAUNCH", "text": "x", "metadata": {"event_type": 1}},
    "invalid_attachments": {"channel": "C0LAUNCH", "text": "x", "attachments": ["x"]},
    "too_many_attachments": {"channel": "C0LAUNCH", "text": "x", "attachments": [{"text": "x"}] * 101},
    "invalid_blocks": {"channel": "C0LAUNCH", "text": "x", "attachments": [{"blocks": [{"type": "rainbow"}]}]},
    "markdown_text_conflict": {"channel": "C0LAUNCH", "text": "x", "markdown_text": "y"},
}


@pytest.mark.parametrize(("expected", "arguments"), POST.items(), ids=POST)
def test_messages_are_refused_in_slacks_words(client: WebClient, expected: str, arguments: Any) -> None:
    # Without the SDK's own method, which warns about what is tested here.
    assert error(client.api_call, api_method="chat.postMessage", json=arguments) == expected


def test_a_message_to_a_person_goes_to_their_direct_messages(client: WebClient) -> None:
    answer = client.chat_postMessage(channel="U0BEN", text="x" * 40_000)

    assert answer["channel"] == "D0BEN"
    assert client.conversations_open(users="U0BEN")["channel"]["id"] == "D0BEN"


def test_a_reply_is_counted_and_a_deleted_parent_leaves_a_tombstone(client: WebClient, ana: Visitor) -> None:
    parent = client.chat_postMessage(channel="C0LAUNCH", text="parent")["ts"]
    reply = client.chat_postMessage(channel="C0LAUNCH", text="reply", thread_ts=parent)["ts"]
    client.chat_postMessage(channel="C0LAUNCH", text="nested", thread_ts=reply)
    client.chat_delete(channel="C0LAUNCH", ts=parent)

    ana.wait_for(lambda page: [m for m in page.messages() if m.get("subtype") == "tombstone"])
    assert [message["text"] for message in ana.thread("C0LAUNCH", parent)] == ["reply", "nested"]
    assert error(client.chat_delete, channel="C0LAUNCH", ts="1.0") == "message_not_found"


def test_only_own_messages_can_be_changed(client: WebClient, ana: Visitor) -> None:
    theirs = ana.type("mine")["ts"]
    ours = client.chat_postMessage(channel="C0LAUNCH", text="old", blocks=[{"type": "divider"}])["ts"]

    changed = client.chat_update(channel="C0LAUNCH", ts=ours, text="new")

    assert changed["message"]["edited"]["user"] == "U0DESK"
    assert len(changed["message"]["blocks"]) == 1, "Slack keeps blocks that an update leaves out"
    assert error(client.chat_update, channel="C0LAUNCH", ts=theirs, text="x") == "cant_update_message"
    assert error(client.chat_delete, channel="C0LAUNCH", ts=theirs) == "cant_delete_message"


def test_an_ephemeral_message_is_seen_by_one_person(client: WebClient, server: PlaygroundServer) -> None:
    with Visitor(server.url, "U0BEN") as ben, Visitor(server.url, "U0ANA") as ana:
        client.chat_postEphemeral(channel="C0LAUNCH", user="U0BEN", text="psst")
        after = client.chat_postMessage(channel="C0LAUNCH", text="after")["ts"]
        for visitor in (ana, ben):
            visitor.wait_for(lambda page: page.messages()[-1]["ts"] == after)

        assert ben.messages()[-2]["ephemeral"]
        assert "psst" not in str(ana)
    assert error(client.chat_postEphemeral, channel="D0ANA", user="U0BEN", text="x") == "user_not_in_channel"


def test_reactions(client: WebClient) -> None:
    ts = client.chat_postMessage(channel="C0LAUNCH", text="vote")["ts"]
    where = {"channel": "C0LAUNCH", "timestamp": ts}

    client.reactions_add(name="thumbsup", **where)

    message = client.reactions_get(**where)["message"]
    assert message["reactions"] == [{"name": "+1", "count": 1, "users": ["U0DESK"]}]
    assert error(client.reactions_add, name="+1", **where) == "already_reacted"
    assert error(client.reactions_remove, name="eyes", **where) == "no_reaction"
    assert error(client.reactions_add, name="not an emoji", **where) == "invalid_name"
    assert error(client.reactions_add, channel="C0LAUNCH", timestamp="1.0", name="+1") == "message_not_found"
    client.reactions_remove(name="+1", **where)
    assert "reactions" not in client.reactions_get(**where)["message"]


def test_permalinks_lead_to_messages(client: WebClient) -> None:
    ts = client.chat_postMessage(channel="C0LAUNCH", text="x")["ts"]

    link = client.chat_getPermalink(channel="C0LAUNCH", message_ts=ts)["permalink"]

    assert link.endswith(f"/archives/C0LAUNCH/p{ts.replace('.', '')}")


def test_lists_come_in_pages(client: WebClient) -> None:
    pages = list(client.conversations_list(limit=2, types="public_channel,im"))
    members = [member for page in client.users_list(limit=1) for member in page["members"]]

    assert [len(page["channels"]) for page in pages] == [2, 2, 2]
    assert [member["name"] for member in members] == ["ana", "ben", "chloe", "copydesk"]
    assert error(client.users_list, cursor="nonsense") == "invalid_cursor"


def test_people_channels_and_bots_are_known(client: WebClient) -> None:
    assert client.users_info(user="U0ANA")["user"]["tz"] == "America/Los_Angeles"
    assert error(client.users_info, user="U0NOBODY") == "user_not_found"
    assert client.conversations_info(channel="C0RANDOM")["channel"]["is_member"] is False
    assert "U0DESK" in client.conversations_members(channel="C0LAUNCH")["members"]
    assert client.bots_info(bot="B0DESK")["bot"]["app_id"] == "A0DESK"


def test_a_file_is_uploaded_and_shared_in_a_thread(client: WebClient, ana: Visitor) -> None:
    parent = client.chat_postMessage(channel="C0LAUNCH", text="parent")["ts"]

    client.files_upload_v2(
        content="a,b\n1,2\n",
        filename="rows.csv",
        title="Rows",
        alt_txt="Two rows",
        channel="C0LAUNCH",
        thread_ts=parent,
        initial_comment="Here they are",
    )

    shared = ana.wait_for(lambda page: [m for m in page.thread("C0LAUNCH", parent) if m.get("files")])[0]
    file = shared["files"][0]
    assert (shared["text"], file["title"], file["alt_txt"]) == ("Here they are", "Rows", "Two rows")
    content = httpx.get(file["url_private"], headers=BEARER, **PLAIN)
    assert content.text == "a,b\n1,2\n"
    assert "sandbox" in content.headers["content-security-policy"]


def test_a_file_that_was_not_uploaded_cannot_be_shared(client: WebClient) -> None:
    address = client.files_getUploadURLExternal(filename="a.txt", length=3)
    files = [{"id": address["file_id"], "title": "a"}]

    short = httpx.post(address["upload_url"], content=b"ab", **PLAIN)

    assert short.status_code == 400
    assert error(client.files_completeUploadExternal, files=files) == "file_not_found"


def test_a_block_shows_an_uploaded_picture_once_its_upload_is_complete(client: WebClient) -> None:
    address = client.files_getUploadURLExternal(filename="a.png", length=3)
    picture = {"type": "image", "alt_text": "a", "slack_file": {"id": address["file_id"]}}
    message: dict[str, Any] = {"channel": "C0LAUNCH", "text": "a", "blocks": [picture]}

    too_early = error(client.chat_postMessage, **message)
    httpx.post(address["upload_url"], content=b"png", **PLAIN)
    client.files_completeUploadExternal(files=[{"id": address["file_id"], "title": "a"}])

    assert too_early == "invalid_blocks"
    assert client.chat_postMessage(**message)["ok"]
    text = client.files_upload_v2(content="a", filename="a.txt")["files"][0]["id"]
    assert error(client.chat_postMessage, **message | {"blocks": [picture | {"slack_file": {"id": text}}]}) == too_early


def test_prompts_and_status(client: WebClient, ana: Visitor) -> None:
    ts = ana.type("hello", channel="D0ANA")["ts"]
    prompt = {"title": "A tweet", "message": "tweet for a mug"}
    where = {"channel_id": "D0ANA", "thread_ts": ts}

    client.assistant_threads_setSuggestedPrompts(prompts=[prompt] * 4, **where)
    client.assistant_threads_setStatus(status="is writing…", loading_messages=["Thinking"], **where)
    client.assistant_threads_setTitle(title="Mug", **where)
    client.chat_postMessage(channel="D0ANA", thread_ts=ts, text="done")

    ana.wait_for(lambda page: len(page.statuses) == 2)
    assert len(ana.prompts) == 4
    assert [status["status"] for status in ana.statuses] == ["is writing…", ""], "a reply ends the status"
    assert error(client.assistant_threads_setSuggestedPrompts, prompts=[prompt] * 5, **where) == "invalid_arguments"


def test_messages_are_limited_to_one_a_second_with_bursts(client: WebClient) -> None:
    for number in range(POST_BURST):
        client.chat_postMessage(channel="C0SOCIAL", text=str(number))

    with pytest.raises(SlackApiError) as limited:
        client.chat_postMessage(channel="C0SOCIAL", text="one too many")
    CLOCK.advance(1)
    client.chat_postMessage(channel="C0SOCIAL", text="a second later")

    assert limited.value.response.status_code == 429
    assert limited.value.response.headers["retry-after"] == "1"
    assert limited.value.response["error"] == "ratelimited"


def test_each_tier_has_its_limit(client: WebClient) -> None:
    for _ in range(20):
        client.users_list()

    assert error(client.users_list) == "ratelimited"
    CLOCK.advance(3)
    assert client.users_list()["ok"]


def test_the_sdk_waits_out_a_429_and_tries_a_500_again(client: WebClient, server: PlaygroundServer) -> None:
    client.retry_handlers += [RateLimitErrorRetryHandler(1), ServerErrorRetryHandler(1)]
    faults = f"{server.url}/playground/faults"
    for fault in ("500", "slow"):
        body = {"method": "auth.test", "fault": fault, "seconds": 0.05}
        assert httpx.post(faults, json=body, **PLAIN).json()["ok"]

    begun = time.monotonic()
    assert client.auth_test()["ok"]
    httpx.post(faults, json={"method": "*", "fault": "429", "retry_after": 1}, **PLAIN)
    assert client.auth_test()["ok"]

    assert time.monotonic() - begun > 1
    assert httpx.request("DELETE", faults, **PLAIN).json()["ok"]
    assert httpx.post(faults, json={"fault": "flood"}, **PLAIN).status_code == 400


def test_forms_are_read_as_well_as_json(server: PlaygroundServer) -> None:
    form = {"token": "xoxb-playground", "channel": "C0LAUNCH", "blocks": '[{"type": "divider"}]'}

    answer = httpx.post(f"{server.url}/api/chat.postMessage", data=form, **PLAIN).json()

    assert answer["message"]["blocks"][0]["type"] == "divider"
