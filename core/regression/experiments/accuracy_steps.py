"""The accuracy of a linear model as one parameter moves: a staircase, beside the loss, a parabola.

The label and the prediction count as "high" above the median of the label. A row is classified rightly if both are high
or neither is.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.regression.data.validation import Array, ArrayLike, check_parameters, check_positive, check_X_y

_POINTS = 201  # of the parabola
_MOST_STEPS = 1000


@dataclass(frozen=True, eq=False)
class AccuracySteps:
    """Accuracy and loss along one parameter, from a little below to a little above where it stands.

    Attributes:
        threshold: the median of the labels.
        value: where the parameter stands.
        accuracy: there.
        loss: there, half the mean squared error.
        gradient: the derivative of the loss there.
        jumps: at how many values in between the accuracy changes, or could: a row crosses the threshold.
        low: the smallest accuracy in between.
        high: the largest.
        flat: how far the parameter can move at least, to the nearer side, before any row crosses; inf if none does.
        stairs: value and accuracy, to be drawn as steps that begin at their value; all of them, or at 1,000 values.
        curve: value and loss.
        is_whole: whether stairs has every step.
    """

    threshold: float
    value: float
    accuracy: float
    loss: float
    gradient: float
    jumps: int
    low: float
    high: float
    flat: float
    stairs: pd.DataFrame
    curve: pd.DataFrame
    is_whole: bool


def find_accuracy_steps(
    X: ArrayLike, y: ArrayLike, parameters: ArrayLike, which: int, zoom: float = 1.0
) -> AccuracySteps | None:
    """Return accuracy and loss of the model of X (n, d), y (n,) as parameter number `which` of (d + 1,) moves.

    The bias is the last. The parameter moves so far either way that predictions move by a standard deviation of the
    label, in the root mean square, divided by `zoom`. None for a column of zeros, along which nothing moves.
    Raises InputError for missing or infinite values and for parameters that do not match.

    >>> steps = find_accuracy_steps([[1.0], [2.0], [3.0]], [1.0, 2.0, 6.0], parameters=[1.0, 0.0], which=1)
    >>> steps.threshold, steps.accuracy, steps.jumps, steps.stairs["accuracy"].round(2).tolist()
    (2.0, 1.0, 3, [0.67, 1.0, 0.67, 0.33, 0.33])
    """
    matrix, labels = check_X_y(X, y)
    place = check_parameters(parameters, matrix.shape[1])
    column = _with_ones(matrix, which)
    size = float(np.sqrt(np.square(column).mean()))
    if not size > 0:
        return None
    fitted, threshold, value = matrix @ place[:-1] + place[-1], float(np.median(labels)), float(place[which])
    reach = (float(labels.std()) or abs(threshold) or 1.0) / size / check_positive(zoom, "zoom")
    crossings, heights = _staircase(column, fitted, labels, threshold, reach)
    errors = fitted - labels
    loss, gradient = 0.5 * float(np.square(errors).mean()), float((column * errors).mean())
    moves = np.linspace(-reach, reach, _POINTS)
    is_whole = len(heights) <= _MOST_STEPS
    starts = np.append(-reach, crossings) if is_whole else np.linspace(-reach, reach, _MOST_STEPS, endpoint=False)
    levels = heights if is_whole else heights[np.searchsorted(crossings, starts, side="right")]
    stairs = pd.DataFrame({"value": value + starts, "accuracy": levels})
    end = pd.DataFrame({"value": [value + reach], "accuracy": [float(heights[-1])]})
    return AccuracySteps(
        threshold=threshold,
        value=value,
        accuracy=float(((fitted > threshold) == (labels > threshold)).mean()),
        loss=loss,
        gradient=gradient,
        jumps=len(crossings),
        low=float(heights.min()),
        high=float(heights.max()),
        flat=float(np.abs(crossings).min()) if len(crossings) else float("inf"),
        stairs=pd.concat([stairs, end], ignore_index=True) if is_whole else stairs,
        curve=pd.DataFrame(
            {"value": value + moves, "loss": loss + gradient * moves + 0.5 * size**2 * np.square(moves)}
        ),
        is_whole=is_whole,
    )


def _with_ones(X: Array, which: int) -> Array:
    """Return the column that a parameter is the factor of: ones for the bias."""
    column: Array = np.ones(len(X)) if which == X.shape[1] else X[:, which]
    return column


def _staircase(column: Array, fitted: Array, labels: Array, threshold: float, reach: float) -> tuple[Array, Array]:
    """Return the moves (k,) within the reach at which rows cross the threshold, and the accuracy (k + 1,) around them.

    Rows that cross at the same move count as one. A row whose factor is positive is low before it crosses and high
    after, one whose factor is negative the other way round; a row that does not cross stays as it is.
    """
    moves = np.full(len(column), np.inf)
    with np.errstate(over="ignore"):
        np.divide(threshold - fitted, column, out=moves, where=column != 0)
    crosses = np.abs(moves) < reach
    is_high = labels > threshold
    gains = np.where((column > 0) == is_high, 1, -1)[crosses]
    right = (np.where(crosses, column < 0, fitted > threshold) == is_high).sum()
    crossings, which = np.unique(moves[crosses], return_inverse=True)
    changes = np.bincount(which, weights=gains, minlength=len(crossings))
    return crossings, np.append(right, right + np.cumsum(changes)) / len(labels)
