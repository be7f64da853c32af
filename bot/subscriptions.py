"""Subscribing a channel to the weekly digest: `/copy digest …`, the button that stops it, the form in App Home."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time
from http.client import HTTPException
from typing import Any
from zoneinfo import available_timezones

from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from bot import blocks, digest_forms, digest_request, weeks
from bot.consent import Republish
from bot.desk import SlackUnavailable
from bot.digest_blocks import off_button
from bot.digest_request import EXAMPLE, NotUnderstood, Request
from bot.digest_words import appointment, who
from bot.forms import filled_in, open_modal
from bot.opener import SHUT_OUT
from bot.reaching import reaching_slack
from bot.slack_text import escape, unescape
from bot.whisper import whisper
from storage import deliveries, digests
from storage.database import Storage, stamp
from storage.digests import SubscriptionRow

SUBSCRIBED = "<@{user}> subscribed this channel to the weekly digest, {when}. The first one comes on {day}."
MOVED = "<@{user}> moved this channel's weekly digest to {when}. The next one comes on {day}."
STOPPED = "<@{user}> stopped this channel's weekly digest, {when}. `{example}` brings it back."
ALREADY = "That is so already: the weekly digest comes here {when}, next on {day}."
GETS = "The weekly digest comes here {when}; {who} subscribed it. Next on {day}. `/copy digest off` stops it."
NOTHING = "There is no weekly digest here. `{example}` subscribes."
NOT_IN = "I'm not in <#{channel}>, so the digest can't come there. Type `/invite @copydesk` there, then `{example}`."
NOT_NOW = "Slack could not be reached, so nothing is subscribed. Try again in a minute."
REFUSED = "Slack would not let me post there ({error}), so nothing is subscribed."
NO_ZONE = "I can't see your time zone, so the time is UTC. Name yours to change that: `{example} Europe/London`."

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Subscriptions:
    """Subscribes channels and says so there; `republish` shows a person's App Home anew."""

    storage: Storage
    clock: Callable[[], datetime]
    republish: Republish

    def answer(self, ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        """Answer `/copy digest …`, typed in the channel that is meant."""
        try:
            asked = digest_request.parse(unescape(body.get("text", "").strip().partition(" ")[2]))
        except NotUnderstood as sentence:
            ack(text=escape(str(sentence)))
            return
        place = {"workspace": body["team_id"], "channel": body["channel_id"]}
        if asked.kind in ("help", "ask"):
            ack(text=digest_request.HELP if asked.kind == "help" else self._state(**place))
            return
        if asked.kind == "on" and body["channel_id"].startswith("D"):
            ack(text=digest_request.ELSEWHERE.format(example=EXAMPLE))
            return
        ack()
        if asked.kind == "on":
            told = self.subscribe(client, asked, **place, user=body["user_id"], key=body["trigger_id"])
        else:
            told = self.unsubscribe(client, **place, user=body["user_id"], key=body["trigger_id"])
        if told:
            _tell(client, body, told)

    def subscribe(self, client: WebClient, asked: Request, *, workspace: str, channel: str, user: str, key: str) -> str:
        """Subscribe a channel and say so in it; returns what that person alone should know, empty when nothing."""
        zone = asked.timezone or _zone_of(client, user)
        weekday = digest_forms.WEEKDAY if asked.weekday is None else asked.weekday
        at = (asked.at or digest_forms.AT).strftime("%H:%M")
        row = SubscriptionRow(workspace, channel, user, weekday, at, zone or "UTC", stamp(self.clock()))
        with self.storage.write() as db:
            before = digests.subscription(db, workspace, channel)
            if not deliveries.claim(db, f"digest:{key}", self.clock()):
                return ""
            if before is not None and appointment(before) == appointment(row):
                return ALREADY.format(when=appointment(row), day=self._next(before))
            digests.subscribe(db, row)
        said = (MOVED if before else SUBSCRIBED).format(user=user, when=appointment(row), day=self._next(row))
        if refused := _say(client, channel, said, button=True):
            self._restore(row, before)
            return refused
        return "" if zone else NO_ZONE.format(example=EXAMPLE)

    def unsubscribe(self, client: WebClient, *, workspace: str, channel: str, user: str, key: str) -> str:
        """End a channel's subscription and say there who did; returns what that person alone should know."""
        with self.storage.write() as db:
            if not deliveries.claim(db, f"digest:{key}", self.clock()):
                return ""
            row = digests.unsubscribe(db, workspace, channel)
        if row is None:
            return NOTHING.format(example=EXAMPLE)
        said = STOPPED.format(user=user, when=appointment(row), example=EXAMPLE)
        return said if _say(client, channel, said, button=False) else ""

    def _state(self, workspace: str, channel: str) -> str:
        with self.storage.read() as db:
            row = digests.subscription(db, workspace, channel)
        if row is None:
            return NOTHING.format(example=EXAMPLE)
        return GETS.format(when=appointment(row), who=who(row), day=self._next(row))

    def _next(self, row: SubscriptionRow) -> str:
        """The day of the next digest; a week that stands in the channel already is not posted twice."""
        with self.storage.read() as db:
            settled = digests.settled(db, row.workspace, row.channel)
        moment = weeks.coming(appointment(row), self.clock())
        while weeks.ending(moment).name in settled:
            moment = weeks.coming(appointment(row), moment)
        return weeks.day_name(moment)

    def _restore(self, row: SubscriptionRow, before: SubscriptionRow | None) -> None:
        with self.storage.write() as db:
            if before is None:
                digests.unsubscribe(db, row.workspace, row.channel)
            else:
                digests.subscribe(db, before)


def register(app: App, subscriptions: Subscriptions) -> None:
    """Listen for the buttons and the form."""

    @app.action("digest_off")
    def digest_off(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        ack()
        user, workspace, channel = body["user"]["id"], body["team"]["id"], body["actions"][0]["value"]
        if not _may_stop(subscriptions.storage, body):
            return
        told = subscriptions.unsubscribe(
            client, workspace=workspace, channel=channel, user=user, key=body["trigger_id"]
        )
        if "channel" not in body:
            subscriptions.republish(client, workspace, user)
        elif told:
            whisper(client, told, channel=channel, user=user, thread_ts=None)

    @app.action("digest_add")
    def digest_add(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        ack()
        open_modal(client, body, digest_forms.modal())

    @app.view("digest_add")
    def digest_added(ack: Ack, body: dict[str, Any], view: dict[str, Any], client: WebClient) -> None:
        ack()
        fields, user = filled_in(view), body["user"]["id"]
        asked = Request("on", int(fields["weekday"]), time.fromisoformat(fields["time"]))
        place = {"workspace": body["team"]["id"], "channel": fields["channel"]}
        told = subscriptions.subscribe(client, asked, **place, user=user, key=body["trigger_id"])
        if told:
            _say(client, user, told, button=False)
        subscriptions.republish(client, place["workspace"], user)


def _may_stop(storage: Storage, body: dict[str, Any]) -> bool:
    """Anyone in the channel, from there; in App Home, where nobody knows who is in it, whoever subscribed it."""
    channel = body["actions"][0]["value"]
    if "channel" in body:
        return bool(body["channel"]["id"] == channel)
    with storage.read() as db:
        row = digests.subscription(db, body["team"]["id"], channel)
    return row is not None and row.user == body["user"]["id"]


def _zone_of(client: WebClient, user: str) -> str | None:
    """The time zone that a person has set in Slack; None when Slack does not say."""
    try:
        with reaching_slack():
            found = client.users_info(user=user)["user"].get("tz")
    except (SlackApiError, SlackUnavailable) as error:
        logger.warning("A person's time zone could not be read: %s", error)
        return None
    return found if found in available_timezones() else None


def _say(client: WebClient, channel: str, text: str, *, button: bool) -> str:
    """Say something in a channel; returns a sentence when Slack would not, empty when it did."""
    shown = [blocks.section(text), *([blocks.actions([off_button(channel)], name="digest")] if button else [])]
    try:
        with reaching_slack():
            client.chat_postMessage(channel=channel, text=text, blocks=shown)
    except SlackUnavailable as error:
        logger.warning("A subscription could not be announced: %s", error)
        return NOT_NOW
    except SlackApiError as error:
        name = str(error.response["error"])
        logger.warning("A subscription could not be announced: %s", name)
        return NOT_IN.format(channel=channel, example=EXAMPLE) if name in SHUT_OUT else REFUSED.format(error=name)
    return ""


def _tell(client: WebClient, body: dict[str, Any], text: str) -> None:
    """Answer a command after it was acknowledged; its own address works where the app is no member, too."""
    try:
        said = WebhookClient(body["response_url"]).send(text=text, response_type="ephemeral")
    except (OSError, HTTPException) as error:
        logger.warning("The response_url of a command can't be reached: %s", type(error).__name__)
    else:
        if said.status_code == 200:
            return
    whisper(client, text, channel=body["channel_id"], user=body["user_id"], thread_ts=None)
