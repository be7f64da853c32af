"""Feelings in the terminal: one comment with the words that moved it, or what many say together; and as JSON."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import click

from bot import sentiment_summary_words as words
from bot.sentiment_compare import Comparison
from bot.sentiment_out import weights
from bot.sentiment_rows import Row
from bot.sentiment_summary import ENOUGH, ORDER, AspectCounts, Bucket, Counts, Group, Quote, Summary
from model.sentiment import Feeling, Reading, WordWeight

BAR = 24
LABEL_WIDTH = 9
COLOURS = {"positive": "blue", "neutral": "bright_black", "negative": "red", "unsure": "yellow"}
SIGNS = {"positive": "+", "neutral": "·", "negative": "−", "unsure": "?"}
FEWEST_WEIGHT = 0.02
SUMMARY_QUOTE = 200
WEIGHED = "The number behind a word is what the probability of “{label}” loses without it; with −, what it gains."
_EIGHTHS = " ▏▎▍▌▋▊▉"


def one(reading: Reading, summary: Summary) -> str:
    """A comment that was read: its label, a bar for each probability, aspects, the words that moved it, and by what."""
    feeling = reading.feeling
    if feeling is None:
        return f"{_cut(reading.text)}\n{click.style('Not read.', fg='yellow')} {reading.skipped}"
    lines = [_explained(reading) if reading.words else _cut(reading.text), ""]
    lines += [_bar(label, feeling.probabilities[label], label == feeling.label) for label in ORDER]
    if not feeling.sure:
        lines += ["", f"{click.style('unsure', fg='yellow', bold=True)}: the likeliest is {feeling.label}."]
    if reading.aspects:
        lines += ["", *(f"{_labelled(line.feeling)}  {line.aspect}" for line in reading.aspects)]
    lines += [reading.note] if reading.note else []
    weighed = any(abs(word.weight) >= FEWEST_WEIGHT for word in reading.words)
    lines += ["", *([WEIGHED.format(label=feeling.label)] if weighed else []), words.read_by(summary)]
    return "\n".join(lines)


def row(found: Row, reading: Reading) -> str:
    """A comment among others, in a line; in brackets the words that moved it, where they were asked for."""
    text = _cut(" ".join(found.text.split()))
    if reading.feeling is None:
        return f"{'skipped':<{LABEL_WIDTH}}       {text}  ({reading.skipped})"
    about = ", ".join(f"{line.aspect} {SIGNS[line.feeling.shown]}" for line in reading.aspects)
    moved = weights(reading)
    return f"{_labelled(reading.feeling)}  {text}{f'  ({about})' if about else ''}{f'  [{moved}]' if moved else ''}"


def together(summary: Summary) -> str:
    """What many comments say, a paragraph for each question."""
    head = f"{click.style(summary.name, bold=True)} · {words.read(summary.counts)}"
    if not summary.is_enough:
        return "\n\n".join([head, words.too_few(), *_notes(summary)])
    bars = [_share(summary.counts, at) for at in range(len(ORDER))]
    parts = [head, "\n".join([*bars, "", words.net(summary.counts)]), *_parts(summary), *_notes(summary)]
    return "\n\n".join([*parts, words.method(summary)])


def differences(found: Comparison) -> str:
    """What differs between files."""
    return _titled("What differs", found.sentences())


def document(found: Row, reading: Reading) -> dict[str, Any]:
    """A row of the JSON."""
    feeling = reading.feeling
    return {
        "row": found.number,
        "text": found.text,
        "label": feeling.shown if feeling else None,
        "probability": round(feeling.probability, 4) if feeling else None,
        "probabilities": {label: round(feeling.probabilities[label], 4) for label in ORDER} if feeling else {},
        "language": reading.language,
        "aspects": [
            {"aspect": line.aspect, "label": line.feeling.shown, "probability": round(line.feeling.probability, 4)}
            for line in reading.aspects
        ],
        "words": [{"word": word.word, "weight": round(word.weight, 4)} for word in reading.words],
        "skipped": reading.skipped,
    }


def summary_document(summary: Summary) -> dict[str, Any]:
    """The summary of the JSON; of fewer comments than may be told of, the counts of rows alone."""
    counts = summary.counts
    found: dict[str, Any] = {
        "name": summary.name,
        "rows": counts.total,
        "read": counts.read,
        "skipped": counts.skipped,
        "reasons": [{"reason": reason, "rows": rows} for reason, rows in summary.reasons],
        "notes": list(summary.notes),
    }
    if not summary.is_enough:
        return found
    trend = summary.trend
    return found | {
        **_counts(counts),
        "aspects": [_aspect(line) for line in summary.aspects],
        "typical": [asdict(quote) for quote in summary.typical],
        "extreme": [asdict(quote) for quote in summary.extreme],
        "complaints": [asdict(driver) for driver in summary.complaints],
        "praise": [asdict(driver) for driver in summary.praise],
        "trend": None
        if trend is None
        else {
            "unit": trend.unit,
            "buckets": [_bucket(bucket) for bucket in trend.buckets],
            "changes": [trend.buckets[at].start.isoformat() for at in trend.changes],
        },
        "groups": [_group(group) for group in summary.groups],
        "differences": list(words.by_group(summary)),
    }


def _counts(counts: Counts) -> dict[str, Any]:
    labels = {
        label: {"rows": counts.of(label), "share": round(counts.share(label), 4), "interval": _ends(counts, label)}
        for label in ORDER
    }
    interval = [round(end, 1) for end in counts.net_interval]
    return {"labels": labels, "unsure": counts.unsure, "net": round(counts.net, 1), "net_interval": interval}


def _ends(counts: Counts, label: Any) -> list[float]:
    return [round(end, 4) for end in counts.interval(label)]


def _aspect(line: AspectCounts) -> dict[str, Any]:
    told = _counts(line.counts) if line.is_enough else {}
    return {"aspect": line.aspect, "mentions": line.mentions, **told}


def _group(group: Group) -> dict[str, Any]:
    told = _counts(group.counts) if group.counts.sure >= ENOUGH else {}
    return {"group": group.name, "rows": group.counts.total, **told}


def _bucket(bucket: Bucket) -> dict[str, Any]:
    told = _counts(bucket.counts) if bucket.counts.sure >= ENOUGH else {}
    return {"start": bucket.start.isoformat(), "rows": bucket.counts.total, **told}


def _parts(summary: Summary) -> Iterator[str]:
    if summary.aspects:
        yield _titled("Aspects", words.on_aspects(summary.aspects))
    if told := words.over_time(summary):
        yield _titled("Over time", told)
    if told := words.by_group(summary):
        yield _titled(f"By {summary.group_column}", told)
    for title, drivers in (("What people complain of", summary.complaints), ("What people love", summary.praise)):
        if drivers:
            yield _titled(title, [words.words(drivers)])
    for title, quotes in (("Typical", summary.typical), ("Most extreme", summary.extreme)):
        if quotes:
            yield _titled(title, [_quoted(quote) for quote in quotes])


def _notes(summary: Summary) -> list[str]:
    skipped = [f"{rows:,} skipped: {reason}" for reason, rows in summary.reasons]
    found = [*summary.notes, *skipped]
    return [_titled("How it was read", found)] if found else []


def _titled(title: str, lines: Any) -> str:
    return "\n".join([click.style(title, bold=True), *(f"  {line}" for line in lines)])


def _quoted(quote: Quote) -> str:
    sign = click.style(SIGNS[quote.label], fg=COLOURS[quote.label], bold=True)
    return f"{sign} “{_cut(quote.text)}” {click.style(f'row {quote.number:,}', dim=True)}"


def _share(counts: Counts, at: int) -> str:
    label = ORDER[at]
    bar = click.style(_blocks(counts.share(label)), fg=COLOURS[label])
    figures = f"{words.percent(counts.share(label)):>5}  {words.interval(counts, label):>9}  {counts.of(label):>9,}"
    return f"{label:<{LABEL_WIDTH}} {bar} {figures}"


def _bar(label: str, share: float, is_it: bool) -> str:
    name = click.style(f"{label:<{LABEL_WIDTH}}", bold=is_it)
    return f"{name} {click.style(_blocks(share), fg=COLOURS[label])} {words.percent(share):>5}"


def _blocks(share: float) -> str:
    """A bar in eighths of a letter, as long as its share of BAR.

    >>> _blocks(0.5)
    '████████████            '
    """
    eighths = round(share * BAR * 8)
    return f"{'█' * (eighths // 8)}{_EIGHTHS[eighths % 8].strip()}".ljust(BAR)


def _labelled(feeling: Feeling) -> str:
    shown = feeling.shown
    label = click.style(f"{SIGNS[shown]} {shown:<{LABEL_WIDTH - 1}}", fg=COLOURS[shown], bold=True)
    return f"{label} {words.percent(feeling.probability):>5}"


def _explained(reading: Reading) -> str:
    """The text, each word that moved the label with its signed weight behind it."""
    parts, end = [], 0
    for word in sorted(reading.words, key=lambda one: one.start):
        if abs(word.weight) >= FEWEST_WEIGHT and word.start >= end:
            parts += [reading.text[end : word.start], _weighed(reading.text[word.start : word.end] or word.word, word)]
            end = word.end
    return "".join([*parts, reading.text[end:]])


def _weighed(written: str, word: WordWeight) -> str:
    weight = f"{'+' if word.weight > 0 else '−'}{abs(word.weight):.2f}"
    return click.style(f"{written}[{weight}]", fg="cyan" if word.weight > 0 else "magenta", bold=True)


def _cut(text: str) -> str:
    return text if len(text) <= SUMMARY_QUOTE else f"{text[: SUMMARY_QUOTE - 1].rstrip()}…"
