"""What every command of the terminal shares: the settings, the log, and errors as one sentence."""

import logging
import logging.handlers
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from dotenv import dotenv_values

from bot.brief import BriefError
from bot.local_slack import PlaygroundError
from bot.settings import Settings, SettingsError, read
from model.download import ModelError
from model.generation import EngineError

BAD_DATA = "The data folder {data} can't be used: {reason}. Set COPYDESK_DATA to a folder that can be written."
BAD_ENV = "The file .env is not UTF-8 text. Save it as UTF-8, or copy .env.example again."
LOG_BYTES = 5_000_000


class RunError(Exception):
    """A command can't do what it was asked; the message is a sentence that says what to do."""


def read_settings() -> Settings:
    """The environment wins over .env, as everywhere."""
    from_file = {name: value for name, value in dotenv_values(".env").items() if value is not None}
    return read({**from_file, **os.environ})


def log_to(data: Path) -> None:
    """Everything goes to a file, only what needs attention to the terminal; unless the log goes somewhere already."""
    try:
        data.mkdir(parents=True, exist_ok=True)
        (data / "copydesk.log").touch()
    except OSError as error:
        raise RunError(BAD_DATA.format(data=data, reason=error.strerror)) from error
    if logging.getLogger().handlers:
        return
    file = logging.handlers.RotatingFileHandler(data / "copydesk.log", maxBytes=LOG_BYTES, backupCount=2)
    file.setLevel(logging.INFO)
    terminal_handler = logging.StreamHandler(sys.stderr)
    terminal_handler.setLevel(logging.WARNING)
    logging.basicConfig(
        level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s", handlers=[file, terminal_handler]
    )


@contextmanager
def errors_in_one_sentence() -> Iterator[None]:
    """Turn what a person can mend into click's own errors: exit code 2 for wrong usage, else 1."""
    try:
        yield
    except BriefError as error:
        raise click.UsageError(str(error)) from error
    except (SettingsError, ModelError, EngineError, PlaygroundError, RunError) as error:
        raise click.ClickException(str(error)) from error
    except UnicodeDecodeError as error:
        raise click.ClickException(BAD_ENV) from error
