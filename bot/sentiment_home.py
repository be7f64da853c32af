"""App Home's part about sentiment: how often its labels stood, week by week, as far as people put them right."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from bot import blocks
from bot.approval import Approval
from bot.blocks import Block
from storage import readings, sentiment
from storage.sentiment import LABELS, Precision
from storage.sqlite import Database

WEEKS = 8
TITLE = "Sentiment"
NOTHING = "Nobody has had a text read yet. Type `/sentiment` in any channel; the answer is yours alone."
EXPLAINED = (
    "Of the texts that got a label, how many labels nobody put right. That is the most it can be: who sees a wrong "
    "label may not say so. In brackets the 95 % interval."
)
LINE = "{name}: {stood} of {given} stood · {share:.0f} % ({low:.0f}–{high:.0f})"
ABOUT_ASPECTS = "Of what texts say about an aspect, in {days} days"
KEPT = "{count} put right so far."
OPEN = "Check sentiment"


def blocks_for(db: Database, workspace: str, now: datetime) -> list[Block]:
    """The header, the button, and precision by week and by label."""
    found = sentiment.precision(db, workspace, since=now - timedelta(weeks=WEEKS))
    given, wrong = sentiment.aspect_precision(db, workspace, since=now - readings.KEPT)
    shown: list[Block] = [{"type": "header", "text": blocks.plain(TITLE)}]
    shown += [blocks.section(EXPLAINED), _lines(found, (given, wrong))] if found else [blocks.section(NOTHING)]
    corrections = sentiment.count(db, workspace)
    if corrections:
        texts = "1 label was" if corrections == 1 else f"{corrections:,} labels were"
        shown.append(blocks.context(KEPT.format(count=texts)))
    return [*shown, blocks.actions([blocks.button(OPEN, "sentiment_open", "home")], name="sentiment-home")]


def _lines(found: Sequence[Precision], on_aspects: tuple[int, int]) -> Block:
    weeks = dict.fromkeys(one.week for one in found)
    lines = [_line(f"Week of {_day(week)}", *_sum(one for one in found if one.week == week)) for week in weeks]
    labels = [label for label in reversed(LABELS) if any(one.label == label for one in found)]
    lines += [_line(f"“{label}”", *_sum(one for one in found if one.label == label)) for label in labels]
    # Aspects are in the answers, and those are kept for so long.
    lines += [_line(ABOUT_ASPECTS.format(days=readings.KEPT.days), *on_aspects)] if on_aspects[0] else []
    items = [{"type": "rich_text_section", "elements": [{"type": "text", "text": line}]} for line in lines]
    return {"type": "rich_text", "elements": [{"type": "rich_text_list", "style": "bullet", "elements": items}]}


def _sum(found: Iterable[Precision]) -> tuple[int, int]:
    ones = list(found)
    return sum(one.given for one in ones), sum(one.wrong for one in ones)


def _line(name: str, given: int, wrong: int) -> str:
    low, high = Approval(given - wrong, wrong).interval
    share = 100 * (given - wrong) / given
    return LINE.format(name=name, stood=given - wrong, given=given, share=share, low=100 * low, high=100 * high)


def _day(week: str) -> str:
    """A date as people write it.

    >>> _day("2026-11-16")
    '16 November'
    """
    day = date.fromisoformat(week)
    return f"{day.day} {day:%B}"
