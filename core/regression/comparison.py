"""SGD and the closed form compared: coefficients in both units with standard errors and intervals, and metrics."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from core.errors import InputError
from core.formatting import format_general
from core.language import _, ngettext
from core.regression.convergence.min_norm import trained_null_space
from core.regression.data.metrics import score
from core.regression.data.predictions import predict
from core.regression.data.standardizer import Scaling, fit_scaling
from core.regression.data.validation import Array, ArrayLike, as_array, check_names, check_X_y
from core.regression.diagnostics.confidence_intervals import UNITS, judged
from core.regression.diagnostics.leverage import estimable_coefficients
from core.regression.least_squares.closed_form import ClosedForm, check_closed_form
from core.regression.least_squares.ridge import Ridge
from core.regression.least_squares.standard_errors import check_confidence
from core.regression.sgd.objective import build_objective, check_fit, check_test_rows
from core.regression.sgd.train import SgdRun


def tabulate(run: SgdRun, fit: ClosedForm, X: Array, names: list[str], truth: Array | None) -> pd.DataFrame:
    """Return the coefficients of a run and of the closed form of the same rows X (n, d), as described in `Comparison`.

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
    """Return parameters for standardised features, without their component in the null space there.

    The minimum-norm parameters depend on the units. In those of the table the bias takes part in the norm, and the
    weights of one-hot columns are large. For standardised features, whose mean is 0, it takes no part, and each weight
    is the difference of a category from the mean row.
    """
    basis, standardised = trained_null_space(fit, scaling), _standardised(parameters, scaling)
    return standardised - basis @ (basis.T @ standardised)


def _certainty(fit: ClosedForm, X: Array, scaling: Scaling) -> dict[str, Array]:
    """Return standard errors in both units, and which coefficients the rows determine individually.

    A weight per standard deviation is a weight times the spread, and so is its error. The bias at the mean row is the
    mean label, whose error σ/√n needs no X at all; that of the bias at x = 0 holds that of all weights, through their
    covariance. Where a weight is not determined, the errors of the pseudo-inverse are those of the minimum-norm
    solution in the table's units; in the other units there is none.
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


@dataclass(frozen=True, eq=False)
class Comparison:
    """The run and the closed form, compared.

    If infinitely many parameters predict these rows equally well, the columns of coefficients hold the smallest of
    those that predict as the model does, of minimum norm in their own units, and sgd_as_it_landed holds the parameters
    of the run. With a penalty, closed_form is that of the penalised objective, unique in any table, and least_squares
    the one without; SGD and the closed form are as they are, and standard errors and intervals are those of least
    squares. `at` gives the same at another confidence.

    The columns of coefficients: coefficient (its name), true (if known), sgd, closed_form, difference (sgd -
    closed_form), standard_error (of the closed form, by the pseudo-inverse; missing if it has none); estimable, whether
    the rows determine this coefficient individually, that is, whether it is the same in all least-squares solutions;
    low and high, the interval of the closed form at `confidence`, for estimable coefficients only; errors_away, how
    many standard errors SGD is from the closed form (missing without noise); sgd_within and true_within, whether the
    interval holds the one and the other. Each stands there twice, the second time per standard deviation of the
    feature, with the bias at the mean row: the names with _standardised.

    Attributes:
        coefficients: one row per feature, then the bias.
        scores: one row per model (sgd, closed_form and, with a penalty, least_squares) and part (train, test): loss,
            rmse, r_squared (None if the labels never vary), rows.
        gap: how much the loss of SGD on the training rows (with a penalty, the objective) is above the smallest.
        relative_gap: the same, divided by the smallest, or None if that is 0.
        notes: what has to be said about the table, a sentence each.
        freedom: the degrees of freedom that the noise was estimated with, n - rank.
        confidence: of the intervals.
    """

    coefficients: pd.DataFrame
    scores: pd.DataFrame
    gap: float
    relative_gap: float | None
    notes: tuple[str, ...]
    freedom: int
    confidence: float

    def at(self, confidence: float) -> "Comparison":
        """Return the same with intervals at another confidence. Raises InputError unless it is a probability."""
        checked = check_confidence(confidence)
        return replace(self, coefficients=judged(self.coefficients, self.freedom, checked, UNITS), confidence=checked)


def compare(
    run: SgdRun,
    fit: ClosedForm,
    X: ArrayLike,
    y: ArrayLike,
    *,
    X_test: ArrayLike | None = None,
    y_test: ArrayLike | None = None,
    feature_names: Sequence[str] | None = None,
    true_weights: ArrayLike | None = None,
    true_bias: float | None = None,
) -> Comparison:
    """Compare a run with the closed form of the same training rows X (n, d) and y (n,), in the units of the table.

    The gap is the quadratic form of the distance between the two, never a difference of two nearly equal losses.
    Raises InputError if the run, the fit, the test rows or the names do not belong to d columns.
    """
    matrix, labels = check_X_y(X, y)
    columns = matrix.shape[1]
    names = check_names(feature_names, columns) or [f"w{j + 1}" for j in range(columns)]
    if not hasattr(run, "history"):
        raise InputError(
            _("run has to be a run of SGD, as train_sgd returns it; got {kind}.").format(kind=type(run).__name__)
        )
    check_closed_form(fit)
    for found, what in ((len(run.weights), _("the run")), (len(fit.weights), _("the closed form"))):
        if found != columns:
            raise InputError(
                _(
                    "X has shape (n, {columns}), but the weights of {what} have length {found}; compare models "
                    "trained on X."
                ).format(columns=columns, what=what, found=found)
            )
    gap = _gap(run, fit, matrix, labels)
    notes = []
    if run.ridge is not None:
        notes.append(_penalty_note(run.ridge))
    elif fit.rank < fit.columns:
        notes.append(_rank_note(fit))
    smallest = fit.loss if run.ridge is None else run.ridge.objective
    if run.diverged:
        notes.append(run.note)
    return Comparison(
        coefficients=tabulate(run, fit, matrix, names, _truth(true_weights, true_bias, columns)),
        scores=_scores(run, fit, (matrix, labels), check_test_rows(X_test, y_test, columns)),
        gap=gap,
        relative_gap=gap / smallest if smallest > 0 else None,
        notes=tuple(notes),
        freedom=len(labels) - fit.rank,
        confidence=fit.confidence,
    )


def _gap(run: SgdRun, fit: ClosedForm, X: Array, y: Array) -> float:
    check_fit(fit, X, y)
    if fit is run.closed_form or run.ridge is not None:
        return run.gap
    objective = build_objective(X, y, fit=fit)
    return float(objective.gap(np.append(run.weights.numpy(), run.bias)))


def _scores(run: SgdRun, fit: ClosedForm, train: tuple[Array, Array], test: tuple[Array, Array] | None) -> pd.DataFrame:
    best = run.ridge or fit
    models = {"sgd": (run.weights.numpy(), run.bias), "closed_form": (best.weights.numpy(), best.bias)}
    if run.ridge is not None:
        models["least_squares"] = (fit.weights.numpy(), fit.bias)
    parts = {"train": train} if test is None else {"train": train, "test": test}
    rows = [
        {"model": model, "part": part, **vars(score(labels, predict(matrix, labels, weights, bias)))}
        for part, (matrix, labels) in parts.items()
        for model, (weights, bias) in models.items()
    ]
    return pd.DataFrame(rows)


def _truth(weights: ArrayLike | None, bias: float | None, columns: int) -> Array | None:
    if weights is None and bias is None:
        return None
    if weights is None or bias is None:
        raise InputError(_("true_weights and true_bias belong together; got only one of them."))
    truth = np.append(as_array(weights, "true_weights"), as_array(bias, "true_bias"))
    if truth.shape != (columns + 1,):
        raise InputError(
            _("true_weights needs one number for each column, {columns} in all; got {found}.").format(
                columns=columns, found=truth.size - 1
            )
        )
    return truth


def _penalty_note(ridge: Ridge) -> str:
    return _(
        "With the penalty {penalty}, SGD is compared with the closed form of the penalised objective, ridge "
        "regression. It shrinks the coefficients towards 0 on purpose, so the intervals are those of least squares, "
        "without the penalty."
    ).format(penalty=format_general(ridge.penalty))


def _rank_note(fit: ClosedForm) -> str:
    free = fit.columns - fit.rank
    return ngettext(
        "The columns and the intercept have rank {rank}, one less than their number, so infinitely many sets of "
        "parameters predict these rows equally well; the one of minimum norm that predicts like SGD is compared "
        "with the closed form.",
        "The columns and the intercept have rank {rank}, {free} less than their number, so infinitely many sets of "
        "parameters predict these rows equally well; the one of minimum norm that predicts like SGD is compared "
        "with the closed form.",
        free,
    ).format(rank=fit.rank, free=free)
