"""What the rest of the desk has learnt by the end of a week, as a digest tells it."""

from collections.abc import Callable, Sequence
from datetime import UTC

from bot import round_words
from bot.digest_content import Learned
from bot.weeks import Week
from storage import rounds
from storage.database import Storage, stamp

Knows = Callable[[str, Week], Learned]
"""What is known of a workspace in a week."""

Beliefs = Callable[[str], Sequence[str]]
"""The sentences that the desk believes about a workspace's taste, the surest first."""


def know_nothing(_workspace: str, _week: Week) -> Learned:
    """Nothing, where nothing tells."""
    return Learned()


def from_rows(storage: Storage, beliefs: Beliefs) -> Knows:
    """What the rows tell: the beliefs of now, and the verdicts of the rounds that ended in the week, word for word."""

    def know(workspace: str, week: Week) -> Learned:
        since, until = (stamp(end.astimezone(UTC)) for end in (week.start, week.end))
        with storage.read() as db:
            ended = rounds.ended_between(db, workspace, since=since, until=until)
        said = [f"{round_words.headline(row)}. {round_words.verdict(row)}" for row in ended]
        return Learned(beliefs=tuple(beliefs(workspace)), verdict="\n".join(said))

    return know
