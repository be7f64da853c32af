"""Answers /sentiment and the message shortcut: acknowledges at once, and leaves the reading to its own desk."""

import json
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot import blocks, sentiment_form, sentiment_request, slack_files
from bot.desk import DeskClosed, DeskFull, SlackUnavailable
from bot.forms import Wrong, filled_in, open_modal
from bot.message_text import words_of
from bot.reaching import reaching_slack
from bot.sentiment_desk import SentimentDesk
from bot.sentiment_form import COLUMN, DATE, EACH, FILE, GROUP, NONE, ONE, OWN, PRIVATE, SET, TEXT
from bot.sentiment_progress import named
from bot.sentiment_readers import Readers
from bot.sentiment_request import NotUnderstood, Request, UnknownFlag
from bot.sentiment_work import private_modal, show_in_modal
from bot.slack_text import escape
from bot.whisper import answer, whisper
from model.sentiment_aspects import SETS
from storage import brands, deliveries, readings
from storage.database import Storage, stamp
from storage.readings import ReadingRow

COMMAND = "/sentiment"
SHORTCUT = "check_sentiment"
HELP = """*Type or paste what a customer wrote:*
`/sentiment Lovely waiter, shame about the food`

*Say what it may be about,* before the text or after it: `/sentiment --aspects food,service …`, or one of the sets: \
{sets}. Without it the list of this team's brand counts, and where there is none a single text is asked about what its \
words name. `--aspects none` asks about nothing but the text.

`/sentiment` alone opens a form for many comments or a CSV file. The answer is yours alone until you share it. \
In a message's menu, *Check sentiment* does the same in private."""
LOADING = "The model is still being loaded; your answer comes right after."
READING = "Reading your lines; the result comes to our direct messages."
READING_TEXT = "Reading…"
FULL = "The sentiment desk is full: {limit} readings are waiting. Send yours again in a minute or two."
CLOSING = "The desk is closing for a moment; send it again in a minute."
NO_MODAL = "The form could not be opened: Slack allows three seconds for it. Type `/sentiment` again."
READING_FILES = "Reading {names}; the result comes to our direct messages."
WAITING = "{count} before yours: the desk reads one file at a time. The result comes to our direct messages."
NO_TEXT = "This message has no text to read, and no CSV, TSV or text file: pictures can't be checked."


@dataclass(frozen=True, slots=True)
class SentimentIntake:
    """What the listeners need: where rows are, the desk that reads, and what it takes."""

    storage: Storage
    desk: SentimentDesk
    readers: Readers
    clock: Callable[[], datetime]
    limit: int

    def aspects(self, workspace: str) -> tuple[str, ...]:
        """What the default brand wants to be asked about."""
        with self.storage.read() as db:
            found = brands.default(db, workspace)
        return found.aspects if found else ()

    def take(self, row: ReadingRow, *, key: str) -> str:
        """Put a reading on the desk; returns why it is refused, or an empty string."""
        try:
            self.desk.put(row, key=key)
        except DeskFull:
            return FULL.format(limit=self.limit)
        except DeskClosed:
            return CLOSING
        return ""

    def waits(self, row: ReadingRow) -> str:
        """What a person should know whose reading is behind others; empty where it is next."""
        with self.storage.read() as db:
            before = readings.count_before(db, row)
        return WAITING.format(count="One file is" if before == 1 else f"{before} files are") if before else ""

    def row(self, workspace: str, channel: str, user: str, request: Request, **fields: Any) -> ReadingRow:
        """A new row for a request."""
        return ReadingRow(
            id=uuid.uuid4().hex,
            workspace=workspace,
            channel=channel,
            user=user,
            kind="lines" if request.is_lines else "text",
            text=request.text,
            aspects=request.aspects,
            asked_at=stamp(self.clock()),
            **fields,
        )


def register(app: App, intake: SentimentIntake) -> None:
    """Listen for the command, its form, the button that opens it, and the message shortcut."""
    _register_command(app, intake)
    _register_form(app, intake)
    _register_shortcut(app, intake)


def help_text() -> str:
    """What `/sentiment help` answers."""
    return HELP.format(sets=", ".join(f"`{name}`" for name in SETS))


def _register_command(app: App, intake: SentimentIntake) -> None:
    @app.command(COMMAND)
    def sentiment(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        typed, url = body.get("text", "").strip(), body.get("response_url", "")
        if typed.lower() in ("help", "--help", "?"):
            ack(text=help_text())
            return
        if not typed:
            asked = intake.aspects(body["team_id"])
            form = sentiment_form.modal(channel=body["channel_id"], response_url=url, aspects=asked)
            # Opened before acknowledging, so that a failure can still be told.
            ack() if open_modal(client, body, form) else ack(text=NO_MODAL)
            return
        try:
            request = sentiment_request.parse(typed)
        except NotUnderstood as refused:
            is_lost = isinstance(refused, UnknownFlag)
            ack(text=f"{refused}\n\n{help_text()}" if is_lost else str(refused))
            return
        request = replace(request, aspects=request.aspects or intake.aspects(body["team_id"]))
        row = intake.row(body["team_id"], body["channel_id"], body["user_id"], request, response_url=url)
        refused_by = intake.take(row, key=body["trigger_id"])
        note = refused_by or (READING if request.is_lines else "" if intake.readers.is_ready else LOADING)
        ack(text=note) if note else ack()


def _register_form(app: App, intake: SentimentIntake) -> None:
    @app.action("sentiment_open")
    def sentiment_open(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        ack()
        asked = intake.aspects(body["team"]["id"])
        open_modal(client, body, sentiment_form.modal(channel=body["user"]["id"], aspects=asked))

    @app.view("sentiment")
    def sentiment_sent(ack: Ack, body: dict[str, Any], view: dict[str, Any], client: WebClient) -> None:
        try:
            row = _row_from_form(intake, body, view)
        except Wrong as wrong:
            ack(response_action="errors", errors={wrong.block: str(wrong)})
            return
        if refused := intake.take(row, key=body["trigger_id"]):
            ack(response_action="errors", errors={TEXT: refused})
            return
        ack()
        if row.files and (waiting := intake.waits(row)):
            answer(client, row, waiting)


def _register_shortcut(app: App, intake: SentimentIntake) -> None:
    @app.shortcut(SHORTCUT)
    def check_sentiment(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        user, key = body["user"]["id"], body["trigger_id"]
        with intake.storage.write() as db:
            is_new = deliveries.claim(db, f"open:{key}", intake.clock())
        ack()
        if not is_new:
            return
        view = _open_waiting(client, key)
        if not view:
            whisper(client, NO_MODAL, channel=body["channel"]["id"], user=user, thread_ts=None)
            return
        try:
            row = _row_from_message(intake, body, view)
        except NotUnderstood as refused:
            show_in_modal(client, view, [blocks.section(escape(str(refused)))])
            return
        reading = READING_FILES.format(names=named(row)) if row.files else ""
        if told := intake.take(row, key=key) or (row.files and intake.waits(row)) or reading:
            show_in_modal(client, view, [blocks.section(escape(told))])


def _row_from_message(intake: SentimentIntake, body: Mapping[str, Any], view: str) -> ReadingRow:
    """What a chosen message asks for: its files, else its text as one comment; raises NotUnderstood.

    Who wrote it is not looked at: nobody is judged by their words here.
    """
    message, place = body["message"], (body["team"]["id"], body["channel"]["id"], body["user"]["id"])
    text, tables = words_of(message), list(filter(slack_files.is_table, message.get("files", [])))
    refused = next((why for why in map(slack_files.refusal, tables) if why), "")
    if refused or not (tables or text):
        raise NotUnderstood(refused or NO_TEXT)
    asked = intake.aspects(place[0])
    if not tables:
        return intake.row(*place, sentiment_request.of_text(text, asked, is_one=True), view=view)
    row = intake.row(*place, Request("", is_lines=True, aspects=asked))
    return replace(row, kind="file", files=tuple(map(_described, tables[: sentiment_form.MOST_FILES])))


def _open_waiting(client: WebClient, trigger: str) -> str:
    """Open the modal in which the answer will be, while the trigger lasts; its id, or empty when Slack would not."""
    try:
        with reaching_slack():
            opened = client.views_open(trigger_id=trigger, view=private_modal([blocks.section(READING_TEXT)]))
    except (SlackApiError, SlackUnavailable):
        return ""
    return str(opened["view"]["id"])


def _row_from_form(intake: SentimentIntake, body: Mapping[str, Any], view: dict[str, Any]) -> ReadingRow:
    fields, kept, files = filled_in(view), json.loads(view["private_metadata"]), sentiment_form.chosen_files(view)
    refused = next((why for why in map(slack_files.refusal, files) if why), "")
    if refused:
        raise Wrong(FILE, refused)
    if not files and not fields[TEXT].strip():
        raise Wrong(TEXT, sentiment_request.NOTHING)
    if files and fields[TEXT].strip():
        raise Wrong(TEXT, sentiment_request.ONE_OR_OTHER)
    wanted = _aspects_from_form(fields, prefilled=kept.get("prefilled", ""))
    request = Request("", is_lines=True, aspects=wanted)
    if not files:
        request = sentiment_request.of_text(fields[TEXT], wanted, is_one=fields[EACH] == ONE)
    url, is_private = kept["response_url"], bool(fields[PRIVATE])
    row = intake.row(
        body["team"]["id"], kept["channel"], body["user"]["id"], request, response_url=url, private=is_private
    )
    if not files:
        return row
    column, date, group = (fields[name].strip() for name in (COLUMN, DATE, GROUP))
    described = tuple(map(_described, files))
    return replace(row, kind="file", files=described, column=column, date_column=date, group_column=group)


def _aspects_from_form(fields: Mapping[str, str], *, prefilled: str) -> tuple[str, ...]:
    """The chosen set and the names beside it; a set takes the place of those that only the brand put there."""
    chosen, own = "" if fields[SET] == NONE else fields[SET], fields[OWN].strip()
    try:
        return sentiment_request.aspects("" if chosen and own == prefilled else own, chosen)
    except NotUnderstood as error:
        raise Wrong(OWN, str(error)) from error


def _described(file: Mapping[str, Any]) -> dict[str, Any]:
    """What fetching a file needs, of all that Slack says about it."""
    names = ("id", "name", "size", "mimetype", "url_private", "url_private_download")
    return {name: file[name] for name in names if name in file}
