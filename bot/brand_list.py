"""The list of a workspace's brands: as a modal, as words after `/brand list`, and in App Home."""

from collections.abc import Sequence
from textwrap import shorten
from typing import Any

from bot import blocks
from bot.blocks import Block
from bot.slack_text import escape
from storage import brands
from storage.brands import BrandRow
from storage.sqlite import Database

OPEN, ADD, DELETE, LIST = "brand_open", "brand_add", "brand_delete", "brand_list"
MOST = 40
ABOUT = "How a brand sounds, and what copy may and may not say for it. A brief names one, as in `{example}`."
EXAMPLE = "/copy tweet for the summer sale brand: {name}"
NONE_YET = "There is no brand yet."
WHY = "With one, drafts sound like it, and never say what it doesn't."
DEFAULT = "used where a brief names none"
NO_VOICE = "Nothing is said of its voice."
ADMINS_ADD = "Admins and owners of this workspace add brands and change them."


def view(rows: Sequence[BrandRow], *, may_change: bool, note: str = "") -> dict[str, Any]:
    """The list with a button for each brand; admins can add one. `note` says what has just been done."""
    label = "Edit" if may_change else "Look"
    shown = [_section(row, label) for row in rows]
    add = [blocks.actions([blocks.button("Add a brand", ADD, "brand", style="primary")], name="brands")]
    more = add if may_change and len(rows) < MOST else [] if may_change else [blocks.context(ADMINS_ADD)]
    return {
        "type": "modal",
        "callback_id": "brands",
        "title": blocks.plain("Brands"),
        "close": blocks.plain("Close"),
        "blocks": [
            *([blocks.context(note)] if note else []),
            blocks.section(about(rows)),
            *(shown or [blocks.context(NONE_YET)]),
            *more,
        ],
    }


def about(rows: Sequence[BrandRow]) -> str:
    """What brands are, with a brief that names one of these."""
    name = next((row.brand.name for row in rows), "Brewline")
    return ABOUT.format(example=escape(EXAMPLE.format(name=name)))


def words(rows: Sequence[BrandRow]) -> str:
    """The list as `/brand list` answers it."""
    return "\n".join([about(rows), *([f"• {_line(row)}" for row in rows] or [NONE_YET])])


def home(db: Database, workspace: str) -> list[Block]:
    """App Home's part: the brands by name, the default one first, and the button to them."""
    rows = brands.of_workspace(db, workspace)
    names = [
        f"{escape(row.brand.name)}{' (default)' if row.is_default else ''}"
        for row in sorted(rows, key=lambda row: not row.is_default)
    ]
    section = blocks.section(_fitting(names) or f"{NONE_YET} {WHY}") | {
        "accessory": blocks.button("Open brands", LIST, "home")
    }
    return [{"type": "header", "text": blocks.plain("Brands")}, section]


def _fitting(names: Sequence[str]) -> str:
    """As many names as a section holds, each whole, and how many more there are."""
    shown = list(names)
    while len(text := " · ".join([*shown, *_more(len(names) - len(shown))])) > blocks.SECTION_LIMIT:
        shown.pop()
    return text


def _more(count: int) -> list[str]:
    return [f"and {count} more"] if count else []


def _section(row: BrandRow, label: str) -> Block:
    button = blocks.button(label, OPEN, row.id, name=f"{label} {row.brand.name}")
    voice = escape(shorten(row.brand.voice, 160, placeholder="…")) or f"_{NO_VOICE}_"
    return blocks.section(f"{_line(row)}\n{voice}") | {"accessory": button}


def _line(row: BrandRow) -> str:
    return f"*{escape(row.brand.name)}*{f' · {DEFAULT}' if row.is_default else ''}"
