"""`copydesk draft`: the desk's drafts in the terminal."""

from contextlib import ExitStack

import click

from bot import engines, learner, serving, terminal, workspaces
from bot.branding import NONE
from bot.brief import MAX_VARIANTS
from bot.command_line import errors_in_one_sentence, read_settings
from bot.settings import Settings
from storage import brands
from storage.brands import BrandRow


@click.command()
@click.argument("brief")
@click.option("--format", "format_", metavar="FORMAT", help="Where it will run: tweet, linkedin, email, …")
@click.option("--variants", type=click.IntRange(1, MAX_VARIANTS), help="How many drafts.")
@click.option("--language", metavar="CODE", help="Two letters, such as en.")
@click.option("--brand", metavar="NAME", help="In the voice of a brand that /brand made.")
@click.option("--workspace", metavar="ID", help="Whose brand; may be left out when there is one workspace.")
@click.option("--seed", type=int, help="Makes a run repeat exactly.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def draft(
    brief: str,
    format_: str | None,
    variants: int | None,
    language: str | None,
    brand: str | None,
    workspace: str | None,
    seed: int | None,
    as_json: bool,
) -> None:
    """Write drafts for BRIEF in the terminal."""
    with errors_in_one_sentence():
        chosen = read_settings()
        known = known_brands(chosen, workspace, brand)
        asked = terminal.read_brief(
            brief, known, format=format_, variants=variants, language=language, brand=brand or None
        )
        source = engines.find(chosen)
        terminal.refuse_language(asked, source.languages)
        with ExitStack() as stack:
            engine = source.open()
            stack.callback(engine.close)
            adapter = serving.load_promoted(engine, chosen.copydesk_data, learner.base_of(chosen))
            document = terminal.write(source.writer(engine, adapter), asked, seed=seed, live=lambda _: None)
    click.echo(terminal.to_json(document) if as_json else terminal.to_text(document))


def known_brands(settings: Settings, workspace: str | None, brand: str | None) -> list[BrandRow]:
    """The brands of the workspace that is meant.

    Where neither a workspace nor a brand is named there may be none: without a database, or with several workspaces.
    """
    must_be_known = workspace is not None or (brand is not None and brands.key(brand) != NONE)
    if not must_be_known and not workspaces.database(settings).exists():
        return []
    with workspaces.open_storage(settings).read() as db:
        if not must_be_known and len(workspaces.known(db)) != 1:
            return []
        return brands.of_workspace(db, workspaces.only(db, workspace))
