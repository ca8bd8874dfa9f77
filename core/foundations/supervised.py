"""The way of supervised learning with one feature: draw rows, learn a line from their labels, predict other rows."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.errors import InputError
from core.language import _
from core.regression.data.metrics import column_centre, column_spread
from core.regression.data.validation import LARGEST_VALUE

Array = npt.NDArray[np.float64]
Rows = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class SupervisedWay:
    """What supervised learning does with the rows of a table, from drawing them to the errors of its predictions.

    Attributes:
        drawn (m): the rows learned from, as places in the table.
        unlabelled (k): the rows predicted, whose labels the learning algorithm never sees.
        path (steps + 1, 2): slope and intercept before each step of gradient descent and after the last.
        losses (steps + 1): half the mean squared error of each on the drawn rows, in squared units of the label.
        exact (2): slope and intercept of least squares: the best line of the family on the drawn rows.
        exact_loss: its loss on the drawn rows; no other line has a smaller one.
        predictions (k): of the last line, for the unlabelled rows.
        truth (k): their labels.
        error: the mean absolute error of the predictions, in units of the label.
        exact_error: the same for the exact line.
        baseline_error: the same for a guess that ignores the feature: the mean label of the drawn rows.
    """

    drawn: Rows
    unlabelled: Rows
    path: Array
    losses: Array
    exact: Array
    exact_loss: float
    predictions: Array
    truth: Array
    error: float
    exact_error: float
    baseline_error: float


def supervised_way(
    x: npt.ArrayLike,
    y: npt.ArrayLike,
    *,
    rows: int = 12,
    unlabelled: int = 6,
    steps: int = 6,
    rate: float = 0.5,
    seed: int = 0,
) -> SupervisedWay:
    """Draw rows at random, learn a line from their labels, and predict rows that were not drawn.

    x and y are (n,): a feature and its label, finite. Of a table with fewer than rows + unlabelled rows fewer are
    drawn, so that at least one is left to predict. Gradient descent starts from the flat line at 0 and works with the
    standardised feature, in which every step leaves the share (1 - rate) of the distance to the exact line: it closes
    in for a rate between 0 and 2 and runs away above. A feature that is constant among the drawn rows gets slope 0.
    Raises InputError for fewer than three rows, for arrays of different lengths, and for values that are not finite or
    beyond 1e100.
    """
    feature, label = _as_vectors(x, y)
    n = len(feature)
    order = np.random.default_rng(seed).permutation(n).astype(np.int64)
    count = max(min(rows, n - 1), 1)
    drawn, other = order[:count], order[count : count + unlabelled]
    centre = float(column_centre(feature[drawn]).item())
    spread = float(column_spread(feature[drawn]).item()) or 1.0
    z, target = (feature[drawn] - centre) / spread, label[drawn]
    w, b, path = 0.0, 0.0, []
    for _step in range(steps + 1):
        path.append((w / spread, b - w * centre / spread))
        residual = w * z + b - target
        w, b = w - rate * float(residual @ z) / count, b - rate * float(residual.mean())
    slope, mean = float(z @ target) / count, float(target.mean())
    exact = np.array([slope / spread, mean - slope * centre / spread])
    lines = np.array(path)
    losses = np.array([half_mean_square(line, feature[drawn], target) for line in lines])
    truth = label[other]
    predictions = lines[-1, 0] * feature[other] + lines[-1, 1]
    return SupervisedWay(
        drawn=drawn,
        unlabelled=other,
        path=lines,
        losses=losses,
        exact=exact,
        exact_loss=half_mean_square(exact, feature[drawn], target),
        predictions=predictions,
        truth=truth,
        error=float(np.abs(predictions - truth).mean()),
        exact_error=float(np.abs(exact[0] * feature[other] + exact[1] - truth).mean()),
        baseline_error=float(np.abs(mean - truth).mean()),
    )


def half_mean_square(line: Array, x: Array, y: Array) -> float:
    """Return the loss of a line, slope and intercept (2,), on rows x (n,) with labels y (n,)."""
    residual = line[0] * x + line[1] - y
    return float(residual @ residual) / (2 * len(y))


def most_telling(X: npt.ArrayLike, y: npt.ArrayLike) -> int:
    """Return the column of X (n, d) with the largest correlation to y (n,), in size; of equal ones the first.

    A constant column has correlation 0. Raises InputError for a table without columns.
    """
    features, label = np.asarray(X, dtype=np.float64), np.asarray(y, dtype=np.float64)
    if features.ndim != 2 or not features.shape[1]:
        raise InputError(_("Learning needs at least one feature, but the table has none; choose another table."))
    with np.errstate(all="ignore"):
        centred = features - features.mean(axis=0)
        sizes = np.sqrt((centred**2).sum(axis=0))
        found = np.abs((label - label.mean()) @ centred) / sizes
    return int(np.argmax(np.where(np.isfinite(found), found, 0.0)))


def _as_vectors(x: npt.ArrayLike, y: npt.ArrayLike) -> tuple[Array, Array]:
    feature, label = np.asarray(x, dtype=np.float64).ravel(), np.asarray(y, dtype=np.float64).ravel()
    if len(feature) != len(label):
        template = _("A feature and a label have one value for each row, but got {x} and {y} values; check both.")
        raise InputError(template.format(x=len(feature), y=len(label)))
    if len(feature) < 3:
        template = _("Learning a line and predicting with it needs at least 3 rows, but there are {rows}; choose "
                     "another table.")  # fmt: skip
        raise InputError(template.format(rows=len(feature)))
    if not (np.isfinite(feature).all() and np.isfinite(label).all()):
        raise InputError(_("A value is missing or infinite, and a line needs numbers; fill or leave out its row."))
    if max(np.abs(feature).max(), np.abs(label).max()) > LARGEST_VALUE:
        raise InputError(_("A value is beyond 1e100, and its square is no number; divide its column by a constant."))
    return feature, label
