"""What many comments say together, in sentences that Slack, the chart and the terminal share; pure."""

from collections.abc import Sequence
from datetime import date

from bot.sentiment_compare import MOST, Comparison, compare
from bot.sentiment_summary import ENOUGH, AspectCounts, Counts, Driver, Group, Summary, Trend
from model.sentiment import Label

TOO_FEW = "Fewer than {enough} comments have a sure label, so nothing is said about them together."
NET = "Net sentiment {net} ({low} to {high})"
READ = "{read} read, {unsure} unsure, {skipped} skipped"
OVER = "{count} by {unit}, from {first} to {last}."
CHANGE = (
    "It changed {when}: net sentiment {before} before, {after} after (negative {share_before}, then {share_after})."
)
NO_CHANGE = "No change over time is more than chance."
FAR_OFF = "{count} with far-off dates left out."
ASPECT = "{aspect}: {mentions}, {positive} positive ({positive_interval}), {negative} negative ({negative_interval})"
ASPECT_FEW = "{aspect}: {mentions}, too few for shares"
NOT_MENTIONED = "Not mentioned: {aspects}"
READ_BY = "Read by {model}, which can be wrong; below a probability of {threshold} it says “unsure”."
METHOD = (
    "Shares are of comments with a sure label, with 95 % intervals (Wilson); they take comments as independent and say "
    "nothing of customers who wrote none. Net sentiment is positive less negative, in points."
)
DRIVERS = "Words in brackets: in how many {label} comments, and in how many others (log-odds, Monroe et al. 2008)."


def count(number: int, noun: str) -> str:
    """A number with its noun.

    >>> count(1, "comment"), count(1200, "comment")
    ('1 comment', '1,200 comments')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def percent(share: float) -> str:
    """A share in whole percent."""
    return f"{round(100 * share)} %"


def signed(points: float) -> str:
    """Whole points with a sign that is one.

    >>> signed(12.4), signed(-3.2), signed(0.2)
    ('+12', '−3', '0')
    """
    whole = round(points)
    return f"{'+' if whole > 0 else '−' if whole < 0 else ''}{abs(whole)}"


def day(when: date) -> str:
    """A day with its year.

    >>> day(date(2026, 3, 2))
    '2 Mar 2026'
    """
    return f"{when.day} {when:%b %Y}"


def interval(counts: Counts, label: Label) -> str:
    """The interval of a label's share, in percent."""
    low, high = counts.interval(label)
    return f"{round(100 * low)}–{round(100 * high)} %"


def net(counts: Counts) -> str:
    """Net sentiment with its interval."""
    low, high = counts.net_interval
    return NET.format(net=signed(counts.net), low=signed(low), high=signed(high))


def read(counts: Counts) -> str:
    """How many comments were read and how many weren't."""
    return READ.format(read=count(counts.read, "comment"), unsure=f"{counts.unsure:,}", skipped=f"{counts.skipped:,}")


def too_few() -> str:
    """Why nothing is said about the comments together."""
    return TOO_FEW.format(enough=ENOUGH)


def when(trend: Trend, at: int) -> str:
    """The time of a bucket, as in "It changed …"."""
    start = trend.buckets[at].start
    return {"day": f"on {day(start)}", "week": f"in the week of {day(start)}", "month": f"in {start:%B %Y}"}[trend.unit]


def over_time(summary: Summary) -> tuple[str, ...]:
    """What the trend says, or why there is none; empty where there are no dates."""
    trend = summary.trend
    if trend is None:
        return (summary.no_trend,) if summary.no_trend else ()
    dated = sum(bucket.counts.read for bucket in trend.buckets)
    first, last = day(trend.buckets[0].start), day(trend.buckets[-1].start)
    over = OVER.format(count=count(dated, "comment"), unit=trend.unit, first=first, last=last)
    stretches = trend.stretches
    found = [_change(trend, at, *stretches[place : place + 2]) for place, at in enumerate(trend.changes)]
    far = [FAR_OFF.format(count=count(trend.left_out, "comment"))] if trend.left_out else []
    return (over, *(found or [NO_CHANGE]), *far)


def _change(trend: Trend, at: int, before: Counts, after: Counts) -> str:
    return CHANGE.format(
        when=when(trend, at),
        before=signed(before.net),
        after=signed(after.net),
        share_before=percent(before.share("negative")),
        share_after=percent(after.share("negative")),
    )


def by_group(summary: Summary, limit: int = 0) -> tuple[str, ...]:
    """What differs between the groups of a column; empty where there is none.

    Of at most `limit` characters, unless it is 0: then so few groups are compared, the largest ones, that it fits.
    """
    if len(summary.groups) < 2:
        return ()
    for most in range(MOST, 1, -1):
        found = compare(summary.groups, most)
        if not limit or sum(map(len, found.sentences())) <= limit:
            return found.sentences()
    return found.sentences(limit)


def between(summaries: Sequence[Summary]) -> Comparison:
    """What differs between files."""
    return compare([Group(one.name, one.counts, one.aspects) for one in summaries])


def on_aspects(lines: Sequence[AspectCounts]) -> tuple[str, ...]:
    """A sentence per aspect, and one for those that nobody mentions."""
    silent = [line.aspect for line in lines if not line.mentions]
    told = [on_aspect(line) for line in lines if line.mentions]
    return (*told, *([NOT_MENTIONED.format(aspects=", ".join(silent))] if silent else []))


def on_aspect(line: AspectCounts) -> str:
    """How the comments that mention an aspect speak of it."""
    mentions = count(line.mentions, "mention")
    if not line.is_enough:
        return ASPECT_FEW.format(aspect=line.aspect, mentions=mentions)
    return ASPECT.format(
        aspect=line.aspect,
        mentions=mentions,
        positive=percent(line.counts.share("positive")),
        positive_interval=interval(line.counts, "positive"),
        negative=percent(line.counts.share("negative")),
        negative_interval=interval(line.counts, "negative"),
    )


def words(drivers: Sequence[Driver]) -> str:
    """Words that set comments apart, each with its counts."""
    return " · ".join(f"{one.word} ({one.here:,}; {one.elsewhere:,})" for one in drivers)


def method(summary: Summary) -> str:
    """How it was done and what it can't tell."""
    return f"{read_by(summary)} {METHOD}"


def read_by(summary: Summary) -> str:
    """What read, that it can be wrong, and when it gives no label."""
    return READ_BY.format(model=summary.model, threshold=percent(summary.threshold))
