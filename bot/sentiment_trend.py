"""How feelings went over time: days, weeks or months, and where they changed by more than chance; pure."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from math import log
from statistics import median

from bot.sentiment_summary import ENOUGH, Bucket, Counts, Trend

FEWEST_BUCKETS, MOST_BUCKETS = 6, 60
FEWEST_SURE = 30
PENALTY = 5.0
"""What a further change has to gain in log-likelihood beside ln(buckets); bench/sentiment_files.py has the rates."""

FAR_OFF = 0.005
"""The share of comments at either end of time that may be left out."""

NO_DATES = "There is no column of dates, so no trend."
FEW = "Only {sure} comments with a label have a date; a trend takes {fewest}."
SHORT = "The dates span too few days, weeks and months for a trend; it takes {fewest}."

Days = Mapping[date, Counts]


def trend(days: Days) -> tuple[Trend | None, str]:
    """The trend by the finest unit in which the comments aren't too thin; or None and why there is none."""
    if not days:
        return None, NO_DATES
    days, left_out = _near(days)
    sure = sum(counts.sure for counts in days.values())
    if sure < FEWEST_SURE:
        return None, FEW.format(sure=sure, fewest=FEWEST_SURE)
    chosen: tuple[str, tuple[Bucket, ...]] | None = None
    for unit in ("day", "week", "month"):
        found = _buckets(days, unit)
        if len(found) < FEWEST_BUCKETS:
            break
        chosen = unit, found
        filled = sum(bucket.counts.sure > 0 for bucket in found)
        if len(found) <= MOST_BUCKETS and sure >= ENOUGH * len(found) and filled > len(found) / 2:
            break
    if chosen is None:
        return None, SHORT.format(fewest=FEWEST_BUCKETS)
    unit, buckets = chosen
    return Trend(unit, buckets, changes([bucket.counts for bucket in buckets]), left_out), ""


def changes(series: Sequence[Counts]) -> tuple[int, ...]:
    """Where the mix of labels changes: the segmentation of greatest likelihood less a penalty for every change.

    Found exactly by dynamic programming (Jackson et al., IEEE Signal Processing Letters 12, 2005; the optimal
    partitioning that PELT prunes, Killick et al., JASA 107, 2012). A segment's cost is that of one multinomial over
    negative, neutral and positive. Comments come in clumps, so the gain is divided by the dispersion between
    neighbours.
    """
    filled = [at for at, counts in enumerate(series) if counts.sure]
    if len(filled) < FEWEST_BUCKETS:
        return ()
    rows = [series[at] for at in filled]
    sums = [Counts()]
    for row in rows:
        sums.append(sums[-1] + row)
    spread, penalty = dispersion(rows), PENALTY + log(len(rows))
    best, before = [-penalty], [0]
    for end in range(1, len(rows) + 1):
        costs = [best[start] + penalty + _cost(sums[start], sums[end]) / spread for start in range(end)]
        start = min(range(end), key=costs.__getitem__)
        best.append(costs[start])
        before.append(start)
    found, end = [], len(rows)
    while (end := before[end]) > 0:
        found.append(filled[end])
    return tuple(reversed(found))


def dispersion(rows: Sequence[Counts]) -> float:
    """How much more neighbours differ in net sentiment than chance lets them; at least 1.

    From the median of squared differences, so that a change or two doesn't count.
    """
    squares = []
    for one, other in pairwise(rows):
        both = one + other
        up, down = both.share("positive"), both.share("negative")
        variance = (up + down - (up - down) ** 2) * (1 / one.sure + 1 / other.sure)
        if variance > 0:
            squares.append(((one.net - other.net) / 100) ** 2 / variance)
    return max(1.0, median(squares) / CHI_SQUARE_MEDIAN) if squares else 1.0


CHI_SQUARE_MEDIAN = 0.4549364
"""Of one degree of freedom."""


def _cost(before: Counts, upto: Counts) -> float:
    """The negative log-likelihood of the comments between two running sums under their own shares."""
    cells = (upto.negative - before.negative, upto.neutral - before.neutral, upto.positive - before.positive)
    number = sum(cells)
    return -sum(cell * log(cell / number) for cell in cells if cell)


def _near(days: Days) -> tuple[Days, int]:
    """The days without the few at either end that alone make the span more than twice as long; and their comments."""
    ordered, number = sorted(days), sum(counts.total for counts in days.values())
    first, last, room = 0, len(ordered) - 1, max(1, number * FAR_OFF)
    passed = 0
    while first < last and (passed := passed + days[ordered[first]].total) <= room:
        first += 1
    passed = 0
    while first < last and (passed := passed + days[ordered[last]].total) <= room:
        last -= 1
    if 2 * (ordered[last] - ordered[first]).days >= (ordered[-1] - ordered[0]).days:
        return days, 0
    near = {day: days[day] for day in ordered[first : last + 1]}
    return near, number - sum(counts.total for counts in near.values())


def _buckets(days: Days, unit: str) -> tuple[Bucket, ...]:
    """A bucket per unit from the first to the last, empty ones too."""
    held: dict[date, Counts] = {}
    for day, counts in days.items():
        start = first_day(day, unit)
        held[start] = held.get(start, Counts()) + counts
    found, start, last = [], min(held), max(held)
    while start <= last:
        found.append(Bucket(start, held.get(start, Counts())))
        start = _next(start, unit)
    return tuple(found)


def first_day(day: date, unit: str) -> date:
    """The first day of the unit that a day is in; weeks begin on Monday."""
    if unit == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if unit == "month" else day


def _next(start: date, unit: str) -> date:
    if unit == "month":
        return (start + timedelta(days=31)).replace(day=1)
    return start + timedelta(days=7 if unit == "week" else 1)
