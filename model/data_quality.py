"""The data-quality report: what a team's signals came to, what was left out and why, and whether it is enough."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from model.ledger import Dropped

LEAST_SIGNALS = 20
"""Below this nothing is trained: nothing published shows weights gain from ten to fifty votes, where ranking does."""
LEAST_EXAMPLES = 30
LEAST_OF_EACH = 5
"""What a round needs to begin with: with fewer of one kind the other teaches length and little else."""
LEAST_PEOPLE = 4
"""With three, one of them gives at least a third of what is learnt, and 30 % is the most that one may."""
LEAST_LEARNT = 20
LEAST_LEARNT_OF_EACH = 3
"""What has to be left to learn from once the newest are held out and nobody is above their share."""
LEAST_HELD = 5
"""Fewer could not tell a better model from a worse one even if all of them spoke for it (two to the fifth is 32)."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Liked and disliked examples of one format or of one person."""

    name: str
    up: int
    down: int


@dataclass(frozen=True, slots=True)
class Counted:
    """How many different values of a kind were replaced by stand-ins."""

    kind: str
    values: int


@dataclass(frozen=True, slots=True)
class Report:
    """What signals came to. Examples are single texts: a rewrite makes two, and people who agree make one together.

    `given` signals are either `used` or `dropped`, each once. `up` and `down` count the examples before the split, and
    `edits` the rewrites among those liked; `votes_up` and `votes_down` count the votes, rewrites and uses behind those
    that are learnt or held out, each once for every label that it gives. `train_up` and `train_down` count what one
    epoch learns of the team, repeats counted; `largest_share` is the largest person's part of that, from 0 to 1.
    `people` bear pseudonyms. `first` and `last` are the stamps of the oldest and newest signal. `missing` is a sentence
    where it is too little to train, else empty.
    """

    given: int
    used: int
    up: int
    down: int
    edits: int
    votes_up: int
    votes_down: int
    merged: int
    dropped: tuple[Dropped, ...]
    leaks: int
    train_up: int
    train_down: int
    held_up: int
    held_down: int
    formats: tuple[Tally, ...]
    people: tuple[Tally, ...]
    largest_share: float
    redactions: tuple[Counted, ...]
    first: str
    last: str
    missing: str

    def as_json(self) -> dict[str, Any]:
        """The report as plain values, as `copydesk round --json` prints it under "examples"."""
        return asdict(self)

    def as_text(self) -> str:
        """The report for people, a line for each thing that there is anything to say of."""
        return "\n".join(f"{label:<12}{said}" for label, said in _lines(self) if said)


def missing(*, given: int, signals: int, up: int, down: int, people: int, learnt: Mapping[bool, int], held: int) -> str:
    """Say in a sentence what a round still needs; empty when nothing is.

    `up` and `down` examples come from so many `signals` of the `given`; `learnt` counts different texts by label.
    """
    rule = f"a round needs at least {LEAST_EXAMPLES}, of them {LEAST_OF_EACH} of each kind."
    if not given:
        return f"There are no votes, edits or uses yet; {rule}"
    if up + down < LEAST_EXAMPLES or min(up, down) < LEAST_OF_EACH:
        return f"{_number(up + down, 'example')} so far, {up} liked and {down} not; {rule}"
    if signals < LEAST_SIGNALS:
        behind = _number(signals, "vote or edit", "votes and edits")
        return f"The examples come from {behind}; a round needs at least {LEAST_SIGNALS}."
    if people < LEAST_PEOPLE:
        return (
            f"The examples come from {_number(people, 'person', 'people')}; a round needs at least {LEAST_PEOPLE}, "
            "so that no one's taste is more than 30 % of what it learns."
        )
    if sum(learnt.values()) < LEAST_LEARNT or min(learnt[True], learnt[False]) < LEAST_LEARNT_OF_EACH:
        return (
            f"With the newest held out and nobody above 30 %, {_number(sum(learnt.values()), 'example')} can be "
            f"learnt, {learnt[True]} liked and {learnt[False]} not; a round needs {LEAST_LEARNT}, "
            f"of them {LEAST_LEARNT_OF_EACH} of each kind."
        )
    if held < LEAST_HELD:
        return (
            f"Only {_number(held, 'example')} could be held out to judge by; a round needs at least {LEAST_HELD}, "
            "for other briefs than those it learns from."
        )
    return ""


def _lines(report: Report) -> Iterator[tuple[str, str]]:
    span = f" from {report.first[:10]} to {report.last[:10]}" if report.given else ""
    signals = _number(report.given, "vote or edit", "votes and edits")
    yield "Signals", f"{signals}{span}, {report.used} used, {sum(one.rows for one in report.dropped)} left out"
    yield "Examples", f"{report.up} liked ({_number(report.edits, 'rewrite')}), {report.down} not"
    yield "Merged", f"{report.merged} that said the same of nearly the same text" if report.merged else ""
    for at, one in enumerate(report.dropped):
        yield "" if at else "Left out", f"{one.rows} {one.reason}"
    yield "Formats", _listed((one.up + one.down, f"{one.name} ({one.up} 👍, {one.down} 👎)") for one in report.formats)
    yield "People", _listed((one.up + one.down, f"{one.name} ({one.up} 👍, {one.down} 👎)") for one in report.people)
    yield "Replaced", _listed((one.values, one.kind) for one in report.redactions)
    share = f"; at most {report.largest_share:.0%} from one person" if report.largest_share else ""
    yield "Learnt", f"{report.train_up} liked, {report.train_down} not{share}"
    leaks = f"; {report.leaks} left out, for the like of them stands on the other side" if report.leaks else ""
    yield "Held out", f"{report.held_up} liked, {report.held_down} not{leaks}"
    yield "Missing", report.missing or "nothing: this is enough for a round"


def _listed(counts: Iterable[tuple[int, str]]) -> str:
    return " · ".join(f"{number} {name}" for number, name in counts)


def _number(number: int, one: str, several: str = "") -> str:
    return f"{number} {one if number == 1 else several or f'{one}s'}"


def by_size(tallies: Sequence[Tally]) -> tuple[Tally, ...]:
    """The largest first, then by name."""
    return tuple(sorted(tallies, key=lambda one: (-one.up - one.down, one.name)))
