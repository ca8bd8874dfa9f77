"""Gradient descent on the cross-entropy of two classes, all rows in each update."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.foundations.two_classes import (
    SafeScaling,
    check_two_classes,
    fit_safe_scaling,
    identity_scaling,
    log_losses,
    with_ones,
)
from core.regression.data.validation import Array, ArrayLike, check_count, check_positive
from core.regression.sgd.stability import stability_limit

if TYPE_CHECKING:
    import torch


@dataclass(frozen=True, eq=False)
class Descent:
    """A run of gradient descent, from weights of 0; k updates.

    Attributes:
        weights (k + 1, d): before the first update and after each, in the units of X.
        bias (k + 1,): likewise.
        loss (k + 1,): the mean cross-entropy, in nats.
        limit: the rate below which no update makes the loss larger, whatever the labels.
        rises: after how many updates the loss was larger than before it.
        scaling: of the features that descent saw.
    """

    weights: "torch.Tensor"
    bias: "torch.Tensor"
    loss: "torch.Tensor"
    limit: float
    rises: int
    scaling: SafeScaling


def rate_limit(X: ArrayLike) -> float:
    """Return the rate below which full-batch descent on the mean cross-entropy of X (n, d) lowers it at every update.

    That is 8/λ_max of Z'Z/n, with Z = [X 1]. The Hessian of the mean cross-entropy is Z'diag(p(1 - p))Z/n, and
    p(1 - p) is at most 1/4, so its largest eigenvalue is at most L = λ_max/4, and exactly that at weights of 0.
    Descent lowers a function with such a bound for every rate below 2/L (Nesterov 2004, Introductory Lectures on
    Convex Optimization, 1.2.3). Near the optimum p(1 - p) is smaller, so a larger rate may still come to rest.
    Raises InputError for NaN, infinity, no rows or no columns.

    >>> rate_limit([[1.0], [-1.0]])
    8.0
    """
    return 4.0 * stability_limit(X)


def descend(
    X: ArrayLike, y: ArrayLike, learning_rate: float, updates: int = 200, *, standardise: bool = True
) -> Descent:
    """Return full-batch gradient descent on the mean cross-entropy of X (n, d) and y (n,), from weights of 0.

    The gradient is Z'(p - y)/n. It never exceeds the size of the features, so a rate that is too large makes the
    weights jump to and fro, not to infinity. With `standardise` it descends in standardised features, and a
    column that never varies has weight 0; the weights returned are in the units of X either way.
    Raises InputError as `check_two_classes`, for a rate that is not above 0 and for no updates.
    """
    import torch
    from scipy.special import expit

    rows = check_two_classes(X, y)
    rate, count = check_positive(learning_rate, "learning_rate"), check_count(updates, "updates")
    scaling = fit_safe_scaling(rows.X) if standardise else identity_scaling(rows.X.shape[1])
    scaled = scaling.transform(rows.X)
    Z = with_ones(scaled)
    path = np.zeros((count + 1, Z.shape[1]))
    losses = np.empty(count + 1)
    with np.errstate(over="ignore", invalid="ignore"):
        for update in range(count + 1):
            z = Z @ path[update]
            losses[update] = log_losses(z, rows.y).mean()
            if update < count:
                path[update + 1] = path[update] - rate * _gradient(Z, expit(z) - rows.y)
        weights, bias = scaling.to_table(path[:, :-1], path[:, -1])
        rises = int((np.diff(losses) > 1e-12 * np.abs(losses[:-1])).sum())
    return Descent(
        weights=torch.from_numpy(weights),
        bias=torch.from_numpy(np.asarray(bias)),
        loss=torch.from_numpy(losses),
        limit=rate_limit(scaled),
        rises=rises,
        scaling=scaling,
    )


def _gradient(Z: Array, errors: Array) -> Array:
    gradient: Array = Z.T @ errors / len(Z)
    return gradient
