"""What a rule about copy is made of: what it looks for, what settles it, where it holds, what to do, and its source."""

import re
from dataclasses import dataclass
from typing import Literal

Place = Literal["US", "UK", "EU", "Meta"]
EVERYWHERE: tuple[Place, ...] = ("US", "UK", "EU")


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of wording; `unless` names what settles it, when anything does: in the brief, or beside it in the copy."""

    name: str
    pattern: re.Pattern[str]
    advice: str
    where: tuple[Place, ...]
    source: str
    unless: re.Pattern[str] | None = None


def rule(
    name: str,
    pattern: str,
    advice: str,
    source: str,
    where: tuple[Place, ...] = EVERYWHERE,
    unless: str = "",
) -> Rule:
    """Compile a rule; its patterns are in any case and see each line's ends."""
    flags = re.IGNORECASE | re.MULTILINE
    return Rule(name, re.compile(pattern, flags), advice, where, source, re.compile(unless, flags) if unless else None)


def quoted(found: str, broken: Rule) -> str:
    """Say in one sentence what was found, what to do about it, and where that holds."""
    return f"“{' '.join(found.split())}”: {broken.advice} ({', '.join(broken.where)})"
