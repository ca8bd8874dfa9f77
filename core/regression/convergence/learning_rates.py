"""What a learning rate does to a run, direction by direction: from the spectrum before it, from its history after.

Along an eigenvector of the Hessian with the eigenvalue λ, an update on all rows multiplies the error by 1 - ηλ. With
momentum β the errors obey e⁺ = (1 + β - ηλ) e - β e⁻, so they follow the two roots of z² - (1 + β - ηλ) z + β, which
stay inside the unit circle for ηλ < 2 (1 + β) (Polyak 1964, "Some methods of speeding up the convergence of iteration
methods"). Momentum 0 is plain descent.
"""

import math

import numpy as np
import pandas as pd

from core.regression.convergence.forecast import Forecast
from core.regression.data.standardizer import fit_scaling
from core.regression.data.validation import Array, ArrayLike, check_array
from core.regression.linalg.quadratic_form import fit_quadratic_form
from core.regression.sgd.stability import FLAT

_MOST_UPDATES = 2.0**60
_LOOKED_AT = 120  # numbers of updates tried at once
_SETTLED = 0.25  # share of a run, at its end, over which the plateau is measured


def spectrum(X: ArrayLike, standardise: bool = False, penalty: float = 0.0) -> tuple[Array, Array]:
    """Return the eigenvalues (k,), largest first, and directions (d + 1, k) of the Hessian of rows X (n, d).

    The bias comes last; flat directions are left out; the penalty is added to all but the bias.
    Raises InputError for NaN, infinity, no rows or no columns.
    """
    matrix = check_array(X)
    trained = fit_scaling(matrix).transform(matrix) if standardise else matrix
    root = fit_quadratic_form(np.ascontiguousarray(trained)).augmented()
    if penalty > 0:
        root = np.vstack([root, math.sqrt(penalty) * np.eye(root.shape[1] - 1, root.shape[1])])
    _left, values, right = np.linalg.svd(root, full_matrices=False)
    kept = np.square(values) > FLAT * values[0] ** 2
    return np.square(values[kept]), right[kept].T


def condition_number(eigenvalues: Array) -> float:
    """Return λ_max/λ_min of eigenvalues from which the flat directions are left out already.

    >>> condition_number(np.array([8.0, 2.0]))
    4.0
    """
    return float(eigenvalues.max() / eigenvalues.min())


def largest_rate(eigenvalues: Array, momentum: float = 0.0) -> float:
    """Return 2(1 + β)/λ_max, below which descent on all rows converges."""
    return float(2.0 * (1.0 + momentum) / eigenvalues.max())


def best_rate(eigenvalues: Array, momentum: float = 0.0) -> float:
    """Return 2(1 + β)/(λ_max + λ_min), at which the slowest direction shrinks fastest.

    There 1 + β - ηλ has the same size for the largest and the smallest eigenvalue.
    """
    return float(2.0 * (1.0 + momentum) / (eigenvalues.max() + eigenvalues.min()))


def convergence_factor(eigenvalues: Array, rate: float, momentum: float = 0.0) -> Array:
    """Return the factor per update of the error along each direction in the long run, without its sign.

    That is |1 - ηλ|, and with momentum the larger root, in size; below 1 the error dies out.

    >>> convergence_factor(np.array([4.0, 1.0, 0.5]), rate=1.0).tolist()
    [3.0, 0.0, 0.5]
    """
    if momentum == 0:
        return np.abs(1.0 - rate * eigenvalues)
    first, second = _roots(rate * eigenvalues, momentum)
    return np.maximum(np.abs(first), np.abs(second))


def steps_to_tolerance(told: Forecast, rates: Array, share: float = 0.01, momentum: float = 0.0) -> Array:
    """Return after how many updates on all rows the gap is at most `share` of the initial one, shape (rates,).

    NaN where it never is, or not within 2⁶⁰ updates. Exact for plain descent; with momentum the gap oscillates while it
    falls, and its first passage is found to about one part in a hundred.
    """
    moving = told.gaps > 0
    eigenvalues, gaps = told.eigenvalues[moving], told.gaps[moving]
    if not moving.any() or share >= 1:
        return np.zeros(len(rates))
    target = share * gaps.sum()
    if momentum == 0:
        return _plain_updates(np.outer(rates, eigenvalues), gaps, target)
    return np.array([_swinging_updates(rate * eigenvalues, gaps, target, momentum) for rate in rates])


def _plain_updates(strides: Array, gaps: Array, target: float) -> Array:
    """Return, by bisection, the first number of updates, for each row of ηλ (r, k), with a small Σ gap (1 - ηλ)²ᵗ."""
    shrinks = strides.max(axis=1) < 2.0
    with np.errstate(divide="ignore"):
        pace = 2.0 * np.where(strides < 0.5, np.log1p(-np.minimum(strides, 0.5)), np.log(np.abs(1.0 - strides)))

    def left(updates: Array) -> Array:
        with np.errstate(over="ignore", under="ignore", invalid="ignore"):
            result: Array = np.exp(pace * updates[:, None]) @ gaps
        return result

    low, high = np.zeros(len(strides)), np.full(len(strides), _MOST_UPDATES)
    never = ~shrinks | ~(left(high) <= target)
    while (high - low > 1).any():
        middle = np.floor((low + high) / 2)
        enough = left(middle) <= target
        low, high = np.where(enough, low, middle), np.where(enough, middle, high)
        high = np.where(high - low < np.spacing(high) * 2, low + 1, high)  # past 2⁵³ there is no number between
    return np.where(never, np.nan, high)


def _swinging_updates(strides: Array, gaps: Array, target: float, momentum: float) -> float:
    first, second = _roots(strides, momentum)
    slowest = float(np.maximum(np.abs(first), np.abs(second)).max())
    if slowest >= 1:
        return math.nan
    far = min(10.0 + 3.0 * math.log(target / gaps.sum()) / (2.0 * math.log(slowest) - 1e-300), _MOST_UPDATES)
    low, high = 0.0, max(far, 20.0)
    for _round in range(2):
        tried = np.unique(np.round(np.geomspace(max(low, 1.0), high, _LOOKED_AT)))
        enough = np.square(_errors(first, second, 1.0 - strides, tried)) @ gaps <= target
        if not enough.any():
            return math.nan
        place = int(enough.argmax())
        low, high = tried[max(place - 1, 0)], tried[place]
    return float(high)


def _roots(strides: Array, momentum: float) -> tuple[Array, Array]:
    """Return both roots (k,) of z² - (1 + β - ηλ) z + β, kept distinct where they coincide."""
    middle = (1.0 + momentum - strides) / 2.0
    inside = np.square(middle) - momentum
    half = np.sqrt(np.where(np.abs(inside) < 1e-12, 1e-12, inside).astype(np.complex128))
    return middle + half, middle - half


def _errors(first: Array, second: Array, after_one: Array, updates: Array) -> Array:
    """Return the errors (t, k) after t numbers of updates, from 1 at the start and `after_one` (k,) after the first."""
    share = (after_one - second) / (first - second)
    with np.errstate(under="ignore"):
        powers = share * first ** updates[:, None] + (1.0 - share) * second ** updates[:, None]
    result: Array = powers.real
    return result


def first_within(history: pd.DataFrame, share: float = 0.01) -> int | None:
    """Return the first recorded step of a run at which its gap is at most `share` of the first; None if none is."""
    within = (history["gap"] <= share * history["gap"].iloc[0]).to_numpy()
    return int(history["step"].iloc[int(within.argmax())]) if within.any() else None


def plateau(history: pd.DataFrame) -> tuple[Array, float]:
    """Return the recorded steps (k,) in the last quarter of a run, evenly spread there, and the mean of their gaps."""
    late = history["step"] >= (1.0 - _SETTLED) * history["step"].iloc[-1]
    return history["step"][late].to_numpy(), float(history["gap"][late].mean())
