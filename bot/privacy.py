"""Answers `/copy privacy`: what is stored about a person, whether it teaches, and how to have it or erase it."""

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackRequestError

from bot import blocks
from bot.blocks import Block
from bot.desk import Desk, SlackUnavailable
from bot.reaching import reaching_slack
from bot.refresher import Refresher
from storage import briefs, consent, privacy
from storage.database import Storage
from storage.privacy import Stored

TITLE = "What the desk stores about you"
STORED = "{things}. All of it is on the desk's own machine."
NOTHING = "Nothing: you have asked for no copy, voted on none, and had nothing read for sentiment."
TEACHES = "*The desk learns from you.* Your votes and edits rank drafts for this team. {training}"
TRAINS = "They also train the model once a week, because an admin switched training on."
TRAINS_NOT = "They do not train the model itself: training is off in this workspace."
TEACHES_NOT = (
    "*The desk learns nothing from you:* not from your votes, edits and shares, and not from the briefs you typed. "
    "Your votes still show under the drafts."
)
STOP, RESUME, EXPORT, FORGET = "Don't learn from me", "Learn from me again", "Export", "Forget me"
SURE = (
    "Your votes, edits, marks, readings and the words of your briefs are erased for good, with every draft that no one "
    "else acted on. The desk learns nothing from you until you allow it again. Messages in Slack stay, as Slack keeps "
    "them."
)
EXPORTED = "Here is everything that the desk stores about you, as a file."
SENT = "The file is in our direct messages."
NOT_EXPORTED = (
    "The file could not be sent just now. Try again, or ask whoever runs the desk: "
    "`copydesk privacy export {user}` makes the same file."
)
FORGOTTEN = (
    "The desk has forgotten you: {count} erased. It learns nothing from you from now on; `/copy privacy` changes that. "
    "A model that was trained before serves until the next round, which begins without you."
)

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Privacy:
    """What `/copy privacy` and its buttons need.

    `setting` is COPYDESK_TRAINING; `relearn` is called with a workspace when what may be learnt there has changed.
    """

    storage: Storage
    desk: Desk
    refresher: Refresher
    clock: Callable[[], datetime]
    setting: str
    relearn: Callable[[str], None]

    def answer(self, workspace: str, user: str) -> dict[str, Any]:
        """What is stored about a person and what they can do about it: the arguments of an ephemeral answer."""
        with self.storage.read() as db:
            stored = privacy.stored(db, workspace, user)
            teaches = consent.teaches(db, workspace, user)
            trains = self.setting == "ask" and consent.trains(db, workspace)
        learning = TEACHES.format(training=TRAINS if trains else TRAINS_NOT) if teaches else TEACHES_NOT
        shown = [
            blocks.section(f"*{TITLE}*\n{summary(stored)}"),
            blocks.section(learning),
            blocks.actions(_buttons(stored, teaches=teaches), name="privacy"),
        ]
        return {"text": TITLE, "blocks": shown}

    def teach(self, workspace: str, user: str, *, on: bool) -> None:
        """Learn from a person again, or no more."""
        with self.storage.write() as db:
            if on:
                consent.allow_learning(db, workspace, user=user)
            else:
                consent.object_to_learning(db, workspace, user=user, at=self.clock())
        self.relearn(workspace)

    def forget(self, workspace: str, user: str) -> Stored:
        """Erase a person, and show every draft without what they did; returns what was erased."""
        with self.storage.read() as db:
            unfinished = briefs.unfinished_of(db, workspace, user)
        for brief in unfinished:
            self.desk.cancel(brief)
        forgotten = privacy.erase(self.storage, workspace, user, self.clock())
        for draft in forgotten.drafts:
            self.refresher.soon(draft)
        self.relearn(workspace)
        return forgotten.erased

    def hand_out(self, client: WebClient, workspace: str, user: str) -> bool:
        """Send a person everything that is stored about them, in their direct messages; False when Slack would not."""
        with self.storage.read() as db:
            document = to_json(privacy.export(db, workspace, user))
        try:
            with reaching_slack():
                # The direct message has an id of its own, which uploading needs.
                place = client.chat_postMessage(channel=user, text=EXPORTED)
                name = f"copydesk-{user}.json"
                client.files_upload_v2(channel=place["channel"], filename=name, title=name, content=document)
        except (SlackApiError, SlackRequestError, SlackUnavailable) as error:
            logger.warning("A person's data could not be sent to them: %s", type(error).__name__)
            return False
        return True


def register(app: App, ours: Privacy) -> None:
    """Listen for the buttons under the answer to `/copy privacy`."""

    @app.action("privacy_stop")
    def stop(ack: Ack, body: dict[str, Any], respond: Any) -> None:
        workspace, user = body["team"]["id"], body["user"]["id"]
        ack()
        ours.teach(workspace, user, on=False)
        respond(**ours.answer(workspace, user), replace_original=True)

    @app.action("privacy_resume")
    def resume(ack: Ack, body: dict[str, Any], respond: Any) -> None:
        workspace, user = body["team"]["id"], body["user"]["id"]
        ack()
        ours.teach(workspace, user, on=True)
        respond(**ours.answer(workspace, user), replace_original=True)

    @app.action("privacy_export")
    def export(ack: Ack, body: dict[str, Any], client: WebClient, respond: Any) -> None:
        workspace, user = body["team"]["id"], body["user"]["id"]
        ack()
        told = SENT if ours.hand_out(client, workspace, user) else NOT_EXPORTED.format(user=user)
        respond(text=told, replace_original=False, response_type="ephemeral")

    @app.action("privacy_forget")
    def forget(ack: Ack, body: dict[str, Any], respond: Any) -> None:
        ack()
        erased = ours.forget(body["team"]["id"], body["user"]["id"])
        respond(text=FORGOTTEN.format(count=_count(erased.total, "row")), replace_original=True)


def summary(stored: Stored) -> str:
    """How much is stored, in a sentence."""
    if not stored.total:
        return NOTHING
    counted = (
        (stored.briefs, "brief you typed", "briefs you typed"),
        (stored.votes, "vote", "votes"),
        (stored.edits, "edit", "edits"),
        (stored.uses, "draft you shared or marked as shipped", "drafts you shared or marked as shipped"),
        (stored.readings, "reading or correction of sentiment", "readings and corrections of sentiment"),
        (stored.others, "decision for everybody here", "decisions for everybody here"),
    )
    *most, last = [_count(number, one, many) for number, one, many in counted if number]
    return STORED.format(things=f"{', '.join(most)} and {last}" if most else last)


def to_json(document: dict[str, Any]) -> str:
    """A person's data as the file that they get."""
    return json.dumps(document, ensure_ascii=False, indent=2)


def _buttons(stored: Stored, *, teaches: bool) -> list[Block]:
    learning = blocks.button(STOP, "privacy_stop", "me") if teaches else blocks.button(RESUME, "privacy_resume", "me")
    if not stored.total:
        return [learning]
    question = blocks.confirm("Forget you?", SURE, yes=FORGET, is_danger=True)
    forget = blocks.button(FORGET, "privacy_forget", "me", style="danger") | {"confirm": question}
    return [learning, blocks.button(EXPORT, "privacy_export", "me"), forget]


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"
