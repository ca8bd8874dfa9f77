"""One feature against the label: what is needed to score any line at once, drawn by hand or trained by SGD."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.errors import InputError
from core.language import _
from core.regression.data.metrics import score
from core.regression.data.standardizer import fit_scaling
from core.regression.data.validation import LARGEST_VALUE, Array, ArrayLike, as_array, check_array, check_X_y
from core.regression.least_squares.closed_form import ClosedForm, solve_closed_form
from core.regression.sgd.objective import check_fit, check_test_rows

_REACH = 2.5  # half the width of a range, in multiples of the steepest slope that a closed form can have
_ASIDE = 0.2  # by how much of that half a range is moved, so that its middle gives nothing away
_WIDEST = 1e300
_ROUNDING = 2.0**-51  # a few roundings of float64
_NEAR = 0.1  # a closed form closer to the middle than this share of the half would be given away


@dataclass(frozen=True, eq=False)
class ManualFit:
    """The loss of the line y = w x + b on n rows of one feature x and a label y, for any w and b.

    The loss needs no row: with (w*, b*) the closed form and δ the difference from it, 2 · loss = 2 · loss* +
    (x_deviation δ_w)² + (δ_b + x_mean δ_w)², a sum of squares, so nothing cancels near (w*, b*). Deviations divide by
    n, and are 0 for values that never vary.

    Attributes:
        rows: n.
        x_mean: over the rows, in the unit of x.
        x_deviation: the standard deviation of x.
        y_mean: over the rows, in the unit of y.
        y_deviation: the standard deviation of y.
        x_range: the smallest and the largest x.
        y_range: the smallest and the largest y.
        fit: the closed form.
    """

    rows: int
    x_mean: float
    x_deviation: float
    y_mean: float
    y_deviation: float
    x_range: tuple[float, float]
    y_range: tuple[float, float]
    fit: ClosedForm

    @property
    def weight(self) -> float:
        """The weight of the closed form; that of minimum norm if the feature never varies."""
        return float(self.fit.weights[0])

    @property
    def bias(self) -> float:
        """The bias of the closed form."""
        return self.fit.bias

    @property
    def start(self) -> tuple[float, float]:
        """The initial line: w = 0, and b the mean of the label."""
        return 0.0, self.y_mean

    @property
    def rise(self) -> float:
        """The range of the label, as a scale for b: above 0 also if it never varies."""
        level = 0.0 if self.x_deviation > 0 and self.y_deviation > 0 else abs(self.y_mean)
        return max(self.y_deviation, level) or 1.0

    @property
    def steepest(self) -> float:
        """The largest slope that a closed form of such spreads can have, whatever the correlation; above 0."""
        return self.rise / (self.x_deviation or abs(self.x_mean) or 1.0)

    @property
    def weight_range(self) -> tuple[float, float]:
        """From where to where w may be slid: see `bias_range`."""
        return _around(0.0, _REACH * self.steepest, self.weight)

    @property
    def bias_range(self) -> tuple[float, float]:
        """From where to where b may be slid, so that a line of any allowed slope can pass through the mean row.

        Both ranges hold the start and, at least a sixth of their width from either end, the closed form. They are
        computed from the spreads of the two columns, not from their correlation, and the closed form is never in their
        middle.
        """
        return _around(self.y_mean, _REACH * (self.rise + self.steepest * abs(self.x_mean)), self.bias)

    @property
    def level_range(self) -> tuple[float, float]:
        """From where to where the height of a line at the mean of x may go; `bias_range` for a centred feature."""
        return _around(self.y_mean, _REACH * self.rise, self.fit.bias + self.weight * self.x_mean)

    def gap(self, weight: float, bias: float) -> float:
        """Return how much the loss of a line is above the smallest one. Too large for a float64, it is infinite."""
        with np.errstate(over="ignore"):
            along, level = np.square([self.x_deviation * (weight - self.weight), self.level(weight, bias)])
            return float(0.5 * (along + level))

    def loss(self, weight: float, bias: float) -> float:
        """Return half the mean squared error of a line."""
        return self.fit.loss + self.gap(weight, bias)

    def gradient(self, weight: float, bias: float) -> tuple[float, float]:
        """Return the derivatives of the loss by w and by b."""
        level = self.level(weight, bias)
        return self.x_deviation * (self.x_deviation * (weight - self.weight)) + self.x_mean * level, level

    def level(self, weight: float, bias: float) -> float:
        """Return how far a line runs above the rows in the mean; 0 where rounding alone could make it so."""
        change = weight - self.weight
        level = bias - self.bias + self.x_mean * change
        sizes = abs(bias) + abs(self.bias) + abs(self.x_mean) * (abs(weight) + abs(self.weight))
        return level if abs(level) > _ROUNDING * sizes else 0.0


def build_manual_fit(x: ArrayLike, y: ArrayLike, fit: ClosedForm | None = None) -> ManualFit:
    """Return the problem of a line through x (n,) and y (n,); `fit` is its closed form if it is known already.

    Raises InputError for missing or infinite values, for values beyond 1e100, for lengths that do not match, for no
    rows, and for a `fit` of other rows.

    >>> problem = build_manual_fit([0.0, 2.0], [1.0, 5.0])
    >>> problem.loss(2.0, 1.0), problem.loss(2.0, 2.0), problem.gradient(2.0, 2.0)
    (0.0, 0.5, (1.0, 1.0))
    """
    matrix, labels = check_X_y(_column(x), y)
    for values, name in ((matrix, "x"), (labels, "y")):
        if max(values.max(), -values.min()) > LARGEST_VALUE:
            raise InputError(_("{name} holds values beyond 1e100; divide them by a constant first.").format(name=name))
    if fit is None:
        fit = solve_closed_form(matrix, labels)
    else:
        check_fit(fit, matrix, labels)
    x_mean, x_deviation = _mean_and_deviation(matrix)
    y_mean, y_deviation = _mean_and_deviation(labels)
    return ManualFit(
        rows=len(labels),
        x_mean=x_mean,
        x_deviation=x_deviation,
        y_mean=y_mean,
        y_deviation=y_deviation,
        x_range=(float(matrix.min()), float(matrix.max())),
        y_range=(float(labels.min()), float(labels.max())),
        fit=fit,
    )


def most_correlated(X: ArrayLike, y: ArrayLike) -> int:
    """Return which column of X (n, d) is most correlated with y (n,), rising or falling; the first of equals.

    A column that never varies has no correlation and counts as 0. Raises InputError as `evaluate` does.

    >>> most_correlated([[1.0, 0.0], [1.0, 2.0], [0.0, 1.0]], [0.0, -4.0, -2.0])
    1
    """
    matrix, labels = check_X_y(X, y)
    scaling = fit_scaling(matrix)
    target = (labels - labels.mean()) / (np.abs(labels - labels.mean()).max() or 1.0)
    shares = [
        abs(float(((column - centre) / spread) @ target)) if np.ptp(column) > 0 else 0.0
        for column, centre, spread in zip(matrix.T, scaling.centre, scaling.spread, strict=True)
    ]
    best = max(shares)
    return next(index for index, share in enumerate(shares) if share >= best * (1 - 1e-12))


def score_lines(
    problem: ManualFit,
    lines: Mapping[str, tuple[float, float]],
    x: ArrayLike,
    y: ArrayLike,
    x_test: ArrayLike | None = None,
    y_test: ArrayLike | None = None,
) -> pd.DataFrame:
    """Score lines, given by name as (w, b), on the rows of the problem, and on test rows if there are any.

    Returns one row per line: line, weight, bias, loss, gap (how much the loss is above the closed form's, never a
    difference of two nearly equal losses), rmse, and rmse_test if there are test rows.
    """
    matrix, labels = check_X_y(_column(x), y)
    test = check_test_rows(None if x_test is None else _column(x_test), y_test, 1)
    rows = []
    for name, (weight, bias) in lines.items():
        row = {"line": name, "weight": weight, "bias": bias, "loss": problem.loss(weight, bias)}
        row |= {"gap": problem.gap(weight, bias), "rmse": _rmse(matrix, labels, weight, bias)}
        rows.append(row if test is None else row | {"rmse_test": _rmse(*test, weight, bias)})
    return pd.DataFrame(rows)


def _rmse(x: Array, y: Array, weight: float, bias: float) -> float:
    with np.errstate(over="ignore"):
        return score(y, x[:, 0] * weight + bias).rmse


def _column(x: ArrayLike) -> Array:
    values = as_array(x, "x")
    return check_array(values[:, None] if values.ndim == 1 else values, "x")


def _mean_and_deviation(values: Array) -> tuple[float, float]:
    """Return both, free of overflow and underflow; the second is exactly 0 for values that never vary."""
    if np.ptp(values) == 0:
        return float(values.flat[0]), 0.0
    rough = values.mean()
    mean = float(rough + (values - rough).mean())
    largest = float(np.abs(values - mean).max())
    return mean, largest * float(np.sqrt(np.square((values - mean) / largest).mean()))


def _around(middle: float, half: float, secret: float) -> tuple[float, float]:
    """Return a range of width 2 · half near `middle` with short ends, in whose middle `secret` does not lie."""
    half = min(max(half, 16 * float(np.spacing(abs(middle)))), _WIDEST)
    digit = math.floor(math.log10(half)) - 1
    for side in (-_ASIDE, _ASIDE):
        low, high = (_rounded(middle + half * (side + way), digit, way) for way in (-1, 1))
        if abs(secret - (low + high) / 2) > _NEAR * half:
            break
    return low, high


def _rounded(value: float, digit: int, way: int) -> float:
    """Return the value rounded away from the middle, to a multiple of 10 to the power of `digit`."""
    unit = 10.0**digit
    return round((math.floor if way < 0 else math.ceil)(value / unit) * unit, -digit)
