"""Linear regression trained by minibatch stochastic gradient descent."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.errors import InputError
from core.language import _, ngettext
from core.regression.data.minibatches import Rows, rows_of_updates, updates_per_epoch
from core.regression.data.standardizer import Scaling
from core.regression.data.validation import Array, ArrayLike, check_array, check_count, check_names
from core.regression.least_squares.closed_form import ClosedForm
from core.regression.least_squares.ridge import Ridge
from core.regression.sgd.config import SgdConfig
from core.regression.sgd.divergence import Divergence, find_divergence
from core.regression.sgd.loop import Best, Progress, Trajectory, run_training_loop
from core.regression.sgd.objective import Objective, TestObjective, build_objective, build_test_objective, find_start

if TYPE_CHECKING:
    import torch


@dataclass(frozen=True, eq=False)
class Updates:
    """Recorded updates, in the coordinates trained in, the bias last: what each saw and what it did.

    Attributes:
        steps (k,): updates made before.
        before (k, d + 1): the parameters then.
        gradient (k, d + 1): the mean gradient of the minibatch of the next update, with the penalty's share;
            NaN in the last row, where the run ends.
        after (k, d + 1): the parameters after that update; NaN in the last row.
    """

    steps: Rows
    before: Array
    gradient: Array
    after: Array


@dataclass(frozen=True)
class EarlyStop:
    """Training that watches the loss on the test rows.

    Attributes:
        epochs: how many were made.
        best_epoch: after which the test loss was least; 0 is the start.
        patience: how many epochs it may not fall.
        test_loss: the loss after best_epoch.
        is_early: whether patience ran out before the epochs did.
    """

    epochs: int
    best_epoch: int
    patience: int
    test_loss: float
    is_early: bool


@dataclass(frozen=True, eq=False)
class SgdRun:
    """A finished run. Parameters are in the units of the table, whatever scaling happened inside.

    The columns of history: step (updates made, whole numbers held as float64), epoch (rows seen, divided by n), loss
    (half the mean squared error over all training rows), gap (how much of it is above the closed form), with a penalty
    objective (what is minimised, of which the gap is then a part), test_loss (if test rows were given), the weights w1
    … wd and the bias b.

    Attributes:
        weights (d,): at the end; of a run that diverged: the last finite ones.
        bias: at the end, or the last finite one.
        scaling: what training saw, z = (x - centre)/spread; centre 0 and spread 1 unless standardised.
        history: one row per recorded step, starting with step 0, the initial parameters.
        updates: the same steps, each with the update that followed.
        closed_form: the closed form without a penalty.
        ridge: the closed form with the penalty, if there is one.
        closed_form_loss: the loss of the closed form that the gap is measured against.
        closed_form_test_loss: its loss on the test rows, None without such.
        rows: trained on.
        steps: updates made.
        config: its settings.
        seconds: time of the training loop alone.
        stopped_early: how early stopping went, if asked for.
        divergence: why the run went away from the closed form, None if it did not; `diverged` says whether.
        note: the same in sentences, or that the run was stopped, or "".
    """

    weights: "torch.Tensor"
    bias: float
    scaling: Scaling
    history: pd.DataFrame
    updates: Updates
    closed_form: ClosedForm
    ridge: Ridge | None
    closed_form_loss: float
    closed_form_test_loss: float | None
    rows: int
    steps: int
    config: SgdConfig
    seconds: float
    stopped_early: EarlyStop | None
    divergence: Divergence | None
    note: str

    @property
    def diverged(self) -> bool:
        """Whether the run diverged from the closed form."""
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

        matrix = check_array(X)
        weights = self.weights.numpy()
        if matrix.shape[1] != len(weights):
            raise InputError(
                _(
                    "X has shape (n, {columns}), but the model was trained on (n, {trained}); give it the same columns."
                ).format(columns=matrix.shape[1], trained=len(weights))
            )
        return torch.from_numpy(matrix @ weights + self.bias)

    def minibatch(self, step: int) -> Rows:
        """Return the positions of the rows that update number `step`, from 1 to `steps`, was made from."""
        if check_count(step, "step") > self.steps:
            raise InputError(
                _("step has to be between 1 and {steps}; got {value}.").format(steps=self.steps, value=step)
            )
        config = self.config
        return rows_of_updates(self.rows, config.batch_size, [int(step)], config.seed, config.shuffle)[0]

    def minibatches(self, steps: Sequence[int] | Rows) -> list[Rows]:
        """Return, for each number of updates made, the rows of the update that follows; none after the last."""
        config = self.config
        numbers = [int(step) + 1 for step in steps if step < self.steps]
        found = iter(rows_of_updates(self.rows, config.batch_size, numbers, config.seed, config.shuffle))
        return [next(found) if step < self.steps else np.empty(0, dtype=np.int64) for step in steps]


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
    shuffle: str = "every_epoch",
    start_spread: float = 0.01,
    penalty: float = 0.0,
    early_stopping: int | None = None,
    record: int = 500,
    fit: ClosedForm | None = None,
    feature_names: Sequence[str] | None = None,
    progress: Progress | None = None,
    **options: float,
) -> SgdRun:
    """Train y ≈ Xw + b on rows X (n, d) and labels y (n,), minimising half the mean squared error.

    Every epoch shuffles the rows again from the seed and cuts them into minibatches of `batch_size`, the last one maybe
    shorter; each update is w ← w - η/|B| · Σ (ŷ - y) x over its minibatch B. With `shuffle` "once" all epochs have the
    order of the first, with "never" that of the table. With standardise=True training uses z = (x - mean)/deviation of
    the training rows instead. Weights start at N(0, start_spread²) from the seed, in the coordinates trained in, and
    the bias at 0, unless `initial` gives weights and bias in the units of the table.
    `optimizer` is a name of `OPTIMIZERS`, whose rules are those of torch.optim: "momentum" has `momentum` as β, "adam"
    the usual constants. `options` are parameters that other optimizers have of their own.
    `penalty` times the weights, in the coordinates trained in, is added to the gradient, the bias left free: what is
    minimised is loss + penalty/2 · ‖w‖², and the gap is measured against the closed form of that.
    With `early_stopping` the run ends once the loss on the test rows has not fallen for so many epochs, and the result
    is that of the epoch where it was lowest; a run that diverges is kept whole.

    `record` bounds the rows of the history: dense at first, then sparser, the last update always included. `fit` is the
    closed form of the same rows if it is known already. `feature_names` are used in the note on a divergence.
    `progress` is called about ten times a second with the share done; returning False stops the run.

    A constant column does not move its weight when standardised; with dependent columns the gap is still defined,
    since every closed form then predicts the same. A run that diverges ends early, and its note has the cause.
    Raises InputError for missing or infinite values, lengths that do not match, no rows or columns, a batch size
    outside 1 … n, a learning rate that is not above 0, early stopping without test rows, or values beyond 1e100.

    >>> from core.regression.data.synthetic import make_synthetic
    >>> X, y = make_synthetic(noise=0.01)
    >>> run = train_sgd(X, y)
    >>> run.steps, run.diverged, run.gap < 1e-5
    (300, False, True)
    """
    config = SgdConfig(
        learning_rate, batch_size, epochs, seed, standardise, optimizer, {"momentum": momentum, **options}, shuffle,
        start_spread, penalty, early_stopping, initial,
    )  # fmt: skip
    return train(
        X, y, config,
        X_test=X_test, y_test=y_test, record=record, fit=fit, feature_names=feature_names, progress=progress,
    )  # fmt: skip


def train(
    X: ArrayLike,
    y: ArrayLike,
    config: SgdConfig,
    *,
    X_test: ArrayLike | None = None,
    y_test: ArrayLike | None = None,
    record: int = 500,
    fit: ClosedForm | None = None,
    feature_names: Sequence[str] | None = None,
    progress: Progress | None = None,
) -> SgdRun:
    """Make the run of `train_sgd` that a config describes. Raises InputError as it does."""
    objective = build_objective(X, y, config.standardise, fit, config.penalty)
    n, d = objective.X.shape
    config.check_rows(n)
    check_count(record, "record")
    names = check_names(feature_names, d)
    test = build_test_objective(objective, X_test, y_test)
    start = find_start(config, objective)
    watched = None if config.early_stopping is None else watched_loss(test)
    path = run_training_loop(objective, start, config, max(record, 2), progress, watched)
    divergence = find_divergence(objective, path, config, names)
    early = None
    if path.best is not None and divergence is None:
        early = _early_stop(path.best, config)
        path = path.until(path.best.updates, path.best.parameters, float(objective.gap(path.best.parameters)))
    history = build_history(objective, path, config, test)
    import torch

    return SgdRun(
        weights=torch.from_numpy(history.iloc[-1, -d - 1 : -1].to_numpy(dtype=np.float64, copy=True)),
        bias=float(history["b"].iloc[-1]),
        scaling=objective.scaling,
        history=history,
        updates=_build_updates(path, len(history)),
        closed_form=objective.fit,
        ridge=objective.ridge,
        closed_form_loss=objective.closed_form_loss,
        closed_form_test_loss=None if test is None else test.loss,
        rows=n,
        steps=path.updates,
        config=config,
        seconds=path.seconds,
        stopped_early=early,
        divergence=divergence,
        note=_note(path, config, n, divergence, early),
    )


def _build_updates(path: Trajectory, kept: int) -> Updates:
    """Return the recorded updates of the history."""
    gradient, after = path.gradients[:kept].copy(), path.after[:kept].copy()
    gradient[-1] = after[-1] = np.nan
    return Updates(path.steps[:kept], path.parameters[:kept], gradient, after)


def watched_loss(test: TestObjective | None) -> Callable[[Array], float]:
    """Return the loss to stop early by. Raises InputError if there are no test rows."""
    if test is None:
        raise InputError(_("Early stopping needs the loss on test rows; hold some rows out, or switch it off."))

    def loss(parameters: Array) -> float:
        with np.errstate(over="ignore", invalid="ignore"):
            return float(test.value(parameters))

    return loss


def _early_stop(best: Best, config: SgdConfig) -> EarlyStop:
    return EarlyStop(
        epochs=best.epochs,
        best_epoch=best.epoch,
        patience=config.early_stopping or 0,
        test_loss=best.loss,
        is_early=best.epochs < config.epochs,
    )


def warm_up() -> None:
    """Compile the inner loop, or load it from the disk, so that no later run waits for it: about two seconds once."""
    train_sgd([[0.0], [1.0]], [0.0, 1.0], batch_size=1, epochs=1)


def build_history(
    objective: Objective, path: Trajectory, config: SgdConfig, test: TestObjective | None
) -> pd.DataFrame:
    """Return the table of the recorded steps, cut at the last one whose numbers are all finite."""
    n, d = objective.X.shape
    with np.errstate(over="ignore", invalid="ignore"):
        weights, bias = objective.scaling.to_table(path.parameters[:, :-1], path.parameters[:, -1])
        tests = [] if test is None else [test.value(path.parameters)]
    with np.errstate(over="ignore", invalid="ignore"):
        loss = objective.loss_at(path.parameters, path.gaps)
    penalised = [objective.loss + path.gaps] if objective.penalty else []
    epochs, batches = np.divmod(path.steps, updates_per_epoch(n, config.batch_size))
    seen = epochs + np.minimum(batches * config.batch_size, n) / n
    columns = [path.steps.astype(np.float64), seen, loss, path.gaps, *penalised, *tests, weights, bias]
    table = np.column_stack(columns)
    finite = np.isfinite(table).all(axis=1)
    kept = len(table) if finite.all() else int(finite.argmin())
    optional = [*(["objective"] if penalised else []), *(["test_loss"] if tests else [])]
    names = ["step", "epoch", "loss", "gap", *optional, *(f"w{j + 1}" for j in range(d)), "b"]
    return pd.DataFrame(table[:kept], columns=names)


def _note(path: Trajectory, config: SgdConfig, n: int, divergence: Divergence | None, early: EarlyStop | None) -> str:
    if path.stopped:
        total = config.epochs * updates_per_epoch(n, config.batch_size)
        return ngettext(
            "The run was stopped after {step} of {total} update.",
            "The run was stopped after {step} of {total} updates.",
            total,
        ).format(step=path.updates, total=total)
    if early is not None:
        return _early_note(early)
    return "" if divergence is None else divergence.describe(config)


def _early_note(early: EarlyStop) -> str:
    if not early.is_early:
        template = _(
            "The loss on the test rows was lowest after epoch {best} of {epochs}; the run is shown up to there."
        )
    else:
        template = ngettext(
            "Stopped early after epoch {epochs}: the loss on the test rows had not fallen for {patience} epoch. It "
            "was lowest after epoch {best}; the run is shown up to there.",
            "Stopped early after epoch {epochs}: the loss on the test rows had not fallen for {patience} epochs. It "
            "was lowest after epoch {best}; the run is shown up to there.",
            early.patience,
        )
    return template.format(epochs=early.epochs, patience=early.patience, best=early.best_epoch)
