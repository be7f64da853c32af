"""Drafts in the terminal: the same writer, printed for people or as one JSON document."""

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any

from bot import branding
from bot import brief as briefs
from bot.blocks import failures, told
from bot.brief import BriefError
from bot.draft_team import Learnt
from bot.intake import unwritten_language
from model.brief import Brief
from model.writer import Writer
from model.writing import Draft, Piece
from storage.brands import BrandRow

LEARNT = "ranked by the team's taste, of {votes} votes, edits and uses"
NOTHING = Learnt()


def read_brief(text: str, brands: Sequence[BrandRow] = (), **options: str | int | None) -> Brief:
    """The brief that a command line asks for; options win over words; raises BriefError.

    `brands` are those that it may name, of which the default one is meant where it names none.
    """
    flags = " ".join(f'--{name} "{value}"' for name, value in options.items() if value is not None)
    typed = briefs.parse(f"{text} {flags}".strip(), [row.brand.name for row in brands])
    if not typed.is_complete:
        raise BriefError(briefs.NO_PRODUCT.format(example=briefs.EXAMPLE))
    found = branding.chosen(brands, typed.brand)
    brand = found.brand if found else None
    asked = branding.dressed(typed.brief, brand)
    if odds := branding.at_odds(asked.must_say, asked.must_not_say, brand):
        raise BriefError(odds[1])
    return asked


def refuse_language(brief: Brief, languages: frozenset[str] | None) -> None:
    """Raise BriefError when the model does not write the brief's language."""
    if unwritten := unwritten_language(brief, languages):
        raise BriefError(unwritten)


def write(
    writer: Writer, brief: Brief, *, seed: int | None, live: Callable[[str], None], learnt: Learnt = NOTHING
) -> dict[str, Any]:
    """Write the drafts; `live` gets the words of a long one as they arrive. Returns the document of `--json`.

    `learnt` is what the team's votes say of the brief.
    """
    started = time.monotonic()
    drafts: list[Draft] = []
    for item in writer.write(brief, seed=seed, liked=learnt.liked, preference=learnt.preference):
        if isinstance(item, Draft):
            drafts.append(item)
        elif isinstance(item, Piece):
            live(item.text)
    return {
        "brief": asdict(brief),
        "model": drafts[0].model if drafts else "",
        "adapter": drafts[0].adapter if drafts else None,
        "seconds": round(time.monotonic() - started, 2),
        "learnt_from": {"votes": learnt.votes, "examples": len(learnt.liked)},
        "drafts": [_document(draft) for draft in drafts],
    }


def to_json(document: dict[str, Any]) -> str:
    """One JSON document, readable."""
    return json.dumps(document, ensure_ascii=False, indent=2)


def to_text(document: dict[str, Any]) -> str:
    """The drafts as a person reads them."""
    shown = [f"{_headline(draft)}\n\n{draft['text']}\n" for draft in document["drafts"]]
    votes = document["learnt_from"]["votes"]
    learnt = [LEARNT.format(votes=f"{votes:,}")] if votes else []
    return "\n".join([*shown, " · ".join([document["model"], f"{document['seconds']:.1f} s", *learnt])])


def _headline(draft: dict[str, Any]) -> str:
    length = [check["reason"] for check in draft["checks"] if check["name"] == "length"]
    failed = failures(draft["checks"]) or ["✓ all checks"]
    return " · ".join([f"Draft {draft['variant']}", *length, *failed, *told(draft["checks"])])


def _document(draft: Draft) -> dict[str, Any]:
    checks: Sequence[dict[str, Any]] = [asdict(check) for check in draft.checks]
    return {
        "variant": draft.variant,
        "text": draft.text,
        "characters": draft.characters,
        "checks": list(checks),
        "taste": draft.taste,
    }
