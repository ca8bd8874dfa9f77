"""The coefficients of both models in both units, and how sure the closed form is of each."""

import numpy as np
import pandas as pd

from core.language import _
from core.regression.closed_form import ClosedForm
from core.regression.inputs import Array
from core.regression.intervals import judged
from core.regression.landing import trained_null_space
from core.regression.leverage import estimable_coefficients
from core.regression.scaling import Scaling, fit_scaling
from core.regression.sgd import SgdRun

UNITS = ("", "_standardised")  # what the names of the columns end in


def tabulate(run: SgdRun, fit: ClosedForm, X: Array, names: list[str], truth: Array | None) -> pd.DataFrame:
    """Return the coefficients of a run and of the closed form of the same rows X (n, d), as `Comparison` tells them.

    truth: (d + 1,), the true parameters, bias last, if they are known.
    """
    scaling, ridge = fit_scaling(X), run.ridge
    landed = np.append(run.weights.numpy(), run.bias)
    solved = np.append(fit.weights.numpy(), fit.bias)
    table: dict[str, object] = {"coefficient": [*names, _("bias")]}
    if truth is not None:
        table |= {"true": truth, "true_standardised": _standardised(truth, scaling)}
    if ridge is not None:
        best = np.append(ridge.weights.numpy(), ridge.bias)
        table |= _beside(landed, best, _standardised(landed, scaling), _standardised(best, scaling))
        least = _smallest(solved, fit, scaling)
        table |= {"least_squares": solved, "least_squares_standardised": least}
    else:
        weights, bias = fit.smallest(run.weights, run.bias) if fit.rank < fit.columns else (run.weights, run.bias)
        sgd = np.append(np.asarray(weights), bias)
        table |= _beside(sgd, solved, _smallest(sgd, fit, scaling), _smallest(solved, fit, scaling))
        if fit.rank < fit.columns:
            table["sgd_as_it_landed"] = landed
    table |= _certainty(fit, X, scaling)
    return judged(pd.DataFrame(table), len(X) - fit.rank, fit.confidence, UNITS)


def _beside(sgd: Array, exact: Array, sgd_standardised: Array, exact_standardised: Array) -> dict[str, Array]:
    return {
        "sgd": sgd,
        "closed_form": exact,
        "difference": sgd - exact,
        "sgd_standardised": sgd_standardised,
        "closed_form_standardised": exact_standardised,
        "difference_standardised": sgd_standardised - exact_standardised,
    }


def _standardised(parameters: Array, scaling: Scaling) -> Array:
    return np.append(*scaling.to_standard(parameters[:-1], parameters[-1]))


def _smallest(parameters: Array, fit: ClosedForm, scaling: Scaling) -> Array:
    """Return parameters for standardised features, without what can change there while no prediction does.

    The smallest parameters depend on the units. In those of the table the bias has its share in them, and the weights
    of one-hot columns come out large; for standardised features, whose mean is 0, the bias has none, and the weights
    say how each category differs from the mean row.
    """
    basis, standardised = trained_null_space(fit, scaling), _standardised(parameters, scaling)
    return standardised - basis @ (basis.T @ standardised)


def _certainty(fit: ClosedForm, X: Array, scaling: Scaling) -> dict[str, Array]:
    """Return standard errors in both units, and which coefficients the rows determine by themselves.

    A weight per standard deviation is a weight times the spread, and so is its error. The bias at the mean row is the
    mean label, whose error σ/√n needs no X at all; that of the bias at x = 0 holds that of all weights, through their
    covariance. Where a weight is not determined, the errors of the pseudo-inverse are those of the smallest solution in
    the table's units; in the other units there is none.
    """
    determined = estimable_coefficients(fit, X)
    errors = at_mean = np.full(len(determined), np.nan)
    if fit.standard_errors is not None and fit.residual_deviation is not None:
        errors = np.append(
            fit.standard_errors.numpy(), np.nan if fit.bias_standard_error is None else fit.bias_standard_error
        )
        weights = np.where(determined[:-1], errors[:-1] * scaling.spread, np.nan)
        at_mean = np.append(weights, fit.residual_deviation / np.sqrt(len(X)))
    return {
        "standard_error": errors,
        "standard_error_standardised": at_mean,
        "estimable": determined,
        "estimable_standardised": np.append(determined[:-1], True),
    }
