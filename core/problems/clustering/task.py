"""The points that k-means divides: typed and dragged ones, or two columns of a table."""

import json
import math
from dataclasses import dataclass

import numpy as np

from core.errors import InputError
from core.language import _
from core.problems.clustering.kmeans import Array, Places
from core.problems.clustering.partitions import MOST_POINTS
from core.problems.rows import Rows

SIDE = 10.0  # of the square in which points are dragged
DECIMALS = 4  # of typed points: nearer ones are the same
LARGEST, SMALLEST = 1e100, 1e-100  # of numbers and of their spread, so that squares neither overflow nor vanish
POINTS = (
    "[[1.6, 2.2], [1.6, 3], [2.3, 2.3], [2.2, 3], [4.2, 1], [3.9, 1.4], "
    "[3.1, 0.5], [4.1, 1.1], [8.2, 7.6], [8.4, 8.5], [8.1, 7.4], [6.8, 9.2]]"
)


@dataclass(frozen=True, eq=False)
class Task:
    """Points in a plane, as k-means sees them.

    Attributes:
        X: (n, 2).
        titles: of both axes.
        square: the side of the square that they are dragged in; None for rows of a table.
        y: (n,), the classes of the rows, which k-means does not see, or none.
        code: lines of Python that make the array X.
    """

    X: Array
    titles: tuple[str, str]
    square: float | None
    y: Places | None
    code: str

    @property
    def is_small(self) -> bool:
        """Whether all partitions can be gone through."""
        return len(self.X) <= MOST_POINTS


def read_points(text: str) -> Array:
    """Return the points (n, 2) of a JSON list of pairs, from 2 to 12 of them within the square from 0 to 10.

    >>> read_points("[[1, 2], [3.5, 4]]")
    array([[1. , 2. ],
           [3.5, 4. ]])

    They are rounded to four decimals. Raises InputError for other text.
    """
    try:
        pairs = json.loads(text)
    except (ValueError, RecursionError):
        pairs = None
    if not isinstance(pairs, list) or not all(_is_pair(pair) for pair in pairs):
        raise InputError(
            _("Points are written as pairs of numbers, such as [[1, 2], [3, 4]], but the text cannot be read as that; "
              "correct it or return to the first points.")
        )  # fmt: skip
    if not 2 <= len(pairs) <= MOST_POINTS:
        raise InputError(
            _("From 2 to {most} points are needed, but there are {count}; add or remove some.")
            .format(most=MOST_POINTS, count=len(pairs))
        )  # fmt: skip
    points = np.asarray(np.round(np.array(pairs, dtype=np.float64), DECIMALS) + 0.0, dtype=np.float64)  # no −0
    if not np.all((points >= 0) & (points <= SIDE)):
        raise InputError(_("Every point lies between 0 and 10 in both directions, but one does not; move it back."))
    return points


def _is_pair(pair: object) -> bool:
    return (
        isinstance(pair, list)
        and len(pair) == 2
        and all(type(one) in (int, float) and abs(one) < LARGEST and math.isfinite(one) for one in pair)
    )


def write_points(points: Array) -> str:
    """Return points (n, 2) as text that `read_points` reads, moved into the square and rounded to two decimals.

    >>> write_points(np.array([[1.234, -3.0]]))
    '[[1.23, 0.0]]'
    """
    return json.dumps(np.round(np.clip(points, 0.0, SIDE), 2).tolist())


def points_task(text: str) -> Task:
    """Return the task of typed points. Raises InputError as `read_points`."""
    X = read_points(text)
    code = f"import numpy as np\n\nX = np.array({X.tolist()})\n"
    return Task(X, (_("x"), _("y")), SIDE, None, code)


def rows_task(rows: Rows, across: int, up: int, scaled: bool) -> Task:
    """Return the task of two columns of a table, counted from 0, standardised or as they are.

    Raises InputError for a column that is not there, twice the same, or numbers that are too large or too close.
    """
    columns = len(rows.names)
    if columns < 2:
        raise InputError(_("Two columns of numbers are needed, but the table has one; choose another table."))
    if not (0 <= across < columns and 0 <= up < columns) or across == up:
        raise InputError(
            _("Two different columns from 1 to {columns} are needed, but {across} and {up} were chosen; choose others.")
            .format(columns=columns, across=across + 1, up=up + 1)
        )  # fmt: skip
    if scaled and np.abs(rows.X).max(initial=0.0) > LARGEST:
        raise InputError(_("These numbers are too large to be standardised; leave their columns out on Prepare."))
    X = (rows.standardised if scaled else rows.X)[:, [across, up]]
    if np.abs(X).max(initial=0.0) > LARGEST or 0 < np.ptp(X, axis=0).max(initial=0.0) < SMALLEST:
        raise InputError(
            _("These numbers are too large, or too close together, to be squared; standardise them, or choose others.")
        )
    title = _("{column}, standardised") if scaled else "{column}"
    titles = (title.format(column=rows.names[across]), title.format(column=rows.names[up]))
    code = f"{rows.code}\nimport numpy as np\n\nX = np.asarray(X, dtype=float)[:, [{across}, {up}]]\n"
    if scaled:
        code += "spread = X.std(axis=0)\nX = (X - X.mean(axis=0)) / np.where(spread > 0, spread, 1)\n"
    return Task(X, titles, None, rows.y, code)
