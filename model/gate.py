"""Is the candidate better? The gates that a fitted adapter passes before it may write for anybody, as sentences."""

from collections.abc import Sequence
from dataclasses import dataclass

from model.canary import Arm, Decision, Matched, canary, on_trial
from model.held_out import BETTER, FEWEST, GROWTH, preference
from model.measured import Evidence
from model.regression import findings, growth
from model.tally import Tally, tally

__all__ = [
    "Arm",
    "Decision",
    "Evidence",
    "Gate",
    "Matched",
    "Tally",
    "canary",
    "judge",
    "on_trial",
    "passes",
    "sentences",
    "tally",
]

LEAST_CHANGE = 1e-6
"""A candidate that adds less than this share of its own size to the base has learnt nothing; rounding adds as much."""
TITLES = {"G0": "Integrity", "G1": "No regression", "G2": "Held-out preference", "G3": "Canary"}


@dataclass(frozen=True, slots=True)
class Gate:
    """One gate's decision, in a sentence with its numbers."""

    gate: str
    ok: bool
    reason: str


def judge(evidence: Evidence) -> tuple[Gate, ...]:
    """The gates G0 to G2; of an adapter that isn't whole, G0 alone."""
    whole = _integrity(evidence)
    return (whole, _regression(evidence), _preference(evidence)) if whole.ok else (whole,)


def passes(gates: Sequence[Gate]) -> bool:
    """Whether the candidate may go on trial."""
    return all(one.ok for one in gates)


def sentences(gates: Sequence[Gate]) -> tuple[str, ...]:
    """Each decision as people read it, in the order of the gates."""
    return tuple(f"{TITLES[one.gate]}: {'passed' if one.ok else 'failed'}. {one.reason}" for one in gates)


def _integrity(evidence: Evidence) -> Gate:
    found = evidence.integrity
    if found.fault:
        return Gate("G0", False, found.fault)
    if found.bad:
        return Gate("G0", False, f"{found.bad:,} of the numbers in {evidence.candidate} aren't finite; it can't write.")
    if not found.change > LEAST_CHANGE * found.size:
        return Gate("G0", False, f"The fit changed nothing: what {evidence.candidate} adds is what the base adds.")
    moved = f"moved by {found.change:.3g} of {found.size:.3g}" if found.size else "moved"
    return Gate("G0", True, f"{evidence.candidate} is whole and fits its base; {found.tensors} tensors {moved}.")


def _regression(evidence: Evidence) -> Gate:
    found = findings(evidence)
    if worse := [one.reason for one in found if not one.ok]:
        return Gate("G1", False, f"{evidence.candidate} is worse than {evidence.incumbent}: {'; '.join(worse)}.")
    told = "; ".join(one.reason for one in found)
    return Gate("G1", True, f"{evidence.candidate} is no worse than {evidence.incumbent}: {told}.")


def _preference(evidence: Evidence) -> Gate:
    found = preference(evidence.scores)
    if found is None:
        liked = sum(one.liked for one in evidence.scores)
        counted = f"{liked} liked and {len(evidence.scores) - liked} disliked"
        return Gate("G2", False, f"The held-out texts are too few to tell: {counted}, and {FEWEST} of each are needed.")
    grown = growth(evidence.texts)
    by_length = grown > GROWTH and found.better_at_length < BETTER <= found.better
    ok = found.better >= BETTER and not by_length
    told = (
        f"On {found.liked} liked and {found.disliked} disliked held-out texts of {_people(found.people)}, a liked one "
        f"gains more than a disliked one in {found.auc:.0%} of comparisons "
        f"({found.liked_gain:+.3f} against {found.disliked_gain:+.3f} nats a token): {evidence.candidate} is better "
        f"with probability {found.better:.2f}, and {BETTER} is needed"
    ).replace("% ", " % ")
    if by_length:
        longer = f"{grown - 1:.0%}".replace("%", " %")
        told += f"; but its texts are {longer} longer, and at equal length it is {found.better_at_length:.2f}"
    return Gate("G2", ok, f"{told}.")


def _people(number: int) -> str:
    return "one person" if number == 1 else f"{number} people"
