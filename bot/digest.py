"""The weekly post: claimed before it is written, posted once per channel and ISO week, whatever restarts or doubles."""

import logging
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeVar

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot import digest_blocks, digest_chart, sending_once, weeks
from bot.desk import SlackUnavailable
from bot.digest_content import gather
from bot.digest_learned import Knows, know_nothing
from bot.digest_places import SlackPlaces, upload
from bot.digest_request import EXAMPLE
from bot.digest_words import appointment
from bot.opener import GONE, SHUT_OUT
from bot.reaching import Clients, reaching_slack
from bot.sending_once import NotSent, Unsure
from bot.weeks import Week
from storage import digests
from storage.database import Storage
from storage.digests import DigestRow, SubscriptionRow

SHUT_OUT_OF = (
    "I could not post the weekly digest in <#{channel}>: I'm not in it any more, or it is closed to me. "
    "So I ended the subscription of {when}. To have it back, invite me there and type `{example}`."
)
CHART_WAITS = (2.0, 5.0)
"""Seconds before each attempt: Slack works on a picture for a while, and refuses messages that show it until then."""

Sent = TypeVar("Sent")
Outcome = Literal["posted", "updated", "waiting", "refused", "unsure", "taken"]

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Target:
    """A channel that a digest goes to, and its subscription; None where it is posted by hand and nobody subscribed."""

    workspace: str
    channel: str
    subscription: SubscriptionRow | None


def post_due(
    storage: Storage,
    clients: Clients,
    clock: Callable[[], datetime],
    *,
    learned: Knows = know_nothing,
    wait: Callable[[float], None] = time.sleep,
) -> int:
    """Post every digest that is due by now; returns how many. Call it every minute, and at start for what was missed.

    Which digest is due follows from the rows and the clock alone, so no restart loses one and none brings one twice.
    """
    poster = Poster(storage, clients.patient, clock, learned, wait)
    poster.settle()
    return sum(poster.post(target, week) == "posted" for target, week in poster.due())


@dataclass(frozen=True, slots=True)
class Poster:
    """Posts digests; `wait` sleeps for a number of seconds.

    Slack can't be asked whether a message stands in a channel without the right to read that channel, which the desk
    doesn't have. So a digest is sent at most once: a process that dies in the second between sending and recording
    leaves a week "unsure", which is not posted again by itself. Everything slow happens before that second.
    """

    storage: Storage
    client: WebClient
    clock: Callable[[], datetime]
    learned: Knows = know_nothing
    wait: Callable[[float], None] = time.sleep

    def due(self) -> list[tuple[Target, Week]]:
        """The digests that should stand in their channels by now and have not been settled."""
        now, found = self.clock(), []
        with self.storage.read() as db:
            for row in digests.subscriptions(db):
                week = weeks.due(appointment(row), now, since=datetime.fromisoformat(row.at))
                if week is not None and week.name not in digests.settled(db, row.workspace, row.channel):
                    found.append((Target(row.workspace, row.channel, row), week))
        return found

    def settle(self) -> None:
        """Close what processes were posting when they died."""
        with self.storage.write() as db:
            left = digests.give_up(db, self.clock())
        for row in left:
            _warn_unsure(row.channel, row.week, "The desk stopped while it was being posted.")

    def post(self, target: Target, week: Week, *, again: bool = False) -> Outcome:
        """Post a week's digest, unless another process has it or it was settled; `again` posts what was settled."""
        token = uuid.uuid4().hex
        later: Outcome = "refused" if again else "waiting"
        place = {"workspace": target.workspace, "channel": target.channel, "week": week.name}
        with self.storage.write() as db:
            if not digests.claim(db, **place, token=token, now=self.clock(), again=again):
                return "taken"
        try:
            message = self._write(target, week)
        except SlackUnavailable as error:
            logger.warning("The digest of %s for channel %s waits: %s", week.name, target.channel, error)
            return self._finish(token, later, str(error))
        except SlackApiError as error:
            return self._refused(token, target, week, error)
        except Exception:
            # One channel's digest must not hold up the others'; the log has the traceback.
            logger.exception("The digest of %s for channel %s failed.", week.name, target.channel)
            return self._finish(token, "refused", "failed")
        if not self._begin(token, target):
            return "taken"
        return self._send(token, target, week, message, later)

    def post_again(self, target: Target, week: Week) -> Outcome:
        """Show a week's digest as its numbers are now: in its message, or in a new one where there is none.

        Raises SlackUnavailable, and SlackApiError where Slack says no to the update.
        """
        with self.storage.read() as db:
            known = digests.digest(db, target.workspace, target.channel, week.name)
        if known is None or known.status != "posted" or known.ts is None:
            return self.post(target, week, again=True)
        try:
            with reaching_slack():
                self._patiently(self._write(target, week), lambda one: self._change(target.channel, known, one))
        except SlackApiError as error:
            if error.response["error"] not in GONE:
                raise
            return self.post(target, week, again=True)
        return "updated"

    def _write(self, target: Target, week: Week) -> dict[str, Any]:
        """Everything that takes time: the numbers, the links, and the chart handed to Slack."""
        with reaching_slack():
            self.client.auth_test()
        with self.storage.read() as db:
            digest = gather(
                db,
                target.workspace,
                target.channel,
                week,
                places=SlackPlaces(self.client),
                learned=self.learned(target.workspace, week),
                subscription=target.subscription,
            )
        picture = digest_chart.draw(digest)
        if picture is None:
            return digest_blocks.message(digest)
        alt_text = digest_chart.alt_text(digest)
        name = f"digest-{week.name}.png"
        file = upload(self.client, picture, name=name, title=digest_chart.TITLE, alt_text=alt_text)
        return digest_blocks.message(digest, chart=file, alt_text=alt_text)

    def _begin(self, token: str, target: Target) -> bool:
        """The last moment at which a digest can be left alone: somebody may just have stopped it."""
        with self.storage.write() as db:
            if target.subscription is None or digests.subscription(db, target.workspace, target.channel):
                return digests.begin(db, token=token)
            digests.finish(db, token=token, status="waiting")
            return False

    def _send(self, token: str, target: Target, week: Week, message: dict[str, Any], later: Outcome) -> Outcome:
        try:
            ts = self._patiently(message, lambda one: self._send_once(target.channel, one))
        except NotSent as error:
            logger.warning("The digest of %s for channel %s waits: %s", week.name, target.channel, error)
            return self._finish(token, later, str(error))
        except Unsure as error:
            _warn_unsure(target.channel, week.name, str(error))
            return self._finish(token, "unsure", str(error))
        except SlackApiError as error:
            return self._refused(token, target, week, error)
        return self._finish(token, "posted", ts=ts)

    def _send_once(self, channel: str, message: dict[str, Any]) -> str:
        # The links lead to drafts; unfurled, each would be quoted a second time.
        return sending_once.send(self.client, channel=channel, unfurl_links=False, unfurl_media=False, **message)

    def _change(self, channel: str, known: DigestRow, message: dict[str, Any]) -> None:
        self.client.chat_update(channel=channel, ts=known.ts or "", **message)

    def _patiently(self, message: dict[str, Any], send: Callable[[dict[str, Any]], Sent]) -> Sent:
        """Send a message as often as its picture needs to become ready, and at last without it."""
        plain = [block for block in message["blocks"] if block["type"] != "image"]
        if len(plain) == len(message["blocks"]):
            return send(message)
        for seconds in CHART_WAITS:
            # At once, Slack may accept the message and show a broken picture.
            self.wait(seconds)
            try:
                return send(message)
            except SlackApiError as error:
                if error.response["error"] != "invalid_blocks":
                    raise
        logger.warning("The digest comes without its chart, which Slack had not made ready.")
        return send({**message, "blocks": plain})

    def _refused(self, token: str, target: Target, week: Week, error: SlackApiError) -> Outcome:
        name = str(error.response["error"])
        logger.warning("Slack refused the digest of %s for channel %s: %s", week.name, target.channel, name)
        if name in SHUT_OUT and target.subscription is not None:
            with self.storage.write() as db:
                digests.unsubscribe(db, target.workspace, target.channel)
            self._tell(target.subscription)
        return self._finish(token, "refused", name)

    def _tell(self, row: SubscriptionRow) -> None:
        """Whoever subscribed should not wonder why the digest stopped."""
        if not row.user:
            return
        said = SHUT_OUT_OF.format(channel=row.channel, when=appointment(row), example=EXAMPLE)
        try:
            with reaching_slack():
                self.client.chat_postMessage(channel=row.user, text=said)
        except (SlackApiError, SlackUnavailable) as error:
            logger.warning("A subscriber could not be told that the digest stopped: %s", type(error).__name__)

    def _finish(self, token: str, outcome: Outcome, reason: str | None = None, *, ts: str | None = None) -> Outcome:
        with self.storage.write() as db:
            digests.finish(db, token=token, status=outcome, ts=ts, reason=reason)
        return outcome


def _warn_unsure(channel: str, week: str, why: str) -> None:
    logger.warning(
        "Nobody knows whether the digest of %s stands in channel %s. %s Look there; "
        "`copydesk digest --channel %s --week %s` posts it if it doesn't.",
        week,
        channel,
        why,
        channel,
        week,
    )
