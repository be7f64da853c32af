"""Takes a brief onto the desk, from wherever it was asked, and says what the person should know at once."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot import branding, rows
from bot.desk import Desk, DeskClosed, DeskFull
from model.brief import Brief
from model.prompts import LANGUAGES
from storage import brands
from storage.brands import BrandRow
from storage.briefs import BriefRow
from storage.database import Storage

FULL = "The desk is full: {limit} briefs are waiting. Yours is not lost if you send it again in a minute or two."
CLOSING = "The desk is closing for a moment; send your brief again in a minute."
BEFORE_YOU = "On the desk: {before} before yours."
BRAND_GONE = "That brand isn't there any more. `/brand list` names those there are."
ASSUMED = "No format was named, so I write a {title}. Name another one in the brief, such as `linkedin` or `email`."
LANGUAGE = (
    "This desk's model writes English only, and your brief asks for {language}. "
    "Write it in English, or ask an admin to set COPYDESK_MODEL to a model that writes {language}."
)


class Refused(Exception):
    """The desk does not take a brief; the message is a sentence for the person who sent it.

    `field` is the one that it is about, where the brief was a form.
    """

    def __init__(self, sentence: str, *, field: str = "product") -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, slots=True)
class Place:
    """Where a brief was asked for, by whom, and the key under which Slack may deliver it again."""

    workspace: str
    channel: str
    user: str
    key: str
    response_url: str = ""
    thread_ts: str | None = None
    private: bool = False


@dataclass(frozen=True, slots=True)
class Intake:
    """The one way onto the desk; `languages` are those the model writes, None when that is not known."""

    desk: Desk
    clock: Callable[[], datetime]
    limit: int
    languages: frozenset[str] | None
    storage: Storage

    def brands(self, workspace: str) -> list[BrandRow]:
        """The brands that a brief may name."""
        with self.storage.read() as db:
            return brands.of_workspace(db, workspace)

    def brand_names(self, workspace: str) -> list[str]:
        """Their names, to read what was typed by."""
        return [row.brand.name for row in self.brands(workspace)]

    def take(self, brief: Brief, place: Place, brand: str = "") -> str:
        """Put a brief on the desk; returns what to tell the person, empty when the opener says it all.

        It is written for the brand that is named, or for the default one where none is. Raises Refused when the desk is
        full or closing, its model does not write the language, or the brand is gone.
        """
        try:
            found = branding.chosen(self.brands(place.workspace), brand)
        except KeyError as gone:
            raise Refused(BRAND_GONE, field="brand") from gone
        row = rows.from_brief(
            brief,
            workspace=place.workspace,
            channel=place.channel,
            user=place.user,
            at=self.clock(),
            private=place.private,
        )
        row = branding.kept(row, found.brand if found else None)
        return self.take_row(replace(row, response_url=place.response_url, thread_ts=place.thread_ts), key=place.key)

    def take_row(self, row: BriefRow, *, key: str, twice: str = "") -> str:
        """The same for a row made by a new version of a draft or a second try; `twice` is told where it was taken."""
        if unwritten := unwritten_language(rows.to_brief(row), self.languages):
            raise Refused(unwritten, field="language")
        if odds := branding.at_odds(row.must_say, row.must_not_say, row.brand):
            field, sentence = odds
            raise Refused(sentence, field=field)
        try:
            before = self.desk.put(row, key=key)
        except DeskFull as full:
            raise Refused(FULL.format(limit=self.limit)) from full
        except DeskClosed as closed:
            raise Refused(CLOSING) from closed
        if before is None:
            return twice
        return BEFORE_YOU.format(before=f"{before} brief{'s' if before > 1 else ''}") if before else ""


def unwritten_language(brief: Brief, languages: frozenset[str] | None) -> str:
    """What to say when the model does not write the brief's language; empty when it does, or nobody knows."""
    if languages is None or brief.language in languages:
        return ""
    return LANGUAGE.format(language=LANGUAGES.get(brief.language, f"the language {brief.language!r}"))
