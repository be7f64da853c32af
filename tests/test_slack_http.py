"""Slack over signed HTTP: the same app, and nothing unsigned or stale gets in."""

import time
from collections.abc import Callable

import httpx
import pytest
from slack_sdk.signature import SignatureVerifier

from bot.playground.server import PlaygroundServer
from tests.running_bot import RunningBot
from tests.thread_reading import drafts, shown, wait_for_drafts
from tests.visitor import Visitor

SECRET = "a signing secret"
BREWLINE = "/copy tweet for Brewline cold brew, free shipping this week"


@pytest.fixture
def http_bot(playground: PlaygroundServer, start_bot: Callable[..., RunningBot]) -> RunningBot:
    bot = start_bot(slack_app_token="", slack_signing_secret=SECRET)
    address = {"url": f"http://127.0.0.1:{bot.port}/slack/events", "signing_secret": SECRET}
    httpx.post(f"{playground.url}/playground/http", json=address).raise_for_status()
    return bot


def test_a_brief_and_a_vote_come_over_http(http_bot: RunningBot, ana: Visitor) -> None:
    ana.type(BREWLINE)
    draft = wait_for_drafts(ana, 3)[0]

    ana.react(draft, "+1")

    ana.wait_for(lambda page: "👍 1" in shown(drafts(page)[0]))
    assert http_bot.rows("SELECT user, value FROM votes") == [{"user": "U0ANA", "value": 1}]


@pytest.mark.parametrize(
    ("age", "secret", "tamper"),
    [(0, "another secret", ""), (301, SECRET, ""), (-301, SECRET, ""), (0, SECRET, "&text=other")],
)
def test_unsigned_stale_and_tampered_requests_are_refused(
    http_bot: RunningBot, age: int, secret: str, tamper: str
) -> None:
    body = "command=%2Fcopy&text=tweet+for+tea&team_id=T0PLAY&channel_id=C0LAUNCH&user_id=U0ANA&trigger_id=1.1.a"
    stamp = str(int(time.time()) - age)
    signature = SignatureVerifier(secret).generate_signature(timestamp=stamp, body=body)
    headers = {
        "content-type": "application/x-www-form-urlencoded",
        "x-slack-request-timestamp": stamp,
        "x-slack-signature": signature or "",
    }

    answer = httpx.post(f"http://127.0.0.1:{http_bot.port}/slack/events", content=body + tamper, headers=headers)

    assert answer.status_code == 401
    assert http_bot.rows("SELECT * FROM briefs") == []


def test_health_is_ok_only_when_everything_is(bot: RunningBot, ana: Visitor) -> None:
    ana.wait_for(lambda page: page.connected)
    assert bot.healthz().json() == {"ok": True, "slack": True, "database": True, "model": True}

    bot.storage.path.rename(bot.storage.path.with_suffix(".gone"))
    bot.storage.path.mkdir()

    answer = bot.healthz()
    assert answer.status_code == 503
    assert answer.json()["database"] is False
