"""App Home's look at the digest: the last seven days as a channel would be told them, for one person's eyes."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot import blocks, digest_blocks, digest_chart, weeks
from bot.blocks import Block
from bot.desk import SlackUnavailable
from bot.digest_content import gather
from bot.digest_learned import Knows
from bot.digest_places import SlackPlaces
from bot.reaching import reaching_slack
from storage.database import Storage

WRITING = "Gathering the last seven days…"
NOT_NOW = "Slack could not be reached just now, so there is no digest to show. Close this and try again in a minute."
ABOUT = "Only you see this. Drafts that not everybody here may read are left out, and the chart is told in words."

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DigestLook:
    """Shows a person the digest as it would be now."""

    storage: Storage
    clock: Callable[[], datetime]
    learned: Knows

    def show(self, client: WebClient, workspace: str, trigger: str) -> None:
        """Open a modal at once, while the trigger lasts, and fill it when everything is gathered."""
        try:
            with reaching_slack():
                opened = client.views_open(trigger_id=trigger, view=_modal([blocks.section(WRITING)]))
                client.views_update(view_id=opened["view"]["id"], view=_modal(self._written(client, workspace)))
        except (SlackApiError, SlackUnavailable) as error:
            logger.info("A digest could not be shown in App Home: %s", type(error).__name__)

    def _written(self, client: WebClient, workspace: str) -> Sequence[Block]:
        week = weeks.ending(self.clock())
        learned = self.learned(workspace, week)
        try:
            with self.storage.read() as db:
                # No channel is asked for: what may be quoted is what everybody in the workspace may read.
                found = gather(db, workspace, "", week, places=SlackPlaces(client), learned=learned)
        except SlackUnavailable:
            return [blocks.section(NOT_NOW)]
        # A picture would be a file more in Slack for every look, and one that is in no message isn't anybody's to see.
        return [*digest_blocks.told(found, words=digest_chart.in_words(found)), blocks.context(ABOUT)]


def register(app: App, look: DigestLook) -> None:
    """Listen for the button in App Home."""

    @app.action("digest_show")
    def digest_show(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        ack()
        look.show(client, body["team"]["id"], body["trigger_id"])


def _modal(shown: Sequence[Block]) -> dict[str, Any]:
    return {
        "type": "modal",
        "callback_id": "digest_shown",
        "title": blocks.plain("Weekly digest"),
        "close": blocks.plain("Close"),
        "blocks": list(shown),
    }
