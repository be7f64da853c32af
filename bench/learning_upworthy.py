"""Taste on real clicks: how often it knows the better of two headlines, after 10 votes and after all of them.

The prior was chosen on one half of the tests, split by group; the figures come from the other half. A headline test is
judged by a taste that has seen votes on other groups only: the tuning half, and four fifths of the half that is judged.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import pi
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench import learning_peers, upworthy
from bench.learning_peers import GUESSES
from bench.results import say
from bench.upworthy import FOLDS, SIGNIFICANT, Pair
from model.beliefs import beliefs
from model.embedding import Vector
from model.formats import FORMATS
from model.impressions import impression, questions
from model.judgements import Judgement
from model.taste import Taste

SIZES = (10, 30, 100, 300, 1000, None)
OURS, SHUFFLED = "taste", "taste, shuffled votes"
FORMAT = "tweet"  # the place most like a headline's; its means cancel in pairs
RESAMPLES = 2000
SHUFFLES, CHEAP = 8, 300
SURE = 0.7
TO_DRAW, TO_FLIP = 0, 1  # what a stream of random numbers is for
Array = NDArray[np.floating[Any]]
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class World:
    """The headlines with what every peer needs of them."""

    pairs: tuple[Pair, ...]
    vectors: dict[str, Vector]
    places: dict[str, int]
    features: Mapping[str, Array]

    def differences(self, peer: str, some: Sequence[Pair]) -> Array:
        """Winner minus loser, a row a pair."""
        rows = self.features[peer]
        return np.asarray(
            rows[[self.places[one.winner] for one in some]] - rows[[self.places[one.loser] for one in some]]
        )


def measure(data: Path, encoder: Path, cache: Path, orders: int) -> Row:
    """The document: accuracy by peer and votes, the controls, and how sure the taste was."""
    pairs = [one for one in upworthy.read(data) if one.z >= SIGNIFICANT]
    other_site = upworthy.read_other_site(data)
    texts = sorted({text for one in (*pairs, *other_site) for text in (one.winner, one.loser)})
    vectors = upworthy.vectors(texts, encoder, cache)
    known = sorted({text for one in pairs for text in (one.winner, one.loser)})
    features = learning_peers.features(known, vectors)
    world = World(tuple(pairs), vectors, {text: at for at, text in enumerate(known)}, features)
    judged = [one for one in pairs if not one.is_tuning]
    figures = {name: _guessed(judged, name) for name in GUESSES}
    for peer in (*features, OURS, SHUFFLED):
        figures[peer] = _learnt(world, judged, peer, orders)
    return {
        "pairs": len(pairs),
        "judged": len(judged),
        "groups": len({one.group for one in judged}),
        "orders": orders,
        "figures": figures,
        "other site": _elsewhere(world, other_site),
    }


def votes(some: Sequence[Pair], flips: Sequence[bool]) -> list[Judgement]:
    """A vote for each pair: the headline that won is the better one, unless it is flipped."""
    return [
        Judgement(
            draft=str(at),
            user="readers",
            kind="vote",
            at=f"{at:06d}",
            format=FORMAT,
            brief=one.group,
            text=one.loser if flip else one.winner,
            worse=one.winner if flip else one.loser,
        )
        for at, (one, flip) in enumerate(zip(some, flips, strict=True))
    ]


def _guessed(judged: Sequence[Pair], name: str) -> dict[str, Row]:
    guess = GUESSES[name]
    margins = np.array([guess(one.winner) - guess(one.loser) for one in judged])
    return {"any": _row(judged, [_right(margins)], None)}


def _learnt(world: World, judged: Sequence[Pair], peer: str, orders: int) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for size in SIZES:
        right, sure = list[Array](), list[Array]()
        # All votes are the same in every order, unless it is the shuffling that differs.
        for order in range(_orders(peer, size, orders)):
            margins, stated = np.zeros(len(judged)), np.zeros(len(judged))
            for fold in range(FOLDS):
                at = [place for place, one in enumerate(judged) if one.fold == fold]
                asked = [judged[place] for place in at]
                told = _told(world.pairs, fold, size, order)
                flips = flipped(order, fold, len(told)) if peer == SHUFFLED else [False] * len(told)
                margins[at], stated[at] = _answers(world, peer, told, asked, flips)
            right.append(_right(margins))
            sure.append(stated)
        name = "all" if size is None else str(size)
        found[name] = _row(judged, right, sure if peer in (OURS, SHUFFLED) else None)
        say(f"{peer} after {name}: {found[name]['accuracy']:.1%}")
    return found


def _orders(peer: str, size: int | None, orders: int) -> int:
    """Shuffled votes point anywhere, the same way for many pairs, so that it takes many shuffles to see the middle."""
    if peer == SHUFFLED:
        return SHUFFLES * orders if size is not None and size <= CHEAP else 2 * orders
    return 1 if size is None else orders


def _told(pairs: Sequence[Pair], fold: int, size: int | None, order: int) -> list[Pair]:
    """The pairs voted on before a fold is judged: a random few of all that are in other groups."""
    known = [one for one in pairs if one.is_tuning or one.fold != fold]
    draw = np.random.default_rng([order, fold, TO_DRAW])
    return [known[at] for at in draw.permutation(len(known))[:size]]


def flipped(order: int, fold: int, size: int) -> list[bool]:
    """Which of so many votes are flipped where they say nothing: other ones in each order and fold.

    The last number keeps them apart from the draw of the votes: numpy fills seeds up with zeros, so that
    `[order, fold]`, `[order, 0]` and `order` begin the same stream for the first fold.
    """
    draw = np.random.default_rng([order, fold, TO_FLIP])
    return [bool(one) for one in draw.random(size) < 0.5]


def _answers(
    world: World, peer: str, told: list[Pair], asked: list[Pair], flips: Sequence[bool]
) -> tuple[Array, Array]:
    """By how much each pair's winner is preferred, and how sure the peer says it is of its choice."""
    if peer in world.features:
        weights = learning_peers.logistic(world.differences(peer, told))
        return world.differences(peer, asked) @ weights, np.zeros(len(asked))
    return compared(_taste(world, told, flips), world, asked)


def _taste(world: World, told: Sequence[Pair], flips: Sequence[bool]) -> Taste:
    return Taste().learn(votes(told, flips), lambda texts: [world.vectors[text] for text in texts])


def compared(taste: Taste, world: World, asked: Sequence[Pair]) -> tuple[Array, Array]:
    """The mean of how much more each winner is liked, and the probability given to the headline that is preferred."""
    assert taste.posterior is not None, "it was told something"
    texts = sorted({text for one in asked for text in (one.winner, one.loser)})
    places = {text: at for at, text in enumerate(texts)}
    seen = questions(
        [impression(text, FORMATS[FORMAT], world.vectors[text]) for text in texts], taste.names[f"format {FORMAT}"]
    )
    means, covariance = taste.posterior.mean(seen), taste.posterior.covariance(seen)
    winner, loser = (
        [places[text] for text in side] for side in zip(*((one.winner, one.loser) for one in asked), strict=True)
    )
    margins = means[winner] - means[loser]
    variance = covariance[winner, winner] + covariance[loser, loser] - 2 * covariance[winner, loser]
    # MacKay's approximation (1992) of the logistic averaged over a normal.
    return margins, 1 / (1 + np.exp(-np.abs(margins) / np.sqrt(1 + pi * np.maximum(variance, 0.0) / 8)))


def _elsewhere(world: World, pairs: Sequence[Pair]) -> Row:
    """What a taste learnt from all of this site's votes says of another site's headlines, and of this site's own."""
    told = [one for one in world.pairs if one.is_tuning]
    taste = _taste(world, told, [False] * len(told))
    own = [one for one in world.pairs if not one.is_tuning]
    rows = {}
    for name, some in (("this site", own), ("another site", list(pairs))):
        margins, stated = compared(taste, world, some)
        rows[name] = {**_row(some, [_right(margins)], [stated]), "surer than 70 %": float(np.mean(stated >= SURE))}
    shuffled = [
        _taste(world, told[:300], (np.random.default_rng(seed).random(300) < 0.5).tolist()) for seed in range(20)
    ]
    return {
        **rows,
        "votes": len(told),
        "beliefs": [one.sentence for one in beliefs(taste)],
        "beliefs of shuffled votes": float(np.mean([len(beliefs(one)) for one in shuffled])),
    }


def _right(margins: Array) -> Array:
    return np.asarray((margins > 0) + 0.5 * (margins == 0))


def _row(judged: Sequence[Pair], right: Sequence[Array], sure: Sequence[Array] | None) -> Row:
    """Accuracy with a 95 % interval: groups are drawn again, for the pairs of one test stand and fall together.

    So are the orders of the votes: another team's votes would have come in another.
    """
    groups: dict[str, list[int]] = {}
    for at, one in enumerate(judged):
        groups.setdefault(one.group, []).append(at)
    sums = np.array([[one[at].sum() for one in right] for at in groups.values()])
    sizes = np.array([len(at) for at in groups.values()])
    draw = np.random.default_rng(0)
    some = draw.integers(len(sums), size=(RESAMPLES, len(sums)))
    orders = draw.integers(len(right), size=(RESAMPLES, len(right)))
    hits = [sums[groups_drawn].sum(axis=0)[order].mean() for groups_drawn, order in zip(some, orders, strict=True)]
    low, high = np.quantile(np.array(hits) / sizes[some].sum(axis=1), (0.025, 0.975))
    by_order = [float(one.mean()) for one in right]
    row: Row = {
        "accuracy": float(np.mean(by_order)),
        "low": float(low),
        "high": float(high),
        "between orders": float(np.std(by_order)),
        "orders": len(by_order),
    }
    return row | ({"stated": float(np.mean(sure))} if sure is not None else {})
