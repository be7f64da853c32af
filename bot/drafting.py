"""Answers /copy: acknowledges at once, asks for what is missing in a modal, and leaves the writing to the desk."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot import blocks, branding, brief, format_words
from bot.branding import NONE
from bot.brief import BriefError, Typed
from bot.forms import filled_in, open_modal
from bot.intake import ASSUMED, Intake, Place, Refused
from bot.slack_text import escape
from model.brief import Brief
from model.formats import FORMATS
from model.prompts import LANGUAGES
from storage.brands import BrandRow

COMMAND = "/copy"
HELP = """*Type what you need, in your own words:*
`/copy {example}`

*Say more with flags, before or after:*
`--format linkedin` · `--variants 3` · `--audience "busy parents"` · `--tone playful` · `--must-say "free shipping"` \
· `--must-not-say cheap` · `--language en` · `--brand Brewline` · `--private` (drafts come to you alone)

*Formats:* {formats}

`/copy taste`: what the desk believes this team likes · `/copy digest here monday 9:00`: a weekly digest · \
`/copy privacy`: what is stored about you

Type `/copy` alone for a form. React to a draft with 👍 or 👎, or use its buttons."""
MODAL_EXPIRED = "The form could not be opened: Slack allows three seconds for it. Type `/copy` again."


Words = Callable[[Ack, dict[str, Any], WebClient], bool]
"""Answers what is no brief, such as `/copy privacy`; False when it is one."""


def register(app: App, intake: Intake, words: Words = lambda _ack, _body, _client: False) -> None:
    """Listen for the command, its modal, and the App Home's button that opens the same modal."""

    @app.command(COMMAND)
    def copy(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        text = body.get("text", "").strip()
        if text.lower() in ("help", "--help", "?"):
            ack(text=help_text())
            return
        if words(ack, body, client):
            return
        try:
            typed = brief.parse(text, intake.brand_names(body["team_id"]))
            if typed.is_complete:
                note = intake.take(typed.brief, _place(body, private=typed.private), typed.brand)
                if typed.is_format_assumed:
                    assumed = ASSUMED.format(title=FORMATS[typed.brief.format].title)
                    note = " ".join(filter(None, (note, assumed, format_words.note(typed.brief.product))))
                ack(text=note) if note else ack()
                return
        except (BriefError, Refused) as refused:
            ack(text=escape(str(refused)))
            return
        rows = intake.brands(body["team_id"])
        _ask(ack, client, body, typed, brands=rows)

    _register_form(app, intake)


def help_text() -> str:
    """What `/copy help` answers."""
    return HELP.format(example=brief.EXAMPLE, formats=", ".join(f"`{name}`" for name in FORMATS))


def modal(
    start: Brief, *, private: bool, metadata: str, brands: Sequence[BrandRow] = (), brand: str = "", language: str = ""
) -> dict[str, Any]:
    """The brief's fields as a form, filled in with what is known.

    Of the workspace's brands one is named, or none; a `language` is chosen where one was asked for.
    """
    counts = [str(number) for number in range(1, brief.MAX_VARIANTS + 1)]
    return {
        "type": "modal",
        "callback_id": "brief",
        "private_metadata": metadata,
        "title": blocks.plain("Ask for copy"),
        "submit": blocks.plain("Write drafts"),
        "close": blocks.plain("Cancel"),
        "blocks": [
            _product(start),
            blocks.select(
                "format", "Where will it run?", [(one.title, one.name) for one in FORMATS.values()], start.format
            ),
            blocks.select("variants", "How many drafts?", [(count, count) for count in counts], str(start.variants)),
            *_brand(brands, brand),
            _language(language),
            blocks.text_input("audience", "Who is it for?", max_length=300, initial_value=start.audience),
            blocks.text_input("tone", "In what tone?", max_length=100, initial_value=start.tone),
            _phrases("must_say", "What must it say?", start.must_say),
            _phrases("must_not_say", "What must it not say?", start.must_not_say),
            blocks.checkbox("private", "Who sees the drafts?", "Only me, in a direct message", ticked=private),
        ],
    }


def _register_form(app: App, intake: Intake) -> None:
    @app.action("write")
    def write(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        place = {"channel_id": body["user"]["id"], "trigger_id": body["trigger_id"]}
        rows = intake.brands(body["team"]["id"])
        _ask(ack, client, place, Typed(Brief(product=""), private=True), brands=rows)

    @app.view("brief")
    def brief_submitted(ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
        fields = filled_in(view)
        kept = json.loads(view["private_metadata"])
        place = Place(
            workspace=body["team"]["id"],
            channel=kept["channel"],
            user=body["user"]["id"],
            key=body["trigger_id"],
            response_url=kept["response_url"],
            private=bool(fields.pop("private", "")),
        )
        try:
            asked = brief.from_fields(fields, quotes_others=kept.get("quotes_others", False))
            intake.take(asked, place, fields.get("brand", ""))
        except BriefError as refused:
            ack(response_action="errors", errors={"product": str(refused)})
            return
        except Refused as refused:
            ack(response_action="errors", errors={refused.field: str(refused)})
            return
        ack()


def _product(start: Brief) -> blocks.Block:
    return blocks.text_input(
        "product",
        "What is it about?",
        optional=False,
        multiline=True,
        max_length=brief.MAX_CHARACTERS,
        placeholder="Brewline cold brew, free shipping this week",
        hint="Every fact that may appear: the drafts use no others.",
        initial_value=start.product,
    )


def _brand(brands: Sequence[BrandRow], named: str) -> list[blocks.Block]:
    """Whose voice to write in, where there is a choice."""
    if not brands:
        return []
    found = branding.chosen(brands, named)
    pairs = [(row.brand.name, row.id) for row in brands]
    begins = found.id if found else NONE
    return [blocks.select("brand", "In the voice of which brand?", [*pairs, ("No brand", NONE)], begins)]


def _language(named: str) -> blocks.Block:
    """The languages that are known by name, and one that was asked for by its code alone."""
    pairs = [(title, code) for code, title in (LANGUAGES if not named else {named: named} | LANGUAGES).items()]
    return blocks.select("language", "In which language?", pairs, named, otherwise="As the brief is written")


def _phrases(block: str, label: str, known: tuple[str, ...]) -> blocks.Block:
    hint = "One phrase a line."
    return blocks.text_input(block, label, multiline=True, max_length=600, hint=hint, initial_value="\n".join(known))


def _ask(ack: Ack, client: WebClient, body: dict[str, Any], typed: Typed, *, brands: Sequence[BrandRow]) -> None:
    """Open the modal before acknowledging, so that a failure can still be told."""
    metadata = json.dumps({"channel": body["channel_id"], "response_url": body.get("response_url", "")})
    view = modal(
        typed.brief,
        private=typed.private,
        metadata=metadata,
        brands=brands,
        brand=typed.brand,
        language=typed.language,
    )
    if open_modal(client, body, view):
        ack()
    else:
        ack(text=MODAL_EXPIRED)


def _place(body: dict[str, Any], *, private: bool) -> Place:
    return Place(
        workspace=body["team_id"],
        channel=body["channel_id"],
        user=body["user_id"],
        key=body["trigger_id"],
        response_url=body.get("response_url", ""),
        private=private,
    )
