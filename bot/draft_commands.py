"""`copydesk draft`: the desk's drafts in the terminal."""

from contextlib import ExitStack

import click

from bot import draft_team, engines, learner, serving, terminal
from bot.brief import MAX_VARIANTS
from bot.command_line import errors_in_one_sentence, read_settings
from bot.draft_team import Learnt


@click.command()
@click.argument("brief")
@click.option("--format", "format_", metavar="FORMAT", help="Where it will run: tweet, linkedin, email, …")
@click.option("--variants", type=click.IntRange(1, MAX_VARIANTS), help="How many drafts.")
@click.option("--language", metavar="CODE", help="Two letters, such as en.")
@click.option("--brand", metavar="NAME", help="In the voice of a brand that /brand made.")
@click.option("--workspace", metavar="ID", help="Which team it is for; may be left out when there is one workspace.")
@click.option("--no-taste", is_flag=True, help="Heed no votes, so that --seed repeats whatever people like.")
@click.option("--seed", type=click.IntRange(min=0), help="Makes a run repeat exactly, until somebody votes.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def draft(
    brief: str,
    format_: str | None,
    variants: int | None,
    language: str | None,
    brand: str | None,
    workspace: str | None,
    no_taste: bool,
    seed: int | None,
    as_json: bool,
) -> None:
    """Write drafts for BRIEF in the terminal."""
    with errors_in_one_sentence():
        chosen = read_settings()
        team = draft_team.find(chosen, workspace, brand)
        asked = terminal.read_brief(
            brief, team.brands, format=format_, variants=variants, language=language, brand=brand or None
        )
        source = engines.find(chosen)
        terminal.refuse_language(asked, source.languages)
        with ExitStack() as stack:
            engine = source.open()
            stack.callback(engine.close)
            base = learner.base_of(chosen)
            writer = source.writer(engine, serving.load_promoted(engine, chosen.copydesk_data, base, team.workspace))
            learnt = Learnt() if no_taste else team.learnt(asked, source.vectors)
            document = terminal.write(writer, asked, seed=seed, live=lambda _: None, learnt=learnt)
    click.echo(terminal.to_json(document) if as_json else terminal.to_text(document))
