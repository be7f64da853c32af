"""Why a round was decided as it was: the sentence of every gate with its numbers, in a modal that App Home opens."""

from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot import blocks, round_words
from bot.blocks import Block
from bot.forms import open_modal
from bot.slack_text import escape
from model.gate import TITLES
from storage import rounds
from storage.database import Storage
from storage.rounds import RoundRow

WHY = "Why?"
PASSED, FAILED = "✓ passed", "✗ failed"
TRIAL = "*{title}*\n{trial}"
GATE = "*{title}* · {passed}\n{reason}"
CALLED = "Why round {number} was decided so"


def button(row: RoundRow) -> Block:
    """Opens the modal."""
    return blocks.button(WHY, "round_why", str(row.id), name=CALLED.format(number=row.id))


def register(app: App, storage: Storage) -> None:
    """Listen for the button, which is for everybody."""

    @app.action("round_why")
    def round_why(ack: Ack, body: dict[str, Any], client: WebClient, action: dict[str, Any]) -> None:
        ack()
        with storage.read() as db:
            row = rounds.get(db, int(action["value"]))
        if row is not None and row.workspace == body["team"]["id"]:
            open_modal(client, body, modal(row))


def modal(row: RoundRow) -> dict[str, Any]:
    """The verdict first, then the gates in their order, and the trial's newest word where there was one."""
    told = [
        GATE.format(
            title=TITLES[one["gate"]], passed=PASSED if one["ok"] else FAILED, reason=escape(str(one["reason"]))
        )
        for one in row.gates
    ]
    if row.trial:
        told.append(TRIAL.format(title=TITLES["G3"], trial=escape(row.trial)))
    return {
        "type": "modal",
        "callback_id": "round_why",
        "title": blocks.plain(f"Round {row.id}"),
        "close": blocks.plain("Close"),
        "blocks": [
            blocks.section(f"{round_words.headline(row)}. {escape(row.reason)}"),
            {"type": "divider"},
            *map(blocks.section, told),
        ],
    }
