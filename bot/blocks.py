"""Block Kit for what the desk posts, within Slack's limits; model output goes in as plain text elements only."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.naming import Version, article, capital
from bot.slack_text import escape
from model.formats import FORMATS, Format
from storage.briefs import BriefRow
from storage.drafts import DraftRow
from storage.votes import Tally

Block = dict[str, Any]

SECTION_LIMIT = 3000
CONTEXT_LIMIT = 2000
INPUT_LIMIT = 3000
COPY_LIMIT = 11_000
"""Slack refuses a message whose blocks hold more than about 13,200 characters; this leaves room for the rest."""

UP, DOWN = "Good draft", "Needs work"
EDIT, SHARE = "Edit", "Share"
SHIP, UNSHIP = "Mark as shipped", "Not shipped after all"
MAKE_IT = "Make it…"
MENU = (
    ("Shorter", "shorter"),
    ("Longer", "longer"),
    ("Punchier", "punchier"),
    ("More formal", "more formal"),
    ("Another format…", "another format"),
    ("Translate…", "translation"),
    ("In your words…", "in words"),
)
STOP, RETRY = "Stop", "Try again"

TOLD = ("guards", "made", "claims of the brief")
"""Checks that nothing fails and that are shown all the same."""

HEADING = re.compile(r"^#{1,6}\s+(.*)$")


def plain(text: str) -> dict[str, Any]:
    """A plain_text object."""
    return {"type": "plain_text", "text": text, "emoji": True}


def section(text: str) -> Block:
    """A section of our own words in mrkdwn; whatever comes from outside must be escaped before."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text[:SECTION_LIMIT]}}


def context(text: str) -> Block:
    """Small print, never parsed."""
    return {"type": "context", "elements": [{"type": "plain_text", "text": text[:CONTEXT_LIMIT], "emoji": False}]}


def small(text: str) -> Block:
    """Small print of our own words in mrkdwn; whatever comes from outside must be escaped before."""
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text[:CONTEXT_LIMIT]}]}


def button(label: str, action: str, value: str, *, name: str = "", style: str = "") -> Block:
    """A button; `name` is what a screen reader says when the label alone would not tell."""
    element: Block = {"type": "button", "text": plain(label), "action_id": action, "value": value}
    return element | ({"accessibility_label": name[:75]} if name else {}) | ({"style": style} if style else {})


def confirm(title: str, text: str, *, yes: str, no: str = "Cancel", is_danger: bool = False) -> Block:
    """What Slack asks before a button acts; goes into the button as its `confirm`."""
    question = {"title": plain(title[:100]), "text": plain(text[:300]), "confirm": plain(yes), "deny": plain(no)}
    return question | ({"style": "danger"} if is_danger else {})


def actions(elements: Sequence[Block], *, name: str = "actions") -> Block:
    """A row of buttons; the id stays when the message is updated, so that a click on the old one still counts."""
    return {"type": "actions", "block_id": name, "elements": list(elements)}


def copy_text(text: str) -> Block:
    """Copy as rich text made of plain text elements: Slack resolves and formats nothing in them.

    A line that begins with hashes is a heading of a long format and is shown in bold without them.
    """
    elements: list[Block] = []
    for number, line in enumerate(text[:COPY_LIMIT].split("\n")):
        ending = "\n" if number < text[:COPY_LIMIT].count("\n") else ""
        heading = HEADING.match(line)
        if heading:
            elements.append({"type": "text", "text": heading.group(1) + ending, "style": {"bold": True}})
        elif line + ending:
            elements.append({"type": "text", "text": line + ending})
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": _joined(elements)}]}


def quoted(text: str) -> Block:
    """A person's own words, quoted, never parsed."""
    elements = [{"type": "text", "text": text}]
    return {"type": "rich_text", "elements": [{"type": "rich_text_quote", "elements": elements}]}


def draft_blocks(
    draft: DraftRow,
    *,
    brief: BriefRow,
    tally: Tally,
    edited_by: str,
    shipped_by: str = "",
    version: str = "",
    written_by: str = "",
) -> list[Block]:
    """One draft: the copy, how it fits the place, and what can be done with it.

    `version` says of what it is a new one, and `written_by` which model wrote it.
    """
    acts = {"edited": edited_by, "shipped": shipped_by}
    name = f"{version}, {draft.variant}" if version else f"draft {draft.variant}"
    called = (f"{capital(version)} · " if version else "Draft ") + f"{draft.variant} of {brief.variants}"
    up = button(f"{UP} 👍", "vote_up", draft.id, name=f"{UP}: {name}")
    down = button(f"{DOWN} 👎", "vote_down", draft.id, name=f"{DOWN}: {name}")
    return [
        copy_text(draft.text),
        small(_footer(draft, called=called, tally=tally, written_by=written_by, acts=acts)),
        *[context(line) for line in failures(draft.checks)],
        actions([up, down]),
        actions(
            [
                button(EDIT, "edit", draft.id, name=f"{EDIT} {name}"),
                *_using(draft, brief, name=name, is_shipped=bool(shipped_by)),
            ],
            # A menu shows its last choice, and can't be chosen from in the same way again, until its block is another.
            name=f"work-{draft.picks}",
        ),
    ]


def opener_blocks(brief: BriefRow, chosen: Format, *, status: str, buttons: Sequence[Block]) -> list[Block]:
    """The message that opens a brief's thread: who asked for what, and how far the desk is."""
    voice = f" · in the voice of *{escape(brief.brand.name)}*" if brief.brand else ""
    blocks = [
        section(f"<@{brief.user}> asked for copy · *{chosen.title}*{voice}"),
        quoted(brief.product),
        *_wishes(brief),
    ]
    return [*blocks, context(status), *([actions(buttons)] if buttons else [])]


def version_blocks(brief: BriefRow, version: Version, *, status: str, buttons: Sequence[Block]) -> list[Block]:
    """The message that announces a new version inside the thread of the old one."""
    blocks = [
        section(f"<@{brief.user}> asked for {article(escape(version.name))}"),
        *([quoted(brief.instruction)] if brief.instruction else []),
        *([context(version.wish)] if version.wish else []),
    ]
    return [*blocks, context(status), *([actions(buttons)] if buttons else [])]


def shared_blocks(text: str, *, brief: BriefRow, user: str) -> list[Block]:
    """A draft that somebody shared, with who did."""
    return [copy_text(text), small(f"{FORMATS[brief.format].title} · shared by <@{user}>")]


def options(pairs: Iterable[tuple[str, str]]) -> list[Block]:
    """Options of a select: label, value."""
    return [{"text": plain(label[:75]), "value": value} for label, value in pairs]


def text_input(block: str, label: str, **element: Any) -> Block:
    """A text field of a modal; `optional` and `hint` belong to the block, everything else to the element.

    Slack refuses a form that begins with more text than a field takes, so the field takes what it begins with.
    """
    optional, hint = element.pop("optional", True), element.pop("hint", "")
    placeholder = element.pop("placeholder", "")
    inner = {"type": "plain_text_input", "action_id": "value", **element}
    begins = inner.pop("initial_value", "")[:INPUT_LIMIT]
    if begins:
        inner |= {"initial_value": begins, "max_length": max(inner.get("max_length", INPUT_LIMIT), len(begins))}
    if placeholder:
        inner["placeholder"] = plain(placeholder[:150])
    field: Block = {"type": "input", "block_id": block, "label": plain(label), "element": inner, "optional": optional}
    return field | ({"hint": plain(hint)} if hint else {})


def select(block: str, label: str, pairs: Iterable[tuple[str, str]], chosen: str = "", *, otherwise: str = "") -> Block:
    """A choice of one in a modal; nothing is chosen yet unless `chosen` says so.

    It may be left open where `otherwise` says what holds then.
    """
    choices = options(pairs)
    element: Block = {"type": "static_select", "action_id": "value", "options": choices}
    if chosen:
        element["initial_option"] = next(choice for choice in choices if choice["value"] == chosen)
    if otherwise:
        element["placeholder"] = plain(otherwise)
    return {"type": "input", "block_id": block, "label": plain(label), "element": element, "optional": bool(otherwise)}


def checkbox(block: str, label: str, text: str, *, ticked: bool) -> Block:
    """One box to tick in a modal."""
    choices = options([(text, "yes")])
    element: Block = {"type": "checkboxes", "action_id": "value", "options": choices}
    if ticked:
        element["initial_options"] = choices
    return {"type": "input", "block_id": block, "label": plain(label), "element": element, "optional": True}


def radio(block: str, label: str, pairs: Iterable[tuple[str, str]]) -> Block:
    """A choice of one in a modal, all of them in view, none chosen yet."""
    element = {"type": "radio_buttons", "action_id": "value", "options": options(pairs)}
    return {"type": "input", "block_id": block, "label": plain(label), "element": element, "optional": True}


def _using(draft: DraftRow, brief: BriefRow, *, name: str, is_shipped: bool) -> list[Block]:
    """What takes a draft further: where nobody else is there to share with, marking it is a button of its own."""
    ship, unship = (SHIP, f"ship:{draft.id}"), (UNSHIP, f"unship:{draft.id}")
    if brief.private or (brief.opener_channel or "").startswith("D"):
        label, value = unship if is_shipped else ship
        return [button(label, "ship", value, name=f"{label}: {name}"), _make_it(draft)]
    more = {"type": "overflow", "action_id": "ship", "options": options([ship, *([unship] if is_shipped else [])])}
    return [button(SHARE, "share", draft.id, name=f"{SHARE}: {name}"), _make_it(draft), more]


def _make_it(draft: DraftRow) -> Block:
    pairs = [(label, f"{kind}:{draft.id}") for label, kind in MENU]
    return {
        "type": "static_select",
        "action_id": "make_it",
        "placeholder": plain(MAKE_IT),
        "options": options(pairs),
    }


def _footer(draft: DraftRow, *, called: str, tally: Tally, written_by: str, acts: Mapping[str, str]) -> str:
    """How a draft fits, who wrote it, and who did what with it."""
    length = next((escape(str(check["reason"])) for check in draft.checks if check["name"] == "length"), "")
    passed = "" if failures(draft.checks) else "✓ all checks"
    votes = f"👍 {tally.up} · 👎 {tally.down}" if tally.up or tally.down else ""
    done = [f"{what} by <@{user}>" for what, user in acts.items() if user]
    parts = (called, length, passed, *map(escape, told(draft.checks)), escape(written_by), *done, votes)
    return " · ".join(part for part in parts if part)


def told(checks: Sequence[Mapping[str, Any]]) -> list[str]:
    """What is said of a draft though nothing is wrong with it."""
    return [f"{name}: {check['reason']}" for name in TOLD for check in checks if check["name"] == name]


def failures(checks: Iterable[Mapping[str, Any]]) -> list[str]:
    """What a draft fails, a line each; what matters most first."""
    failed = [check for check in checks if not check["ok"]]
    failed.sort(key=lambda check: not check.get("hard", True))
    return [f"{'✗' if check.get('hard', True) else '△'} {check['name']}: {check['reason']}" for check in failed]


def _wishes(brief: BriefRow) -> list[Block]:
    wishes = {
        "for": brief.audience,
        "tone": brief.tone,
        "must say": ", ".join(brief.must_say),
        "must not say": ", ".join(brief.must_not_say),
    }
    line = " · ".join(f"{name}: {value}" for name, value in wishes.items() if value)
    return [context(line)] if line else []


def _joined(elements: list[Block]) -> list[Block]:
    """Neighbours of one style as one element; an empty text is refused by Slack."""
    joined: list[Block] = []
    for element in elements:
        if joined and joined[-1].get("style") == element.get("style"):
            joined[-1]["text"] += element["text"]
        else:
            joined.append(dict(element))
    return joined or [{"type": "text", "text": " "}]
