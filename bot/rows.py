"""Between the rows that storage keeps and the briefs and drafts that the model knows."""

import uuid
from dataclasses import replace
from datetime import datetime

from model.brief import Brief
from model.checks import Check, characters, check
from model.formats import FORMATS
from model.recall import Judged
from model.signals import Signal
from model.writing import Draft
from storage.brands import Brand
from storage.briefs import BriefRow
from storage.database import stamp
from storage.drafts import DraftRow
from storage.judged import JudgedRow
from storage.signals import SignalRow


def to_brief(row: BriefRow, *, rejected: str = "") -> Brief:
    """What the writer is asked for a brief's row; `rejected` is the text that a redesign must differ from."""
    brand = row.brand or Brand("")
    return Brief(
        product=row.product,
        format=row.format,
        variants=row.variants,
        audience=row.audience,
        tone=row.tone,
        must_say=row.must_say,
        must_not_say=row.must_not_say,
        language=row.language,
        rejected=rejected,
        instruction=row.instruction,
        revision=row.revision,
        voice=brand.voice,
        known=brand.known,
        banned=brand.banned,
        examples=brand.examples,
        brand=brand.name,
    )


def from_brief(
    brief: Brief, *, workspace: str, channel: str, user: str, at: datetime, private: bool = False
) -> BriefRow:
    """A new row for a brief."""
    return BriefRow(
        id=uuid.uuid4().hex,
        workspace=workspace,
        channel=channel,
        user=user,
        product=brief.product,
        format=brief.format,
        variants=brief.variants,
        audience=brief.audience,
        tone=brief.tone,
        must_say=brief.must_say,
        must_not_say=brief.must_not_say,
        language=brief.language,
        instruction=brief.instruction,
        revision=brief.revision,
        private=private,
        asked_at=stamp(at),
    )


def from_draft(brief: BriefRow, variant: int, draft: Draft | None, *, at: datetime) -> DraftRow:
    """A new row for a draft; an empty one, to be completed, while the draft is still being written."""
    return DraftRow(
        id=uuid.uuid4().hex,
        workspace=brief.workspace,
        brief=brief.id,
        variant=variant,
        text=draft.text if draft else "",
        characters=draft.characters if draft else 0,
        checks=tuple(_check(one) for one in draft.checks) if draft else (),
        taste=draft.taste if draft else 0.0,
        model=draft.model if draft else "",
        adapter=draft.adapter if draft else None,
        written_at=stamp(at),
        rank=draft.rank if draft else 0,
        propensity=draft.propensity if draft else 1.0,
    )


def edited(draft: DraftRow, brief: BriefRow, text: str) -> DraftRow:
    """A draft as a person rewrote it, checked anew; the row itself is not changed."""
    return _with_text(draft, brief, text)


def stopped(draft: DraftRow, brief: BriefRow, text: str, *, model: str, adapter: str | None) -> DraftRow:
    """A draft as far as it was written when a person stopped it."""
    return replace(_with_text(draft, brief, text.strip(), cut=True), model=model, adapter=adapter)


def _with_text(draft: DraftRow, brief: BriefRow, text: str, *, cut: bool = False) -> DraftRow:
    chosen = FORMATS[brief.format]
    checks = tuple(_check(one) for one in check(text, to_brief(brief), chosen, cut=cut))
    return replace(draft, text=text, characters=characters(text, chosen), checks=checks)


def to_judged(row: JudgedRow) -> Judged:
    """What the team thought of a draft, as recall weighs it."""
    return Judged(
        brief=row.product,
        format=row.format,
        copy=row.edited or row.text,
        at=row.at,
        up=row.up,
        down=row.down,
        language=row.language,
        replaced=row.text if row.edited else "",
    )


def to_signal(row: SignalRow) -> Signal:
    """What one person thought of a draft and did with it, as the model learns from it."""
    return Signal(
        draft=row.draft,
        brief=to_brief(row.brief, rejected=row.rejected),
        text=row.text,
        user=row.user,
        at=row.at,
        value=row.value,
        edited=row.edited,
        used=row.used,
        reason=row.reason,
        words=row.words,
        model=row.model,
        adapter=row.adapter,
        rank=row.rank,
        propensity=row.propensity,
        shown=row.shown,
        shown_value=row.shown_value,
        private=row.private,
        imported=row.imported,
    )


def _check(one: Check) -> dict[str, object]:
    return {"name": one.name, "ok": one.ok, "reason": one.reason, "hard": one.hard}
