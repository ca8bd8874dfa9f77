"""Standardised features, and the conversion back to the units of the table."""

from dataclasses import dataclass

import numpy as np

from core.regression.data.metrics import column_spread
from core.regression.data.validation import Array, ArrayLike, check_array


@dataclass(frozen=True, eq=False)
class Scaling:
    """How each feature is centred and scaled: z = (x - centre) / spread.

    With z in place of x, w_z = w · spread and b_z = b + centre · w; `to_standard` and `to_table` convert either way,
    for one set of parameters, weights (d,) and bias (), or for many at once, (k, d) and (k,).

    Attributes:
        centre (d,): the means, 0 unless standardised.
        spread (d,): the standard deviations, 1 unless standardised.
    """

    centre: Array
    spread: Array

    def transform(self, X: ArrayLike) -> Array:
        """Return the standardised features, shape (n, d)."""
        result: Array = (check_array(X) - self.centre) / self.spread
        return result

    def to_standard(self, weights: Array, bias: Array | float) -> tuple[Array, Array]:
        """Return parameters for standardised features from those in the units of the table."""
        return weights * self.spread, np.asarray(bias + weights @ self.centre)

    def to_table(self, weights: Array, bias: Array | float) -> tuple[Array, Array]:
        """Return parameters in the units of the table from those for standardised features."""
        table_weights = weights / self.spread
        return table_weights, np.asarray(bias - table_weights @ self.centre)


def fit_scaling(X: ArrayLike) -> Scaling:
    """Fit a scaling of each column of X (n, d) to mean 0 and standard deviation 1.

    Pass the training rows only. The spread divides by n. A column that never varies keeps spread 1, so that it becomes
    a column of zeros; so does one whose spread is lost in the rounding of its own size.
    Raises InputError for NaN, infinity, no rows or no columns.
    """
    matrix = check_array(X)
    centre = matrix.mean(axis=0)
    spread = column_spread(matrix)
    rounding = np.finfo(np.float64).eps * np.sqrt(len(matrix)) * np.abs(matrix).max(axis=0)
    varies = (np.ptp(matrix, axis=0) > 0) & (spread > rounding)
    return Scaling(centre=np.where(varies, centre, matrix[0]), spread=np.where(varies, spread, 1.0))
