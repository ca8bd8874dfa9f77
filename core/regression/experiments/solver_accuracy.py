"""How many digits the usual methods get right, on a table and once a column is changed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log10, sqrt
from typing import Literal, TypeAlias

import numpy as np

from core.errors import InputError
from core.language import _
from core.regression.data.validation import Array, ArrayLike, as_array, check_X_y
from core.regression.diagnostics.collinearity import condition_numbers
from core.regression.experiments.solver_snippets import Outcome, Snippet, run_snippet
from core.regression.least_squares.closed_form import ClosedForm, solve_closed_form

FULL = 53 * log10(2)  # what float64 can hold: one rounding leaves 2^-53
SINGLE = 24 * log10(2)
MOST_NUMBERS = 50_000_000  # rows times squared columns: all methods together take about a second
_ATTENTION = 1e-12  # a coefficient whose share of the predictions is smaller than this is rounding itself


@dataclass(frozen=True)
class Method:
    """One way to solve least squares.

    Attributes:
        key: its short name.
        line: the code.
        power: how often the condition number counts in the rule of thumb, once or, where A'A is formed, twice.
        centred: whether the method takes the mean off each column first, so that the condition of the centred columns
            counts.
    """

    key: str
    line: Snippet
    power: int = 1
    centred: bool = False

    @property
    def room(self) -> float:
        """How many digits a number of this method holds."""
        return FULL if self.line.precision == "float64" else SINGLE


def methods() -> tuple[Method, ...]:
    """Return the methods, the least accurate first."""
    normal = "w = numpy.linalg.solve(A.T @ A, A.T @ y)"
    lstsq = 'w = torch.linalg.lstsq(A, y[:, None], driver="gelsd").solution[:, 0]'
    qr = "Q, R = numpy.linalg.qr(A)\nw = numpy.linalg.solve(R, Q.T @ y)"
    library = "model = LinearRegression().fit(A[:, :-1], y)\nw = numpy.append(model.coef_, model.intercept_)"
    return (
        Method("normal32", Snippet(_("float32 normal equations"), "numpy", normal, "float32"), power=2),
        Method("lstsq32", Snippet(_("torch lstsq, float32"), "torch", lstsq, "float32")),
        Method("normal64", Snippet(_("float64 normal equations"), "numpy", normal), power=2),
        Method("qr64", Snippet(_("QR, float64"), "numpy", qr)),
        Method("lstsq64", Snippet(_("torch lstsq, float64"), "torch", lstsq)),
        Method("sklearn", Snippet(_("scikit-learn, float64"), "sklearn", library), centred=True),
    )


@dataclass(frozen=True, eq=False)
class Score:
    """How many digits of one answer are right.

    Attributes:
        name: whose.
        method: the method, None for SGD and for the closed form itself.
        coefficient_digits: of the coefficient that has the fewest.
        worst: its position, d for the bias.
        prediction_digits: of the predictions together, in units of the spread of the labels.
        loss_digits: of the loss.
        expected: by the rule of thumb, None without one.
        failure: None, or `raises` (an exception) or `overflows`; the digits are then 0.
        error: class and message of the exception, or "".
    """

    name: str
    method: Method | None
    coefficient_digits: float
    worst: int
    prediction_digits: float
    loss_digits: float
    expected: float | None = None
    failure: Literal["raises", "overflows"] | None = None
    error: str = ""


@dataclass(frozen=True, eq=False)
class SolverAccuracy:
    """All methods on some rows of a table.

    Attributes:
        scores: one for each method, the exact closed form of these rows last.
        fit: that closed form.
        condition: of the columns scaled to length 1, dependent columns left out.
        centred_condition: of the centred columns.
        rows: how many were used.
        of_rows: how many the table has.
    """

    scores: tuple[Score, ...]
    fit: ClosedForm
    condition: float
    centred_condition: float
    rows: int
    of_rows: int


def measure_solver_accuracy(X: ArrayLike, y: ArrayLike, fit: ClosedForm) -> SolverAccuracy:
    """Solve X (n, d), y (n,) by the usual methods, and count the digits that agree with the exact closed form `fit`.

    Where many parameters fit equally well, solutions are compared without their component in the null space, which the
    rows do not determine. Of a table too large to try all methods in about a second, evenly spread rows are used.
    Raises InputError for NaN, infinity and other shapes.

    >>> x = np.linspace(1e6, 1e6 + 1, 20)[:, None]
    >>> found = measure_solver_accuracy(x, x[:, 0] ** 2, solve_closed_form(x, x[:, 0] ** 2))
    >>> [score.method.key for score in found.scores if score.method and score.prediction_digits < 4]
    ['normal32', 'lstsq32', 'normal64']
    """
    matrix, labels = check_X_y(X, y)
    n, d = matrix.shape
    chosen = max(MOST_NUMBERS // (d + 1) ** 2, 2 * (d + 1))
    if n > chosen:
        rows = np.linspace(0, n - 1, chosen).round().astype(np.int64)
        matrix, labels = matrix[rows], labels[rows]
        fit = solve_closed_form(matrix, labels)
    spare = {relation.column for relation in fit.relations}
    condition, centred = condition_numbers(matrix, [j for j in range(d) if j not in spare])
    ruler = Ruler(matrix, labels, fit)
    scores = [
        ruler.score_method(method, centred if method.centred else condition, run_snippet(method.line, matrix, labels))
        for method in methods()
    ]
    own = Score(_("exact closed form"), None, min(fit.digits, FULL), d, min(fit.digits, FULL), min(fit.digits, FULL))
    return SolverAccuracy((*scores, own), fit, condition, centred, len(matrix), n)


def score_answer(X: ArrayLike, y: ArrayLike, fit: ClosedForm, name: str, weights: ArrayLike, bias: float) -> Score:
    """Count the digits of any model's weights (d,) and bias, such as SGD's, against the closed form of these rows."""
    return Ruler(*check_X_y(X, y), fit).score(name, weights, bias)


class Ruler:
    """Holds the exact answer of a table, and counts the digits in which other solutions agree with it."""

    def __init__(self, X: Array, y: Array, fit: ClosedForm) -> None:
        """Measure the table, X (n, d) and y (n,), whose closed form is `fit`."""
        self.X, self.fit, self.exact = X, fit, np.append(fit.weights.numpy(), fit.bias)
        self.mean = X.mean(axis=0)
        self.spread = _size(y - y.mean()) or _size(y) or 1.0
        freedom = max(len(y) - fit.rank, 0)
        self.error = (fit.residual_deviation or 0.0) * sqrt(freedom / len(y)) or self.spread

    def score(self, name: str, weights: ArrayLike, bias: float) -> Score:
        """Count the digits of any model's weights (d,) and bias, such as SGD's."""
        return self._score(name, None, np.append(as_array(weights, "weights"), bias), None)

    def score_method(self, method: Method, condition: float, outcome: Outcome) -> Score:
        """Count the digits of what a method returned."""
        expected = min(max(method.room - method.power * log10(condition), 0.0), method.room)
        name = method.line.name
        if outcome.parameters is None:
            error = f"{outcome.error}: {outcome.message}"
            return Score(name, method, 0.0, 0, 0.0, 0.0, expected, "raises", error)
        return self._score(name, method, outcome.parameters, expected)

    def _score(self, name: str, method: Method | None, answer: Array, expected: float | None) -> Score:
        if not np.isfinite(answer).all():
            return Score(name, method, 0.0, 0, 0.0, 0.0, expected, "overflows")
        if self.fit.rank < self.fit.columns:
            weights, bias = self.fit.smallest(answer[:-1], float(answer[-1]))
            answer = np.append(weights.numpy(), bias)
        with np.errstate(over="ignore", invalid="ignore"):
            change = answer - self.exact
            apart = (self.X - self.mean) @ change[:-1] + (change[-1] + self.mean @ change[:-1])
            distance = _size(apart)
            gap = 0.5 * distance**2
        if not np.isfinite([distance, gap]).all():
            return Score(name, method, 0.0, 0, 0.0, 0.0, expected, "overflows")
        digits = self._coefficient_digits(change)
        worst = int(digits.argmin())
        return Score(
            name, method, float(digits[worst]), worst,
            _digits(distance / self.spread), _digits(distance / self.error * (distance / self.error)), expected,
        )  # fmt: skip

    def _coefficient_digits(self, change: Array) -> Array:
        """Return the digits of each coefficient; one that is 0 but for rounding is given all of them."""
        size = np.abs(self.exact)
        share = size * np.append(np.maximum(self.X.max(axis=0), -self.X.min(axis=0)), 1.0)
        matters = share > _ATTENTION * share.max()
        return np.array(
            [
                _digits(abs(off) / own) if counts else FULL
                for off, own, counts in zip(change, size, matters, strict=True)
            ]
        )


def _size(values: Array) -> float:
    """Return the root mean square; of huge values too."""
    with np.errstate(over="ignore", invalid="ignore"):
        largest = float(np.abs(values).max())
        if not 0 < largest < np.inf:
            return largest
        return largest * float(np.sqrt(np.square(values / largest).mean()))


def _digits(error: float) -> float:
    """Return how many digits are correct at a relative error: from 0 to all of float64."""
    return FULL if error == 0 else abs(min(max(-log10(error), 0.0), FULL))


MOST_ROWS, MOST_FEATURES = 2_000, 20  # every copy of the table is solved exactly, too

Change: TypeAlias = Literal["shift", "scale"]


@dataclass(frozen=True, eq=False)
class Lesson:
    """What the methods get right once a column is changed.

    Attributes:
        amount: of the change.
        exactness: the digits of all methods then.
    """

    amount: float
    exactness: SolverAccuracy


def changed_column(X: ArrayLike, column: int, change: Change, amount: float) -> Array:
    """Return a copy of X (n, d) with `amount` added to one column, or with that column multiplied by it."""
    matrix = as_array(X, "X").copy()
    matrix[:, column] = matrix[:, column] + amount if change == "shift" else matrix[:, column] * amount
    return matrix


def excerpt(X: ArrayLike, y: ArrayLike, kept: Sequence[int], column: int) -> tuple[Array, Array, int]:
    """Return at most 2,000 evenly spread rows of X (n, d) and y (n,), and at most 20 of the features in `kept`.

    `kept` are the positions of features that are independent of each other and of the intercept; `column`, one of them,
    is always there. The third is its position there.
    """
    matrix, labels = check_X_y(X, y)
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

    Each copy is solved exactly, too: adding a large constant rounds the column, and that copy's own solution is the
    reference. `progress` gets the share done, and ends the work by returning False.
    Raises InputError for a column that is not there, and where a copy overflows float64.

    >>> x = np.arange(20.0)[:, None]
    >>> near, far = teach(x, x[:, 0] ** 2, 0, "shift", [1.0, 1e8])
    >>> [round(lesson.exactness.scores[2].prediction_digits) > 9 for lesson in (near, far)]
    [True, False]
    """
    matrix, labels = check_X_y(X, y)
    if not 0 <= column < matrix.shape[1]:
        raise InputError(_("There is no column number {column}.").format(column=column))
    done: list[Lesson] = []
    for place, amount in enumerate(amounts):
        if progress is not None and not progress(place / len(amounts)):
            break
        copy = changed_column(matrix, column, change, amount)
        done.append(Lesson(amount, measure_solver_accuracy(copy, labels, solve_closed_form(copy, labels))))
    return tuple(done)
