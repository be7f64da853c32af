"""`copydesk models`: fetch what the desk writes with before it starts."""

import click

from bot.command_line import errors_in_one_sentence, read_settings
from model import fetch


@click.group()
def models() -> None:
    """The models that the desk can use."""


@models.command("fetch")
def models_fetch() -> None:
    """Fetch the model that the settings name, and the encoder that ranks drafts, so that `run` starts at once."""
    with errors_in_one_sentence():
        chosen = read_settings()
        click.echo(fetch.resolve(chosen.copydesk_model, data=chosen.copydesk_data, device=chosen.copydesk_device))
        click.echo(fetch.fetch_encoder(chosen.copydesk_data))
