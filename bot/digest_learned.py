"""What the rest of the desk has learnt by the end of a week, as a digest tells it."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC
from typing import Any

from bot import round_words
from bot.digest_content import Learned, Sentiment
from bot.sentiment_result import COUNTED
from bot.weeks import Week
from storage import readings, rounds
from storage.database import Storage, stamp

TOPICS = 4

Knows = Callable[[str, Week], Learned]
"""What is known of a workspace in a week."""

Beliefs = Callable[[str], Sequence[str]]
"""The sentences that the desk believes about a workspace's taste, the surest first."""


def know_nothing(_workspace: str, _week: Week) -> Learned:
    """Nothing, where nothing tells."""
    return Learned()


def from_rows(storage: Storage, beliefs: Beliefs) -> Knows:
    """What the rows tell: the beliefs of now, and what was decided in the week of rounds and trials, word for word.

    Of sentiment what was shown in a channel: what somebody had read for themselves stays theirs.
    """

    def know(workspace: str, week: Week) -> Learned:
        since, until = (stamp(end.astimezone(UTC)) for end in (week.start, week.end))
        with storage.read() as db:
            decided = rounds.decided_between(db, workspace, since=since, until=until)
            felt = readings.open_results(db, workspace, since=since, until=until)
        said = [f"{round_words.headline(row)}. {round_words.verdict(row)}" for row in decided]
        return Learned(beliefs=tuple(beliefs(workspace)), verdict="\n".join(said), sentiment=_felt(felt))

    return know


def _felt(results: Sequence[Mapping[str, Any]]) -> Sentiment | None:
    """The comments of the week together; None where none were read for everybody's eyes."""
    counts = Counter[str]()
    topics: dict[str, None] = {}
    for result in results:
        counts.update(result["counts"])
        topics |= dict.fromkeys(str(one["aspect"]) for one in result["aspects"])
    if not counts.total():
        return None
    return Sentiment(**{name: counts[name] for name in COUNTED}, topics=tuple(topics)[:TOPICS])
