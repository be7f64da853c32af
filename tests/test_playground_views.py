"""Modals and the App Home: triggers, the stack of three, submissions, and what Slack's client checks itself."""

from collections.abc import Callable, Iterator
from queue import SimpleQueue
from typing import Any

import pytest
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from bot.playground.clock import ManualClock
from bot.playground.server import PlaygroundServer
from tests.visitor import Visitor

Json = dict[str, Any]
CLOCK = ManualClock()


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def options(*values: str) -> list[Json]:
    return [{"text": plain(value.title()), "value": value} for value in values]


def ask(block_id: str, element: Json, **own: Any) -> Json:
    return {"type": "input", "block_id": block_id, "label": plain(block_id), "element": element, **own}


FORM = [
    ask("product", {"type": "plain_text_input", "action_id": "text", "min_length": 3, "max_length": 10}),
    ask("format", {"type": "static_select", "action_id": "one", "options": options("tweet", "sms")}, optional=True),
    ask("tone", {"type": "checkboxes", "action_id": "some", "options": options("warm", "dry")}, optional=True),
    ask("due", {"type": "datepicker", "action_id": "day", "initial_date": "2026-11-23"}),
    ask("variants", {"type": "number_input", "action_id": "n", "is_decimal_allowed": False}, optional=True),
    ask("to", {"type": "conversations_select", "action_id": "c", "response_url_enabled": True}, optional=True),
]


def modal(*blocks: Json, **own: Any) -> Json:
    view = {"type": "modal", "title": plain("Brief"), "submit": plain("Write"), "callback_id": "brief", **own}
    return {**view, "blocks": list(blocks) or FORM}


class Desk:
    """A Bolt app that keeps what came and answers submissions as a test has arranged."""

    def __init__(self, server: PlaygroundServer) -> None:
        self.url = server.url
        self.seen: SimpleQueue[Json] = SimpleQueue()
        self.answer: Json = {}
        self.client = WebClient(token="xoxb-playground", base_url=f"{server.url}/api/")
        app = App(client=self.client)
        app.command("/copy")(self._note)
        app.action("go")(self._note)
        app.action("vote")(self._note)
        app.view({"type": "view_submission", "callback_id": "brief"})(self._submitted)
        app.view({"type": "view_closed", "callback_id": "brief"})(self._note)
        self.handler = SocketModeHandler(app, app_token="xapp-playground")
        self.handler.connect()  # type: ignore[no-untyped-call] # slack_bolt leaves it untyped

    def trigger(self, ana: Visitor) -> str:
        ana.type("/copy")
        return str(self.next()["trigger_id"])

    def next(self) -> Json:
        return self.seen.get(timeout=5)

    def _note(self, ack: Callable[..., None], body: Json) -> None:
        ack()
        self.seen.put(body)

    def _submitted(self, ack: Callable[..., None], body: Json) -> None:
        ack(**self.answer)
        self.seen.put(body)


@pytest.fixture(scope="module")
def running() -> Iterator[Desk]:
    with PlaygroundServer(clock=CLOCK) as server:
        desk = Desk(server)
        yield desk
        # The SDK's link notices its own end after three seconds, the server's end at once.
        client = desk.handler.client
        client.auto_reconnect_enabled = client.default_auto_reconnect_enabled = False
    desk.handler.close()  # type: ignore[no-untyped-call] # slack_bolt leaves it untyped


@pytest.fixture
def desk(running: Desk) -> Desk:
    CLOCK.advance(120)
    running.answer = {}
    return running


@pytest.fixture
def ana(desk: Desk) -> Iterator[Visitor]:
    with Visitor(desk.url) as visitor:
        visitor.wait_for(lambda page: page.connected)
        yield visitor


def error(call: Any, **arguments: Any) -> str:
    with pytest.raises(SlackApiError) as refused:
        call(**arguments)
    return str(refused.value.response["error"])


def test_a_trigger_works_once_and_for_three_seconds(desk: Desk, ana: Visitor) -> None:
    used, old = desk.trigger(ana), desk.trigger(ana)

    desk.client.views_open(trigger_id=used, view=modal())
    CLOCK.advance(3.1)

    opened = desk.client.views_open
    assert error(opened, trigger_id=used, view=modal()) == "exchanged_trigger_id"
    assert error(opened, trigger_id=old, view=modal()) == "expired_trigger_id"
    assert error(opened, trigger_id="1.2.abc", view=modal()) == "invalid_trigger_id"


def test_three_modals_are_the_highest_stack(desk: Desk, ana: Visitor) -> None:
    triggers = [desk.trigger(ana) for _ in range(4)]
    root = desk.client.views_open(trigger_id=triggers[0], view=modal())["view"]
    second = desk.client.views_push(trigger_id=triggers[1], view=modal())["view"]
    desk.client.views_push(trigger_id=triggers[2], view=modal())

    assert error(desk.client.views_push, trigger_id=triggers[3], view=modal()) == "push_limit_reached"
    ana.wait_for(lambda page: len(page.views) == 3)
    assert (second["previous_view_id"], ana.views[2]["root_view_id"]) == (root["id"], root["id"])


def test_an_update_from_an_old_version_is_refused(desk: Desk, ana: Visitor) -> None:
    view = desk.client.views_open(trigger_id=desk.trigger(ana), view=modal(external_id="mine"))["view"]

    desk.client.views_update(external_id="mine", view=modal(title=plain("New")))

    update = desk.client.views_update
    assert error(update, view_id=view["id"], hash=view["hash"], view=modal()) == "hash_conflict"
    assert error(update, view_id="V0", view=modal()) == "not_found"
    ana.wait_for(lambda page: page.views and page.views[-1]["title"]["text"] == "New")


def test_a_submission_carries_every_value_in_slacks_shape(desk: Desk, ana: Visitor) -> None:
    desk.client.views_open(trigger_id=desk.trigger(ana), view=modal(private_metadata="7"))
    ana.wait_for(lambda page: page.views and page.views[-1]["private_metadata"] == "7")

    filled = {"text": "Mug", "format": "sms", "some": ["dry"], "n": "3", "c": "C0SOCIAL"}
    assert ana.fill_and_submit(filled) == {"ok": True}

    body = desk.next()
    values = body["view"]["state"]["values"]
    assert values["product"]["text"] == {"type": "plain_text_input", "value": "Mug"}
    assert values["format"]["one"]["selected_option"] == options("sms")[0]
    assert values["tone"]["some"]["selected_options"] == options("dry")
    assert values["due"]["day"] == {"type": "datepicker", "selected_date": "2026-11-23"}
    assert values["variants"]["n"]["value"] == "3"
    assert (body["view"]["private_metadata"], body["response_urls"][0]["channel_id"]) == ("7", "C0SOCIAL")
    ana.wait_for(lambda page: not page.views)


def test_slacks_own_client_refuses_what_is_missing_or_malformed(desk: Desk, ana: Visitor) -> None:
    desk.client.views_open(trigger_id=desk.trigger(ana), view=modal(private_metadata="checked"))
    ana.wait_for(lambda page: page.views and page.views[-1]["private_metadata"] == "checked")

    missing = ana.fill_and_submit({})
    wrong = ana.fill_and_submit({"text": "x", "n": "2.5"})
    long = ana.fill_and_submit({"text": "x" * 11})

    assert set(missing["errors"]) == {"product"}
    assert set(wrong["errors"]) == {"product", "variants"}
    assert long["errors"]["product"] == "Enter at most 10 characters."
    assert desk.seen.empty()


def test_a_bots_answer_shows_errors_updates_pushes_and_clears(desk: Desk, ana: Visitor) -> None:
    desk.client.views_open(trigger_id=desk.trigger(ana), view=modal(private_metadata="answers"))
    ana.wait_for(lambda page: page.views and page.views[-1]["private_metadata"] == "answers")

    desk.answer = {"response_action": "errors", "errors": {"product": "Too short"}}
    assert ana.fill_and_submit({"text": "Mug"}) == {"ok": False, "errors": {"product": "Too short"}}
    desk.answer = {"response_action": "update", "view": modal(title=plain("Step 2"))}
    ana.fill_and_submit({"text": "Mug"})
    ana.wait_for(lambda page: page.views[0]["title"]["text"] == "Step 2")
    desk.answer = {"response_action": "push", "view": modal(title=plain("On top"))}
    ana.fill_and_submit({"text": "Mug"})
    ana.wait_for(lambda page: [view["title"]["text"] for view in page.views] == ["Step 2", "On top"])
    desk.answer = {"response_action": "clear"}
    ana.fill_and_submit({"text": "Mug"})
    ana.wait_for(lambda page: not page.views)
    for _ in range(4):
        desk.next()


def test_closing_is_told_where_the_app_asked(desk: Desk, ana: Visitor) -> None:
    first, second = desk.trigger(ana), desk.trigger(ana)
    desk.client.views_open(trigger_id=first, view=modal(notify_on_close=True))
    ana.wait_for(lambda page: page.views)
    ana.close_view()
    closed = desk.next()
    desk.client.views_open(trigger_id=second, view=modal())
    ana.wait_for(lambda page: len(page.views) == 1 and not page.views[0]["notify_on_close"])
    ana.close_view()

    assert (closed["type"], closed["is_cleared"]) == ("view_closed", False)
    ana.wait_for(lambda page: not page.views)
    assert desk.seen.empty()


def test_a_click_carries_its_message_state_and_a_trigger(desk: Desk, ana: Visitor) -> None:
    chosen = {"type": "static_select", "action_id": "pick", "options": options("tweet", "sms")}
    go = {"type": "button", "action_id": "go", "text": plain("Go"), "value": "7"}
    blocks = [{"type": "actions", "block_id": "row", "elements": [chosen, go]}]
    ts = desk.client.chat_postMessage(channel="C0LAUNCH", text="choose", blocks=blocks)["ts"]
    message = ana.wait_for(lambda page: [m for m in page.messages() if m["ts"] == ts])[0]

    assert ana.click(message, "go", state={"row": {"pick": "sms"}}) == {"ok": True}

    body = desk.next()
    assert body["actions"][0] | {"action_ts": ""} == go | {"block_id": "row", "action_ts": ""}
    assert body["state"]["values"]["row"]["pick"]["selected_option"]["value"] == "sms"
    assert body["container"] == {"type": "message", "message_ts": ts, "channel_id": "C0LAUNCH", "is_ephemeral": False}
    assert (body["message"]["text"], body["user"]["id"]) == ("choose", "U0ANA")
    assert desk.client.views_open(trigger_id=body["trigger_id"], view=modal())["ok"]


def test_feedback_buttons_say_which_one_was_pressed(desk: Desk, ana: Visitor) -> None:
    good, bad = ({"text": plain(word), "value": word} for word in ("good", "bad"))
    vote = {"type": "feedback_buttons", "action_id": "vote", "positive_button": good, "negative_button": bad}
    blocks = [{"type": "context_actions", "elements": [vote]}]
    ts = desk.client.chat_postMessage(channel="C0LAUNCH", text="vote", blocks=blocks)["ts"]
    message = ana.wait_for(lambda page: [m for m in page.messages() if m["ts"] == ts])[0]

    ana.click(message, "vote", "bad")

    action = desk.next()["actions"][0]
    assert (action["type"], action["value"], action["text"]["text"]) == ("feedback_buttons", "bad", "bad")
    assert ana.click(message, "vote", "meh")["error"] == "option_not_found"


def test_an_ephemeral_click_has_no_message_and_its_answer_replaces_it(desk: Desk, ana: Visitor) -> None:
    blocks = [{"type": "actions", "elements": [{"type": "button", "action_id": "go", "text": plain("Go")}]}]
    desk.client.chat_postEphemeral(channel="C0LAUNCH", user="U0ANA", text="only you", blocks=blocks)
    shown = ana.wait_for(lambda page: [m for m in page.messages() if m["text"] == "only you"])[0]

    ana.click(shown, "go")
    body = desk.next()
    url = WebhookClient(body["response_url"])
    url.send(text="replaced", blocks=[], replace_original=True)
    ana.wait_for(lambda page: [m for m in page.messages() if m["text"] == "replaced" and m["ts"] == shown["ts"]])
    url.send_dict({"delete_original": True})
    ana.wait_for(lambda page: not [m for m in page.messages() if m["ts"] == shown["ts"]])

    assert body["container"]["is_ephemeral"]
    assert "message" not in body


def test_a_response_url_works_five_times_and_for_thirty_minutes(desk: Desk, ana: Visitor) -> None:
    ana.type("/copy", channel="C0RANDOM")
    url = desk.next()["response_url"]
    answers = [WebhookClient(url).send(text=f"answer {number}") for number in range(6)]
    ana.type("/copy")
    late = desk.next()["response_url"]
    CLOCK.advance(1801)

    assert [answer.status_code for answer in answers] == [200] * 5 + [404]
    assert answers[5].body == "used_url"
    assert WebhookClient(late).send(text="late").body == "expired_url"
    shown = ana.wait_for(lambda page: page.messages("C0RANDOM")[4:])
    assert shown[0]["ephemeral"], "answers are ephemeral where the bot does not ask for more"


def test_a_response_may_be_public_and_in_a_thread_and_must_be_valid(desk: Desk, ana: Visitor) -> None:
    ts = ana.type("parent")["ts"]
    ana.type("/copy")
    url = WebhookClient(desk.next()["response_url"])

    url.send_dict({"text": "to all", "response_type": "in_channel", "thread_ts": ts})
    refused = [url.send(text=""), url.send(text="x", blocks=[{"type": "rainbow"}])]

    assert [(answer.status_code, answer.body) for answer in refused] == [(400, "no_text"), (400, "invalid_blocks")]
    reply = ana.wait_for(lambda page: page.thread("C0LAUNCH", ts))[0]
    assert "ephemeral" not in reply
