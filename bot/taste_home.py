"""What the desk believes of a team's taste, in App Home and after `/copy taste`; an admin can correct it there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot import blocks, consent
from bot.blocks import Block
from bot.consent import Republish
from bot.forms import open_modal
from bot.rounds_home import ADMINS_ONLY, NOT_KNOWN
from bot.slack_text import escape
from bot.tastes import Known, Tastes
from model.beliefs import Belief
from model.features import FEATURES
from model.formats import FORMATS
from model.judgements import WHOLE, shares
from model.voices import ENOUGH, MOST
from storage import taste
from storage.database import Storage
from storage.sqlite import Database

TITLE = "What the desk believes this team likes"
LEARNT = "Learnt from {votes}. Drafts that pass the checks are ranked by it; only what is sure is listed."
NOTHING_YET = "Nothing yet. Vote on drafts, edit them, share them: the desk says here what it is sure of."
NOT_SURE = "Nothing that it is sure of yet."
NOT_HELD = "Not believed, because an admin said so: {names}."
BEGUN_ANEW = "Begun anew {when}: what people did before doesn't count."
WRONG, RIGHT, ANEW = "Don't believe this", "Believe in “{name}” again", "Begin anew"
SURE = "The desk forgets what it believes, and learns from the next vote on. Votes stay on the drafts."
EVERYWHERE = (
    "This belief is about one format: {format}. The desk will believe nothing about {phrase} in any format until you "
    "let it again."
)
FEW = (
    "One person's say is {share} of it. Nobody is held to {most} before {enough} people have said {whole} things or "
    "more each, so that a small team's desk learns too."
)
HELD = "No one's say is more than {most} of it: {held} said more than that, and each of their votes counts less."
HINT = "An admin can correct this in App Home."
COPY: dict[str, str] = {feature.name: feature.more for feature in FEATURES}


@dataclass(frozen=True, slots=True)
class TastePart:
    """What the part needs."""

    storage: Storage
    tastes: Tastes
    clock: Callable[[], datetime]

    def blocks_for(self, db: Database, workspace: str) -> list[Block]:
        """App Home's part: each belief with a button that corrects it, what is not held, and a way to begin anew."""
        known, corrected = self._known(db, workspace), _corrected(db, workspace)
        shown: list[Block] = [{"type": "header", "text": blocks.plain(TITLE)}]
        if known is None or not known.votes:
            shown.append(blocks.context(NOTHING_YET))
        else:
            shown += [blocks.context(one) for one in (LEARNT.format(votes=_count(known.votes)), *whose(known))]
            shown += [_belief(one) for one in _held(known, corrected)] or [blocks.context(NOT_SURE)]
        shown += [blocks.context(line) for line in _notes(db, workspace, corrected)]
        buttons = [blocks.button(RIGHT.format(name=COPY[name]), "taste_right", name) for name in corrected]
        if known is not None and known.votes:
            question = blocks.confirm("Begin anew?", SURE, yes="Begin anew", is_danger=True)
            buttons.append(blocks.button(ANEW, "taste_reset", workspace) | {"confirm": question})
        return [*shown, *([blocks.actions(buttons, name="taste")] if buttons else [])]

    def answer(self, workspace: str) -> dict[str, Any]:
        """What `/copy taste` answers: the arguments of an ephemeral message."""
        with self.storage.read() as db:
            known, corrected = self._known(db, workspace), _corrected(db, workspace)
            notes = _notes(db, workspace, corrected)
        if known is None or not known.votes:
            shown = [blocks.section(f"*{TITLE}*\n{NOTHING_YET}")]
        else:
            lines = [f"• {escape(one.sentence)}" for one in _held(known, corrected)] or [NOT_SURE]
            shown = [blocks.section("\n".join((f"*{TITLE}*", *lines)))]
            notes = [LEARNT.format(votes=_count(known.votes)), *whose(known), *notes, HINT]
        return {"text": TITLE, "blocks": [*shown, *map(blocks.context, notes)]}

    def _known(self, db: Database, workspace: str) -> Known | None:
        """What was learnt last; nothing when that was before an admin began anew."""
        known = self.tastes.known(workspace)
        return known if known is not None and known.since == taste.since(db, workspace) else None


def register(app: App, part: TastePart, republish: Republish) -> None:
    """Listen for the part's buttons, which are for admins."""

    @app.action("taste_wrong")
    def taste_wrong(ack: Ack, body: dict[str, Any], client: WebClient, action: dict[str, Any]) -> None:
        ack()
        name, user = action["value"], body["user"]["id"]
        _for_admins(client, body, lambda db, workspace: taste.correct(db, workspace, name, user=user, at=part.clock()))

    @app.action("taste_right")
    def taste_right(ack: Ack, body: dict[str, Any], client: WebClient, action: dict[str, Any]) -> None:
        ack()
        _for_admins(client, body, lambda db, workspace: taste.allow(db, workspace, action["value"]))

    @app.action("taste_reset")
    def taste_reset(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        ack()
        user = body["user"]["id"]
        _for_admins(client, body, lambda db, workspace: taste.reset(db, workspace, user=user, at=part.clock()))

    def _for_admins(client: WebClient, body: dict[str, Any], act: Callable[[Database, str], None]) -> None:
        """Do it for an admin and show the tab anew; say why where it can't be done."""
        workspace, user = body["team"]["id"], body["user"]["id"]
        is_theirs = consent.is_admin(client, user)
        if is_theirs:
            with part.storage.write() as db:
                act(db, workspace)
            part.tastes.soon(workspace)
        else:
            open_modal(client, body, consent.told(NOT_KNOWN if is_theirs is None else ADMINS_ONLY))
        republish(client, workspace, user)


def whose(known: Known) -> list[str]:
    """A sentence on how much one person's say counts, where there is anything to say of it."""
    share, held = shares(known.taste.told)
    if share > MOST + 0.005:
        few = {"enough": ENOUGH, "whole": f"{WHOLE:.0f}"}
        return [FEW.format(share=_percent(share), most=_percent(MOST), **few)]
    people = "one person" if held == 1 else f"{held} people"
    return [HELD.format(most=_percent(MOST), held=people)] if held else []


def _belief(belief: Belief) -> Block:
    """What is believed, and the button that corrects it: a correction is of a feature, wherever it was believed in."""
    button = blocks.button(WRONG, "taste_wrong", belief.feature, name=f"{WRONG}: {belief.phrase}")
    if belief.format:
        told = EVERYWHERE.format(format=FORMATS[belief.format].title, phrase=COPY[belief.feature])
        button["confirm"] = blocks.confirm("In all formats?", told, yes=WRONG)
    return blocks.section(escape(belief.sentence)) | {"accessory": button}


def _held(known: Known, corrected: Sequence[str]) -> list[Belief]:
    """The beliefs, without those that an admin has corrected since they were learnt."""
    return [one for one in known.beliefs if one.feature not in corrected]


def _corrected(db: Database, workspace: str) -> list[str]:
    return [one.feature for one in taste.corrections(db, workspace) if one.feature in COPY]


def _notes(db: Database, workspace: str, corrected: Sequence[str]) -> list[str]:
    """What admins have decided."""
    since = taste.since(db, workspace)
    begun = [BEGUN_ANEW.format(when=f"{datetime.fromisoformat(since):%d %B %Y, %H:%M} UTC")] if since else []
    return [*begun, *([NOT_HELD.format(names=", ".join(COPY[name] for name in corrected))] if corrected else [])]


def _percent(share: float) -> str:
    return f"{share:.0%}".replace("%", " %")


def _count(votes: int) -> str:
    return f"{votes:,} vote, edit or use" if votes == 1 else f"{votes:,} votes, edits and uses"
