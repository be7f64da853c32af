"""Which texts a signal speaks for and which against: votes, rewrites and uses as single opinions on single texts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from model.brief import Brief
from model.checks import check
from model.distance import distance
from model.formats import FORMATS
from model.ledger import Ledger
from model.lessons import Source
from model.signals import Signal

TRIVIAL = 0.05
"""A rewrite nearer than this mends a typo: it says nothing against its original."""
OTHER_TASK = 0.8
"""A rewrite farther than this is other copy: it is worth learning, and says nothing against its original."""

NO_TEXT = "no text"
NOTHING_SAID = "no vote, no use, and no edit that changes anything"
CONTRADICTION = "voted down and used by the same person"
UNKNOWN_FORMAT = "a format that the desk doesn't write"
BROKEN = "liked, but breaks a check ({check})"


class Said(NamedTuple):
    """A text, whether it is wanted, and what says so."""

    text: str
    label: bool
    source: Source


@dataclass(frozen=True, slots=True)
class Opinion:
    """One person for or against one text; `number` is the place of the signal in time."""

    number: int
    signal: Signal
    text: str
    label: bool
    source: Source


def opinions(signals: Sequence[Signal], ledger: Ledger) -> list[Opinion]:
    """Take every signal, oldest first, for what it says of a text; no text that breaks a hard check is wanted.

    A rewrite is wanted and its original is not. A vote that was given when somebody's rewrite was shown is for or
    against the rewrite, and says nothing of the original.
    """
    found: list[Opinion] = []
    for number, signal in enumerate(signals):
        said, reason = _said(signal)
        if reason:
            ledger.drop([number], reason)
        for one in said:
            if broken := _broken(one.text, signal.brief) if one.label else "":
                ledger.drop([number], BROKEN.format(check=broken))
            else:
                found.append(Opinion(number, signal, one.text.strip(), one.label, one.source))
    return found


def is_rewrite(signal: Signal) -> bool:
    """Whether the person's edit changes anything but spaces."""
    return bool(signal.edited.split()) and signal.edited.split() != signal.text.split()


def _said(signal: Signal) -> tuple[tuple[Said, ...], str]:
    """What a signal says, or why it says nothing."""
    if signal.brief.format not in FORMATS:
        return (), UNKNOWN_FORMAT
    if not signal.text.strip():
        return (), NO_TEXT
    if signal.value < 0 and signal.used and not is_rewrite(signal):
        return (), CONTRADICTION
    said = tuple(_of_shown(signal)) + tuple(_of_rewrite(signal) if is_rewrite(signal) else _of_text(signal))
    return said, "" if said else NOTHING_SAID


def _of_shown(signal: Signal) -> Iterator[Said]:
    if signal.shown_value:
        yield Said(signal.shown, signal.shown_value > 0, "vote")


def _of_text(signal: Signal) -> Iterator[Said]:
    if signal.value:
        yield Said(signal.text, signal.value > 0, "vote")
    elif signal.used:
        yield Said(signal.text, True, "use")


def _of_rewrite(signal: Signal) -> Iterator[Said]:
    """A 👍 of the person counts for the rewrite, a 👎 for what was rewritten."""
    far = distance(signal.text.strip(), signal.edited.strip())
    if signal.value < 0:
        yield Said(signal.text, False, "vote")
    elif TRIVIAL <= far <= OTHER_TASK:
        yield Said(signal.text, False, "edit")
    if signal.value >= 0 or far >= TRIVIAL:
        yield Said(signal.edited, True, "edit")


def _broken(text: str, brief: Brief) -> str:
    """The first hard check that a text breaks."""
    verdicts = check(text.strip(), brief, FORMATS[brief.format])
    return next((verdict.name for verdict in verdicts if verdict.hard and not verdict.ok), "")
