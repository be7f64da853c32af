"""The page's own API, what keeps strangers out of it, and the process that serves it."""

import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from slack_sdk import WebClient
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from bot.playground import manifest
from bot.playground import server as server_module
from bot.playground.server import PlaygroundServer
from tests.visitor import Visitor

# On this machine there is no TLS; loading the certificates would cost each request 30 ms.
PLAIN: dict[str, Any] = {"trust_env": False, "verify": False}


PROMPT = {"title": "A tweet", "message": "tweet for a mug"}
APP = {
    "features": {
        "slash_commands": [{"command": "/copy", "description": "Write", "usage_hint": "tweet for …"}],
        "shortcuts": [{"type": "message", "callback_id": "check", "name": "Check", "description": "Check it"}],
        "agent_view": {"suggested_prompts": [PROMPT]},
    }
}


@pytest.fixture(scope="module")
def server() -> Iterator[PlaygroundServer]:
    with PlaygroundServer(manifest=manifest.parse(APP)) as running:
        yield running


def state(server: PlaygroundServer, user: str) -> dict[str, Any]:
    with connect(f"{server.url.replace('http', 'ws')}/page/live?user={user}", proxy=None) as socket:
        shown: dict[str, Any] = json.loads(socket.recv(timeout=5))
    return shown


def test_a_page_begins_with_everything_its_person_sees(server: PlaygroundServer) -> None:
    shown = state(server, "U0BEN")

    assert (shown["type"], shown["me"], shown["bot"]) == ("state", "U0BEN", {"connected": False})
    assert [user["name"] for user in shown["users"]] == ["ana", "ben", "chloe", "copydesk"]
    assert [channel["id"] for channel in shown["channels"]] == ["C0LAUNCH", "C0SOCIAL", "C0RANDOM", "D0BEN"]
    assert shown["commands"] == [{"command": "/copy", "description": "Write", "usage_hint": "tweet for …"}]
    assert shown["shortcuts"] == [{"callback_id": "check", "name": "Check"}]
    assert shown["prompts"] == [PROMPT]


@pytest.mark.parametrize("path", ["/page/commands", "/page/shortcuts", "/page/prompts"])
def test_what_the_app_offers_can_be_read(server: PlaygroundServer, path: str) -> None:
    name = path.rpartition("/")[2]

    assert httpx.get(f"{server.url}{path}", **PLAIN).json() == state(server, "U0ANA")[name]


def test_people_see_each_other_but_not_each_others_direct_messages(server: PlaygroundServer) -> None:
    with Visitor(server.url, "U0ANA") as ana, Visitor(server.url, "U0BEN") as ben:
        secret = ana.type("to the bot alone", channel="D0ANA")
        ts = ana.type("hi @ben, see https://example.com & <b>")["ts"]
        message = ben.wait_for(lambda page: [m for m in page.messages() if m["ts"] == ts])[0]
        ben.react(message, "eyes")
        reacted = ana.wait_for(lambda page: [m for m in page.messages() if m.get("reactions")])[0]

        assert secret["ok"]
        assert message["text"] == "hi <@U0BEN>, see <https://example.com> &amp; &lt;b&gt;"
        assert reacted["reactions"] == [{"name": "eyes", "count": 1, "users": ["U0BEN"]}]
        assert ben.messages("D0ANA") == []
        assert ben.type("spying", channel="D0ANA")["error"] == "not_in_channel"
        assert ben.react(message, "eyes")["error"] == "already_reacted"


def test_a_page_that_opens_late_sees_what_was_said(server: PlaygroundServer) -> None:
    with Visitor(server.url, "U0ANA") as ana:
        ts = ana.type("early")["ts"]
        ana.type("a reply", thread_ts=ts)

    with Visitor(server.url, "U0CHLOE") as chloe:
        parent = next(message for message in chloe.messages() if message["ts"] == ts)
        assert [reply["text"] for reply in chloe.thread("C0LAUNCH", ts)] == ["a reply"]
        assert (parent["reply_count"], parent["thread_ts"]) == (1, ts)


def test_a_command_without_a_bot_says_so(server: PlaygroundServer) -> None:
    with Visitor(server.url) as ana:
        assert ana.type("/copy mug") == {"ok": False, "error": "not_connected"}
        assert httpx.get(f"{server.url}/playground/health", **PLAIN).json() == {
            "ok": True,
            "bot_connected": False,
        }


def test_a_wait_that_ends_in_vain_tells_what_was_seen(server: PlaygroundServer) -> None:
    with Visitor(server.url) as ana:
        ana.type("a clue")
        ana.wait_for(lambda page: "a clue" in str(page))

        with pytest.raises(AssertionError, match="a clue"):
            ana.wait_for(lambda page: page.home, timeout=0.05)


@pytest.mark.parametrize("body", ["{}", '{"user": "U0NOBODY"}', "nonsense", '{"user": "U0ANA"}', "[]"])
def test_malformed_requests_are_refused(server: PlaygroundServer, body: str) -> None:
    answer = httpx.post(f"{server.url}/page/messages", content=body, **PLAIN)

    assert answer.status_code in (200, 400)
    assert answer.json()["ok"] is False


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", ""])
def test_other_host_names_are_refused(server: PlaygroundServer, host: str) -> None:
    assert httpx.get(f"{server.url}/", headers={"host": host}, **PLAIN).status_code in (400, 403)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "localhost:8090"])
def test_this_machines_names_are_answered(server: PlaygroundServer, host: str) -> None:
    answer = httpx.get(f"{server.url}/playground/health", headers={"host": host}, **PLAIN)

    assert answer.status_code == 200


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost:1"])
def test_other_sites_cannot_act_for_a_person(server: PlaygroundServer, origin: str) -> None:
    body = {"user": "U0ANA", "channel": "C0LAUNCH", "text": "forged"}
    for path in ("/page/messages", "/playground/faults", "/api/chat.postMessage"):
        answer = httpx.post(f"{server.url}{path}", json=body, headers={"origin": origin}, **PLAIN)
        assert answer.status_code == 403

    with pytest.raises(InvalidStatus, match="403"):
        connect(
            f"{server.url.replace('http', 'ws')}/page/live?user=U0ANA", origin=Origin(origin), proxy=None
        ).__enter__()
    with Visitor(server.url) as ana:
        assert "forged" not in str(ana)


def test_other_sites_can_link_to_the_page_and_read_nothing_else(server: PlaygroundServer) -> None:
    foreign = {"sec-fetch-site": "cross-site"}
    forged = "/api/chat.postMessage?token=xoxb-playground&channel=C0LAUNCH&text=forged"

    assert httpx.get(f"{server.url}/", headers=foreign, **PLAIN).status_code in (200, 404)
    for path in (forged, "/page/commands"):
        assert httpx.get(f"{server.url}{path}", headers=foreign, **PLAIN).status_code == 403


def test_the_page_itself_may_act(server: PlaygroundServer) -> None:
    body = {"user": "U0ANA", "channel": "C0LAUNCH", "text": "from the page"}

    answer = httpx.post(f"{server.url}/page/messages", json=body, headers={"origin": server.url}, **PLAIN)

    assert answer.json()["ok"] is True


def test_the_page_stays_small_enough_to_be_read() -> None:
    sizes = {path.name: path.stat().st_size for path in server_module.PAGE.iterdir() if path.is_file()}

    assert {"index.html", "main.js", "style.css"} <= set(sizes)
    assert sum(sizes.values()) <= 150_000, "nothing builds or shrinks it: what is served is what is written"


def test_static_files_stay_inside_their_folder(server: PlaygroundServer) -> None:
    for path in ("/page/static/../server.py", "/page/static/%2e%2e/server.py", "/page/static/nothing.js"):
        assert httpx.get(f"{server.url}{path}", **PLAIN).status_code == 404


def test_a_server_can_be_started_again_at_once() -> None:
    for _ in range(2):
        with PlaygroundServer() as server, Visitor(server.url) as ana:
            assert ana.messages() == []


def test_the_process_says_where_it_is_and_ends_cleanly(tmp_path: Path) -> None:
    path = tmp_path / "manifest.json"
    path.write_text(json.dumps(APP))
    command = [sys.executable, "-m", "bot.playground", "--port", "0", "--manifest", str(path)]

    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        found = re.search(r"http://[\d.]+:\d+", process.stdout.readline())
        assert found is not None
        client = WebClient(token="xoxb-playground", base_url=f"{found[0]}/api/")
        assert client.auth_test()["ok"]
        process.send_signal(signal.SIGTERM)
        rest, errors = process.communicate(timeout=10)

    assert (process.returncode, rest, errors) == (0, "", "")


def test_a_missing_manifest_is_one_sentence() -> None:
    command = [sys.executable, "-m", "bot.playground", "--manifest", "nowhere.json"]

    ended = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)

    assert ended.returncode == 1
    assert ended.stdout == ""
    assert "nowhere.json" in ended.stderr
    assert "Traceback" not in ended.stderr
