"""Subscribing a channel to the digest: by words, by a form, in a person's own time, and stopping it again."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk import WebClient

from bot import digest_forms, digest_request, local_slack, subscriptions, unforeseen
from bot.digest_request import EXAMPLE, NotUnderstood, Request
from bot.playground.server import PlaygroundServer
from bot.reaching import build_clients
from bot.socket_mode import SocketMode
from bot.subscriptions import Subscriptions
from storage import digests
from storage.database import Storage
from storage.digests import SubscriptionRow
from tests.desk_rows import WORKSPACE
from tests.digest_desk import fault
from tests.digest_rows import SUBSCRIBED, Clock, subscribe
from tests.thread_reading import ephemerals, shown
from tests.visitor import Visitor

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


@dataclass
class Desk:
    """A Bolt app on the playground that hears of nothing but digests."""

    storage: Storage

    def rows(self) -> list[SubscriptionRow]:
        with self.storage.read() as db:
            return digests.subscriptions(db)


@pytest.fixture
def desk(playground: PlaygroundServer, tmp_path: Path) -> Iterator[Desk]:
    storage = Storage(tmp_path / "copydesk.db")
    storage.migrate()
    client = build_clients(local_slack.BOT_TOKEN, f"{playground.url}/api/").patient
    app = App(client=client, signing_secret="unused", token_verification_enabled=False)
    app.error(unforeseen.answer)

    def republish(client: WebClient, workspace: str, user: str) -> None:
        with storage.read() as db:
            shown = digest_forms.blocks_for(digests.subscriptions(db, workspace), user)
        client.views_publish(user_id=user, view={"type": "home", "blocks": shown})

    service = Subscriptions(storage, Clock(NOW), republish)
    subscriptions.register(app, service)
    app.command("/copy")(service.answer)

    @app.event("app_home_opened")
    def app_home_opened(body: dict[str, Any], event: dict[str, Any], client: WebClient) -> None:
        republish(client, body["team_id"], event["user"])

    link = SocketMode(app, local_slack.APP_TOKEN)
    link.connect()
    yield Desk(storage)
    link.close()


def told(page: Visitor, channel: str = "C0LAUNCH") -> str:
    """The one sentence that only this person sees."""
    (found,) = page.wait_for(lambda visitor: ephemerals(visitor, channel))
    return found


def said(page: Visitor, words: str, channel: str = "C0LAUNCH") -> dict[str, Any]:
    """What the desk said in a channel."""
    return page.wait_for(lambda visitor: [one for one in visitor.messages(channel) if words in one["text"]])[-1]


@pytest.mark.parametrize(
    ("words", "weekday", "at", "zone"),
    [
        ("here", None, None, None),
        ("here monday 9:00", 0, time(9), None),
        ("here fridays at 4pm", 4, time(16), None),
        ("Here, Fri 4 P.M.!", 4, time(16), None),
        ("every tuesday at 16h please", 1, time(16), None),
        ("thurs 0930", 3, time(9, 30), None),
        ("noon sundays", 6, time(12), None),
        ("sunday 12am", 6, time(0), None),
        ("wednesdays 17.30", 2, time(17, 30), None),
        ("monday 9:00 europe/london", 0, time(9), "Europe/London"),
        ("monday 9 stockholm time", 0, time(9), "Europe/Stockholm"),
        ("on sat. at 8:05 am UTC", 5, time(8, 5), "UTC"),
    ],
)
def test_a_day_and_a_time_are_understood_however_they_are_said(
    words: str, weekday: int | None, at: time | None, zone: str | None
) -> None:
    assert digest_request.parse(words) == Request("on", weekday, at, zone)


@pytest.mark.parametrize(
    ("words", "kind"), [("", "ask"), ("when", "ask"), ("off", "off"), ("please stop it here", "off"), ("help", "help")]
)
def test_asking_and_stopping_are_understood(words: str, kind: str) -> None:
    assert digest_request.parse(words).kind == kind


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("monday 25:00", "“25:00” is no time of day"),
        ("monday 13pm", "“13pm” is no time of day"),
        ("monday 7:3", "“7:3” is no time of day"),
        ("wendesday 9", "Did you mean Wednesday?"),
        ("daily 9:00", "once a week"),
        ("monday and friday", "once a week"),
        ("monday 9:00 10:00", "once a week"),
        ("#social monday", "to the channel where you type this"),
        ("monday 9:00 EST", "I don't understand “EST”"),
        ("friday afternoon", "I don't understand “afternoon”"),
        ("end of the week", "I don't understand “end”"),
    ],
)
def test_what_is_not_understood_is_named_and_nothing_is_guessed(words: str, sentence: str) -> None:
    with pytest.raises(NotUnderstood, match=sentence.replace("?", r"\\?")):
        digest_request.parse(words)


def test_a_channel_is_subscribed_in_the_time_zone_of_whoever_typed_it_and_told_so(desk: Desk, ben: Visitor) -> None:
    assert ben.type("/copy digest here monday 9:00") == {"ok": True}

    message = said(ben, "subscribed")
    assert message["text"] == (
        "<@U0BEN> subscribed this channel to the weekly digest, Mondays at 9:00 (London time). "
        "The first one comes on Monday 30 November."
    )
    assert message["blocks"][-1]["elements"][0]["action_id"] == "digest_off"
    (row,) = desk.rows()
    assert (row.channel, row.user, row.weekday, row.time, row.timezone) == (
        "C0LAUNCH",
        "U0BEN",
        0,
        "09:00",
        "Europe/London",
    )


def test_a_zone_that_is_named_wins_and_one_that_slack_does_not_tell_is_utc_and_said_to_be(
    playground: PlaygroundServer, desk: Desk, ben: Visitor, ana: Visitor
) -> None:
    fault(playground, "refuse", "users.info", error="missing_scope")

    ben.type("/copy digest here")
    assert "the time is UTC" in told(ben)
    assert said(ben, "subscribed")["text"].count("Mondays at 9:00 (UTC)") == 1
    ana.type("/copy digest here friday 16:00 Europe/Stockholm")

    said(ana, "<@U0ANA> moved this channel's weekly digest to Fridays at 16:00 (Stockholm time)")
    assert [row.timezone for row in desk.rows()] == ["Europe/Stockholm"]


def test_words_that_are_not_understood_subscribe_nothing(desk: Desk, ben: Visitor) -> None:
    ben.type("/copy digest here <!channel> at lunch")

    assert "I don't understand" in told(ben)
    assert desk.rows() == []


def test_asking_says_what_is_subscribed(desk: Desk, ben: Visitor, ana: Visitor) -> None:
    ana.type("/copy digest")
    assert told(ana) == subscriptions.NOTHING.format(example=EXAMPLE)
    subscribe(desk.storage)

    ben.type("/copy digest")

    assert told(ben) == (
        "The weekly digest comes here Mondays at 9:00 (London time); <@U0BEN> subscribed it. "
        "Next on Monday 30 November. `/copy digest off` stops it."
    )


def test_the_next_day_is_one_whose_week_has_not_been_posted(desk: Desk, ben: Visitor) -> None:
    subscribe(desk.storage)
    with desk.storage.write() as db:
        digests.claim(db, WORKSPACE, "C0LAUNCH", "2026-W48", token="t", now=NOW)
        digests.finish(db, token="t", status="posted", ts="1.0")

    ben.type("/copy digest")

    assert "Next on Monday 7 December." in told(ben)


def test_help_is_help(desk: Desk, ben: Visitor) -> None:
    ben.type("/copy digest help")

    assert told(ben) == digest_request.HELP


def test_the_same_subscription_twice_is_said_to_be_there(desk: Desk, ben: Visitor) -> None:
    subscribe(desk.storage)

    ben.type("/copy digest here monday 9:00")

    assert told(ben).startswith("That is so already")
    assert desk.rows() == [SUBSCRIBED]


def test_a_command_delivered_four_times_is_announced_once(
    playground: PlaygroundServer, desk: Desk, ben: Visitor
) -> None:
    fault(playground, "duplicate", times=3)

    ben.type("/copy digest here")
    said(ben, "subscribed")
    ben.type("/copy digest off")
    said(ben, "stopped")

    assert len([one for one in ben.messages() if "subscribed" in one["text"]]) == 1
    assert desk.rows() == []


def test_a_channel_without_the_desk_is_not_subscribed_and_says_how(desk: Desk, ben: Visitor) -> None:
    ben.type("/copy digest here", channel="C0RANDOM")

    assert told(ben, "C0RANDOM") == subscriptions.NOT_IN.format(channel="C0RANDOM", example=EXAMPLE)
    assert desk.rows() == []


def test_a_move_that_slack_refuses_leaves_what_was(playground: PlaygroundServer, desk: Desk, ben: Visitor) -> None:
    subscribe(desk.storage)
    fault(playground, "refuse", error="msg_too_long")

    ben.type("/copy digest here friday")

    assert "msg_too_long" in told(ben)
    assert desk.rows() == [SUBSCRIBED]


def test_a_direct_message_is_no_channel(desk: Desk, ben: Visitor) -> None:
    ben.type("/copy digest here", channel="D0BEN")

    assert told(ben, "D0BEN") == digest_request.ELSEWHERE.format(example=EXAMPLE)
    assert desk.rows() == []


def test_anyone_in_the_channel_stops_it_and_is_named(desk: Desk, ben: Visitor, ana: Visitor) -> None:
    ben.type("/copy digest here")
    message = said(ana, "subscribed")

    ana.click(message, "digest_off")

    assert said(ben, "stopped")["text"] == (
        f"<@U0ANA> stopped this channel's weekly digest, Mondays at 9:00 (London time). `{EXAMPLE}` brings it back."
    )
    assert desk.rows() == []
    ben.click(message, "digest_off")
    assert told(ben) == subscriptions.NOTHING.format(example=EXAMPLE)


def test_app_home_lists_what_is_subscribed_and_lets_only_the_subscriber_stop_it(
    desk: Desk, ben: Visitor, ana: Visitor
) -> None:
    subscribe(desk.storage)
    ana.open_home()
    ben.open_home()
    theirs, own = (page.wait_for(lambda visitor: visitor.home) for page in (ana, ben))

    line = "<#C0LAUNCH> · Mondays at 9:00 (London time) · subscribed by <@U0BEN>"
    assert line in shown(theirs)
    assert "digest_off" not in str(theirs)
    ben.click(own, "digest_off")

    said(ana, "<@U0BEN> stopped")
    ben.wait_for(lambda page: digest_forms.NONE_YET in shown(page.home or {}))
    assert desk.rows() == []


def test_a_channel_is_subscribed_by_the_form_in_app_home(desk: Desk, ben: Visitor) -> None:
    ben.open_home()
    ben.click(ben.wait_for(lambda page: page.home), "digest_add")

    answer = ben.fill_and_submit({"channel": "C0SOCIAL", "weekday": "3", "time": "16:30"})

    assert answer == {"ok": True}
    said(ben, "<@U0BEN> subscribed this channel to the weekly digest, Thursdays at 16:30", "C0SOCIAL")
    ben.wait_for(lambda page: "<#C0SOCIAL> · Thursdays at 16:30 (London time)" in shown(page.home or {}))


def test_a_form_for_a_channel_without_the_desk_is_answered_in_the_direct_message(desk: Desk, ben: Visitor) -> None:
    ben.open_home()
    ben.click(ben.wait_for(lambda page: page.home), "digest_add")

    ben.fill_and_submit({"channel": "C0RANDOM"})

    said(ben, "I'm not in <#C0RANDOM>", "D0BEN")
    assert desk.rows() == []
