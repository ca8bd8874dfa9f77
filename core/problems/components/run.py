"""One training of the linear autoencoder, with the components that it is held against."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from core.errors import InputError
from core.formatting import format_list
from core.language import _
from core.problems.components.linear_autoencoder import BATCH, Schedule, Training, train
from core.problems.components.principal_components import (
    LARGEST,
    Array,
    PrincipalComponents,
    largest_angle,
    principal_components,
    turned_to,
)
from core.problems.rows import Rows

NOTHING = 1e-12  # a share of the variance below this is rounding
FEWEST, MOST = 2, 16  # numbers that are kept of a row
RATES = (0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
STEPS = (300, 1000, 3000, 10000)


@dataclass(frozen=True, eq=False)
class Run:
    """A training, and the components of the same rows.

    Attributes:
        rows: the table.
        scaled: whether its columns were standardised.
        X: (n, d), what both learn from.
        k: how many numbers are kept of each row.
        components: of X.
        training: of the autoencoder, on X centred and divided by one number, so that its variance is 1.
        rate: the learning rate at first.
        schedule: how it goes on.
    """

    rows: Rows
    scaled: bool
    X: Array
    k: int
    components: PrincipalComponents
    training: Training
    rate: float
    schedule: Schedule

    @property
    def axes(self) -> Array:
        """The first k components, (k, d)."""
        return self.components.axes[: self.k]

    @cached_property
    def Z(self) -> Array:
        """The rows as the autoencoder sees them, (n, d)."""
        return centred_to_one(self.X, self.components)

    @cached_property
    def lost(self) -> Array:
        """The share of the variance that is lost after each recorded step: the squared error over all rows."""
        states = self.training.states
        return np.array([((self.Z - state.rebuilt(self.Z)) ** 2).sum(axis=1).mean() for state in states])

    @cached_property
    def angles(self) -> Array:
        """The largest angle in degrees between the autoencoder's plane and that of the components, as `lost`."""
        return np.array([largest_angle(state.decoder, self.axes) for state in self.training.states])

    @cached_property
    def turned(self) -> list[Array]:
        """The basis (k, d) of the autoencoder's plane that is nearest to the components, as `lost`."""
        return [turned_to(state.decoder, self.axes) for state in self.training.states]

    @property
    def least(self) -> float:
        """The least share of the variance that can be lost with k numbers."""
        return self.components.lost(self.k)

    @property
    def is_noisy(self) -> bool:
        """Whether minibatches disagree at the best plane: they are not all rows, and it does not rebuild each."""
        return len(self.X) > BATCH and self.least > NOTHING

    @property
    def has_gap(self) -> bool:
        """Whether only one plane is the best."""
        return self.components.has_gap(self.k)

    def rebuilt(self, place: int, rows: Array) -> Array:
        """Return rows (m, d) of X as the autoencoder rebuilds them after a recorded step."""
        unit, mean = np.sqrt(self.components.total), self.components.mean
        return np.asarray(mean + unit * self.training.states[place].rebuilt((rows - mean) / unit))


def centred_to_one(X: Array, components: PrincipalComponents) -> Array:
    """Return X centred and divided by one number for all columns, so that its variance is 1.

    No direction changes by that, and a learning rate means the same for every table.
    """
    return np.asarray((X - components.mean) / np.sqrt(components.total))


def run_components(rows: Rows, *, scaled: bool, k: int, rate: float, steps: int, schedule: Schedule, seed: int) -> Run:
    """Train the autoencoder on a table, and compute its components. Raises InputError for what is out of range."""
    _check(k, rate, steps, schedule)
    if scaled and np.abs(rows.X).max(initial=0.0) > LARGEST:
        raise InputError(_("These numbers are too large to be standardised; leave their columns out on Prepare."))
    X = rows.standardised if scaled else rows.X
    components = principal_components(X)
    most = min(X.shape[1] - 1, components.rank)
    if most < FEWEST:
        raise InputError(
            _("To keep {fewest} numbers of each row, at least {columns} columns are needed, {fewest} of them linearly "
              "independent; choose another table.").format(columns=FEWEST + 1, fewest=FEWEST)
        )  # fmt: skip
    if k > most:
        raise InputError(
            _("{k} numbers of each row are to be kept, but of the {columns} columns of these rows {rank} are linearly "
              "independent; keep at most {most} numbers, or choose a table with more columns.")
            .format(k=k, columns=X.shape[1], rank=components.rank, most=most)
        )  # fmt: skip
    training = train(centred_to_one(X, components), k, rate=rate, steps=steps, schedule=schedule, seed=seed)
    return Run(rows, scaled, X, k, components, training, rate, schedule)


def _check(k: int, rate: float, steps: int, schedule: str) -> None:
    """Raise InputError for a setting out of range."""
    if not FEWEST <= k <= MOST:
        raise InputError(
            _("From {fewest} to {most} numbers can be kept of each row, but {k} were chosen; choose another number.")
            .format(fewest=FEWEST, most=MOST, k=k)
        )  # fmt: skip
    if rate not in RATES or steps not in STEPS or schedule not in ("falling", "constant"):
        raise InputError(
            _("The learning rate is one of {rates}, the number of steps one of {steps}, and the rate “falling” or "
              "“constant”; got {rate}, {count} and {schedule}.")
            .format(rates=format_list(RATES), steps=format_list(STEPS), rate=rate, count=steps, schedule=schedule)
        )  # fmt: skip
