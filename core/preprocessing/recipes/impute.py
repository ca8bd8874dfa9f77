"""Imputation from the other columns of the same row, with scikit-learn's KNNImputer and IterativeImputer."""

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from core.errors import LimitError
from core.formatting import format_count
from core.language import _
from core.preprocessing.recipes.choices import Fill
from core.preprocessing.recipes.scale import learn_scale, saturate

Array = npt.NDArray[np.float64]

NEIGHBOURS = 5
ROUNDS = 10
MOST_NEAREST_WORK = 2 * 10**9  # numbers compared: about half a minute
MOST_ITERATIVE_WORK = 2 * 10**8  # rows times columns cubed: about half a minute
FEWEST_COLUMNS = 8  # comparing rows in fewer columns takes no less time
FARTHEST = 1e6  # standard deviations
WORKING_MEMORY = 64  # megabytes for scikit-learn's table of distances; its own limit is 1,024


@dataclass(frozen=True, eq=False)
class FittedImputer:
    """Models of the columns that become one number in each row, fitted on the training rows.

    The models see (x - centre) / spread, no farther than a million from 0.

    What a model fills into a row does not depend on the other rows given, but for the rounding of scikit-learn's sums
    and, for `nearest`, which of several training rows at exactly the same distance are taken.

    Attributes:
        columns (k,): the names of these columns, all that have a training value.
        centre (k,): the means of the training values.
        spread (k,): their standard deviations.
        training (m, k): the encoded, unscaled training values, NaN where one was missing, whatever fills it elsewhere.
        models: by the name of the fill.
    """

    columns: tuple[str, ...]
    centre: tuple[float, ...]
    spread: tuple[float, ...]
    training: Array
    models: Mapping[str, Any]

    def fill(self, fill: Fill, encoded: Array, columns: Sequence[str]) -> Array:
        """Return these columns of the encoded rows (n, k) with missing values filled by this model, shape (n, columns).

        Raises LimitError if finding the nearest rows would take too long.
        """
        places = [self.columns.index(name) for name in columns]
        filled: Array = encoded[:, places]
        rows = np.flatnonzero(np.isnan(filled).any(axis=1))
        if not len(rows):
            return filled
        if fill == "nearest":
            check_nearest(len(rows), *self.training.shape)
        predicted = self._predict(fill, encoded[rows])[:, places]
        filled[rows] = np.where(np.isnan(filled[rows]), predicted, filled[rows])
        return filled

    def _predict(self, fill: Fill, encoded: Array) -> Array:
        import sklearn

        with sklearn.config_context(working_memory=WORKING_MEMORY):
            standard = self.models[fill].transform(_standardise(encoded, self.centre, self.spread))
        with np.errstate(over="ignore"):
            return saturate(standard * np.array(self.spread) + np.array(self.centre))


def fit_imputer(columns: Sequence[str], training: Array, fills: Sequence[Fill]) -> FittedImputer:
    """Fit a model for each of the fills, `nearest` or `iterative`, on encoded training rows (m, k).

    Every column needs a value. Raises LimitError if fitting would take too long.
    """
    scales = [learn_scale("standard", column[~np.isnan(column)]) for column in training.T.copy()]
    centre, spread = tuple(scale[0] for scale in scales), tuple(scale[1] for scale in scales)
    standard = _standardise(training, centre, spread)
    models: dict[str, Any] = {
        fill: _fit_nearest(standard) if fill == "nearest" else _fit_iterative(standard) for fill in fills
    }
    return FittedImputer(tuple(columns), centre, spread, training, models)


def check_nearest(gap_rows: int, training_rows: int, columns: int) -> None:
    """Raise LimitError if comparing each row that has a missing value with each training row would take too long."""
    work = gap_rows * training_rows * max(columns, FEWEST_COLUMNS)
    if work > MOST_NEAREST_WORK:
        raise LimitError(
            _(
                "Finding the nearest of {training} training rows for {gaps} rows with gaps takes {work} comparisons, "
                "and at most {limit} are made; fill with the mean, or with the iterative model."
            ).format(
                training=format_count(training_rows),
                gaps=format_count(gap_rows),
                work=format_count(work),
                limit=format_count(MOST_NEAREST_WORK),
            ),
            limit="work",
            most=MOST_NEAREST_WORK,
            came=work,
        )


def _fit_nearest(standard: Array) -> Any:  # noqa: ANN401 - scikit-learn has no types
    from sklearn.impute import KNNImputer

    return KNNImputer(n_neighbors=NEIGHBOURS).fit(standard)


def _fit_iterative(standard: Array) -> Any:  # noqa: ANN401
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.experimental import enable_iterative_imputer  # noqa: F401 - importing it is what enables it
    from sklearn.impute import IterativeImputer

    _check_iterative(*standard.shape)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # ten iterations are intended
        return IterativeImputer(random_state=0, max_iter=ROUNDS).fit(standard)


def _check_iterative(rows: int, columns: int) -> None:
    work = rows * columns**3
    if work > MOST_ITERATIVE_WORK:
        raise LimitError(
            _(
                "Predicting {columns} columns from each other takes {rows} training rows times {columns} cubed, {work} "
                "steps, and at most {limit} are made; fill with the mean, or leave out columns."
            ).format(
                columns=format_count(columns),
                rows=format_count(rows),
                work=format_count(work),
                limit=format_count(MOST_ITERATIVE_WORK),
            ),
            limit="work",
            most=MOST_ITERATIVE_WORK,
            came=work,
        )


def _standardise(encoded: Array, centre: Sequence[float], spread: Sequence[float]) -> Array:
    with np.errstate(over="ignore"):
        standard: Array = np.clip((encoded - np.array(centre)) / np.array(spread), -FARTHEST, FARTHEST)
    return standard
