"""The App Home tab: what the desk does, your newest briefs, and what the votes say."""

import logging
from datetime import datetime
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot import blocks, brief
from bot.blocks import Block
from bot.conversation import suggest_prompts
from bot.slack_text import escape, isolate
from model.formats import FORMATS
from storage import briefs, votes
from storage.briefs import BriefRow
from storage.database import Storage
from storage.votes import Tally

RECENT = 5
WELCOME = (
    "Tell the desk what to write and where it will run. It writes on this team's own machine; nothing leaves it. "
    "Drafts may be inaccurate: each one says which checks it passed."
)
HOW = "In any channel, type `/copy {example}`"
NOTHING_YET = "You have asked for nothing yet."
STATUS = {"queued": "waiting", "writing": "being written", "done": "done", "failed": "failed", "cancelled": "stopped"}

logger = logging.getLogger(__name__)


def register(app: App, storage: Storage) -> None:
    """Publish the tab when it is opened, and offer prompts when the messages tab is."""

    @app.event("app_home_opened")
    def app_home_opened(body: dict[str, Any], event: dict[str, Any], client: WebClient) -> None:
        if event.get("tab") == "messages":
            suggest_prompts(client, event["channel"])
            return
        with storage.read() as db:
            recent = briefs.recent(db, body["team_id"], event["user"], RECENT)
            tally = votes.tally_workspace(db, body["team_id"])
            waiting = briefs.count_unfinished(db, body["team_id"])
        try:
            client.views_publish(user_id=event["user"], view=view(recent, tally, waiting))
        except SlackApiError as error:
            logger.warning("App Home could not be published: %s", error.response["error"])


def view(recent: list[BriefRow], tally: Tally, waiting: int) -> dict[str, Any]:
    """The tab's blocks."""
    votes_so_far = f"The team has voted 👍 {tally.up} · 👎 {tally.down} so far. Briefs on the desk now: {waiting}."
    return {
        "type": "home",
        "blocks": [
            {"type": "header", "text": blocks.plain("Copydesk")},
            blocks.section(WELCOME),
            blocks.section(HOW.format(example=brief.EXAMPLE)),
            blocks.actions([blocks.button("Ask for copy", "write", "home", style="primary")]),
            {"type": "divider"},
            {"type": "header", "text": blocks.plain("Your newest briefs")},
            *([_line(row) for row in recent] or [blocks.context(NOTHING_YET)]),
            {"type": "divider"},
            blocks.context(votes_so_far),
        ],
    }


def _line(row: BriefRow) -> Block:
    asked = f"<!date^{_seconds(row)}^{{date_short_pretty}}, {{time}}|{row.asked_at[:16]}>"
    title = FORMATS[row.format].title
    return blocks.section(f"*{escape(title)}* · {STATUS[row.status]} · {asked}\n{isolate(escape(row.product[:200]))}")


def _seconds(row: BriefRow) -> int:
    return int(datetime.fromisoformat(row.asked_at).timestamp())
