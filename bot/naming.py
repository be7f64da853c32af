"""What drafts and new versions of them are called where people read it."""

from dataclasses import dataclass

from bot import rows
from model.formats import FORMATS
from model.prompts import LANGUAGES
from model.revision import wish
from storage import briefs, drafts
from storage.briefs import BriefRow
from storage.drafts import DraftRow
from storage.sqlite import Database

VERSIONS = {"shorter": "shorter", "longer": "longer", "punchier": "punchier", "more formal": "more formal"}
SELF_SAYING = ("another format", "translation", "in words")
"""Kinds whose name, or whose own words, say all that is asked for."""


@dataclass(frozen=True, slots=True)
class Version:
    """A new version: its name, such as "shorter version of draft 2", and what is asked of it in a sentence."""

    name: str
    wish: str


def version(db: Database, row: BriefRow) -> Version | None:
    """What a brief asks a new version of; None for a brief of its own."""
    origin = drafts.get(db, row.redesign_of) if row.redesign_of else None
    if origin is None:
        return None
    asked = rows.to_brief(row, rejected=drafts.current_text(db, origin))
    joint = "from" if row.revision == "another format" else "version of"
    said = "" if row.revision in SELF_SAYING else wish(asked, FORMATS[row.format])
    return Version(f"{_kind(row)} {joint} {of_draft(db, origin)}", said)


def of_draft(db: Database, draft: DraftRow) -> str:
    """A draft's name in its thread: "draft 2", or "draft 1 (shorter)" for one that is a new version itself."""
    row = briefs.get(db, draft.brief)
    assert row is not None, "drafts.brief is a foreign key"
    return f"draft {draft.variant} ({_kind(row)})" if row.redesign_of else f"draft {draft.variant}"


def article(name: str) -> str:
    """The name of one thing, in a sentence.

    >>> article("Instagram caption from draft 2")
    'an Instagram caption from draft 2'
    """
    return f"{'an' if name[:1].lower() in 'aeio' else 'a'} {name}"


def capital(name: str) -> str:
    """The name at the beginning of a line.

    >>> capital("shorter version of draft 2")
    'Shorter version of draft 2'
    """
    return name[:1].upper() + name[1:]


def _kind(row: BriefRow) -> str:
    if row.revision == "another format":
        return FORMATS[row.format].title
    if row.revision == "translation":
        return LANGUAGES.get(row.language, row.language)
    return VERSIONS.get(row.revision, "new")
