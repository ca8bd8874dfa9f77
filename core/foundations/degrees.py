"""Polynomials of every degree through the same rows: how the training error falls, and the test error does not."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
import pandas as pd

from core.errors import InputError
from core.language import _
from core.regression.data.minibatches import Rows, check_seed
from core.regression.data.validation import (
    LARGEST_VALUE,
    Array,
    ArrayLike,
    as_array,
    check_count,
    check_size,
)

MOST_DEGREE = 15
Verdict: TypeAlias = Literal["best", "near", "under", "over", "chance"]
_NEAR = 1.2  # times the least test error: as good as it
_NOTHING_LEFT = 1e-10  # of x times a polynomial after those before it are taken away: less is rounding
_HIGH = 1.5  # times the training error of the best degree: the curve bends too little


@dataclass(frozen=True, eq=False)
class PolynomialBasis:
    """Polynomials of degree 0 … k that are orthonormal on the training points: the mean of p_i p_j is 1 or 0.

    Each is x times the one before, made orthogonal to all earlier ones, twice, which keeps all digits where a matrix of
    powers loses them (P. D. Brubeck, Y. Nakatsukasa & L. N. Trefethen 2021, "Vandermonde with Arnoldi").

    Attributes:
        low: the smallest training point.
        high: the largest one; x is mapped from low … high to -1 … 1.
        steps (k + 1, k): how each is made of the earlier ones.
        points (n, k + 1): their values at the training points.
    """

    low: float
    high: float
    steps: Array
    points: Array

    def at(self, x: ArrayLike) -> Array:
        """Return the values (m, k + 1) at other points x (m,); far outside the training points they are huge."""
        inner = _inner(as_array(x, "x"), self.low, self.high)
        values = np.ones((len(inner), self.points.shape[1]))
        with np.errstate(over="ignore", invalid="ignore"):
            for k in range(self.steps.shape[1]):
                rest = inner * values[:, k] - values[:, : k + 1] @ self.steps[: k + 1, k]
                values[:, k + 1] = rest / self.steps[k + 1, k]
        return values


@dataclass(frozen=True, eq=False)
class DegreeFits:
    """The least-squares polynomials of degree 0 … k through the same training rows.

    Attributes:
        basis: the polynomials that are orthonormal on these rows.
        coefficients (k + 1,): along them; the fit of degree d is the sum of the first d + 1 terms.
        errors: one row a degree: degree, train and test, half the mean squared error each.
        best: the degree whose test error is least, the lowest of several.
    """

    basis: PolynomialBasis
    coefficients: Array
    errors: pd.DataFrame
    best: int

    def judge(self, degree: int) -> Verdict:
        """Return how the fit of this degree does on the test rows.

        "best" has the least test error, "near" at most a fifth more. Of the others a lower degree is "under"
        where its training error is high too, else "chance": the few rows are in its way. A higher one is "over".
        """
        train, test = self.errors["train"], self.errors["test"]
        if degree == self.best:
            return "best"
        if test[degree] <= _NEAR * test[self.best]:
            return "near"
        if degree > self.best:
            return "over"
        return "under" if train[degree] > _HIGH * train[self.best] else "chance"

    def predict(self, x: ArrayLike, degree: int) -> Array:
        """Return the predictions (m,) of the fit of this degree at x (m,)."""
        with np.errstate(over="ignore", invalid="ignore"):
            fitted: Array = self.basis.at(x)[:, : degree + 1] @ self.coefficients[: degree + 1]
        return fitted


def _inner(x: Array, low: float, high: float) -> Array:
    inner: Array = 2 * ((x - low) / (high - low)) - 1
    return inner


def orthonormal_polynomials(x: ArrayLike, degree: int) -> PolynomialBasis:
    """Return the polynomials up to this degree that are orthonormal on the points x (n,).

    The degree is cut to one less than the number of different points, which determine all higher ones. Points nearer to
    each other than 1e-12 of the whole range count as one, and where a polynomial is made of rounding alone, the
    degrees end before it.
    Raises InputError for fewer than two different points, values beyond 1e100, and a degree below 0 or above 15.
    """
    points = _check_sizes(as_array(x, "x").ravel(), "x")
    if isinstance(degree, bool) or not isinstance(degree, int) or not 0 <= degree <= MOST_DEGREE:
        raise InputError(
            _("degree has to be a whole number from 0 to {most}; got {value}.").format(most=MOST_DEGREE, value=degree)
        )
    low, high = float(points.min(initial=np.inf)), float(points.max(initial=-np.inf))
    inner = _inner(points, low, high) if high > low else points * 0.0
    distinct = len(np.unique(inner.round(12)))
    if distinct < 2:
        raise InputError(
            _("A curve needs a feature with at least two different values in its training rows; this one has {count}. "
              "Take more rows or another feature.").format(count=distinct)
        )  # fmt: skip
    n, most = len(points), min(degree, distinct - 1)
    values, steps = np.ones((n, most + 1)), np.zeros((most + 1, most))
    for k in range(most):
        rest = inner * values[:, k]
        for _again in range(2):
            share = values[:, : k + 1].T @ rest / n
            rest = rest - values[:, : k + 1] @ share
            steps[: k + 1, k] += share
        steps[k + 1, k] = np.sqrt(rest @ rest / n)
        if steps[k + 1, k] < _NOTHING_LEFT:
            return PolynomialBasis(low, high, steps[: k + 1, :k], values[:, : k + 1])
        values[:, k + 1] = rest / steps[k + 1, k]
    return PolynomialBasis(low, high, steps, values)


def fit_degrees(x: ArrayLike, y: ArrayLike, x_test: ArrayLike, y_test: ArrayLike, degree: int = 12) -> DegreeFits:
    """Fit polynomials of degree 0 … `degree` to rows x (n,) and y (n,), and test them on x_test and y_test (m,).

    The coefficient of each orthonormal polynomial is the mean of its product with y, whatever the degree, so one pass
    gives all fits exactly. The degree is cut to one less than the number of different x.
    Raises InputError for missing or infinite values and those beyond 1e100, lengths that do not match, no test rows,
    and what `orthonormal_polynomials` refuses.
    """
    points, labels = _pair(x, y, "x", "y")
    other, truth = _pair(x_test, y_test, "x_test", "y_test")
    basis = orthonormal_polynomials(points, degree)
    coefficients = basis.points.T @ labels / len(labels)
    train = _half_squares(basis.points, coefficients, labels)
    test = _half_squares(basis.at(other), coefficients, truth)
    errors = pd.DataFrame({"degree": np.arange(len(coefficients)), "train": train, "test": test})
    return DegreeFits(basis, coefficients, errors, int(np.nanargmin(np.where(np.isnan(test), np.inf, test))))


def _pair(x: ArrayLike, y: ArrayLike, *names: str) -> tuple[Array, Array]:
    points, labels = as_array(x, names[0]).ravel(), as_array(y, names[1]).ravel()
    if len(points) != len(labels) or not len(points):
        raise InputError(
            _("{x} has length {points} and {y} has length {labels}; give both the same rows, at least one.").format(
                x=names[0], y=names[1], points=len(points), labels=len(labels)
            )
        )
    return _check_sizes(points, names[0]), _check_sizes(labels, names[1])


def _check_sizes(values: Array, name: str) -> Array:
    if len(values) and np.abs(values).max() > LARGEST_VALUE:
        raise InputError(
            _("A value of {name} is beyond 1e100, and its square is no number; divide all by a constant.").format(
                name=name
            )
        )
    return values


def _half_squares(values: Array, coefficients: Array, labels: Array) -> Array:
    """Return half the mean squared error (k + 1,) of the fit of each degree."""
    with np.errstate(over="ignore", invalid="ignore"):
        fitted = np.cumsum(values * coefficients, axis=1)
        halves: Array = ((fitted - labels[:, None]) ** 2).mean(axis=0) / 2
    return halves


def make_wave(rows: int = 300, noise: float = 0.3, seed: int = 0) -> tuple[Array, Array]:
    """Return x (rows,), uniform from -1 to 1, and y = sin(3.5 x) + noise · N(0, 1).

    The noise is drawn once and multiplied, so more of it moves the same points further. Raises InputError for no rows
    and for a noise below 0.
    """
    rng = np.random.default_rng(np.random.SeedSequence(check_seed(seed), spawn_key=(71,)))
    x = rng.uniform(-1, 1, check_count(rows, "rows"))
    return x, np.sin(3.5 * x) + check_size(noise, "noise") * rng.standard_normal(rows)


def add_noise(y: ArrayLike, noise: float, seed: int = 0) -> Array:
    """Return y (n,) plus `noise` standard deviations of y of Gaussian noise, drawn from the seed."""
    labels = as_array(y, "y")
    if not check_size(noise, "noise"):
        return labels.copy()
    rng = np.random.default_rng(np.random.SeedSequence(check_seed(seed), spawn_key=(72,)))
    noisy: Array = labels + noise * labels.std() * rng.standard_normal(labels.shape)
    return noisy


def draw_rows(rows: int, train: int, seed: int = 0) -> tuple[Rows, Rows]:
    """Return the positions of `train` rows drawn at random, and those of all others; more rows keep the earlier ones.

    At most all rows but one are drawn. Raises InputError for fewer than two rows.
    """
    if rows < 2:
        raise InputError(
            _("One row to train on and one to test on are needed; there are {rows}. Choose another table.").format(
                rows=rows
            )
        )
    order = np.random.default_rng(np.random.SeedSequence(check_seed(seed), spawn_key=(73,))).permutation(rows)
    cut = min(check_count(train, "train"), rows - 1)
    return order[:cut], order[cut:]
