"""The workspace's switch: whether the model may be trained on what people did with drafts, and who set it so."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot import blocks
from bot.blocks import Block
from bot.desk import SlackUnavailable
from bot.forms import open_modal
from bot.reaching import reaching_slack
from storage import consent, signals
from storage.database import Storage
from storage.signals import SignalRow
from storage.sqlite import Database

TITLE = "Training"
EXPLAINED = (
    "Votes and edits rank this team's drafts at once. With training on, the desk also fits its own model to them, in "
    "a round once a week and on this machine: to drafts it wrote, to the briefs typed to it and their brands, and to "
    "votes, edits and uses of those drafts. It reads no other message, nothing leaves this machine, and anyone can "
    "stay out with `/copy privacy`."
)
NEVER_ON = "Training is off: nobody has switched it on."
ON = "Training is on: <@{user}> switched it on {when}."
OFF = "Training is off: <@{user}> switched it off {when}."
ON_BY_SOMEBODY, OFF_BY_SOMEBODY = "Training is on since {when}.", "Training is off since {when}."
SET_OFF = (
    "Training is off on this installation (`COPYDESK_TRAINING=off`), and no one can switch it on here. Votes still "
    "rank drafts."
)
SET_IMPORTED = (
    "Only votes that an admin imported from a file train the model on this installation "
    "(`COPYDESK_TRAINING=imported`); nothing from Slack does. Votes still rank drafts."
)
SWITCH_ON, SWITCH_OFF = "Switch training on", "Switch training off"
SURE = (
    "Slack's terms restrict training language models on data from Slack. Switch this on only if your organisation has "
    "decided that it may. You can switch it off at any time, and the next model begins anew."
)
ADMINS_ONLY = "Only admins and owners of this workspace can switch training on or off. Ask one of them."
NOT_KNOWN = (
    "Slack didn't say whether you are an admin here, so training stays off. The app needs the scope `users:read`: "
    "ask whoever installed it to install it again."
)
NOT_ON = "Training is switched off in this workspace. An admin can switch it on in App Home."
NOT_HERE = "Training is off on this installation: COPYDESK_TRAINING is off."

logger = logging.getLogger(__name__)

Republish = Callable[[WebClient, str, str], None]
"""Shows App Home anew to a person: the client, the workspace, the person."""


def register(app: App, storage: Storage, *, setting: str, clock: Callable[[], datetime], republish: Republish) -> None:
    """Listen for the switch in App Home; `setting` is COPYDESK_TRAINING."""

    @app.action("training_on")
    def training_on(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        ack()
        _switch(client, body, on=True)

    @app.action("training_off")
    def training_off(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        ack()
        _switch(client, body, on=False)

    def _switch(client: WebClient, body: dict[str, Any], *, on: bool) -> None:
        workspace, user = body["team"]["id"], body["user"]["id"]
        if setting == "ask":
            if refused := _refusal(is_admin(client, user), on=on):
                open_modal(client, body, told(refused))
                return
            with storage.write() as db:
                consent.switch(db, workspace, on=on, user=user, at=clock())
        republish(client, workspace, user)


def blocks_for(db: Database, workspace: str, setting: str) -> list[Block]:
    """App Home's part about training: what it is, how it stands and who set it so, and the switch."""
    shown: list[Block] = [{"type": "header", "text": blocks.plain(TITLE)}, blocks.section(EXPLAINED)]
    if setting != "ask":
        return [*shown, blocks.small(SET_OFF if setting == "off" else SET_IMPORTED)]
    is_on = consent.trains(db, workspace)
    button = blocks.button(SWITCH_OFF, "training_off", workspace) if is_on else _switch_on(workspace)
    return [*shown, blocks.small(_standing(db, workspace)), blocks.actions([button], name="training")]


def why_not(db: Database, workspace: str, setting: str) -> str:
    """Why no round may train on this workspace's votes; empty when one may."""
    if setting == "off":
        return NOT_HERE
    return NOT_ON if setting == "ask" and not consent.trains(db, workspace) else ""


def training_rows(db: Database, workspace: str, setting: str, *, since: str = "") -> list[SignalRow]:
    """What a round may train on: nothing where it may not, and imported files alone where the setting says so.

    With `since` only what the desk got to know later than that stamp.
    """
    if why_not(db, workspace, setting):
        return []
    return signals.of_workspace(db, workspace, since=since, only_imported=setting == "imported")


def is_admin(client: WebClient, user: str) -> bool | None:
    """Whether Slack says that a person is an admin or owner of the workspace; None when it doesn't say."""
    try:
        with reaching_slack():
            found = client.users_info(user=user)["user"]
    except (SlackApiError, SlackUnavailable) as error:
        logger.warning("Who is an admin could not be asked: %s", type(error).__name__)
        return None
    # Slack says so of owners too.
    return bool(found.get("is_admin"))


def told(text: str, title: str = TITLE) -> dict[str, Any]:
    """A modal that says one thing."""
    return {
        "type": "modal",
        "callback_id": "told",
        "title": blocks.plain(title),
        "close": blocks.plain("OK"),
        "blocks": [blocks.section(text)],
    }


def _refusal(is_theirs: bool | None, *, on: bool) -> str:
    """Switching off is the safe side: it needs no more than that Slack doesn't deny the right."""
    if is_theirs is None:
        return NOT_KNOWN if on else ""
    return "" if is_theirs else ADMINS_ONLY


def _switch_on(workspace: str) -> Block:
    question = blocks.confirm("Switch training on?", SURE, yes="Switch on")
    return blocks.button(SWITCH_ON, "training_on", workspace) | {"confirm": question}


def _standing(db: Database, workspace: str) -> str:
    found = consent.last(db, workspace)
    if found is None:
        return NEVER_ON
    seconds = int(datetime.fromisoformat(found.at).timestamp())
    when = f"<!date^{seconds}^{{date_long_pretty}} at {{time}}|{found.at[:16]} UTC>"
    if not found.user:
        return (ON_BY_SOMEBODY if found.trains else OFF_BY_SOMEBODY).format(when=when)
    return (ON if found.trains else OFF).format(user=found.user, when=when)
