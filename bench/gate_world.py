"""Teams, candidates and votes for the gate's bench, made by rules that the gate knows nothing of.

The gate counts likes with a Beta prior, ranks gains and draws bootstrap weights. Here a vote comes from a probit over a
draft's skewed quality, the person's leniency (heavy-tailed), how the person takes to the candidate, the format, the
brief, the day's mood and the length, and 15 % of votes are flipped. A held-out gain per token is a heavy-tailed mixture
whose spread shrinks with length, with offsets by format and brief.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from statistics import NormalDist
from typing import Any

import numpy as np

from model.brief import Brief
from model.canary import DAYS, on_trial
from model.measured import Both, Drift, Evidence, Integrity, Perplexity, Score, Text
from model.signals import Signal

FLIPPED = 0.15
TASTE = 1.4
"""How strongly a draft's quality moves a vote, in probit units for one standard deviation."""
HELD_OUT, HELD_AT_MOST, HELD_OF_EACH = 0.25, 0.4, 10
"""As rounds split: the newest quarter, and up to two fifths until there are ten of each label, or a third of them."""
DRIFTED = 2.2
"""How much of a gain is drift that has nothing to do with taste, against a gain of one unit of quality."""
FORMATS = {"tweet": 45, "linkedin": 170, "email": 220, "sms": 35, "facebook-ad": 80, "slogan": 12, "product": 120}
SUITE, PAIRS = 36, 16
NAME = "v0002"

Random = np.random.Generator


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of candidate: what it does to approval, to texts, and to what can be measured without people.

    `lift` is in approval, `seems` the lift that held-out gains speak of where it isn't the true one. `longer` are
    the bounds of its growth, `passes` the change of the share that passes checks, `drift` the median KL, `rise` that
    of the perplexity, `repeats` how much distinct-2 falls. `loves_length` is how much of a gain comes from length.
    """

    name: str
    lift: float = 0.0
    seems: float | None = None
    longer: tuple[float, float] = (0.95, 1.05)
    passes: float = 0.0
    drift: float = 0.04
    rise: float = 0.004
    repeats: float = 0.0
    loves_length: float = 0.0


BETTER = Kind("better", lift=0.25, passes=0.02)
KINDS = (
    BETTER,
    Kind("equal"),
    Kind("worse", lift=-0.15, passes=-0.03),
    Kind("broken: shuffled labels", lift=-0.03, seems=0.0, drift=0.06, passes=-0.02),
    Kind("broken: collapsed", lift=-0.3, passes=-0.4, repeats=0.25, drift=0.8, rise=0.09, longer=(0.6, 1.4)),
    Kind("broken: longer and longer", lift=0.1, longer=(1.25, 1.7), drift=0.08, rise=0.008, loves_length=1.0),
    Kind("equal, looks better", seems=0.25),
    Kind("worse, looks better", lift=-0.15, seems=0.25),
)
"""The last two pass the held-out gate as easily as the better one does: only the canary can tell them."""


@dataclass(slots=True)
class Team:
    """Some people with their habits; `random` is the only source of chance."""

    random: Random
    size: int = 0
    activity: Any = None
    leniency: Any = None
    formats: dict[str, float] = field(default_factory=dict)
    length: float = 0.0

    @classmethod
    def drawn(cls, random: Random) -> "Team":
        """A team of 4 to 14 people, some of whom vote far more than others."""
        size = int(random.integers(4, 15))
        activity = random.lognormal(0.0, 0.8, size)
        formats = {name: float(random.normal(0, 0.4)) for name in FORMATS}
        leniency = 0.5 * random.standard_t(4, size)
        return cls(random, size, activity / activity.sum(), leniency, formats, float(random.normal(0.15, 0.3)))


@dataclass(frozen=True, slots=True)
class Vote:
    """One vote on one draft, with what is hidden from the gate."""

    signal: Signal
    quality: float
    length: float


def votes(team: Team, number: int, kind: Kind, prefix: str, share: Callable[[str], bool]) -> Iterator[Vote]:
    """That many votes, in the order they are cast over DAYS; `share` says which briefs the candidate writes."""
    random = team.random
    moods = random.normal(0, 0.2, int(DAYS) + 1)
    tastes = random.normal(1.0, 0.35, team.size)
    shift, growth = shift_for(kind.lift), random.uniform(*kind.longer)
    cast, brief = 0, 0
    while cast < number:
        brief += 1
        of_candidate = share(f"{prefix}{brief}")
        name = str(random.choice(list(FORMATS)))
        asked = Brief(product=f"{prefix}{brief}", format=name)
        base = team.formats[name] + random.normal(0, 0.4)
        voters = random.choice(team.size, min(team.size, 1 + random.poisson(0.7)), replace=False, p=team.activity)
        day = DAYS * cast / number
        for draft in range(3):
            quality = float((random.gamma(4.0) - 4.0) / 2.0)
            length = float(random.normal(0, 0.35)) + (np.log(growth) if of_candidate else 0.0)
            for person in voters:
                if random.random() > 0.6 or cast >= number:
                    continue
                lift = shift * tastes[person] + random.normal(0, 0.1) if of_candidate else 0.0
                felt = base + team.leniency[person] + moods[int(day)] + TASTE * (quality + lift) + team.length * length
                liked = (random.normal() < felt) != (random.random() < FLIPPED)
                signal = Signal(
                    draft=f"{asked.product}-{draft}",
                    brief=asked,
                    text="",
                    user=f"U{person}",
                    at=f"{day:07.3f} {cast:05}",
                    value=1 if liked else -1,
                    adapter=NAME if of_candidate else "v0001",
                )
                cast += 1
                yield Vote(signal, quality, length)


@cache
def shift_for(lift: float) -> float:
    """The shift of quality that raises a large team's approval by so much, found by bisection."""
    random = np.random.default_rng(7)
    number = 40_000
    rest = 0.5 * random.standard_t(4, number) + random.normal(0, 0.6, number)
    quality = (random.gamma(4.0, size=number) - 4.0) / 2.0
    cdf = np.vectorize(NormalDist().cdf)

    def approval(shift: float) -> float:
        return FLIPPED + (1 - 2 * FLIPPED) * float(cdf(rest + TASTE * (quality + shift)).mean())

    low, high, wanted = -3.0, 3.0, approval(0.0) + lift
    while high - low > 1e-3:
        middle = (low + high) / 2
        low, high = (middle, high) if approval(middle) < wanted else (low, middle)
    return (low + high) / 2


def evidence(team: Team, number: int, kind: Kind) -> Evidence:
    """What would be measured of a candidate that was fitted after so many votes."""
    held = _held(list(votes(team, number, kind, "h", lambda _: False)))
    random = team.random
    drift = kind.drift * random.lognormal(0, 0.3)
    before = 25.0
    now = before * (1 + random.normal(kind.rise, 0.002 + kind.rise / 4))
    return Evidence(
        incumbent="v0001",
        candidate=NAME,
        integrity=Integrity("", 420, 0, 1.0, 5.0),
        texts=tuple(suite(random, kind)),
        asked=SUITE + 2 * PAIRS,
        drift=Drift(drift, 3000),
        perplexity=Perplexity(before, before, now, 4000),
        scores=tuple(scores(random, held, kind)),
    )


def _held(history: Sequence[Vote]) -> Sequence[Vote]:
    likes = [one.signal.value > 0 for one in history]
    wanted = min(HELD_OF_EACH, sum(likes) // 3, (len(likes) - sum(likes)) // 3)
    for size in range(round(HELD_OUT * len(likes)), round(HELD_AT_MOST * len(likes)) + 1):
        newest = likes[-size:]
        if min(sum(newest), size - sum(newest)) >= wanted:
            break
    return history[-size:]


def scores(random: Random, held: Sequence[Vote], kind: Kind) -> Iterator[Score]:
    """Held-out lessons with gains that speak of taste as strongly as the candidate learnt it, and of much else."""
    learnt = shift_for(kind.lift if kind.seems is None else kind.seems)
    scale = 0.02 * random.lognormal(0, 0.3)
    formats = {name: random.normal(0, 0.5) for name in FORMATS}
    briefs: dict[str, float] = {}
    gains: dict[str, float] = {}
    for one in held:
        signal = one.signal
        typical = FORMATS[signal.brief.format]
        tokens = max(4, round(typical * float(np.exp(one.length))))
        if signal.draft not in gains:
            briefs.setdefault(signal.brief.product, random.normal(0, 0.4))
            noise = DRIFTED / 2 * (random.standard_t(3) * (60 / tokens) ** 0.25 + random.laplace(0, 0.5)) / 1.3
            taste = learnt * one.quality + kind.loves_length * one.length
            gains[signal.draft] = taste + 0.5 * noise + formats[signal.brief.format] + briefs[signal.brief.product]
        base = -2.5 * tokens + random.normal(0, 5)
        gain = scale * gains[signal.draft] * tokens
        yield Score(signal.user, signal.brief.product, signal.brief.format, signal.value > 0, tokens, base, base + gain)


def suite(random: Random, kind: Kind) -> Iterator[Both]:
    """Every text of the suite by both; half of the briefs come out alike, because both write with one seed."""
    growth = float(np.log(random.uniform(*kind.longer)))
    for at in range(SUITE + 2 * PAIRS):
        pair = "" if at < SUITE else f"p{(at - SUITE) // 2}"
        easy = random.beta(8, 0.5)
        first = _text(random, easy)
        alike = random.random() < 0.5 and kind.repeats == 0
        second = first if alike else _text(random, min(1.0, max(0.0, easy + 2 * kind.passes)))
        ok = second.ok and random.random() < 1 + kind.passes
        longer = round(second.characters * float(np.exp(growth + random.normal(0, 0.05))))
        distinct = max(0.1, second.distinct - kind.repeats * random.beta(2, 2) * 2)
        yield Both(f"s{at}", pair, first, replace(second, ok=ok, characters=longer, distinct=distinct))


def _text(random: Random, easy: float) -> Text:
    return Text(
        ok=bool(random.random() < easy),
        characters=round(250 * random.lognormal(0, 0.35)),
        distinct=1 - float(random.beta(1.2, 30)),
        shared=float(random.beta(1.5, 20)),
        fitting=bool(random.random() < 0.99),
        mood=float(np.clip(random.normal(0.3, 0.25), -1, 1)),
    )


def is_candidates(brief: str) -> bool:
    """The true split of briefs, by the shipped hash."""
    return on_trial(brief, NAME)
