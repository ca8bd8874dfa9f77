"""Linear regression trained by minibatch stochastic gradient descent."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.errors import InputError
from core.language import _
from core.regression.closed_form import ClosedForm
from core.regression.descent import Path, Progress, Settings, check_settings, follow
from core.regression.divergence import Divergence, find_divergence
from core.regression.inputs import ArrayLike, as_matrix, check_count
from core.regression.minibatches import Rows, draw_start, rows_of_update, updates_per_epoch
from core.regression.problem import OtherRows, Problem, check_names, check_start, pose_other_rows, pose_problem
from core.regression.scaling import Scaling

if TYPE_CHECKING:
    import torch


@dataclass(frozen=True, eq=False)
class SgdRun:
    """A finished run. Parameters are in the units of the table, whatever scaling happened inside.

    weights (d,), bias: the parameters at the end (of a run that diverged: the last finite ones).
    scaling: what training saw, z = (x - centre)/spread; centre 0 and spread 1 unless standardised.
    history: one row per recorded step, starting with step 0, the initial parameters: step (updates made, whole numbers
    held as float64), epoch (rows seen, divided by n), loss (half the mean squared error over all training rows), gap
    (how much of it is above the closed form), test_loss (if test rows were given), the weights w1 … wd and the bias b.
    closed_form: the closed form that the gap is measured against; closed_form_loss, closed_form_test_loss: its losses.
    steps: updates made. seconds: time of the training loop alone.
    diverged, divergence: whether and why the run went away from the closed form; note: the same in sentences, or that
    the run was stopped, or "".
    """

    weights: "torch.Tensor"
    bias: float
    scaling: Scaling
    history: pd.DataFrame
    closed_form: ClosedForm
    closed_form_loss: float
    closed_form_test_loss: float | None
    rows: int
    steps: int
    epochs: int
    batch_size: int
    learning_rate: float
    optimizer: str
    seed: int
    seconds: float
    divergence: Divergence | None
    note: str

    @property
    def diverged(self) -> bool:
        """Whether the run went away from the closed form."""
        return self.divergence is not None

    @property
    def gap(self) -> float:
        """How much the loss at the end is above that of the closed form."""
        return float(self.history["gap"].iloc[-1])

    @property
    def loss(self) -> float:
        """The loss at the end, over all training rows."""
        return float(self.history["loss"].iloc[-1])

    def predict(self, X: ArrayLike) -> "torch.Tensor":
        """Return the predictions (k,) for rows X (k, d). Raises InputError unless the columns are those trained on."""
        import torch

        matrix = as_matrix(X)
        weights = self.weights.numpy()
        if matrix.shape[1] != len(weights):
            raise InputError(
                _("X has {columns} columns and the model was trained on {trained}; give it the same columns.").format(
                    columns=matrix.shape[1], trained=len(weights)
                )
            )
        return torch.from_numpy(matrix @ weights + self.bias)

    def minibatch(self, step: int) -> Rows:
        """Return the positions of the rows that update number `step`, from 1 to `steps`, was made from."""
        if check_count(step, "step") > self.steps:
            raise InputError(
                _("step has to be between 1 and {steps}; {value} came.").format(steps=self.steps, value=step)
            )
        return rows_of_update(self.rows, self.batch_size, int(step), self.seed)


def train_sgd(
    X: ArrayLike,
    y: ArrayLike,
    learning_rate: float = 0.03,
    batch_size: int = 10,
    epochs: int = 3,
    seed: int = 0,
    *,
    standardise: bool = False,
    X_test: ArrayLike | None = None,
    y_test: ArrayLike | None = None,
    initial: tuple[ArrayLike, float] | None = None,
    optimizer: str = "sgd",
    momentum: float = 0.9,
    record: int = 500,
    fit: ClosedForm | None = None,
    feature_names: Sequence[str] | None = None,
    progress: Progress | None = None,
) -> SgdRun:
    """Train y ≈ Xw + b on rows X (n, d) and labels y (n,), minimising half the mean squared error.

    Every epoch shuffles the rows anew from the seed and cuts them into minibatches of `batch_size`, the last one maybe
    shorter; each update is w ← w - η/|B| · Σ (ŷ - y) x over its minibatch B. With standardise=True descent sees
    z = (x - mean)/deviation of the training rows instead. Weights start at N(0, 0.01²) from the seed, in the
    coordinates trained in, and the bias at 0, unless `initial` gives weights and bias in the units of the table.
    `optimizer` "momentum" and "adam" are those of torch.optim, with `momentum` as β and Adam's usual constants.

    `record` bounds the rows of the history: dense at first, then sparser, the last update always included. `fit` is the
    closed form of the same rows if it is known already. `feature_names` are used in the note on a divergence.
    `progress` is called about ten times a second with the share done; returning False stops the run.

    A constant column does not move its weight when standardised; with dependent columns the gap is measured all the
    same, since every closed form then predicts the same. A run that diverges ends early and says why.
    Raises InputError for missing or infinite values, lengths that do not match, no rows or columns, a batch size
    outside 1 … n, a learning rate that is not above 0, or values beyond 1e100.

    >>> from core.regression.synthetic import make_synthetic
    >>> X, y = make_synthetic(noise=0.01)
    >>> run = train_sgd(X, y)
    >>> run.steps, run.diverged, run.gap < 1e-5
    (300, False, True)
    """
    problem = pose_problem(X, y, standardise, fit)
    n, d = problem.X.shape
    settings = check_settings(Settings(learning_rate, batch_size, epochs, seed, optimizer, momentum), n)
    check_count(record, "record")
    names = check_names(feature_names, d)
    other = pose_other_rows(problem, X_test, y_test)
    start = draw_start(d, seed) if initial is None else check_start(initial, d, problem.scaling)
    path = follow(problem, start, settings, max(record, 2), progress)
    history = tell_history(problem, path, settings, other)
    divergence = find_divergence(problem, path, settings, names, standardise)
    import torch

    return SgdRun(
        weights=torch.from_numpy(history.iloc[-1, -d - 1 : -1].to_numpy(dtype=np.float64, copy=True)),
        bias=float(history["b"].iloc[-1]),
        scaling=problem.scaling,
        history=history,
        closed_form=problem.fit,
        closed_form_loss=problem.loss,
        closed_form_test_loss=None if other is None else other.loss,
        rows=n,
        steps=path.updates,
        epochs=settings.epochs,
        batch_size=settings.batch_size,
        learning_rate=settings.learning_rate,
        optimizer=settings.optimizer,
        seed=settings.seed,
        seconds=path.seconds,
        divergence=divergence,
        note=_note(path, settings, n, divergence),
    )


def warm_up() -> None:
    """Compile the inner loop, or load it from the disk, so that nobody waits for it later: about two seconds once."""
    train_sgd([[0.0], [1.0]], [0.0, 1.0], batch_size=1, epochs=1)


def tell_history(problem: Problem, path: Path, settings: Settings, other: OtherRows | None) -> pd.DataFrame:
    """Return the table of the recorded steps, cut at the last one whose numbers are all finite."""
    n, d = problem.X.shape
    with np.errstate(over="ignore", invalid="ignore"):
        weights, bias = problem.scaling.to_table(path.parameters[:, :-1], path.parameters[:, -1])
        tests = [] if other is None else [other.value(path.parameters)]
    epochs, batches = np.divmod(path.steps, updates_per_epoch(n, settings.batch_size))
    seen = epochs + np.minimum(batches * settings.batch_size, n) / n
    columns = [path.steps.astype(np.float64), seen, problem.loss + path.gaps, path.gaps, *tests, weights, bias]
    table = np.column_stack(columns)
    finite = np.isfinite(table).all(axis=1)
    kept = len(table) if finite.all() else int(finite.argmin())
    names = ["step", "epoch", "loss", "gap", *(["test_loss"] if tests else []), *(f"w{j + 1}" for j in range(d)), "b"]
    return pd.DataFrame(table[:kept], columns=names)


def _note(path: Path, settings: Settings, n: int, divergence: Divergence | None) -> str:
    if path.stopped:
        total = settings.epochs * updates_per_epoch(n, settings.batch_size)
        return _("The run was stopped after {step} of {total} updates.").format(step=path.updates, total=total)
    return "" if divergence is None else divergence.describe(settings.learning_rate)
