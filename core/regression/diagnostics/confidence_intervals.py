"""Intervals of the coefficients of the closed form, of its predictions, and of differences between them.

All are those of classical inference (noise independent, normal, of constant variance), and all are Student's: the
estimate ± t standard errors, with n - rank degrees of freedom.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.errors import InputError
from core.language import _
from core.regression.data.validation import Array, ArrayLike, as_array, check_array
from core.regression.diagnostics.leverage import Leverage
from core.regression.least_squares.closed_form import ClosedForm
from core.regression.least_squares.standard_errors import check_confidence, student_quantile

UNITS = ("", "_standardised")  # what the names of the columns of coefficients end in


@dataclass(frozen=True)
class Estimate:
    """A combination of coefficients: its value, standard error and interval.

    The standard error and the interval are None if the rows do not determine the combination, or no residuals are left
    to estimate the noise from.

    Attributes:
        value: by the closed form.
        estimable: whether the rows determine it.
        standard_error: of the value.
        low: the lower end of the interval.
        high: the upper end.
    """

    value: float
    estimable: bool
    standard_error: float | None
    low: float | None
    high: float | None


def reach(freedom: int, confidence: float) -> float:
    """Return half the width of an interval in standard errors; NaN with no degrees of freedom.

    Raises InputError unless confidence lies between 0 and 1.

    >>> round(reach(10, 0.95), 6), reach(0, 0.95)
    (2.228139, nan)
    """
    checked = check_confidence(confidence)
    return student_quantile(freedom, checked) if freedom > 0 else float("nan")


def predict_intervals(fit: ClosedForm, leverage: Leverage, X: ArrayLike, confidence: float = 0.95) -> pd.DataFrame:
    """Return predictions and intervals of the closed form for rows X (k, d): one row for each, in its units.

    prediction; leverage h, see `Leverage`; estimable: whether the training rows determine the prediction.
    standard_error: σ√h, that of the mean of all rows like this one; mean_low, mean_high: the interval of that mean.
    row_low, row_high: the interval in which a single new row falls, σ²(1 + h) wide of variance.
    What is not estimable has a prediction, that of the minimum-norm coefficients, and NaN for the rest; so have all
    rows with as many independent columns as rows. Raises InputError for other columns or a confidence that is no
    probability.
    """
    matrix = check_array(X)
    predicted, lean, estimable = fit.predict(matrix).numpy(), leverage.of(matrix), leverage.estimable(matrix)
    deviation = np.nan if fit.residual_deviation is None else fit.residual_deviation
    errors = np.where(estimable, deviation * np.sqrt(lean), np.nan)
    factor = reach(leverage.rows - leverage.rank, confidence)
    wide = factor * np.hypot(errors, deviation)
    return pd.DataFrame({
        "prediction": predicted,
        "leverage": np.where(estimable, lean, np.nan),
        "estimable": estimable,
        "standard_error": errors,
        "mean_low": predicted - factor * errors,
        "mean_high": predicted + factor * errors,
        "row_low": predicted - wide,
        "row_high": predicted + wide,
    })  # fmt: skip


def combine(
    fit: ClosedForm, leverage: Leverage, weights: ArrayLike, bias: float = 0.0, confidence: float = 0.95
) -> Estimate:
    """Return Σ weights·w + bias·b for the closed form's w (d,) and b, such as the difference of two coefficients.

    With dependent columns a coefficient may not be determined while a difference of two is: that of two categories.
    Raises InputError for another number of weights or a confidence that is no probability.

    >>> from core.regression.least_squares.closed_form import solve_closed_form
    >>> from core.regression.diagnostics.leverage import fit_leverage
    >>> X, y = [[1, 0], [1, 0], [0, 1], [0, 1]], [5.0, 7.0, 1.0, 3.0]
    >>> fit = solve_closed_form(X, y)
    >>> found = combine(fit, fit_leverage(X, fit), [1, -1])
    >>> found.estimable, round(found.value, 9), round(found.standard_error, 9)
    (True, 4.0, 1.414213562)
    """
    shares = as_array(weights, "weights")
    if shares.shape != tuple(fit.weights.shape):
        raise InputError(
            _("weights needs shape ({needed},); its shape is {shape}.").format(
                needed=len(fit.weights), shape=tuple(shares.shape)
            )
        )
    share = float(as_array(bias, "bias"))
    value = float(shares @ fit.weights.numpy() + share * fit.bias)
    rows = shares[None], np.array([share])
    estimable = bool(leverage.estimable_combinations(*rows)[0])
    factor = reach(leverage.rows - leverage.rank, confidence)
    if not estimable or fit.residual_deviation is None:
        return Estimate(value, estimable, None, None, None)
    error = fit.residual_deviation * float(np.sqrt(leverage.of_combinations(*rows)[0]))
    return Estimate(value, True, error, value - factor * error, value + factor * error)


def judged(table: pd.DataFrame, freedom: int, confidence: float, suffixes: Sequence[str] = ("",)) -> pd.DataFrame:
    """Return a table of coefficients with intervals, and what lies within them; see `Comparison` for its columns.

    For each suffix it reads standard_error, estimable, the estimate (least_squares if it is there, else closed_form),
    sgd and true, if that is there; and writes low, high, errors_away, sgd_within and true_within. `freedom` is
    n - rank.
    """
    factor = reach(freedom, confidence)
    result = table.copy()
    for suffix in suffixes:
        middle = "least_squares" if f"least_squares{suffix}" in table else "closed_form"
        centre = table[middle + suffix].to_numpy()
        error = np.where(table[f"estimable{suffix}"], table[f"standard_error{suffix}"], np.nan)
        low, high = centre - factor * error, centre + factor * error
        away = np.abs(table[f"sgd{suffix}"].to_numpy() - centre)
        result[f"low{suffix}"], result[f"high{suffix}"] = low, high
        result[f"errors_away{suffix}"] = np.divide(away, error, where=error > 0, out=np.full_like(away, np.nan))
        for which in ("sgd", "true"):
            if which + suffix in table:
                result[f"{which}_within{suffix}"] = _within(table[which + suffix].to_numpy(), low, high)
    return result


def _within(values: Array, low: Array, high: Array) -> pd.arrays.BooleanArray:
    """Return which values lie in their intervals; missing where there is no interval."""
    return pd.arrays.BooleanArray((low <= values) & (values <= high), np.isnan(low))
