"""Linear arms: each arm's reward is predicted by a ridge regression of its own, kept up to date row by row.

LinUCB adds to the prediction of each arm a width, which is large where the arm was seldom tried on rows like this one,
and learns only from the reward of the arm that it chose. The learner that is told all answers has the same regression
for every arm, and updates all of them with every row.

Source: Li, Chu, Langford and Schapire (2010), A contextual-bandit approach to personalized news article
recommendation, algorithm 1 (disjoint linear models).
"""

from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Array: TypeAlias = npt.NDArray[np.float64]
Places: TypeAlias = npt.NDArray[np.int64]

DECIMALS = 9  # to which indices are rounded: what is equal there is a tie, on every processor


@dataclass(eq=False)
class LinearArms:
    """Ridge regressions of the same d features, one for each of k arms. Changes with every update.

    Attributes:
        arms: k.
        features: d, a column of ones included where there is to be an intercept; it is shrunk as the others.
        ridge: λ > 0, the weight of the squared coefficients.
        inverse: (k, d, d), the inverse of λI + the sum of x xᵀ over the rows that each arm learned from.
        answered: (k, d), the sum of reward · x over these rows.
    """

    arms: int
    features: int
    ridge: float = 1.0
    inverse: Array = field(init=False)
    answered: Array = field(init=False)

    def __post_init__(self) -> None:
        """Start with no row: all coefficients are 0."""
        self.inverse = np.tile(np.eye(self.features) / self.ridge, (self.arms, 1, 1))
        self.answered = np.zeros((self.arms, self.features))

    @property
    def weights(self) -> Array:
        """(k, d), the coefficients of each arm."""
        return np.asarray(np.einsum("kij,kj->ki", self.inverse, self.answered))

    def look(self, x: Array) -> tuple[Array, Array]:
        """Return the predicted reward of each arm for a row x (d,), and the width √(xᵀ A⁻¹ x), (k,) each."""
        seen = self.inverse @ x
        return (self.answered * seen).sum(axis=1), np.sqrt(np.maximum(seen @ x, 0.0))

    def update(self, arms: Places, x: Array, rewards: Array) -> None:
        """Learn the rewards (m,) of m different arms for a row x (d,).

        Sherman and Morrison: the inverse of A + x xᵀ is A⁻¹ − A⁻¹x xᵀA⁻¹ / (1 + xᵀA⁻¹x), without solving again.

        >>> model = LinearArms(2, 1)
        >>> model.update(np.array([0]), np.array([2.0]), np.array([1.0]))
        >>> model.weights.round(9)  # 2 / (1 + 2²), and nothing learned
        array([[0.4],
               [0. ]])
        """
        seen = self.inverse[arms] @ x
        outer = seen[:, :, np.newaxis] * seen[:, np.newaxis, :]
        self.inverse[arms] -= outer / (1.0 + seen @ x)[:, np.newaxis, np.newaxis]
        self.answered[arms] += rewards[:, np.newaxis] * x


@dataclass(frozen=True, eq=False)
class Learned:
    """What a learner did, row by row.

    Attributes:
        chosen: (rounds,), the arm.
        rewards: (rounds,), 1 for the right arm and 0 for any other.
        predicted: (rounds, k), the reward that it expected of each arm when the row came.
        widths: (rounds, k), how unsure that was.
        weights: (k, d), the coefficients after the last row.
    """

    chosen: Places
    rewards: Array
    predicted: Array
    widths: Array
    weights: Array

    @property
    def mistakes(self) -> Array:
        """(rounds + 1,), how many there were before the first row and after each of them."""
        return np.concatenate([[0.0], np.cumsum(1.0 - self.rewards)])


def lin_ucb(X: Array, y: Places, *, arms: int, alpha: float = 1.0, ridge: float = 1.0, seed: int = 0) -> Learned:
    """Choose an arm for each row of X (rounds, d), in order, and learn only whether it was the right one, y (rounds,).

    The arm with the largest prediction + `alpha` · width is chosen; with `alpha` = 0 only the prediction counts. Equal
    ones are drawn from the seed.
    """
    return _learn(X, y, arms, alpha, ridge, seed, is_told=False)


def told_all(X: Array, y: Places, *, arms: int, ridge: float = 1.0, seed: int = 0) -> Learned:
    """Choose an arm for each row of X (rounds, d), in order, and then learn the reward of every arm for it.

    The arm with the largest prediction is chosen: all arms are equally unsure, so that no exploring is needed.
    """
    return _learn(X, y, arms, 0.0, ridge, seed, is_told=True)


def _learn(X: Array, y: Places, arms: int, alpha: float, ridge: float, seed: int, *, is_told: bool) -> Learned:
    rng, model = np.random.default_rng([seed, 1]), LinearArms(arms, X.shape[1], ridge)
    chosen, predicted, widths = np.empty(len(X), dtype=np.int64), np.empty((len(X), arms)), np.empty((len(X), arms))
    for place, (x, right) in enumerate(zip(X, y.tolist(), strict=True)):
        predicted[place], widths[place] = model.look(x)
        arm = chosen[place] = _top(predicted[place] + alpha * widths[place], rng)
        heard = np.arange(arms) if is_told else np.array([arm])
        model.update(heard, x, (heard == right).astype(np.float64))
    return Learned(chosen, (chosen == y).astype(np.float64), predicted, widths, model.weights)


def _top(index: Array, rng: np.random.Generator) -> int:
    index = index.round(DECIMALS)
    draws = rng.random(len(index))
    return int(np.argmax(np.where(index == index.max(), draws, -1.0)))


def fixed_rule(X: Array, y: Places, arms: int) -> Places:
    """Return the arm (n,) of each row by the rule fitted by least squares to all rows and all answers, in hindsight.

    Where columns are linearly dependent the shortest coefficients are taken; the fitted rewards are the same for all.
    """
    answers = np.eye(arms)[y]
    weights = np.linalg.lstsq(X, answers, rcond=None)[0]
    return np.asarray(np.argmax((X @ weights).round(DECIMALS), axis=1))
