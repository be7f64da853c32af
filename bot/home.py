"""The App Home tab: what the desk does, your newest briefs, and what the votes say."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot import blocks, brand_list, brief
from bot.blocks import Block
from bot.conversation import suggest_prompts
from bot.desk import SlackUnavailable
from bot.reaching import reaching_slack
from bot.slack_text import escape, isolate
from model.formats import FORMATS
from storage import briefs, votes
from storage.briefs import BriefRow
from storage.database import Storage
from storage.sqlite import Database
from storage.votes import Tally

RECENT = 5
MOST_BLOCKS = 100
WELCOME = (
    "Tell the desk what to write and where it will run. It writes on this team's own machine; nothing leaves it. "
    "Drafts may be inaccurate: each one says which checks it passed."
)
HOW = "In any channel, type `/copy {example}`"
NOTHING_YET = "You have asked for nothing yet."
STATUS = {"queued": "waiting", "writing": "being written", "done": "done", "failed": "failed", "cancelled": "stopped"}

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Home:
    """Shows the tab; `more` are the parts below the desk's own, for a workspace and a person."""

    storage: Storage
    more: Callable[[Database, str, str], list[Block]] = lambda _db, _workspace, _user: []

    def publish(self, client: WebClient, workspace: str, user: str) -> None:
        """Show the tab to a person as the rows are now."""
        with self.storage.read() as db:
            recent = briefs.recent(db, workspace, user, RECENT)
            tally = votes.tally_workspace(db, workspace)
            waiting = briefs.count_unfinished(db, workspace)
            more = [*brand_list.home(db, workspace), *self.more(db, workspace, user)]
        try:
            with reaching_slack():
                client.views_publish(user_id=user, view=view(recent, tally, waiting, more))
        except (SlackApiError, SlackUnavailable) as error:
            logger.warning("App Home could not be published: %s", type(error).__name__)


def register(app: App, home: Home) -> None:
    """Publish the tab when it is opened, and offer prompts when the messages tab is."""

    @app.event("app_home_opened")
    def app_home_opened(body: dict[str, Any], event: dict[str, Any], client: WebClient) -> None:
        if event.get("tab") == "messages":
            suggest_prompts(client, event["channel"])
            return
        home.publish(client, body["team_id"], event["user"])


def view(recent: list[BriefRow], tally: Tally, waiting: int, more: Sequence[Block] = ()) -> dict[str, Any]:
    """The tab's blocks; Slack takes a hundred."""
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
            *more,
        ][:MOST_BLOCKS],
    }


def _line(row: BriefRow) -> Block:
    asked = f"<!date^{_seconds(row)}^{{date_short_pretty}}, {{time}}|{row.asked_at[:16]}>"
    title = FORMATS[row.format].title
    return blocks.section(f"*{escape(title)}* · {STATUS[row.status]} · {asked}\n{isolate(escape(row.product[:200]))}")


def _seconds(row: BriefRow) -> int:
    return int(datetime.fromisoformat(row.asked_at).timestamp())
