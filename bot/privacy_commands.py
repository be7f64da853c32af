"""`copydesk privacy export` and `forget`: for a person who asks for their data, or to be erased."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from bot import privacy as answers
from bot import rounds, workspaces
from bot.command_line import RunError, errors_in_one_sentence, read_settings
from bot.settings import Settings
from storage import privacy as rows
from storage.database import Storage
from storage.privacy import Stored

NOBODY = (
    "Nothing is stored about {user!r} in the workspace {workspace}. Give the id that Slack shows, such as U012AB3CD."
)
WRITTEN = "Written to {path}: {what}."
NO_FILE = "{path} can't be written: {reason}."
SURE = "Erase for good what is stored about {user} in {workspace}: {what}?"
FORGOTTEN = (
    "{user} is forgotten: {what}. The desk learns nothing from them from now on. Messages in Slack stay, and drafts "
    "show the change when somebody next acts on them. A model trained before serves until the next round, which "
    "begins without them."
)


@click.group()
def privacy() -> None:
    """What is stored about a person."""


@privacy.command("export")
@click.argument("user")
@click.option("--workspace", metavar="ID", help="May be left out when there is one workspace.")
@click.option("--out", metavar="F.json", type=click.Path(path_type=Path), help="Write the document to a file.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def export(user: str, workspace: str | None, out: Path | None, as_json: bool) -> None:
    """Show everything that is stored about USER, a Slack id such as U012AB3CD."""
    with errors_in_one_sentence():
        storage, workspace, stored = _find(read_settings(), user, workspace)
        with storage.read() as db:
            document = rows.export(db, workspace, user)
        if out is not None:
            _write(out, document)
            click.echo(WRITTEN.format(path=out, what=_counts(stored)), err=as_json)
    if as_json:
        click.echo(answers.to_json(document))
    elif out is None:
        click.echo(_to_text(document))


@privacy.command("forget")
@click.argument("user")
@click.option("--workspace", metavar="ID", help="May be left out when there is one workspace.")
@click.option("--yes", is_flag=True, help="Don't ask.")
def forget(user: str, workspace: str | None, yes: bool) -> None:
    """Erase what is stored about USER, a Slack id such as U012AB3CD, and learn from them no more."""
    with errors_in_one_sentence():
        settings = read_settings()
        storage, workspace, stored = _find(settings, user, workspace)
        what = _counts(stored)
        if not yes:
            click.confirm(SURE.format(user=user, workspace=workspace, what=what), abort=True, err=True)
        rows.erase(storage, workspace, user, datetime.now(UTC))
        rounds.discard(settings.copydesk_data)
    click.echo(FORGOTTEN.format(user=user, what=what))


def _find(settings: Settings, user: str, wanted: str | None) -> tuple[Storage, str, Stored]:
    """The database, the workspace, and how much is stored; raises RunError when that is nothing."""
    storage = workspaces.open_storage(settings)
    with storage.read() as db:
        workspace = workspaces.only(db, wanted)
        stored = rows.stored(db, workspace, user)
    if not user or not stored.total:
        raise RunError(NOBODY.format(user=user, workspace=workspace))
    return storage, workspace, stored


def _counts(stored: Stored) -> str:
    parts = {"brief": stored.briefs, "vote": stored.votes, "edit": stored.edits, "use": stored.uses}
    parts |= {"reading": stored.readings} if stored.readings else {}
    shown = [f"{count:,} {name}{'' if count == 1 else 's'}" for name, count in parts.items()]
    return ", ".join([*shown, *([f"{stored.others:,} decisions"] if stored.others else [])])


def _to_text(document: dict[str, Any]) -> str:
    """The document as a person reads it: a heading for each kind of row, and a line for each row."""
    lines = [f"{document['user']} in {document['workspace']}"]
    lines.append("The desk learns from them." if document["teaches"] else "The desk learns nothing from them.")
    for kind, found in document.items():
        if isinstance(found, list):
            lines += ["", f"{kind} ({len(found)})", *(f"  {_line(row)}" for row in found)]
    return "\n".join(lines)


def _line(row: dict[str, Any]) -> str:
    return " · ".join(f"{name}: {value}" for name, value in row.items() if value not in (None, "", [], ()))


def _write(path: Path, document: dict[str, Any]) -> None:
    """For the eyes of whoever asked: nobody else on the machine may read the file."""
    try:
        path.touch(mode=0o600)
        path.write_text(f"{answers.to_json(document)}\n", encoding="utf-8")
    except OSError as error:
        raise RunError(NO_FILE.format(path=path, reason=error.strerror)) from error
