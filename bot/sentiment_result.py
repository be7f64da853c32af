"""The result of many comments as a Slack message: counts with intervals, chart, aspects, comments, complaints."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

from bot import blocks, sentiment_answer
from bot import sentiment_summary_words as words
from bot.blocks import Block
from bot.sentiment_answer import HOW, SHARE, percent
from bot.sentiment_rows import Row
from bot.sentiment_summary import ENOUGH, ORDER, AspectCounts, Counts, Quote, Summary, quotes_of
from bot.slack_text import escape
from model.sentiment import Label, Reading
from storage.readings import ReadingRow

TITLE = "How customers feel: {name}"
TITLE_OF_TWO = "How customers feel: {name} and {other}"
ONE_BY_ONE = "Fewer than {enough} comments could be read: here is each, and nothing about them together."
NONE = "No comment could be read."
TYPICAL, EXTREME, COMPLAINTS, PRAISE, ABOUT = (
    "Typical comments",
    "The most extreme",
    "Words of complaints",
    "Words of praise",
    "What they are about",
)
BY_GROUP = "By {column}"
BETWEEN = "Between the files"
OVER_TIME = "Over time"
ROWS_BACK = "Each comment with its label is in the CSV in this thread."

SHARE_IT = "sentiment_share_result"
ROWS_REFUSED = (
    "Slack did not take the CSV with each comment's label ({reason}). Ask an admin whether the app may still write "
    "files and there is room for them, then ask again."
)
CHART_BLOCK, ROWS_BLOCK = "chart", "sentiment-rows"
SURE_TO_SHARE = "Everybody in the channel where you asked will see it, with the comments in it. The CSV stays here."

COUNTED = ("positive", "neutral", "negative", "unsure")

QUOTED = 280
EACH, EACH_OF_TWO = 2, 1
"""Comments that are quoted of a label; fewer of each of two files, for Slack takes 50 blocks in a message."""
MOST_WORDS = 8
MOST_ASPECTS = 12
MOST_NOTES = 6
COMPARED = 2500
"""Characters about what differs; Slack refuses a message whose blocks hold more than about 13,200 in all."""
LONGEST_NAME = 60


@dataclass(slots=True)
class Small:
    """The first rows, which are shown one by one where they are too few to be spoken of together."""

    rows: list[tuple[Row, Reading]] = field(default_factory=list)

    def keep(self, row: Row, reading: Reading) -> None:
        """Keep a row that was read, unless there are enough already."""
        if reading.feeling is not None and len(self.rows) < ENOUGH:
            self.rows.append((row, reading))


def message(
    row: ReadingRow,
    found: Sequence[Summary],
    small: Small,
    *,
    chart: str | None = None,
    alt_text: str = "",
    refused: str = "",
) -> dict[str, Any]:
    """What chat.update takes, without the place: `chart` was uploaded, the CSV was not, where it is `refused`."""
    title = (TITLE if len(found) == 1 else TITLE_OF_TWO).format(name=found[0].name, other=found[-1].name)
    shown: list[Block] = [{"type": "header", "text": blocks.plain(title[:150])}]
    if sum(one.counts.read for one in found) < ENOUGH:
        shown += [*_one_by_one(small), *_skipped(found)]
        buttons = blocks.actions([*_share_it(row, ""), _how(row)], name="sentiment")
        return {"text": escape(title), "blocks": [*shown, buttons]}
    for one in found:
        shown += _summary(one, is_one_of_two=len(found) > 1)
    shown += [picture(chart, alt_text)] if chart else []
    shown += _lines(BETWEEN, words.between(found).sentences(COMPARED)) if len(found) > 1 else _aspects(found[0])
    for one in found:
        shown += _said(one, is_one_of_two=len(found) > 1)
    text = escape(f"{title}. " + ". ".join(_in_one_line(one) for one in found))
    return {"text": text, "blocks": [*shown, *_skipped(found), *_below(row, found, chart or "", refused)]}


def _below(row: ReadingRow, found: Sequence[Summary], chart: str, refused: str) -> list[Block]:
    kinds = [kind for kind, quotes in _quotes(found).items() if quotes]
    rows = blocks.context(ROWS_REFUSED.format(reason=refused) if refused else ROWS_BACK)
    buttons = [*_share_it(row, chart), *sentiment_answer.writing(row.id, kinds), _how(row)]
    method = blocks.context(words.method(found[0]))
    return [method, {**rows, "block_id": ROWS_BLOCK}, blocks.actions(buttons, name="sentiment")]


def picture(chart: str, alt_text: str) -> Block:
    """The chart, by the id of its file."""
    return {"type": "image", "block_id": CHART_BLOCK, "slack_file": {"id": chart}, "alt_text": alt_text[:2000]}


def to_result(found: Sequence[Summary], about: str) -> Mapping[str, Any]:
    """What is kept of a result, so that copy can be written from it."""
    enough = [one for one in found if one.is_enough]
    bad = in_turn([driver.word for driver in one.complaints] for one in enough)[:MOST_WORDS]
    good = in_turn([driver.word for driver in one.praise] for one in enough)[:MOST_WORDS]
    return {
        "threshold": found[0].threshold,
        "about": about,
        "counts": {name: sum(getattr(one.counts, name) for one in enough) for name in COUNTED},
        "skipped": "",
        "quotes": _quotes(enough),
        "phrases": {"reply": bad, "apology": bad, "post": good},
        "aspects": [_felt(aspect) for aspect in _merged(enough) if aspect.is_enough],
    }


def in_turn(several: Iterable[Sequence[str]]) -> list[str]:
    """The first of each, then the second of each, and so on; what comes again is left out.

    >>> in_turn([["a", "b", "c"], ["b", "d"]])
    ['a', 'b', 'd', 'c']
    """
    rows = zip_longest(*several)
    return list(dict.fromkeys(one for row in rows for one in row if one is not None))


def _merged(found: Sequence[Summary]) -> list[AspectCounts]:
    """The aspects of all files, each with the comments of all that mention it."""
    together: dict[str, Counts] = {}
    for one in found:
        for line in one.aspects:
            together[line.aspect] = together.get(line.aspect, Counts()) + line.counts
    return [AspectCounts(name, counts) for name, counts in together.items()]


def _summary(one: Summary, *, is_one_of_two: bool) -> list[Block]:
    if not one.is_enough:
        return [blocks.section(f"*{escape(one.name)}*: {words.too_few()}")]
    name = f"*{escape(one.name)}*\n" if is_one_of_two else ""
    counts = [*((label.capitalize(), _share(one.counts, label)) for label in ORDER)]
    fields = [{"type": "mrkdwn", "text": f"*{label}*\n{said}"} for label, said in counts]
    if one.counts.unsure:
        fields.append({"type": "mrkdwn", "text": f"*Unsure*\n{one.counts.unsure:,}"})
    return [
        blocks.section(f"{name}*{words.net(one.counts)}*\n{words.read(one.counts)}"),
        {"type": "section", "fields": fields},
    ]


def _share(counts: Counts, label: Label) -> str:
    return f"{counts.of(label):,} · {words.percent(counts.share(label))} ({words.interval(counts, label)})"


def _in_one_line(one: Summary) -> str:
    return f"{one.name}: {words.net(one.counts)}, {words.read(one.counts)}" if one.is_enough else one.name


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
    shares = (words.percent(counts.share(label)) for label in ("positive", "negative"))
    return (aspect.aspect, f"{aspect.mentions:,}", words.signed(counts.net), *shares)


def _cell(text: str, *, bold: bool = False) -> Block:
    piece = {"type": "text", "text": text or "–", **({"style": {"bold": True}} if bold else {})}
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [piece]}]}


def _said(one: Summary, *, is_one_of_two: bool) -> list[Block]:
    """What they wrote, and when and where it was otherwise; of one of two files with its name, and less of it."""
    if not one.is_enough:
        return []
    of = f"{one.name[:LONGEST_NAME]}: " if is_one_of_two else ""
    shown = [*_lines(of + OVER_TIME, words.over_time(one))]
    limit = COMPARED // 2 if is_one_of_two else COMPARED
    shown += _lines(of + BY_GROUP.format(column=one.group_column[:LONGEST_NAME]), words.by_group(one, limit))
    for title, label, drivers in ((COMPLAINTS, "negative", one.complaints), (PRAISE, "positive", one.praise)):
        if drivers:
            listed = escape(words.words(drivers[:MOST_WORDS]))
            heading = _heading(escape(of + title))
            shown += [heading, blocks.section(listed), blocks.context(words.DRIVERS.format(label=label))]
    each = EACH_OF_TWO if is_one_of_two else EACH
    for title, quotes in ((TYPICAL, one.typical), (EXTREME, () if is_one_of_two else one.extreme)):
        found = [quote for label in ORDER for quote in quotes_of(quotes, label)[:each]]
        shown += [_heading(escape(of + title)), *map(_quoted, found)] if found else []
    return shown


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


def _lines(title: str, said: Sequence[str]) -> list[Block]:
    """Sentences below each other; in plain elements, for they name what the file names."""
    if not said:
        return []
    items = [{"type": "rich_text_section", "elements": [{"type": "text", "text": line}]} for line in said]
    listed = {"type": "rich_text_list", "style": "bullet", "elements": items}
    return [_heading(escape(title)), {"type": "rich_text", "elements": [listed]}]


def _one_by_one(small: Small) -> Iterator[Block]:
    read = [(row, reading.feeling) for row, reading in small.rows if reading.feeling is not None]
    yield blocks.section(ONE_BY_ONE.format(enough=ENOUGH) if read else NONE)
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
    bad = in_turn([quote.text[:QUOTED] for quote in quotes_of(one.typical, "negative")] for one in found)
    good = in_turn([quote.text[:QUOTED] for quote in quotes_of(one.typical, "positive")] for one in found)
    return {"reply": bad or good, "apology": bad, "post": good}


def _felt(aspect: AspectCounts) -> dict[str, Any]:
    low, high = aspect.counts.net_interval
    label = "positive" if low > 0 else "negative" if high < 0 else "neutral"
    return {"aspect": aspect.aspect, "label": label, "sure": True}


def _share_it(row: ReadingRow, chart: str) -> list[Block]:
    """A button that knows the chart: of a picture in a message Slack tells more than it takes back."""
    if not (row.is_from_channel and row.place.startswith("D")):
        return []
    name = "Share this result in the channel where you asked"
    asked = blocks.confirm("Share this result?", SURE_TO_SHARE, yes=SHARE)
    return [blocks.button(SHARE, SHARE_IT, f"{row.id}:{chart}", name=name) | {"confirm": asked}]


def _how(row: ReadingRow) -> Block:
    return blocks.button(HOW, "sentiment_how", row.id, name="How the desk reads feelings, and its limits")


def _heading(text: str) -> Block:
    return blocks.section(f"*{text}*")
