"""`copydesk taste`: what the desk believes this team likes, and on what grounds."""

import json
from datetime import UTC, datetime
from typing import Any

import click

from bot import workspaces
from bot.command_line import RunError, errors_in_one_sentence, read_settings
from bot.engines import Encoder
from bot.taste_home import COPY, NOT_HELD, whose
from bot.tastes import Known, Tastes
from model.embedding import Vectors
from model.judgements import shares
from model.packages import ENCODER
from storage import taste as rows
from storage.database import Storage

NOTHING_YET = "The desk has learnt from nothing yet: vote on drafts, or import votes with `copydesk votes import`."
NOT_SURE = "Learnt from {votes}; nothing that the desk is sure of yet."
LEARNT = "Learnt from {votes}."
NO_FEATURE = "There is no belief about {name!r}; there are {known}."
SURE = "Forget what the desk believes in {workspace}, and learn from the next vote on?"
TERMINAL = "terminal"


@click.command()
@click.option("--wrong", metavar="NAME", help="Hold nothing about NAME in any format, as --json names it.")
@click.option("--right", metavar="NAME", help="Hold it again.")
@click.option("--reset", is_flag=True, help="Forget all, and learn from the next vote on.")
@click.option("--yes", is_flag=True, help="Don't ask before --reset.")
@click.option("--workspace", metavar="ID", help="May be left out when there is one workspace.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def taste(wrong: str | None, right: str | None, reset: bool, yes: bool, workspace: str | None, as_json: bool) -> None:
    """Show what the desk believes this team likes; a running desk heeds what is corrected here."""
    with errors_in_one_sentence():
        settings = read_settings()
        storage = workspaces.open_storage(settings)
        with storage.read() as db:
            chosen = workspaces.only(db, workspace)
        if reset and not yes:
            click.confirm(SURE.format(workspace=chosen), abort=True, err=True)
        _decide(storage, chosen, wrong=wrong, right=right, reset=reset)
        is_there = (settings.copydesk_data / "models" / ENCODER.folder).is_dir()
        vectors: Vectors | None = Encoder(settings.copydesk_data).vectors if is_there else None
        tastes = Tastes(storage, vectors)
        tastes.learn(chosen)
        known = tastes.known(chosen)
        assert known is not None, "it was just learnt"
        corrected = sorted(known.taste.corrected)
    click.echo(json.dumps(_document(known, corrected), ensure_ascii=False) if as_json else _text(known, corrected))


def _decide(storage: Storage, workspace: str, *, wrong: str | None, right: str | None, reset: bool) -> None:
    """Write down what an admin says."""
    for name in (wrong, right):
        if name is not None and name not in COPY:
            raise RunError(NO_FEATURE.format(name=name, known=", ".join(COPY)))
    now = datetime.now(UTC)
    with storage.write() as db:
        if reset:
            rows.reset(db, workspace, user=TERMINAL, at=now)
        if wrong is not None:
            rows.correct(db, workspace, wrong, user=TERMINAL, at=now)
        if right is not None:
            rows.allow(db, workspace, right)


def _document(known: Known, corrected: list[str]) -> dict[str, Any]:
    beliefs = [
        {
            "belief": one.sentence,
            "votes": one.votes,
            "weight": round(one.weight, 3),
            "up": one.up,
            "sureness": round(one.sureness, 4),
            "name": one.feature,
            "format": one.format or None,
        }
        for one in known.beliefs
    ]
    share, _ = shares(known.taste.told)
    return {"votes": known.votes, "largest_share": round(share, 3), "beliefs": beliefs, "not_held": corrected}


def _text(known: Known, corrected: list[str]) -> str:
    votes = f"{known.votes:,} vote{'' if known.votes == 1 else 's'}, edits and uses"
    if not known.votes:
        lines = [NOTHING_YET]
    elif not known.beliefs:
        lines = [NOT_SURE.format(votes=votes)]
    else:
        lines = [*(one.sentence for one in known.beliefs), LEARNT.format(votes=votes)]
    return "\n".join([*lines, *whose(known), *([NOT_HELD.format(names=", ".join(corrected))] if corrected else [])])
