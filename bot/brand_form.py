"""The form of a brand, what others than admins see of it, and what was filled in as a row or a sentence why not."""

import json
import re
import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot import blocks, sentiment_request
from bot.blocks import Block
from bot.brand_list import DELETE
from bot.branding import NONE
from bot.forms import Wrong
from bot.sentiment_request import NotUnderstood
from model.prompts import BANNED_CHARACTERS, EXAMPLE_CHARACTERS, KNOWN_CHARACTERS, VOICE_CHARACTERS
from model.words import uses
from storage.brands import QUOTES, Brand, BrandRow, key

RESERVED = (NONE, "list", "help")
NAME, VOICE, KNOWN, BANNED, MUST_SAY = "name", "voice", "known", "banned", "must_say"
EXAMPLES, ASPECTS, DEFAULT = "examples", "aspects", "default"
LABELS = {
    NAME: "What is it called?",
    VOICE: "How does it sound?",
    KNOWN: "Facts that copy may use",
    BANNED: "Words it never says",
    MUST_SAY: "Lines that every draft needs",
    EXAMPLES: "Copy that sounds right",
    ASPECTS: "What matters in its reviews?",
}
# What the writer is never told would only be lost here; banned words count in the checks, however many there are.
LIMITS = {
    NAME: 40,
    VOICE: VOICE_CHARACTERS,
    KNOWN: KNOWN_CHARACTERS,
    BANNED: 1000,
    MUST_SAY: 200,
    EXAMPLES: EXAMPLE_CHARACTERS,
    ASPECTS: 200,
}
HINTS = {
    VOICE: f"Every draft is written in this voice. {VOICE_CHARACTERS:,} characters at most.",
    KNOWN: f"One a line, {KNOWN_CHARACTERS:,} characters in all. "
    "Besides these a draft states only what its brief says.",
    BANNED: "With commas between, or one a line. No draft that says one of them passes. "
    f"Put the likeliest first: the writer is told {BANNED_CHARACTERS:,} characters of them, the checks know them all.",
    MUST_SAY: "One a line, and kept word for word. A text message has 160 characters in all.",
    EXAMPLES: f"With an empty line between two pieces, {EXAMPLE_CHARACTERS:,} characters in all. "
    "It shows the manner; what it states is no fact.",
    ASPECTS: "With commas between. /sentiment looks for these where nobody names others.",
}
PLACEHOLDERS = {
    NAME: "Brewline",
    VOICE: "Short sentences and dry humour. We, never I. British spelling.",
    KNOWN: "Roasting in Leeds since 1987",
    BANNED: "cheap, world-class, java",
    MUST_SAY: "#brewline",
    EXAMPLES: "Mornings are loud. Brewline is quiet.",
    ASPECTS: "taste, delivery, price",
}
USE = "Use it where a brief names no brand"
USED = "Used where a brief names no brand."
CHANGED, CHANGED_BY = "Changed last {when}.", "Changed last by <@{user}> {when}."
SURE = "Briefs that were asked for it keep its voice; new ones can't name it any more."
TOO_MUCH = "This has {count:,} characters; {limit:,} is the most."
NO_NAME = "Give it a name: briefs call it by that."
RESERVED_NAME = "“{name}” means something else after `/brand` or in a brief. Choose another name."
QUOTED_NAME = "Leave the quotation marks out of the name: a brief puts them around it."
NAME_TAKEN = "There is a brand “{name}” already. Choose another name, or change that one."
OWN_NAME = "“{word}” is said in its own name. Take it out, or change the name."
SAYS_BANNED = "“{line}” says “{word}”, which stands among the words it never says."


def fresh(workspace: str, name: str = "", *, is_first: bool) -> BrandRow:
    """A brand that isn't kept yet; the first one is the default unless somebody unticks that."""
    return BrandRow(uuid.uuid4().hex, workspace, Brand(name), is_default=is_first)


def form(row: BrandRow) -> dict[str, Any]:
    """The form, filled in with what is known."""
    begins = _texts(row)
    fields = [_field(name, begins[name]) for name in LABELS]
    use = blocks.checkbox(DEFAULT, "When does it count?", USE, ticked=row.is_default)
    return {
        "type": "modal",
        "callback_id": "brand",
        "private_metadata": json.dumps({"id": row.id, "at": row.at, "is_first": row.is_default and not row.at}),
        "title": blocks.plain("Brand" if row.at else "New brand"),
        "submit": blocks.plain("Save"),
        "close": blocks.plain("Cancel"),
        "blocks": [*fields, use, *(_existing(row) if row.at else [])],
    }


def look(row: BrandRow) -> dict[str, Any]:
    """The same for somebody who may not change it: what is there, and nothing to fill in."""
    shown: list[Block] = []
    for name, text in _texts(row).items():
        if text and name != NAME:
            shown += [blocks.section(f"*{LABELS[name]}*"), blocks.quoted(text)]
    notes = [blocks.context(USED)] if row.is_default else []
    return {
        "type": "modal",
        "callback_id": "brand_look",
        "title": blocks.plain("Brand"),
        "close": blocks.plain("Close"),
        "blocks": [{"type": "header", "text": blocks.plain(row.brand.name)}, *shown, *notes, _changed(row)],
    }


def filled(fields: Mapping[str, str], *, brand: str, workspace: str, user: str) -> BrandRow:
    """The row that a form asks for; raises Wrong with the field that can't be so."""
    for field, limit in LIMITS.items():
        # A field that begins with more takes more.
        if len(fields[field]) > limit:
            raise Wrong(field, TOO_MUCH.format(count=len(fields[field]), limit=limit))
    name = _name(fields[NAME])
    banned = tuple(dict.fromkeys(one.strip(" \"'“”") for one in re.split(r"[,\n]", fields[BANNED])))
    must_say = _lines(fields[MUST_SAY])
    banned = tuple(one for one in banned if one)
    if word := next((one for one in banned if uses(name, one)), ""):
        raise Wrong(BANNED, OWN_NAME.format(word=word))
    for line in must_say:
        if word := next((one for one in banned if uses(line, one)), ""):
            raise Wrong(MUST_SAY, SAYS_BANNED.format(line=line, word=word))
    try:
        aspects = sentiment_request.aspects(fields[ASPECTS])
    except NotUnderstood as refused:
        raise Wrong(ASPECTS, str(refused)) from refused
    examples = tuple(part.strip() for part in re.split(r"\n[^\S\n]*\n", fields[EXAMPLES]) if part.strip())
    made = Brand(name, fields[VOICE].strip(), _lines(fields[KNOWN]), banned, must_say, examples)
    return BrandRow(brand, workspace, made, aspects, is_default=bool(fields[DEFAULT]), user=user)


def _name(typed: str) -> str:
    name = " ".join(typed.translate(QUOTES).split())
    if not any(character.isalnum() for character in name):
        raise Wrong(NAME, NO_NAME)
    if '"' in name:
        raise Wrong(NAME, QUOTED_NAME)
    if key(name) in RESERVED:
        raise Wrong(NAME, RESERVED_NAME.format(name=name))
    return name


def _texts(row: BrandRow) -> dict[str, str]:
    """What stands in each field."""
    brand = row.brand
    return {
        NAME: brand.name,
        VOICE: brand.voice,
        KNOWN: "\n".join(brand.known),
        BANNED: ", ".join(brand.banned),
        MUST_SAY: "\n".join(brand.must_say),
        EXAMPLES: "\n\n".join(brand.examples),
        ASPECTS: ", ".join(row.aspects),
    }


def _field(name: str, text: str) -> Block:
    is_long = name not in (NAME, ASPECTS)
    return blocks.text_input(
        name,
        LABELS[name],
        optional=name != NAME,
        hint=HINTS.get(name, ""),
        placeholder=PLACEHOLDERS[name],
        max_length=LIMITS[name],
        initial_value=text,
        **({"multiline": True} if is_long else {}),
    )


def _existing(row: BrandRow) -> list[Block]:
    """What only a brand that is kept has: who changed it, and a way to be rid of it."""
    question = blocks.confirm(f"Delete {row.brand.name}?", SURE, yes="Delete", is_danger=True)
    button = blocks.button("Delete this brand", DELETE, row.id, style="danger") | {"confirm": question}
    return [_changed(row), blocks.actions([button], name="delete")]


def _changed(row: BrandRow) -> Block:
    seconds = int(datetime.fromisoformat(row.at).timestamp())
    when = f"<!date^{seconds}^{{date_long_pretty}} at {{time}}|{row.at[:16]} UTC>"
    return blocks.small((CHANGED_BY if row.user else CHANGED).format(user=row.user, when=when))


def _lines(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
