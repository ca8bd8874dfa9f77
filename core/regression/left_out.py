"""The closed form without some of the rows, beside that of all."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.errors import InputError
from core.language import _
from core.regression.closed_form import ClosedForm, solve_closed_form
from core.regression.influence import in_errors
from core.regression.inputs import Array, ArrayLike, as_problem
from core.regression.minibatches import Rows
from core.regression.scores import score


@dataclass(frozen=True, eq=False)
class LeftOut:
    """The closed form of the rows that stay. kept: their positions.

    coefficients: coefficient (the name), all_rows, without, change (without - all_rows), and change_in_errors, the
    change in standard errors of the fit of all rows, NaN where there are none. loss, test_loss: of this fit on the rows
    that stay and on the test rows, None without such; loss_before, test_loss_before: those of the fit of all rows.
    """

    fit: ClosedForm
    kept: Rows
    coefficients: pd.DataFrame
    loss_before: float
    loss: float
    test_loss_before: float | None
    test_loss: float | None


def leave_out(
    X: ArrayLike,
    y: ArrayLike,
    rows: Sequence[int],
    fit: ClosedForm,
    names: Sequence[str],
    X_test: ArrayLike | None = None,
    y_test: ArrayLike | None = None,
) -> LeftOut:
    """Fit X (n, d) and y (n,) again without the rows at these positions, beside `fit`, that of all rows.

    Raises InputError for a position outside 0 … n - 1, and if no row is left.
    """
    matrix, labels = as_problem(X, y)
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
    test = None if X_test is None or y_test is None else as_problem(X_test, y_test, ("X_test", "y_test"))
    return LeftOut(
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
