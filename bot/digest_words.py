"""The sentences of a digest, shared by Slack's message, its notification and the terminal; pure."""

from datetime import time

from bot.approval import Approval
from bot.digest_content import Best, Digest, Sentiment, Worst
from bot.slack_text import isolate
from bot.weeks import Appointment
from model.formats import FORMATS
from storage.digests import SubscriptionRow

TITLE = "The copy desk's week, {dates}"
QUIET = "A quiet week: nobody asked for copy and nobody voted."
NO_VOTES = "Nobody voted this week, so there is no approval to report."
SAME = "Approval is the same as the week before ({before})."
CHANGED = "Approval is {points} {direction} than the week before ({before}): {judgement}."
CHANCE, REAL = "within chance", "more than chance"
FIRST = "The week before had no votes to compare with."
NO_DOWN = "Nothing was voted down."
NO_REASON = "no reason given"
OF_COMMENTS = "{positive} of {count} were positive, {neutral} neutral, {negative} negative{unsure}."
UNSURE = "; the desk was unsure of {share}"
TOPICS = "They were about {topics}."
BY_FORMAT = "Approval by format: {formats}."
METHOD = (
    "Approval is the share of 👍 among the week's votes, with its 95 % interval (Wilson). "
    "“Within chance” means that no change at all is inside the interval of the difference (Newcombe)."
)
BEST, DOWN, FELT = "Best liked", "Voted down", "How customers felt"
BELIEVES, ROUND = "What the desk believes this team likes", "The last training round"
SUBSCRIBED = "{who} subscribed this channel to the weekly digest, {when}."
BY_HAND = "Posted by hand from the desk's terminal. `{example}` makes it weekly."
WORDS = "In their words: {words}"
QUOTE_LIMIT, WORDS_LIMIT = 280, 140
SOMEBODY = "Somebody"
MOST_FORMATS = 5
MOST_BELIEFS = 5


def title(digest: Digest) -> str:
    """The digest's name."""
    return TITLE.format(dates=digest.week.dates())


def figures(digest: Digest) -> list[tuple[str, str]]:
    """The numbers, each with its name."""
    held, votes = digest.numbers, digest.approval
    before = digest.history[-2].numbers if len(digest.history) > 1 else None
    pairs = [
        ("Drafts", f"{held.drafts}" + (f", {before.drafts} the week before" if before else "")),
        ("People", f"{held.people}" + (f", {before.people} the week before" if before else "")),
    ]
    if votes.votes:
        pairs += [("Votes", f"👍 {held.up} · 👎 {held.down}"), ("Approval", with_interval(votes))]
    if held.edits or held.uses:
        pairs += [("Edited by hand", f"{held.edits}"), ("Shared or used", f"{held.uses}")]
    return pairs


def changed(digest: Digest) -> str:
    """Whether approval differs from the week before, and whether the votes bear that out."""
    if not digest.approval.votes:
        return NO_VOTES
    difference = digest.change
    if difference is None:
        return FIRST
    before = digest.history[-2].approval
    compared = f"{percent(before.share)} of {count(before.votes, 'vote')}"
    points = round(difference.difference * 100)
    if not points:
        return SAME.format(before=compared)
    return CHANGED.format(
        points=count(abs(points), "point"),
        direction="higher" if points > 0 else "lower",
        before=compared,
        judgement=CHANCE if difference.is_within_chance else REAL,
    )


def down(digest: Digest) -> str:
    """How often each reason was given for a 👎; those without one come last."""
    if not digest.reasons:
        return NO_DOWN
    given = [(reason, votes) for reason, votes in digest.reasons.items() if reason]
    given += [(NO_REASON, digest.reasons[""])] if "" in digest.reasons else []
    return " · ".join(f"{reason} {votes}" for reason, votes in given)


def by_format(digest: Digest) -> str:
    """Approval of the formats that were voted on most; empty when it was only one."""
    if len(digest.formats) < 2:
        return ""
    shown = [
        f"{FORMATS[one.format].title} {percent(Approval(one.up, one.down).share)} of {one.up + one.down}"
        for one in digest.formats[:MOST_FORMATS]
    ]
    return BY_FORMAT.format(formats=" · ".join(shown))


def liked(best: Best) -> str:
    """What stands below a quoted draft."""
    used = f"used {'once' if best.uses == 1 else f'{best.uses} times'}" if best.uses else ""
    parts = [FORMATS[best.format].title, f"👍 {best.up} · 👎 {best.down}", used]
    return " · ".join(part for part in parts if part)


def disliked(worst: Worst) -> str:
    """What stands below the draft that was liked least."""
    why = " · ".join(f"{reason} {votes}" for reason, votes in worst.reasons.items()) or NO_REASON
    return f"{FORMATS[worst.format].title} · 👍 {worst.up} · 👎 {worst.down} · {why}"


def words(digest: Digest) -> str:
    """What people wrote who had another reason; empty when nobody did."""
    said = " · ".join(f"“{short(one, WORDS_LIMIT)}”" for one in digest.words)
    return WORDS.format(words=said) if said else ""


def short(text: str, limit: int = QUOTE_LIMIT) -> str:
    """The beginning of a text, in one paragraph.

    >>> short("Cold brew.\\n\\nFree shipping.")
    'Cold brew. Free shipping.'
    """
    line = " ".join(text.split())
    return line if len(line) <= limit else f"{line[: limit - 1].rstrip()}…"


def felt(sentiment: Sentiment) -> str:
    """What customers' comments said."""
    read = sentiment.positive + sentiment.neutral + sentiment.negative + sentiment.unsure
    if not read:
        return ""
    said = OF_COMMENTS.format(
        count=count(read, "comment"),
        positive=percent(sentiment.positive / read),
        neutral=percent(sentiment.neutral / read),
        negative=percent(sentiment.negative / read),
        unsure=UNSURE.format(share=percent(sentiment.unsure / read)) if sentiment.unsure else "",
    )
    topics = ", ".join(isolate(topic) for topic in sentiment.topics)
    return f"{said} {TOPICS.format(topics=topics)}" if topics else said


def appointment(row: SubscriptionRow) -> Appointment:
    """When a subscription's digest comes; as text it is such as "Mondays at 9:00 (London time)"."""
    return Appointment(row.weekday, time.fromisoformat(row.time), row.timezone)


def who(row: SubscriptionRow) -> str:
    """Who subscribed, as a mention; a person who asked to be forgotten has no name any more."""
    return f"<@{row.user}>" if row.user else SOMEBODY


def percent(share: float) -> str:
    """A share as people read it.

    >>> percent(0.725)
    '72 %'
    """
    return f"{share * 100:.0f} %"


def with_interval(approval: Approval) -> str:
    """A share with its interval.

    >>> with_interval(Approval(8, 2))
    '80 % (49–94 %)'
    """
    low, high = approval.interval
    return f"{percent(approval.share)} ({low * 100:.0f}–{high * 100:.0f} %)"


def count(number: int, name: str) -> str:
    """A number of things.

    >>> count(1, "vote"), count(2, "vote")
    ('1 vote', '2 votes')
    """
    return f"{number:,} {name}" + ("" if number == 1 else "s")
