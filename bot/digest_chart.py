"""The digest's picture: approval by week with its interval, and why drafts were voted down; and the same in words."""

from io import BytesIO
from typing import TYPE_CHECKING

from bot import digest_words
from bot.digest_content import Digest, Past
from bot.digest_words import count, with_interval

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

TITLE = "Approval by week, and why drafts were voted down"
APPROVAL = "Approval by week"
HOW = "thumbs up among the votes, with the 95 % interval"
WHY = "Why drafts were voted down"
NOBODY = "no votes"

# A solid light card reads the same in Slack's light and dark themes. Blue and vermilion are Okabe and Ito's, which
# people with any colour blindness tell apart; this week's mark differs in shape and size, too.
CARD, INK, SOFT, LINE = "#fbfaf7", "#1b211e", "#59625d", "#dcd9d0"
BLUE, GREY_BLUE, VERMILION = "#0072b2", "#6d8fa5", "#d55e00"
WIDTH, DPI = 6.0, 200
"""Inches and dots an inch: 1,200 pixels, twice what Slack shows on a desk, and letters that a phone can show."""
LEFT, HEAD, WEEKS_HIGH, LABELS_HIGH, BETWEEN, TITLE_HIGH, BAR_HIGH, FOOT = 0.3, 1.1, 2.0, 0.55, 0.38, 0.42, 0.36, 0.25
BAR_LEFT, BAR_LONG = 1.75, 3.5
FEWEST_WEEKS = 4
MOST_REASONS = 6
ROOM_ABOVE = 86
"""Percent: up to here this week's figure fits above its mark."""


def draw(digest: Digest) -> bytes | None:
    """A PNG, 1,200 pixels wide; None when there is nothing to draw."""
    if not _is_drawn(digest):
        return None
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    reasons = _reasons(digest)
    below = BETWEEN + TITLE_HIGH + BAR_HIGH * len(reasons) if reasons else 0.0
    height = HEAD + WEEKS_HIGH + LABELS_HIGH + below + FOOT
    figure = Figure(figsize=(WIDTH, height), dpi=DPI, facecolor=CARD)
    FigureCanvasAgg(figure)
    _head(figure, APPROVAL, (height - 0.25) / height)
    figure.text(LEFT / WIDTH, (height - 0.54) / height, HOW, va="top", fontsize=11, color=SOFT)
    high = WEEKS_HIGH / height
    weeks = (LEFT / WIDTH, (height - HEAD) / height - high, 1 - 2 * LEFT / WIDTH, high)
    _draw_weeks(figure.add_axes(weeks), digest.history)
    if reasons:
        bars = BAR_HIGH * len(reasons)
        _head(figure, WHY, (FOOT + bars + TITLE_HIGH) / height)
        _draw_reasons(figure.add_axes((0, FOOT / height, 1, bars / height)), reasons)
    picture = BytesIO()
    figure.savefig(picture, format="png", facecolor=CARD, metadata={"Software": None})
    return picture.getvalue()


def alt_text(digest: Digest) -> str:
    """The picture in words, with every number in it."""
    return " ".join(in_words(digest))


def in_words(digest: Digest) -> list[str]:
    """The same, a line for its title and for each week, and one for the reasons; none when there is nothing to draw."""
    if not _is_drawn(digest):
        return []
    lines = [f"{APPROVAL}, {HOW}."]
    for past in digest.history:
        held = f"{with_interval(past.approval)} of {count(past.approval.votes, 'vote')}"
        lines.append(f"{past.week.dates()}: {held if past.approval.votes else NOBODY}.")
    reasons = _reasons(digest)
    if reasons:
        lines.append(f"{WHY}: {', '.join(f'{reason} {votes}' for reason, votes in reasons)}.")
    return lines


def _is_drawn(digest: Digest) -> bool:
    return not digest.is_quiet and any(past.approval.votes for past in digest.history)


def _reasons(digest: Digest) -> list[tuple[str, int]]:
    given = [(reason, votes) for reason, votes in digest.reasons.items() if reason][: MOST_REASONS - 1]
    unnamed = digest.reasons.get("", 0)
    return given + ([(digest_words.NO_REASON, unnamed)] if unnamed else [])


def _head(figure: "Figure", title: str, top: float) -> None:
    figure.text(LEFT / WIDTH, top, title, va="top", fontsize=14, fontweight="bold", color=INK)


def _draw_weeks(axes: "Axes", history: tuple[Past, ...]) -> None:
    slots = max(FEWEST_WEEKS, len(history))
    _frame(axes, slots)
    for slot, past in enumerate(history):
        is_last = slot == len(history) - 1
        votes, day = past.approval.votes, past.week.first
        weight = "bold" if is_last else "normal"
        axes.text(slot, -6, f"{day.day} {day:%b}", color=INK, ha="center", va="top", fontsize=10.5, fontweight=weight)
        axes.text(slot, -18, _votes(votes), color=SOFT, ha="center", va="top", fontsize=10.5)
        if votes:
            _mark(axes, slot, past, is_last)


def _frame(axes: "Axes", slots: int) -> None:
    """Lines at 0, 50 and 100 %, named at their left ends, and nothing else."""
    axes.axis("off")
    axes.set_xlim(-0.95, slots - 0.5)
    axes.set_ylim(0, 100)
    axes.text(-0.95, -18, "votes", color=SOFT, va="top", fontsize=10.5)
    for share in (0, 50, 100):
        axes.axhline(share, color=LINE, linewidth=1.2, clip_on=False, zorder=0)
        axes.text(-0.95, share + 2, f"{share} %", color=SOFT, va="bottom", fontsize=10.5)


def _mark(axes: "Axes", slot: int, past: Past, is_last: bool) -> None:
    low, high = (100 * end for end in past.approval.interval)
    share = 100 * past.approval.share
    colour, width, size = (BLUE, 9, 14) if is_last else (GREY_BLUE, 6, 8)
    axes.plot([slot, slot], [low, high], color=colour, linewidth=width, solid_capstyle="butt", alpha=0.4)
    axes.plot([slot], [share], "o" if is_last else "s", color=colour, markersize=size, clip_on=False)
    if is_last:
        where, align = (high + 3, "bottom") if high <= ROOM_ABOVE else (low - 4, "top")
        axes.text(slot, where, f"{share:.0f} %", color=BLUE, ha="center", va=align, fontsize=14, fontweight="bold")


def _votes(votes: int) -> str:
    """Room is for four characters."""
    return f"{votes}" if votes < 1000 else f"{votes / 1000:.1f}k"


def _draw_reasons(axes: "Axes", reasons: list[tuple[str, int]]) -> None:
    """Bars that begin at one line, named on its left and counted at their ends."""
    axes.axis("off")
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(len(reasons) - 0.5, -0.5)
    longest = max(votes for _, votes in reasons)
    for row, (reason, votes) in enumerate(reasons):
        length = BAR_LONG * votes / longest
        axes.barh(row, length, left=BAR_LEFT, height=0.56, color=VERMILION)
        axes.text(BAR_LEFT - 0.1, row, reason, ha="right", va="center", fontsize=11.5, color=INK, parse_math=False)
        axes.text(BAR_LEFT + length + 0.08, row, f"{votes:,}", va="center", fontsize=11.5, color=INK)
