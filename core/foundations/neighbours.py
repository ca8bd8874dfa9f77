"""More data against stronger assumptions: a straight line beside the nearest neighbours, as rows are added."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.errors import InputError
from core.language import _
from core.regression.data.metrics import column_centre, column_spread
from core.regression.data.validation import LARGEST_VALUE

Array = npt.NDArray[np.float64]
SMALLEST = 2  # rows to learn from
MOST_TESTED = 300  # rows in a test, so that many seeds are cheap


@dataclass(frozen=True, eq=False)
class Contest:
    """The test errors of a line and of the nearest neighbours, as rows are added.

    Attributes:
        curve: a DataFrame with rows (learned from), model ("line" or "neighbours"), error (the mean over the seeds of
            the root of the mean squared error on test rows, in units of the label), low and high (the smallest and the
            largest of them).
        parameters: how many numbers the line keeps, whatever the number of rows: one per feature, and the intercept.
        crossing: the smallest number of rows from which on the neighbours have the smaller error; None if they never
            do up to the largest number of rows.
    """

    curve: pd.DataFrame
    parameters: int
    crossing: int | None


def make_curve(n: int, noise: float, seed: int) -> tuple[Array, Array]:
    """Return x (n, 1), uniform between -1 and 1, and y = 2x + sin(5x) + noise (n,): a curve that no line follows."""
    random = np.random.default_rng(seed)
    x = random.uniform(-1, 1, n)
    return x[:, None], 2 * x + np.sin(5 * x) + noise * random.standard_normal(n)


def sizes_up_to(most: int) -> list[int]:
    """Return numbers of rows to learn from, each about 1.6 times the one before, up to `most`, which is the last."""
    sizes = np.unique(np.geomspace(SMALLEST, max(most, SMALLEST), 12).round().astype(int))
    return [int(size) for size in sizes]


def contest(X: npt.ArrayLike, y: npt.ArrayLike, *, k: int = 5, seeds: Sequence[int] = range(8)) -> Contest:
    """Compare a line fitted by least squares with the mean of the k nearest rows, on rows that neither has seen.

    X is (n, d) and y (n,), finite. For each seed a third of the rows, at most 300, are drawn for the test and the
    others are added in a random order, the same for both. Features are standardised by the rows learned from; a
    constant one gets 0. Least squares takes the solution of smallest norm where the rows are too few. With fewer than
    k rows all of them are neighbours. Raises InputError for fewer than 6 rows, for no features, for values that are
    not finite, and for those beyond 1e100.
    """
    features, label = np.asarray(X, dtype=np.float64), np.asarray(y, dtype=np.float64)
    check_rows(features, label)
    n = len(label)
    tested = min(max(n // 3, 1), MOST_TESTED)
    sizes = sizes_up_to(n - tested)
    errors = {"line": np.empty((len(seeds), len(sizes))), "neighbours": np.empty((len(seeds), len(sizes)))}
    for at, seed in enumerate(seeds):
        order = np.random.default_rng(seed).permutation(n)
        test, rest = order[:tested], order[tested:]
        for place, size in enumerate(sizes):
            known, (seen, asked) = label[rest[:size]], _standardised(features[rest[:size]], features[test])
            errors["line"][at, place] = _rmse(_line(seen, known, asked), label[test])
            errors["neighbours"][at, place] = _rmse(nearest_mean(seen, known, asked, k), label[test])
    tables = [
        pd.DataFrame(
            {"rows": sizes, "model": model, "error": of.mean(axis=0), "low": of.min(axis=0), "high": of.max(axis=0)}
        )
        for model, of in errors.items()
    ]
    return Contest(pd.concat(tables, ignore_index=True), features.shape[1] + 1, _crossing(sizes, errors))


def nearest_mean(X: Array, y: Array, asked: Array, k: int) -> Array:
    """Return the mean label of the k rows of X (n, d) nearest to each row of `asked` (m, d); of all rows if n < k."""
    from sklearn.neighbors import KNeighborsRegressor

    model = KNeighborsRegressor(n_neighbors=min(k, len(X)), algorithm="brute")
    found: Array = model.fit(X, y).predict(asked)
    return found


def _line(X: Array, y: Array, asked: Array) -> Array:
    ones = np.ones((len(X), 1))
    solution = np.linalg.lstsq(np.hstack([ones, X]), y, rcond=None)[0]
    found: Array = solution[0] + asked @ solution[1:]
    return found


def _standardised(X: Array, other: Array) -> tuple[Array, Array]:
    centre, spread = column_centre(X), column_spread(X)
    varies = spread > 0
    scale = np.where(varies, spread, 1.0)
    return (X - centre) / scale, np.where(varies, (other - centre) / scale, 0.0)


def _rmse(predicted: Array, truth: Array) -> float:
    return float(np.sqrt(np.mean((predicted - truth) ** 2)))


def _crossing(sizes: list[int], errors: dict[str, Array]) -> int | None:
    ahead = errors["neighbours"].mean(axis=0) < errors["line"].mean(axis=0)
    behind = np.flatnonzero(~ahead)
    first = int(behind[-1]) + 1 if len(behind) else 0
    return sizes[first] if first < len(sizes) else None


def check_rows(X: Array, y: Array) -> None:
    """Raise InputError where X (n, d) and y (n,) cannot be compared on; see `contest`."""
    if X.ndim != 2 or not X.shape[1]:
        raise InputError(_("The comparison needs at least one feature, but the table has none; choose another table."))
    if len(X) != len(y) or len(y) < 6:
        template = _("The comparison needs at least 6 rows, each with a label, but got {rows} rows and {labels} "
                     "labels; choose another table.")  # fmt: skip
        raise InputError(template.format(rows=len(X), labels=len(y)))
    if not (np.isfinite(X).all() and np.isfinite(y).all()):
        raise InputError(_("A value is missing or infinite, and distances need numbers; fill or leave out its row."))
    if max(np.abs(X).max(), np.abs(y).max()) > LARGEST_VALUE:
        raise InputError(_("A value is beyond 1e100, and distances have no number; divide its column by a constant."))


@dataclass(frozen=True, eq=False)
class GrowingFit:
    """Both models of one feature as rows are added, for one order of the rows.

    Attributes:
        train (m): the rows learned from, in the order in which they are added.
        test (t): the rows that neither model has seen.
        sizes: how many rows are learned from at each stage.
        lines (stages, 2): slope and intercept of least squares at each stage.
        grid (g): places of the feature at which the neighbours are asked, in order.
        curves (stages, g): the mean label of the nearest rows there.
        errors (stages, 2): the root of the mean squared error of line and neighbours on the test rows.
    """

    train: npt.NDArray[np.int64]
    test: npt.NDArray[np.int64]
    sizes: tuple[int, ...]
    lines: Array
    grid: Array
    curves: Array
    errors: Array


def growing_fit(x: npt.ArrayLike, y: npt.ArrayLike, *, k: int = 5, seed: int = 0, places: int = 121) -> GrowingFit:
    """Fit a line and k nearest neighbours to one feature x (n,) and its label y (n,) as rows are added.

    The rows are split and ordered as in `contest`, whose errors these are where the table has this one feature. Raises
    InputError for fewer than 6 rows, and for values that are not finite or beyond 1e100.
    """
    feature, label = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    check_rows(feature[:, None], label)
    tested = min(max(len(label) // 3, 1), MOST_TESTED)
    order = np.random.default_rng(seed).permutation(len(label)).astype(np.int64)
    test, train = order[:tested], order[tested:]
    sizes = sizes_up_to(len(train))
    grid = np.linspace(feature.min(), feature.max(), places)
    lines, curves, errors = [], [], []
    for size in sizes:
        seen, known = feature[train[:size], None], label[train[:size]]
        centre, spread = float(column_centre(seen).item()), float(column_spread(seen).item()) or 1.0
        ends = _line((seen - centre) / spread, known, np.array([[0.0], [1.0]]))
        slope = float(ends[1] - ends[0]) / spread
        lines.append((slope, float(ends[0]) - slope * centre))
        curves.append(nearest_mean(seen, known, grid[:, None], k))
        guesses = slope * feature[test] + lines[-1][1], nearest_mean(seen, known, feature[test, None], k)
        errors.append([_rmse(guess, label[test]) for guess in guesses])
    return GrowingFit(train, test, tuple(sizes), np.array(lines), grid, np.array(curves), np.array(errors))
