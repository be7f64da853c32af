"""What is said of rounds and adapters: to people in a few lines, to programs as plain values."""

from collections.abc import Mapping, Sequence
from typing import Any

from model.adapters import HOUSE, Listed
from storage.rounds import ENDED, RoundRow

RUNS = "Round {number} is {state}"
NO_ROUNDS = "No round has run yet."
VERDICTS = {
    "promoted": "promoted",
    "canary": "on trial",
    "rejected": "not promoted",
    "skipped": "skipped",
    "failed": "failed",
}
DRY = "A dry run fits nothing; there is enough to learn from."
SERVES, ON_TRIAL = "serves", "on trial"


def document(row: RoundRow) -> dict[str, Any]:
    """A round as `copydesk round --json` prints it."""
    return {
        "round": row.id,
        "started_at": row.started_at,
        "ended_at": row.ended_at,
        "examples": dict(row.examples),
        "incumbent": row.incumbent or None,
        "adapter": row.adapter,
        "gates": [dict(one) for one in row.gates],
        "verdict": row.verdict or None,
        "reason": row.reason or None,
        "state": row.state,
        "figures": dict(row.figures),
        "trial": {"reason": row.trial or None, "outcome": row.outcome or None, "at": row.trial_at}
        if row.verdict == "canary"
        else None,
    }


def previewed(examples: Mapping[str, Any], missing: str) -> dict[str, Any]:
    """What a dry run prints, in the shape of a round."""
    return {"examples": dict(examples), "adapter": None, "gates": [], "verdict": "skipped", "reason": missing or DRY}


def headline(row: RoundRow) -> str:
    """A round in a few words: its number and how it stands."""
    if row.state != ENDED:
        return RUNS.format(number=row.id, state=row.state) + (f" ({row.progress})" if row.progress else "")
    said = VERDICTS[row.verdict]
    if row.verdict == "canary" and row.outcome:
        said = f"on trial, then {row.outcome}"
    return f"Round {row.id}: {said}"


def verdict(row: RoundRow) -> str:
    """The newest decision about a round, in its own words."""
    return row.trial or row.reason


def lines(row: RoundRow) -> str:
    """A round with its decisions, for the terminal."""
    when = row.started_at[:16].replace("T", " ")
    gates = [f"  {one['gate']} {'✓' if one['ok'] else '✗'} {one['reason']}" for one in row.gates]
    trial = [f"  Trial: {row.trial}"] if row.trial else []
    reason = [f"  {row.reason}"] if row.reason else []
    return "\n".join([f"{headline(row)} · {when} UTC", *reason, *gates, *trial])


def table(listed: Sequence[Listed], tried: Sequence[str], *, serves: str) -> str:
    """The adapters, a line each, and first the house."""
    rows = [_line(HOUSE, [SERVES] if serves == HOUSE else [], "as it came")]
    for one in listed:
        about = one.manifest
        made = f"round {about.round}, {about.made_at[:10]}, rank {about.rank}" if about else ""
        marks = [SERVES] * one.serves + [ON_TRIAL] * (one.name in tried)
        rows.append(_line(one.name, marks, made, one.problem))
    return "\n".join(rows)


def listing(one: Listed, tried: Sequence[str]) -> dict[str, Any]:
    """An adapter as plain values."""
    about = one.manifest
    return {
        "name": one.name,
        "serves": one.serves,
        "on_trial": one.name in tried,
        "problem": one.problem or None,
        "round": about.round if about else None,
        "made_at": about.made_at if about else None,
        "base": about.base.name if about else None,
        "rank": about.rank if about else None,
    }


def _line(name: str, marks: Sequence[str], *about: str) -> str:
    return " · ".join(part for part in (f"{name:<6}", ", ".join(marks), *about) if part)
