"""A digest as text for the terminal; pure."""

from bot import digest_words
from bot.digest_content import Best, Digest, Worst

ABOUT = "{week} in {workspace}: from {start:%Y-%m-%d %H:%M} to {end:%Y-%m-%d %H:%M} ({zone})"


def to_text(digest: Digest, workspace: str) -> str:
    """Everything that the message in Slack says, a paragraph each."""
    week = digest.week
    about = ABOUT.format(week=week.name, workspace=workspace, start=week.start, end=week.end, zone=week.start.tzname())
    return "\n\n".join([digest_words.title(digest), *_body(digest), _footer(digest), about])


def _body(digest: Digest) -> list[str]:
    learned = digest.learned
    ended = [f"{digest_words.ROUND}:\n{_indented(learned.verdict)}"] if learned.verdict else []
    if digest.is_quiet:
        return [digest_words.QUIET, *ended]
    figures = "\n".join(f"{name}: {value}" for name, value in digest_words.figures(digest))
    best, worst = [_quoted(one, digest_words.liked(one)) for one in digest.best], digest.worst
    felt = digest_words.felt(learned.sentiment) if learned.sentiment else ""
    parts = [
        figures,
        digest_words.changed(digest),
        f"{digest_words.BEST}:\n" + "\n".join(_indented(one) for one in best) if best else "",
        f"{digest_words.DOWN}: {digest_words.down(digest)}" if digest.approval.votes else "",
        _indented(_quoted(worst, digest_words.disliked(worst))) if worst else "",
        digest_words.words(digest),
        digest_words.by_format(digest),
        f"{digest_words.FELT}: {felt}" if felt else "",
        f"{digest_words.BELIEVES}:\n" + "\n".join(f"  - {one}" for one in learned.beliefs) if learned.beliefs else "",
    ]
    return [*(part for part in parts if part), *ended]


def _quoted(draft: Best | Worst, below: str) -> str:
    return f"“{digest_words.short(draft.text)}”\n{below} {draft.link}".rstrip()


def _footer(digest: Digest) -> str:
    row = digest.subscription
    if row is None:
        return "Nobody has subscribed this channel."
    who = f"@{row.user}" if row.user else digest_words.SOMEBODY
    return digest_words.SUBSCRIBED.format(who=who, when=digest_words.appointment(row))


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.splitlines())
