"""App Home's part about the model: what writes now, what is on trial, the last verdict, and the next round."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot import blocks, consent, round_why, round_words
from bot.blocks import Block
from bot.consent import Republish
from bot.forms import open_modal
from bot.round_runner import NextRound, RoundRunner, spoken
from bot.round_steps import trying
from bot.serving import Now, Serving
from bot.trials import Trials
from model import adapters
from model.adapters import HOUSE, AdapterError
from model.canary import SHARE
from storage import rounds
from storage.database import Storage
from storage.rounds import ENDED, RoundRow
from storage.sqlite import Database

TITLE = "The model"
WRITES = "Now *{adapter}* writes: the model with what this team has taught it."
HOUSE_WRITES = "Now *house* writes: the model as it came, without anything learnt from this team."
TRIES = "*{adapter}* is on trial and writes {share:.0f} % of the briefs. Each thread begins with who wrote it."
BROKEN = "⚠ {problem} Until then {adapter} writes."
NEXT = "{spoken}."
BEGINS = "A round begins."
RUN, STOP, BACK = "Run a round now", "Stop the round", "Go back to {adapter}"
AS_IT_CAME = "the model as it came"
SURE = "Every brief from now on is written by {adapter}; drafts that are being written are finished as they were begun."
SURE_TO_STOP = "What it has learnt so far is lost. What writes now stays."
ADMINS_ONLY = "Only admins and owners of this workspace can do this. Ask one of them."
NOT_KNOWN = (
    "Slack didn't say whether you are an admin here, so nothing was done. The app needs the scope `users:read`: "
    "ask whoever installed it to install it again."
)
RUNS_ALREADY = "A round is running already."


@dataclass(frozen=True, slots=True)
class ModelPart:
    """What the part needs."""

    storage: Storage
    data: Path
    serving: Serving
    runner: RoundRunner
    trials: Trials
    setting: str

    def blocks_for(self, db: Database, workspace: str) -> list[Block]:
        """The part's blocks."""
        now, last, coming = self.serving.now(workspace), rounds.latest(db, workspace), self.runner.next_round(workspace)
        running = last if last is not None and last.state != ENDED else None
        shown: list[Block] = [{"type": "header", "text": blocks.plain(TITLE)}, blocks.section(_writes(now))]
        decided = _decided(db, workspace)
        shown += [blocks.context(line) for line in _history(decided, now, last)]
        if running is not None or self.runner.is_running:
            shown.append(blocks.context(f"{round_words.headline(running)}." if running else BEGINS))
        elif coming is not None:
            shown.append(blocks.context(_sentence(coming)))
        why = [round_why.button(row) for row in decided if row.gates][:1]
        buttons = [*why, *self._buttons(workspace, running, coming)]
        return [*shown, *([blocks.actions(buttons, name="model")] if buttons else [])]

    def _buttons(self, workspace: str, running: RoundRow | None, coming: NextRound | None) -> list[Block]:
        buttons = []
        if running is not None:
            question = blocks.confirm("Stop the round?", SURE_TO_STOP, yes="Stop it", is_danger=True)
            buttons.append(blocks.button(STOP, "round_stop", str(running.id)) | {"confirm": question})
        elif coming is not None and not coming.trial and not self.runner.is_running:
            buttons.append(blocks.button(RUN, "round_now", "round"))
        if back := _back(self.data, workspace):
            named = AS_IT_CAME if back == HOUSE else back
            question = blocks.confirm(f"Go back to {named}?", SURE.format(adapter=named), yes="Go back", is_danger=True)
            buttons.append(blocks.button(BACK.format(adapter=named), "adapter_rollback", back) | {"confirm": question})
        return buttons


def register(app: App, part: ModelPart, republish: Republish) -> None:
    """Listen for the part's buttons, which are for admins, and for the one that says why."""
    round_why.register(app, part.storage)

    @app.action("round_now")
    def round_now(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        ack()
        user = body["user"]["id"]
        _for_admins(
            client,
            body,
            lambda workspace: _start(part, workspace, lambda: republish(client, workspace, user)),
        )

    @app.action("round_stop")
    def round_stop(ack: Ack, body: dict[str, Any], client: WebClient, action: dict[str, Any]) -> None:
        ack()
        _for_admins(client, body, lambda _: _stop(part, int(action["value"])))

    @app.action("adapter_rollback")
    def adapter_rollback(ack: Ack, body: dict[str, Any], client: WebClient, action: dict[str, Any]) -> None:
        ack()
        _for_admins(client, body, lambda workspace: _go_back(part, workspace, action["value"]))

    def _for_admins(client: WebClient, body: dict[str, Any], act: Callable[[str], str]) -> None:
        """Do it for an admin and show the tab anew; say why where it can't be done."""
        workspace, user = body["team"]["id"], body["user"]["id"]
        is_theirs = consent.is_admin(client, user)
        refused = NOT_KNOWN if is_theirs is None else act(workspace) if is_theirs else ADMINS_ONLY
        if refused:
            open_modal(client, body, consent.told(refused))
        republish(client, workspace, user)


def _start(part: ModelPart, workspace: str, then: Callable[[], None]) -> str:
    with part.storage.read() as db:
        forbidden = consent.why_not(db, workspace, part.setting)
        tried = rounds.on_trial(db, workspace)
    if tried is not None and not forbidden:
        return trying(tried)
    return forbidden or ("" if part.runner.start(workspace, "admin", then) else RUNS_ALREADY)


def _stop(part: ModelPart, number: int) -> str:
    with part.storage.write() as db:
        rounds.ask_to_stop(db, number)
    return ""


def _go_back(part: ModelPart, workspace: str, wanted: str) -> str:
    try:
        part.serving.go_back(workspace, wanted)
    except AdapterError as error:
        return str(error)
    part.trials.notice(workspace)
    return ""


def _back(data: Path, workspace: str) -> str:
    """What a rollback goes to; empty where there is nothing."""
    return next(iter(adapters.line(data, workspace)[1:]), "")


def _writes(now: Now) -> str:
    parts = [HOUSE_WRITES if now.adapter == HOUSE else WRITES.format(adapter=now.adapter)]
    if now.candidate:
        parts.append(TRIES.format(adapter=now.candidate, share=100 * SHARE))
    return " ".join(parts)


def _decided(db: Database, workspace: str) -> list[RoundRow]:
    """The rounds to tell of: the one on trial, and the last that ended where it is another."""
    tried = rounds.on_trial(db, workspace)
    ended = [row for row in rounds.recent(db, workspace, 2) if row.state == ENDED][:1]
    return list({row.id: row for row in (*([tried] if tried else []), *ended)}.values())


def _history(decided: Sequence[RoundRow], now: Now, last: RoundRow | None) -> list[str]:
    """What is wrong, and what was decided last, in its own words."""
    lines = [BROKEN.format(problem=now.problem, adapter=now.adapter)] if now.problem else []
    lines += [f"{round_words.headline(row)}. {round_words.verdict(row)}" for row in decided]
    return lines if lines or last is not None else [round_words.NO_ROUNDS]


def _sentence(coming: NextRound) -> str:
    said = NEXT.format(spoken=spoken(coming))
    return said[0].upper() + said[1:]
