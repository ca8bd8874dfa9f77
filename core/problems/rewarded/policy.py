"""A softmax policy over classes, and two estimates of one gradient: from the label told, and from a reward alone.

Both learners minimise one objective, the expected 0/1 loss of a class drawn from the policy, plus a small penalty. Who
is told the label knows the loss of every class, and has the exact gradient of a row. Who gets a reward for the drawn
class alone estimates that gradient by the score function (REINFORCE, Williams 1992). Its mean is the same; its variance
is larger.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Task:
    """Rows with classes for a linear policy, and its penalty.

    Attributes:
        Z: (n, d + 1), standardised features, and a last column of 1.
        y: (n,), the class of each row, 0 to k − 1.
        k: the number of classes.
        penalty: λ of the term λ/2 · ‖W‖², which keeps the best weights finite.
    """

    Z: Array
    y: Places
    k: int
    penalty: float = 0.01


def policy(W: Array, z: Array) -> Array:
    """Return the chances (..., k) of the classes for features z (..., d + 1) and weights W (..., k, d + 1).

    >>> policy(np.zeros((4, 3)), np.ones(3)).tolist()
    [0.25, 0.25, 0.25, 0.25]
    """
    scores = (W @ z[..., np.newaxis])[..., 0]
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    chances: Array = powers / powers.sum(axis=-1, keepdims=True)
    return chances


def objective(W: Array, task: Task) -> tuple[float, Array]:
    """Return the mean expected 0/1 loss over all rows plus the penalty, and its gradient (k, d + 1)."""
    chances = policy(W, task.Z)
    right = chances[np.arange(len(task.y)), task.y]
    slopes = told_scores(chances, task.y).T @ task.Z / len(task.y)
    return float(1 - right.mean() + task.penalty / 2 * (W**2).sum()), slopes + task.penalty * W


def objectives(W: Array, task: Task) -> Array:
    """Return the objective (m,) of m weights (m, k, d + 1)."""
    scores = task.Z @ W.transpose(0, 2, 1)
    powers = np.exp(scores - scores.max(axis=2, keepdims=True))
    right = powers[:, np.arange(len(task.y)), task.y] / powers.sum(axis=2)
    values: Array = 1 - right.mean(axis=1) + task.penalty / 2 * (W**2).sum(axis=(1, 2))
    return values


def told_scores(chances: Array, label: Places) -> Array:
    """Return the gradient (..., k) in the scores of a row's expected 0/1 loss, 1 − π(y): it needs the label y.

    >>> told_scores(np.array([0.5, 0.25, 0.25]), np.array(0)).tolist()
    [-0.25, 0.125, 0.125]
    """
    right = np.take_along_axis(chances, label[..., np.newaxis], axis=-1)
    gradient: Array = right * chances
    np.put_along_axis(gradient, label[..., np.newaxis], right * (right - 1), axis=-1)
    return gradient


def rewarded_scores(chances: Array, drawn: Places, reward: Array, baseline: Array) -> Array:
    """Return the score-function estimate (..., k) of the same gradient: −(reward − baseline) · ∇ log π(drawn class).

    >>> rewarded_scores(np.array([0.5, 0.25, 0.25]), np.array(1), np.array(-1.0), np.array(-0.5)).tolist()
    [-0.25, 0.375, -0.125]
    """
    slope = -chances.copy()
    taken = np.take_along_axis(chances, drawn[..., np.newaxis], axis=-1)
    np.put_along_axis(slope, drawn[..., np.newaxis], 1 - taken, axis=-1)
    gradient: Array = -(reward - baseline)[..., np.newaxis] * slope
    return gradient


def enumerated_estimates(W: Array, task: Task, baseline: float) -> tuple[Array, Array]:
    """Return the estimate (n, k, k, d + 1) of every row and every drawn class, and the chances (n, k) to draw it."""
    chances = policy(W, task.Z)
    drawn = np.tile(np.arange(task.k), (len(task.y), 1))
    rewards = -(drawn != task.y[:, np.newaxis]).astype(np.float64)
    every = np.repeat(chances[:, np.newaxis], task.k, axis=1)
    scores = rewarded_scores(every, drawn, rewards, np.full(rewards.shape, baseline))
    return scores[..., np.newaxis] * task.Z[:, np.newaxis, np.newaxis], chances


@dataclass(frozen=True)
class Variances:
    """The variance of one sample's gradient about the exact mean, added up over all weights.

    Attributes:
        told: where the label is told; only the row varies.
        rewarded: where a reward is given and nothing subtracted from it.
        with_baseline: where the policy's mean reward is subtracted.
        baseline: that mean reward.
    """

    told: float
    rewarded: float
    with_baseline: float
    baseline: float


def variances(W: Array, task: Task) -> Variances:
    """Return the exact variances of both estimates at weights (k, d + 1): all rows and all classes are gone through."""
    chances = policy(W, task.Z)
    rows = told_scores(chances, task.y)[..., np.newaxis] * task.Z[:, np.newaxis]
    mean = rows.mean(axis=0)
    told = float(((rows - mean) ** 2).sum(axis=(1, 2)).mean())
    baseline = float(chances[np.arange(len(task.y)), task.y].mean() - 1)
    found = []
    for each in (0.0, baseline):
        estimates, weights = enumerated_estimates(W, task, each)
        found.append(float((weights * ((estimates - mean) ** 2).sum(axis=(2, 3))).sum(axis=1).mean()))
    return Variances(told, found[0], found[1], baseline)


def best_weights(task: Task, starts: int = 6, seed: int = 0) -> tuple[Array, float]:
    """Return the weights with the smallest objective that several starts find, and that objective.

    The objective is not convex, so that this does not prove that there are no better ones.
    """
    from scipy.optimize import minimize

    shape = (task.k, task.Z.shape[1])

    def flat(w: Array) -> tuple[float, Array]:
        value, slope = objective(w.reshape(shape), task)
        return value, slope.ravel()

    rng = np.random.default_rng(seed)
    begins = [np.zeros(shape), *(rng.normal(scale=2.0, size=shape) for _start in range(starts - 1))]
    found = [minimize(flat, begin.ravel(), jac=True, method="L-BFGS-B", options={"maxiter": 300}) for begin in begins]
    best = min(found, key=lambda one: round(float(one.fun), 9))
    return best.x.reshape(shape), float(best.fun)
