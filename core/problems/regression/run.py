"""A run of regression: `core.regression.train_sgd`, recorded at few updates, with the closed form.

The model is the book's: y ≈ Xw + b, with half the mean squared error as the loss.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from core.foundations.two_classes import fit_safe_scaling
from core.problems.rows import Rows
from core.regression import SgdRun, stability_limit, train_sgd

Array = npt.NDArray[np.float64]
RECORDED = 60  # frames at most
CLOSE = 0.01  # a loss is close to the least possible within this share of it
PERFECT = 1e-12  # a least loss below this share of the first is that of a perfect fit


@dataclass(frozen=True, eq=False)
class Run:
    """A finished run.

    Attributes:
        rows: with the target as the last column.
        used: places of the features learned from.
        drawn: the place among those of the feature that is drawn.
        sgd: the run itself, with the closed form.
        limit: the rate above which descent is not stable, in the coordinates trained in.
    """

    rows: Rows
    used: tuple[int, ...]
    drawn: int
    sgd: SgdRun
    limit: float

    @property
    def X(self) -> Array:
        """The features learned from (n, d)."""
        return np.asarray(self.rows.X[:, self.used])

    @property
    def y(self) -> Array:
        """The target (n,)."""
        return np.asarray(self.rows.X[:, -1])

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the features learned from."""
        return tuple(self.rows.names[place] for place in self.used)

    @property
    def target(self) -> str:
        """The name of the target."""
        return self.rows.names[-1]

    @cached_property
    def parameters(self) -> Array:
        """Weights and bias (frames, d + 1) in the units of the table."""
        return self.sgd.history.iloc[:, -len(self.used) - 1 :].to_numpy(dtype=np.float64)

    @cached_property
    def updates(self) -> npt.NDArray[np.int64]:
        """How many updates were made before each frame."""
        return self.sgd.history["step"].to_numpy(dtype=np.int64)

    @cached_property
    def losses(self) -> Array:
        """The loss of all rows in each frame."""
        return self.sgd.history["loss"].to_numpy(dtype=np.float64)

    @cached_property
    def gaps(self) -> Array:
        """How much of it is above the closed form."""
        return self.sgd.history["gap"].to_numpy(dtype=np.float64)

    @property
    def least(self) -> float:
        """The least possible loss."""
        return float(self.sgd.closed_form_loss)

    @property
    def is_perfect(self) -> bool:
        """Whether the closed form leaves no residuals."""
        return self.least <= PERFECT * float(self.losses[0])

    @property
    def is_close(self) -> bool:
        """Whether the loss is within 1 % of the least at the end; with a perfect fit, 1 % of that at the start."""
        return bool(self.gaps[-1] <= CLOSE * (self.losses[0] if self.is_perfect else self.least))

    @property
    def constant(self) -> tuple[str, ...]:
        """The names of the features that never vary."""
        return tuple(name for name, column in zip(self.names, self.X.T, strict=True) if np.ptp(column) == 0)


def train(
    rows: Rows, feature: str, features: str, rate: float, batch_size: int, epochs: int, standardise: bool, seed: int
) -> Run:
    """Train on one feature or on all; arguments are those of `miniature`."""
    place = rows.names.index(feature) if feature in rows.names[:-1] else best_feature(rows)
    used = (place,) if features == "one" else tuple(range(len(rows.names) - 1))
    X, y, n = rows.X[:, used], rows.X[:, -1], len(rows.X)
    batch = min(batch_size, n) or n
    sgd = train_sgd(
        X, y, rate, batch, epochs, seed, standardise=standardise, record=RECORDED,
        feature_names=[rows.names[each] for each in used],
    )  # fmt: skip
    limit = stability_limit(sgd.scaling.transform(X), batch)
    return Run(rows, used, used.index(place), sgd, limit)


def best_feature(rows: Rows) -> int:
    """Return the place of the feature whose correlation with the target is largest; the first where none varies."""
    Z = fit_safe_scaling(rows.X).transform(rows.X)  # squares of 1e300 would overflow
    return int(np.abs(Z[:, :-1].T @ Z[:, -1] / len(Z)).round(9).argmax())
