"""Which workspace a command of the terminal is about: the only one there is, or the one that was named."""

import sqlite3
from pathlib import Path

from bot.command_line import BAD_DATA, RunError
from bot.settings import Settings
from storage.database import Storage
from storage.sqlite import Database

NONE = "No workspace is known here yet: run the desk and use it once."
NONE_UNNAMED = "No workspace is known here yet: run the desk and use it once, or name one with --workspace."
UNKNOWN = "The workspace {wanted!r} is not known here; {there}."
KNOWN = """
    SELECT workspace FROM briefs UNION SELECT workspace FROM readings UNION SELECT workspace FROM brands
    ORDER BY workspace
"""
SEVERAL = "There are several workspaces here ({known}); name one with --workspace."


def database(settings: Settings) -> Path:
    """Where the database is, or will be."""
    return settings.copydesk_data / "copydesk.db"


def open_storage(settings: Settings) -> Storage:
    """The database, made or brought up to date where needed; raises RunError when it can't be used."""
    storage = Storage(database(settings))
    try:
        storage.migrate()
    except OSError as error:
        raise RunError(BAD_DATA.format(data=settings.copydesk_data, reason=error.strerror)) from error
    except sqlite3.Error as error:
        raise RunError(BAD_DATA.format(data=settings.copydesk_data, reason=str(error))) from error
    return storage


def known(db: Database) -> list[str]:
    """Every workspace that something is kept of."""
    return [str(found["workspace"]) for found in db.query(KNOWN)]


def only(db: Database, wanted: str | None, *, may_be_new: bool = False) -> str:
    """The workspace that is meant; raises RunError when that is not clear.

    `may_be_new` says that where there is none a person may name one.
    """
    there_are = known(db)
    if wanted is not None:
        if wanted in there_are:
            return wanted
        there = f"there is {', '.join(there_are)}" if there_are else "there is none yet: run the desk and use it once"
        raise RunError(UNKNOWN.format(wanted=wanted, there=there))
    if not there_are:
        raise RunError(NONE_UNNAMED if may_be_new else NONE)
    if len(there_are) > 1:
        raise RunError(SEVERAL.format(known=", ".join(there_are)))
    return there_are[0]
