"""What becomes of a digest that Slack refuses, of its chart, of one nobody wants any more, and of one posted again."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.digest import CHART_WAITS, Target
from bot.digest_content import Learned
from bot.playground.server import PlaygroundServer
from bot.weeks import Week
from storage import digests
from tests.desk_rows import WORKSPACE
from tests.digest_desk import DigestDesk, fault, stands
from tests.digest_rows import SUBSCRIBED, WEEK, add_voted, status, subscribe
from tests.thread_reading import Message, shown
from tests.visitor import Visitor

TARGET = Target(WORKSPACE, "C0LAUNCH", SUBSCRIBED)


@pytest.fixture
def desk(playground: PlaygroundServer, tmp_path: Path) -> DigestDesk:
    return DigestDesk(playground, tmp_path)


def kinds(message: Message) -> list[str]:
    return [block["type"] for block in message["blocks"]]


@pytest.mark.parametrize("error", ["not_in_channel", "channel_not_found", "is_archived", "restricted_action"])
def test_a_channel_that_shut_the_desk_out_is_unsubscribed_and_its_subscriber_told(
    playground: PlaygroundServer, desk: DigestDesk, error: str
) -> None:
    fault(playground, "refuse", error=error)

    with Visitor(playground.url, "U0BEN") as ben:
        assert desk.post_due() == 0
        (told,) = ben.wait_for(lambda page: page.messages("D0BEN"))

    assert "I could not post the weekly digest in <#C0LAUNCH>" in told["text"]
    assert "/copy digest here" in told["text"]
    with desk.storage.read() as db:
        assert digests.subscriptions(db) == []
    assert desk.post_due() == 0


def test_another_refusal_is_recorded_and_holds_up_no_other_channel(
    playground: PlaygroundServer, desk: DigestDesk
) -> None:
    subscribe(desk.storage, replace(SUBSCRIBED, channel="C0SOCIAL", at="2026-09-30T00:00:00.000000+00:00"))
    fault(playground, "refuse", error="msg_too_long")

    assert desk.post_due() == 1
    assert desk.post_due() == 0

    assert (status(desk.storage), status(desk.storage, "C0SOCIAL")) == ("refused", "posted")
    with desk.storage.read() as db:
        known = digests.digest(db, WORKSPACE, "C0LAUNCH", WEEK.name)
        assert known is not None
        assert known.reason == "msg_too_long"
        assert len(digests.subscriptions(db)) == 2


@pytest.mark.logs_errors
def test_a_fault_of_ours_in_one_digest_holds_up_no_other(playground: PlaygroundServer, desk: DigestDesk) -> None:
    other = replace(SUBSCRIBED, channel="C0SOCIAL", time="08:00", at="2026-09-30T00:00:00.000000+00:00")
    subscribe(desk.storage, other)

    def know(_workspace: str, week: Week) -> Learned:
        if week.end.hour == 9:
            raise KeyError("nobody foresaw this")
        return Learned()

    assert desk.post_due(learned=know) == 1

    assert (status(desk.storage), status(desk.storage, "C0SOCIAL")) == ("refused", "posted")


@pytest.mark.parametrize(("times", "has_chart"), [(1, True), (2, False)])
def test_a_picture_that_slack_has_not_made_ready_is_waited_for_and_then_done_without(
    playground: PlaygroundServer, desk: DigestDesk, times: int, has_chart: bool
) -> None:
    fault(playground, "refuse", error="invalid_blocks", times=times)

    assert desk.post_due() == 1

    (message,) = stands(playground)
    assert ("image" in kinds(message)) is has_chart
    assert desk.waits == list(CHART_WAITS)


@pytest.mark.parametrize(("method", "error"), [("files.getUploadURLExternal", "missing_scope")])
def test_a_picture_that_slack_does_not_take_is_left_out(
    playground: PlaygroundServer, desk: DigestDesk, method: str, error: str
) -> None:
    fault(playground, "refuse", method, error=error)

    assert desk.post_due() == 1

    (message,) = stands(playground)
    assert "image" not in kinds(message)
    assert "83 % (44–97 %)" in shown(message)
    assert desk.waits == []


def test_a_draft_whose_message_was_deleted_is_not_quoted(playground: PlaygroundServer, desk: DigestDesk) -> None:
    desk.clients.patient.chat_delete(channel="C0LAUNCH", ts=desk.ts)

    desk.post_due()

    assert "keeps its promise" not in str(stands(playground))


@pytest.mark.parametrize(("error", "is_quoted"), [("", True), ("missing_scope", False), ("channel_not_found", False)])
def test_drafts_of_another_channel_are_quoted_only_where_slack_says_that_it_is_public(
    playground: PlaygroundServer, desk: DigestDesk, error: str, is_quoted: bool
) -> None:
    ts = desk.clients.patient.chat_postMessage(channel="C0SOCIAL", text="Draft 1")["ts"]
    add_voted(desk.storage, "elsewhere", up=4, channel="C0SOCIAL", ts=ts, text="Said elsewhere.")
    if error:
        fault(playground, "refuse", "conversations.info", error=error)

    desk.post_due()

    assert ("Said elsewhere." in shown(stands(playground)[0])) is is_quoted


def test_a_subscription_that_ends_while_its_digest_is_written_is_respected(
    playground: PlaygroundServer, desk: DigestDesk
) -> None:
    def stop(_workspace: str, _week: Week) -> Learned:
        with desk.storage.write() as db:
            digests.unsubscribe(db, WORKSPACE, "C0LAUNCH")
        return Learned()

    assert desk.post_due(learned=stop) == 0

    assert stands(playground) == []


def test_posted_again_it_is_the_same_message_with_the_numbers_of_now(
    playground: PlaygroundServer, desk: DigestDesk
) -> None:
    desk.post_due()
    (before,) = stands(playground)
    add_voted(desk.storage, "more", up=2, at=WEEK.end - timedelta(days=1))

    assert desk.poster().post_again(TARGET, WEEK) == "updated"

    (after,) = stands(playground)
    assert after["ts"] == before["ts"]
    assert "Drafts: 2" in after["text"]
    assert "image" in kinds(after)


def test_posted_again_after_it_was_deleted_it_is_a_new_message(playground: PlaygroundServer, desk: DigestDesk) -> None:
    desk.post_due()
    (before,) = stands(playground)
    desk.clients.patient.chat_delete(channel="C0LAUNCH", ts=before["ts"])

    assert desk.poster().post_again(TARGET, WEEK) == "posted"

    (after,) = stands(playground)
    assert after["ts"] != before["ts"]


@pytest.mark.parametrize("left", ["unsure", "refused"])
def test_what_nobody_knows_or_was_refused_can_be_posted_by_hand(
    playground: PlaygroundServer, desk: DigestDesk, left: str
) -> None:
    with desk.storage.write() as db:
        digests.claim(db, WORKSPACE, "C0LAUNCH", WEEK.name, token="dead", now=desk.clock())
        digests.finish(db, token="dead", status=left)
    assert desk.post_due() == 0

    assert desk.poster().post_again(TARGET, WEEK) == "posted"

    assert len(stands(playground)) == 1


def test_what_another_process_is_posting_is_left_to_it(playground: PlaygroundServer, desk: DigestDesk) -> None:
    with desk.storage.write() as db:
        digests.claim(db, WORKSPACE, "C0LAUNCH", WEEK.name, token="other", now=desk.clock())

    assert desk.poster().post_again(TARGET, WEEK) == "taken"

    assert stands(playground) == []
