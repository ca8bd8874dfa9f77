"""The learning curve: the loss against the number of training rows."""

import math
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from core.errors import InputError
from core.language import _
from core.regression.data.metrics import score
from core.regression.data.minibatches import Rows, check_seed
from core.regression.data.validation import Array, ArrayLike, check_count, check_X_y
from core.regression.diagnostics.residuals import find_residuals
from core.regression.least_squares.closed_form import ClosedForm, solve_closed_form
from core.regression.sgd.config import SgdConfig
from core.regression.sgd.loop import Progress
from core.regression.sgd.objective import check_test_rows
from core.regression.sgd.train import train

MOST_NUMBERS = 500_000  # numbers in the largest part: more rows than that change little, and take long
SHARE_HELD_BACK = 5  # one row in so many, where no test rows are given
_STREAM = 7  # of random numbers, one that nothing else draws from


@dataclass(frozen=True, eq=False)
class LearningCurve:
    """How the losses of both models change with the number of rows they learn from.

    Attributes:
        runs: one row per model ("sgd", "closed_form"), part ("train", "test"), repeat and size: the loss, NaN for a run
            of SGD that diverged.
        rows: the largest size.
        test_rows: how many rows it is evaluated on.
        capped: whether the table has more of either.
        held_back: whether no test rows were given, so that each repeat keeps some of its own rows for testing.
        parameters: p, the rank of the closed form.
        noise: σ²/2, the loss that noise alone would leave, from the residual deviation of all rows; 0 if their fit is
            perfect, None if no residuals are left to estimate it from.
        diverged: how many runs of SGD did.
        stopped: whether runs are missing.
    """

    runs: pd.DataFrame
    rows: int
    test_rows: int
    capped: bool
    held_back: bool
    parameters: int
    noise: float | None
    diverged: int
    stopped: bool

    def summary(self) -> pd.DataFrame:
        """Return model, part, size, and over the repeats the mean loss, low and high (the range), and their number."""
        grouped = self.runs.dropna().groupby(["model", "part", "size"], sort=True)["loss"]
        return grouped.agg(mean="mean", low="min", high="max", repeats="size").reset_index()

    def law(self, points: int = 60) -> pd.DataFrame:
        """Return size, train and test: the losses to be expected, σ²/2 · (1 - p/n) and σ²/2 · (1 + p/n).

        The first is exact if the model is right; the second is the loss on new rows then, to first order in p/n (T.
        Hastie, R. Tibshirani & J. Friedman 2009, "The Elements of Statistical Learning", 7.4). Empty without noise.
        """
        if not self.noise or not len(self.runs):
            return pd.DataFrame({"size": np.zeros(0), "train": np.zeros(0), "test": np.zeros(0)})
        size = np.geomspace(self.runs["size"].min(), self.runs["size"].max(), points)
        share = self.parameters / size
        return pd.DataFrame({"size": size, "train": self.noise * (1 - share), "test": self.noise * (1 + share)})


def part_sizes(rows: int, parameters: int, sizes: int = 8) -> tuple[int, ...]:
    """Return at most `sizes` numbers of rows, growing by a steady factor to `rows`; none if there are too few rows.

    The first is 1.5 times the parameters and at least one more than them: with fewer the loss says little.

    >>> part_sizes(1000, parameters=10)
    (15, 27, 50, 91, 165, 301, 549, 1000)
    >>> part_sizes(12, parameters=10)
    ()
    """
    first = max(parameters + 1, math.ceil(1.5 * parameters))
    if first >= rows:
        return ()
    return tuple(sorted({round(size) for size in np.geomspace(first, rows, sizes).tolist()}))


def learning_curve(
    X: ArrayLike,
    y: ArrayLike,
    X_test: ArrayLike | None = None,
    y_test: ArrayLike | None = None,
    *,
    fit: ClosedForm | None = None,
    config: SgdConfig | None = None,
    sizes: int = 8,
    repeats: int = 5,
    seed: int = 0,
    progress: Progress | None = None,
) -> LearningCurve:
    """Train both models on growing parts of X (n, d) and y (n,), and evaluate them on the test rows.

    Each repeat shuffles the rows again from the seed and takes the first few, then more, up to all: a larger part holds
    the smaller ones. `config` has the settings of SGD; its batch size is cut to the part, its seed moves on with
    every repeat, and if it asks for early stopping the test rows decide. Without test rows each repeat holds a fifth of
    the rows back. `fit` is the closed form of all rows, if it is known. At most 500,000 numbers are used for training
    and as many for testing, drawn from the seed.
    `progress` is called often with the share done; once it returns False, what there is by then is returned.
    Raises InputError if there are too few rows for two sizes, and for what `train_sgd` refuses.
    """
    matrix, labels = check_X_y(X, y)
    test = check_test_rows(X_test, y_test, matrix.shape[1])
    fit = solve_closed_form(matrix, labels) if fit is None else fit
    most = max(MOST_NUMBERS // (matrix.shape[1] + 1), 2)
    seeds = np.random.SeedSequence(check_seed(seed), spawn_key=(_STREAM,)).spawn(check_count(repeats, "repeats") + 1)
    chosen, judged = (
        _drawn(len(labels), most, seeds[-1]),
        None if test is None else _drawn(len(test[1]), most, seeds[-1]),
    )
    back = len(chosen) // SHARE_HELD_BACK if test is None else 0
    parts = part_sizes(len(chosen) - back, fit.rank, check_count(sizes, "sizes"))
    if len(parts) < 2 or (test is None and not back):
        raise InputError(
            _("A learning curve of {parameters} parameters needs more than {rows} training rows.").format(
                parameters=fit.rank, rows=len(labels)
            )
        )
    curve = _Curve(config or SgdConfig(), parts, repeats, progress)
    for repeat in range(repeats):
        order = chosen[np.random.default_rng(seeds[repeat]).permutation(len(chosen))]
        if test is None or judged is None:
            held = order[len(order) - back :]
            rows_of_test = matrix[held], labels[held]
        else:
            rows_of_test = test[0][judged], test[1][judged]
        if not curve.add(repeat, matrix[order], labels[order], rows_of_test):
            break
    return LearningCurve(
        runs=pd.DataFrame(curve.found, columns=["model", "part", "repeat", "size", "loss"]),
        rows=parts[-1],
        test_rows=back if judged is None else len(judged),
        capped=len(chosen) < len(labels) or (test is not None and judged is not None and len(judged) < len(test[1])),
        held_back=test is None,
        parameters=fit.rank,
        noise=_noise(matrix, labels, fit),
        diverged=curve.diverged,
        stopped=curve.stopped,
    )


def _drawn(rows: int, most: int, seed: np.random.SeedSequence) -> Rows:
    """Return the positions of at most `most` of the rows, drawn at random, in the order of the table."""
    if rows <= most:
        return np.arange(rows)
    return np.sort(np.random.default_rng(seed).choice(rows, most, replace=False))


def _noise(X: Array, y: Array, fit: ClosedForm) -> float | None:
    found = find_residuals(X, y, fit.weights, fit.bias, fit.rank)
    if found.deviation is None:
        return None
    return 0.0 if found.perfect else found.deviation**2 / 2


class _Curve:
    """The runs made so far. The only thing here that changes."""

    def __init__(self, config: SgdConfig, parts: tuple[int, ...], repeats: int, progress: Progress | None) -> None:
        self.config, self.parts, self.progress = config, parts, progress
        self.found: list[tuple[str, str, int, int, float]] = []
        self.diverged, self.stopped = 0, False
        self._done, self._total = 0, sum(parts) * repeats

    def add(self, repeat: int, X: Array, y: Array, test: tuple[Array, Array]) -> bool:
        """Make the runs of one repeat; return whether to go on."""
        for size in self.parts:
            if not self._go_on(0.0, size) or not self._run(repeat, size, X[:size], y[:size], test):
                self.stopped = True
                return False
            self._done += size
        return True

    def _run(self, repeat: int, size: int, X: Array, y: Array, test: tuple[Array, Array]) -> bool:
        fit = solve_closed_form(X, y)
        own = self.config
        own = replace(own, seed=own.seed + repeat, batch_size=min(own.batch_size, size))
        watched = test if own.early_stopping else (None, None)
        going: list[bool] = [True]

        def progress(share: float) -> bool:
            going[0] = self._go_on(share, size)
            return going[0]

        run = train(X, y, own, X_test=watched[0], y_test=watched[1], record=2, fit=fit, progress=progress)
        if not going[0]:
            return False
        self.diverged += run.diverged
        models = {"closed_form": (fit.weights.numpy(), fit.bias), "sgd": (run.weights.numpy(), run.bias)}
        for model, (weights, bias) in models.items():
            for part, (matrix, labels) in {"train": (X, y), "test": test}.items():
                lost = model == "sgd" and run.diverged
                loss = math.nan if lost else score(labels, matrix @ weights + bias).loss
                self.found.append((model, part, repeat, size, loss))
        return True

    def _go_on(self, share: float, size: int) -> bool:
        return self.progress is None or self.progress((self._done + share * size) / self._total) is not False
