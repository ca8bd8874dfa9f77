"""What each row does to the closed form, and what the fit would be without it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.errors import InputError
from core.language import _
from core.regression.data.metrics import score
from core.regression.data.minibatches import Rows
from core.regression.data.validation import Array, ArrayLike, check_array, check_names, check_X_y
from core.regression.diagnostics.leverage import Leverage, fit_leverage
from core.regression.diagnostics.near_one import NearOne, without_each
from core.regression.diagnostics.residuals import Residuals, find_residuals
from core.regression.least_squares.closed_form import ClosedForm, solve_closed_form
from core.regression.linalg.row_blocks import row_blocks
from core.regression.sgd.objective import check_fit

_NOTHING = 1e-12  # a smaller share of the sum of squares is what rounding leaves of none


@dataclass(frozen=True, eq=False)
class Influence:
    """How each of n rows bears on the closed form.

    The studentized residuals, deviation_without and cook are NaN in a pinned row, and all of them for a perfect fit, or
    if no residuals are left to estimate the noise from; externally_studentized and deviation_without also if nothing is
    left once a row is left out.

    Attributes:
        residuals: of the closed form.
        rows: the rows as far as leverage depends on them.
        leverage (n,): h, how far the prediction for a row moves when its own label moves by 1, between 1/n and 1; they
            sum to the rank.
        internally_studentized (n,): the residual t = r/(s√(1 - h)).
        externally_studentized (n,): t with deviation_without in place of s, infinite if that is 0.
        deviation_without (n,): s of the fit without the row.
        cook (n,): Cook's distance, t² h/((1 - h) rank).
        pinned (n,): whether h is 1; such a row alone decides its own prediction, and its residual is 0 whatever its
            label.
        without (n,): 1 - h and the residual in the fit without the row, with the digits that 1 - leverage has lost.
    """

    residuals: Residuals
    rows: Leverage
    leverage: Array
    internally_studentized: Array
    externally_studentized: Array
    deviation_without: Array
    cook: Array
    pinned: npt.NDArray[np.bool_]
    without: NearOne


def find_influence(X: ArrayLike, y: ArrayLike, fit: ClosedForm) -> Influence:
    """Return the influence of each row on `fit`, the closed form of X (n, d) and y (n,) with an intercept.

    The formulas are those of R. D. Cook & S. Weisberg 1982, "Residuals and Influence in Regression": what a fit would
    be without a row follows from its residual and leverage, and nothing is fitted again.
    Raises InputError if the fit belongs to other rows.
    """
    matrix, labels = check_X_y(X, y)
    check_fit(fit, matrix, labels)
    residuals = find_residuals(matrix, labels, fit.weights, fit.bias, fit.rank)
    rows = fit_leverage(matrix, fit)
    leverage = np.minimum(np.concatenate([rows.of(block) for block in row_blocks(matrix)]), 1.0)
    each = without_each(matrix, labels, residuals.residuals, leverage, fit.rank)
    leverage = np.where(each.room < leverage, 1.0 - each.room, leverage)
    internal = studentise(residuals, each.room)
    for row in each.fits if residuals.deviation and not residuals.perfect else ():
        internal[row] = each.deleted[row] * math.sqrt(each.room[row]) / (residuals.deviation or 1.0)
    freedom = len(labels) - fit.rank
    without = np.full_like(internal, np.nan)
    if freedom > 1 and residuals.deviation:
        left = freedom - np.square(internal)
        left[left <= _NOTHING * freedom] = 0.0
        without = residuals.deviation * np.sqrt(left / (freedom - 1))
        for row, again in each.fits.items():
            without[row] = again.residual_deviation if again.residual_deviation is not None else np.nan
    with np.errstate(divide="ignore", invalid="ignore"):
        external = internal * (residuals.deviation or 0.0) / without
        cook = np.square(internal) * leverage / (each.room * fit.rank)
    return Influence(residuals, rows, leverage, internal, external, without, cook, each.pinned, each)


def studentise(residuals: Residuals, room: Array) -> Array:
    """Return r/(s√(1 - h)) for room = 1 - h (n,).

    NaN where that is 0, and everywhere for a perfect fit or without an estimate of the noise.
    """
    result = np.full_like(room, np.nan)
    if residuals.deviation and not residuals.perfect:
        free = room > 0
        result[free] = residuals.residuals[free] / (residuals.deviation * np.sqrt(room[free]))
    return result


def leave_each_out(
    influence: Influence, X: ArrayLike, fit: ClosedForm, rows: Rows, names: Sequence[str] | None
) -> pd.DataFrame:
    """Return what the fit would be without one row, for each of the positions `rows` (m,) in X (n, d).

    Columns row, cook, leverage, residual, external, fitted, without (the prediction for the row by the fit without it),
    coefficient (the one that would change most, in its standard errors without the row; it may be the bias)
    and dfbetas: that change, the fit less the one without the row. With dependent columns the minimum-norm solutions
    are compared, as `solve_closed_form` returns them. Where Influence has NaN so has this,
    and "" for the coefficient.
    """
    matrix = check_array(X)[rows]
    d = matrix.shape[1]
    named = [*(check_names(names, d) or [f"w{j + 1}" for j in range(d)]), _("bias")]
    residuals, place = influence.residuals, influence.rows
    gain = influence.without.deleted[rows]
    weights = ((matrix - place.centre) @ place.root * gain[:, None]) @ place.root.T
    changes = np.column_stack([weights, gain / place.rows - weights @ place.centre])
    directions = fit.null_space.numpy()
    for _pass in range(2):  # the second removes the rounding error of the first
        changes = changes - (changes @ directions) @ directions.T
    own = np.append(fit.weights.numpy(), fit.bias)
    for number, row in enumerate(np.asarray(rows).tolist()):
        if row in influence.without.fits:
            again = influence.without.fits[row]
            changes[number] = own - np.append(again.weights.numpy(), again.bias)
    shares = in_errors(changes, fit)
    with np.errstate(divide="ignore", invalid="ignore"):
        shares *= (residuals.deviation or np.nan) / influence.deviation_without[rows][:, None]
    known = np.asarray(np.isfinite(shares).any(axis=1))
    most = np.where(np.isfinite(shares), np.abs(shares), -1.0).argmax(axis=1)
    return pd.DataFrame({
        "row": rows,
        "cook": influence.cook[rows],
        "leverage": influence.leverage[rows],
        "residual": residuals.residuals[rows],
        "externally_studentized": influence.externally_studentized[rows],
        "fitted": residuals.fitted[rows],
        "without": residuals.fitted[rows] - influence.leverage[rows] * gain,
        "coefficient": [named[index] if sure else "" for index, sure in zip(most, known.tolist(), strict=True)],
        "dfbetas": np.where(known, shares[np.arange(len(rows)), most], np.nan),
    })  # fmt: skip


def in_errors(changes: Array, fit: ClosedForm) -> Array:
    """Return changes (…, d + 1) of weights and bias in standard errors of the fit; NaN where there are none."""
    if fit.standard_errors is None or fit.bias_standard_error is None:
        return np.full_like(changes, np.nan)
    errors = np.append(fit.standard_errors.numpy(), fit.bias_standard_error)
    result: Array = np.divide(changes, errors, out=np.full_like(changes, np.nan), where=errors > 0)
    return result


def cook_contours(rank: int, highest: float, reach: float, levels: Sequence[float]) -> pd.DataFrame:
    """Return where Cook's distance has these levels: leverage, internal, level and side ("above" or "below" 0).

    Leverages up to `highest` < 1, from where internal is within ±reach.

    >>> cook_contours(2, 0.5, 2.0, [1.0]).round(3).iloc[-1].to_dict()
    {'leverage': 0.5, 'internally_studentized': -1.414, 'level': 1.0, 'side': 'below'}
    """
    parts = []
    for level in levels:
        # t² = level · rank · (1 - h)/h, so the curve enters the plot at this leverage
        first = level * rank / (reach**2 + level * rank)
        if first < highest:
            leverage = np.linspace(first, highest, 80)
            internal = np.sqrt(level * rank * (1.0 - leverage) / leverage)
            for side, sign in (("above", 1.0), ("below", -1.0)):
                parts.append(
                    pd.DataFrame(
                        {"leverage": leverage, "internally_studentized": sign * internal, "level": level, "side": side}
                    )
                )
    columns = {
        "leverage": np.zeros(0),
        "internally_studentized": np.zeros(0),
        "level": np.zeros(0),
        "side": np.zeros(0, dtype=str),
    }
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns)


@dataclass(frozen=True, eq=False)
class Refit:
    """The closed form of the rows that stay.

    Attributes:
        fit: that closed form.
        kept: the positions of the rows that stay.
        coefficients: coefficient (the name), all_rows, without, change (without - all_rows), and change_in_errors, the
            change in standard errors of the fit of all rows, NaN where there are none.
        loss_before: of the fit of all rows, on the rows that stay.
        loss: of this fit, on the rows that stay.
        test_loss_before: of the fit of all rows, on the test rows; None without such.
        test_loss: of this fit, on the test rows; None without such.
    """

    fit: ClosedForm
    kept: Rows
    coefficients: pd.DataFrame
    loss_before: float
    loss: float
    test_loss_before: float | None
    test_loss: float | None


def refit_without(
    X: ArrayLike,
    y: ArrayLike,
    rows: Sequence[int],
    fit: ClosedForm,
    names: Sequence[str],
    X_test: ArrayLike | None = None,
    y_test: ArrayLike | None = None,
) -> Refit:
    """Fit X (n, d) and y (n,) again without the rows at these positions, and compare with `fit`, that of all rows.

    Raises InputError for a position outside 0 … n - 1, and if no row is left.
    """
    matrix, labels = check_X_y(X, y)
    stays = np.ones(len(labels), dtype=np.bool_)
    for row in rows:
        if not 0 <= row < len(labels):
            raise InputError(_("There are rows 0 to {last}, and no row {row}.").format(last=len(labels) - 1, row=row))
        stays[row] = False
    if not stays.any():
        raise InputError(_("All rows are left out; keep at least one to fit."))
    again = solve_closed_form(matrix[stays], labels[stays], feature_names=names)
    before, after = (np.append(each.weights.numpy(), each.bias) for each in (fit, again))
    change = after - before
    coefficients = pd.DataFrame({
        "coefficient": [*names, _("bias")],
        "all_rows": before,
        "without": after,
        "change": change,
        "change_in_errors": in_errors(change, fit),
    })  # fmt: skip
    test = None if X_test is None or y_test is None else check_X_y(X_test, y_test, ("X_test", "y_test"))
    return Refit(
        fit=again,
        kept=np.flatnonzero(stays),
        coefficients=coefficients,
        loss_before=_loss(fit, matrix[stays], labels[stays]),
        loss=again.loss,
        test_loss_before=None if test is None else _loss(fit, *test),
        test_loss=None if test is None else _loss(again, *test),
    )


def _loss(fit: ClosedForm, X: Array, y: Array) -> float:
    return score(y, fit.predict(X).numpy()).loss
