"""What the usual lines for least squares return on a given table: really run, and compared with the exact solution."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from core.language import _
from core.regression.data.validation import Array, ArrayLike, check_positive, check_X_y
from core.regression.experiments.solver_snippets import Outcome, Snippet, run_snippet
from core.regression.least_squares.closed_form import ClosedForm, solve_closed_form

Verdict: TypeAlias = Literal["smallest", "right", "close", "nonsense", "not_finite", "raises"]

MOST_NUMBERS = 100_000_000  # rows times squared columns: about a second for all lines together
_RIGHT, _CLOSE = 6.0, 2.0  # digits of the predictions
_SAME_SIZE = 1e-6


@dataclass(frozen=True, eq=False)
class Trial:
    """A line that was run, and its result.

    From largest to digits all are None where the line raised or some parameter is not finite.

    Attributes:
        way: the line.
        error: the class of the exception, or None.
        message: its text, or None.
        parameters (d + 1,): the weights, then the bias, as the line returned them; None after an exception.
        largest: the largest size among them.
        norm: their 2-norm.
        loss: half the mean squared error that they have on these rows.
        gap: by how much that is above the smallest.
        digits: to how many digits the predictions agree with the exact ones, in units of the spread of the labels.
        rank: what the line took the rank of A for, if it returns one.
        seconds: what it took.
        verdict: `smallest` (right, and of minimum norm), `right` (at least 6 digits of the
            predictions), `close` (at least 2), `nonsense` (an answer without an exception, and wrong), `not_finite`,
            `raises`.
    """

    way: Snippet
    error: str | None
    message: str | None
    parameters: Array | None
    largest: float | None
    norm: float | None
    loss: float | None
    gap: float | None
    digits: float | None
    rank: int | None
    seconds: float
    verdict: Verdict


@dataclass(frozen=True, eq=False)
class Trials:
    """All lines, run on some rows of a table.

    Attributes:
        attempts: one for each line.
        rows: how many were used.
        of_rows: how many the table has.
        fit: the closed form of these rows.
        dropped: the features that the last line leaves out, by position.
    """

    attempts: tuple[Trial, ...]
    rows: int
    of_rows: int
    fit: ClosedForm
    dropped: tuple[int, ...]


def ways(penalty: float, dropped: Sequence[int], features: int) -> tuple[Snippet, ...]:
    """Return the lines that are tried; `dropped` are the features that the last one leaves out, if there are any."""
    solve = "w = {}.linalg.solve(A.T @ A, A.T @ y)"
    inverse = "w = {}.linalg.inv(A.T @ A) @ A.T @ y"
    lstsq = "w, _, rank, _ = torch.linalg.lstsq(A, y[:, None]{})\nw = w[:, 0]"
    ridge = (
        f"penalty = {penalty:g} * len(A) * torch.eye(A.shape[1], dtype=A.dtype)\n"
        "penalty[-1, -1] = 0  # the bias stays free\n"
        "w = torch.linalg.solve(A.T @ A + penalty, A.T @ y)"
    )
    tried = [
        Snippet("torch.linalg.inv", "torch", inverse.format("torch")),
        Snippet("torch.linalg.solve", "torch", solve.format("torch")),
        Snippet("numpy.linalg.inv", "numpy", inverse.format("numpy")),
        Snippet("numpy.linalg.solve", "numpy", solve.format("numpy")),
        Snippet("torch.linalg.lstsq", "torch", lstsq.format("")),
        Snippet("torch.linalg.lstsq, gels", "torch", lstsq.format(', driver="gels"')),
        Snippet("torch.linalg.lstsq, gelsd", "torch", lstsq.format(', driver="gelsd"')),
        Snippet("numpy.linalg.lstsq", "numpy", "w, _, rank, _ = numpy.linalg.lstsq(A, y)"),
        Snippet("torch.linalg.pinv", "torch", "w = torch.linalg.pinv(A) @ y"),
        Snippet(_("ridge"), "torch", ridge),
    ]
    if dropped:
        spare = ", ".join(map(str, dropped))
        drop = (
            f"kept = [j for j in range({features + 1}) if j not in ({spare},)]\n"
            "B = A[:, kept]\n"
            "w = torch.zeros(A.shape[1], dtype=A.dtype)\n"
            "w[kept] = torch.linalg.solve(B.T @ B, B.T @ y)"
        )
        tried.append(Snippet(_("leaving columns out"), "torch", drop))
    return tuple(tried)


def try_all(X: ArrayLike, y: ArrayLike, fit: ClosedForm, penalty: float = 1e-6) -> Trials:
    """Run the usual lines on X (n, d) and y (n,), whose closed form is `fit`, and judge what each returns.

    Of a table too large to try all of them in about a second, evenly spread rows are used, and the closed form is
    solved for these. `penalty` is that of ridge regression, which minimises loss + penalty/2 · |w|².
    Raises InputError for NaN, infinity, other shapes, and a penalty that is not above 0.
    """
    matrix, labels = check_X_y(X, y)
    n, d = matrix.shape
    chosen = max(MOST_NUMBERS // (d + 1) ** 2, 4 * (d + 1))
    if n > chosen:
        rows = np.linspace(0, n - 1, chosen).round().astype(np.int64)
        matrix, labels = matrix[rows], labels[rows]
        fit = solve_closed_form(matrix, labels)
    dropped = tuple(relation.column for relation in fit.relations)
    judge = _Judge(matrix, labels, fit)
    _warm_up(d)
    attempts = tuple(
        judge.look_at(way, run_snippet(way, matrix, labels))
        for way in ways(check_positive(penalty, "penalty"), dropped, d)
    )
    return Trials(attempts, len(matrix), n, fit, dropped)


def _warm_up(features: int) -> None:
    """Call the libraries once, so that what they load at the first call is not timed."""
    tiny, labels = np.eye(3, 2), np.arange(3.0)
    for way in ways(1.0, (), features):
        run_snippet(way, tiny, labels)


class _Judge:
    """Holds the exact solution, and measures how far another is from it."""

    def __init__(self, X: Array, y: Array, fit: ClosedForm) -> None:
        self.X, self.y, self.full_rank = X, y, fit.rank == fit.columns
        self.exact = np.append(fit.weights.numpy(), fit.bias)
        self.mean = X.mean(axis=0)
        with np.errstate(over="ignore", invalid="ignore"):
            spread = float(y.std())
        self.spread = spread if spread > 0 else max(float(np.abs(y).max()), 1.0)

    def look_at(self, way: Snippet, outcome: Outcome) -> Trial:
        """Return the verdict on what a snippet returned."""
        parameters, rank, seconds = outcome.parameters, outcome.rank, outcome.seconds
        if parameters is None:
            return Trial(
                way, outcome.error, outcome.message, None, None, None, None, None, None, None, seconds, "raises"
            )
        with np.errstate(over="ignore", invalid="ignore"):
            change = parameters - self.exact
            apart = (self.X - self.mean) @ change[:-1] + (change[-1] + self.mean @ change[:-1])
            distance = float(np.linalg.norm(apart / self.spread) / np.sqrt(len(apart)))
            loss = 0.5 * float(np.square(self.X @ parameters[:-1] + parameters[-1] - self.y).mean())
            gap = 0.5 * (distance * self.spread) ** 2
        if not np.isfinite([*parameters, distance, loss, gap]).all():
            return Trial(way, None, None, parameters, None, None, None, None, None, rank, seconds, "not_finite")
        digits = -np.log10(max(distance, 2.0**-53))
        largest, norm = float(np.abs(parameters).max()), float(np.linalg.norm(parameters))
        verdict = self._verdict(digits, norm)
        return Trial(way, None, None, parameters, largest, norm, loss, gap, float(digits), rank, seconds, verdict)

    def _verdict(self, digits: float, norm: float) -> Verdict:
        if digits < _CLOSE:
            return "nonsense"
        if digits < _RIGHT:
            return "close"
        smallest = not self.full_rank and norm <= (1 + _SAME_SIZE) * float(np.linalg.norm(self.exact))
        return "smallest" if smallest else "right"
