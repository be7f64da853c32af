"""The result of many comments as a Slack message: counts with intervals, chart, aspects, comments, complaints."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot import blocks, sentiment_answer
from bot.blocks import Block
from bot.sentiment_answer import HOW, percent
from bot.sentiment_rows import Row
from bot.sentiment_summary import ENOUGH, ORDER, AspectCounts, Counts, Driver, Quote, Summary, quotes_of
from bot.slack_text import escape
from model.sentiment import Reading
from storage.readings import ReadingRow

TITLE = "How customers feel: {name}"
TITLE_OF_TWO = "How customers feel: {name} and {other}"
NET = "*Net sentiment {net}* ({interval}) · {read}"
TOO_FEW = "Fewer than {enough} comments could be read: here is each, and nothing about them together."
NONE = "No comment could be read."
TYPICAL, EXTREME, COMPLAINTS, PRAISE, ABOUT = (
    "Typical comments",
    "The most extreme",
    "Words of complaints",
    "Words of praise",
    "What they are about",
)
WORDS = "{words}: far more often in {label} comments than in the rest."
METHOD = (
    "Read by {model}, which can be wrong. Shares are of comments with a sure label; in brackets the 95 % interval. Net "
    "sentiment is positive minus negative, in points."
)
CHANGED = "By {unit}, net sentiment changed: {stretches}."
COMPARED = "{name}: net {net} ({interval}), {read}"
ROWS_BACK = "Each comment with its label is in the CSV in this thread."

QUOTED = 280
MOST_QUOTES = 6
MOST_WORDS = 8
MOST_ASPECTS = 12
MOST_NOTES = 6
MOST_GROUPS = 12


@dataclass(slots=True)
class Small:
    """The first rows, which are shown one by one where they are too few to be spoken of together."""

    rows: list[tuple[Row, Reading]] = field(default_factory=list)

    def keep(self, row: Row, reading: Reading) -> None:
        """Keep a row, unless there are enough already."""
        if len(self.rows) < ENOUGH:
            self.rows.append((row, reading))


def message(
    row: ReadingRow, found: Sequence[Summary], small: Small, *, chart: str | None = None, alt_text: str = ""
) -> dict[str, Any]:
    """What chat.update takes, without the place; `chart` is the id of an uploaded picture."""
    title = (TITLE if len(found) == 1 else TITLE_OF_TWO).format(name=found[0].name, other=found[-1].name)
    shown: list[Block] = [{"type": "header", "text": blocks.plain(title[:150])}]
    if sum(one.counts.read for one in found) < ENOUGH:
        shown += [*_one_by_one(small), *_skipped(found)]
        return {"text": escape(title), "blocks": [*shown, blocks.actions([_how(row)], name="sentiment")]}
    picture = {"type": "image", "block_id": "chart", "slack_file": {"id": chart}, "alt_text": alt_text[:2000]}
    for one in found:
        shown += _summary(one, is_one_of_two=len(found) > 1)
        shown += [picture] if chart else []
    shown += _aspects(found[0]) if len(found) == 1 else []
    for one in found:
        shown += _said(one)
    kinds = [kind for kind, quotes in _quotes(found).items() if quotes]
    return {
        "text": escape(f"{title}. " + ". ".join(_in_one_line(one) for one in found)),
        "blocks": [
            *shown,
            *_skipped(found),
            blocks.context(METHOD.format(model=found[0].model)),
            blocks.context(ROWS_BACK),
            blocks.actions([*sentiment_answer.writing(row.id, kinds), _how(row)], name="sentiment"),
        ],
    }


def to_result(found: Sequence[Summary], threshold: float) -> Mapping[str, Any]:
    """What is kept of a result, so that copy can be written from it."""
    enough = [one for one in found if one.is_enough]
    bad = [driver.word for one in enough for driver in one.complaints][:MOST_WORDS]
    good = [driver.word for one in enough for driver in one.praise][:MOST_WORDS]
    return {
        "threshold": threshold,
        "skipped": "",
        "quotes": _quotes(enough),
        "phrases": {"reply": bad, "apology": bad, "post": good},
        "aspects": [_felt(aspect) for one in enough[:1] for aspect in one.aspects if aspect.is_enough],
    }


def _summary(one: Summary, *, is_one_of_two: bool) -> list[Block]:
    if not one.is_enough:
        return [blocks.section(f"*{escape(one.name)}*: {TOO_FEW.format(enough=ENOUGH)}")]
    name = f"*{escape(one.name)}*\n" if is_one_of_two else ""
    counts = [*((label.capitalize(), _share(one.counts, label)) for label in ORDER)]
    fields = [{"type": "mrkdwn", "text": f"*{label}*\n{said}"} for label, said in counts]
    if one.counts.unsure:
        fields.append({"type": "mrkdwn", "text": f"*Unsure*\n{one.counts.unsure:,}"})
    return [blocks.section(name + _net(one)), {"type": "section", "fields": fields}]


def _net(one: Summary) -> str:
    low, high = one.counts.net_interval
    interval = f"{_signed(low)} to {_signed(high)}"
    return NET.format(net=_signed(one.counts.net), interval=interval, read=_read(one.counts))


def _share(counts: Counts, label: Any) -> str:
    low, high = counts.interval(label)
    return f"{counts.of(label):,} · {percent(counts.share(label))} ({100 * low:.0f}–{100 * high:.0f})"


def _read(counts: Counts) -> str:
    return f"{counts.read:,} comment{'' if counts.read == 1 else 's'} read"


def _in_one_line(one: Summary) -> str:
    return f"{one.name}: net sentiment {_signed(one.counts.net)}, {_read(one.counts)}" if one.is_enough else one.name


def _signed(points: float) -> str:
    """Points with a sign that is one.

    >>> _signed(12.4), _signed(-3.2), _signed(0.2)
    ('+12', '−3', '0')
    """
    whole = round(points)
    return f"{'+' if whole > 0 else '−' if whole < 0 else ''}{abs(whole)}"


def _aspects(one: Summary) -> list[Block]:
    """A table; of an aspect that few comments mention only how many they are."""
    if not one.aspects:
        return []
    heads = ("Aspect", "Comments", "Net", "Positive", "Negative")
    rows = [[_cell(head, bold=True) for head in heads]]
    rows += [[_cell(text) for text in _aspect(aspect)] for aspect in one.aspects[:MOST_ASPECTS]]
    columns = [{"align": "left", "is_wrapped": True}, *[{"align": "right"}] * 4]
    return [_heading(ABOUT), {"type": "table", "rows": rows, "column_settings": columns}]


def _aspect(aspect: AspectCounts) -> tuple[str, ...]:
    counts = aspect.counts
    if not aspect.is_enough:
        return aspect.aspect, f"{aspect.mentions:,}", "too few", "–", "–"
    shares = (percent(counts.share(label)) for label in ("positive", "negative"))
    return (aspect.aspect, f"{aspect.mentions:,}", _signed(counts.net), *shares)


def _cell(text: str, *, bold: bool = False) -> Block:
    piece = {"type": "text", "text": text or "–", **({"style": {"bold": True}} if bold else {})}
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [piece]}]}


def _said(one: Summary) -> list[Block]:
    """What they wrote, and when and where it was otherwise."""
    if not one.is_enough:
        return []
    shown = [*_trend(one), *_groups(one)]
    for title, label, drivers in ((COMPLAINTS, "negative", one.complaints), (PRAISE, "positive", one.praise)):
        if drivers:
            shown += [_heading(title), _words(drivers, label)]
    for title, quotes in ((TYPICAL, one.typical), (EXTREME, one.extreme)):
        if quotes:
            shown += [_heading(title), *(_quoted(quote) for quote in quotes[:MOST_QUOTES])]
    return shown


def _words(drivers: Sequence[Driver], label: str) -> Block:
    words = " · ".join(f"{one.word} ({one.here} against {one.elsewhere})" for one in drivers[:MOST_WORDS])
    return blocks.context(WORDS.format(words=words, label=label))


def _quoted(quote: Quote) -> Block:
    text = f"{quote.text[:QUOTED]}…" if len(quote.text) > QUOTED else quote.text
    return _labelled(text, f"{quote.label}, {percent(quote.probability)}")


def _labelled(text: str, label: str) -> Block:
    """A comment, never parsed, with what it was read as."""
    pieces = [
        {"type": "text", "text": f"{label.capitalize()}: ", "style": {"bold": True}},
        {"type": "text", "text": " ".join(text.split()) or " "},
    ]
    return {"type": "rich_text", "elements": [{"type": "rich_text_quote", "elements": pieces}]}


def _trend(one: Summary) -> list[Block]:
    trend = one.trend
    if trend is None or not trend.changes:
        return []
    starts = [trend.buckets[at].start for at in (0, *trend.changes)]
    said = [f"from {start:%d %b %Y} {_signed(part.net)}" for start, part in zip(starts, trend.stretches, strict=True)]
    return [blocks.context(CHANGED.format(unit=trend.unit, stretches=", ".join(said)))]


def _groups(one: Summary) -> list[Block]:
    """Groups with enough comments; the others would tell about people rather than places."""
    told = [group for group in one.groups if group.counts.read >= ENOUGH][:MOST_GROUPS]
    if len(told) < 2:
        return []
    lines = []
    for group in told:
        low, high = group.counts.net_interval
        interval, net = f"{_signed(low)} to {_signed(high)}", _signed(group.counts.net)
        lines.append(COMPARED.format(name=group.name, net=net, interval=interval, read=_read(group.counts)))
    items = [{"type": "rich_text_section", "elements": [{"type": "text", "text": line}]} for line in lines]
    listed = {"type": "rich_text", "elements": [{"type": "rich_text_list", "style": "bullet", "elements": items}]}
    return [_heading(f"By {escape(one.group_column)}"), listed]


def _one_by_one(small: Small) -> Iterator[Block]:
    read = [(row, reading.feeling) for row, reading in small.rows if reading.feeling is not None]
    yield blocks.section(TOO_FEW.format(enough=ENOUGH) if read else NONE)
    for row, feeling in read:
        if feeling is not None:
            text = f"{row.text[:QUOTED]}…" if len(row.text) > QUOTED else row.text
            yield _labelled(text, f"{feeling.shown}, {percent(feeling.probability)}")


def _skipped(found: Sequence[Summary]) -> list[Block]:
    """How the rows were read, and why some were not."""
    notes = []
    for one in found:
        notes += [f"{one.name}: {note}" if len(found) > 1 else note for note in one.notes]
        notes += [f"{count:,} not read: {reason}" for reason, count in one.reasons]
    return [blocks.context("\n".join(notes[: MOST_NOTES * len(found)]))] if notes else []


def _quotes(found: Sequence[Summary]) -> dict[str, list[str]]:
    """What a brief of each kind may quote."""
    bad = [quote.text[:QUOTED] for one in found for quote in quotes_of(one.typical, "negative")]
    good = [quote.text[:QUOTED] for one in found for quote in quotes_of(one.typical, "positive")]
    return {"reply": bad or good, "apology": bad, "post": good}


def _felt(aspect: AspectCounts) -> dict[str, Any]:
    low, high = aspect.counts.net_interval
    label = "positive" if low > 0 else "negative" if high < 0 else "neutral"
    return {"aspect": aspect.aspect, "label": label, "sure": True}


def _how(row: ReadingRow) -> Block:
    return blocks.button(HOW, "sentiment_how", row.id, name="How the desk reads feelings, and its limits")


def _heading(text: str) -> Block:
    return blocks.section(f"*{text}*")
