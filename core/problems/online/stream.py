"""A stream of rows (x, y) in the order of time, whose law may drift."""

from dataclasses import dataclass

import numpy as np

from core.errors import InputError
from core.formatting import format_count
from core.language import _
from core.problems.rows import Array, Rows

REACH = 2.0  # x is drawn evenly from −REACH to REACH
DRIFTS = ("none", "turn", "jump", "season")
MOST_ROWS = 2000
LEAST_ROWS = 20
LARGEST = 1e50  # whose fourth power is still a number


@dataclass(frozen=True, eq=False)
class Stream:
    """Rows in the order of time.

    Attributes:
        x: (n,).
        y: (n,).
        law: (n, 2), the true slope and intercept at each row; None where they are not known.
        noise: the standard deviation of y around the law; None where it is not known.
        names: of x and y, with the unit.
    """

    x: Array
    y: Array
    law: Array | None = None
    noise: float | None = None
    names: tuple[str, str] = ("x", "y")


def slopes_in_time(drift: str, speed: float, length: int) -> Array:
    """Return the true slope at each of `length` rows: 1 at first, and never beyond 1 and −1.

    `speed` is the mean change in 100 rows. "turn" goes from 1 to −1 evenly and stays there, "jump" changes its sign at
    once, again and again, and "season" is a cosine. "none" stays 1.

    >>> slopes_in_time("turn", 50.0, 6), slopes_in_time("jump", 100.0, 6)
    (array([ 1. ,  0.5,  0. , -0.5, -1. , -1. ]), array([ 1.,  1., -1., -1.,  1.,  1.]))
    """
    time = np.arange(length)
    if drift == "turn":
        slopes = np.maximum(1.0 - time * speed / 100.0, -1.0)
    elif drift == "jump":
        slopes = np.where((time * speed // 200.0) % 2 == 0, 1.0, -1.0)
    elif drift == "season":
        slopes = np.cos(2.0 * np.pi * time * speed / 400.0)
    else:
        slopes = np.ones(length)
    return np.asarray(slopes, dtype=np.float64)


def make_stream(drift: str, speed: float, noise: float, length: int, seed: int) -> Stream:
    """Draw y = slope · x + intercept + noise, with x uniform on [−2, 2]. The intercept is (1 − slope) / 2."""
    slopes = slopes_in_time(drift, speed, length)
    law = np.column_stack((slopes, (1.0 - slopes) / 2.0))
    rng = np.random.default_rng(seed)
    x, drawn = rng.uniform(-REACH, REACH, length), rng.standard_normal(length)
    return Stream(x, law[:, 0] * x + law[:, 1] + noise * drawn, law, noise)


def table_stream(rows: Rows, x: int, y: int, first: int) -> Stream:
    """Return two columns of a table as a stream, in the order of its rows, at most MOST_ROWS of them.

    Both are centred and scaled by the mean and standard deviation of the first rows alone, which are known by then; a
    column that does not vary there keeps its scale. Raises InputError for columns that are not there or the same, for
    fewer than LEAST_ROWS rows or none after the first ones, and for numbers that are too large then.
    """
    count, columns = rows.X.shape
    if not (0 <= x < columns and 0 <= y < columns and x != y):
        raise InputError(
            _("Two different columns of {count} are needed, but got numbers {x} and {y}; choose two columns.")
            .format(count=format_count(columns), x=x + 1, y=y + 1)
        )  # fmt: skip
    if count < LEAST_ROWS or count <= first:
        raise InputError(
            _("A stream needs at least {least} rows, and some after the first {first}, but the table has {count}; "
              "choose a longer table or fewer first rows.")
            .format(least=LEAST_ROWS, first=format_count(first), count=format_count(count))
        )  # fmt: skip
    scaled = [_scaled(rows.X[:MOST_ROWS, column], first) for column in (x, y)]
    if not all(np.abs(column).max() <= LARGEST for column in scaled):
        raise InputError(
            _("The later rows are too far from the first {first} ones for float64; choose other columns.")
            .format(first=format_count(first))
        )  # fmt: skip
    across, up = (
        _("{name}, in standard deviations of the first rows").format(name=rows.names[place]) for place in (x, y)
    )
    return Stream(scaled[0], scaled[1], names=(across, up))


def _scaled(column: Array, first: int) -> Array:
    """Return a column centred and scaled by its first rows; what is no number then is ∞."""
    with np.errstate(over="ignore", invalid="ignore"):
        centred = column - column[:first].mean()
        spread = float(centred[:first].std()) if np.ptp(column[:first]) > 0 else 0.0
        scaled = centred / (spread if spread > 0 else 1.0)
        return np.asarray(np.nan_to_num(scaled, nan=np.inf), dtype=np.float64)
