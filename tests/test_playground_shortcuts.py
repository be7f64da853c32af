"""Shortcuts and files in forms on the playground, with a real slack-bolt app on the other side."""

from collections.abc import Iterator

import httpx
import pytest

from tests.file_desk import BEARER, CSV, FORM, PLAIN, Desk, open_desk, shown
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


def test_a_form_hands_over_the_files_chosen_in_it(desk: Desk, ana: Visitor) -> None:
    ana.type("/form")
    chosen = [ana.upload("one.csv", CSV), ana.upload("TWO.TXT", b"two")]

    assert ana.fill_and_submit({"rows": chosen}) == {"ok": True}

    state = desk.interaction("view_submission")["view"]["state"]["values"]["file"]["rows"]
    assert (state["type"], [file["id"] for file in state["files"]]) == ("file_input", chosen)
    assert {"id", "name", "mimetype", "filetype", "size", "url_private", "url_private_download", "user", "created"} <= {
        *state["files"][0]
    }
    assert state["files"][0]["is_public"] is False
    assert httpx.get(state["files"][0]["url_private_download"], headers=BEARER, **PLAIN).content == CSV
    assert desk.client.files_info(file=chosen[1])["file"]["shares"] == {}


WRONG = {
    "none": ([], "Please complete this required field."),
    "too many": ([("a.csv", 1), ("b.csv", 1), ("c.csv", 1)], "Choose at most 2 files."),
    "another kind": ([("a.csv", 1), ("b.pdf", 1)], "b.pdf can't be used here: choose csv, TXT."),
    "too large": ([("a.csv", 10_000_001)], "a.csv is larger than 10 MB, the most that Slack takes in a form."),
}


@pytest.mark.parametrize(("chosen", "sentence"), WRONG.values(), ids=WRONG)
def test_a_form_keeps_files_that_slack_would_refuse_from_the_bot(
    desk: Desk, ana: Visitor, chosen: list[tuple[str, int]], sentence: str
) -> None:
    ana.type("/form")

    answer = ana.fill_and_submit({"rows": [ana.upload(name, b"x" * size) for name, size in chosen]})

    assert answer == {"ok": False, "errors": {"file": sentence}}
    assert desk.seen.empty()
    ana.close_view()


def test_a_message_shortcut_carries_what_slack_sends(desk: Desk, ana: Visitor) -> None:
    ts = ana.type("is <this> good?")["ts"]

    assert ana.shortcut(shown(ana, ts), "check") == {"ok": True}

    body = desk.interaction("message_action")
    assert (body["type"], body["callback_id"], body["message_ts"]) == ("message_action", "check", ts)
    assert (body["channel"], body["team"]["id"]) == ({"id": "C0LAUNCH", "name": "launch"}, "T0PLAY")
    assert (body["user"]["id"], body["user"]["username"]) == ("U0ANA", "ana")
    assert (body["enterprise"], body["is_enterprise_install"]) == (None, False)
    assert body["action_ts"] > ts
    assert body["message"]["text"] == "is &lt;this&gt; good?"
    section = body["message"]["blocks"][0]["elements"][0]
    assert section["elements"] == [{"type": "text", "text": "is <this> good?"}]
    assert desk.client.views_open(trigger_id=body["trigger_id"], view=FORM)["ok"]
    assert httpx.post(body["response_url"], json={"text": "Positive."}, **PLAIN).text == "ok"
    answer = ana.wait_for(lambda page: [m for m in page.messages() if m["text"] == "Positive."])[0]
    assert answer["ephemeral"]
    ana.close_view()


def test_a_global_shortcut_knows_no_channel_and_has_no_response_url(desk: Desk, ana: Visitor) -> None:
    assert ana.global_shortcut("everywhere") == {"ok": True}

    body = desk.interaction("shortcut")

    assert (body["type"], body["callback_id"]) == ("shortcut", "everywhere")
    assert not {"channel", "response_url", "message"} & set(body)
    assert desk.client.views_open(trigger_id=body["trigger_id"], view=FORM)["ok"]
    ana.close_view()


def test_a_shortcut_that_the_manifest_has_not_is_refused(desk: Desk, ana: Visitor) -> None:
    message = shown(ana, ana.type("hm")["ts"])

    assert ana.shortcut(message, "everywhere")["error"] == "unknown_shortcut"
    assert ana.global_shortcut("check")["error"] == "unknown_shortcut"
