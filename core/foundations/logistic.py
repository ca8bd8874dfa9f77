"""Logistic regression: the neuron that maximises the likelihood of two classes, by Newton's method.

Sources: Hastie, Tibshirani and Friedman, The Elements of Statistical Learning, 4.4; Albert and Anderson (1984), On the
existence of maximum likelihood estimates in logistic regression models.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.errors import InputError
from core.foundations.separability import robust_scaling, separability
from core.foundations.two_classes import (
    SafeScaling,
    TwoClasses,
    check_two_classes,
    fit_safe_scaling,
    log_losses,
    with_ones,
)
from core.language import _
from core.regression.data.validation import Array, ArrayLike

if TYPE_CHECKING:
    import torch

MOST_STEPS = 100
MOST_HALVINGS = 60
SMALL = 1e-24  # twice the fall of the loss that the next step promises, at the optimum: below all rounding
NEAR = 1e-9  # below it a step is taken whole: the loss cannot show such a fall
FLAT = 1e-5  # a slope of the loss above this is not that of an optimum
SURE = 10.0  # log-odds above which a fit may be on its way to infinity, and the linear programme decides


@dataclass(frozen=True, eq=False)
class LogisticFit:
    """The neuron with the smallest cross-entropy: P(positive class) = sigmoid(x · weights + bias).

    Attributes:
        weights (d,): in the units of X.
        bias: the log-odds where every feature is 0.
        loss: the mean cross-entropy at the optimum, in nats.
        classes: the two labels as given, the positive one last.
        rank: the number of linearly independent columns, the column of ones included. Below d + 1 many weights have the
            same loss; these are the smallest in standardised units.
        steps: how many steps of Newton's method it took.
    """

    weights: "torch.Tensor"
    bias: float
    loss: float
    classes: tuple[float, float]
    rank: int
    steps: int


@dataclass(frozen=True, eq=False)
class NewtonStep:
    """A place on the way of Newton's method.

    Attributes:
        parameters (d + 1,): in standardised units, the bias last.
        loss: the mean cross-entropy there.
        promise: twice the fall of the loss that the next step promises.
        rank: of the weighted features, the column of ones included.
    """

    parameters: Array
    loss: float
    promise: float
    rank: int


def fit_logistic(X: ArrayLike, y: ArrayLike) -> LogisticFit:
    """Return the unpenalised maximum likelihood of logistic regression on X (n, d) and y (n,) of two labels.

    The larger label is the positive class. Features are standardised inside; weights are in the units of X. A constant
    column gets weight 0. Newton's method: each step is a weighted least squares problem (never a product X'X, which
    would square the condition number), halved until the loss falls.
    Raises InputError if y has one class or more than two, for missing or infinite values and shapes that do not fit,
    and where the classes are separable: then no finite weights are the best ones (see `separability`).

    >>> fit = fit_logistic([[0.0], [0.0], [0.0], [1.0], [1.0], [1.0]], [0, 0, 1, 0, 1, 1])
    >>> round(fit.bias, 6), round(fit.weights.item(), 6)  # log(1/2) and 2 log 2
    (-0.693147, 1.386294)
    """
    import torch

    rows = check_two_classes(X, y)
    scaling = fit_safe_scaling(rows.X)
    Z, found, steps = _optimum(scaling, rows, NEAR)
    robust = robust_scaling(rows.X)
    if _slope(with_ones(robust.transform(rows.X)), rows.y, Z @ found.parameters) > FLAT:  # a row is far from all others
        scaling = robust
        Z, found, steps = _optimum(scaling, rows, SMALL)
    sure = float(np.abs(Z @ found.parameters).max())
    if (sure > SURE or found.promise > 1e-12) and separability(rows.X, rows.y).separable:
        raise InputError(
            _("The classes are separable, so no finite weights have the largest likelihood: they would grow for ever. "
              "Choose other columns or add a penalty.")
        )  # fmt: skip
    weights, bias = scaling.to_table(found.parameters[:-1] * Z[:, :-1].any(axis=0), found.parameters[-1])
    return LogisticFit(torch.from_numpy(weights), float(bias), found.loss, rows.classes, found.rank, steps - 1)


def _optimum(scaling: SafeScaling, rows: TwoClasses, stalled: float) -> tuple[Array, NewtonStep, int]:
    """Return the scaled features, the last place of Newton's method on them, and how many there were."""
    Z = with_ones(scaling.transform(rows.X))
    steps = 0
    for place in _newton(Z, rows.y, stalled):
        found, steps = place, steps + 1
        if place.promise <= SMALL:
            break
    return Z, found, steps


def _slope(Z: Array, y: Array, z: Array) -> float:
    """Return the largest partial derivative of the loss at log-odds z, in units of Z; 0 at the optimum."""
    errors = np.where(y == 1, -1.0, 1.0) * np.exp(-np.logaddexp(0.0, np.where(y == 1, z, -z)))
    return float(np.abs(Z.T @ errors).max() / len(Z))


def newton_path(X: ArrayLike, y: ArrayLike, steps: int = 20) -> pd.DataFrame:
    """Return the way of Newton's method from weights of 0: one row a step with `step`, `loss` and `size`.

    `size` is the length of the weights per standard deviation, the bias left out. On separable classes it grows with
    every step, and the loss falls towards its infimum (0 if complete) without reaching it; else both come to rest.
    Stops earlier at the optimum. Raises InputError as `check_two_classes`.
    """
    rows = check_two_classes(X, y)
    Z = with_ones(fit_safe_scaling(rows.X).transform(rows.X))
    path = []
    for step, place in zip(range(steps + 1), _newton(Z, rows.y), strict=False):
        path.append((step, place.loss, float(np.linalg.norm(place.parameters[:-1]))))
        if place.promise <= SMALL:
            break
    return pd.DataFrame(path, columns=["step", "loss", "size"])


def optimum_curvature(X: ArrayLike, fit: LogisticFit, scaling: SafeScaling) -> float:
    """Return the largest eigenvalue of the Hessian of the mean cross-entropy at a fit, in scaled units.

    The Hessian is Z'diag(p(1 - p))Z/n for Z, the scaled features with a column of ones. Descent comes to rest at the
    fit only for rates up to 2 divided by this.
    """
    features = np.asarray(X, dtype=np.float64)
    z = features @ fit.weights.numpy() + fit.bias
    root = _root_weight(z)[:, np.newaxis] * with_ones(scaling.transform(features))
    return float(np.linalg.norm(root, 2) ** 2 / len(root))


def _newton(Z: Array, y: Array, stalled: float = NEAR) -> Iterator[NewtonStep]:
    """Yield the places of Newton's method from 0 on; the last one is where no step makes the loss smaller.

    A promise up to `stalled` that does not fall is taken for rounding. A row far away makes it rise for a while.
    """
    parameters, before = np.zeros(Z.shape[1]), np.inf
    loss = float(log_losses(Z @ parameters, y).mean())
    for _step in range(MOST_STEPS):
        move, promise, rank = _newton_step(Z, y, Z @ parameters)
        yield NewtonStep(parameters, loss, promise, rank)
        if before <= promise <= stalled:
            return
        before, share = promise, 1.0
        for _halving in range(MOST_HALVINGS):
            tried = parameters + share * move
            after = float(log_losses(Z @ tried, y).mean())
            if after < loss or promise <= NEAR:
                break
            share /= 2
        else:
            return
        parameters, loss = tried, after


def _newton_step(Z: Array, y: Array, z: Array) -> tuple[Array, float, int]:
    """Return the step, the fall of the loss that it promises twice over, and the rank.

    With weights p(1 - p) the step is the least squares solution for the rows divided by their square roots. The
    quotient (y - p)/sqrt(p(1 - p)) is exp(-z/2) where y is 1 and -exp(z/2) where it is 0.
    """
    sign = np.where(y == 1, 1.0, -1.0)
    root = _root_weight(z)
    right = sign * np.exp(np.minimum(-sign * z / 2, 300.0))
    gradient = Z.T @ (root * right) / len(Z)
    move, _residual, rank, _singular = np.linalg.lstsq(root[:, np.newaxis] * Z, right, rcond=None)
    return move, float(abs(gradient @ move)), int(rank)


def _root_weight(z: Array) -> Array:
    """Return sqrt(p(1 - p)) = 1/(2 cosh(z/2)) for p = sigmoid(z)."""
    half = np.exp(-np.abs(z) / 2)
    root: Array = half / (1 + half**2)
    return root
