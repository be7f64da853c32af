"""A Gaussian process over texts that votes and pairs tell about: its mode, its uncertainty, one answer more or less.

The model is the classification of Rasmussen & Williams, Gaussian Processes for Machine Learning (2006), chapter 3, with
pairs after Chu & Ghahramani (2005): how much a team likes a text is a sum of a part that is linear in the readable
features, one linear in the words, and one smooth in the vector. Answers are logistic in it, so the mode is unique:
the same answers give the same posterior in whatever order they came.
"""

from dataclasses import dataclass, replace

import numpy as np

from model.impressions import Array, Rows

CLOSE = 1e-8
MOST_STEPS = 60
LEAST = 1e-6


@dataclass(frozen=True, slots=True)
class Prior:
    """How much is thought possible before the first vote, as variances of the log-odds of being liked.

    `readable` is for a usual deviation of one feature, `words` and `vector` for two texts that share nothing;
    `reach` says how fast liking changes with the vector. `own` is the share of all this that a format has for itself.
    `generosity`, `person` and `brief` are of what makes votes friendlier whatever the text: everybody's, one person's,
    and that of one brief's drafts.
    """

    readable: float = 0.01
    words: float = 0.6
    vector: float = 3.0
    reach: float = 1.0
    own: float = 0.25
    generosity: float = 4.0
    person: float = 1.0
    brief: float = 0.5


PRIOR = Prior()
"""Chosen on one half of the headline tests and on simulated teams; bench/results/learning.md has the figures."""


def kernel(one: Rows, other: Rows, prior: Prior) -> Array:
    """The covariance between two sets of rows: (n, m)."""
    content = prior.readable * (one.readable @ other.readable.T)
    content += prior.words * (one.words @ other.words.T).astype(np.float64)
    content += prior.vector * _smooth(one, other, prior.reach)
    same_format = one.format[:, None] == other.format[None, :]
    content *= 1.0 - prior.own + prior.own * same_format
    same_user, same_brief = one.user[:, None] == other.user[None, :], one.brief[:, None] == other.brief[None, :]
    voting = prior.generosity + prior.person * same_user + prior.brief * same_brief
    result: Array = content + one.is_vote[:, None] * other.is_vote[None, :] * voting
    return result


def _smooth(one: Rows, other: Rows, reach: float) -> Array:
    """Gaussian in the distance of the vectors, for both sides of the differences; 0 where a vector isn't known."""
    total = np.zeros((len(one), len(other)))
    for sign, left, has_left in ((1, one.plus, one.has_plus), (-1, one.minus, one.has_minus)):
        for side, right, has_right in ((sign, other.plus, other.has_plus), (-sign, other.minus, other.has_minus)):
            if has_left.any() and has_right.any():
                near = np.exp(-2 * reach * (1 - (left @ right.T).astype(np.float64)))
                total += side * has_left[:, None] * has_right[None, :] * near
    return total


@dataclass(frozen=True, slots=True)
class Posterior:
    """What is known after n answers: 1 for liked or better, -1 for not, each with a weight.

    `dual` (n) gives the mean of anything as its kernel with the rows times this, `precision` (n, n) what is taken off
    its variance. `curvature` (n) is what `precision` was made with; after many small changes it is a little stale.
    """

    rows: Rows
    answers: Array
    weights: Array
    prior: Prior
    gram: Array
    dual: Array
    precision: Array
    curvature: Array

    def mean(self, texts: Rows) -> Array:
        """How much each text would be liked: the log-odds, 0 when indifferent."""
        found: Array = kernel(texts, self.rows, self.prior) @ self.dual
        return found

    @property
    def content(self) -> Array:
        """The covariance of how the rows' texts are liked with the rows: without what makes votes friendly."""
        return kernel(replace(self.rows, is_vote=np.zeros(len(self.rows))), self.rows, self.prior)

    def covariance(self, texts: Rows) -> Array:
        """How unsure that is, and which texts would be misjudged together: (m, m)."""
        known = kernel(texts, self.rows, self.prior)
        found: Array = kernel(texts, texts, self.prior) - known @ self.precision @ known.T
        return found


def fit(rows: Rows, answers: Array, weights: Array, prior: Prior = PRIOR, start: Array | None = None) -> Posterior:
    """Find the mode by Newton's method (Rasmussen & Williams, algorithm 3.1); `start` is the dual of an earlier one."""
    gram = kernel(rows, rows, prior)
    dual = np.zeros(len(rows)) if start is None else start
    for _ in range(MOST_STEPS):
        slope, curvature = _slopes(gram @ dual, answers, weights)
        root = np.sqrt(curvature)
        target = curvature * (gram @ dual) + slope
        inner = np.eye(len(rows)) + root[:, None] * gram * root
        change = target - root * np.linalg.solve(inner, root * (gram @ target)) - dual
        dual = dual + change
        if np.max(np.abs(change), initial=0.0) < CLOSE:
            break
    _, curvature = _slopes(gram @ dual, answers, weights)
    precision: Array = np.linalg.inv(gram + np.diag(1 / curvature))
    return Posterior(rows, answers, weights, prior, gram, dual, precision, curvature)


def with_one(known: Posterior, row: Rows, answer: float, weight: float) -> Posterior:
    """The posterior before the mode is moved, with one more row; costs n² and not n³."""
    edge = kernel(row, known.rows, known.prior)[0]
    corner = kernel(row, row, known.prior)[0, 0]
    expected = np.array([edge @ known.dual])
    _, curvature = _slopes(expected, np.array([answer]), np.array([weight]))
    # The inverse of a matrix with one more row and column, from the inverse without them.
    along = known.precision @ edge
    rest = corner + 1 / curvature[0] - edge @ along
    corner_row = np.append(-along, 1.0) / rest
    precision = np.pad(known.precision, (0, 1)) + rest * np.outer(corner_row, corner_row)
    gram = np.block([[known.gram, edge[:, None]], [edge[None, :], np.array([[corner]])]])
    return replace(
        known,
        rows=known.rows + row,
        answers=np.append(known.answers, answer),
        weights=np.append(known.weights, weight),
        gram=gram,
        dual=np.append(known.dual, 0.0),
        precision=precision,
        curvature=np.append(known.curvature, curvature),
    )


def without_one(known: Posterior, place: int) -> Posterior:
    """The posterior before the mode is moved, with one row less; costs n² and not n³."""
    column = np.delete(known.precision[:, place], place)
    smaller = np.delete(np.delete(known.precision, place, 0), place, 1)
    return replace(
        known,
        rows=known.rows.without([place]),
        answers=np.delete(known.answers, place),
        weights=np.delete(known.weights, place),
        gram=np.delete(np.delete(known.gram, place, 0), place, 1),
        dual=np.delete(known.dual, place),
        precision=smaller - np.outer(column, column) / known.precision[place, place],
        curvature=np.delete(known.curvature, place),
    )


def settle(known: Posterior, weights: Array) -> Posterior | None:
    """Move to the exact mode with these weights by the curvature at hand; None when that is too stale to get there."""
    dual = known.dual
    for _ in range(MOST_STEPS):
        slope, _ = _slopes(known.gram @ dual, known.answers, weights)
        change = known.precision @ ((slope - dual) / known.curvature)
        dual = dual + change
        size = np.max(np.abs(change), initial=0.0)
        if size < CLOSE:
            return replace(known, dual=dual, weights=weights)
        if not size < 1e3:
            break
    return None


def _slopes(liking: Array, answers: Array, weights: Array) -> tuple[Array, Array]:
    """The first derivative of the log-likelihood and minus the second, at this liking."""
    wrong = 1 / (1 + np.exp(np.clip(answers * liking, -30, 30)))
    return weights * answers * wrong, np.maximum(weights * wrong * (1 - wrong), LEAST)
