"""Files on the playground, with a real slack-bolt app on the other side: sent, read, refused, forgotten."""

import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from slack_sdk import WebClient

from bot.playground import manifest
from bot.playground.server import PlaygroundServer
from tests.file_desk import APP, BEARER, CSV, PLAIN, Desk, Json, error, open_desk, shown
from tests.visitor import Visitor


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_desk(tmp_path_factory.mktemp("playground") / "files") as desk:
        yield desk


@pytest.fixture
def desk(running: Desk) -> Iterator[Desk]:
    yield running
    while not running.seen.empty():
        running.seen.get()


@pytest.fixture
def ana(desk: Desk) -> Iterator[Visitor]:
    with Visitor(desk.url) as visitor:
        visitor.wait_for(lambda page: page.connected)
        yield visitor


def test_a_message_with_a_file_reaches_the_bot_which_reads_it_with_its_token(desk: Desk, ana: Visitor) -> None:
    ts = ana.type("what do they say?", channel="D0ANA", files=[ana.upload("Rows of May.csv", CSV)])["ts"]

    event = desk.event("message")
    (file,) = event["files"]
    assert (event["subtype"], event["text"], event["ts"]) == ("file_share", "what do they say?", ts)
    assert (event["upload"], event["display_as_bot"], "team" in event) == (False, False, False)
    assert {name: file[name] for name in ("name", "mimetype", "filetype", "size", "user", "mode")} == {
        "name": "Rows of May.csv",
        "mimetype": "text/csv",
        "filetype": "csv",
        "size": len(CSV),
        "user": "U0ANA",
        "mode": "hosted",
    }
    assert isinstance(file["created"], int)
    assert file["url_private_download"].endswith(f"/files-pri/T0PLAY-{file['id']}/download/rows_of_may.csv")
    read = httpx.get(file["url_private_download"], headers=BEARER, **PLAIN)
    assert (read.status_code, read.content) == (200, CSV)
    assert read.headers["content-disposition"] == "attachment; filename*=utf-8''Rows%20of%20May.csv"
    assert shown(ana, ts, "D0ANA")["files"] == [file]


def test_without_a_token_a_file_is_a_page_to_sign_in_with_status_200(desk: Desk, ana: Visitor) -> None:
    ana.type("", channel="D0ANA", files=[ana.upload("rows.csv", CSV)])
    event = desk.event("message")
    address = event["files"][0]["url_private_download"]

    for headers in ({}, {"authorization": "Bearer xoxb-wrong"}):
        once = httpx.get(address, headers=headers, **PLAIN)
        page = httpx.get(address, headers=headers, follow_redirects=True, **PLAIN)
        assert (once.status_code, page.status_code) == (302, 200)
        assert page.headers["content-type"].startswith("text/html")
        assert page.text.startswith("<!DOCTYPE html>")
        assert CSV not in page.content
    assert "blocks" not in event, "a message of files alone has no text and no blocks"
    assert ana.download(event["files"][0]) == CSV


def test_a_mention_names_its_file_and_has_no_subtype(desk: Desk, ana: Visitor) -> None:
    ana.type("@copydesk look", files=[ana.upload("a.txt", b"a"), ana.upload("b.png", b"b")])

    event = desk.event("app_mention")

    assert [(file["name"], file["filetype"]) for file in event["files"]] == [("a.txt", "text"), ("b.png", "png")]
    assert "subtype" not in event


def test_a_shared_file_is_an_event_of_its_own_and_files_info_knows_where_it_is(desk: Desk, ana: Visitor) -> None:
    ts = ana.type("here", files=[ana.upload("rows.csv", CSV)])["ts"]

    event = desk.event("file_shared")

    assert (event["user_id"], event["channel_id"], event["file"]) == ("U0ANA", "C0LAUNCH", {"id": event["file_id"]})
    file = desk.client.files_info(file=event["file_id"])["file"]
    assert (file["channels"], file["ims"], file["is_public"]) == (["C0LAUNCH"], [], True)
    assert file["shares"] == {"public": {"C0LAUNCH": [{"ts": ts, "channel_name": "launch", "team_id": "T0PLAY"}]}}


def test_the_bot_cannot_read_a_file_where_it_is_not(desk: Desk, ana: Visitor) -> None:
    ts = ana.type("a secret", channel="C0RANDOM", files=[ana.upload("rows.csv", CSV)])["ts"]
    message = shown(ana, ts, "C0RANDOM")

    assert ana.shortcut(message, "check") == {"ok": True}

    (file,) = desk.interaction("message_action")["message"]["files"]
    assert error(desk.client.files_info, file=file["id"])["error"] == "file_not_found"
    page = httpx.get(file["url_private_download"], headers=BEARER, follow_redirects=True, **PLAIN)
    assert "Sign in" in page.text


def test_nobody_sends_a_file_twice_or_one_of_somebody_else(desk: Desk, ana: Visitor) -> None:
    mine = ana.upload("mine.csv", CSV)
    with Visitor(desk.url, "U0BEN") as ben:
        refused = ben.type("stolen", files=[mine])

    assert refused["error"] == "file_not_found"
    assert ana.type("first", files=[mine])["ok"]
    assert ana.type("again", files=[mine])["error"] == "file_not_found"
    assert ana.type("/form", files=[ana.upload("a.csv", CSV)])["error"] == "command_with_files"
    assert ana.type("many", files=[ana.upload("a.csv", CSV) for _ in range(11)])["error"] == "invalid_arguments"


def test_an_empty_file_is_refused_when_it_is_chosen(desk: Desk) -> None:
    query = {"user": "U0ANA", "name": "empty.csv"}

    assert httpx.post(f"{desk.url}/page/files", params=query, content=b"", **PLAIN).json()["error"] == "file_size"
    nobody = httpx.post(f"{desk.url}/page/files", params=query | {"user": "U0NOBODY"}, content=b"a", **PLAIN)
    assert nobody.json()["error"] == "user_not_found"


def test_a_large_file_goes_through_without_being_in_memory(desk: Desk, ana: Visitor, tmp_path: Path) -> None:
    large = tmp_path / "large.csv"
    with large.open("wb") as out:
        for _ in range(64):
            out.write(b"a,b\n" * 131_072)
    tracemalloc.start()
    try:
        ana.type("large", channel="D0ANA", files=[ana.upload("large.csv", large)])
        address = desk.event("message")["files"][0]["url_private_download"]
        with httpx.stream("GET", address, headers=BEARER, **PLAIN) as answer:
            came = sum(len(piece) for piece in answer.iter_raw(65_536))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert came == large.stat().st_size == 64 * 524_288
    assert peak < 8_000_000, "a quarter of the file, both sides together"


FAULTS = {
    "429": {"fault": "429", "retry_after": 7},
    "500": {"fault": "500"},
    "302": {"fault": "refuse"},
}


@pytest.mark.parametrize(("status", "fault"), FAULTS.items(), ids=FAULTS)
def test_a_download_can_go_wrong_once(desk: Desk, ana: Visitor, status: str, fault: Json) -> None:
    ana.type("", channel="D0ANA", files=[ana.upload("rows.csv", CSV)])
    address = desk.event("message")["files"][0]["url_private_download"]
    httpx.post(f"{desk.url}/playground/faults", json=fault | {"method": "download"}, **PLAIN)

    answers = [httpx.get(address, headers=BEARER, **PLAIN).status_code for _ in range(2)]

    assert answers == [int(status), 200]


def test_an_upload_of_the_bots_can_go_wrong(desk: Desk) -> None:
    httpx.post(f"{desk.url}/playground/faults", json={"fault": "500", "method": "upload"}, **PLAIN)

    with pytest.raises(Exception, match="500"):
        desk.client.files_upload_v2(content="a", filename="a.csv", channel="C0LAUNCH")

    assert desk.client.files_upload_v2(content="a", filename="a.csv", channel="C0LAUNCH")["ok"]


def test_what_the_bot_uploads_people_can_look_at_and_download(desk: Desk, ana: Visitor) -> None:
    desk.client.files_upload_v2(content="label\npositive\n", filename="labels.csv", channel="C0LAUNCH")

    files = ana.wait_for(lambda page: [f for m in page.messages() for f in m.get("files", []) if "labels" in f["name"]])

    assert files[0]["user"] == "U0DESK"
    assert ana.download(files[0]) == b"label\npositive\n"


def test_an_app_without_the_scope_reads_no_file() -> None:
    poor = {**APP, "oauth_config": {"scopes": {"bot": ["commands", "files:write"]}}}
    with PlaygroundServer(manifest=manifest.parse(poor)) as server, Visitor(server.url) as ana:
        client = WebClient(token="xoxb-playground", base_url=f"{server.url}/api/")
        ana.type("here", channel="D0ANA", files=[ana.upload("rows.csv", CSV)])
        file = ana.wait_for(lambda page: page.messages("D0ANA"))[0]["files"][0]

        answer = error(client.files_info, file=file["id"])
        page = httpx.get(file["url_private_download"], headers=BEARER, follow_redirects=True, **PLAIN)

    assert answer == {
        "ok": False,
        "error": "missing_scope",
        "needed": "files:read",
        "provided": "commands,files:write",
    }
    assert "Sign in" in page.text


def test_files_go_with_the_playground_and_what_a_killed_one_left_goes_at_the_next_start(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "playground"
    folder.mkdir(parents=True)
    (folder / "left").write_text("over")

    with PlaygroundServer(data=folder) as server, Visitor(server.url) as ana:
        kept = ana.upload("../../rows.csv", CSV)
        assert [path.name for path in folder.iterdir()] == [kept]

    assert not folder.exists()
    assert [path.name for path in tmp_path.iterdir()] == ["data"]
