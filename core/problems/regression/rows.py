"""The rows of a regression: features, and the number to predict as the last column."""

import json
import math

import numpy as np

from core.errors import InputError
from core.formatting import format_count
from core.language import _
from core.problems.rows import Rows

POINTS = "[[1, 1.2], [2, 2.9], [3, 2.4], [4, 4.6], [5, 4.1], [6, 6.2], [7, 5.6], [8, 7.7]]"  # to begin with
LEAST_POINTS, MOST_POINTS = 1, 60
LARGEST = 1e6  # of a coordinate that is dragged or typed


def diabetes() -> Rows:
    """Return scikit-learn's 442 patients in their units: ten measurements, and the progression after a year.

    >>> diabetes().X.shape, diabetes().names[-1]
    ((442, 11), 'progression')
    """
    from sklearn.datasets import load_diabetes

    X, y = load_diabetes(return_X_y=True, scaled=False)
    names = ("age", "sex", "bmi", "blood pressure", "s1", "s2", "s3", "s4", "s5", "s6", "progression")
    code = (
        "from sklearn.datasets import load_diabetes\n\nX, y = load_diabetes(return_X_y=True, scaled=False)"
        f"  # {', '.join(names[:-1])}\n"
    )
    return Rows("diabetes", np.column_stack([X, y]).astype(np.float64), names, code=code)


def point_rows(text: str) -> Rows:
    """Return the points of a JSON text, such as "[[1, 2], [3, 4]]", as rows with one feature.

    Raises InputError for a text that is no such list, for too few or too many points, and for coordinates that are
    missing or far away.

    >>> point_rows("[[1, 2], [3, 4.5]]").X.tolist()
    [[1.0, 2.0], [3.0, 4.5]]
    """
    points = _pairs(text)
    if not LEAST_POINTS <= len(points) <= MOST_POINTS:
        raise InputError(
            _("Between {least} and {most} points are needed; got {count}.").format(
                least=format_count(LEAST_POINTS), most=format_count(MOST_POINTS), count=format_count(len(points))
            )
        )
    X = np.array(points, dtype=np.float64)
    if not (np.abs(X) <= LARGEST).all():  # so is NaN
        raise InputError(
            _("Coordinates have to be between −{largest} and {largest}; move the points closer.").format(
                largest=format_count(LARGEST)
            )
        )
    code = f"X = np.array({X[:, :1].tolist()})\ny = np.array({X[:, 1].tolist()})\n"
    return Rows(f"points {json.dumps(X.tolist())}", X, ("x", "y"), code=code)


def _pairs(text: str) -> list[list[float]]:
    wrong = InputError(_("The points need the form [[1, 2], [3, 4]]: pairs of numbers; got another text."))
    try:
        read = json.loads(text)
    except (ValueError, RecursionError):
        raise wrong from None
    if not isinstance(read, list) or not all(isinstance(pair, list) and len(pair) == 2 for pair in read):
        raise wrong
    if not all(isinstance(number, (int, float)) and not isinstance(number, bool) for pair in read for number in pair):
        raise wrong
    return [[float(number) if abs(number) <= LARGEST else math.inf for number in pair] for pair in read]
