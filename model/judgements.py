"""From signals to judgements: which text was liked, or liked better than which, by whom, and how much that says."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from model.signals import Signal
from model.voices import capped

Kind = Literal["edit", "use", "vote"]

SAYS: dict[Kind, float] = {"edit": 2.0, "use": 1.5, "vote": 1.0}
"""How much each says: who rewrites a draft says exactly what was wrong, who ships one stands by it."""
IMPORTED = 0.7
"""What was judged before the desk was there, of copy that the desk didn't write, says less."""
REASONED: dict[str, float] = {"wrong facts": 0.25}
"""A 👎 with such a reason is of what was written about, and hardly of how."""
TOO_LONG = "too long"
"""A 👎 with this reason is of the length: the same in half the words would have been better."""
WHOLE = 10.0
"""Who has said less than so many votes' worth is a part of a person, where it is asked whether there are enough people
to hold anybody down: a fourth who looks in once must not make what three have taught for months next to nothing."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """One thing that one person said of one text: liked (1), not liked (-1), or better than `worse`."""

    draft: str
    user: str
    kind: Kind
    at: str
    format: str
    brief: str
    text: str
    worse: str = ""
    value: int = 1
    imported: bool = False
    reason: str = ""

    @property
    def says(self) -> float:
        """How much it counts, before one person's share is held down."""
        return SAYS[self.kind] * (IMPORTED if self.imported else 1.0) * REASONED.get(self.reason, 1.0)

    @property
    def is_of_length(self) -> bool:
        """Whether it says that longer is worse, and nothing else of the text."""
        return self.reason == TOO_LONG


def judgements(signals: Iterable[Signal], *, since: str = "", most: int | None = None) -> tuple[Judgement, ...]:
    """What signals later than the stamp `since` say, oldest first; of more than `most` judgements the newest.

    A rewrite is better than what it replaced. A used draft was liked, as it was rewritten by who used it; a vote is on
    what was shown: what the desk wrote, or somebody's rewrite. Using and voting 👍 is one judgement, the stronger one.
    """
    found = sorted(
        (one for signal in signals if signal.at > since for one in _of(signal)),
        key=lambda one: (one.at, one.draft, one.user, one.kind),
    )
    return tuple(found[-most:] if most is not None else found)


def weights(found: Sequence[Judgement]) -> list[float]:
    """How much each counts, nobody more than the share that `model/voices.py` leaves them."""
    return capped([one.user for one in found], [one.says for one in found], whole=WHOLE)


def shares(found: Sequence[Judgement]) -> tuple[float, int]:
    """The largest part that one person has in what counts, and how many people count less than they said."""
    part: dict[str, float] = defaultdict(float)
    held = set()
    for one, weight in zip(found, weights(found), strict=True):
        part[one.user] += weight
        if weight < one.says:
            held.add(one.user)
    return max(part.values(), default=0.0) / max(sum(part.values()), 1e-9), len(held)


def _of(signal: Signal) -> Iterable[Judgement]:
    def judged(kind: Kind, text: str, worse: str = "", value: int = 1, reason: str = "") -> Judgement:
        return Judgement(
            signal.draft,
            signal.user,
            kind,
            signal.at,
            signal.brief.format,
            signal.brief.product,
            text,
            worse,
            value,
            signal.imported,
            reason,
        )

    edited = signal.edited.strip()
    if edited and edited != signal.text.strip():
        yield judged("edit", edited, signal.text)
    if signal.used:
        yield judged("use", edited or signal.text)
    if signal.value and not (signal.used and signal.value > 0 and not edited):
        yield judged("vote", signal.text, value=signal.value, reason=signal.reason if signal.value < 0 else "")
    if signal.shown_value:
        yield judged("vote", signal.shown, value=signal.shown_value)
