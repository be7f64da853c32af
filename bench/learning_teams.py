"""Four simulated teams: how much of what the desk delivers they like after 0, 30, 100 and 300 votes.

A pool is sampled once for every brief by the embedded model with the house adapter; the desk delivers three drafts of
it, a person votes on each, and taste learns. It is judged on the briefs of firms that never asked before.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench import learning_briefs, learning_pool, upworthy
from bench.learning_desk import Desk, Vectors, Writings, candidates
from bench.learning_fits import Fit, fitted
from bench.learning_readers import TEAMS, Readers, Team, readers
from bench.learning_sense import sensible
from bench.results import say
from model.brief import Brief
from model.choosing import Chosen
from model.formats import FORMATS

VOTES = (0, 30, 100, 300)
BASE, TASTE, FITTED, BOTH, RANDOM, ORACLE = (
    "base", "taste", "fine-tuning", "taste and fine-tuning", "any three at random", "the best three, were they known",
)  # fmt: skip
RESAMPLES = 2000
Array = NDArray[np.floating[Any]]
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Room:
    """What all runs share: the briefs voted on and the unseen ones, what was written for them, and the vectors."""

    known: Sequence[Brief]
    unseen: Sequence[Brief]
    written: Writings
    vectors: Vectors
    cache: Path


def measure(cache: Path, base: Path, encoder: Path, adapter: Path, runs: int, fits: int) -> Row:
    """The document: approval and passed checks by team, setting and votes."""
    room = _room(cache, base, encoder, adapter)
    teams: dict[str, dict[str, list[Row]]] = {}
    for number, team in enumerate(TEAMS):
        found = [_run(room, team, seed) for seed in range(runs)]
        teams[team.name] = {name: [one[name] for one in found] for name in found[0]}
        say(f"{team.name}: " + ", ".join(f"{name} {_mean(rows):.0%}" for name, rows in teams[team.name].items()))
        if number < fits:
            for name, row in _fitted(room, team, base, adapter, encoder).items():
                teams[team.name][name] = [row]
    return {"runs": runs, "fits": fits, "briefs": len(room.unseen), "firms": learning_briefs.UNSEEN, **summary(teams)}


def _room(cache: Path, base: Path, encoder: Path, adapter: Path) -> Room:
    known, unseen = learning_briefs.known_and_unseen()
    asked = [*unseen, *known]
    pool = learning_pool.sampled(asked, cache / "house.jsonl", base, adapter)
    written = candidates(asked, pool)
    return Room(known, unseen, written, _vectors([*asked], written, encoder, cache), cache)


def _vectors(asked: Sequence[Brief], written: Writings, encoder: Path, cache: Path) -> Vectors:
    texts = {one.product for one in asked} | {one.text for some in written.values() for one in some}
    vectors = upworthy.vectors(sorted(texts), encoder, cache / "vectors.npz")
    return lambda wanted: [vectors[one] for one in wanted]


def _run(room: Room, team: Team, seed: int) -> dict[str, Row]:
    """One order of briefs and votes: taste grows, and is judged at each number of votes."""
    people = readers(team, by_format([*room.known, *room.unseen], room.written), {}, seed=1)
    desk = Desk(room.written, room.vectors)
    found = {
        BASE: judged(Desk(room.written, room.vectors, learns=False), room.unseen, people, seed),
        RANDOM: _guessed(room, people, seed, best=False),
        ORACLE: _guessed(room, people, seed, best=True),
    }
    chance = np.random.default_rng([seed, 7])
    left = [room.known[at] for at in chance.permutation(len(room.known))]
    for votes in VOTES[1:]:
        while len(desk.signals) < votes:
            desk.voted_on(left.pop(), people, chance, votes)
        found[f"{TASTE}, {votes}"] = judged(desk, room.unseen, people, seed)
    return found


def judged(desk: Desk, unseen: Sequence[Brief], people: Readers, seed: int) -> Row:
    """For each unseen brief: how many like the drafts and the first one, how many pass the checks and make sense."""
    sets = [desk.delivered(brief, 1000 * seed + at) for at, brief in enumerate(unseen)]
    likes = [[people.approval(one.candidate.text) for one in some] for some in sets]
    passed = [[not one.candidate.faults for one in some] for some in sets]
    return {
        "approval": [float(np.mean(some)) for some in likes],
        "first": [some[0] for some in likes],
        "passed": [float(np.mean(some)) for some in passed],
        "sense": [_sense(brief, some, desk) for brief, some in zip(unseen, sets, strict=True)],
    }


def _sense(brief: Brief, some: Sequence[Chosen], desk: Desk) -> float:
    return float(np.mean([sensible(brief, one, desk.vectors) for one in some]))


def _guessed(room: Room, people: Readers, seed: int, *, best: bool) -> Row:
    """What three drafts without faults would be liked, at random or if one knew which are."""
    chance = np.random.default_rng(seed)
    rows = []
    for brief in room.unseen:
        whole = room.written[brief.product]
        some = {one.text for one in whole if not one.faults} or {one.text for one in whole}
        likes = [people.approval(text) for text in chance.permutation(sorted(some))]
        rows.append(sorted(likes, reverse=True)[:3] if best else likes[:3])
    whole_rows = [float(np.mean(row)) for row in rows]
    unknown = [float("nan")] * len(rows)
    return {"approval": whole_rows, "first": [row[0] for row in rows], "passed": unknown, "sense": unknown}


def by_format(asked: Sequence[Brief], written: Writings) -> Mapping[str, list[str]]:
    """All that was written, by format, each text once, in one order."""
    return {
        name: sorted({one.text for brief in asked if brief.format == name for one in written[brief.product]})
        for name in FORMATS
        if any(brief.format == name for brief in asked)
    }


def _fitted(room: Room, team: Team, base: Path, adapter: Path, encoder: Path) -> dict[str, Row]:
    """The team's votes of the first order fitted into an adapter, which then writes the unseen briefs anew."""
    people = readers(team, by_format([*room.known, *room.unseen], room.written), {}, seed=1)
    desk, chance = Desk(room.written, room.vectors), np.random.default_rng([0, 7])
    left = [room.known[at] for at in chance.permutation(len(room.known))]
    while len(desk.signals) < VOTES[-1]:
        desk.voted_on(left.pop(), people, chance, VOTES[-1])
    made = fitted(Fit(team.name, tuple(desk.signals), base, adapter, room.cache))
    pool = learning_pool.sampled(room.unseen, made.with_suffix(".jsonl"), base, made)
    written = candidates(room.unseen, pool)
    vectors = _vectors([*room.known, *room.unseen], {**room.written, **_renamed(written)}, encoder, room.cache)
    everything = by_format([*room.known, *room.unseen], room.written)
    people = readers(team, everything, by_format(room.unseen, written), seed=1)
    alone, both = Desk(written, vectors, learns=False), Desk(written, vectors, taste=desk.taste)
    return {
        f"{FITTED}, 300": judged(alone, room.unseen, people, 0),
        f"{BOTH}, 300": judged(both, room.unseen, people, 0),
    }


def _renamed(written: Writings) -> Writings:
    return {f"fitted {name}": some for name, some in written.items()}


def _mean(rows: Sequence[Row]) -> float:
    return float(np.mean([row["approval"] for row in rows]))


def summary(teams: Mapping[str, Mapping[str, Sequence[Row]]]) -> Row:
    """Means with 95 % intervals for each team and for all: the unseen firms and the runs are drawn again."""
    figures: dict[str, dict[str, Row]] = {}
    for name, settings in teams.items():
        figures[name] = {setting: _figures(name, setting, teams) for setting in settings}
    every = {setting for some in teams.values() for setting in some}
    return {"teams": figures, "all": {one: _figures("", one, teams) for one in sorted(every)}}


def _figures(name: str, setting: str, teams: Mapping[str, Mapping[str, Sequence[Row]]]) -> Row:
    """Approval in this setting, and what it gains over the base, of one team or of all that were measured in it."""
    some = [teams[name]] if name else [one for one in teams.values() if setting in one]
    mine, base = ([_array(one[at], "approval") for one in some] for at in (setting, BASE))
    gains = [a - b[: len(a)] for a, b in zip(mine, base, strict=True)]
    first = [_array(one[setting], "first") - _array(one[BASE], "first")[: len(one[setting])] for one in some]
    return {
        "teams": len(some),
        "approval": _interval(mine),
        "gain": _interval(gains),
        "gain of the first": _interval(first),
        "passed": float(np.mean([_array(one[setting], "passed").mean() for one in some])),
        "sense": float(np.mean([_array(one[setting], "sense").mean() for one in some])),
    }


def _array(rows: Sequence[Row], key: str) -> Array:
    return np.array([row[key] for row in rows], np.float64)


def _interval(some: Sequence[Array]) -> Row:
    """The mean over runs and briefs, then teams; each array is (runs, briefs), briefs of a firm side by side."""
    draw = np.random.default_rng(0)
    firms = [one.reshape(len(one), learning_briefs.UNSEEN, -1).mean(axis=2) for one in some]
    means = []
    for _ in range(RESAMPLES):
        again = draw.integers(learning_briefs.UNSEEN, size=learning_briefs.UNSEEN)
        orders = [draw.integers(len(one), size=len(one)) for one in firms]
        means.append(np.mean([one[order][:, again].mean() for one, order in zip(firms, orders, strict=True)]))
    low, high = np.quantile(means, (0.025, 0.975))
    return {"mean": float(np.mean([one.mean() for one in firms])), "low": float(low), "high": float(high)}
