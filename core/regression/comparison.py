"""Minibatch SGD beside the closed form: parameters, losses, and how far apart they are."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.errors import InputError
from core.language import _, ngettext
from core.regression.closed_form import ClosedForm
from core.regression.inputs import Array, ArrayLike, as_array, as_problem
from core.regression.problem import check_fit, check_names, check_test_rows, pose_problem
from core.regression.scaling import Scaling, fit_scaling
from core.regression.scores import score
from core.regression.sgd import SgdRun


@dataclass(frozen=True, eq=False)
class Comparison:
    """Two answers to the same question.

    coefficients: one row per feature, then the bias: coefficient (its name), true (if known), sgd, closed_form,
    difference (sgd - closed_form), standard_error (of the closed form, if it has one), and the same three per standard
    deviation of the feature, with the bias at the mean row: sgd_standardised, closed_form_standardised,
    difference_standardised. If infinitely many parameters predict these rows equally well, each column holds the
    smallest of those that predict as its model does, smallest in its own units, and sgd_as_it_landed holds what SGD
    reached.
    scores: one row per model (sgd, closed_form) and part (train, test): loss, rmse, r_squared (None if the labels never
    vary), rows.
    gap: how much the loss of SGD on the training rows is above the smallest; relative_gap: the same, divided by the
    smallest loss, or None if that is 0. notes: what has to be said about the table, in sentences.
    """

    coefficients: pd.DataFrame
    scores: pd.DataFrame
    gap: float
    relative_gap: float | None
    notes: tuple[str, ...]


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
    """Set a run beside the closed form of the same training rows X (n, d) and y (n,), in the units of the table.

    The gap is the quadratic form of the distance between the two, never a difference of two nearly equal losses.
    Raises InputError if the run, the fit, the test rows or the names do not belong to d columns.
    """
    matrix, labels = as_problem(X, y)
    columns = matrix.shape[1]
    names = check_names(feature_names, columns) or [f"w{j + 1}" for j in range(columns)]
    for found, what in ((len(run.weights), _("the run")), (len(fit.weights), _("the closed form"))):
        if found != columns:
            raise InputError(
                _("X has {columns} columns and {what} has {found} weights; compare what was trained on X.").format(
                    columns=columns, what=what, found=found
                )
            )
    gap = _gap(run, fit, matrix, labels)
    notes = []
    if fit.rank < fit.columns:
        notes.append(_rank_note(fit))
    if run.diverged:
        notes.append(run.note)
    return Comparison(
        coefficients=_coefficients(run, fit, matrix, names, _truth(true_weights, true_bias, columns)),
        scores=_scores(run, fit, (matrix, labels), check_test_rows(X_test, y_test, columns)),
        gap=gap,
        relative_gap=gap / fit.loss if fit.loss > 0 else None,
        notes=tuple(notes),
    )


def _gap(run: SgdRun, fit: ClosedForm, X: Array, y: Array) -> float:
    check_fit(fit, X, y)
    if fit is run.closed_form:
        return run.gap
    problem = pose_problem(X, y, fit=fit)
    return float(problem.gap(np.append(run.weights.numpy(), run.bias)))


def _coefficients(run: SgdRun, fit: ClosedForm, X: Array, names: list[str], truth: Array | None) -> pd.DataFrame:
    scaling = fit_scaling(X)
    landed = np.append(run.weights.numpy(), run.bias)
    exact = np.append(fit.weights.numpy(), fit.bias)
    sgd = landed
    if fit.rank < fit.columns:
        weights, bias = fit.smallest(run.weights, run.bias)
        sgd = np.append(np.asarray(weights), bias)
    basis = _standardised_null_space(fit, scaling)
    sgd_standardised, exact_standardised = (
        parameters - basis @ (basis.T @ parameters)
        for parameters in (np.append(*scaling.to_standard(raw[:-1], raw[-1])) for raw in (sgd, exact))
    )
    table: dict[str, object] = {"coefficient": [*names, _("bias")]}
    if truth is not None:
        table["true"] = truth
    table |= {"sgd": sgd, "closed_form": exact, "difference": sgd - exact}
    if fit.standard_errors is not None and fit.bias_standard_error is not None:
        table["standard_error"] = np.append(fit.standard_errors.numpy(), fit.bias_standard_error)
    table |= {
        "sgd_standardised": sgd_standardised,
        "closed_form_standardised": exact_standardised,
        "difference_standardised": sgd_standardised - exact_standardised,
    }
    if sgd is not landed:
        table["sgd_as_it_landed"] = landed
    return pd.DataFrame(table)


def _standardised_null_space(fit: ClosedForm, scaling: Scaling) -> Array:
    """Return an orthonormal basis (d + 1, k) of the directions along which no prediction changes, bias last.

    The smallest parameters depend on the units. In those of the table the bias has its share in them, and the weights
    of one-hot columns come out large; for standardised features, whose mean is 0, the bias has none, and the weights
    say how each category differs from the mean row.
    """
    null_space = fit.null_space.numpy()
    weights, bias = scaling.to_standard(null_space[:-1].T, null_space[-1])
    return np.asarray(np.linalg.qr(np.column_stack([weights, bias]).T).Q)


def _scores(run: SgdRun, fit: ClosedForm, train: tuple[Array, Array], test: tuple[Array, Array] | None) -> pd.DataFrame:
    models = {"sgd": (run.weights.numpy(), run.bias), "closed_form": (fit.weights.numpy(), fit.bias)}
    parts = {"train": train} if test is None else {"train": train, "test": test}
    rows = [
        {"model": model, "part": part, **vars(score(labels, matrix @ weights + bias))}
        for part, (matrix, labels) in parts.items()
        for model, (weights, bias) in models.items()
    ]
    return pd.DataFrame(rows)


def _truth(weights: ArrayLike | None, bias: float | None, columns: int) -> Array | None:
    if weights is None and bias is None:
        return None
    if weights is None or bias is None:
        raise InputError(_("true_weights and true_bias belong together; only one of them came."))
    truth = np.append(as_array(weights, "true_weights"), as_array(bias, "true_bias"))
    if truth.shape != (columns + 1,):
        raise InputError(
            _("true_weights needs {columns} numbers, one for each column; {found} came.").format(
                columns=columns, found=truth.size - 1
            )
        )
    return truth


def _rank_note(fit: ClosedForm) -> str:
    free = fit.columns - fit.rank
    return ngettext(
        "The columns and the intercept have rank {rank}, one less than their number, so infinitely many parameters"
        " predict these rows equally well; the smallest ones that predict like SGD are shown beside the closed form.",
        "The columns and the intercept have rank {rank}, {free} less than their number, so infinitely many parameters"
        " predict these rows equally well; the smallest ones that predict like SGD are shown beside the closed form.",
        free,
    ).format(rank=fit.rank, free=free)
