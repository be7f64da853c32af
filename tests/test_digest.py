"""The digest is posted once per channel and week, whatever restarts, doubles, dies or goes unanswered."""

import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from slack_sdk import WebClient

from bot import digest_words, sending_once
from bot.playground.server import PlaygroundServer
from bot.reaching import Clients, build_clients
from bot.sending_once import NotSent
from bot.weeks import LATE
from storage import digests
from tests.desk_rows import WORKSPACE
from tests.digest_desk import DigestDesk, fault, stands
from tests.digest_rows import DUE, WEEK, status
from tests.running_bot import free_port
from tests.thread_reading import shown
from tests.visitor import Visitor

MINUTE = timedelta(minutes=1)


@pytest.fixture
def desk(playground: PlaygroundServer, tmp_path: Path) -> DigestDesk:
    return DigestDesk(playground, tmp_path)


def test_when_its_time_comes_it_is_posted_with_its_numbers_its_links_and_its_chart(
    playground: PlaygroundServer, desk: DigestDesk
) -> None:
    desk.clock.now = DUE - MINUTE
    assert desk.post_due() == 0
    desk.clock.now = DUE

    assert desk.post_due() == 1

    (message,) = stands(playground)
    assert message["text"] == (
        "The copy desk's week, 16–22 November. Drafts: 1 · People: 6 · Votes: 👍 5 · 👎 1 · "
        f"Approval: 83 % (44–97 %). {digest_words.FIRST}"
    )
    assert "A mug that keeps its promise." in shown(message)
    picture = next(block for block in message["blocks"] if block["type"] == "image")
    assert "16–22 November: 83 % (44–97 %) of 6 votes." in picture["alt_text"]
    address = f"{playground.url}/files/U0DESK/{picture['slack_file']['id']}/digest.png"
    file = httpx.get(address, headers={"cookie": "d=xoxd-playground"}, trust_env=False)
    assert file.content.startswith(b"\x89PNG")
    assert f"{playground.url}/archives/C0LAUNCH/p" in shown(message)
    assert "<@U0BEN> subscribed this channel to the weekly digest, Mondays at 9:00 (London time)." in shown(message)
    assert message["blocks"][-1]["elements"][0]["action_id"] == "digest_off"
    assert message["metadata"]["event_payload"] == {"week": "2026-W47"}


def test_however_often_it_is_looked_for_it_comes_once_a_week(playground: PlaygroundServer, desk: DigestDesk) -> None:
    for minutes in (0, 1, 2, 60, 24 * 60, 47 * 60):
        desk.clock.now = DUE + minutes * MINUTE
        desk.post_due()
    desk.clock.now = DUE - timedelta(days=1)
    desk.post_due()
    assert len(stands(playground)) == 1

    desk.clock.now = DUE + timedelta(days=7)
    assert desk.post_due() == 1

    assert len(stands(playground)) == 2


def test_two_processes_at_once_post_it_once(playground: PlaygroundServer, desk: DigestDesk) -> None:
    ready, counts = threading.Barrier(4), list[int]()

    def run() -> None:
        ready.wait()
        counts.append(desk.post_due())

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(counts) == [0, 0, 0, 1]
    assert len(stands(playground)) == 1


@pytest.mark.parametrize(("late", "count"), [(LATE - MINUTE, 1), (LATE + MINUTE, 0)])
def test_what_was_missed_while_the_desk_was_off_comes_when_it_is_back_unless_that_is_too_late(
    playground: PlaygroundServer, desk: DigestDesk, late: timedelta, count: int
) -> None:
    desk.clock.now = DUE + late

    assert desk.post_due() == count
    assert len(stands(playground)) == count


def test_a_process_that_died_before_posting_leaves_it_to_others(playground: PlaygroundServer, desk: DigestDesk) -> None:
    with desk.storage.write() as db:
        assert digests.claim(db, WORKSPACE, "C0LAUNCH", WEEK.name, token="dead", now=DUE)

    desk.clock.now = DUE + digests.LEASE - MINUTE
    assert desk.post_due() == 0
    desk.clock.now = DUE + digests.LEASE + MINUTE
    assert desk.post_due() == 1

    with desk.storage.write() as db:
        # The first was only slow; it must see that its claim is gone.
        assert not digests.begin(db, token="dead")
    assert status(desk.storage) == "posted"


def test_a_process_that_died_while_posting_leaves_a_week_that_is_not_posted_again(
    playground: PlaygroundServer, desk: DigestDesk, caplog: pytest.LogCaptureFixture
) -> None:
    with desk.storage.write() as db:
        digests.claim(db, WORKSPACE, "C0LAUNCH", WEEK.name, token="dead", now=DUE)
        digests.begin(db, token="dead")

    for minutes in (0, 11, 12):
        desk.clock.now = DUE + minutes * MINUTE
        assert desk.post_due() == 0

    assert stands(playground) == []
    assert status(desk.storage) == "unsure"
    told = [record.getMessage() for record in caplog.records if "Nobody knows" in record.getMessage()]
    assert len(told) == 1
    assert "copydesk digest --channel C0LAUNCH --week 2026-W47" in told[0]


POSTING = """
import sys
from pathlib import Path
from bot.digest import post_due
from bot.reaching import build_clients
from storage.database import Storage
from tests.digest_rows import Clock
post_due(Storage(Path(sys.argv[1])), build_clients("xoxb-playground", sys.argv[2]), Clock(), wait=lambda _: None)
"""


@pytest.mark.logs_errors  # the playground's, where the kill cuts a request in two
def test_a_process_killed_while_it_posts_is_followed_by_no_second_post(
    playground: PlaygroundServer, desk: DigestDesk
) -> None:
    fault(playground, "slow", seconds=1)
    command = [sys.executable, "-c", POSTING, str(desk.storage.path), f"{playground.url}/api/"]
    with subprocess.Popen(command) as process:
        while status(desk.storage) != "posting":
            assert process.poll() is None
        process.kill()

    desk.clock.now = DUE + timedelta(hours=1)
    assert desk.post_due() == 0

    # Whether the request was on its way already is up to the moment of the kill.
    assert len(stands(playground)) <= 1
    assert status(desk.storage) == "unsure"


@pytest.mark.logs_errors  # the SDK's own, of the answer that did not come
def test_an_answer_that_never_comes_does_not_bring_it_twice(playground: PlaygroundServer, desk: DigestDesk) -> None:
    hasty = WebClient(desk.clients.patient.token, desk.clients.patient.base_url, timeout=1)
    desk.clients = Clients(hasty, hasty)
    fault(playground, "slow", seconds=1.5)

    with Visitor(playground.url) as ana:
        assert desk.post_due() == 0
        ana.wait_for(lambda page: any(one["text"].startswith("The copy desk") for one in page.messages()))
    desk.post_due()

    assert len(stands(playground)) == 1
    assert status(desk.storage) == "unsure"


def test_a_slack_that_asks_to_wait_is_asked_again(playground: PlaygroundServer, desk: DigestDesk) -> None:
    fault(playground, "429")

    assert desk.post_due() == 0
    assert status(desk.storage) == "waiting"
    assert desk.post_due() == 1

    assert len(stands(playground)) == 1


@pytest.mark.logs_errors  # likewise
def test_a_slack_that_stumbles_may_have_posted_it(playground: PlaygroundServer, desk: DigestDesk) -> None:
    fault(playground, "500")

    assert desk.post_due() == 0
    assert desk.post_due() == 0

    assert status(desk.storage) == "unsure"


@pytest.mark.logs_errors  # likewise
def test_a_slack_that_cannot_be_reached_is_tried_again(playground: PlaygroundServer, desk: DigestDesk) -> None:
    there = desk.clients
    desk.clients = build_clients("xoxb-playground", f"http://127.0.0.1:{free_port()}/api/")

    assert desk.post_due() == 0
    assert status(desk.storage) == "waiting"
    desk.clients = there
    assert desk.post_due() == 1


@pytest.mark.logs_errors  # likewise
def test_no_way_to_slack_at_the_last_moment_is_known_to_have_posted_nothing() -> None:
    gone = WebClient("xoxb-playground", f"http://127.0.0.1:{free_port()}/api/")

    with pytest.raises(NotSent):
        sending_once.send(gone, channel="C0LAUNCH", text="hello")
