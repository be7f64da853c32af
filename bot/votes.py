"""Votes: the buttons under a draft and the reactions on it, one vote a person, the last one counts."""

import logging
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot import blocks
from bot.blocks import Block
from bot.desk import SlackUnavailable
from bot.forms import open_modal
from bot.intake import Intake
from bot.reaching import reaching_slack
from bot.refresher import Refresher
from bot.whisper import whisper
from storage import consent, deliveries, drafts, hourly, votes
from storage.database import Storage
from storage.drafts import DraftRow

COUNTED = {
    1: "👍 counted on draft {variant}. The desk learns from it.",
    -1: "👎 counted on draft {variant}. Say what's wrong and the desk writes a new version.",
}
TEACHES_NOTHING = "👍 counted on draft {variant}. As you wished, the desk learns nothing from it."
TOO_MANY = (
    "That vote isn't counted: you have cast {limit} within an hour, and no one's taste should drown the others'. "
    "You can vote again in {minutes}."
)
NO_DRAFT = "This draft is not on the desk any more."
TAKEN_BACK = "Your vote on draft {variant} is taken back."
TAKE_BACK, SAY_WHY = "Take it back", "Say what's wrong"
VALUES = {"+1": 1, "thumbsup": 1, "-1": -1, "thumbsdown": -1}
SKIN_TONE = re.compile(r"::skin-tone-[2-6]$")

REASONS = ("off-brand", "boring", "too long", "wrong facts", "wrong tone", "something else")

logger = logging.getLogger(__name__)


def value_of(reaction: str) -> int | None:
    """What a reaction says of a draft, in every skin tone; None when it is no vote.

    >>> value_of("+1::skin-tone-4"), value_of("thumbsdown"), value_of("tada")
    (1, -1, None)
    """
    return VALUES.get(SKIN_TONE.sub("", reaction))


@dataclass(frozen=True, slots=True)
class Ballot:
    """Casts votes for the listeners: the row, the message's tally, and what the voter is told."""

    storage: Storage
    clock: Callable[[], datetime]
    refresher: Refresher

    def cast(self, draft: DraftRow, *, user: str, value: int, source: str, at: datetime, key: str = "") -> str | None:
        """Count a vote and show it on the draft; returns what to tell a person who has cast too many, else "".

        `key` names a delivery that counts once; None when it was taken before.
        """
        with self.storage.write() as db:
            if key and not deliveries.claim(db, key, self.clock()):
                return None
            until = hourly.full_until(db, "votes", draft, user=user, at=at)
            if until is None:
                votes.cast(db, draft, user=user, value=value, source=source, at=at)
        if until is not None:
            return TOO_MANY.format(limit=hourly.MOST_AN_HOUR, minutes=_minutes(until - at))
        self.refresher.soon(draft.id)
        return ""

    def withdraw(self, draft: DraftRow, *, user: str, value: int | None = None) -> None:
        """Take a vote back and show it on the draft."""
        with self.storage.write() as db:
            votes.withdraw(db, draft.id, user=user, value=value)
        self.refresher.soon(draft.id)

    def confirm(self, client: WebClient, draft: DraftRow, *, user: str, value: int, key: str) -> None:
        """Tell the voter that it counted, once per delivery."""
        with self.storage.read() as db:
            teaches = consent.teaches(db, draft.workspace, user)
        text = COUNTED[value] if teaches or value < 0 else TEACHES_NOTHING
        elements = [blocks.button(TAKE_BACK, "vote_back", draft.id)]
        if value < 0:
            elements.insert(0, blocks.button(SAY_WHY, "say_why", draft.id))
        self.tell(client, draft, text.format(variant=draft.variant), user=user, key=key, buttons=elements)

    def tell(
        self, client: WebClient, draft: DraftRow, text: str, *, user: str, key: str, buttons: Sequence[Block] = ()
    ) -> None:
        """Say a sentence to one person below a draft, once per delivery."""
        with self.storage.write() as db:
            if not deliveries.claim(db, key, self.clock()):
                return
            thread_ts = drafts.thread_of(db, draft.id)
        whisper(client, text, channel=draft.channel or "", user=user, thread_ts=thread_ts, buttons=buttons)


def register(app: App, intake: Intake, storage: Storage, refresher: Refresher) -> None:
    """Listen for vote buttons and reactions."""
    ballot = Ballot(storage, intake.clock, refresher)
    _register_buttons(app, ballot)
    _register_reactions(app, ballot)


def find_draft(storage: Storage, body: dict[str, Any]) -> DraftRow | None:
    """The draft that a button stands for."""
    with storage.read() as db:
        draft = drafts.get(db, body["actions"][0]["value"])
    return draft if draft is not None and draft.workspace == body["team"]["id"] else None


def tell_gone(client: WebClient, body: dict[str, Any]) -> None:
    """Say to whoever clicked that the draft is gone, as when the person it was written for wished to be forgotten."""
    place = body["container"]
    thread_ts = body.get("message", {}).get("thread_ts")
    whisper(client, NO_DRAFT, channel=place["channel_id"], user=body["user"]["id"], thread_ts=thread_ts)


def reason_modal(draft: DraftRow) -> dict[str, Any]:
    """Why a draft is not good enough, and whether to write a new version."""
    return {
        "type": "modal",
        "callback_id": "reason",
        "private_metadata": draft.id,
        "title": blocks.plain("What's wrong?"),
        "submit": blocks.plain("Send"),
        "close": blocks.plain("Skip"),
        "blocks": [
            blocks.context(f"Your 👎 on draft {draft.variant} is counted. Saying why helps the next one."),
            blocks.radio("reason", "The draft is", [(reason.capitalize(), reason) for reason in REASONS]),
            blocks.text_input("words", "In your words", multiline=True, max_length=500),
            blocks.checkbox("redesign", "And now", "Write a new version", ticked=True),
        ],
    }


def instant(ts: str) -> datetime:
    """The moment that a Slack timestamp names."""
    return datetime.fromtimestamp(float(ts), UTC)


def _register_buttons(app: App, ballot: Ballot) -> None:
    @app.action("vote_up")
    def vote_up(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        draft, user, key = find_draft(ballot.storage, body), body["user"]["id"], body["trigger_id"]
        if draft is None:
            ack()
            tell_gone(client, body)
            return
        refused = ballot.cast(draft, user=user, value=1, source="button", at=_clicked_at(body))
        ack()
        if refused:
            ballot.tell(client, draft, refused, user=user, key=key)
        else:
            ballot.confirm(client, draft, user=user, value=1, key=key)

    @app.action("vote_down")
    def vote_down(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        draft, user = find_draft(ballot.storage, body), body["user"]["id"]
        if draft is None:
            ack()
            tell_gone(client, body)
            return
        refused = ballot.cast(draft, user=user, value=-1, source="button", at=_clicked_at(body))
        ack()
        if refused:
            ballot.tell(client, draft, refused, user=user, key=body["trigger_id"])
        else:
            open_modal(client, body, reason_modal(draft))

    @app.action("say_why")
    def say_why(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        ack()
        draft = find_draft(ballot.storage, body)
        if draft is None:
            tell_gone(client, body)
        else:
            open_modal(client, body, reason_modal(draft))

    @app.action("vote_back")
    def vote_back(ack: Ack, body: dict[str, Any], respond: Any) -> None:
        ack()
        draft = find_draft(ballot.storage, body)
        if draft is None:
            respond(text=NO_DRAFT, replace_original=True)
            return
        ballot.withdraw(draft, user=body["user"]["id"])
        respond(text=TAKEN_BACK.format(variant=draft.variant), replace_original=True)


def _minutes(time: timedelta) -> str:
    minutes = max(1, math.ceil(time / timedelta(minutes=1)))
    return f"{minutes} minute{'s' if minutes > 1 else ''}"


def _clicked_at(body: dict[str, Any]) -> datetime:
    return instant(body["actions"][0]["action_ts"])


def _register_reactions(app: App, ballot: Ballot) -> None:
    @app.event("reaction_added")
    def reaction_added(body: dict[str, Any], event: dict[str, Any], client: WebClient) -> None:
        value, draft = value_of(event["reaction"]), _reacted(ballot.storage, body, event)
        if value is None or draft is None:
            return
        user, at, key = event["user"], instant(event["event_ts"]), f"{body['event_id']}:answer"
        # With a key: a repeat that arrives after the reaction was taken back must not revive the vote.
        refused = ballot.cast(draft, user=user, value=value, source="reaction", at=at, key=body["event_id"])
        if refused:
            ballot.tell(client, draft, refused, user=user, key=key)
        elif refused is not None and value < 0:
            ballot.confirm(client, draft, user=user, value=value, key=key)

    @app.event("reaction_removed")
    def reaction_removed(body: dict[str, Any], event: dict[str, Any], client: WebClient) -> None:
        value, draft = value_of(event["reaction"]), _reacted(ballot.storage, body, event)
        if value is None or draft is None:
            return
        remaining = _remaining(client, event)
        if remaining is None:
            ballot.withdraw(draft, user=event["user"], value=value)
            return
        at = instant(event["event_ts"])
        ballot.cast(draft, user=event["user"], value=remaining, source="reaction", at=at)


def _reacted(storage: Storage, body: dict[str, Any], event: dict[str, Any]) -> DraftRow | None:
    item = event["item"]
    if item.get("type") != "message":
        return None
    with storage.read() as db:
        return drafts.at_message(db, workspace=body["team_id"], channel=item["channel"], ts=item["ts"])


def _remaining(client: WebClient, event: dict[str, Any]) -> int | None:
    """The vote that a person's other reactions still say, as when 👎 was added before 👍 was taken back."""
    item = event["item"]
    try:
        with reaching_slack():
            answer = client.reactions_get(channel=item["channel"], timestamp=item["ts"], full=True)
    except (SlackApiError, SlackUnavailable) as error:
        logger.warning("The reactions that remain could not be read: %s", type(error).__name__)
        return None
    for reaction in reversed(answer["message"].get("reactions", [])):
        value = value_of(reaction["name"])
        if value is not None and event["user"] in reaction["users"]:
            return value
    return None
