"""The errors of a model after an honest and after a leaky preparation, split by split."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np
import pandas as pd

from core.errors import InputError
from core.preprocessing.insight.averages import Average, average_over_splits
from core.preprocessing.recipes.recipe import Recipe
from core.preprocessing.recipes.splitting import split_rows

if TYPE_CHECKING:
    from core.preprocessing.recipes.fitted import Prepared

Verdict: TypeAlias = Literal["nothing_held_out", "not_measured", "same", "flatters", "worsens", "unclear"]

COLUMNS = ("seed", "honest_training", "leaky_training", "honest_test", "leaky_test")
ROUNDING = 1e-9  # of the label's standard deviation: errors that differ by less differ by rounding


def measure_errors(frame: pd.DataFrame, recipe: Recipe, test_share: float, seeds: Sequence[int]) -> pd.DataFrame:
    """Return one row per split that can be measured: its seed and four RMSEs, in the unit of the label.

    In each, the closed form is trained on the training rows, prepared honestly (fitted on them) and leakily (fitted on
    all rows of `frame`). A split whose training rows cannot be prepared or solved is left out.
    """
    leaky = recipe.fit(frame).transform(frame)
    found = []
    for seed in seeds:
        train, _test = split_rows(frame, recipe, test_share, seed)
        try:
            honest = recipe.fit(frame.loc[train]).transform(frame)
            errors = [*_rmse(honest, train), *_rmse(leaky, train)]
        except InputError:
            continue
        if np.isfinite(errors).all():
            found.append((seed, errors[0], errors[2], errors[1], errors[3]))
    return pd.DataFrame(found, columns=list(COLUMNS))


def average_difference(errors: pd.DataFrame, training_rows: int, test_rows: int) -> Average | None:
    """Return the average of the test error's difference, leaky less honest, or None if no split was measured."""
    difference = errors["leaky_test"] - errors["honest_test"]
    return average_over_splits(difference.tolist(), training_rows, test_rows) if len(errors) else None


def judge(errors: pd.DataFrame, average: Average | None, labels: pd.Series) -> Verdict:
    """Say what the splits show: whether leaking flatters or worsens the test error, beyond what chance explains."""
    if average is None:
        return "not_measured"
    with np.errstate(over="ignore", invalid="ignore"):
        rounding = ROUNDING * float(np.nan_to_num(labels.std(ddof=0))) + 1e-14 * float(labels.abs().max())
    if (errors["leaky_test"] - errors["honest_test"]).abs().max() <= rounding:
        return "same"
    if average.high is not None and average.high < 0:
        return "flatters"
    if average.low is not None and average.low > 0:
        return "worsens"
    return "unclear"


def _rmse(prepared: "Prepared", train: pd.Index) -> tuple[float, float]:
    """Return the RMSE on training rows and on test rows of the closed form trained on the training rows."""
    from core.regression import evaluate, solve_closed_form

    learns = prepared.rows.isin(train)
    X, y = prepared.X, prepared.y
    fit = solve_closed_form(X[learns], y[learns])
    training = evaluate(X[learns], y[learns], fit.weights, fit.bias)
    return training.rmse, evaluate(X[~learns], y[~learns], fit.weights, fit.bias).rmse
