"""Streamed messages through the real slack_sdk, and every way in which Slack refuses them."""

from collections.abc import Iterator
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.models.messages.chunk import BlocksChunk, PlanUpdateChunk, TaskUpdateChunk

from bot.playground.clock import ManualClock
from bot.playground.server import PlaygroundServer
from tests.visitor import Visitor

CLOCK = ManualClock()
READER: dict[str, Any] = {"recipient_team_id": "T0PLAY", "recipient_user_id": "U0ANA"}


@pytest.fixture(scope="module")
def server() -> Iterator[PlaygroundServer]:
    with PlaygroundServer(clock=CLOCK) as running:
        yield running


@pytest.fixture
def client(server: PlaygroundServer) -> WebClient:
    CLOCK.advance(120)
    return WebClient(token="xoxb-playground", base_url=f"{server.url}/api/")


@pytest.fixture
def thread(client: WebClient) -> dict[str, Any]:
    ts = client.chat_postMessage(channel="C0LAUNCH", text="opener")["ts"]
    return {"channel": "C0LAUNCH", "thread_ts": ts}


def error(call: Any, **arguments: Any) -> str:
    with pytest.raises(SlackApiError) as refused:
        call(**arguments)
    return str(refused.value.response["error"])


def test_a_stream_grows_and_ends_whole(client: WebClient, thread: dict[str, Any], server: PlaygroundServer) -> None:
    with Visitor(server.url) as ana:
        stream = client.chat_stream(buffer_size=4, **thread, **READER)
        stream.append(markdown_text="**Cold** ")
        growing = ana.wait_for(lambda page: page.thread("C0LAUNCH", thread["thread_ts"]))[0]
        stream.append(markdown_text="brew.")
        stream.stop(blocks=[{"type": "divider"}], metadata={"event_type": "draft", "event_payload": {}})
        whole = ana.wait_for(
            lambda page: [m for m in page.thread("C0LAUNCH", thread["thread_ts"]) if not m.get("streaming")]
        )[0]

    assert (growing["streaming"], growing["text"]) == (True, "**Cold** ")
    assert whole["text"] == "**Cold** brew."
    assert [block["type"] for block in whole["blocks"]] == ["markdown", "divider"]
    assert whole["metadata"]["event_type"] == "draft"


def test_tasks_plans_and_blocks_are_chunks_too(client: WebClient, thread: dict[str, Any]) -> None:
    stream = client.chat_stream(**thread, **READER)
    stream.append(chunks=[PlanUpdateChunk(title="Plan"), TaskUpdateChunk(id="1", title="Read", status="pending")])
    stream.append(chunks=[TaskUpdateChunk(id="1", title="Read", status="complete", output="done")])
    message = stream.stop(chunks=[BlocksChunk(blocks=[{"type": "divider"}])])["message"]

    plan, divider = message["blocks"]
    assert (plan["title"], plan["tasks"][0]["status"], divider["type"]) == ("Plan", "complete", "divider")


def test_a_stream_belongs_into_a_thread_and_to_a_reader(client: WebClient, thread: dict[str, Any]) -> None:
    start = client.chat_startStream
    unread = {"recipient_team_id": "T0PLAY"}

    assert error(client.api_call, api_method="chat.startStream", json={"channel": "C0LAUNCH"}) == "invalid_arguments"
    assert error(start, **thread, **unread) == "missing_recipient_user_id"
    assert error(start, **thread, recipient_user_id="U0ANA") == "missing_recipient_team_id"
    assert error(start, channel="C0LAUNCH", thread_ts="1.0", **READER) == "thread_not_found"


def test_direct_messages_need_no_reader(client: WebClient) -> None:
    ts = client.chat_postMessage(channel="U0ANA", text="opener")["ts"]

    assert client.chat_startStream(channel="D0ANA", thread_ts=ts)["ok"]


def test_text_and_chunks_do_not_mix(client: WebClient, thread: dict[str, Any]) -> None:
    chunk = {"type": "markdown_text", "text": "x"}
    text = client.chat_startStream(**thread, **READER, markdown_text="x")["ts"]
    chunks = client.chat_startStream(**thread, **READER, chunks=[chunk])["ts"]
    append = client.chat_appendStream

    assert error(append, channel="C0LAUNCH", ts=text, chunks=[chunk]) == "streaming_mode_mismatch"
    assert error(append, channel="C0LAUNCH", ts=chunks, markdown_text="x") == "streaming_mode_mismatch"
    assert error(append, channel="C0LAUNCH", ts=chunks, chunks=[{"type": "song"}]) == "invalid_chunks"


def test_a_piece_has_at_most_12000_characters(client: WebClient, thread: dict[str, Any]) -> None:
    ts = client.chat_startStream(**thread, **READER, markdown_text="🎉" * 12_000)["ts"]

    assert error(client.chat_appendStream, channel="C0LAUNCH", ts=ts, markdown_text="x" * 12_001) == "msg_too_long"


def test_a_live_stream_cannot_be_updated_and_a_dead_one_can(client: WebClient, thread: dict[str, Any]) -> None:
    """Slack ends a stream after five minutes; the whole text then goes out with chat.update."""
    ts = client.chat_startStream(**thread, **READER, markdown_text="half")["ts"]
    where = {"channel": "C0LAUNCH", "ts": ts}

    assert error(client.chat_update, text="whole", **where) == "streaming_state_conflict"
    CLOCK.advance(301)
    assert error(client.chat_appendStream, markdown_text="x", **where) == "message_not_in_streaming_state"
    assert error(client.chat_stopStream, **where) == "message_not_in_streaming_state"
    updated = client.chat_update(text="whole", **where)["message"]
    assert updated["text"] == "whole"
    assert "blocks" not in updated


def test_only_own_streams_can_be_written(client: WebClient, server: PlaygroundServer) -> None:
    with Visitor(server.url) as ana:
        ts = ana.type("mine")["ts"]

    append = client.chat_appendStream
    assert error(append, channel="C0LAUNCH", ts=ts, markdown_text="x") == "message_not_owned_by_app"
    assert error(append, channel="C0LAUNCH", ts="1.0", markdown_text="x") == "message_not_found"


def test_twenty_streams_a_minute(client: WebClient, thread: dict[str, Any]) -> None:
    for _ in range(20):
        client.chat_startStream(**thread, **READER)

    assert error(client.chat_startStream, **thread, **READER) == "ratelimited"
