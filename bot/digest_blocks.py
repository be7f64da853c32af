"""A digest as a Slack message: blocks within the limits, the notification's text, nothing in it parsed by accident."""

from collections.abc import Sequence
from textwrap import TextWrapper
from typing import Any

from bot import blocks, digest_words
from bot.blocks import Block
from bot.digest_content import Best, Digest, Worst
from bot.digest_request import EXAMPLE
from bot.slack_text import escape

OFF = "Unsubscribe this channel"
SEE_IT = "see it"
BELIEF_LIMIT = 300
VERDICT_LIMIT, MOST_VERDICTS = 1500, 4
"""How much of the verdicts a block takes, and how many blocks: a message's text is limited as a whole."""
REST = "The desk's App Home and copydesk rounds tell the rest."
ALT_LIMIT = 2000
EVENT_TYPE = "copydesk_digest"


def message(digest: Digest, *, chart: str | None = None, alt_text: str = "") -> dict[str, Any]:
    """What chat.postMessage and chat.update take, without the channel; `chart` is the id of an uploaded picture."""
    return {
        "text": escape(notification(digest)),
        "blocks": [*told(digest, chart=chart, alt_text=alt_text), *_footer(digest)],
        "metadata": {"event_type": EVENT_TYPE, "event_payload": {"week": digest.week.name}},
    }


def told(digest: Digest, *, chart: str | None = None, alt_text: str = "", words: Sequence[str] = ()) -> list[Block]:
    """What a digest tells, without who subscribed it; `words` stand where the chart would, a line each."""
    if digest.is_quiet:
        return _quiet(digest)
    method = [blocks.context(digest_words.METHOD)] if digest.approval.votes else []
    picture = [_picture(chart, alt_text)] if chart else [blocks.context(line) for line in words]
    return [*_busy(digest, picture), *method]


def notification(digest: Digest) -> str:
    """The digest in one line, for notifications and screen readers."""
    if digest.is_quiet:
        return f"{digest_words.title(digest)}. {digest_words.QUIET}"
    figures = " · ".join(f"{name}: {value}" for name, value in digest_words.figures(digest))
    return f"{digest_words.title(digest)}. {figures}. {digest_words.changed(digest)}"


def off_button(channel: str) -> Block:
    """Ends a channel's subscription."""
    return blocks.button(OFF, "digest_off", channel, name="Stop the weekly digest in this channel")


def _quiet(digest: Digest) -> list[Block]:
    return [blocks.section(f"*{escape(digest_words.title(digest))}.* {digest_words.QUIET}"), *_round(digest)]


def _busy(digest: Digest, picture: Sequence[Block]) -> list[Block]:
    return [
        {"type": "header", "text": blocks.plain(digest_words.title(digest))},
        _figures(digest),
        blocks.section(digest_words.changed(digest)),
        *picture,
        *_best(digest),
        *_down(digest),
        *_felt(digest),
        *_beliefs(digest),
        *_round(digest),
    ]


def _figures(digest: Digest) -> Block:
    pairs = digest_words.figures(digest)
    return {
        "type": "section",
        "fields": [{"type": "mrkdwn", "text": f"*{name}*\n{escape(value)}"} for name, value in pairs],
    }


def _picture(file: str, alt_text: str) -> Block:
    return {"type": "image", "block_id": "chart", "slack_file": {"id": file}, "alt_text": alt_text[:ALT_LIMIT]}


def _best(digest: Digest) -> list[Block]:
    if not digest.best:
        return []
    return [
        _heading(digest_words.BEST),
        *(block for best in digest.best for block in _quote(best, digest_words.liked(best))),
    ]


def _quote(draft: Best | Worst, below: str) -> list[Block]:
    link = f" · <{draft.link}|{SEE_IT}>" if draft.link else ""
    return [blocks.quoted(digest_words.short(draft.text)), blocks.small(f"{escape(below)}{link}")]


def _down(digest: Digest) -> list[Block]:
    if not digest.approval.votes:
        return []
    by_format, words = digest_words.by_format(digest), digest_words.words(digest)
    return [
        blocks.section(f"*{digest_words.DOWN}*\n{escape(digest_words.down(digest))}"),
        *(_quote(digest.worst, digest_words.disliked(digest.worst)) if digest.worst else []),
        *([blocks.context(words)] if words else []),
        *([blocks.context(by_format)] if by_format else []),
    ]


def _felt(digest: Digest) -> list[Block]:
    said = digest_words.felt(digest.learned.sentiment) if digest.learned.sentiment else ""
    # What customers wrote about may hold marks, which plain text does not act on.
    return [_heading(digest_words.FELT), blocks.context(said)] if said else []


def _beliefs(digest: Digest) -> list[Block]:
    beliefs = [belief[:BELIEF_LIMIT] for belief in digest.learned.beliefs[: digest_words.MOST_BELIEFS]]
    if not beliefs:
        return []
    items = [{"type": "rich_text_section", "elements": [{"type": "text", "text": belief}]} for belief in beliefs]
    listed = {"type": "rich_text_list", "style": "bullet", "elements": items}
    return [_heading(digest_words.BELIEVES), {"type": "rich_text", "elements": [listed]}]


def _round(digest: Digest) -> list[Block]:
    """The verdict word for word, as plain text elements."""
    if not digest.learned.verdict:
        return []
    parts = _parts(digest.learned.verdict)
    rest = [blocks.context(REST)] if len(parts) > MOST_VERDICTS else []
    return [_heading(digest_words.ROUND), *map(blocks.quoted, parts[:MOST_VERDICTS]), *rest]


def _parts(text: str) -> list[str]:
    """A text in parts that fit a block: as many whole lines as do, and a line that is too long broken between words."""
    filled = TextWrapper(VERDICT_LIMIT, expand_tabs=False, replace_whitespace=False, break_on_hyphens=False)
    parts = [""]
    for line in (one for whole in text.split("\n") for one in filled.wrap(whole)):
        joined = f"{parts[-1]}\n{line}" if parts[-1] else line
        parts[-1:] = [joined] if len(joined) <= VERDICT_LIMIT else [parts[-1], line]
    return parts


def _footer(digest: Digest) -> list[Block]:
    row = digest.subscription
    if row is None:
        return [blocks.small(digest_words.BY_HAND.format(example=EXAMPLE))]
    when = escape(str(digest_words.appointment(row)))
    said = digest_words.SUBSCRIBED.format(who=digest_words.who(row), when=when)
    return [blocks.small(said), blocks.actions([off_button(row.channel)], name="digest")]


def _heading(text: str) -> Block:
    return blocks.section(f"*{text}*")
