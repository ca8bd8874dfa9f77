"""A column shifted or scaled by more and more: what the usual methods then still get right."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from core.errors import InputError
from core.language import _
from core.regression.closed_form import solve_closed_form
from core.regression.exactness import Exactness, measure_exactness
from core.regression.inputs import Array, ArrayLike, as_array, as_problem

MOST_ROWS, MOST_FEATURES = 2_000, 20  # every copy of the table is solved exactly, too

Change: TypeAlias = Literal["shift", "scale"]


@dataclass(frozen=True, eq=False)
class Lesson:
    """What the methods get right once a column is changed by `amount`."""

    amount: float
    exactness: Exactness


def changed_column(X: ArrayLike, column: int, change: Change, amount: float) -> Array:
    """Return a copy of X (n, d) with `amount` added to one column, or with that column multiplied by it."""
    matrix = as_array(X, "X").copy()
    matrix[:, column] = matrix[:, column] + amount if change == "shift" else matrix[:, column] * amount
    return matrix


def excerpt(X: ArrayLike, y: ArrayLike, kept: Sequence[int], column: int) -> tuple[Array, Array, int]:
    """Return at most 2,000 evenly spread rows of X (n, d) and y (n,), and at most 20 of the features in `kept`.

    `kept` are the positions of features that are independent of each other and of the intercept; `column`, one of them,
    is always there. The third is where it then stands.
    """
    matrix, labels = as_problem(X, y)
    rows = np.unique(np.linspace(0, len(labels) - 1, min(len(labels), MOST_ROWS)).round().astype(np.int64))
    others = [j for j in kept if j != column][: MOST_FEATURES - 1]
    columns = sorted([*others, column])
    return matrix[rows][:, columns], labels[rows], columns.index(column)


def teach(
    X: ArrayLike,
    y: ArrayLike,
    column: int,
    change: Change,
    amounts: Sequence[float],
    progress: Callable[[float], bool] | None = None,
) -> tuple[Lesson, ...]:
    """Measure the methods on copies of the table whose `column` is shifted, or scaled, by each of the amounts.

    Each copy is solved exactly, too: adding a large constant rounds the column, and that copy's own answer is the
    yardstick. `progress` gets the share done, and ends the work by returning False.
    Raises InputError for a column that is not there, and where a copy leaves float64.

    >>> x = np.arange(20.0)[:, None]
    >>> near, far = teach(x, x[:, 0] ** 2, 0, "shift", [1.0, 1e8])
    >>> [round(lesson.exactness.scores[2].prediction_digits) > 9 for lesson in (near, far)]
    [True, False]
    """
    matrix, labels = as_problem(X, y)
    if not 0 <= column < matrix.shape[1]:
        raise InputError(_("There is no column number {column}.").format(column=column))
    done: list[Lesson] = []
    for place, amount in enumerate(amounts):
        if progress is not None and not progress(place / len(amounts)):
            break
        copy = changed_column(matrix, column, change, amount)
        done.append(Lesson(amount, measure_exactness(copy, labels, solve_closed_form(copy, labels))))
    return tuple(done)
