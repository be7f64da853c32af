"""Puts a new version of a draft on the desk, from whichever button or form it was asked."""

import hashlib
from dataclasses import dataclass, replace

from bot import naming, rows
from bot.intake import Intake, Refused
from model.formats import FORMATS
from model.revision import no_room, revise
from storage import briefs, deliveries, drafts
from storage.briefs import UNFINISHED, BriefRow
from storage.database import Storage
from storage.drafts import DraftRow

COUNT = 2
ALREADY = "{version} is being written already; it comes in this thread."
ERASED = "The brief behind this was erased on its author's wish, so nothing new can be made of it. Type a new `/copy`."
SAME_LANGUAGE = "The copy is in that language already."

KIND_OF_REASON = {"": "redesign", "something else": "redesign", "too long": "shorter"}
"""What is written after a 👎 whose reason is no kind of its own."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person wants of a new version; `kind` is one of `model/revision.py`."""

    kind: str
    words: str = ""
    form: str = ""
    language: str = ""


def ask(intake: Intake, storage: Storage, draft: DraftRow, wish: Wish, *, user: str, key: str) -> str:
    """Put a new version in the draft's thread on the desk; returns what to tell the person, empty when nothing.

    `key` names the delivery. The same version is never on the desk twice, however often it is clicked.
    """
    row = _row(intake, storage, draft, wish, user=user)
    with storage.write() as db:
        if not deliveries.claim(db, f"version:{key}", intake.clock()):
            return ""
        before = briefs.same_version(db, row)
        version = naming.version(db, row)
    assert version is not None, "the draft was read from these rows"
    if any(status in UNFINISHED for status in before):
        return ALREADY.format(version=naming.capital(version.name))
    return intake.take_row(row, key=_key(row, len(before)))


def _row(intake: Intake, storage: Storage, draft: DraftRow, wish: Wish, *, user: str) -> BriefRow:
    with storage.read() as db:
        brief, text = briefs.get(db, draft.brief), drafts.current_text(db, draft)
    assert brief is not None, "drafts.brief is a foreign key"
    if brief.erased:
        raise Refused(ERASED)
    if full := no_room(text, FORMATS[brief.format], wish.kind):
        raise Refused(full)
    if wish.language and wish.language == brief.language:
        raise Refused(SAME_LANGUAGE)
    asked = revise(text, rows.to_brief(brief), wish.kind, words=wish.words, form=wish.form, language=wish.language)
    asked = replace(asked, variants=1 if FORMATS[asked.format].streams else COUNT)
    place = brief.opener_channel or brief.channel
    row = rows.from_brief(asked, workspace=brief.workspace, channel=place, user=user, at=intake.clock())
    return replace(row, brand=brief.brand, redesign_of=draft.id, thread_ts=brief.thread_ts or brief.opener_ts)


def _key(row: BriefRow, before: int) -> str:
    """Two clicks at one moment make the same key; once the version is there, it may be asked for again."""
    wanted = (row.redesign_of, row.revision, row.format, row.language, row.instruction, before)
    return f"version:{hashlib.sha256(repr(wanted).encode()).hexdigest()}"
