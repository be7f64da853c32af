"""`copydesk sentiment versions`, `promote` and `rollback`: what corrections made, and which of it reads."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import click

from bot import workspaces
from bot.child import ChildFailed
from bot.command_line import RunError, errors_in_one_sentence, read_settings
from bot.settings import Settings
from model import sentiment_versions as versions
from model.sentiment import EMBEDDED
from model.sentiment_versions import Version, VersionError

PROMOTED = "{name} reads from the next text on."
BACK = "{name} reads again, from the next text on."
NO_VERSIONS = "No version was made yet; the shipped model reads."
SHIPPED = "`copydesk sentiment rollback` goes back to the shipped model, past each version that was promoted."
ANOTHER_READS = (
    "COPYDESK_SENTIMENT_MODEL is {model!r}, and that is what reads: versions are of the model that comes with "
    "Copydesk. Leave the setting empty for them."
)

JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
WORKSPACE = click.option("--workspace", metavar="ID", help="Which workspace, where there are several.")


@click.command(short_help="Let a version read.")
@click.argument("name")
@WORKSPACE
def promote(name: str, workspace: str | None) -> None:
    """Let the version NAME, that a workspace's corrections made, read there; a running desk needs no restart."""
    with errors_in_one_sentence(), sentences():
        settings = read_settings()
        if settings.copydesk_sentiment_model not in EMBEDDED:
            raise RunError(ANOTHER_READS.format(model=settings.copydesk_sentiment_model))
        if name == versions.HOUSE:
            raise RunError(SHIPPED)
        versions.promote(settings.copydesk_data, name, workspace=only(settings, workspace))
    click.echo(PROMOTED.format(name=name))


@click.command(short_help="Go back to what read before.")
@WORKSPACE
def rollback(workspace: str | None) -> None:
    """Let the version that read before read again in a workspace."""
    with errors_in_one_sentence(), sentences():
        settings = read_settings()
        name = versions.rollback(settings.copydesk_data, only(settings, workspace))
    click.echo(BACK.format(name=beginning(name)))


@click.command("versions", short_help="List what corrections made, and what reads now.")
@WORKSPACE
@JSON
def versions_command(workspace: str | None, as_json: bool) -> None:
    """List the versions that a workspace's corrections made, and which one reads there."""
    with errors_in_one_sentence(), sentences():
        settings = read_settings()
        data, found = settings.copydesk_data, versions.listed(settings.copydesk_data)
        # Without a version there is nothing to tell of any workspace.
        workspace = only(settings, workspace) if found or workspace else ""
        found = [one for one in found if one.workspace == workspace]
        now = versions.reads(data, workspace)[0]
    if as_json:
        made = [{name: getattr(one, name) for name in Version.__dataclass_fields__} for one in found]
        click.echo(json.dumps({"reads": now, "versions": made}, ensure_ascii=False, indent=2))
        return
    for one in found:
        reads = "reads" if one.name == now else ""
        click.echo(f"{one.name}  {one.made_at[:10]}  {one.corrections:,} corrections  {reads}\n    {one.verdict}")
    if not found:
        click.echo(NO_VERSIONS)


def beginning(name: str) -> str:
    """A name as a sentence begins with it; a version's stays as people type it."""
    return name.capitalize() if name == versions.HOUSE else name


def only(settings: Settings, wanted: str | None) -> str:
    """The workspace that is meant; raises RunError when that is not clear."""
    with workspaces.open_storage(settings).read() as db:
        return workspaces.only(db, wanted)


@contextmanager
def sentences() -> Iterator[None]:
    """Turn what is wrong with a version, or a process that makes one, into a sentence of the command line."""
    try:
        yield
    except (VersionError, ChildFailed) as error:
        raise RunError(str(error)) from error
